"""What the record of moderators' changes, and settings without a table of their own, need."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.people import CommunityId, MemberId


class Audit(Protocol):
    """Who changed what."""

    def add(
        self,
        community: CommunityId,
        by: MemberId,
        at: datetime,
        setting: Setting,
        old: str,
        new: str,
        *,
        why: str = "",
        about: MemberId | None = None,
        undoes: ChangeId | None = None,
    ) -> Change:
        """Write a record."""
        ...

    def get(self, community: CommunityId, id: ChangeId) -> Change | None:
        """A record of this community."""
        ...

    def latest(
        self, community: CommunityId, limit: int, before: ChangeId | None = None
    ) -> tuple[Change, ...]:
        """The newest first; those `before` one of them."""
        ...

    def erase(self, member: MemberId) -> None:
        """Take a member's name out of every record."""
        ...


class Chosen(Protocol):
    """Values that moderators chose, by kind and name; nothing is kept of a default."""

    def get(self, community: CommunityId, kind: str, name: str = "") -> str:
        """The value; empty if the default holds."""
        ...

    def all(self, community: CommunityId, kind: str) -> dict[str, str]:
        """Every value of a kind that is not the default, by name."""
        ...

    def set(self, community: CommunityId, kind: str, name: str, value: str) -> None:
        """Choose; empty for the default."""
        ...
