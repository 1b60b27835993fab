"""Rings when something may be due. The time of day is asked from the Clock, never here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeAlias

Ring: TypeAlias = Callable[[], Awaitable[None]]


class Bell(Protocol):
    """Rings after a while, or again and again, in real seconds."""

    def once(self, name: str, seconds: float, ring: Ring) -> None:
        """Ring once after `seconds`; a second call under the same name replaces the first."""
        ...

    def every(self, name: str, seconds: float, ring: Ring) -> None:
        """Ring every `seconds`; a ring that is still being answered is not repeated."""
        ...

    def start(self) -> None:
        """Begin to ring, inside the running loop."""
        ...

    def stop(self) -> None:
        """Fall silent."""
        ...
