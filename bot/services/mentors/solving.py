"""The assignment behind a matching round, in a process of its own.

scipy takes a second and 64 MB to load, and the sum a few more: neither belongs into the process
that answers people.
"""

from __future__ import annotations

import asyncio
import importlib
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, cast

from bot.domain import matching
from bot.domain.matching import Id, Round, Traits

_ONE_PAIR = 1_000_000
"""One pair more outweighs anything else: greater than all scores of a round together."""


def assign(round_: Round) -> dict[Id, Id]:
    """As many pairs as possible and, among those, the greatest sum of scores. Exact."""
    np: Any = importlib.import_module("numpy")
    optimize: Any = importlib.import_module("scipy.optimize")

    seeking = round_.seeking
    offering = [mentor for mentor in round_.offering if mentor.places > 0]
    if not seeking or not offering:
        return {}
    worth: Any = scores(round_, offering)
    worth += _ONE_PAIR
    rows = {one.id: index for index, one in enumerate(seeking)}
    columns = {mentor.id: index for index, mentor in enumerate(offering)}
    for trainee, mentor in round_.apart:
        if trainee in rows and mentor in columns:
            worth[rows[trainee], columns[mentor]] = 0
    seats: Any = seats_of(round_, offering)
    # The least of the negative, because scipy would turn a copy of the whole table around.
    np.negative(worth, out=worth)
    chosen = cast(tuple[Any, Any], optimize.linear_sum_assignment(worth.take(seats, axis=1)))
    found: dict[Id, Id] = {}
    for row, column in zip(chosen[0].tolist(), chosen[1].tolist(), strict=True):
        at: int = int(seats[column])
        if worth[row, at] < 0:
            trainee: Id = seeking[int(row)].id
            found[trainee] = offering[at].id
    return found


def seats_of(round_: Round, offering: list[matching.Offering]) -> Any:
    """A column for each place, as the index of its mentor. Nobody needs more of them than there are
    trainees.
    """
    np: Any = importlib.import_module("numpy")
    places = [min(mentor.places, len(round_.seeking)) for mentor in offering]
    return np.repeat(np.arange(len(offering)), places)


def draft(round_: Round) -> dict[Id, Id]:
    """The whole draft of a round; takes seconds for thousands of people."""
    return matching.match(round_, assign)


async def drafted(round_: Round) -> dict[Id, Id]:
    """The same, away from the event loop."""
    if not round_.seeking or not any(one.places for one in round_.offering):
        return {}
    context = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return await loop.run_in_executor(pool, draft, round_)


def scores(round_: Round, offering: list[matching.Offering]) -> Any:
    """`matching.score` for everybody with everybody, as one table of floats."""
    np: Any = importlib.import_module("numpy")

    seeking = round_.seeking

    def marks(of: list[frozenset[str]], words: dict[str, int]) -> Any:
        made: Any = np.zeros((len(of), max(1, len(words))), dtype=np.float32)
        for row, chosen in enumerate(of):
            for word in chosen:
                made[row, words[word]] = 1
        return made

    def common(name: str) -> Any:
        theirs = [_set(getattr(one.traits, name)) for one in offering]
        words = {word: at for at, word in enumerate(sorted(set[str]().union(*theirs)))}
        if not words:
            return None
        # What no mentor has is in common with nobody.
        mine = [_set(getattr(one.traits, name)) & words.keys() for one in seeking]
        return marks(mine, words) @ marks(theirs, words).T

    total: Any = np.zeros((len(seeking), len(offering)))
    rises: Any = np.array([one.rises for one in seeking], dtype=float)
    total += (matching.RISES * rises)[:, None]
    topics = common("topics")
    if topics is not None:
        total += matching.TOPIC * np.minimum(topics, matching.MOST_TOPICS)
    for name, weight in (
        ("languages", matching.LANGUAGE),
        ("region", matching.REGION),
        ("backgrounds", matching.BACKGROUND),
    ):
        shared = common(name)
        if shared is not None:
            total += np.minimum(shared, 1) * weight
    total += _evenings(seeking, offering)
    columns = {one.id: index for index, one in enumerate(offering)}
    rows = {one.id: index for index, one in enumerate(seeking)}
    for row, one in enumerate(seeking):
        for id in {id for group in one.ranked for id in group} & columns.keys():
            total[row, columns[id]] += matching.wish(one.ranked, id)
    for column, one in enumerate(offering):
        for id in {id for group in one.ranked for id in group} & rows.keys():
            total[rows[id], column] += matching.wish(one.ranked, id)
    return total


_UNTOLD = 24


def _evenings(seeking: Sequence[matching.Seeking], offering: Sequence[matching.Offering]) -> Any:
    np: Any = importlib.import_module("numpy")
    # By hours, 24 with 24, and looked up: people with people take a hundred times as long.
    hours: Any = np.zeros((_UNTOLD + 1, _UNTOLD + 1))
    for mine in range(24):
        for theirs in range(24):
            both = matching.evenings(Traits(evening=mine), Traits(evening=theirs))
            hours[mine, theirs] = matching.EVENING if both >= 2 else 0

    def told(of: Sequence[matching.Seeking] | Sequence[matching.Offering]) -> list[int]:
        return [_UNTOLD if (at := one.traits.evening) is None else at % 24 for one in of]

    return hours[told(seeking)][:, told(offering)]


def _set(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset((value,)) if value else frozenset()
    return cast(frozenset[str], value)
