"""What an operator may look at while the program runs: facts in words, and figures.

Knows no platform and no database.
"""

from __future__ import annotations

from bot.clock import Clock
from bot.errors import StoreUnavailable
from bot.metrics import KIND, Metrics
from bot.runtime.hall import Door, Doors
from bot.runtime.health import Health, Look
from bot.runtime.web import Route, WebAnswer, WebAsk
from bot.services import delivery
from bot.services.ports import Store


class Watch:
    """The pages `/healthz`, `/readyz` and `/metrics` of one process."""

    def __init__(self, store: Store, clock: Clock, doors: Doors, metrics: Metrics) -> None:
        self._store = store
        self._clock = clock
        self._metrics = metrics
        self.health = Health()
        self.health.add("database", self._database)
        for door in doors:
            self.health.add(door.platform, _connection(door))

    @property
    def routes(self) -> tuple[Route, ...]:
        """All of them."""
        return (*self.health.routes, Route("/metrics", self._figures))

    async def _database(self) -> None:
        await self._store.read(delivery.next_due)

    async def _figures(self, ask: WebAsk) -> WebAnswer:
        try:
            due, late = await self._store.read(delivery.backlog, self._clock.now())
            self._metrics.backlog(due, late.total_seconds())
        except StoreUnavailable:
            pass  # `ready` says so; the figures of a moment ago stand
        for name, wrong in (await self.health.facts()).items():
            self._metrics.ready(name, wrong is None)
        return WebAnswer(self._metrics.text(), KIND)


def _connection(door: Door) -> Look:
    async def look() -> str | None:
        return None if door.connected else "not connected"

    return look
