"""What is needed from storage to keep up to date what stands outside of conversations."""

from __future__ import annotations

from typing import Protocol

from bot.domain.showing import Shown, Spot


class Showings(Protocol):
    """The table of what stands where."""

    def all(self) -> tuple[Shown, ...]:
        """Everything that stands, in every community."""
        ...

    def of(self, spot: Spot) -> Shown | None:
        """How one stands; None if it does not."""
        ...

    def put(self, shown: Shown) -> None:
        """Write how one stands."""
        ...

    def drop(self, spot: Spot) -> None:
        """It stands no more."""
        ...
