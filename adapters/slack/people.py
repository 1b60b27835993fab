"""Who somebody is, by asking Slack: name, zone, language, standing. Remembered for a minute.

Slack tells nothing about a person along with what they do, so every request needs this; within a
minute the answer is taken from memory, beyond it Slack is asked again, so that a right taken away
there is gone here soon.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from babel import Locale, UnknownLocaleError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import PLATFORM
from adapters.slack.trouble import TROUBLE, code_of
from bot.clock import Clock
from bot.domain.people import Account, Place, Standing
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Arrival
from bot.runtime.doors import Presence, Reach, Readers
from bot.ui.form import Picked, Raw
from bot.ui.parts import Can
from bot.ui.words import Code, Listing, _

CAN = frozenset({Can.LONG_FORM})
"""Slack takes files in forms only, removes nothing of others, and loses private replies."""

_HEARS = frozenset(("channels:history", "groups:history"))
_TO_HEAR = {
    Can.HEAR_CHANNELS: _(
        "Whoever runs the app on Slack sets {setting} to true, takes the manifest anew"
        " ({command}: it adds the scopes {scopes} and the events {events}) and installs the app"
        " again. Then it is invited to the channel.",
        setting=Code("slack.help_channels"),
        command=Code("python -m bot slack-manifest"),
        scopes=Listing((Code("channels:history"), Code("groups:history"))),
        events=Listing((Code("message.channels"), Code("message.groups"))),
    )
}

_KEPT = timedelta(minutes=1)
_MOST = 5_000
_GONE = frozenset({"user_not_found", "user_not_visible"})
_UNSEEN = frozenset({"channel_not_found", "not_in_channel", "missing_scope"})


@dataclass(frozen=True)
class Card:
    """What Slack says about one person of this workspace."""

    name: str
    standing: Standing
    zone: str | None
    language: str | None


class People:
    """Asks Slack about people of one workspace."""

    def __init__(
        self,
        api: AsyncWebClient,
        clock: Clock,
        workspace: str,
        name: str,
        scopes: frozenset[str] = frozenset(),
    ) -> None:
        """`scopes`: what the app was granted."""
        hears = scopes >= _HEARS
        self._can = CAN | {Can.HEAR_CHANNELS} if hears else CAN
        self._lacking = {} if hears else _TO_HEAR
        self._api = api
        self._clock = clock
        self._workspace = workspace
        self._workspace_name = name
        self._known: dict[str, tuple[datetime, Card | None]] = {}

    async def arrival(self, user: str, channel: str | None) -> Arrival:
        """Somebody who acts. Raises what Slack's client raises if Slack does not answer."""
        card = await self.card(user)
        if card is None:
            # Somebody acts of whom Slack tells us nothing: a guest through a shared channel.
            card = Card("?", Standing.GUEST, None, None)
        return Arrival(
            account=Account(PLATFORM, self._workspace, user),
            name=card.name,
            # A direct conversation belongs to the workspace too, so the place is always known.
            place=Place(PLATFORM, self._workspace),
            channel=None if channel is None or channel.startswith("D") else channel,
            standing=card.standing,
            can=self._can,
            lacking=self._lacking,
            zone=card.zone,
            language=card.language,
            place_name=self._workspace_name,
        )

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Somebody's standing here now; None if they do not belong here.

        Raises PlatformUnavailable.
        """
        here = (PLATFORM, self._workspace)
        if (place.platform, place.workspace) != here:
            raise PlatformUnavailable  # another workspace: this token cannot ask there
        if (account.platform, account.workspace) != here:
            return None
        try:
            card = await self.card(account.user)
        except TROUBLE as failure:
            raise PlatformUnavailable(code_of(failure)) from None
        return None if card is None else Presence(card.standing, frozenset(), card.name)

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who can read a channel. Raises PlatformUnavailable."""
        if (place.platform, place.workspace) != (PLATFORM, self._workspace):
            raise PlatformUnavailable
        try:
            answer = await self._api.conversations_info(channel=channel, include_num_members=True)
        except SlackApiError as refusal:
            if code_of(refusal) in _UNSEEN:
                return None
            raise PlatformUnavailable(code_of(refusal)) from None
        except TROUBLE as failure:
            raise PlatformUnavailable(code_of(failure)) from None
        found: Mapping[str, Any] = answer.get("channel") or {}
        count = found.get("num_members")
        reach = Reach.SOME if found.get("is_private") else Reach.PLACE
        if found.get("is_ext_shared") or found.get("is_pending_ext_shared"):
            reach = Reach.BEYOND
        return Readers(reach, count if isinstance(count, int) else None)

    async def named(self, raw: Mapping[str, Raw]) -> dict[str, Raw]:
        """The same answers, with a name and a standing for everybody who was picked."""
        named: dict[str, Raw] = {}
        for option, value in raw.items():
            if isinstance(value, tuple) and any(isinstance(one, Picked) for one in value):
                picked = [one for one in value if isinstance(one, Picked)]
                value = tuple([await self._known_as(one) for one in picked])
            named[option] = value
        return named

    async def _known_as(self, picked: Picked) -> Picked:
        card = await self._told_of(picked.account.user)
        if card is None:
            return replace(picked, name=picked.name or "?")
        return replace(picked, name=card.name, guest=Standing.GUEST in card.standing)

    async def name_of(self, user: str) -> str:
        """The name of a person; empty if Slack does not tell."""
        card = await self._told_of(user)
        return card.name if card else ""

    async def _told_of(self, user: str) -> Card | None:
        try:
            return await self.card(user) if user else None
        except TROUBLE:
            return None

    async def card(self, user: str) -> Card | None:
        """One person; None if they are gone or no member of this workspace."""
        now = self._clock.now()
        kept = self._known.get(user)
        if kept is not None and abs(now - kept[0]) < _KEPT:
            return kept[1]
        try:
            answer = await self._api.users_info(user=user, include_locale=True)
            card = self._card(answer.get("user") or {})
        except SlackApiError as refusal:
            if code_of(refusal) not in _GONE:
                raise
            card = None
        self._known.pop(user, None)
        while len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        self._known[user] = (now, card)
        return card

    def _card(self, user: Mapping[str, Any]) -> Card | None:
        if user.get("deleted"):
            return None
        profile: Mapping[str, Any] = user.get("profile") or {}
        standing = Standing.NONE
        if user.get("is_restricted") or user.get("is_ultra_restricted"):
            standing |= Standing.GUEST
        if user.get("is_stranger") or user.get("team_id") != self._workspace:
            standing |= Standing.GUEST  # comes in through a shared channel
        elif user.get("is_admin") or user.get("is_owner"):
            standing |= Standing.MANAGER
        names = (profile.get("display_name"), profile.get("real_name"), user.get("name"))
        name = next((name for name in names if name), "?")
        return Card(name, standing, user.get("tz"), _language(user.get("locale")))


def _language(locale: str | None) -> str | None:
    """The language of a locale such as `en-US`; None for one that nobody knows."""
    try:
        return Locale.parse(locale, sep="-").language if locale else None
    except (UnknownLocaleError, ValueError):
        return None
