"""What can be chosen of the guard: each setting with its words, and which rights it takes."""

from __future__ import annotations

from functools import partial
from typing import Final

from bot.domain.audit import Setting
from bot.domain.guard import Guarded, Pass, Watch
from bot.domain.people import CommunityId, Place, Role
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.settable import Settable
from bot.services import guard
from bot.services.kinds import ON
from bot.services.ports import Work
from bot.ui.words import Argument, HasRole, InChannel, Msg, _
from cogs.guard.actions import ROLES, ShowGuard

SHORT: Final = {Watch.OFF: _("off"), Watch.WARN: _("warn"), Watch.HOLD: _("hold")}


def rights(watch: Watch) -> frozenset[Right]:
    """What a rule takes."""
    wanted = {Right.SEE, Right.POST, Right.HISTORY}
    return frozenset(wanted | ({Right.REMOVE} if watch is Watch.HOLD else set[Right]()))


def wanted_for(rules: Guarded) -> tuple[Wanted, ...]:
    """What the rules of a place take, channel by channel."""
    return tuple(
        Wanted(channel, rights(watch))
        for channel, watch in rules.channels.items()
        if watch is not Watch.OFF
    )


def needs(work: Work, _community: CommunityId, place: Place) -> tuple[Wanted, ...]:
    """The same, for whoever looks at everything that is missing."""
    rules = guard.rules(work, place)
    return () if rules is None else wanted_for(rules)


def channel_named(channel: str) -> Msg:
    """A channel, or with an empty one all that have no rule of their own."""
    named: Argument = InChannel(channel) if channel else _("all other channels")
    return _("{channel}", channel=named)


def role_named(who: Pass) -> Msg:
    """A role of the community, or one of the place's own."""
    own = {option.value: option.label for option in ROLES}
    shown: Argument = HasRole(who.ref)
    if who.role is not None and isinstance(label := own.get(who.role.value), Msg):
        shown = label
    return _("{role}", role=shown)


def _watched(setting: Setting) -> Msg:
    return _("What is watched in {where}", where=channel_named(setting.name))


def _passing(setting: Setting) -> Msg:
    known = setting.kind == guard.ROLE_PASS.name
    who = Pass(Role(setting.name)) if known else Pass(ref=setting.name)
    return _("Messages by {role}", role=role_named(who))


def _pass_words(_setting: Setting, value: str) -> Msg:
    return _("they are not looked at") if value == ON else _("they are looked at")


WATCH_SETTING = Settable(
    guard.WATCH,
    guard.every_watch,
    _watched,
    lambda _setting, value: SHORT[Watch(value)],
    ShowGuard(),
)
ROLE_SETTING = Settable(
    guard.ROLE_PASS, partial(guard.every_pass, own=False), _passing, _pass_words, ShowGuard()
)
REF_SETTING = Settable(
    guard.REF_PASS, partial(guard.every_pass, own=True), _passing, _pass_words, ShowGuard()
)
