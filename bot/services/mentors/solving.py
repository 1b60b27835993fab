"""The assignment behind a matching round, in a process of its own.

scipy takes a second and 64 MB to load, and the sum a few more: neither belongs into the process
that answers people.
"""

from __future__ import annotations

import asyncio
import importlib
import multiprocessing
import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeAlias, cast

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
    # The least of the negative, because scipy would turn a copy of the whole table around.
    cost: Any = np.negative(worth, dtype=np.float64)
    rows = {one.id: index for index, one in enumerate(seeking)}
    columns = {mentor.id: index for index, mentor in enumerate(offering)}
    for trainee, mentor in round_.apart:
        if trainee in rows and mentor in columns:
            cost[rows[trainee], columns[mentor]] = 0
    seats: Any = seats_of(round_, offering)
    table: Any = cost.take(seats, axis=1)
    chosen = cast(tuple[Any, Any], optimize.linear_sum_assignment(table))
    found: dict[Id, Id] = {}
    for row, column in zip(chosen[0].tolist(), chosen[1].tolist(), strict=True):
        at: int = int(seats[column])
        if cost[row, at] < 0:
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


def on_one_core() -> None:
    """Before numpy is loaded: its threads would turn idly beside those who answer people."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"


async def drafted(round_: Round) -> dict[Id, Id]:
    """The same, away from the event loop."""
    if not round_.seeking or not any(one.places for one in round_.offering):
        return {}
    context = multiprocessing.get_context("spawn")
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=context, initializer=on_one_core) as pool:
        return await loop.run_in_executor(pool, draft, round_)


def scores(round_: Round, offering: list[matching.Offering]) -> Any:
    """`matching.score` for everybody with everybody, as one table.

    In single precision, in which whole numbers are exact up to 16 million.
    """
    np: Any = importlib.import_module("numpy")

    seeking = round_.seeking
    # What adds up goes into one product: a table of a million is walked as rarely as can be.
    left: list[Any] = [_column([matching.RISES * one.rises for one in seeking])]
    right: list[Any] = [_column([1] * len(offering))]
    mine, theirs = _evenings(seeking, offering)
    left.append(mine)
    right.append(theirs)
    capped: list[Any] = []
    for name, weight, most in _TRAITS:
        marks = _marks(seeking, offering, name)
        if marks is None:
            continue
        one_each = all(len(_set(getattr(one.traits, name))) <= most for one in offering)
        if one_each:
            left.append(marks[0] * weight)
            right.append(marks[1])
        else:
            shared: Any = marks[0] @ marks[1].T
            np.minimum(shared, most, out=shared)
            shared *= weight
            capped.append(shared)
    total: Any = np.hstack(left) @ np.hstack(right).T
    for shared in capped:
        total += shared
    _add_wishes(total, seeking, offering)
    return total


_TRAITS = (
    ("topics", matching.TOPIC, matching.MOST_TOPICS),
    ("languages", matching.LANGUAGE, 1),
    ("region", matching.REGION, 1),
    ("backgrounds", matching.BACKGROUND, 1),
)
"""What two people may have in common, what each counts, and how many count."""

Both: TypeAlias = Sequence[matching.Seeking] | Sequence[matching.Offering]


def _column(of: list[int]) -> Any:
    np: Any = importlib.import_module("numpy")
    return np.array(of, dtype=np.float32)[:, None]


def _marks(
    seeking: Sequence[matching.Seeking], offering: Sequence[matching.Offering], name: str
) -> tuple[Any, Any] | None:
    """A row for each person, a column for each word that some mentor has."""
    np: Any = importlib.import_module("numpy")

    theirs = [_set(getattr(one.traits, name)) for one in offering]
    words = {word: at for at, word in enumerate(sorted(set[str]().union(*theirs)))}
    if not words:
        return None

    def marked(of: list[frozenset[str]]) -> Any:
        made: Any = np.zeros((len(of), len(words)), dtype=np.float32)
        lines: list[int] = []
        columns: list[int] = []
        for line, chosen in enumerate(of):
            for word in chosen:
                # What no mentor has is in common with nobody.
                if word in words:
                    lines.append(line)
                    columns.append(words[word])
        made[lines, columns] = 1
        return made

    return marked([_set(getattr(one.traits, name)) for one in seeking]), marked(theirs)


def _add_wishes(
    total: Any, seeking: Sequence[matching.Seeking], offering: Sequence[matching.Offering]
) -> None:
    """Nobody stands twice on a list, as far as this counts: the first place does."""
    np: Any = importlib.import_module("numpy")
    columns = {one.id: index for index, one in enumerate(offering)}
    rows = {one.id: index for index, one in enumerate(seeking)}

    def wished(of: Both, known: dict[Id, int]) -> tuple[list[int], list[int], list[int]]:
        mine: list[int] = []
        theirs: list[int] = []
        worth: list[int] = []
        for index, one in enumerate(of):
            if not one.ranked:
                continue
            seen: dict[Id, int] = {}
            for place, group in enumerate(one.ranked):
                for id in group:
                    if id in known:
                        seen.setdefault(id, matching.WISHES[min(place, _LAST)])
            mine += [index] * len(seen)
            theirs += [known[id] for id in seen]
            worth += seen.values()
        return mine, theirs, worth

    row, column, worth = wished(seeking, columns)
    total[row, column] += np.array(worth, dtype=np.float32)
    column, row, worth = wished(offering, rows)
    total[row, column] += np.array(worth, dtype=np.float32)


_LAST = len(matching.WISHES) - 1
_UNTOLD = 24


def _evenings(
    seeking: Sequence[matching.Seeking], offering: Sequence[matching.Offering]
) -> tuple[Any, Any]:
    """By hours, 24 with 24, and looked up: people with people take a hundred times as long."""
    np: Any = importlib.import_module("numpy")
    hours: Any = np.zeros((_UNTOLD + 1, _UNTOLD + 1), dtype=np.float32)
    first = Traits(evening=0)
    for later in range(24):
        if matching.evenings(first, Traits(evening=later)) >= 2:
            for mine in range(24):
                hours[mine, (mine + later) % 24] = matching.EVENING

    def told(of: Both) -> list[int]:
        return [_UNTOLD if (at := one.traits.evening) is None else at % 24 for one in of]

    return hours[told(seeking)], np.eye(_UNTOLD + 1, dtype=np.float32)[told(offering)]


def _set(value: object) -> frozenset[str]:
    if isinstance(value, str):
        return frozenset((value,)) if value else frozenset()
    return cast(frozenset[str], value)
