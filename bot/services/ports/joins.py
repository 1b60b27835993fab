"""What joining two places needs from storage."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.people import CommunityId, MemberId


class Joins(Protocol):
    """Codes to join, and the joining itself."""

    def give(self, community: CommunityId, digest: str, by: MemberId, expires: datetime) -> None:
        """A community's only code at present."""
        ...

    def whose(self, digest: str, now: datetime) -> CommunityId | None:
        """Who gave a code that is still worth something."""
        ...

    def use(self, digest: str) -> MemberId | None:
        """Take a code; who gave it, or None if somebody else was faster."""
        ...

    def in_use(self, community: CommunityId) -> bool:
        """Whether anything was ever begun there."""
        ...

    def merge(self, gone: CommunityId, stays: CommunityId, now: datetime) -> int:
        """Places, their channels and members of one community go to the other; how many members."""
        ...
