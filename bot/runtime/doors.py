"""What the core asks of an adapter when nobody is waiting for an answer: carry a message, say who
somebody is. The answers are values; an adapter raises nothing that it can name here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from bot.domain.people import Account, Place, Standing
from bot.domain.showing import Happening
from bot.runtime.screen import Screen
from bot.ui.parts import Can


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


@runtime_checkable
class Windows(Protocol):
    """An adapter that keeps messages and events where a whole place sees them. The answers are as
    for a message; `Delivered` says by which id the platform knows it from now on."""

    def keeps(self, place: Place) -> frozenset[Can]:
        """What can be shown in the place beyond a message."""
        ...

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Turn a message into the screen; post (and pin) a new one where it is gone or was none."""
        ...

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Remove a message; one that is gone already counts as removed."""
        ...

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        """Turn an event into the happening, make it, or (None) call it off."""
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
        """The account's standing in the place now; None if it is not a member there.

        Raises PlatformUnavailable if the platform does not answer.
        """
        ...
