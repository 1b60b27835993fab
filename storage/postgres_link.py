"""One connection to PostgreSQL beside the pool: hears what others scheduled, and leads the upkeep.

Both hang on the connection itself: whoever loses it hears nothing and leads nothing until there is
a new one, and the server gives the lead to somebody else. A pooler in transaction mode breaks both.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import asyncpg  # pyright: ignore[reportMissingTypeStubs]
from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from bot.tasks import TaskOwner

_log = logging.getLogger(__name__)

# Any number will do; every process must use the same one.
_LEADER = 7_306_120
_SECONDS = 5
"""For connecting, for an answer, and between two looks whether the connection still stands."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0
_TROUBLE = (DBAPIError, OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError)


class Link:
    """Begun by the first `start`; `heard` is called for each notification and each new link."""

    def __init__(self, url: URL, channel: str, heard: Callable[[], None]) -> None:
        self._engine = create_async_engine(
            url,
            poolclass=NullPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            connect_args={
                "timeout": _SECONDS,
                "command_timeout": _SECONDS,
                "server_settings": {
                    "application_name": "introducer link",
                    # A machine that vanished holds the lead for half a minute, not two hours.
                    "tcp_keepalives_idle": "10",
                    "tcp_keepalives_interval": "5",
                    "tcp_keepalives_count": "3",
                },
            },
        )
        self._channel = channel
        self._heard = heard
        self._tasks = TaskOwner("database link")
        self._started = False
        self._driver: Any = None
        self._leading = False
        self._turn = asyncio.Lock()

    def start(self) -> None:
        """Connect, and stay connected. Again: nothing."""
        if not self._started:
            self._started = True
            self._tasks.start("stay", self._stay())

    async def leads(self) -> bool:
        """Whether this process has the lead, or takes it now. Only one at a time has it."""
        self.start()
        async with self._turn:
            driver = self._driver
            if driver is None:
                return False
            if not self._leading:
                try:
                    asked = "SELECT pg_try_advisory_lock($1)"
                    self._leading = await driver.fetchval(asked, _LEADER) is True
                except _TROUBLE:
                    return False
            return self._leading and self._driver is driver

    async def close(self) -> None:
        """Let go: the lead goes to somebody else."""
        await self._tasks.close()
        await self._engine.dispose()

    async def _stay(self) -> None:
        pause = _FIRST_PAUSE
        while True:
            try:
                async with self._engine.connect() as connection:
                    driver: Any = (await connection.get_raw_connection()).driver_connection
                    lost = asyncio.Event()

                    def gone(_driver: object, lost: asyncio.Event = lost) -> None:
                        lost.set()

                    driver.add_termination_listener(gone)
                    await driver.add_listener(self._channel, self._notified)
                    self._driver, pause = driver, _FIRST_PAUSE
                    self._heard()  # what was said meanwhile was missed
                    try:
                        await self._watch(driver, lost)
                    finally:
                        self._driver, self._leading = None, False
            except _TROUBLE as trouble:
                _log.info("the link to the database is lost: %s", type(trouble).__name__)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)

    async def _watch(self, driver: Any, lost: asyncio.Event) -> None:
        while not lost.is_set():
            try:
                # Not wait_for: in Python 3.11 it drops a cancellation that comes with the loss.
                async with asyncio.timeout(_SECONDS):
                    await lost.wait()
            except TimeoutError:
                async with self._turn:
                    await driver.fetchval("SELECT 1")

    def _notified(self, *_what: object) -> None:
        self._heard()
