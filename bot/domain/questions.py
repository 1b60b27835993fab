"""A question put to a community: followed until somebody answers and the asker says so."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId

AskedId = NewType("AskedId", int)


class AskedState(enum.Enum):
    """How far a question is."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question. `anonymous`: nobody but the bot knows who asked.

    `heard`: somebody said that they answered, and the asker has not said that it helped.
    """

    id: AskedId
    code: str
    community: CommunityId
    asker: MemberId
    anonymous: bool
    topic: str
    text: str
    at: datetime
    state: AskedState = AskedState.OPEN
    heard: bool = False
