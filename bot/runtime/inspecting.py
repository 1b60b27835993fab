"""What the bot needs to be allowed on a platform, and what an adapter finds missing.

A feature says what it wants in a place at present (`Feature.needs`); an adapter that can look says
what is lacking and where it is granted, in its platform's own words.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias, runtime_checkable

from bot.domain.people import Place
from bot.ui.words import Msg


class Right(enum.Enum):
    """Something a platform lets a bot do, or not."""

    SEE = enum.auto()
    POST = enum.auto()
    FILES = enum.auto()
    HISTORY = enum.auto()
    """Read what is written in a channel."""
    REMOVE = enum.auto()
    """Take down what somebody else posted."""
    RULES = enum.auto()
    """Install rules that stop a message before it appears."""
    PIN = enum.auto()
    EVENTS = enum.auto()
    """Announce sessions as scheduled events."""


BY_CHOICE: Final = frozenset({Right.REMOVE, Right.RULES, Right.PIN, Right.EVENTS})
"""Asked for only where a deployment's settings choose what needs them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Rights in a channel, or with an empty one in the place itself.

    `private`: what is said there is for moderators, so members may not be able to read it. `staff`:
    roles of the place that were named for moderators or reviewers, who may.
    """

    channel: str
    rights: frozenset[Right]
    private: bool = False
    staff: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is missing, and where to grant it. `readable`: members can, and must not."""

    channel: str
    what: Msg
    grant: Msg
    readable: bool = False


@runtime_checkable
class Inspector(Protocol):
    """An adapter that can look what it is allowed."""

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        """What is missing in a place. Raises PlatformUnavailable if it cannot be asked."""
        ...


Inspect: TypeAlias = Callable[[Place, tuple[Wanted, ...]], Awaitable[tuple[Lack, ...]]]


async def nothing_lacks(_place: Place, _wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
    """Where there is no platform to be asked."""
    return ()
