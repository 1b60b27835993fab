"""What a person does and sees, whatever the platform: a test is written once against a `Stage`.

Each platform has one Stage, made of the real adapter, the real core and real sockets. Values are
given as plain Python; `Who`, `Where`, `Group` and `Doc` stand for what is picked natively.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeAlias

from bot.clock import Clock, HandMovedClock
from bot.runtime.doors import Sent
from bot.runtime.hall import Door, Doors
from bot.runtime.registry import Registry
from bot.runtime.screen import Screen
from bot.services.ports import Store
from bot.ui.parts import Can

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
# Slack cannot escape its signs of emphasis, so they are written with what looks like them.
ALIKE = str.maketrans("\u2217\u02cd\u223c\u02cb", "*_~`", "\xad")
MEMBER, OTHER, MODERATOR = "ana", "ben", "mia"
"""Who is on every stage."""
GUEST = "gus"
"""Who is there besides, where the platform knows guests."""


@dataclass(frozen=True)
class Who:
    """One of those people."""

    name: str


@dataclass(frozen=True)
class Where:
    """A channel; every stage has `general`."""

    name: str = "general"


@dataclass(frozen=True)
class Group:
    """The one role that every stage has."""


@dataclass(frozen=True)
class Doc:
    """A file."""

    name: str
    content: bytes


Value: TypeAlias = str | int | bool | Who | Where | Group | Doc | tuple[str | Who | Doc, ...]
Makes: TypeAlias = Callable[[Store, Clock, Doors], Registry]


@dataclass
class Seen:
    """What appeared on somebody's screen. `of` is what the platform calls it."""

    text: str
    private: bool
    labels: list[str] = field(default_factory=list[str])
    lists: list[str] = field(default_factory=list[str])
    files: dict[str, bytes] = field(default_factory=dict[str, bytes])
    links: list[str] = field(default_factory=list[str])
    of: list[Any] = field(default_factory=list[Any])


@dataclass
class Sheet:
    """A form on somebody's screen: its fields by id, with what stands in them."""

    title: str
    fields: dict[str, Any]
    of: Any


Answer: TypeAlias = Seen | Sheet


class Stage(Protocol):
    """A platform with the bot on it."""

    clock: HandMovedClock
    hostile: bool
    """Whether what is typed here looks like markup on purpose."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Somebody of each kind that the platform knows."""
        ...

    @property
    def can(self) -> frozenset[Can]:
        """What the platform can do in a channel."""
        ...

    @property
    def store(self) -> Store:
        """Where it keeps things."""
        ...

    @property
    def door(self) -> Door:
        """The adapter."""
        ...

    async def start(self, makes: Makes) -> None:
        """Open with these features; everybody's community is set up."""
        ...

    async def stop(self) -> None:
        """Close; fails if a request was against the platform's rules."""
        ...

    async def command(self, who: str, name: str, options: Mapping[str, Value]) -> Answer:
        """Type a command in the channel."""
        ...

    async def press(self, who: str, seen: Seen, label: str) -> Answer:
        """Press a button."""
        ...

    async def choose(self, who: str, seen: Seen, label: str, *values: str) -> Answer:
        """Choose in a list."""
        ...

    async def send(self, who: str, sheet: Sheet, values: Mapping[str, Value]) -> Answer:
        """Fill in a form, page by page where it has several, and send it."""
        ...

    async def say(self, who: str, text: str, *docs: Doc) -> object:
        """Write in the channel; what `point` calls the message."""
        ...

    async def point(self, who: str, message: object, label: str) -> Answer:
        """Use an entry in the menu of a message."""
        ...

    def in_channel(self, who: str) -> list[str]:
        """What somebody reads in the channel, private replies to them included."""
        ...

    def direct(self, who: str) -> list[str]:
        """What the bot wrote to somebody directly."""
        ...

    def pinged(self) -> list[str]:
        """Whom the bot's messages have notified."""
        ...

    async def carry(self, who: str, screen: Screen) -> Sent:
        """An unrequested message to somebody."""
        ...

    async def rush(self, name: str, people: int, options: Mapping[str, Value]) -> list[str]:
        """So many people type a command at once and are heard within three seconds each.

        What each of them then read; the title where it was a form.
        """
        ...


def seen(answer: Answer) -> Seen:
    """The answer, which is no form."""
    assert isinstance(answer, Seen), answer
    return answer


def sheet(answer: Answer) -> Sheet:
    """The answer, which is a form."""
    assert isinstance(answer, Sheet), answer
    return answer
