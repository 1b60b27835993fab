"""Recurring upkeep of features: done by one process of all that work with a database.

Who leads is asked before each run, so a process that lost its hold on the database stops leading by
itself. Repeating a run does no harm; see `Tick`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta

from bot.metrics import Metrics
from bot.runtime.bell import Bell
from bot.runtime.feature import Tick


class Upkeep:
    """Runs ticks while `leads` says so."""

    def __init__(
        self, ticks: Iterable[Tick], leads: Callable[[], Awaitable[bool]], metrics: Metrics
    ) -> None:
        self._ticks = tuple(ticks)
        self._leads = leads
        self._metrics = metrics

    def begin(self, bell: Bell) -> None:
        """From now on, whenever the bell rings for one of them."""
        for tick in self._ticks:
            bell.every(tick.name, tick.every.total_seconds(), self._only_leading(tick))
        bell.every("who leads", 5.0, self._look)

    async def run_all(self) -> None:
        """All of them now."""
        if await self._leading():
            for tick in self._ticks:
                await tick.run()

    def _only_leading(self, tick: Tick) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            if await self._leading():
                await tick.run()

        return run

    async def _look(self) -> None:
        await self._leading()

    async def _leading(self) -> bool:
        leading = await self._leads()
        self._metrics.leads(leading)
        return leading


def sweep(run: Callable[[], Awaitable[None]]) -> Tick:
    """Upkeep of the program itself: half-filled forms that nobody came back to."""
    return Tick("drafts", timedelta(minutes=10), run)
