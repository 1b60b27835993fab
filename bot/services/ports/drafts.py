"""What half-filled forms need from storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import CommunityId, MemberId


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled form of one member, gone after an hour. `state` is JSON, made by the forms."""

    id: str
    member: MemberId
    community: CommunityId
    state: Mapping[str, object]
    expires: datetime


class Drafts(Protocol):
    """The draft table."""

    def save(self, draft: Draft) -> None:
        """Write a draft, or what became of it."""
        ...

    def get(self, id: str, now: datetime) -> Draft | None:
        """A draft that has not expired."""
        ...

    def discard(self, id: str) -> bool:
        """What it was for is done; False if somebody else was faster."""
        ...

    def sweep(self, now: datetime) -> int:
        """Remove expired drafts; how many."""
        ...
