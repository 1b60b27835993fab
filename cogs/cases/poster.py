"""Puts a case into its channel, changes it there, and takes it down.

What is posted is compared, byte by byte, with what its author said yes to.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.cases import Case, Stands
from bot.domain.people import Someone
from bot.runtime.doors import (
    Again,
    Channels,
    Delivered,
    Messenger,
    Readers,
    Sent,
    ToChannel,
    Trace,
    Undeliverable,
)
from bot.runtime.screen import Screen, Voice, screen_of
from bot.runtime.vault import Vault
from bot.services import communities
from bot.services.cases import posting
from bot.services.cases.content import Content
from bot.services.ports import Store
from bot.ui.parts import Audience, Button, Part, Reply, settle
from bot.ui.words import _
from cogs.cases.actions import FlagCase, WithdrawCase
from cogs.cases.template import case_parts, hidden_for_now, taken_down

_log = logging.getLogger(__name__)


class Outside(Messenger, Channels, Protocol):
    """What a poster needs of the doors."""


@dataclass(frozen=True)
class NotTheSame(Exception):
    """The bytes are not those that the author saw."""


class Poster:
    """One for all cases."""

    def __init__(self, store: Store, clock: Clock, doors: Outside, vault: Vault) -> None:
        self._store = store
        self._clock = clock
        self._doors = doors
        self._vault = vault

    async def post(self, case: Case, content: Content) -> Sent:
        """Post a case that is in `POSTING`. Raises NotTheSame."""
        if content.digest() != case.digest:
            _log.error("case %s is not what its author saw; nothing was posted", case.id)
            raise NotTheSame
        screen = await self._screen(case, await self._parts(case, content))
        at = ToChannel(case.new.place, case.new.channel, thread=content.title)
        sent = await self._doors.send(at, screen, f"case:{case.id}")
        if isinstance(sent, Delivered):
            trace = sent.trace or Trace((sent.message,))
            stands = Stands(trace.messages, trace.files)
            if await self._store.write(posting.posted, self._clock.now(), case.id, stands) is None:
                # Withdrawn while it was on its way.
                await self._put(case, stands, taken_down(case.code))
            self._vault.posted(case.id)
        return sent

    async def put_in(self, case: Case, channel: str, content: Content) -> Sent:
        """Post what is shown already in another channel as well. Raises NotTheSame."""
        if content.digest() != case.digest:
            raise NotTheSame
        screen = await self._screen(case, await self._parts(case, content))
        at = ToChannel(case.new.place, channel, thread=content.title)
        return await self._doors.send(at, screen, f"case:{case.id}:{channel}")

    async def take_out(self, case: Case, stands: Stands) -> bool:
        """Nothing is left of these messages in the channel of `case`; the case itself goes on."""
        return await self._put(case, stands, taken_down(case.code), note=False)

    async def take_down(self, case: Case) -> bool:
        """Nothing of it is left in its channel; False if the platform did not let us."""
        self._vault.drop(case.id)
        return await self._put(case, case.stands, taken_down(case.code))

    async def hide(self, case: Case) -> bool:
        """Out of sight until somebody looked."""
        return await self._put(case, case.stands, hidden_for_now(case.code))

    async def show_again(self, case: Case) -> bool:
        """As it stood before."""
        content = self._vault.get(case.id)
        if content is None:
            return False
        return await self._put(case, case.stands, await self._parts(case, content))

    async def readers(self, case: Case, channel: str | None = None) -> Readers | None:
        """Who can read where it stands, or would stand."""
        return await self._doors.readers(case.new.place, channel or case.new.channel)

    async def _put(
        self, case: Case, stands: Stands | None, parts: tuple[Part, ...], *, note: bool = True
    ) -> bool:
        if stands is None or not stands.messages:
            return True
        at = ToChannel(case.new.place, case.new.channel)
        trace = Trace(stands.messages, stands.files)
        sent = await self._doors.change(at, trace, await self._screen(case, parts))
        match sent:
            case Delivered(_message, now) if note and now is not None:
                left = Stands(now.messages, now.files)
                await self._store.write(posting.stands_now, case.id, left)
                return True
            case Delivered():
                return True
            case Undeliverable(why):
                _log.warning("case %s could not be changed: %s", case.id, why)
                return why == "gone"
            case Again():
                _log.warning("case %s could not be changed just now", case.id)
                return False

    async def _parts(self, case: Case, content: Content) -> tuple[Part, ...]:
        author: Someone | None = None
        if not case.new.anonymous:
            author = await self._store.read(posting.author, case)
        return (
            *case_parts(content, author, case.code),
            Button(_("Ask for a second look"), FlagCase(case.code)),
            Button(_("Withdraw"), WithdrawCase(case.code)),
        )

    async def _screen(self, case: Case, parts: tuple[Part, ...]) -> Screen:
        home = await self._store.read(communities.look, case.community)
        zone, language = ("UTC", "en") if home is None else (home.zone, home.language)
        reply = Reply(parts, Audience.CHANNEL)
        voice = Voice(case.community, language, ZoneInfo(zone))
        return screen_of(reply, settle(reply.parts, frozenset()), voice)
