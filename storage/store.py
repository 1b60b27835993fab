"""What every store has in common: the port, an end, and a bell for what was scheduled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from bot.services.ports import Store


class OpenStore(Store, Protocol):
    """A store somebody opened and has to close."""

    def on_scheduled(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop after each commit that scheduled deliveries.

        The callback is short and does not raise.
        """
        ...

    async def leads(self) -> bool:
        """Whether this process does the upkeep, of all that work with the database."""
        ...

    async def turns(self, limit: str, count: int, gap: float, slack: float) -> float | None:
        """Seconds until the first of the next `count` turns under the limit called `limit`.

        Turns are `gap` seconds apart for all processes together; turns that nobody took are kept
        for `slack` seconds. None where no other process can be at the database: count by yourself.
        """
        ...

    async def close(self) -> None:
        """Finish what was accepted and let go of the database. Closing twice does no harm."""
        ...


class Bell:
    """Remembers who wants to hear that something was scheduled."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[], None]] = []

    def add(self, callback: Callable[[], None]) -> None:
        """From now on `callback` is called too."""
        self._callbacks.append(callback)

    def ring(self) -> None:
        """Call them all."""
        for callback in self._callbacks:
            callback()
