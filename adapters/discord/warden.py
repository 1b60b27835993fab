"""What Discord lets the bot do about messages of others: take them down, and AutoMod rules, which
stop text before it appears.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Final

import discord

from adapters.discord.dialect import PLATFORM
from adapters.discord.sending import TROUBLE, UNKNOWN_MESSAGE, code_of
from bot.domain.people import Place
from bot.runtime.warden import Sieve, SieveFound, SieveState
from bot.ui.words import Code, Msg, _

_log = logging.getLogger(__name__)

MOST_EXEMPT_CHANNELS: Final = 50
MOST_EXEMPT_ROLES: Final = 20
_TRIES: Final = 3
_LONGEST_WAIT: Final = 60.0
_REASON: Final = "held back: it may tell who a patient is"
_WRITTEN_IN: Final = frozenset(
    {
        discord.ChannelType.text,
        discord.ChannelType.news,
        discord.ChannelType.voice,
        discord.ChannelType.stage_voice,
        discord.ChannelType.forum,
        discord.ChannelType.media,
    }
)


async def remove(client: discord.Client, where: str, message: str) -> bool:
    """Take a message down; whether it is gone."""
    for number in range(1, _TRIES + 1):
        try:
            await client.http.delete_message(int(where), int(message), reason=_REASON)
        except discord.RateLimited as limit:
            if number < _TRIES:
                await asyncio.sleep(min(limit.retry_after, _LONGEST_WAIT))
            continue
        except TROUBLE as trouble:
            if code_of(trouble) == UNKNOWN_MESSAGE:
                return True  # its author was faster
            _log.warning("a message was not taken down: %s", code_of(trouble))
            return False
        return True
    return False


# AutoMod ----------------------------------------------------------------------------------------


async def sieve(client: discord.Client, wanted: Sieve) -> SieveFound:
    """How the rules stand, beside what is wanted."""
    guild = _guild(client, wanted.guarded.place)
    if guild is None:
        return SieveFound(SieveState.ABSENT, (_AWAY,))
    missing = _hindrances(guild, wanted)
    try:
        standing = await _standing(client, guild)
    except TROUBLE:
        return SieveFound(SieveState.ABSENT, tuple(missing) or (_AWAY,))
    if not standing:
        return SieveFound(SieveState.ABSENT, tuple(missing))
    same = len(standing) == 1 and _alike(standing[0], guild, wanted)
    return SieveFound(SieveState.CURRENT if same else SieveState.OTHER, tuple(missing))


async def write(client: discord.Client, wanted: Sieve) -> Msg | None:
    """One rule, as wanted; others of ours go. Why it could not be done."""
    guild = _guild(client, wanted.guarded.place)
    if guild is None:
        return _AWAY
    if missing := _hindrances(guild, wanted):
        return missing[0]
    try:
        standing = await _standing(client, guild)
        for spare in standing[1:]:
            await spare.delete(reason=_REASON)
        if standing:
            await standing[0].edit(
                name=wanted.name,
                trigger=_trigger(wanted),
                actions=_actions(wanted),
                enabled=True,
                exempt_roles=_objects(wanted.guarded.pass_refs),
                exempt_channels=_objects(_exempt(guild, wanted)),
            )
        else:
            await guild.create_automod_rule(
                name=wanted.name,
                event_type=discord.AutoModRuleEventType.message_send,
                trigger=_trigger(wanted),
                actions=_actions(wanted),
                enabled=True,
                exempt_roles=_objects(wanted.guarded.pass_refs),
                exempt_channels=_objects(_exempt(guild, wanted)),
            )
    except TROUBLE as trouble:
        return _refused(trouble)
    return None


async def drop(client: discord.Client, wanted: Sieve) -> Msg | None:
    """Take every rule of ours away; why it could not be done."""
    guild = _guild(client, wanted.guarded.place)
    if guild is None:
        return _AWAY
    try:
        for rule in await _standing(client, guild):
            await rule.delete()
    except TROUBLE as trouble:
        return _refused(trouble)
    return None


_AWAY = _("Discord does not answer for this server at the moment.")


def _refused(trouble: BaseException) -> Msg:
    _log.warning("a rule was refused by Discord: %s", code_of(trouble))
    return _(
        "Discord refused it. A server has six rules of this kind at most; if there are six already,"
        " remove one in Server Settings, AutoMod."
    )


async def _standing(client: discord.Client, guild: discord.Guild) -> list[discord.AutoModRule]:
    """The rules that this application made, the oldest first."""
    rules = await guild.fetch_automod_rules()
    own = client.user.id if client.user else 0
    return sorted((rule for rule in rules if rule.creator_id == own), key=lambda rule: rule.id)


def _hindrances(guild: discord.Guild, wanted: Sieve) -> list[Msg]:
    found: list[Msg] = []
    if guild.me is None or not guild.me.guild_permissions.manage_guild:
        found.append(
            _(
                "My role lacks {permission} (Server Settings, Roles), without which Discord lets"
                " nobody write such rules.",
                permission=Code("Manage Server"),
            )
        )
    if len(_exempt(guild, wanted)) > MOST_EXEMPT_CHANNELS:
        found.append(
            _(
                "Discord lets a rule leave out {most} channels at most, and more than that are not"
                " set to hold.",
                most=MOST_EXEMPT_CHANNELS,
            )
        )
    if len(wanted.guarded.pass_refs) > MOST_EXEMPT_ROLES:
        found.append(
            _("Discord lets a rule leave out {most} roles at most.", most=MOST_EXEMPT_ROLES)
        )
    return found


def _exempt(guild: discord.Guild, wanted: Sieve) -> frozenset[str]:
    """The channels in which the rule does not hold: one by one, as Discord wants them."""
    holding, others = wanted.guarded.held
    there = {str(one.id) for one in guild.channels if one.type in _WRITTEN_IN}
    return frozenset(there & others if wanted.guarded.holds_elsewhere else there - holding)


def _alike(rule: discord.AutoModRule, guild: discord.Guild, wanted: Sieve) -> bool:
    return (
        rule.enabled
        and rule.name == wanted.name
        and rule.trigger.regex_patterns == list(wanted.patterns)
        and [action.custom_message for action in rule.actions] == [wanted.says]
        and {str(id) for id in rule.exempt_role_ids} == wanted.guarded.pass_refs
        and {str(id) for id in rule.exempt_channel_ids} == _exempt(guild, wanted)
    )


def _trigger(wanted: Sieve) -> discord.AutoModTrigger:
    return discord.AutoModTrigger(
        type=discord.AutoModRuleTriggerType.keyword, regex_patterns=list(wanted.patterns)
    )


def _actions(wanted: Sieve) -> list[discord.AutoModRuleAction]:
    # Nothing but stopping it: an alert would carry the text on into another channel.
    return [discord.AutoModRuleAction(custom_message=wanted.says)]


def _objects(ids: frozenset[str]) -> Sequence[discord.Object]:
    return [discord.Object(int(id)) for id in sorted(ids) if id.isdecimal()]


def _guild(client: discord.Client, place: Place) -> discord.Guild | None:
    if place.platform != PLATFORM or not place.workspace.isdecimal():
        return None
    return client.get_guild(int(place.workspace))
