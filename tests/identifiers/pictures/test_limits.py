"""What the process in which files are opened may not have, as the system itself tells it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.identifiers.pictures.worker import MEMORY
from bot.identifiers.pictures.workers import Workers

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="read from /proc")


def children() -> set[int]:
    """The processes that this one has started."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {int(child) for task in tasks for child in task.read_text().split()}


def limits(process: int) -> dict[str, str]:
    """Each limit of a process by its name, as it holds now."""
    lines = Path(f"/proc/{process}/limits").read_text().splitlines()[1:]
    return {line[:26].strip(): line[26:47].strip() for line in lines}


def test_a_worker_has_little_memory_and_writes_no_files() -> None:
    before = children()
    with Workers() as workers:
        workers.read("a text")
        (worker,) = (
            one
            for one in children() - before
            if b"pictures.worker" in Path(f"/proc/{one}/cmdline").read_bytes()
        )
        found = limits(worker)
    assert found["Max address space"] == str(MEMORY)
    assert found["Max file size"] == "0"
    assert found["Max core file size"] == "0"


def test_more_memory_than_that_is_refused() -> None:
    program = (
        "from bot.identifiers.pictures import worker\n"
        "worker.limit()\n"
        "try:\n"
        "    bytearray(worker.MEMORY)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "refused\n"
