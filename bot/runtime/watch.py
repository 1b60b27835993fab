"""What an operator may look at while the program runs: facts in words, and figures.

Knows no platform and no database.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.clock import Clock
from bot.errors import StoreUnavailable
from bot.metrics import KIND, Metrics
from bot.runtime.hall import Door, Doors
from bot.runtime.health import PATIENCE, Health, Look
from bot.runtime.state import State
from bot.runtime.troubles import Troubles
from bot.runtime.web import Route, WebAnswer, WebAsk
from bot.services import delivery
from bot.services.ports import Store

LOOK = 10.0
"""Seconds between two looks at the connections."""
_LOOKS = 3
"""A connection that is renewed is gone for a moment; away for so many looks is a trouble."""


class Watch:
    """What one process knows about itself; its pages `/healthz`, `/readyz` and `/metrics`."""

    def __init__(self, store: Store, clock: Clock, doors: Doors, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._doors = doors
        self._metrics = metrics
        self._away: dict[str, int] = {}
        self.health = Health()
        self.health.add("database", self._database)
        for door in doors:
            self.health.add(door.platform, _connection(door))

    @property
    def routes(self) -> tuple[Route, ...]:
        """All of them."""
        return (*self.health.routes, Route("/metrics", self._figures))

    async def state(self) -> State:
        """Everything at this moment."""
        facts, waits = await asyncio.gather(self.health.facts(), self._backlog())
        works = {name: wrong is None for name, wrong in facts.items()}
        due, oldest = waits or (0, timedelta())
        return State(works, due, oldest, self._metrics.within())

    async def look(self, troubles: Troubles) -> None:
        """Tell a platform that has been away for longer than a moment, and that it is back."""
        for door in self._doors:
            if door.connected:
                self._away.pop(door.platform, None)
                troubles.over(door.platform)
                continue
            away = self._away[door.platform] = self._away.get(door.platform, 0) + 1
            if away >= _LOOKS:
                troubles.met(door.platform, "not connected; the bot goes on trying")

    async def _database(self) -> None:
        await self._store.read(delivery.next_due)

    async def _backlog(self) -> tuple[int, timedelta] | None:
        """What waits and how long; None while the database is away."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._store.read(delivery.backlog, self._clock.now())
        except (StoreUnavailable, TimeoutError):
            return None

    async def _figures(self, ask: WebAsk) -> WebAnswer:
        facts, waits = await asyncio.gather(self.health.facts(), self._backlog())
        if waits is not None:  # else `ready` says so; the figures of a moment ago stand
            self._metrics.backlog(waits[0], waits[1].total_seconds())
        for name, wrong in facts.items():
            self._metrics.ready(name, wrong is None)
        return WebAnswer(self._metrics.text(), KIND)


def _connection(door: Door) -> Look:
    async def look() -> str | None:
        return None if door.connected else "not connected"

    return look
