"""kill -9 while 1,000 messages go out: none lost, repeats within the in-flight bound and marked."""

from __future__ import annotations

import asyncio
import random
import signal
import sys
from collections import Counter
from pathlib import Path

import pytest

from bot.runtime import groups

COUNT = 1000
BOUNDS = {0.03: groups.LEAST, 0.0: groups.MOST}
"""The most that can be repeated for each death, by what a message takes: over a network, and
where it takes nothing.
"""
ROOT = Path(__file__).parents[2]


async def postman(url: str, file: Path, takes: float) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.runtime.postman", url, str(file), str(COUNT), str(takes)),
        cwd=ROOT,
    )


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="ascii").splitlines() if file.exists() else []


@pytest.mark.timeout(240)
@pytest.mark.parametrize("takes", BOUNDS)
async def test_nothing_is_lost_and_repeats_are_marked(
    shared_url: str, tmp_path: Path, takes: float
) -> None:
    file = tmp_path / "sent"
    chance = random.Random(7)
    deaths = 0
    for _death in range(2):
        process = await postman(shared_url, file, takes)
        goal = len(lines(file)) + chance.randrange(150, 350)
        while len(lines(file)) < goal and process.returncode is None:  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.005)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            deaths += 1
        await process.wait()
    assert deaths == 2
    last = await postman(shared_url, file, takes)
    assert await asyncio.wait_for(last.wait(), 120) == 0
    said = lines(file)
    sent = Counter(line.removesuffix(" again") for line in said)
    assert set(sent) == {f"k{number}" for number in range(COUNT)}
    repeated = [key for key, times in sent.items() if times > 1]
    assert len(repeated) <= deaths * BOUNDS[takes]
    assert max(sent.values()) <= 1 + deaths
    marked = {line.removesuffix(" again") for line in said if line.endswith(" again")}
    assert set(repeated) <= marked, "whoever gets a message twice is told that it may be a repeat"


@pytest.mark.timeout(240)
async def test_the_others_finish_what_a_killed_worker_had_claimed(
    postgres_url: str, tmp_path: Path
) -> None:
    """Three workers at one table, two of them killed: the third sends all that is left."""
    file, takes = tmp_path / "sent", 0.03
    chance = random.Random(11)
    processes = [await postman(postgres_url, file, takes) for _number in range(3)]
    deaths = 0
    for process in processes[:2]:
        goal = len(lines(file)) + chance.randrange(100, 250)
        while len(lines(file)) < goal and process.returncode is None:  # noqa: ASYNC110 - a file
            await asyncio.sleep(0.005)
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
            deaths += 1
        await process.wait()
    assert deaths == 2
    assert await asyncio.wait_for(processes[2].wait(), 120) == 0
    said = lines(file)
    sent = Counter(line.removesuffix(" again") for line in said)
    assert set(sent) == {f"k{number}" for number in range(COUNT)}
    repeated = {key for key, times in sent.items() if times > 1}
    assert len(repeated) <= deaths * BOUNDS[takes]
    assert repeated <= {line.removesuffix(" again") for line in said if line.endswith(" again")}
