"""Where many people ask a mentor about one topic, a group hour is proposed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from bot.clock import Clock
from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import List
from bot.services.mentors.demand import demand
from bot.services.ports import Store
from bot.ui.parts import Part
from cogs.mentors.labels import Shelf

Proposal: TypeAlias = Callable[[str, int], tuple[Part, ...]]
"""What is said for a topic that so many people ask about."""


def no_proposal(_topic: str, _people: int) -> tuple[Part, ...]:
    """Where there are no office hours."""
    return ()


class GroupHours:
    """Looks whether there is something to propose."""

    def __init__(self, store: Store, clock: Clock, shelf: Shelf, proposal: Proposal) -> None:
        self._store = store
        self._clock = clock
        self._shelf = shelf
        self._proposal = proposal

    async def for_(self, community: CommunityId, mentor: MemberId) -> tuple[Part, ...]:
        """For the end of a screen that a mentor reads anyway; never a message of its own."""
        topics = frozenset((await self._shelf.of(community)).lists.keys(List.TOPICS))
        found = await self._store.read(demand, self._clock.now(), community, mentor, topics)
        return () if found is None else self._proposal(found.topic, found.people)
