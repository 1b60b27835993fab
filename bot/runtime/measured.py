"""A store that is timed; otherwise the store it was given. Knows no database."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Concatenate, Literal, ParamSpec, TypeVar

from bot.metrics import Metrics
from bot.services.ports import Store, Work

P = ParamSpec("P")
T = TypeVar("T")


class MeasuredStore:
    """Tells `metrics` how long each answer took, failures included."""

    def __init__(self, store: Store, metrics: Metrics) -> None:
        self._store = store
        self._metrics = metrics

    async def write(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a transaction that may write."""
        began = perf_counter()
        try:
            return await self._store.write(use_case, *args, **kwargs)
        finally:
            self._tell("write", began)

    async def read(
        self, use_case: Callable[Concatenate[Work, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run in a read-only snapshot."""
        began = perf_counter()
        try:
            return await self._store.read(use_case, *args, **kwargs)
        finally:
            self._tell("read", began)

    def _tell(self, mode: Literal["read", "write"], began: float) -> None:
        self._metrics.asked_database(mode, perf_counter() - began)
