"""A matching round: who takes part, what they wish, and the pairs that follow. Pure functions.

Where both sides ranked, deferred acceptance with capacities (trainees propose) gives pairs that no
two people would both leave for each other, and no such pairs are better for the trainees. Everybody
else is assigned so that as many as possible are matched and, among those, the sum of what speaks
for the pairs is greatest (`assign`, done by a solver). Neither promises a match to everybody.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Mapping
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
        + (LANGUAGE if one.languages & other.languages else 0)
        + (REGION if one.region and one.region == other.region else 0)
        + (EVENING if evenings(one, other) >= 2 else 0)
        + (BACKGROUND if one.backgrounds & other.backgrounds else 0)
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
    """The stable pairing of those who ranked, best for the trainees; ties go by `order_of`.

    A trainee accepts only mentors on their list. A mentor prefers those on theirs, in its order,
    and after them everybody else who asks, by what speaks for the pair.
    """
    seeking, offering = ranking(round_)
    mentors = {mentor.id: mentor for mentor in offering}
    lists = {one.id: _list_of(one, mentors, round_.apart) for one in seeking}
    # Only of those who may ask: everybody with everybody takes ten times as long as all the rest.
    asking: dict[Id, list[Seeking]] = {id: [] for id in mentors}
    for one in seeking:
        for id in lists[one.id]:
            asking[id].append(one)
    order = {mentor.id: order_of(mentor, asking[mentor.id]) for mentor in offering}
    held: dict[Id, list[tuple[int, Id]]] = {id: [] for id in mentors}
    free = sorted(lists, reverse=True)
    while free:
        trainee = free.pop()
        if not lists[trainee]:
            continue
        mentor = lists[trainee].pop()
        # The worst one held is on top: turned around, because a heap gives the least first.
        heapq.heappush(held[mentor], (-order[mentor][trainee], trainee))
        if len(held[mentor]) > mentors[mentor].places:
            free.append(heapq.heappop(held[mentor])[1])
    return {trainee: mentor for mentor, kept in held.items() for _place, trainee in kept}


def order_of(mentor: Offering, seeking: Iterable[Seeking]) -> dict[Id, int]:
    """A mentor's strict order of trainees: their own list, then what speaks for the pair."""

    def key(one: Seeking) -> tuple[int, int, Id]:
        at = place(mentor.ranked, one.id)
        return (MOST_RANKED + 1 if at is None else at, -score(one, mentor), one.id)

    return {one.id: index for index, one in enumerate(sorted(seeking, key=key))}


def strict(trainee: Seeking, mentors: Mapping[Id, Offering]) -> list[Id]:
    """A trainee's strict order of mentors: ties by what speaks for the pair, then by id."""
    found: list[Id] = []
    for group in trainee.ranked:
        known = [id for id in dict.fromkeys(group) if id in mentors and id not in found]
        if len(known) > 1:
            known.sort(key=lambda id: (-score(trainee, mentors[id]), id))
        found += known
    return found


def _list_of(
    trainee: Seeking, mentors: Mapping[Id, Offering], apart: frozenset[tuple[Id, Id]]
) -> list[Id]:
    wanted = strict(trainee, mentors)
    # Asked from the end of the list.
    return [id for id in wanted if (trainee.id, id) not in apart][::-1]


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
