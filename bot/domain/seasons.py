"""Seasons: weeks in which everybody has less time, marked by moderators or by a mentor.

A season makes periods longer, or the reminders of hard dates earlier; nothing else.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NewType

from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import LEAST_PATIENCE, MOST_PATIENCE

SeasonId = NewType("SeasonId", int)


class SeasonKind(enum.StrEnum):
    """What keeps people busy."""

    APPLICATIONS = "applications"
    INTERVIEWS = "interviews"
    RANK_LIST = "rank_list"
    MEETING = "meeting"
    BOARDS = "boards"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Season:
    """A marked period. `member` None: for the whole community; else for one mentor alone.

    `patience` multiplies periods; `early` brings reminders of hard dates forward.
    """

    id: SeasonId
    community: CommunityId
    member: MemberId | None
    kind: SeasonKind
    first: date
    last: date
    patience: int = 2
    early: bool = False

    def __post_init__(self) -> None:
        if not LEAST_PATIENCE <= self.patience <= MOST_PATIENCE:
            raise ValueError("patience is between 1 and 4")
        if self.last < self.first:
            raise ValueError("a season ends after it began")


def patience_on(day: date, seasons: Iterable[Season], usual: int) -> tuple[int, bool]:
    """The factor on periods, and whether hard dates are reminded of early, on a day."""
    now = [season for season in seasons if season.first <= day <= season.last]
    return max((usual, *(season.patience for season in now))), any(one.early for one in now)
