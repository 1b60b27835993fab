"""What the core asks of an adapter when nobody is waiting for an answer: carry a message, say who
somebody is. The answers are values; an adapter raises nothing that it can name here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

from bot.domain.people import Account, Place, Standing
from bot.runtime.screen import Screen

if TYPE_CHECKING:
    from bot.runtime.core import Core


@dataclass(frozen=True, slots=True)
class ToPerson:
    """A direct message to an account."""

    account: Account


@dataclass(frozen=True, slots=True)
class ToChannel:
    """A message in a channel of a place."""

    place: Place
    channel: str


Target: TypeAlias = ToPerson | ToChannel


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform took it; `message` is its id there."""

    message: str


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """The platform refused for good (messages closed, account gone); `why` is a short code."""

    why: str


@dataclass(frozen=True, slots=True)
class Again:
    """A passing trouble; worth another try after so many seconds."""

    seconds: float


Sent: TypeAlias = Delivered | Undeliverable | Again


class Messenger(Protocol):
    """Carries unrequested messages on one platform."""

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Send once; `key` lets the platform recognise a repetition where it can."""
        ...


@dataclass(frozen=True, slots=True)
class Presence:
    """What a platform says about an account in one place."""

    standing: Standing
    role_refs: frozenset[str]
    name: str


class Directory(Protocol):
    """Knows who is in a place, by asking the platform."""

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """The account's standing in the place now; None if it is not a member there."""
        ...


class Door(Messenger, Directory, Protocol):
    """A whole adapter: people come in through it, and unrequested messages go out."""

    @property
    def platform(self) -> str:
        """`discord`, `slack` or `preview`."""
        ...

    async def start(self, core: Core) -> None:
        """Open; returns once people can come in."""
        ...

    async def stop(self) -> None:
        """Take nothing new, finish within 10 s what is held, close."""
        ...


class Doors:
    """Every open door, addressed by platform. A platform that is not open here reaches nobody."""

    def __init__(self) -> None:
        self._open: dict[str, Door] = {}

    def add(self, door: Door) -> None:
        """Hang a door."""
        self._open[door.platform] = door

    def __iter__(self) -> Iterator[Door]:
        return iter(self._open.values())

    @property
    def platforms(self) -> frozenset[str]:
        """Which platforms can be reached from this process."""
        return frozenset(self._open)

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Carry a message to the platform of its target."""
        platform = target.account if isinstance(target, ToPerson) else target.place
        door = self._open.get(platform.platform)
        return Again(60.0) if door is None else await door.send(target, screen, key)

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Ask the platform of the place."""
        door = self._open.get(place.platform)
        return None if door is None else await door.look_up(place, account)
