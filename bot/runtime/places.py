"""How many requests are worked on at the same time, so that whoever comes next is acknowledged.

One process works on one thing at a time anyway: a hundred half-done answers are no sooner ready
than a hundred in turn, and each step of each of them stands before the acknowledgement of a new
request, for which Discord and Slack wait three seconds. Whoever waits for something else makes
room after a moment. It must not know what is asked for; whether somebody needs a place at all
(forms must come at once, files are fetched and looked through elsewhere) the adapters say.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

COUNT = 16
"""Enough that groups of people who come together are written together."""
SECONDS = 0.25
"""Longer than sixteen answers take that wait for nothing; then a place is free again."""


class Places:
    """Given out in the order in which they are asked for."""

    def __init__(self, count: int = COUNT, seconds: float = SECONDS) -> None:
        self._free = asyncio.Semaphore(count)
        self._seconds = seconds

    @asynccontextmanager
    async def one(self, *, needed: bool = True) -> AsyncGenerator[None]:
        """A place, for the length of the block and no longer than `seconds`; or none."""
        if not needed:
            yield
            return
        await self._free.acquire()
        held = True

        def give_back() -> None:
            nonlocal held
            if held:
                held = False
                self._free.release()

        later = asyncio.get_running_loop().call_later(self._seconds, give_back)
        try:
            yield
        finally:
            later.cancel()
            give_back()
