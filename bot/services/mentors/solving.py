"""The assignment behind a matching round, in a process of its own.

scipy takes a second and 64 MB to load, and the sum a few more: neither belongs into the process
that answers people.
"""

from __future__ import annotations

import asyncio
import importlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from typing import Any, cast

from bot.domain import matching
from bot.domain.matching import Id, Round

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
    worth: Any = _scores(round_, offering) + _ONE_PAIR
    rows = {one.id: index for index, one in enumerate(seeking)}
    columns = {mentor.id: index for index, mentor in enumerate(offering)}
    for trainee, mentor in round_.apart:
        if trainee in rows and mentor in columns:
            worth[rows[trainee], columns[mentor]] = 0
    # Nobody needs more columns than there are trainees.
    places = [min(mentor.places, len(seeking)) for mentor in offering]
    seats: Any = np.repeat(np.arange(len(offering)), places)
    chosen = cast(
        tuple[Any, Any],
        optimize.linear_sum_assignment(worth[:, seats].astype(float), maximize=True),
    )
    found: dict[Id, Id] = {}
    for row, column in zip(chosen[0].tolist(), chosen[1].tolist(), strict=True):
        at: int = int(seats[column])
        if worth[row, at] > 0:
            trainee: Id = seeking[int(row)].id
            found[trainee] = offering[at].id
    return found


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


def _scores(round_: Round, offering: list[matching.Offering]) -> Any:
    """`matching.score` for everybody with everybody, as one table."""
    np: Any = importlib.import_module("numpy")

    seeking = round_.seeking

    def marks(of: list[frozenset[str]], words: dict[str, int]) -> Any:
        made: Any = np.zeros((len(of), max(1, len(words))), dtype=np.int32)
        for row, chosen in enumerate(of):
            for word in chosen:
                made[row, words[word]] = 1
        return made

    def common(mine: list[frozenset[str]], theirs: list[frozenset[str]]) -> Any:
        every: set[str] = set()
        words = {word: at for at, word in enumerate(sorted(every.union(*mine, *theirs)))}
        return marks(mine, words) @ marks(theirs, words).T

    def of(name: str) -> tuple[list[frozenset[str]], list[frozenset[str]]]:
        return (
            [_set(getattr(one.traits, name)) for one in seeking],
            [_set(getattr(one.traits, name)) for one in offering],
        )

    total: Any = matching.TOPIC * np.minimum(common(*of("topics")), matching.MOST_TOPICS)
    total = total + matching.LANGUAGE * (common(*of("languages")) > 0)
    total = total + matching.REGION * (common(*of("region")) > 0)
    total = total + matching.BACKGROUND * (common(*of("backgrounds")) > 0)
    none = -1000
    mine: Any = np.array(
        [none if one.traits.evening is None else one.traits.evening for one in seeking]
    )
    theirs: Any = np.array(
        [none if one.traits.evening is None else one.traits.evening for one in offering]
    )
    apart: Any = (mine[:, None] - theirs[None, :]) % 24
    near: Any = (5 - np.minimum(apart, 24 - apart)) >= 2
    told: Any = (mine[:, None] != none) & (theirs[None, :] != none)
    total = total + matching.EVENING * (near & told)
    rises: Any = np.array([one.rises for one in seeking])
    total = total + matching.RISES * rises[:, None]
    columns = {one.id: index for index, one in enumerate(offering)}
    rows = {one.id: index for index, one in enumerate(seeking)}
    for row, one in enumerate(seeking):
        for id in {id for group in one.ranked for id in group} & columns.keys():
            total[row, columns[id]] += matching.wish(one.ranked, id)
    for column, one in enumerate(offering):
        for id in {id for group in one.ranked for id in group} & rows.keys():
            total[rows[id], column] += matching.wish(one.ranked, id)
    return total


def _set(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset((value,)) if value else frozenset()
    return cast(frozenset[str], value)
