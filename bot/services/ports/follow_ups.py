"""What follow-ups, pairs, questions and personal hours need from storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from bot.domain.follow_ups import FollowUp, FollowUpId, NewFollowUp, Plan
from bot.domain.hours import WEEKDAYS, Span
from bot.domain.pairs import Note, NoteId, Pair, PairId, PromisedStep, StepId, StepState
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from bot.domain.questions import Asked, AskedId
from bot.domain.seasons import Season, SeasonId


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a member wants to be addressed. `topics`: questions they like to be shown."""

    opens: time = time(8)
    closes: time = time(20)
    days: frozenset[int] = WEEKDAYS
    region: str = ""
    paused_until: datetime | None = None
    topics: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something a digest will say: `kind` and `ref` as in the delivery it came from.

    `doubtful`: a process ended while it was being said, so it may have arrived.
    """

    member: MemberId
    digest: str
    community: CommunityId
    kind: str
    subject: str
    key: str
    ref: int
    doubtful: bool = False


class FollowUps(Protocol):
    """Follow-ups."""

    def add(
        self, new: NewFollowUp, now: datetime, plan: Plan, patience: int, early: bool
    ) -> FollowUp:
        """Open one."""
        ...

    def get(self, id: FollowUpId) -> FollowUp | None:
        """By id."""
        ...

    def put(self, follow_up: FollowUp) -> None:
        """Keep what changed."""
        ...

    def about(self, subject: str, *, ended: bool = False) -> tuple[FollowUp, ...]:
        """The open ones of a subject, oldest first; with `ended` all of them."""
        ...

    def of(self, member: MemberId, community: CommunityId | None = None) -> tuple[FollowUp, ...]:
        """The open ones in which a member owes or waits, by deadline."""
        ...

    def open_in(self, community: CommunityId) -> tuple[FollowUp, ...]:
        """All open ones of a community, by deadline."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        """Open ones whose deadline (or, while they stand still, bound) has come.

        Without those of a community whose messages are on hold.
        """
        ...

    def next_deadline(self) -> datetime | None:
        """When the next one closes that may; on hold, none does."""
        ...

    def overdue(self, community: CommunityId, now: datetime) -> dict[Matter, int]:
        """How many open ones of each matter had their last word."""
        ...


class Nudges(Protocol):
    """What was said unasked, and what waits for a digest."""

    def count(self, member: MemberId, key: str, at: datetime) -> None:
        """Note that the budget was used for the message `key`; no effect the second time."""
        ...

    def refund(self, member: MemberId, since: datetime, but: str) -> None:
        """What was tried from `since` on did not reach the member, `but` for one key."""
        ...

    def used(
        self, member: MemberId, since: datetime, key: str
    ) -> tuple[tuple[datetime, ...], bool]:
        """When the budget was used from `since` on, and whether it ever was for `key`."""
        ...

    def wait(self, item: Waiting) -> None:
        """Leave something to a digest; what waits already under its key goes to the new one."""
        ...

    def waiting(self, digest: str) -> tuple[Waiting, ...]:
        """What a digest has to say, in the order it came."""
        ...

    def in_doubt(self, subject: str, member: MemberId) -> bool:
        """Whether something that waits about a subject may have been said to the member."""
        ...

    def told(self, digest: str) -> None:
        """The digest was sent."""
        ...

    def said(self, key: str) -> None:
        """What waits under this key was read."""
        ...

    def forget(self, subject: str, member: MemberId | None = None) -> None:
        """Nothing is to be said about a subject (to one member) any more."""
        ...


class Manners(Protocol):
    """How people want to be addressed, and how patient a community is."""

    def wishes(self, member: MemberId) -> Wishes:
        """A member's own; the defaults if they never said."""
        ...

    def addressed(self, member: MemberId) -> tuple[Wishes, str | None, tuple[Span, ...]]:
        """A member's wishes, the zone (IANA key) that they set, and their days off, in order; asked
        before every send.
        """
        ...

    def set_wishes(self, member: MemberId, wishes: Wishes) -> None:
        """Remember them."""
        ...

    def off(self, member: MemberId) -> tuple[Span, ...]:
        """Days on which the member is away, on call or on leave, in order."""
        ...

    def add_off(self, member: MemberId, span: Span) -> None:
        """Add days."""
        ...

    def drop_off(self, member: MemberId, span: Span) -> None:
        """Take back one period."""
        ...

    def clear_off(self, member: MemberId, until: date) -> int:
        """Take back all that ends on `until` or later; how many."""
        ...

    def helpers(self, community: CommunityId, topic: str) -> tuple[MemberId, ...]:
        """Members of the community who like to be shown questions on a topic; with none (an empty
        one), on any.
        """
        ...

    def unreachable_since(self, member: MemberId) -> datetime | None:
        """Since when nothing reaches the member; None if it does."""
        ...

    def set_unreachable(self, member: MemberId, since: datetime | None) -> None:
        """Note that the way is closed, or open again."""
        ...

    def patience(self, community: CommunityId) -> dict[Matter, int]:
        """Factors that moderators set."""
        ...

    def set_patience(self, community: CommunityId, matter: Matter, factor: int) -> None:
        """Set one."""
        ...

    def seasons(self, community: CommunityId, member: MemberId | None) -> tuple[Season, ...]:
        """The community's seasons and, if given, those of one member."""
        ...

    def add_season(self, season: Season) -> SeasonId:
        """Mark one; its id is given here."""
        ...

    def drop_season(self, community: CommunityId, season: SeasonId) -> Season | None:
        """Take one back; what it was."""
        ...

    def erase(self, member: MemberId) -> None:
        """Forget everything a member wished for."""
        ...


class Pairs(Protocol):
    """Pairs, their promised steps and notes."""

    def add(
        self,
        community: CommunityId,
        code: str,
        mentor: MemberId,
        trainee: MemberId,
        weeks: int,
        now: datetime,
    ) -> Pair:
        """A new pair."""
        ...

    def get(self, id: PairId) -> Pair | None:
        """By id."""
        ...

    def by_code(self, community: CommunityId, code: str) -> Pair | None:
        """By its code."""
        ...

    def put(self, pair: Pair) -> None:
        """Keep what changed."""
        ...

    def of(self, member: MemberId, community: CommunityId | None = None) -> tuple[Pair, ...]:
        """A member's pairs, newest first."""
        ...

    def open_in(self, community: CommunityId) -> frozenset[tuple[MemberId, MemberId]]:
        """Trainee and mentor of every open pair of a community."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[Pair, ...]:
        """Open pairs whose next check-in has come."""
        ...

    def next_round(self) -> datetime | None:
        """When the next check-in comes."""
        ...

    def add_step(self, pair: PairId, owner: MemberId, text: str, due: datetime) -> PromisedStep:
        """A promised step."""
        ...

    def step(self, id: StepId) -> PromisedStep | None:
        """By id."""
        ...

    def set_step(self, id: StepId, state: StepState, due: datetime) -> None:
        """Keep what changed."""
        ...

    def steps(
        self, pairs: Iterable[PairId], state: StepState = StepState.OPEN
    ) -> tuple[PromisedStep, ...]:
        """Steps that are open, or in another state; by date."""
        ...

    def add_note(
        self, pair: PairId, author: MemberId, text: str, now: datetime, question: str = ""
    ) -> Note:
        """A note."""
        ...

    def note(self, id: int) -> Note | None:
        """By id."""
        ...

    def wrote(self, pair: PairId, author: MemberId) -> NoteId | None:
        """The first note of one side; None if they wrote none."""
        ...


class Questions(Protocol):
    """Questions put to a community."""

    def add(
        self,
        community: CommunityId,
        code: str,
        asker: MemberId,
        topic: str,
        text: str,
        now: datetime,
        *,
        anonymous: bool,
        link: str = "",
        message: str | None = None,
    ) -> Asked:
        """A new question; one that stands in an ordinary message has its `link` and id."""
        ...

    def open_by_topic(self, community: CommunityId, apart: MemberId) -> Mapping[str, int]:
        """How many people have questions open, by topic; without one of them."""
        ...

    def askers(self, community: CommunityId, topic: str) -> frozenset[MemberId]:
        """Who has questions open on a topic: for messages to them alone."""
        ...

    def by_message(self, community: CommunityId, message: str) -> Asked | None:
        """The one that stands in an ordinary message."""
        ...

    def get(self, id: AskedId) -> Asked | None:
        """By id."""
        ...

    def by_code(self, community: CommunityId, code: str) -> Asked | None:
        """By its code."""
        ...

    def put(self, asked: Asked) -> None:
        """Keep what changed."""
        ...
