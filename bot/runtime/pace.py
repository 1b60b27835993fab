"""How fast unrequested messages go out: a bucket of permissions that refills evenly.

Uses the loop's monotonic time, because a platform's limit does not follow a rehearsal clock.
"""

from __future__ import annotations

import asyncio


class Pace:
    """At most `per_second` on average and `burst` at once; waiters are served in order."""

    def __init__(self, per_second: float, burst: int = 5) -> None:
        self._gap = 1.0 / per_second
        self._slack = self._gap * max(burst - 1, 0)
        self._next = 0.0

    async def wait(self) -> float:
        """Return when one more message may go; how many seconds that took."""
        now = asyncio.get_running_loop().time()
        turn = max(self._next, now - self._slack)
        self._next = turn + self._gap
        if turn > now:
            await asyncio.sleep(turn - now)
        return max(turn - now, 0.0)
