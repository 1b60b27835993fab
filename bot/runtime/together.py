"""Looks that several ask for in one turn of the loop, made as one. Knows no database."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from bot.errors import StoreUnavailable

K = TypeVar("K")
V = TypeVar("V")


class _Look(Generic[K, V]):
    """What is asked for together, and what came of it: None if each has to look alone."""

    def __init__(self) -> None:
        self.keys: dict[K, None] = {}
        self.found: Mapping[K, V] | StoreUnavailable | None = None
        self.done = asyncio.Event()


class Together(Generic[K, V]):
    """`look` finds many at once; who asks while others are about to ask goes with them.

    Nobody hears of another's trouble: if a look for several fails, each looks alone. A database
    that is away is away for all of them.
    """

    def __init__(self, look: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]]) -> None:
        self._look = look
        self._next: _Look[K, V] | None = None

    async def find(self, key: K) -> V | None:
        """What is under this key at present; None if there is nothing."""
        joined = self._next
        if joined is not None:
            joined.keys[key] = None
            await joined.done.wait()
        else:
            joined = self._next = _Look[K, V]()
            joined.keys[key] = None
            try:
                await asyncio.sleep(0)
                self._next = None
                joined.found = await self._look(tuple(joined.keys))
            except StoreUnavailable as trouble:
                joined.found = trouble
            except Exception:
                if len(joined.keys) == 1:
                    raise
            finally:
                # Also when whoever looks for all of them is called off: nobody waits for ever.
                if self._next is joined:
                    self._next = None
                joined.done.set()
        if isinstance(joined.found, StoreUnavailable):
            raise joined.found
        found = joined.found
        if found is None:
            found = await self._look((key,))
        return found.get(key)
