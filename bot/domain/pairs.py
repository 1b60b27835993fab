"""A pair: somebody who helps and somebody who is helped, over months. Records and rules only.

Each side is asked privately, and what one says is never shown to the other.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.people import CommunityId, MemberId

PairId = NewType("PairId", int)
StepId = NewType("StepId", int)
NoteId = NewType("NoteId", int)

LEAST_WEEKS, USUAL_WEEKS, MOST_WEEKS = 4, 5, 6
"""How many weeks may lie between two check-ins, by the pair's own wish."""
QUIET_AFTER, CLOSE_AFTER = 2, 3
"""Rounds without a sign of life after which check-ins rest, and the pair is closed."""
QUIET_FACTOR = 2
"""A pair that rests is asked so many times less often."""


class PairState(enum.Enum):
    """How far a pair is."""

    NEW = "new"
    RUNNING = "running"
    QUIET = "quiet"
    CLOSED = "closed"


class Said(enum.StrEnum):
    """One tap, for the bot alone."""

    MET = "met"
    NOT_YET = "not_yet"
    NOT_HEARD = "not_heard"
    KEEP = "keep"
    """Not yet, and yet it shall not close."""


class StepState(enum.Enum):
    """How far a promised step is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair as it stands. `weeks` is what it began with, `round` counts check-ins.

    `next_round` is None while none is planned.
    """

    id: PairId
    code: str
    community: CommunityId
    mentor: MemberId
    trainee: MemberId
    opened: datetime
    state: PairState
    weeks: int = USUAL_WEEKS
    round: int = 0
    next_round: datetime | None = None
    silent_rounds: int = 0
    mentor_said: Said | None = None
    trainee_said: Said | None = None
    mentor_weeks: int | None = None
    """What each side wished for; None as long as they never said."""
    trainee_weeks: int | None = None

    @property
    def every(self) -> int:
        """Weeks between two check-ins: the longer of the two wishes.

        Whoever never said counts with what is usual, so nobody is asked more often than they like.
        """
        return max(self.mentor_weeks or self.weeks, self.trainee_weeks or self.weeks)

    def wish_of(self, member: MemberId) -> int | None:
        """How many weeks one side would like; None if they never said."""
        return self.mentor_weeks if member == self.mentor else self.trainee_weeks

    @property
    def sides(self) -> tuple[MemberId, MemberId]:
        """Both, the mentor first."""
        return self.mentor, self.trainee

    @property
    def open(self) -> bool:
        """Whether it is not closed."""
        return self.state is not PairState.CLOSED

    def other(self, member: MemberId) -> MemberId:
        """The other side. Raises ValueError if `member` is neither."""
        if member not in self.sides:
            raise ValueError("not one of the pair")
        return self.trainee if member == self.mentor else self.mentor

    @property
    def disagrees(self) -> bool:
        """One says that they met, the other that nothing was heard."""
        return {self.mentor_said, self.trainee_said} == {Said.MET, Said.NOT_HEARD}

    @property
    def rhythm(self) -> timedelta:
        """The time between two check-ins."""
        weeks = timedelta(weeks=self.every)
        return weeks * QUIET_FACTOR if self.state is PairState.QUIET else weeks


@dataclass(frozen=True, slots=True)
class PromisedStep:
    """Something one side of a pair will do by a date."""

    id: StepId
    pair: PairId
    owner: MemberId
    text: str
    due: datetime
    state: StepState


@dataclass(frozen=True, slots=True)
class Note:
    """A progress note, or the words of a farewell. `question`: the one it asks, if any."""

    id: NoteId
    pair: PairId
    author: MemberId
    text: str
    at: datetime
    question: str = ""
