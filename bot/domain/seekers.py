"""What a person who looks for a mentor said about themself: all optional, asked once.

`programmes` is never shown to anybody and `backgrounds` counts only in matching, with a consent of
its own. Nothing here may be a filter for others.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import OTHER

HOLD = timedelta(days=183)
"""For how long a talk that was left without a word counts."""
LEFT_BEFORE_CAP = 2
PENDING, PENDING_AFTER_SILENCE = 3, 1
"""How many requests may be open at a time."""


class AtHome(enum.StrEnum):
    """Whether there is an IR programme where somebody trains, as they answer it."""

    YES = "yes"
    NO = "no"
    UNSAID = "unsaid"


@dataclass(frozen=True, slots=True)
class Seeker:
    """One member of one community who may look for a mentor.

    `home_programme`: whether there is IR at home; None: not said. `unmatched`: rounds without a
    match. `background_consent`: when they volunteered it for matching. `since`: looking since.
    """

    member: MemberId
    community: CommunityId
    since: datetime
    stage: str = ""
    home_programme: bool | None = None
    region: str = ""
    languages: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    backgrounds: tuple[str, ...] = ()
    background_consent: datetime | None = None
    matched: bool = False
    unmatched: int = 0
    left: tuple[datetime, ...] = ()
    """When an accepted talk was left without a word."""

    @property
    def matching_backgrounds(self) -> frozenset[str]:
        """Backgrounds that may be used for matching; none without a consent to that."""
        return frozenset(self.backgrounds if self.background_consent else ()) - {OTHER}


def pending_cap(seeker: Seeker | None, now: datetime) -> int:
    """How many requests this person may have open (etiquette, rule 11)."""
    if seeker is None:
        return PENDING
    recent = [at for at in seeker.left if now - at < HOLD]
    return PENDING_AFTER_SILENCE if len(recent) >= LEFT_BEFORE_CAP else PENDING


def left_without_word(seeker: Seeker, now: datetime) -> Seeker:
    """An accepted talk was left; what lies long enough back is forgotten."""
    return replace(seeker, left=(*(at for at in seeker.left if now - at < HOLD), now))


def rises(seeker: Seeker | None, now: datetime) -> int:
    """How far a person rises where people are put in order; the rule is in `help`.

    No programme at home counts 4, no match so far 2, each round without a match 2 (6 at most), each
    full month of looking 1 (6 at most).
    """
    if seeker is None:
        return 0
    months = max(0, (now - seeker.since).days // 30)
    return (
        (4 if seeker.home_programme is False else 0)
        + (0 if seeker.matched else 2)
        + min(6, 2 * seeker.unmatched)
        + (0 if seeker.matched else min(6, months))
    )


def same_programme(mine: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    """Whether two lists of programmes name one in common, however it is written."""
    return bool(plain_programmes(mine) & plain_programmes(theirs))


def plain_programmes(names: tuple[str, ...]) -> frozenset[str]:
    """A list of programmes as it is compared: letters and digits alone, in small letters."""
    kept = ("".join(sign for sign in name.casefold() if sign.isalnum()) for name in names)
    return frozenset(name for name in kept if name)
