"""What comes in bursts is told in few messages: the first at once, what follows soon together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Generic, TypeVar

from bot.tasks import TaskOwner

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")

_MOST_KEYS = 1_000


class Gathering(Generic[K, T]):
    """Gathers by key. `pause` are the seconds between two messages about the same key; of more than
    `most` things in between the last ones are counted only.
    """

    def __init__(
        self,
        tasks: TaskOwner,
        send: Callable[[K, Sequence[T], int], Awaitable[None]],
        *,
        pause: float,
        most: int,
    ) -> None:
        """`send` is given what gathered, and how many more there were."""
        self._tasks = tasks
        self._send = send
        self._pause = pause
        self._most = most
        self._waiting: dict[K, list[T]] = {}
        self._more: dict[K, int] = {}

    async def add(self, key: K, item: T) -> None:
        """Tell of something, now or soon."""
        waiting = self._waiting.get(key)
        if waiting is None and len(self._waiting) < _MOST_KEYS:
            self._waiting[key] = []
            await self._send(key, (item,), 0)
            self._tasks.start("gather", self._later(key))
        elif waiting is not None and len(waiting) < self._most:
            waiting.append(item)
        else:
            self._more[key] = self._more.get(key, 0) + 1

    async def _later(self, key: K) -> None:
        try:
            while True:
                await asyncio.sleep(self._pause)
                items, more = self._waiting[key], self._more.pop(key, 0)
                if not items:
                    return
                self._waiting[key] = []
                await self._send(key, items, more)
        finally:
            self._waiting.pop(key, None)
            self._more.pop(key, None)
