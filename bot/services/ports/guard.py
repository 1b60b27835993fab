"""What the guard needs of the store: rules of places, nothing about people or messages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.guard import Pass, Watch
from bot.domain.people import CommunityId, Place


class Guards(Protocol):
    """What is watched, by place."""

    def channels(self, community: CommunityId, place: Place) -> Mapping[str, Watch]:
        """Every channel with a rule of its own; `ELSEWHERE` for the rest."""
        ...

    def watch(self, community: CommunityId, place: Place, channel: str, watch: Watch) -> None:
        """Another rule for a channel."""
        ...

    def unwatch(self, community: CommunityId, place: Place, channel: str) -> None:
        """No rule of its own for a channel."""
        ...

    def passes(self, community: CommunityId, place: Place) -> frozenset[Pass]:
        """Whose messages are not looked at."""
        ...

    def let_pass(self, community: CommunityId, place: Place, who: Pass, *, wanted: bool) -> None:
        """Somebody's messages are not looked at any more, or are again."""
        ...
