"""Seats, the line behind them, and questions in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, func, insert, or_, select, update

from bot.domain.office_hours import (
    Question,
    QuestionId,
    Seat,
    SeatState,
    SessionId,
    SessionState,
)
from bot.domain.people import MemberId
from storage.dialects import insert_or_change
from storage.models_office_hours import questions, seats, sessions


class SeatsTable:
    """The part of `bot.services.ports.OfficeHours` that is about who comes."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self, session: SessionId) -> int | None:
        """Take a free seat: its turn; None if none is free or the session is called off."""
        return self._connection.execute(
            update(sessions)
            .where(
                sessions.c.id == session,
                sessions.c.state == SessionState.PLANNED,
                or_(sessions.c.capacity.is_(None), sessions.c.taken < sessions.c.capacity),
            )
            .values(taken=sessions.c.taken + 1, turns=sessions.c.turns + 1)
            .returning(sessions.c.turns)
        ).scalar_one_or_none()

    def line_up(self, session: SessionId) -> int:
        """The next turn in the line."""
        return self._connection.execute(
            update(sessions)
            .where(sessions.c.id == session)
            .values(turns=sessions.c.turns + 1)
            .returning(sessions.c.turns)
        ).scalar_one()

    def give_back(self, session: SessionId) -> None:
        """One seat fewer is taken."""
        self._connection.execute(
            update(sessions).where(sessions.c.id == session).values(taken=sessions.c.taken - 1)
        )

    def seat(self, session: SessionId, member: MemberId) -> Seat | None:
        """A member's seat, in whatever state."""
        found = self._connection.execute(
            select(seats).where(seats.c.session_id == session, seats.c.member_id == member)
        ).one_or_none()
        return None if found is None else _seat(found)

    def put_seat(self, seat: Seat) -> None:
        """Write a seat, new or changed. There is one per member and session."""
        self._connection.execute(
            insert_or_change(
                self._connection,
                seats,
                ("session_id", "member_id"),
                ("state", "turn", "about", "since"),
            ).values(
                session_id=seat.session,
                member_id=seat.member,
                state=seat.state,
                turn=seat.turn,
                about=seat.about,
                since=seat.since,
            )
        )

    def seats(self, session: SessionId) -> tuple[Seat, ...]:
        """Held and waiting ones, by turn."""
        found = self._connection.execute(
            select(seats)
            .where(seats.c.session_id == session, seats.c.state != SeatState.LEFT)
            .order_by(seats.c.turn)
        )
        return tuple(_seat(row) for row in found)

    def next_in_line(self, session: SessionId) -> Seat | None:
        """Whoever waits longest."""
        found = self._connection.execute(
            select(seats)
            .where(seats.c.session_id == session, seats.c.state == SeatState.WAITING)
            .order_by(seats.c.turn)
            .limit(1)
        ).one_or_none()
        return None if found is None else _seat(found)

    def position(self, seat: Seat) -> int:
        """Place in the line, counted from 1."""
        return self._connection.execute(
            select(func.count())
            .select_from(seats)
            .where(
                seats.c.session_id == seat.session,
                seats.c.state == SeatState.WAITING,
                seats.c.turn <= seat.turn,
            )
        ).scalar_one()

    def seats_of(self, member: MemberId, sessions: Iterable[SessionId]) -> dict[SessionId, Seat]:
        """A member's held and waiting seats in these sessions."""
        found = self._connection.execute(
            select(seats).where(
                seats.c.member_id == member,
                seats.c.session_id.in_(tuple(sessions)),
                seats.c.state != SeatState.LEFT,
            )
        )
        return {SessionId(row.session_id): _seat(row) for row in found}

    def add_question(self, question: Question) -> Question:
        """Write a question; its `id` is given here."""
        id = self._connection.execute(
            insert(questions)
            .values(
                session_id=question.session,
                author_id=question.author,
                text=question.text,
                asked=question.asked,
            )
            .returning(questions.c.id)
        ).scalar_one()
        return replace(question, id=QuestionId(id))

    def question(self, id: QuestionId) -> Question | None:
        """By id."""
        found = self._connection.execute(
            select(questions).where(questions.c.id == id)
        ).one_or_none()
        return None if found is None else _question(found)

    def questions(self, session: SessionId) -> tuple[Question, ...]:
        """In the order they were asked."""
        found = self._connection.execute(
            select(questions).where(questions.c.session_id == session).order_by(questions.c.id)
        )
        return tuple(_question(row) for row in found)


def _seat(row: Row[Any]) -> Seat:
    return Seat(
        session=SessionId(row.session_id),
        member=MemberId(row.member_id),
        state=row.state,
        turn=row.turn,
        about=row.about,
        since=row.since,
    )


def _question(row: Row[Any]) -> Question:
    return Question(
        QuestionId(row.id),
        SessionId(row.session_id),
        MemberId(row.author_id),
        row.text,
        row.asked,
    )
