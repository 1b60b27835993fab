"""The server's time: the event loop's clock plus what a test has added to it.

Deadlines (acknowledgement, token life, rate windows) read `mono`, ids and timestamps read `now`.
`advance` lets a test expire a token without waiting for it.
"""

import asyncio
import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

DISCORD_EPOCH_MS = 1_420_070_400_000


class ServerClock:
    """Two readings of one time; both move together when a test moves them."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self.on_move: list[Callable[[], None]] = []

    def mono(self) -> float:
        """Seconds on the event loop's clock, plus what was added."""
        return asyncio.get_running_loop().time() + self._ahead

    def now(self) -> datetime:
        """Aware UTC time, plus what was added."""
        return datetime.now(UTC) + timedelta(seconds=self._ahead)

    def advance(self, seconds: float) -> None:
        """Let this many seconds pass at once."""
        self._ahead += seconds
        for tell in self.on_move:
            tell()


class Snowflakes:
    """Ids that are unique, grow, and carry the time of their making in milliseconds."""

    def __init__(self, clock: ServerClock) -> None:
        self._clock = clock
        self._count = itertools.count()
        self._last = 0

    def next(self) -> int:
        """A fresh id."""
        ms = int(self._clock.now().timestamp() * 1000) - DISCORD_EPOCH_MS
        self._last = max(self._last + 1, (ms << 22) | (next(self._count) & 0xFFF))
        return self._last
