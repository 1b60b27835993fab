"""What cases need from storage: rows without content, and sealed drafts where they were chosen."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases import Act, Case, CaseId, CaseState, NewCase
from bot.domain.people import CommunityId, MemberId


@dataclass(frozen=True, slots=True)
class Noted:
    """One line of what was done: who, when, which kinds were found, what was chosen."""

    case: CaseId
    member: MemberId
    at: datetime
    act: Act
    found: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    drawn: int = 0


class Cases(Protocol):
    """Cases."""

    def add(self, code: str, new: NewCase, now: datetime) -> Case:
        """Write a case down."""
        ...

    def get(self, id: CaseId) -> Case | None:
        """By id."""
        ...

    def by_code(self, community: CommunityId, code: str) -> Case | None:
        """By its code."""
        ...

    def by_message(self, community: CommunityId, message: str) -> Case | None:
        """The case that stands in a message."""
        ...

    def of(self, author: MemberId, community: CommunityId) -> tuple[Case, ...]:
        """An author's cases that are held or shown, newest first."""
        ...

    def in_state(
        self, states: Collection[CaseState], community: CommunityId | None = None
    ) -> tuple[Case, ...]:
        """Cases in one of these states, oldest first."""
        ...

    def move(self, case: CaseId, from_: CaseState, to: CaseState) -> bool:
        """Change the state; False if it is not `from_` any more, because another was faster."""
        ...

    def put(self, case: Case) -> None:
        """Keep what changed beside the state."""
        ...

    def forget_word(self, case: CaseId) -> None:
        """What a second reader said goes, and nothing of it stays in any file."""
        ...

    def forget_words(self, now: datetime) -> None:
        """What second readers said goes, where the time of the case is over."""
        ...

    def note(self, noted: Noted) -> None:
        """Write a line of what was done."""
        ...

    def notes(self, case: CaseId) -> tuple[Noted, ...]:
        """What was done, oldest first."""
        ...

    def seal(self, case: CaseId, sealed: str, expires: datetime) -> None:
        """Keep an encrypted draft."""
        ...

    def sealed(self, case: CaseId) -> str | None:
        """An encrypted draft."""
        ...

    def unseal(self, case: CaseId) -> None:
        """The encrypted draft goes."""
        ...

    def readers(self, community: CommunityId) -> tuple[MemberId, ...]:
        """Second readers who want to be told when a case waits."""
        ...

    def set_reader(self, community: CommunityId, member: MemberId, *, told: bool) -> None:
        """Whether this one wants to be told."""
        ...
