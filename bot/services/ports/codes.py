"""What use cases that number things need from storage."""

from __future__ import annotations

from typing import Protocol

from bot.domain.people import CommunityId


class Codes(Protocol):
    """Short codes, such as people read to each other."""

    def next(self, community: CommunityId) -> str:
        """A code that this community has never seen."""
        ...
