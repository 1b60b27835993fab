"""A matching round: who takes part, what they wish, and the pairs that follow. Pure functions.

Where both sides ranked, deferred acceptance with capacities (trainees propose) gives pairs that no
two people would both leave for each other, and no such pairs are better for the trainees. Everybody
else is assigned so that as many as possible are matched and, among those, the sum of what speaks
for the pairs is greatest (`assign`, done by a solver). Neither promises a match to everybody.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Id: TypeAlias = int
Pairing: TypeAlias = Mapping[Id, Id]
"""The mentor of each matched trainee."""

TOPIC, LANGUAGE, REGION, EVENING, BACKGROUND, RISES = 4, 2, 2, 1, 3, 2
MOST_TOPICS = 3
WISHES = (40, 30, 20, 12, 8)
"""What being ranked first, second, ... by one side adds; later places add the last number."""
MOST_RANKED = 10


@dataclass(frozen=True, slots=True)
class Traits:
    """What fit is made of. `evening`: the hour in UTC when it begins; None: not told."""

    topics: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    region: str = ""
    evening: int | None = None
    backgrounds: frozenset[str] = frozenset()
    """Only what was volunteered for matching."""


@dataclass(frozen=True, slots=True)
class Seeking:
    """A trainee of the round. `ranked`: mentors in order, ties in one group. `rises`: see help."""

    id: Id
    traits: Traits = field(default_factory=Traits)
    ranked: tuple[tuple[Id, ...], ...] = ()
    rises: int = 0


@dataclass(frozen=True, slots=True)
class Offering:
    """A mentor of the round, with places left of their own capacity."""

    id: Id
    places: int
    traits: Traits = field(default_factory=Traits)
    ranked: tuple[tuple[Id, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """Everything a draft is made from. `apart`: (trainee, mentor) that may not be paired."""

    seeking: tuple[Seeking, ...]
    offering: tuple[Offering, ...]
    apart: frozenset[tuple[Id, Id]] = frozenset()


def fit(one: Traits, other: Traits) -> int:
    """What speaks for two people, wishes apart."""
    common = len(one.topics & other.topics)
    return (
        TOPIC * min(MOST_TOPICS, common)
        + (0 if one.languages.isdisjoint(other.languages) else LANGUAGE)
        + (REGION if one.region and one.region == other.region else 0)
        + (EVENING if evenings(one, other) >= 2 else 0)
        + (0 if one.backgrounds.isdisjoint(other.backgrounds) else BACKGROUND)
    )


def evenings(one: Traits, other: Traits) -> int:
    """Hours of evening in common."""
    if one.evening is None or other.evening is None:
        return 0
    apart = (one.evening - other.evening) % 24
    return max(0, 5 - min(apart, 24 - apart))


def place(ranked: Iterable[Iterable[Id]], id: Id) -> int | None:
    """In which group of a list somebody stands, from 0."""
    for index, group in enumerate(ranked):
        if id in group:
            return index
    return None


def wish(ranked: Iterable[Iterable[Id]], id: Id) -> int:
    """What a place on a list adds."""
    at = place(ranked, id)
    return 0 if at is None else WISHES[min(at, len(WISHES) - 1)]


def score(trainee: Seeking, mentor: Offering) -> int:
    """What speaks for a pair in the assignment, wishes of both sides included."""
    return (
        fit(trainee.traits, mentor.traits)
        + wish(trainee.ranked, mentor.id)
        + wish(mentor.ranked, trainee.id)
        + RISES * trainee.rises
    )


def ranking(round_: Round) -> tuple[tuple[Seeking, ...], tuple[Offering, ...]]:
    """Those of both sides who ranked somebody who ranked as well."""
    seeking = [one for one in round_.seeking if one.ranked]
    offering = [one for one in round_.offering if one.ranked and one.places > 0]
    return tuple(seeking), tuple(offering)


def deferred_acceptance(round_: Round) -> dict[Id, Id]:
    """The stable pairing of those who ranked, best for the trainees.

    A trainee accepts only mentors on their list. A mentor prefers those on theirs, in its order,
    and after them everybody else who asks. Ties, and those not on a list, go by what speaks for
    the pair.
    """
    seeking, offering = ranking(round_)
    mentors = {mentor.id: mentor for mentor in offering}
    trainees = {one.id: one for one in seeking}
    apart: dict[Id, set[Id]] = {}
    for trainee, mentor in round_.apart:
        apart.setdefault(trainee, set()).add(mentor)
    lists = {one.id: _asked_last_first(one, mentors, apart.get(one.id, ())) for one in seeking}
    # The worst one held is on top. A trainee's standing is worked out when they ask: most of those
    # who rank a mentor never do.
    held: dict[Id, list[tuple[int, int, Id]]] = {id: [] for id in mentors}
    free = sorted(lists, reverse=True)
    while free:
        trainee = free.pop()
        if not lists[trainee]:
            continue
        asked = mentors[lists[trainee].pop()]
        standing = _standing(asked, trainees[trainee])
        if len(held[asked.id]) < asked.places:
            heapq.heappush(held[asked.id], standing)
        else:
            free.append(-heapq.heappushpop(held[asked.id], standing)[2])
    return {-kept[2]: mentor for mentor, all_kept in held.items() for kept in all_kept}


def _standing(mentor: Offering, trainee: Seeking) -> tuple[int, int, Id]:
    """A mentor's strict order, the best the greatest: own list, what speaks for it, the id."""
    at = place(mentor.ranked, trainee.id)
    # Without the mentor's own wish: equal among those who stand equally high on their list.
    speaks = fit(trainee.traits, mentor.traits) + wish(trainee.ranked, mentor.id)
    return (
        -MOST_RANKED - 1 if at is None else -at,
        speaks + RISES * trainee.rises,
        -trainee.id,
    )


def _asked_last_first(
    trainee: Seeking, mentors: Mapping[Id, Offering], apart: Collection[Id]
) -> list[Id]:
    """A trainee's strict order of mentors, from its end; ties by what speaks for it, by id."""
    found: dict[Id, None] = {}
    for group in trainee.ranked:
        if len(group) > 1:
            known = (id for id in group if id in mentors)
            group = sorted(known, key=lambda id: (-score(trainee, mentors[id]), id))
        for id in group:
            if id in mentors and id not in apart:
                found.setdefault(id)
    return [*reversed(found)]


def rest(round_: Round, pairing: Pairing) -> Round:
    """What is left for the assignment once these pairs stand."""
    taken: dict[Id, int] = {}
    for mentor in pairing.values():
        taken[mentor] = taken.get(mentor, 0) + 1
    left = tuple(
        Offering(one.id, one.places - taken.get(one.id, 0), one.traits, one.ranked)
        for one in round_.offering
        if one.places > taken.get(one.id, 0)
    )
    seeking = tuple(one for one in round_.seeking if one.id not in pairing)
    return Round(seeking, left, round_.apart)


Assign: TypeAlias = Callable[[Round], Mapping[Id, Id]]


def match(round_: Round, assign: Assign) -> dict[Id, Id]:
    """The draft: deferred acceptance where both sides ranked, `assign` for everybody else."""
    stable = deferred_acceptance(round_)
    return {**stable, **assign(rest(round_, stable))}
