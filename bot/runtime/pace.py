"""How fast unrequested messages go out: evenly, and together with every other process that sends.

Uses the loop's monotonic time, because a platform's limit does not follow a rehearsal clock. Where
other processes may send, too, turns come from the database; else they are counted here.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from bot.errors import StoreUnavailable


class Turns(Protocol):
    """Gives out turns to every process; see `storage.store.OpenStore.turns`."""

    async def turns(self, limit: str, count: int, gap: float, slack: float) -> float | None:
        """Seconds until the first of `count` turns; None: nobody shares the limit."""
        ...


class Pace:
    """At most `per_second` on average and `burst` at once; waiters are served in order.

    `name` is what processes know the limit by. Without `turns` it is this process's alone.
    """

    def __init__(
        self, per_second: float, burst: int = 5, *, name: str = "", turns: Turns | None = None
    ) -> None:
        self._gap = 1.0 / per_second
        self._slack = self._gap * max(burst - 1, 0)
        self._next = 0.0
        self._name = name
        self._turns = turns
        self._waiting: list[asyncio.Future[float]] = []
        self._asking = False

    async def wait(self) -> float:
        """Return when one more message may go; how many seconds that took.

        Raises StoreUnavailable if the database cannot be asked.
        """
        loop = asyncio.get_running_loop()
        now = loop.time()
        turn = self._own_turn(now) if self._turns is None else await self._shared_turn(self._turns)
        if turn > (later := loop.time()):
            await asyncio.sleep(turn - later)
        return loop.time() - now

    def _own_turn(self, now: float) -> float:
        turn = max(self._next, now - self._slack)
        self._next = turn + self._gap
        return turn

    async def _shared_turn(self, turns: Turns) -> float:
        mine: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self._waiting.append(mine)
        if not self._asking:
            self._asking = True
            try:
                while self._waiting:
                    await self._ask(turns)
            finally:
                self._asking = False
        return await mine

    async def _ask(self, turns: Turns) -> None:
        # Whoever comes in the same moment is asked for together: one statement for a chunk.
        await asyncio.sleep(0)
        asked, self._waiting = self._waiting, []
        loop = asyncio.get_running_loop()
        try:
            left = await turns.turns(self._name, len(asked), self._gap, self._slack)
        except StoreUnavailable as failure:
            for one in asked:
                if not one.done():
                    one.set_exception(failure)
            return
        except BaseException:
            for one in asked:
                one.cancel()
            raise
        now = loop.time()
        for number, one in enumerate(asked):
            turn = self._own_turn(now) if left is None else now + left + number * self._gap
            if not one.done():
                one.set_result(turn)
