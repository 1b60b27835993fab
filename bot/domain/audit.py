"""What moderators change, as records: which setting or whose matter, from what to what, and why.

Values are text in a form of their own (a zone's key, a number, a short list): what they mean is
known to the kind of setting alone. Knows no people and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId, Place

ChangeId = NewType("ChangeId", int)
MOST_WHY = 300
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that moderators decide: its kind, which one of the kind, and in which place.

    `place` is None for what holds in the whole community.
    """

    kind: str
    name: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One record. `by` is None once that moderator is erased; `about` is whom an act concerned.

    `undoes`: the record that this one took back. `undone`: another took this one back.
    """

    id: ChangeId
    community: CommunityId
    by: MemberId | None
    at: datetime
    setting: Setting
    old: str
    new: str
    why: str = ""
    about: MemberId | None = None
    undoes: ChangeId | None = None
    undone: bool = False
