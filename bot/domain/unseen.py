"""Who asked without a name: muting somebody unseen, and revealing them, which takes two moderators.

The author of an anonymous question is shown to nobody. A moderator can mute them without learning
who they are. Records and rules; no storage, no sentences, no clock.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NewType

from bot.domain.people import CommunityId, MemberId

RevealId = NewType("RevealId", int)

MUTED_FOR = timedelta(days=30)
"""How long somebody who was muted asks no anonymous questions."""
OPEN_FOR = timedelta(days=7)
"""How long a second moderator can agree."""


class Source(enum.Enum):
    """Where an anonymous question was asked."""

    SESSION = "session"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class About:
    """One anonymous question."""

    source: Source
    id: int


@dataclass(frozen=True, slots=True)
class Reveal:
    """A moderator's wish to learn who asked. `agreed_by` is the second moderator."""

    id: RevealId
    community: CommunityId
    about: About
    asked_by: MemberId
    asked_at: datetime
    agreed_by: MemberId | None = None

    @property
    def revealed(self) -> bool:
        """Whether two moderators wanted it."""
        return self.agreed_by is not None

    def open(self, now: datetime) -> bool:
        """Whether a second moderator can still agree."""
        return not self.revealed and now < self.asked_at + OPEN_FOR

    def may_agree(self, moderator: MemberId, author: MemberId, now: datetime) -> bool:
        """Whether this moderator is a second one, and not the author.

        The author is not told apart in what is said, or the refusal would say who it is.
        """
        return self.open(now) and moderator not in (self.asked_by, author)

    def seen_by(self, moderator: MemberId) -> bool:
        """Whether this moderator learns who asked."""
        return self.revealed and moderator in (self.asked_by, self.agreed_by)
