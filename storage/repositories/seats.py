"""Seats, the line behind them, and questions in the database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Row, bindparam, func, insert, or_, select, update

from bot.domain.office_hours import (
    TAKES_PART,
    Question,
    QuestionId,
    Seat,
    SeatState,
    SeriesId,
    SessionId,
    SessionState,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.seats import Rules
from storage.dialects import chosen, for_ids, insert_or_change
from storage.models_office_hours import hours_rules, questions, seats, series, sessions
from storage.models_people import members

# Putting a statement together takes several times as long as carrying it out, so these are put
# together once.
_THIS = sessions.c.id == bindparam("session")
_OF_SESSION = seats.c.session_id == bindparam("session")
_WAITS = seats.c.state == SeatState.WAITING
_TAKES_PART = seats.c.state.in_(TAKES_PART)
_TAKE = (
    update(sessions)
    .where(
        _THIS,
        sessions.c.state == SessionState.PLANNED,
        or_(sessions.c.capacity.is_(None), sessions.c.taken < sessions.c.capacity),
    )
    .values(taken=sessions.c.taken + 1, turns=sessions.c.turns + 1)
    .returning(sessions.c.turns)
)
_BEFORE = (
    select(func.count())
    .select_from(seats)
    .where(seats.c.session_id == sessions.c.id, _WAITS)
    .correlate(sessions)
    .scalar_subquery()
)
_LINE_UP = (
    update(sessions)
    .where(_THIS)
    .values(turns=sessions.c.turns + 1)
    .returning(sessions.c.turns, _BEFORE)
)
_COUNT = update(sessions).where(_THIS).values(taken=bindparam("taken"))
_SEAT = select(seats).where(_OF_SESSION, seats.c.member_id == bindparam("member"))
_SEATS = select(seats).where(_OF_SESSION, _TAKES_PART).order_by(seats.c.turn)
_POSITION = (
    select(func.count())
    .select_from(seats)
    .where(_OF_SESSION, _WAITS, seats.c.turn <= bindparam("turn"))
)
_MISSED = select(seats.c.member_id).where(
    _OF_SESSION, seats.c.state.in_((SeatState.WAITING, SeatState.LAPSED))
)
# A series and those whose later part it was.
_THIS_SERIES = select(bindparam("series", type_=BigInteger).label("id")).cte(recursive=True)
_CHAIN = _THIS_SERIES.union(
    select(series.c.follows).where(series.c.id == _THIS_SERIES.c.id, series.c.follows.is_not(None))
)
_LAST = (
    select(sessions.c.id)
    .where(
        sessions.c.series_id.in_(select(_CHAIN.c.id)),
        sessions.c.state == SessionState.PLANNED,
        sessions.c.starts < bindparam("starts"),
        sessions.c.starts <= bindparam("now"),
    )
    .order_by(sessions.c.starts.desc())
    .limit(1)
)
_SEATS_OF = select(seats).where(
    seats.c.member_id == bindparam("member"),
    seats.c.session_id.in_(bindparam("sessions", expanding=True)),
    _TAKES_PART,
)
_SEATS_IN = for_ids(
    lambda theirs: select(seats).where(
        theirs, seats.c.session_id == bindparam("session"), _TAKES_PART
    ),
    seats.c.member_id,
)
_RULES = select(hours_rules).where(hours_rules.c.community_id == bindparam("community"))
# Rows that refer to the member can still be written meanwhile.
_HOLD_MEMBER = (
    select(members.c.id).where(members.c.id == bindparam("member")).with_for_update(key_share=True)
)
_ADD_QUESTION = insert(questions).returning(questions.c.id)
_QUESTION = select(questions).where(questions.c.id == bindparam("question"))
_QUESTIONS = (
    select(questions).where(questions.c.session_id == bindparam("session")).order_by(questions.c.id)
)
_SET_ASIDE = (
    update(questions).where(questions.c.id == bindparam("one")).values(aside=bindparam("off"))
)


class SeatsTable:
    """The part of `bot.services.ports.OfficeHours` that is about who comes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, session: SessionId) -> int | None:
        """Take a free seat: its turn; None if none is free or the session is called off."""
        return self._connection.execute(_TAKE, {"session": session}).scalar_one_or_none()

    def line_up(self, session: SessionId) -> tuple[int, int]:
        """The next turn in the line, and the place in it, counted from 1."""
        turn, before = self._connection.execute(_LINE_UP, {"session": session}).one()
        return turn, before + 1

    def count(self, session: SessionId, taken: int) -> None:
        """Write how many seats are held or kept."""
        self._connection.execute(_COUNT, {"session": session, "taken": taken})

    def seat(self, session: SessionId, member: MemberId) -> Seat | None:
        """A member's seat, in whatever state."""
        found = self._connection.execute(
            _SEAT, {"session": session, "member": member}
        ).one_or_none()
        return None if found is None else _seat(found)

    def put_seat(self, seat: Seat) -> None:
        """Write a seat, new or changed. There is one per member and session."""
        self._connection.execute(
            insert_or_change(
                self._connection,
                seats,
                ("session_id", "member_id"),
                ("state", "turn", "about", "since", "until", "late", "marked", "own"),
            ),
            {
                "session_id": seat.session,
                "member_id": seat.member,
                "state": seat.state,
                "turn": seat.turn,
                "about": seat.about,
                "since": seat.since,
                "until": seat.until,
                "late": seat.late,
                "marked": seat.marked,
                "own": seat.own,
            },
        )

    def seats(self, session: SessionId) -> tuple[Seat, ...]:
        """Held, offered and waiting ones, by turn."""
        found = self._connection.execute(_SEATS, {"session": session})
        return tuple(_seat(row) for row in found)

    def missed(self, series: SeriesId, starts: datetime, now: datetime) -> frozenset[MemberId]:
        """Who had no seat in the last session of a series that has begun and came before
        `starts`."""
        asked = {"series": series, "starts": starts, "now": now}
        last = self._connection.execute(_LAST, asked).scalar_one_or_none()
        if last is None:
            return frozenset()
        found = self._connection.execute(_MISSED, {"session": last}).scalars()
        return frozenset(MemberId(member) for member in found)

    def place_by_turn(self, seat: Seat) -> int:
        """Place in the line, counted from 1, where nobody comes first for another reason."""
        return self._connection.execute(
            _POSITION, {"session": seat.session, "turn": seat.turn}
        ).scalar_one()

    def given_back_late(self, session: SessionId) -> tuple[Seat, ...]:
        """Seats that were given back late."""
        chosen = select(seats).where(seats.c.session_id == session, seats.c.late)
        return tuple(_seat(row) for row in self._connection.execute(chosen.order_by(seats.c.turn)))

    def seats_of(self, member: MemberId, sessions: Iterable[SessionId]) -> dict[SessionId, Seat]:
        """A member's held, offered and waiting seats in these sessions."""
        found = self._connection.execute(_SEATS_OF, {"member": member, "sessions": tuple(sessions)})
        return {SessionId(row.session_id): _seat(row) for row in found}

    def seats_in(self, session: SessionId, members: Collection[MemberId]) -> dict[MemberId, Seat]:
        """The same of several members in one session."""
        statement, ids = chosen(_SEATS_IN, tuple(members))
        found = self._connection.execute(statement, {"session": session, "ids": ids})
        return {MemberId(row.member_id): _seat(row) for row in found}

    def rules(self, community: CommunityId) -> Rules:
        """What stands, or the defaults."""
        found = self._connection.execute(_RULES, {"community": community}).one_or_none()
        return Rules() if found is None else Rules(found.seats_a_week, found.board, found.events)

    def set_rules(self, community: CommunityId, rules: Rules) -> None:
        """Write them."""
        changing = {
            "seats_a_week": rules.seats_a_week,
            "board": rules.board,
            "events": rules.events,
        }
        self._connection.execute(
            insert_or_change(self._connection, hours_rules, ("community_id",), tuple(changing)),
            {"community_id": community, **changing},
        )

    def shown_by(self) -> tuple[CommunityId, ...]:
        """Communities that want a list or events."""
        wanting = or_(hours_rules.c.board, hours_rules.c.events)
        chosen = select(hours_rules.c.community_id).where(wanting).order_by("community_id")
        return tuple(CommunityId(id) for id in self._connection.execute(chosen).scalars())

    def hold_seats_of(self, member: MemberId) -> None:
        """Until this transaction ends, no other one counts the seats of this member."""
        self._connection.execute(_HOLD_MEMBER, {"member": member})

    def add_question(self, question: Question) -> Question:
        """Write a question; its `id` is given here."""
        id = self._connection.execute(
            _ADD_QUESTION,
            {
                "session_id": question.session,
                "author_id": question.author,
                "text": question.text,
                "asked": question.asked,
            },
        ).scalar_one()
        return replace(question, id=QuestionId(id))

    def question(self, id: QuestionId) -> Question | None:
        """By id."""
        found = self._connection.execute(_QUESTION, {"question": id}).one_or_none()
        return None if found is None else _question(found)

    def questions(self, session: SessionId) -> tuple[Question, ...]:
        """In the order they were asked."""
        found = self._connection.execute(_QUESTIONS, {"session": session})
        return tuple(_question(row) for row in found)

    def set_aside(self, question: QuestionId, aside: bool) -> None:
        """Take it off the roster, or put it back."""
        self._connection.execute(_SET_ASIDE, {"one": question, "off": aside})


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        session=SessionId(row.session_id),
        member=MemberId(row.member_id),
        state=row.state,
        turn=row.turn,
        about=row.about,
        since=row.since,
        until=row.until,
        late=row.late,
        marked=row.marked,
        own=row.own,
    )


def _question(row: Row[Any]) -> Question:
    return Question(
        QuestionId(row.id),
        SessionId(row.session_id),
        MemberId(row.author_id),
        row.text,
        row.asked,
        row.aside,
    )
