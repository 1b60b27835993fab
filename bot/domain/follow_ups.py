"""A follow-up: somebody owes somebody something, until it ends. Records and arithmetic only.

It opens, reminds, says the last word and closes; the clock restarts only when a person acts. What
each matter allows is in `policies`. A closed way to a person stops the clock.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import POLICIES, Matter, Policy, policy_of

FollowUpId = NewType("FollowUpId", int)

TRIES = 3
"""Tries on later days to deliver what could not be delivered."""


class Step(enum.StrEnum):
    """What the engine says about a matter, in this order; values are part of delivery keys."""

    ASK = "ask"
    REMIND = "remind"
    LAST = "last"


class Ending(enum.Enum):
    """How a follow-up ended."""

    DONE = "done"
    """Answered: a person acted."""
    WITHDRAWN = "withdrawn"
    """Whoever waited took it back."""
    CLOSED = "closed"
    """The date came; both sides hear it."""
    UNREACHED = "unreached"
    """It could not be brought to whoever owes; not the same as no answer."""
    GONE = "gone"
    """One of them left."""


@dataclass(frozen=True, slots=True)
class NewFollowUp:
    """What a feature opens. `subject` (such as `pair:12`) is its own name for the matter.

    `owes`: whose turn it is; None if anybody may act, and then `helpers` are shown it. `waits`: who
    is told how it ended. `date`: a promised day, for matters with one. `not_after`: the close may
    never move beyond this. `about`: a short word for the feature, such as a topic.
    """

    community: CommunityId
    matter: Matter
    subject: str
    ref: int
    owes: MemberId | None
    waits: MemberId | None = None
    date: datetime | None = None
    not_after: datetime | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A follow-up as it stands.

    `turn` counts restarts of the clock and is part of delivery keys. `said` is the last step that
    reached the person. `stopped_at`: since then nothing gets through, and the clock stands.
    """

    id: FollowUpId
    community: CommunityId
    matter: Matter
    subject: str
    ref: int
    owes: MemberId | None
    waits: MemberId | None
    about: str
    opened: datetime
    since: datetime
    deadline: datetime
    bound: datetime
    patience: int
    early: bool = False
    """Reminded early, in a season with hard dates."""
    not_after: datetime | None = None
    """The close never moves beyond this, however often the clock starts anew."""
    turn: int = 0
    remind_at: datetime | None = None
    last_at: datetime | None = None
    said: Step | None = None
    said_at: datetime | None = None
    moved: bool = False
    """The deadline moved since the clock was started."""
    stopped_at: datetime | None = None
    tries: int = 0
    ending: Ending | None = None
    ended_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it has not ended."""
        return self.ending is None

    @property
    def policy(self) -> Policy:
        """The row that holds for it since its clock was started."""
        return policy_of(self.matter, self.patience, early=self.early)

    @property
    def stopped(self) -> bool:
        """Whether the clock stands."""
        return self.stopped_at is not None

    @property
    def next_step(self) -> tuple[Step, datetime] | None:
        """What is to be said next, and when it was meant to be; None if all was said."""
        planned = {
            Step.ASK: self.since if POLICIES[self.matter].asks else None,
            Step.REMIND: self.remind_at,
            Step.LAST: self.last_at,
        }
        order = list(Step)
        for step in order[0 if self.said is None else order.index(self.said) + 1 :]:
            at = planned[step]
            if at is not None:
                return step, at
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """When what is due, from one start of the clock."""

    remind: datetime | None
    last: datetime | None
    close: datetime
    bound: datetime


def plan(
    policy: Policy,
    since: datetime,
    date: datetime | None = None,
    not_after: datetime | None = None,
) -> Plan:
    """The plan of a policy row from `since`, or around `date` where the row counts from one.

    A step of a dated matter that would lie before `since` is left out. Where a row with a clock of
    its own has to close before its last message, all of it is drawn together.
    """
    zero = date if policy.dated and date is not None else since

    def at(period: timedelta | None) -> datetime | None:
        if period is None or zero + period < since:
            return None
        return zero + period

    close = max(zero + policy.close, since)
    bound = close + policy.stretch
    if not_after is not None:
        close, bound = min(close, not_after), min(bound, not_after)
        last = policy.last_word or policy.reminder
        if policy.own_clock and last is not None and since < close <= zero + last:
            policy = policy.within(close - since)
    return Plan(at(policy.reminder), at(policy.last_word), close, bound)


def room_needed(policy: Policy, step: Step) -> timedelta:
    """The least time between saying `step` and the close, with what still has to be said."""
    if step is Step.LAST or policy.last_word is None:
        return policy.notice
    if step is Step.REMIND:
        return policy.apart + policy.notice
    return policy.last_word + policy.notice


def stretched(follow_up: FollowUp, until: datetime) -> FollowUp:
    """The deadline moved to `until`, within the bound; unchanged if it is late enough."""
    until = min(until, follow_up.bound)
    if until <= follow_up.deadline:
        return follow_up
    return replace(follow_up, deadline=until, moved=True)


def resumed(follow_up: FollowUp, now: datetime) -> FollowUp:
    """The clock runs again; the time it stood is added to the deadline."""
    if follow_up.stopped_at is None:
        return follow_up
    stood = max(now - follow_up.stopped_at, timedelta())
    running = replace(follow_up, stopped_at=None)
    return stretched(running, follow_up.deadline + stood)


@dataclass(frozen=True, slots=True)
class Turn:
    """The answer to "whose turn is it": `member` None means that anybody may act."""

    member: MemberId | None
    until: datetime
    delivered: bool


def turn_of(follow_up: FollowUp) -> Turn | None:
    """Whose turn it is, and until when; None if it has ended."""
    if not follow_up.open:
        return None
    return Turn(follow_up.owes, follow_up.deadline, not follow_up.stopped)
