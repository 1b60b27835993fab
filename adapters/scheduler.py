"""APScheduler as the bell: time is one more platform that calls the core.

Jobs live in memory and carry no state; what is due stands in rows. APScheduler's own clock decides
only when to look, never what is due, so a moved clock works everywhere.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from bot.clock import Clock, SystemClock
from bot.runtime.bell import Ring

_log = logging.getLogger(__name__)


class SchedulerBell:
    """A `Bell` made of APScheduler jobs."""

    def __init__(self) -> None:
        self._real: Clock = SystemClock()
        self._answering: set[str] = set()
        self._silent = False
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            # Never late enough to be dropped; more instances than ever run, see `_ring`.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 3},
        )

    def once(self, name: str, seconds: float, ring: Ring) -> None:
        """Ring once after `seconds`; the name replaces an earlier one."""
        at = self._real.now() + timedelta(seconds=max(seconds, 0.0))
        self._scheduler.add_job(
            self._ring,
            DateTrigger(at, timezone=UTC),
            (f"once:{name}", ring, False),
            id=f"once:{name}",
            replace_existing=True,
        )

    def every(self, name: str, seconds: float, ring: Ring) -> None:
        """Ring every `seconds`, and once at the start."""
        self._scheduler.add_job(
            self._ring,
            IntervalTrigger(seconds=max(seconds, 0.05), timezone=UTC),  # pyright: ignore[reportArgumentType] - takes fractions
            (f"every:{name}", ring, True),
            id=f"every:{name}",
            replace_existing=True,
            next_run_time=self._real.now(),
        )

    def start(self) -> None:
        """Begin to ring; inside the running loop."""
        self._scheduler.start()

    def stop(self) -> None:
        """Fall silent; what is being answered is broken off."""
        self._silent = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _ring(self, name: str, ring: Ring, skips: bool) -> None:
        if skips and name in self._answering:
            return
        self._answering.add(name)
        try:
            await ring()
        except asyncio.CancelledError:
            if not self._silent:
                raise
        except Exception as failure:
            # Only the type: the text of an exception may hold what a person typed.
            _log.error("bell %s: %s", name, type(failure).__name__)
        finally:
            self._answering.discard(name)
