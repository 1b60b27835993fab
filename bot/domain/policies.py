"""What follows when nobody answers, by situation: the table of docs/follow-ups.md as data.

Periods count from the moment the turn passed to somebody. A community may lengthen them up to four
times (`PATIENCE`), never shorten them. Knows no people and no clock.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType

LEAST_PATIENCE, MOST_PATIENCE = 1, 4
"""Bounds of what moderators may set: a factor on every period of a row."""
APART = timedelta(days=4)
"""The least time between two messages about one matter without a clock of its own."""
STRETCH = timedelta(days=56)
"""How far a deadline may move in all, because of hours, absence or closed messages."""

CHECK_INS, FIRST_MEETINGS, STEPS = "check-ins", "first meetings", "steps"
AFTERWARDS, LISTINGS = "afterwards", "listings"
"""Kinds of questions and reminders that each reader may do without; kept under these names."""


class Matter(enum.StrEnum):
    """What somebody owes somebody. Values stay for ever: they are in the database."""

    REQUEST = "request"
    DATED_REQUEST = "dated_request"
    SEAT_OFFER = "seat_offer"
    AFTER_SESSION = "after_session"
    FIRST_MEETING = "first_meeting"
    CHECK_IN = "check_in"
    NOT_HEARD = "not_heard"
    NEXT_STEP = "next_step"
    SESSION_STEP = "session_step"
    QUESTION = "question"
    CASE_REVIEW = "case_review"
    HELP = "help"
    LISTING = "listing"
    RENEWAL = "renewal"


class Tells(enum.Enum):
    """Who hears from the engine how a matter ended without an answer."""

    BOTH = enum.auto()
    OWNER = enum.auto()
    FEATURE = enum.auto()
    """The feature says it in its own words."""


class Moderators(enum.Enum):
    """What moderators learn about a matter that was left."""

    NOTHING = enum.auto()
    A_COUNT = enum.auto()
    IF_ASKED = enum.auto()
    ALL = enum.auto()


@dataclass(frozen=True, slots=True)
class Policy:
    """One row. `reminder` and `last_word` are None where there is none.

    `asks`: the matter begins with an unrequested message of the engine, at once; `expected`: that
    first one is what the person asked to be sent, so their budget is not touched. `own_clock`: the
    four days between two messages do not apply. `stretch`: how far the close may move. `dated`:
    the periods count from a promised date, so a negative one lies before it. `duty`: staff take
    it on themselves, so their budget is not touched. `kind`: what its reader may do without; empty
    where somebody else was told that they would be asked.
    """

    close: timedelta
    reminder: timedelta | None = None
    last_word: timedelta | None = None
    asks: bool = False
    expected: bool = False
    own_clock: bool = False
    dated: bool = False
    duty: bool = False
    tells: Tells = Tells.BOTH
    stretch: timedelta = STRETCH
    moderators: Moderators = Moderators.NOTHING
    kind: str = ""

    @property
    def apart(self) -> timedelta:
        """The least time between reminder and last word."""
        if self.reminder is None or self.last_word is None:
            return timedelta()
        return (self.last_word - self.reminder) / 2 if self.own_clock else APART

    @property
    def notice(self) -> timedelta:
        """The least time between the last message and the close: half of what is planned, so that
        a weekend alone moves no deadline.
        """
        last = self.last_word if self.last_word is not None else self.reminder
        if last is None:
            return self.close if self.asks else timedelta()
        return (self.close - last) / 2

    def patient(self, factor: int) -> Policy:
        """The row with every period `factor` times as long, kept within the bounds."""
        factor = min(max(factor, LEAST_PATIENCE), MOST_PATIENCE)
        if factor == 1 or self.dated:
            return self
        return replace(
            self,
            close=self.close * factor,
            reminder=None if self.reminder is None else self.reminder * factor,
            last_word=None if self.last_word is None else self.last_word * factor,
        )

    def within(self, close: timedelta) -> Policy:
        """The row with every period shortened alike, so that it closes after `close`."""
        share = close / self.close
        return replace(
            self,
            close=close,
            reminder=None if self.reminder is None else self.reminder * share,
            last_word=None if self.last_word is None else self.last_word * share,
        )

    def early(self) -> Policy:
        """The row with its reminder in half the time; for hard dates in a busy season."""
        if self.reminder is None or not self.own_clock or self.dated:
            return self
        return replace(self, reminder=self.reminder / 2)


_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)

POLICIES: Mapping[Matter, Policy] = MappingProxyType(
    {
        Matter.REQUEST: Policy(
            close=14 * _DAY,
            reminder=5 * _DAY,
            last_word=10 * _DAY,
            asks=True,
            expected=True,
            moderators=Moderators.A_COUNT,
        ),
        Matter.DATED_REQUEST: Policy(
            close=6 * _DAY,
            reminder=2 * _DAY,
            last_word=4 * _DAY,
            asks=True,
            expected=True,
            own_clock=True,
            stretch=6 * _DAY,
            moderators=Moderators.A_COUNT,
        ),
        Matter.SEAT_OFFER: Policy(close=12 * _HOUR, own_clock=True, stretch=60 * _HOUR),
        Matter.AFTER_SESSION: Policy(
            close=7 * _DAY, reminder=3 * _DAY, tells=Tells.FEATURE, kind=AFTERWARDS
        ),
        Matter.FIRST_MEETING: Policy(
            close=28 * _DAY,
            reminder=7 * _DAY,
            last_word=14 * _DAY,
            tells=Tells.FEATURE,
            moderators=Moderators.IF_ASKED,
            kind=FIRST_MEETINGS,
        ),
        Matter.CHECK_IN: Policy(
            close=12 * _DAY,
            last_word=5 * _DAY,
            asks=True,
            tells=Tells.FEATURE,
            moderators=Moderators.A_COUNT,
            kind=CHECK_INS,
        ),
        Matter.NOT_HEARD: Policy(
            close=14 * _DAY,
            last_word=7 * _DAY,
            asks=True,
            moderators=Moderators.IF_ASKED,
        ),
        Matter.NEXT_STEP: Policy(
            close=7 * _DAY,
            reminder=-1 * _DAY,
            last_word=timedelta(),
            own_clock=True,
            dated=True,
            tells=Tells.OWNER,
            kind=STEPS,
        ),
        Matter.SESSION_STEP: Policy(
            close=7 * _DAY,
            reminder=-1 * _DAY,
            last_word=timedelta(),
            own_clock=True,
            dated=True,
            tells=Tells.OWNER,
            kind=STEPS,
        ),
        Matter.QUESTION: Policy(
            close=7 * _DAY,
            reminder=48 * _HOUR,
            last_word=96 * _HOUR,
            own_clock=True,
            moderators=Moderators.A_COUNT,
        ),
        Matter.CASE_REVIEW: Policy(
            close=72 * _HOUR,
            reminder=24 * _HOUR,
            last_word=48 * _HOUR,
            own_clock=True,
            duty=True,
            moderators=Moderators.ALL,
        ),
        Matter.HELP: Policy(
            close=72 * _HOUR,
            reminder=24 * _HOUR,
            last_word=48 * _HOUR,
            own_clock=True,
            duty=True,
            moderators=Moderators.ALL,
        ),
        Matter.LISTING: Policy(
            close=28 * _DAY, last_word=14 * _DAY, asks=True, tells=Tells.FEATURE, kind=LISTINGS
        ),
        Matter.RENEWAL: Policy(close=14 * _DAY, last_word=7 * _DAY, asks=True, tells=Tells.FEATURE),
    }
)
"""The defaults. A booked session has no row: its reminders belong to the booking itself."""


def policy_of(matter: Matter, patience: int = 1, *, early: bool = False) -> Policy:
    """The row of a matter as it stands in a community at present."""
    policy = POLICIES[matter]
    if early and matter is Matter.DATED_REQUEST:
        return policy.early()
    return policy.patient(patience)
