"""What the core asks of a platform that lets the bot look after what others write: take a message
down, keep rules that stop text before it appears.

A platform without any of it answers so. Knows no platform by name.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.domain.guard import Guarded
from bot.domain.people import Place
from bot.ui.words import Msg


@dataclass(frozen=True)
class Sieve:
    """Rules that a platform applies itself. `patterns` are regular expressions without lookaround
    and without back-references, as Rust's `regex` reads them; `says` is what a stopped author
    reads; where it holds follows from `guarded`.
    """

    name: str
    patterns: tuple[str, ...]
    says: str
    guarded: Guarded


class SieveState(enum.Enum):
    """How the rules stand, beside what is wanted."""

    ABSENT = enum.auto()
    CURRENT = enum.auto()
    OTHER = enum.auto()
    """They are there, and not as they would be written now."""


@dataclass(frozen=True)
class SieveFound:
    """What stands. `lacks`: why it cannot be written; nothing: it can."""

    state: SieveState
    lacks: tuple[Msg, ...] = ()


@runtime_checkable
class Warden(Protocol):
    """A door that can do this."""

    @property
    def platform(self) -> str:
        """As of the door."""
        ...

    async def remove(self, place: Place, where: str, message: str) -> bool:
        """Take a message down; whether it is gone."""
        ...


@runtime_checkable
class Sifter(Warden, Protocol):
    """One whose platform has rules of its own that stop text before it appears."""

    async def sieve(self, sieve: Sieve) -> SieveFound | None:
        """How the rules stand; None while it cannot be asked."""
        ...

    async def write_sieve(self, sieve: Sieve) -> Msg | None:
        """Write or change the rules; why it could not be done."""
        ...

    async def drop_sieve(self, sieve: Sieve) -> Msg | None:
        """Take the rules away; why it could not be done."""
        ...


class Wardens:
    """Every door that can do this, addressed by platform."""

    def __init__(self, doors: Iterable[object]) -> None:
        """`doors` is looked through at each call, because doors are hung later."""
        self._doors = doors

    def at(self, place: Place) -> Warden | None:
        """The one of a place, if its platform is open here."""
        for door in self._doors:
            if isinstance(door, Warden) and door.platform == place.platform:
                return door
        return None

    def sifter(self, place: Place) -> Sifter | None:
        """The one of a place, if its platform has such rules."""
        warden = self.at(place)
        return warden if isinstance(warden, Sifter) else None

    async def remove(self, place: Place, where: str, message: str) -> bool:
        """Take a message down; whether it is gone."""
        warden = self.at(place)
        return warden is not None and await warden.remove(place, where, message)
