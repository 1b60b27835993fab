"""A matching round that moderators run: who takes part, the draft, what was published."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId

RoundId = NewType("RoundId", int)


class RoundState(enum.Enum):
    """How far a round is."""

    OPEN = "open"
    """People may take part and say whom they would like."""
    DRAFT = "draft"
    PUBLISHING = "publishing"
    """The draft holds, and its pairs are introduced a few at a time."""
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class MatchRound:
    """A round as it stands. `draft`: the mentor of each trainee; `revision` counts its changes."""

    id: RoundId
    community: CommunityId
    state: RoundState
    opened_by: MemberId
    opened: datetime
    draft: Mapping[MemberId, MemberId] = field(default_factory=dict[MemberId, MemberId])
    revision: int = 0

    @property
    def going_on(self) -> bool:
        """Whether it is not over."""
        return self.state in (RoundState.OPEN, RoundState.DRAFT)


@dataclass(frozen=True, slots=True)
class TakesPart:
    """One person of a round, as mentor or as trainee. `ranked`: whom they would like, in order;
    `tied`: in no order, one as much as the other.
    """

    member: MemberId
    mentors: bool
    ranked: tuple[MemberId, ...] = ()
    tied: bool = False

    @property
    def groups(self) -> tuple[tuple[MemberId, ...], ...]:
        """The wishes in order, those that are equal in one group."""
        if self.tied and self.ranked:
            return (self.ranked,)
        return tuple((one,) for one in self.ranked)
