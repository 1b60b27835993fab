"""Calls that stand in channels: what is settled does not go on asking for anything.

A notice that says when it is `over` is remembered with where it stands, so that a restart changes
nothing; once it holds no more, or was said again below, other words take its place. Knows no
platform, and nothing of what is called for.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.domain.delivery import Delivery
from bot.domain.people import CommunityId
from bot.domain.showing import CALL, Shown, Spot
from bot.runtime.doors import Again, Channels, ToChannel, Trace, Undeliverable
from bot.runtime.feature import Notice, Tick
from bot.runtime.screen import Screen, Voice, screen_of
from bot.services import communities
from bot.services.ports import Store, Work
from bot.ui.parts import Audience, Reply, settle

_log = logging.getLogger(__name__)

EVERY: Final = timedelta(minutes=1)


def stands(work: Work, row: Delivery, at: ToChannel, message: str) -> None:
    """A call was put into a channel."""
    subject = f"{CALL}{row.kind}:{row.ref}:{message}"
    work.showings.put(Shown(Spot(row.community, at.place, subject), at.channel, message, row.kind))


class Calls:
    """One for the program; the upkeep's leader runs it."""

    def __init__(self, store: Store, doors: Channels, notices: Mapping[str, Notice]) -> None:
        self._store = store
        self._doors = doors
        self._notices = notices

    @property
    def tick(self) -> Tick:
        """When it looks."""
        return Tick("calls in channels", EVERY, self.look)

    async def look(self) -> None:
        """What holds no more says so, and of what was said again only the last one calls."""
        for (kind, ref), standing in (await self._store.read(_standing)).items():
            for at, one in enumerate(standing):
                await self._keep(kind, ref, one, again=at + 1 < len(standing))

    async def _keep(self, kind: str, ref: int, one: Shown, *, again: bool) -> None:
        notice = self._notices.get(kind)
        if notice is not None and notice.over is not None:
            reply = await notice.over(ref, again)
            if reply is None or not await self._said(one, reply):
                return
        await self._store.write(_drop, one.spot)

    async def _said(self, one: Shown, reply: Reply) -> bool:
        screen = await self._screen(one.spot.community, reply)
        at = ToChannel(one.spot.place, one.channel)
        sent = await self._doors.change(at, Trace((one.message,)), screen)
        if isinstance(sent, Undeliverable):
            _log.info("a settled message could not be changed: %s", sent.why)
        return not isinstance(sent, Again)

    async def _screen(self, community: CommunityId, reply: Reply) -> Screen:
        home = await self._store.read(communities.look, community)
        zone, language = ("UTC", "en") if home is None else (home.zone, home.language)
        parts = Reply(reply.parts, Audience.CHANNEL)
        voice = Voice(community, language, ZoneInfo(zone))
        return screen_of(parts, settle(parts.parts, frozenset()), voice)


def _standing(work: Work) -> Mapping[tuple[str, int], Sequence[Shown]]:
    """What stands by what it is about, the oldest first."""
    found: dict[tuple[str, int], list[Shown]] = {}
    for one in work.showings.all():
        if one.spot.subject.startswith(CALL):
            kind, ref, _message = one.spot.subject.removeprefix(CALL).split(":", 2)
            found.setdefault((kind, int(ref)), []).append(one)
    for those in found.values():
        # A platform's ids grow.
        those.sort(key=lambda one: (len(one.message), one.message))
    return found


def _drop(work: Work, spot: Spot) -> None:
    work.showings.drop(spot)
