"""How a cog declares itself: handlers, commands, completers, notices, and no registration calls.

A `Feature` is a value. The registry checks all of them against each other when the program is put
together, so a clash or a command that no platform could carry stops the start, not a user.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from bot.domain.delivery import Delivery, DeliveryId
from bot.domain.people import CommunityId, Place, Role
from bot.runtime.caller import Arrival, Caller, Message
from bot.runtime.inspecting import Lack, Right, Wanted
from bot.runtime.settable import CommunityText, Settable
from bot.runtime.standing import Wants
from bot.runtime.web import Route
from bot.services.people import Leaving
from bot.services.ports import Work
from bot.ui.action import Action, Option
from bot.ui.form import Form
from bot.ui.parts import Audience, Reply, Text
from bot.ui.words import Msg

Answer: TypeAlias = Reply | Form
Run: TypeAlias = Callable[[Caller, Any], Awaitable[Answer]]
Complete: TypeAlias = Callable[[Caller, str], Awaitable[tuple[Option, ...]]]
Sheet: TypeAlias = Callable[[Caller, Mapping[str, object]], Awaitable[Answer]]
"""From the values of an Action that are known so far: its form as it fits them, or why none."""


@dataclass(frozen=True)
class Handler:
    """What happens when somebody asks for `action`.

    `may` is checked in the core at every use. `opens`: answers with a form, so the adapter must
    not acknowledge first, and the handler does one quick read at most. `before_setup`: works in a
    community that nobody has set up yet. `conduct`: whoever asks for it has agreed to the
    conduct of the community, once. `sheet`: fits the form that a typed command opens, and opens
    again to correct it, to what is known by then; of what it answers `intro`, `only` and `send`
    count. One quick read at most.
    """

    action: type[Action]
    run: Run
    may: Role = Role.MEMBER
    audience: Audience = Audience.ONLY_YOU
    opens: bool = False
    before_setup: bool = False
    conduct: bool = False
    sheet: Sheet | None = None


@dataclass(frozen=True)
class Command:
    """A typed command, `group name` or a single word; its options are the Action's fields."""

    name: str
    about: Msg
    action: type[Action]

    @property
    def group(self) -> str:
        """What it is listed under: the first word of its name, or the only one."""
        return self.name.partition(" ")[0]

    @property
    def word(self) -> str:
        """What it is called within its group; empty if it stands alone."""
        return self.name.partition(" ")[2]


@dataclass(frozen=True)
class Group:
    """The first word of commands, and what they are about. One feature declares it for all."""

    name: str
    about: Msg


@dataclass(frozen=True)
class Entry:
    """Something to ask about one message, from that message's own menu.

    Discord: Apps in the menu of a message; Slack: a message shortcut; preview: `...`. The answer is
    for whoever asked alone. `name` is the same in every version. `opens`: answers with a form.
    `files`: fetches what the message carries.
    """

    name: str
    label: Msg
    about: Msg
    run: Callable[[Caller, Message], Awaitable[Answer]]
    may: Role = Role.MEMBER
    opens: bool = False
    files: bool = False

    @property
    def audience(self) -> Audience:
        """Nobody else learns that somebody asked."""
        return Audience.ONLY_YOU

    @property
    def before_setup(self) -> bool:
        """Like most things, not before somebody set the community up."""
        return False


@dataclass(frozen=True)
class Completer:
    """Suggestions for fields whose `Ask.suggest` is `name`; at most 25, fast, read-only."""

    name: str
    run: Complete


class Moot(enum.Enum):
    """A notice that turned out to be needless at the moment of sending."""

    MOOT = enum.auto()


@dataclass(frozen=True)
class Course:
    """Use cases of the engine behind a notice.

    `admit` decides right before the send, in a transaction of its own, whether it may go out now;
    if not, it has seen to what becomes of it. `sent` and `undelivered` run in the transaction that
    records the outcome; they may be called again for the same row. `read`, where there is one, runs
    when a person read it beside another answer, because it could not be delivered. `admit_all`
    says for several at once what `admit` says for each, where that takes fewer looks.
    """

    admit: Callable[[Work, datetime, Delivery], bool]
    sent: Callable[[Work, datetime, Delivery], None]
    undelivered: Callable[[Work, datetime, Delivery], None]
    read: Callable[[Work, datetime, Delivery], None] | None = None
    admit_all: Callable[[Work, datetime, Sequence[Delivery]], frozenset[DeliveryId]] | None = None


@dataclass(frozen=True)
class Choice:
    """A kind of messages that each reader may do without. `name` is kept, `label` is read.

    `then`: what follows for whoever does without, where that is more than silence.
    """

    name: str
    label: Msg
    then: Msg | None = None


@dataclass(frozen=True)
class Below:
    """In the discussion of a message that is kept up to date in a channel (`Spot.subject`), which
    is opened under this name if need be. Where there is no such message: the channel itself.
    """

    subject: str
    name: Msg


@dataclass(frozen=True)
class Notice:
    """A kind of delivery and how it is worded at the moment of sending.

    `compose` reads the present state and gives the message, or `Moot` if nothing is left to say.
    `late_after`: beyond this a word of apology goes with it (the composer is told). `stale_after`:
    beyond this it is dropped and counted. None: never. `first`: what is done at this moment,
    before it is told; it may run again for the same row, and PlatformUnavailable means later.
    `choice`: the kind of messages it is of, where its reader may do without. `below`: where in a
    channel it goes. `over`: what takes its place in a channel, by its `ref` and by whether it was
    said again below; None as long as it holds (see bot/runtime/calls.py).
    """

    kind: str
    compose: Callable[[Delivery, bool], Awaitable[Reply | Moot]]
    late_after: timedelta | None = timedelta(minutes=10)
    stale_after: timedelta | None = None
    course: Course | None = None
    first: Callable[[Delivery], Awaitable[None]] | None = None
    choice: Choice | None = None
    below: Below | None = None
    over: Callable[[int, bool], Awaitable[Reply | None]] | None = None


@dataclass(frozen=True)
class Tick:
    """Recurring upkeep of a feature, run by one leader; `run` must be harmless when repeated."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[None]]


@dataclass(frozen=True)
class Ear:
    """What a feature does with ordinary messages.

    `wants` says, before anybody is recognised, whether a message is looked at at all. `hear`
    answers in a direct message, or not at all. `gone`: a message was deleted.
    """

    wants: Callable[[Arrival, Message], Awaitable[bool]]
    hear: Callable[[Caller, Message], Awaitable[Reply | None]]
    gone: Callable[[Place, str, str], Awaitable[None]]


@dataclass(frozen=True)
class Feature:
    """All that one cog brings."""

    name: str
    handlers: tuple[Handler, ...]
    commands: tuple[Command, ...] = ()
    groups: tuple[Group, ...] = ()
    completers: tuple[Completer, ...] = ()
    notices: tuple[Notice, ...] = ()
    ticks: tuple[Tick, ...] = ()
    leaving: tuple[Leaving, ...] = ()
    """What ends when somebody leaves the community."""
    ear: Ear | None = None
    watch: Callable[[Arrival, Message], Awaitable[None]] | None = None
    """Looks at every ordinary message of a channel, new or changed, before anybody is recognised;
    acts by itself."""
    home: Callable[[Caller], Awaitable[Reply]] | None = None
    """Its section of a member's panel, if it has one."""
    rules: tuple[Text, ...] = ()
    """Whom it puts before whom, for `help`: a heading, then sentences."""
    label: Msg | None = None
    """What moderators read where it is named."""
    begins: tuple[type[Action], ...] = ()
    """What is refused while moderators have it switched off; what was begun before goes on. With
    none it is always on.
    """
    needs: Callable[[Work, CommunityId, Place], tuple[Wanted, ...]] | None = None
    """What it wants to be allowed in a place at present."""
    lacks: Callable[[Work, CommunityId], tuple[Lack, ...]] | None = None
    """What it is missing whatever a platform allows: a choice of moderators, a setting."""
    asks: frozenset[Right] = frozenset()
    """What it may ever want there: what an invitation asks for."""
    changed: Callable[[Place], Awaitable[None]] | None = None
    """Told when a platform says that permissions or channels of a place changed."""
    choices: tuple[Choice, ...] = ()
    """Kinds of messages that its readers may do without, beside those of its notices."""
    settings: tuple[Settable, ...] = ()
    """What moderators can change in it, with a record and a way back."""
    texts: tuple[CommunityText, ...] = ()
    """Wordings of it that a community may replace."""
    conduct: CommunityText | None = None
    """What people agree to before handlers that say so (see bot/runtime/conduct.py)."""
    routes: tuple[Route, ...] = ()
    """Its pages at the HTTP endpoint, where that is on (see bot/runtime/web.py)."""
    entries: tuple[Entry, ...] = ()
    """What stands in the menu of every message."""
    stands: Wants | None = None
    """What it wants to be seen in places by everybody (see bot/runtime/showing.py)."""
    close: Callable[[], Awaitable[None]] | None = None
    """Ends what it does by itself, when the program stops."""
