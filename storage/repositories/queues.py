"""The live queue in the database."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, Row, func, select

from bot.domain.live_queue import QueueState, Turn, TurnState
from bot.domain.office_hours import SessionId
from bot.domain.people import MemberId
from storage.dialects import insert_or_change
from storage.models_office_hours import queue_turns, queues


class QueuesTable:
    """As `bot.services.ports.Queues` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def state(self, session: SessionId) -> QueueState:
        """What its host does with it."""
        found = self._connection.execute(
            select(queues.c.state).where(queues.c.session_id == session)
        ).scalar_one_or_none()
        return found or QueueState.OPEN

    def set_state(self, session: SessionId, state: QueueState) -> None:
        """Keep it."""
        self._connection.execute(
            insert_or_change(self._connection, queues, ("session_id",), ("state",)),
            {"session_id": session, "state": state},
        )

    def next_number(self, session: SessionId) -> int:
        """The number of the next one who comes."""
        last = self._connection.execute(
            select(func.max(queue_turns.c.number)).where(queue_turns.c.session_id == session)
        ).scalar_one()
        return (last or 0) + 1

    def turn(self, session: SessionId, member: MemberId) -> Turn | None:
        """A member's last turn, in whatever state."""
        row = self._connection.execute(
            select(queue_turns).where(
                queue_turns.c.session_id == session, queue_turns.c.member_id == member
            )
        ).one_or_none()
        return None if row is None else _turn(row)

    def lined_up(self, member: MemberId, sessions: Collection[SessionId]) -> frozenset[SessionId]:
        """In which of these queues a member stands, or has their turn at present."""
        if not sessions:
            return frozenset()
        found = self._connection.execute(
            select(queue_turns.c.session_id).where(
                queue_turns.c.member_id == member,
                queue_turns.c.session_id.in_(sessions),
                queue_turns.c.state.in_((TurnState.WAITING, TurnState.IN)),
            )
        )
        return frozenset(SessionId(row.session_id) for row in found)

    def turns(self, session: SessionId) -> tuple[Turn, ...]:
        """Every member's last turn, by number."""
        found = self._connection.execute(
            select(queue_turns)
            .where(queue_turns.c.session_id == session)
            .order_by(queue_turns.c.number)
        )
        return tuple(_turn(row) for row in found)

    def put(self, turn: Turn) -> None:
        """Write a turn, new or changed. There is one per member and session."""
        self._connection.execute(
            insert_or_change(
                self._connection,
                queue_turns,
                ("session_id", "member_id"),
                ("number", "question", "state", "since", "called", "done"),
            ),
            {
                "session_id": turn.session,
                "member_id": turn.member,
                "number": turn.number,
                "question": turn.question,
                "state": turn.state,
                "since": turn.since,
                "called": turn.called,
                "done": turn.done,
            },
        )


def _turn(row: Row[Any]) -> Turn:
    return Turn(
        SessionId(row.session_id),
        MemberId(row.member_id),
        row.number,
        row.question,
        row.state,
        row.since,
        row.called,
        row.done,
    )
