"""Why a pair of a draft, what would change it, and why somebody is without one. Pure functions.

What may not be said is never a reason here: who is kept apart, and who shares a background.
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from bot.domain.matching import Id, Offering, Pairing, Round, Seeking, evenings, place, score


class Change(enum.Enum):
    """What would make it another pair."""

    ONE_PLACE_MORE = enum.auto()
    """Somebody who suits more has no place left."""
    BY_HAND = enum.auto()
    """Somebody who suits more has a place left."""
    WITHOUT = enum.auto()
    """Without this place it would be somebody else, who has one left."""
    NOBODY = enum.auto()
    """Without this place there would be no pair."""


@dataclass(frozen=True, slots=True)
class Explained:
    """Why a pair, and what would change it. `other`: whom the change is about."""

    trainee: Id
    mentor: Id
    topics: tuple[str, ...]
    languages: tuple[str, ...]
    region: bool
    evenings: int
    trainee_rank: int | None
    mentor_rank: int | None
    rises: int
    change: Change
    other: Id | None = None

    @property
    def ranked_by_both(self) -> bool:
        """Whether both wished for it."""
        return self.trainee_rank is not None and self.mentor_rank is not None


@dataclass(frozen=True, slots=True)
class Unpaired:
    """Who is without a pair. `other`: whose place could be theirs; None: nobody's. `free`: there is
    one left.
    """

    trainee: Id
    other: Id | None = None
    free: bool = False


def explain(
    round_: Round, pairing: Pairing, only: Collection[Id] | None = None
) -> tuple[Explained, ...]:
    """Pairs with their reasons, by trainee; all of them, or `only` those of some trainees."""
    mentors = {one.id: one for one in round_.offering}
    trainees = {one.id: one for one in round_.seeking}
    taken = Counter(pairing.values())
    found: list[Explained] = []
    for id in sorted(pairing if only is None else set(only) & pairing.keys()):
        trainee, mentor = trainees[id], mentors[pairing[id]]
        change, other = _changed(round_, taken, trainee, mentor)
        found.append(
            Explained(
                trainee=id,
                mentor=mentor.id,
                topics=tuple(sorted(trainee.traits.topics & mentor.traits.topics)),
                languages=tuple(sorted(trainee.traits.languages & mentor.traits.languages)),
                region=bool(trainee.traits.region)
                and trainee.traits.region == mentor.traits.region,
                evenings=evenings(trainee.traits, mentor.traits),
                trainee_rank=place(trainee.ranked, mentor.id),
                mentor_rank=place(mentor.ranked, id),
                rises=trainee.rises,
                change=change,
                other=other,
            )
        )
    return tuple(found)


def unpaired(round_: Round, pairing: Pairing, only: Collection[Id]) -> tuple[Unpaired, ...]:
    """Of those trainees, everybody without a pair, by trainee."""
    taken = Counter(pairing.values())
    found: list[Unpaired] = []
    for one in sorted(round_.seeking, key=lambda each: each.id):
        if one.id in only and one.id not in pairing:
            may = _others(round_, one, None)
            left = [each for each in may if each.places > taken[each.id]]
            best = _best(one, left) or _best(one, may)
            found.append(Unpaired(one.id, None if best is None else best.id, free=bool(left)))
    return tuple(found)


def _changed(
    round_: Round, taken: Counter[Id], trainee: Seeking, mentor: Offering
) -> tuple[Change, Id | None]:
    others = _others(round_, trainee, mentor)
    left = [one for one in others if one.places > taken[one.id]]
    better = _best(trainee, [one for one in others if _before(trainee, one, mentor)])
    if better is not None:
        free = better in left
        return Change.BY_HAND if free else Change.ONE_PLACE_MORE, better.id
    then = _best(trainee, left)
    return (Change.NOBODY, None) if then is None else (Change.WITHOUT, then.id)


def _others(round_: Round, trainee: Seeking, mentor: Offering | None) -> list[Offering]:
    return [
        one
        for one in round_.offering
        if one is not mentor and one.places > 0 and (trainee.id, one.id) not in round_.apart
    ]


def _best(trainee: Seeking, among: list[Offering]) -> Offering | None:
    return max(among, key=lambda one: (*_worth(trainee, one), -one.id), default=None)


def _worth(trainee: Seeking, mentor: Offering) -> tuple[int, int]:
    at = place(trainee.ranked, mentor.id)
    return (-len(trainee.ranked) if at is None else -at, score(trainee, mentor))


def _before(trainee: Seeking, other: Offering, mentor: Offering) -> bool:
    mine, theirs = place(trainee.ranked, mentor.id), place(trainee.ranked, other.id)
    if mine is not None or theirs is not None:
        return theirs is not None and (mine is None or theirs < mine)
    return score(trainee, other) > score(trainee, mentor)
