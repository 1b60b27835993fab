"""A process that may end at any moment: before a transaction, before its commit, or right after."""

import contextlib
from collections.abc import Callable
from random import Random
from typing import Any

from bot.services.ports import Store, Work


class Crash(BaseException):
    """The process is gone. Not an Exception: nothing may catch it and go on."""


class _Undone(Exception):
    """Takes back what a use case did, as a process does that ends before its commit."""


class FragileStore:
    """A store in front of a process that crashes with the chance `risk` around each transaction."""

    def __init__(self, store: Store, random: Random, risk: float) -> None:
        self.inner = store
        self._random = random
        self.risk = risk
        self.crashes = 0

    async def write(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if self._random.random() >= self.risk:
            return await self.inner.write(use_case, *args, **kwargs)
        self.crashes += 1
        if self._random.random() < 0.5:
            with contextlib.suppress(_Undone):
                await self.inner.write(_undone, use_case, args, kwargs)
        else:
            await self.inner.write(use_case, *args, **kwargs)
        raise Crash

    async def read(self, use_case: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await self.inner.read(use_case, *args, **kwargs)


def _undone(work: Work, use_case: Callable[..., Any], args: Any, kwargs: Any) -> None:
    use_case(work, *args, **kwargs)
    raise _Undone
