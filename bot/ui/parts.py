"""Parts and Replies: everything a screen can hold, as values.

The list of Parts is closed: every adapter renders every one, and a new one fails the type check in
each renderer until it does. A Reply that some platform could not carry is refused here, when it is
built, not when it is sent.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.people import CommunityId
from bot.ui.action import Action, Option, fields_of
from bot.ui.limits import LIMITS
from bot.ui.wire import UNKNOWN_COMMUNITY, to_wire
from bot.ui.words import Msg, Person, When, Words


class Can(enum.Enum):
    """Something this platform, in this place, may or may not let the bot do."""

    REMOVE_OTHERS_MESSAGES = enum.auto()
    """Take down what somebody else posted."""
    FILE_IN_COMMAND = enum.auto()
    """Hand over a file together with a typed command."""
    LONG_FORM = enum.auto()
    """Show all the pages of a form as one."""
    PLACE_ROLES = enum.auto()
    """Name everybody who has a role of the place."""
    LINGER = enum.auto()
    """Keep a private reply where the person finds it again."""
    HEAR_CHANNELS = enum.auto()
    """Hear the ordinary messages of a channel that it is in."""
    EVENT = enum.auto()
    """List something among the place's own events."""
    AT_HOME = enum.auto()
    """Show what leaves this machine on no way, and have places drawn on it with a mouse."""


class Audience(enum.IntEnum):
    """Who sees a reply. A fallback may narrow it, never widen it."""

    ONLY_YOU = 0
    CHANNEL = 1


class Style(enum.Enum):
    """The weight of a text."""

    PLAIN = enum.auto()
    HEADING = enum.auto()
    QUIET = enum.auto()


class Look(enum.Enum):
    """The weight of a button."""

    PLAIN = enum.auto()
    MAIN = enum.auto()
    GRAVE = enum.auto()
    """Affects others or cannot be taken back."""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    body: Words
    style: Style = Style.PLAIN


@dataclass(frozen=True, slots=True)
class Facts:
    """Short labelled values, shown as a compact list."""

    rows: tuple[tuple[Msg, Words], ...]


@dataclass(frozen=True, slots=True)
class Button:
    """A button; pressing it asks for `does`. Neighbouring buttons stand in one row.

    `home`: the community it belongs to, if that is another one than the rest of the screen's.
    """

    label: Msg
    does: Action
    look: Look = Look.PLAIN
    home: CommunityId | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """A button that opens an address."""

    label: Msg
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("a link opens a web address")


@dataclass(frozen=True, slots=True)
class Select:
    """A list to choose from; choosing fills the field `fills` of `does` and asks for it."""

    label: Msg
    does: Action
    fills: str
    options: tuple[Option, ...]
    chosen: tuple[str, ...] = ()
    most: int = 1

    def __post_init__(self) -> None:
        if not 1 <= len(self.options) <= LIMITS.select_options:
            raise ValueError(f"a list offers 1 to {LIMITS.select_options} options")
        values = [option.value for option in self.options]
        if len(set(values)) < len(values):
            raise ValueError("two options of one list have the same value")
        if not all(1 <= len(value) <= LIMITS.option_value for value in values):
            raise ValueError(f"the value of an option has 1 to {LIMITS.option_value} characters")
        if self.fills not in fields_of(type(self.does)):
            raise ValueError(f"{type(self.does).__name__} has no field {self.fills}")


@dataclass(frozen=True, slots=True)
class Drawing:
    """Places that a person draws on a picture. They fill the field `fills` of `does`: for each of
    them left, top, right and bottom, in thousandths of the picture.

    Only where `Can.AT_HOME` holds; elsewhere it is a picture like any other.
    """

    label: Msg
    does: Action
    fills: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture with its alternative text; held in memory only."""

    name: str
    content: bytes
    alt: Words
    draws: Drawing | None = None

    def __repr__(self) -> str:
        return f"Image({len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep, such as a calendar entry; held in memory only."""

    name: str
    content: bytes
    media_type: str
    about: Msg

    def __repr__(self) -> str:
        return f"File({len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Hidden:
    """Parts that stay covered until the reader asks: a spoiler, or the thread below."""

    label: Msg
    parts: tuple[Text | Facts | Image, ...]


@dataclass(frozen=True, slots=True)
class Divider:
    """A line between two groups."""


@dataclass(frozen=True, slots=True)
class IfCan:
    """Both branches of a capability, written by the feature's author; the core settles which."""

    needs: Can
    then: Part
    otherwise: Part


SettledPart: TypeAlias = (
    Text | When | Person | Facts | Button | Link | Select | Image | File | Hidden | Divider
)
Part: TypeAlias = SettledPart | IfCan


@dataclass(frozen=True, slots=True)
class Reply:
    """One screen.

    `replaces`: take the place of the message whose button was pressed, where the platform can.
    `correctable`: the request was refused for something the person can mend; the core adds
    `Correct it`, which opens the form again with everything that was typed.
    `waits`: the id of what waits for `Confirm` on this screen; a corrected form takes its place.
    `memory_only`: what was typed may hold what concerns a patient; until it is corrected it is
    written nowhere.
    `passing`: its files are shown for the moment only. They are deleted when the next screen with
    the same word comes; until the author of a case agrees, its preview has one.

    Raises ValueError if two controls of the message would be the same to a platform.
    """

    parts: tuple[Part, ...]
    audience: Audience = Audience.ONLY_YOU
    replaces: bool = False
    correctable: bool = False
    waits: str | None = None
    memory_only: bool = False
    passing: str | None = None

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("a reply says something")
        seen: set[str] = set()
        for control in controls(self.parts):
            wire = _wire(control)
            if wire in seen:
                raise ValueError(f"two controls of one message do the same: {control.does.tag}")
            seen.add(wire)


def controls(parts: tuple[Part, ...]) -> Iterator[Button | Select]:
    """Every control that these parts can show; a control in both branches counts once."""
    for part in parts:
        match part:
            case Button() | Select():
                yield part
            case IfCan(_, then, otherwise):
                first = tuple(controls((then,)))
                yield from first
                yield from (one for one in controls((otherwise,)) if one not in first)
            case _:
                pass


def _wire(control: Button | Select) -> str:
    fills = control.fills if isinstance(control, Select) else None
    home = control.home if isinstance(control, Button) else None
    return to_wire(control.does, home or UNKNOWN_COMMUNITY, fills)


def settle(parts: tuple[Part, ...], can: frozenset[Can]) -> tuple[SettledPart, ...]:
    """The parts with every `IfCan` replaced by the branch that holds here."""
    settled: list[SettledPart] = []
    for part in parts:
        chosen: Part = part
        while isinstance(chosen, IfCan):
            chosen = chosen.then if chosen.needs in can else chosen.otherwise
        settled.append(chosen)
    return tuple(settled)
