"""A round of 2,000 trainees and 500 mentors, beside scipy's bare assignment of the very same table.

In seconds of this process's own work, so that neighbours on the machine count for neither. scipy
gets its table ready made, in the order in which it copies nothing.

python -m benchmarks.matching [--times 7]
"""

from __future__ import annotations

import argparse
import importlib
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.report import Figure, Report
from bot.domain.matching import Offering, Round, Seeking, Traits, deferred_acceptance, rest
from bot.services.mentors import solving

TRAINEES, MENTORS, PLACES = 2_000, 500, 4
TOPICS = ("oncology", "venous", "trauma", "research", "portal", "career", "neuro", "dialysis")


def made(ranked: int) -> Round:
    """A round in which so many of a hundred on either side ranked somebody."""
    lot = random.Random(7)

    def traits() -> Traits:
        return Traits(frozenset(lot.sample(TOPICS, 3)), evening=lot.randrange(24))

    def wishes(first: int, count: int) -> tuple[tuple[int, ...], ...]:
        if lot.randrange(100) >= ranked:
            return ()
        return tuple((one,) for one in lot.sample(range(first, first + count), 5))

    return Round(
        tuple(
            Seeking(n, traits(), wishes(10_000, MENTORS), lot.randrange(4)) for n in range(TRAINEES)
        ),
        tuple(Offering(10_000 + n, PLACES, traits(), wishes(0, TRAINEES)) for n in range(MENTORS)),
        frozenset((n, 10_000 + n % MENTORS) for n in range(0, TRAINEES, 20)),
    )


def medians(times: int, *runs: Callable[[], object]) -> list[float]:
    """Seconds of the processor for each, one after the other and round again: what the machine does
    besides concerns all of them.
    """
    took: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for run, seconds in zip(runs, took, strict=True):
            began = time.process_time()
            run()
            seconds.append(time.process_time() - began)
    return [statistics.median(seconds) for seconds in took]


def main() -> None:
    """Prints and keeps the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=7)
    times: int = parser.parse_args().times
    solving.on_one_core()  # as in the process that does it, and before scipy is loaded
    optimize: Any = importlib.import_module("scipy.optimize")
    np: Any = importlib.import_module("numpy")

    def alone(round_: Round) -> Callable[[], object]:
        offering = list(round_.offering)
        table: Any = -solving.scores(round_, offering)[:, solving.seats_of(round_, offering)]
        made_ready: Any = np.ascontiguousarray(table, dtype=np.float64)
        return lambda: optimize.linear_sum_assignment(made_ready)

    report = Report("matching")
    for ranked in (0, 60):
        round_ = made(ranked)
        # Whoever ranked on both sides is paired before; the table left is what scipy has to do.
        left = rest(round_, deferred_acceptance(round_))
        took, whole, part = medians(
            times, lambda round_=round_: solving.draft(round_), alone(round_), alone(left)
        )
        name = f"draft of {TRAINEES:,} x {MENTORS}, {ranked} % ranked"
        report.add(Figure(f"{name}; scipy on all", took, "s", whole, 1.3 * whole))
        if ranked:
            report.add(Figure(f"{name}; scipy on what is left", took, "s", part))
    report.end()


if __name__ == "__main__":
    main()
