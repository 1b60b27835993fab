"""What stands in a place outside of any conversation and is kept up to date: a pinned message, an
event among the platform's own. Values only; what it says is made by the features.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.office_hours import VoiceChannel
from bot.domain.people import CommunityId, Place

CALL = "call:"
"""How the subjects of calls in channels begin (see bot/runtime/calls.py)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What it is and where; `subject` is such as `hours` or `event:12`."""

    community: CommunityId
    place: Place
    subject: str


@dataclass(frozen=True, slots=True)
class Shown:
    """How far the platform has it. `channel` is empty for what stands in none, `message` is the
    platform's id, empty while there is none. `digest` is of what was shown last. `again`: not
    before then, because the platform refused. `leave`: from then on it is over and stays as it is.
    """

    spot: Spot
    channel: str
    message: str
    digest: str
    again: datetime | None = None
    leave: datetime | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """A session as a platform's own calendar of events has it. Everybody in the place can read all
    of it, so a link is never in it. `mark` is found again in what the platform has of it.
    """

    title: str
    about: str
    starts: datetime
    ends: datetime
    where: str
    mark: str
    voice: VoiceChannel | None = None
