"""Background work with a name and an owner.

A `TaskOwner` starts tasks, hears of their failures and ends them all when it closes. Nothing else
in the project may call `asyncio.create_task`, so no failure can go unheard.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

_log = logging.getLogger(__name__)
_AGAIN = 5.0
"""Seconds that cancelled work has to end in."""


class TaskOwner:
    """Owns background tasks; close it to cancel and await them all."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, name: str, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Start `work` under `name`; a failure is logged by its type alone."""
        task = asyncio.create_task(work, name=f"{self._name}:{name}")
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (failure := task.exception()) is not None:
            # Only the type: the text of an exception may hold what a person typed.
            _log.error("task %s failed: %s", task.get_name(), type(failure).__name__)

    async def close(self, *, grace: float = 0.0) -> None:
        """Give running tasks `grace` seconds, then cancel what is left and wait for it."""
        current = asyncio.current_task()
        running = {task for task in self._tasks if task is not current}
        if grace > 0 and running:
            _done, running = await asyncio.wait(running, timeout=grace)
        while running:
            for task in running:
                task.cancel()
            # Again after a while: a cancellation that comes together with an answer can get lost
            # (https://github.com/python/cpython/issues/86296), and then nothing would ever end.
            _done, running = await asyncio.wait(running, timeout=_AGAIN)
