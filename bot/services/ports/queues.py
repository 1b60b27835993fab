"""What the live queue needs from storage."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from bot.domain.live_queue import QueueState, Turn
from bot.domain.office_hours import SessionId
from bot.domain.people import MemberId


class Queues(Protocol):
    """Turns in the queue of a session."""

    def state(self, session: SessionId) -> QueueState:
        """What its host does with it."""
        ...

    def set_state(self, session: SessionId, state: QueueState) -> None:
        """Keep it."""
        ...

    def next_number(self, session: SessionId) -> int:
        """The number of the next one who comes."""
        ...

    def turn(self, session: SessionId, member: MemberId) -> Turn | None:
        """A member's last turn, in whatever state."""
        ...

    def lined_up(self, member: MemberId, sessions: Collection[SessionId]) -> frozenset[SessionId]:
        """In which of these queues a member stands, or has their turn at present."""
        ...

    def turns(self, session: SessionId) -> tuple[Turn, ...]:
        """Every member's last turn, by number."""
        ...

    def put(self, turn: Turn) -> None:
        """Write a turn, new or changed. There is one per member and session."""
        ...
