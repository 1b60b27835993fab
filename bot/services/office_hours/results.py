"""What the use cases of office hours answer: values, so that a screen is made from them alone."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.office_hours import (
    Question,
    Scope,
    Seat,
    SeatState,
    Session,
    barred,
    may_manage,
)
from bot.domain.people import CommunityId, MemberId, Role, Someone
from bot.domain.recurrence import Recurrence


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks, in which community, with which roles at this moment."""

    member: MemberId
    community: CommunityId
    roles: frozenset[Role]


class Why(enum.Enum):
    """Why something was not done."""

    UNKNOWN = enum.auto()
    """No such session in this community, or none that the person may see."""
    CALLED_OFF = enum.auto()
    OVER = enum.auto()
    CLOSED = enum.auto()
    OWN = enum.auto()
    """Hosts and co-hosts need no seat in their own session."""
    ENOUGH_ASKED = enum.auto()
    """As many questions as one person may leave for one session."""
    NOT_IN = enum.auto()
    HELD = enum.auto()
    """The seat that was offered was taken; giving it back is asked for in another way."""
    OWN_WORD = enum.auto()
    """It is meant for one stage of training, and the person has not said that it is theirs."""
    WEEK_FULL = enum.auto()
    """As many seats as one person may have in a calendar week."""
    NOT_YOURS = enum.auto()
    NOT_A_HOST = enum.auto()
    PAST = enum.auto()
    """The time asked for is not in the future."""
    SAME_TIME = enum.auto()
    CHANGED = enum.auto()
    """Somebody changed the session after the question was shown."""
    UNTIL_TOO_EARLY = enum.auto()
    UNTIL_WITHOUT_REPEAT = enum.auto()
    NEVER_OPEN = enum.auto()
    """Sign-up would close before it opens."""
    NOT_NOW = enum.auto()
    """Being late can be told shortly before and during a session only."""
    TOO_FEW = enum.auto()
    """Fewer seats than are taken."""
    NOTHING_NEW = enum.auto()
    NO_COHOST = enum.auto()
    """The person who should take over leads it no more."""
    NOT_NOW_MARK = enum.auto()
    """Who was there is noted from the start on, for two weeks."""
    NO_QUEUE = enum.auto()
    """Only drop-in hours have a live queue."""
    QUEUE_LATER = enum.auto()
    QUEUE_CLOSED = enum.auto()
    MUTED = enum.auto()
    """A moderator muted anonymous questions of this person, unseen."""
    GONE = enum.auto()
    """The confirmation has expired."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was changed."""

    why: Why
    session: Session | None = None
    most: int | None = None
    """How many are allowed, where a number is the reason."""


@dataclass(frozen=True, slots=True)
class Card:
    """A session as one member sees it. `position` is their place in line, if they wait; `in_queue`:
    they are in its live queue."""

    session: Session
    host: Someone
    viewer: MemberId
    cohosts: tuple[Someone, ...] = ()
    seat: Seat | None = None
    position: int | None = None
    in_queue: bool = False

    @property
    def leads(self) -> bool:
        """Whether the viewer hosts or co-hosts it."""
        return self.session.led_by(self.viewer)

    @property
    def holds(self) -> bool:
        """Whether the viewer has a seat."""
        return self.seat is not None and self.seat.state is SeatState.HELD

    @property
    def waits(self) -> bool:
        """Whether the viewer stands in line."""
        return self.seat is not None and self.seat.state is SeatState.WAITING

    @property
    def offered_until(self) -> datetime | None:
        """Until when a seat is kept for the viewer, if one is."""
        seat = self.seat
        return seat.until if seat is not None and seat.state is SeatState.OFFERED else None

    @property
    def takes_part(self) -> bool:
        """Whether the viewer has a seat, is offered one or waits."""
        return self.seat is not None and self.seat.takes_part

    @property
    def sees_where(self) -> bool:
        """Whether the viewer may know where it is."""
        return self.leads or self.holds

    def joinable(self, now: datetime) -> bool:
        """Whether the viewer could take a seat or a place in line."""
        return barred(self.session, now) is None and not (self.leads or self.takes_part)

    def manageable(self, roles: frozenset[Role]) -> bool:
        """Whether the viewer may move it, call it off and see its roster."""
        return may_manage(self.session, self.viewer, roles)


@dataclass(frozen=True, slots=True)
class Joined:
    """A seat was taken, or an offer; reminders come at these times."""

    card: Card
    reminders: tuple[datetime, ...]
    clashes: tuple[Session, ...] = ()
    """What else the person has at that time."""
    shift: timedelta = timedelta()
    """By how much it is later on their own clock than the time before, where no notice comes."""


@dataclass(frozen=True, slots=True)
class Waitlisted:
    """A place in line was taken."""

    card: Card


@dataclass(frozen=True, slots=True)
class Already:
    """The person has a seat or waits; `noted` if what they want to talk about was updated."""

    card: Card
    noted: bool
    reminders: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Left:
    """The seat or the place in line was given back; `held` tells which."""

    card: Card
    held: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question was noted."""

    card: Card


@dataclass(frozen=True, slots=True)
class Opened:
    """A session, or the first of a series, was created; `dates` are those made so far, `complete`
    when the series has no more."""

    card: Card
    dates: tuple[datetime, ...]
    repeated: bool = False
    """The same confirmation came a second time; nothing new was made."""
    wanted: bool = False
    """People who asked about its topic hear of it; the host does not learn who, or how many."""
    complete: bool = False
    clashes: tuple[Session, ...] = ()
    """What else the host has at the time of the first."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change would do: how many sessions, and how many people would be told."""

    card: Card
    sessions: int
    told: int
    scope: Scope
    rule: Recurrence | None = None
    """What the series would follow, if it is moved."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A session (and with `Scope.LATER` those after it) was moved or called off. `led`: those of
    them that whoever did it leads."""

    card: Card
    sessions: int
    told: int
    led: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class CalledAway:
    """What was done at one tap when the host was pulled into a case; `told` is None if it had been
    done already."""

    card: Card
    told: int | None


@dataclass(frozen=True, slots=True)
class Roster:
    """Who comes to a session, who is offered a seat, who waits, and what was asked; never who asked
    it."""

    card: Card
    held: tuple[tuple[Seat, Someone], ...]
    offered: tuple[tuple[Seat, Someone], ...]
    waiting: tuple[tuple[Seat, Someone], ...]
    questions: tuple[Question, ...]
    late: tuple[tuple[Seat, Someone], ...] = ()
    """Who gave a seat back late; for those who lead it."""
    aside: tuple[Question, ...] = ()
    """Questions that are off the roster; for moderators."""


@dataclass(frozen=True, slots=True)
class Marked:
    """Whose mark was set, and how the roster stands by then."""

    roster: Roster
    people: tuple[Someone, ...]
