"""A round of 2,000 trainees and 500 mentors, beside scipy's bare assignment of the very same table.

In seconds of this process's own work, so that neighbours on the machine count for neither.

python -m benchmarks.matching [--times 3]
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable

from scipy.optimize import linear_sum_assignment

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


def median(times: int, run: Callable[[], object]) -> float:
    """Seconds of the processor."""
    took: list[float] = []
    for _ in range(times):
        began = time.process_time()
        run()
        took.append(time.process_time() - began)
    return statistics.median(took)


def main() -> None:
    """Prints and keeps the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--times", type=int, default=3)
    times: int = parser.parse_args().times
    report = Report("matching")
    for ranked in (0, 60):
        round_ = made(ranked)
        # Whoever ranked on both sides is paired before; the table is what scipy has to do.
        left = rest(round_, deferred_acceptance(round_))
        offering = list(left.offering)
        table = -solving.scores(left, offering)[:, solving.seats_of(left, offering)]
        bare = median(times, lambda table=table: linear_sum_assignment(table))
        took = median(times, lambda round_=round_: solving.draft(round_))
        name = f"draft of {TRAINEES:,} x {MENTORS}, {ranked} % ranked"
        report.add(Figure(name, took, "s", bare, 10.0))
    report.end()


if __name__ == "__main__":
    main()
