"""Ends the program when the operating system says so. Knows nothing of what is ended."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Generator
from contextlib import contextmanager

_log = logging.getLogger(__name__)


@contextmanager
def until_told() -> Generator[None]:
    """SIGINT or SIGTERM ends the block, wherever in it the program waits; also while it opens."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    told = asyncio.Event()

    def stop() -> None:
        if task is not None and not told.is_set():
            told.set()
            _log.info("stopping")
            task.cancel()

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    try:
        yield
    except asyncio.CancelledError:
        if not told.is_set():
            raise


async def for_ever() -> None:
    """Wait until told."""
    await asyncio.Event().wait()
