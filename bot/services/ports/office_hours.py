"""What office hours need from storage."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Protocol

from bot.domain.office_hours import (
    ForWhom,
    Question,
    QuestionId,
    Seat,
    Series,
    SeriesId,
    Session,
    SessionId,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.seats import Rules


class OfficeHours(Protocol):
    """Series, sessions, seats and questions."""

    # Series

    def add_series(self, new: Series) -> Series:
        """Write a new series; its `id` is given here."""
        ...

    def series(self, id: SeriesId, *, hold: bool = False) -> Series | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        ...

    def save_series(self, series_: Series) -> None:
        """Write its rule and how far it is made."""
        ...

    def series_behind(self, day: date, limit: int) -> tuple[Series, ...]:
        """Series that go on and are made to a day before `day`, furthest behind first."""
        ...

    # Sessions

    def add_session(self, session: Session, request: str | None = None) -> Session | None:
        """Write a new session; its `id` is given here. None if its slot in the series exists.

        `request` names the confirmation that made it, for `by_request`.
        """
        ...

    def by_request(self, request: str) -> Session | None:
        """The session that a confirmation made."""
        ...

    def session(self, id: SessionId, *, hold: bool = False) -> Session | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        ...

    def by_code(self, community: CommunityId, code: str, *, hold: bool = False) -> Session | None:
        """By what people type for it, as it was given out; held like `session`."""
        ...

    def save_session(self, session: Session) -> None:
        """Write what a change changes: times, series, state, reason and revision."""
        ...

    def save_plan(self, session: Session) -> None:
        """Write who leads it and its plan."""
        ...

    def save_series_plan(self, series_: Series) -> None:
        """Write who leads a series and the plan of the sessions that are still to be made."""
        ...

    def series_led_by(
        self, member: MemberId, community: CommunityId, day: date
    ) -> tuple[Series, ...]:
        """Series that go on after `day` and that the member hosts or co-hosts."""
        ...

    def upcoming(
        self,
        community: CommunityId,
        ends_after: datetime,
        for_whom: Iterable[ForWhom],
        *,
        starts_from: datetime | None = None,
        topic: str | None = None,
        series: SeriesId | None = None,
        once: bool = False,
        offset: int = 0,
        limit: int = 25,
    ) -> tuple[Session, ...]:
        """Planned sessions in order of time. `topic` is a topic, or part of a topic or title;
        `series` only those of one series; `once` of each series only the first that fits."""
        ...

    def in_series(
        self,
        community: CommunityId,
        ends_after: datetime,
        for_whom: Iterable[ForWhom],
        among: Iterable[SeriesId],
        *,
        starts_from: datetime | None = None,
        topic: str | None = None,
    ) -> dict[SeriesId, int]:
        """How many sessions of each of these series `upcoming` would find."""
        ...

    def led_by(
        self, member: MemberId, community: CommunityId, ends_after: datetime, limit: int
    ) -> tuple[Session, ...]:
        """Planned sessions that the member hosts or co-hosts, in order of time."""
        ...

    def of_series(
        self, series: SeriesId, from_slot: date, *, hold: bool = False
    ) -> tuple[Session, ...]:
        """The sessions of a series whose slot is `from_slot` or later, in order of slot."""
        ...

    # Seats

    def take(self, session: SessionId) -> int | None:
        """Take a free seat: its turn; None if none is free or the session is called off."""
        ...

    def line_up(self, session: SessionId) -> tuple[int, int]:
        """The next turn in the line, and the place in it, counted from 1."""
        ...

    def count(self, session: SessionId, taken: int) -> None:
        """Write how many seats are held or kept."""
        ...

    def seat(self, session: SessionId, member: MemberId) -> Seat | None:
        """A member's seat, in whatever state."""
        ...

    def put_seat(self, seat: Seat) -> None:
        """Write a seat, new or changed. There is one per member and session."""
        ...

    def seats(self, session: SessionId) -> tuple[Seat, ...]:
        """Held, offered and waiting ones, by turn."""
        ...

    def place_by_turn(self, seat: Seat) -> int:
        """Place in the line, counted from 1, where nobody comes first for another reason."""
        ...

    def missed(self, series: SeriesId, starts: datetime, now: datetime) -> frozenset[MemberId]:
        """Who had no seat in the last session of a series that has begun and came before
        `starts`."""
        ...

    def given_back_late(self, session: SessionId) -> tuple[Seat, ...]:
        """Seats that were given back late."""
        ...

    def seats_of(self, member: MemberId, sessions: Iterable[SessionId]) -> dict[SessionId, Seat]:
        """A member's held, offered and waiting seats in these sessions."""
        ...

    def seats_in(self, session: SessionId, members: Collection[MemberId]) -> dict[MemberId, Seat]:
        """The same of several members in one session."""
        ...

    def attending(
        self, member: MemberId, community: CommunityId, ends_after: datetime, limit: int
    ) -> tuple[Session, ...]:
        """Planned sessions where the member has a seat or waits, in order of time."""
        ...

    # Questions

    def add_question(self, question: Question) -> Question:
        """Write a question; its `id` is given here."""
        ...

    def question(self, id: QuestionId) -> Question | None:
        """By id."""
        ...

    def questions(self, session: SessionId) -> tuple[Question, ...]:
        """In the order they were asked."""
        ...

    def set_aside(self, question: QuestionId, aside: bool) -> None:
        """Take it off the roster, or put it back."""
        ...

    # Rules of a community

    def rules(self, community: CommunityId) -> Rules:
        """What stands, or the defaults."""
        ...

    def set_rules(self, community: CommunityId, rules: Rules) -> None:
        """Write them."""
        ...

    def shown_by(self) -> tuple[CommunityId, ...]:
        """Communities that want a list or events."""
        ...

    def hold_seats_of(self, member: MemberId) -> None:
        """Until this transaction ends, no other one counts the seats of this member."""
        ...
