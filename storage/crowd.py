"""Calls of one use case that come faster than a server answers, made into groups.

Whoever comes while others are under way waits, and all who wait go together. Knows no SQL: how a
group is carried out is handed in.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.errors import StoreUnavailable
from bot.tasks import TaskOwner

T = TypeVar("T")

SIDE_BY_SIDE = 2
"""Calls of one use case that run at once, each by itself, before others wait for each other."""
MOST_IN_GROUP = 50

Change: TypeAlias = Callable[[Connection], tuple[T, bool]]
"""Runs a use case: its result, and whether it scheduled anything."""


class Call:
    """One caller's change and where its answer goes."""

    def __init__(self, change: Change[Any]) -> None:
        self.change = change
        self.answer: asyncio.Future[tuple[Any, bool]] = asyncio.get_running_loop().create_future()

    def tell(self, answer: tuple[Any, bool] | Exception) -> None:
        """Give the answer, if somebody still waits for it."""
        if self.answer.done():
            return
        if isinstance(answer, Exception):
            self.answer.set_exception(answer)
        else:
            self.answer.set_result(answer)


class Crowd:
    """The calls of one use case in this process. `carry` answers every call of a group.

    A caller that is cancelled while it waits is passed over; once its group has begun, its change
    is carried out and only the answer is dropped.
    """

    def __init__(
        self, tasks: TaskOwner, name: str, carry: Callable[[Sequence[Call]], Awaitable[None]]
    ) -> None:
        self._tasks = tasks
        self._name = name
        self._carry = carry
        self._alone = 0
        self._waiting: deque[Call] = deque()
        self._carrying = False

    @property
    def gone(self) -> bool:
        """Whether nobody is here any more."""
        return not (self._alone or self._carrying or self._waiting)

    async def run(
        self, change: Change[T], alone: Callable[[Change[T]], Awaitable[tuple[T, bool]]]
    ) -> tuple[T, bool]:
        """What `change` gives, run `alone` or carried along in a group."""
        if self._alone < SIDE_BY_SIDE and not self._waiting:
            self._alone += 1
            try:
                return await alone(change)
            finally:
                self._alone -= 1
        call = Call(change)
        self._waiting.append(call)
        if not self._carrying:
            self._carrying = True
            self._tasks.start(self._name, self._carry_all())
        return await call.answer

    async def _carry_all(self) -> None:
        group: list[Call] = []
        try:
            while self._waiting:
                group = self._next_group()
                await self._carry(group)
        finally:
            self._carrying = False
            # Nobody waits for ever, whatever ended this.
            for call in (*group, *self._waiting):
                call.tell(StoreUnavailable("The database is closed."))
            self._waiting.clear()

    def _next_group(self) -> list[Call]:
        group: list[Call] = []
        while self._waiting and len(group) < MOST_IN_GROUP:
            call = self._waiting.popleft()
            if not call.answer.done():
                group.append(call)
        return group
