"""What the core asks of an adapter when nobody is waiting for an answer: carry a message, say who
somebody is. The answers are values; an adapter raises nothing that it can name here.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
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
    """A message in a channel of a place. `thread`: the name of a discussion opened below it,
    where the platform has such a thing. `below`: a message in whose discussion it goes instead,
    opened under that name if there is none; where that cannot be, into the channel itself."""

    place: Place
    channel: str
    thread: str = ""
    below: str = ""


Target: TypeAlias = ToPerson | ToChannel


@dataclass(frozen=True, slots=True)
class Trace:
    """What a screen became in a channel: ids of messages, the first one first, and of files that
    stand apart from them."""

    messages: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Delivered:
    """The platform took it; `message` is its id there. `trace`: everything, for later changes."""

    message: str
    trace: Trace | None = field(default=None, compare=False)


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


class Reach(enum.Enum):
    """How far a channel can be read."""

    PLACE = enum.auto()
    """By everybody in the place, whoever joins later included."""
    SOME = enum.auto()
    """By those who were let in."""
    BEYOND = enum.auto()
    """By people of other places too."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who can read a channel. `count`: how many at present, where the platform says. `guests`:
    whether guests are known to be among them, None where it cannot be said. `groups`: names of the
    roles that were let in."""

    reach: Reach
    count: int | None = None
    guests: bool | None = None
    groups: tuple[str, ...] = ()


class Directory(Protocol):
    """Knows who is in a place, by asking the platform."""

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """The account's standing in the place now; None if it is not a member there.

        Raises PlatformUnavailable if the platform does not answer.
        """
        ...


class Channels(Protocol):
    """What can be done about channels beside sending into them."""

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Put a screen in place of what was sent; messages and files it had beside go."""
        ...

    async def forget(self, account: Account, passing: str) -> None:
        """Delete the files of this person's private screens that were shown in `passing`."""
        ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who can read a channel; None if the bot does not see it.

        Raises PlatformUnavailable if the platform does not answer.
        """
        ...
