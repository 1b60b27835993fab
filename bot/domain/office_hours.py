"""Office hours: sessions, the series they come from, who has a seat, and the rules about them.

Records and pure rules. Knows no storage, no sentences and no clock: the present comes as a value.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NewType, assert_never

from bot.domain.people import CommunityId, MemberId, Place, Role
from bot.domain.recurrence import Occurrence, Recurrence, Repeat, occurrences

SessionId = NewType("SessionId", int)
SeriesId = NewType("SeriesId", int)
QuestionId = NewType("QuestionId", int)

HORIZON = timedelta(weeks=8)
"""How far ahead the sessions of a series exist as rows that people can join."""


class Mode(enum.Enum):
    """How people come: into a fixed number of seats, or as they like."""

    SEATS = "seats"
    DROP_IN = "drop-in"


class ForWhom(enum.Enum):
    """Whom a session is meant for.

    Whether somebody is a student or a resident is their own word, asked as they join and kept
    nowhere. The others are roles that the community named.
    """

    EVERYONE = "everyone"
    STUDENTS = "students"
    RESIDENTS_UP = "residents_up"
    HOSTS = "hosts"
    REVIEWERS = "reviewers"
    MODERATORS = "moderators"


class Scope(enum.Enum):
    """How much of a series a change is about."""

    ONE = "one"
    LATER = "later"


class SessionState(enum.Enum):
    """Whether a session will be held. That it is over follows from the time."""

    PLANNED = "planned"
    CALLED_OFF = "called_off"


class SeatState(enum.Enum):
    """What became of somebody's wish to come."""

    HELD = "held"
    OFFERED = "offered"
    """A seat is kept for the first in line until they answer."""
    WAITING = "waiting"
    LAPSED = "lapsed"
    """The offer ran out; nothing is held against anybody."""
    LEFT = "left"


class Came(enum.Enum):
    """Whether somebody with a seat was there."""

    HERE = "here"
    ABSENT = "absent"


MARKED_FOR = timedelta(days=14)
"""How long after a session it can be noted who was there."""

TAKES_PART = (SeatState.HELD, SeatState.OFFERED, SeatState.WAITING)
"""The states of somebody who has something to do with a session at present."""
KEPT = (SeatState.HELD, SeatState.OFFERED)
"""The states that take a seat away from others."""


class WhereKind(enum.Enum):
    """What kind of place a session is held at."""

    VOICE = "voice"
    """A channel of a place where the community meets: everybody there sees it anyway."""
    LINK = "link"
    """Whoever has it can come in: only for those with a seat."""
    ROOM = "room"
    """Any other words. They may hold a number that lets people in, so they are kept like a link."""


@dataclass(frozen=True, slots=True)
class VoiceChannel:
    """A channel by the id that its platform has for it."""

    place: Place
    channel: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a host decides about a session, except when it is.

    `capacity` is None for drop-in hours; `closes` is in hours before the start. Where it is
    (`voice`, or else `where`) is for those who have a seat, the host and co-hosts, and nobody else.
    `fair`: in the line, whoever had no seat last time comes first. `agenda` is what the host has in
    mind; empty means nothing said.
    """

    title: str
    topic: str
    minutes: int
    mode: Mode
    capacity: int | None
    where: str
    for_whom: ForWhom = ForWhom.EVERYONE
    closes: int = 0
    cohosts: tuple[MemberId, ...] = ()
    fair: bool = True
    agenda: str = ""
    voice: VoiceChannel | None = None

    @property
    def where_kind(self) -> WhereKind:
        """What kind of place it is."""
        if self.voice is not None:
            return WhereKind.VOICE
        if self.where.startswith(("https://", "http://")):
            return WhereKind.LINK
        return WhereKind.ROOM


@dataclass(frozen=True, slots=True)
class Session:
    """One office hour. `starts` is in UTC, `zone` the host's (IANA key).

    `slot` is the day in its series that it fills, also after it was moved. `delay` is by how many
    minutes the host runs late. `without_host`: the host was called away, and people meet on their
    own. `revision` grows with every change that people are told about. `code` is what people type
    for it, `uid` what calendars know it by.
    """

    id: SessionId
    code: str
    community: CommunityId
    host: MemberId
    plan: Plan
    starts: datetime
    zone: str
    uid: str
    changed: datetime
    series: SeriesId | None = None
    slot: date | None = None
    taken: int = 0
    state: SessionState = SessionState.PLANNED
    reason: str = ""
    revision: int = 0
    delay: int = 0
    without_host: bool = False

    @property
    def begins(self) -> datetime:
        """When it begins, as far as the host has said: `starts`, or later by the delay."""
        return self.starts + timedelta(minutes=self.delay)

    @property
    def ends(self) -> datetime:
        """When it is over."""
        return self.begins + timedelta(minutes=self.plan.minutes)

    @property
    def drop_in(self) -> bool:
        """Whether people come as they like, one after the other, and no seats are counted."""
        return self.plan.mode is Mode.DROP_IN

    @property
    def free(self) -> int | None:
        """Free seats; None where seats are not counted."""
        if self.plan.capacity is None:
            return None
        return max(0, self.plan.capacity - self.taken)

    @property
    def full(self) -> bool:
        """Whether the next one waits."""
        return self.free == 0

    @property
    def closes_at(self) -> datetime:
        """Until when people can join. Drop-in hours without a limit stay open to their end."""
        if self.drop_in and self.plan.closes == 0:
            return self.ends
        return self.starts - timedelta(hours=self.plan.closes)

    @property
    def called_off(self) -> bool:
        """Whether it will not be held."""
        return self.state is SessionState.CALLED_OFF

    def led_by(self, member: MemberId) -> bool:
        """Whether the member is its host or a co-host."""
        return member == self.host or member in self.plan.cohosts


@dataclass(frozen=True, slots=True)
class Series:
    """Sessions that come back. Rows exist for slots before `made_until`. `follows`: the series that
    it was the later part of, until that part was moved."""

    id: SeriesId
    community: CommunityId
    host: MemberId
    plan: Plan
    rule: Recurrence
    made_until: date
    follows: SeriesId | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A member's seat in a session, or place in its line. `turn` orders the line; `until` is when
    an offer runs out. `late`: it was given back late. `marked` is the host's mark, `own` the
    person's own word, which counts."""

    session: SessionId
    member: MemberId
    state: SeatState
    turn: int
    about: str
    since: datetime
    until: datetime | None = None
    late: bool = False
    marked: Came | None = None
    own: Came | None = None

    @property
    def came(self) -> Came | None:
        """Whether they were there, as far as anybody said."""
        return self.own or self.marked

    @property
    def takes_part(self) -> bool:
        """Whether they have a seat, are offered one or wait."""
        return self.state in TAKES_PART


@dataclass(frozen=True, slots=True)
class Question:
    """A question for a session. `author` is shown to nobody. `aside`: a moderator looks at it, or
    has; nobody else reads it meanwhile."""

    id: QuestionId
    session: SessionId
    author: MemberId
    text: str
    asked: datetime
    aside: bool = False


QUESTIONS_EACH = 3
"""How many questions one person may leave for one session."""

BETWEEN_BUNDLES = timedelta(hours=1)
"""Whoever leads a session is told of new questions at most this often."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Questions that are told together, in the order they were asked, and when."""

    due: datetime
    questions: tuple[Question, ...]


def bundled(questions: Iterable[Question]) -> tuple[Bundle, ...]:
    """The questions of one session, as they are told: the first at once, the rest not more often
    than every `BETWEEN_BUNDLES`. What was bundled stays as it is when more are asked."""
    found: list[Bundle] = []
    for question in sorted(questions, key=lambda one: (one.asked, one.id)):
        last = found[-1] if found else None
        if last is not None and question.asked < last.due:
            found[-1] = Bundle(last.due, (*last.questions, question))
            continue
        free = last.due + BETWEEN_BUNDLES if last else question.asked
        found.append(Bundle(max(question.asked, free), (question,)))
    return tuple(found)


class Bar(enum.Enum):
    """Why a session cannot be joined any more."""

    CALLED_OFF = "called_off"
    OVER = "over"
    CLOSED = "closed"


def barred(session: Session, now: datetime) -> Bar | None:
    """Why nobody can join now; None if people can."""
    if session.called_off:
        return Bar.CALLED_OFF
    if now >= session.ends:
        return Bar.OVER
    if now >= session.closes_at:
        return Bar.CLOSED
    return None


def by_own_word(whom: ForWhom) -> bool:
    """Whether only the person can say that a session is meant for them."""
    return whom in (ForWhom.STUDENTS, ForWhom.RESIDENTS_UP)


def admitted(roles: frozenset[Role]) -> frozenset[ForWhom]:
    """Which sessions somebody with these roles may see and join."""
    open_to = {ForWhom.EVERYONE, ForWhom.STUDENTS, ForWhom.RESIDENTS_UP}
    open_to.update(whom for whom in ForWhom if _needs(whom) in roles)
    return frozenset(open_to)


def _needs(whom: ForWhom) -> Role | None:
    match whom:
        case ForWhom.EVERYONE | ForWhom.STUDENTS | ForWhom.RESIDENTS_UP:
            return None
        case ForWhom.HOSTS:
            return Role.HOST
        case ForWhom.REVIEWERS:
            return Role.REVIEWER
        case ForWhom.MODERATORS:
            return Role.MODERATOR
        case _:
            assert_never(whom)


def may_manage(session: Session, member: MemberId, roles: frozenset[Role]) -> bool:
    """Whether the member may move it, call it off and see its roster."""
    return session.led_by(member) or Role.MODERATOR in roles


class Ahead(enum.IntEnum):
    """How many hours before the start a reminder comes."""

    DAY = 24
    HOUR = 1


def reminders(starts: datetime, now: datetime) -> tuple[tuple[Ahead, datetime], ...]:
    """The reminders that still lie ahead, the earlier first."""
    planned = ((ahead, starts - timedelta(hours=ahead)) for ahead in Ahead)
    return tuple((ahead, at) for ahead, at in planned if at > now)


def due_slots(rule: Recurrence, made_until: date, today: date) -> tuple[date, list[Occurrence]]:
    """The slots to be made now: the new `made_until`, and the occurrences up to it.

    A series that begins far ahead is made from its first day on, so that it can be found at once.
    """
    until = max(today, rule.first_day) + HORIZON
    if until <= made_until:
        return made_until, []
    return until, occurrences(rule, made_until, until)


def moved_slots(old: Recurrence, new: Recurrence, slots: list[date]) -> dict[date, Occurrence]:
    """Where each slot of a series goes when the rule changes from the first day of `new` on.

    The first slot (in order) becomes the first of the new rule, and so on; slots between that have
    no session keep their place in the count. Where either rule ends is no matter: what was called
    off lies behind the end of its series.
    """
    if not slots:
        return {}
    after, before = min(slots), max(slots) + timedelta(days=1)
    whole = occurrences(replace(old, until=None), after, before)
    places = {one.local_day: place for place, one in enumerate(whole)}
    wanted = len(places)
    span = (before - after) + timedelta(days=70)
    goals = occurrences(replace(new, until=None), new.first_day, new.first_day + span)
    if len(goals) < wanted:
        raise ValueError("the new rule has fewer slots than the old one")
    return {day: goals[places[day]] for day in slots if day in places}


def repeats(rule: Recurrence) -> bool:
    """Whether the rule has more than one day."""
    return rule.repeat is not Repeat.NONE
