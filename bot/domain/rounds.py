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
    """One person of a round, as mentor or as trainee. `ranked`: whom they would like, in order."""

    member: MemberId
    mentors: bool
    ranked: tuple[MemberId, ...] = ()
