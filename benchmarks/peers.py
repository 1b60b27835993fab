"""The burst of 10,000 jobs by two well-known queues on PostgreSQL, one worker each.

Runs in an environment of its own, which `make bench` makes: neither is a dependency of the product.
`.venv/bench/bin/python benchmarks/peers.py pgqueuer|procrastinate URL COUNT` prints jobs a second.
Each is given what its manual recommends for throughput; a job does nothing but count itself.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from typing import Any


async def pgqueuer(url: str, count: int) -> float:
    """Claims a hundred at a time over its own pool."""
    import asyncpg  # pyright: ignore[reportMissingTypeStubs]
    from pgqueuer.db import AsyncpgPoolDriver  # pyright: ignore[reportMissingImports]
    from pgqueuer.qm import QueueManager  # pyright: ignore[reportMissingImports]
    from pgqueuer.queries import Queries  # pyright: ignore[reportMissingImports]
    from pgqueuer.types import QueueExecutionMode  # pyright: ignore[reportMissingImports]

    async with asyncpg.create_pool(url, min_size=2, max_size=10) as pool:
        queries = Queries(AsyncpgPoolDriver(pool))
        await queries.install()
        manager = QueueManager(queries)
        done = 0

        @manager.entrypoint("note")
        async def note(_job: object) -> None:
            nonlocal done
            done += 1

        for first in range(0, count, 1000):
            some = min(1000, count - first)
            await queries.enqueue(["note"] * some, [None] * some, [0] * some)
        begun = time.perf_counter()
        await manager.run(batch_size=100, mode=QueueExecutionMode.drain)
        took = time.perf_counter() - begun
        assert done == count, done
        await queries.uninstall()
    return count / took


async def procrastinate(url: str, count: int) -> float:
    """Fetches one job after the other, up to sixteen at work."""
    import procrastinate as queue  # pyright: ignore[reportMissingImports]

    app = queue.App(connector=queue.PsycopgConnector(conninfo=url))
    done = 0

    async def count_one() -> None:
        nonlocal done
        done += 1

    note: Any = app.task(name="note")(count_one)
    async with app.open_async():
        await app.schema_manager.apply_schema_async()
        await note.batch_defer_async(*({} for _job in range(count)))
        begun = time.perf_counter()
        await app.run_worker_async(wait=False, concurrency=16, install_signal_handlers=False)
        took = time.perf_counter() - begun
    assert done == count, done
    return count / took


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    _file, which, url_, count_ = sys.argv
    run = {"pgqueuer": pgqueuer, "procrastinate": procrastinate}[which]
    print(asyncio.run(run(url_, int(count_))))
