"""Keeps up to date what stands in places: pinned messages, events of the platform's own.

Compares what features want to be seen with what was shown last, and sends what differs: so nothing
has to be remembered when something changes, however often it does there is one edit at a time, and
after a crash the next look mends it. Knows no platform.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.showing import CALL, Shown, Spot
from bot.runtime.doors import Again, Delivered, Sent, Undeliverable, Windows
from bot.runtime.feature import Tick
from bot.runtime.standing import Announced, Posted, Wanted, Wants
from bot.services.ports import Store, Work
from bot.ui.parts import Can

_log = logging.getLogger(__name__)

EVERY = timedelta(minutes=1)
"""How often is looked: what stands is edited once a minute at most."""
_REFUSED = timedelta(hours=1)
"""A platform that refuses for good is asked again after this: somebody may have mended it."""


class Showing:
    """One for the program; the upkeep's leader runs it."""

    def __init__(
        self, store: Store, clock: Clock, windows: Windows, wants: Iterable[Wants]
    ) -> None:
        self._store = store
        self._clock = clock
        self._windows = windows
        self._wants = tuple(wants)

    @property
    def tick(self) -> Tick:
        """When it looks."""
        return Tick("what stands in places", EVERY, self.look)

    async def look(self) -> None:
        """Bring everything up to date, one after the other."""
        wanted = {one.spot: one for wants in self._wants for one in await wants()}
        stands = {one.spot: one for one in await self._store.read(_kept)}
        for spot, one in wanted.items():
            await self._keep(one, stands.get(spot))
        await self._take_down(wanted, stands)

    async def _keep(self, one: Wanted, known: Shown | None) -> None:
        now = self._clock.now()
        if isinstance(one, Announced) and Can.EVENT not in self._windows.keeps(one.spot.place):
            return
        if known is not None and known.channel != one.channel and known.message:
            if not await self._removed(known):
                return
            known = None
        unchanged = known is not None and known.digest == one.digest
        if known is not None and (
            (unchanged and known.message) or (known.again is not None and now < known.again)
        ):
            return
        before = known.message if known is not None and known.message else None
        match one:
            case Posted():
                sent = await self._windows.keep_posted(
                    one.spot.place, one.channel, before, one.screen
                )
            case Announced():
                sent = await self._windows.keep_event(one.spot.place, before, one.happening)
        await self._store.write(_put, self._stands(one, before or "", sent, now))

    def _stands(self, one: Wanted, before: str, sent: Sent, now: datetime) -> Shown:
        leave = one.happening.starts if isinstance(one, Announced) else None
        shown = Shown(one.spot, one.channel, before, one.digest, leave=leave)
        match sent:
            case Delivered(message):
                return replace(shown, message=message)
            case Undeliverable(why):
                _log.warning("%s of a community cannot be shown: %s", _kind(one.spot), why)
                return replace(shown, digest="", again=now + _REFUSED)
            case Again(seconds):
                return replace(shown, digest="", again=now + timedelta(seconds=seconds))

    async def _take_down(self, wanted: Mapping[Spot, Wanted], stands: Mapping[Spot, Shown]) -> None:
        now = self._clock.now()
        for spot, known in stands.items():
            if spot in wanted or (known.again is not None and now < known.again):
                continue
            if known.message and (known.leave is None or now < known.leave):
                await self._removed(known)
            else:
                await self._store.write(_drop, spot)

    async def _removed(self, known: Shown) -> bool:
        place = known.spot.place
        if known.channel:
            sent = await self._windows.take_down(place, known.channel, known.message)
        else:
            sent = await self._windows.keep_event(place, known.message, None)
        if isinstance(sent, Again):
            later = self._clock.now() + timedelta(seconds=sent.seconds)
            await self._store.write(_put, replace(known, again=later))
            return False
        await self._store.write(_drop, known.spot)
        return True


def _kind(spot: Spot) -> str:
    return "a list" if spot.subject == "hours" else "an event"


def _kept(work: Work) -> tuple[Shown, ...]:
    return tuple(one for one in work.showings.all() if not one.spot.subject.startswith(CALL))


def _put(work: Work, shown: Shown) -> None:
    work.showings.put(shown)


def _drop(work: Work, spot: Spot) -> None:
    work.showings.drop(spot)
