"""The processes of one bot on PostgreSQL, each of which may be killed at any moment and comes back.

Two gateways share the shards, two hear Slack, two work. Seeded: which of them dies, how, and how
long after the moment that it was meant to hit.
"""

from __future__ import annotations

import asyncio
import random
import time
from dataclasses import dataclass, field

from bot.runtime.delivery import LEASE
from tests.walks.conftest import Town
from tests.walks.process import Process

SHARDS = "2"
PARTS: dict[str, tuple[str, dict[str, str]]] = {
    "gateway 0": ("gateway", {"DISCORD__SHARDS": SHARDS, "DISCORD__SHARD_IDS": "[0]"}),
    "gateway 1": ("gateway", {"DISCORD__SHARDS": SHARDS, "DISCORD__SHARD_IDS": "[1]"}),
    "slack 0": ("slack", {}),
    "slack 1": ("slack", {}),
    "worker 0": ("worker", {"DISCORD__SHARDS": SHARDS}),
    "worker 1": ("worker", {"DISCORD__SHARDS": SHARDS}),
}
APART = LEASE.total_seconds() + 3.0
"""Seconds between two deaths of workers: the others have one lease to make up for one death."""
LAST = 10.0
"""Seconds that a process may take to finish what it holds."""
GENTLE = 0.25
"""The share of deaths that are a SIGTERM."""


@dataclass
class Crew:
    """All processes. `deaths` counts by part; `wrong` is what none of them may say or do."""

    town: Town
    url: str
    chance: random.Random
    patience: float = 1.0
    """How many times the time limits: for machines that are busy with other things."""
    running: dict[str, Process] = field(default_factory=dict[str, Process])
    deaths: dict[str, int] = field(default_factory=dict[str, int])
    wrong: list[str] = field(default_factory=list[str])
    hit: dict[str, float] = field(default_factory=dict[str, float])
    """When a part of this role died last, by `time.monotonic()`."""
    _coming: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def start(self) -> None:
        """The first brings the tables; then all the others at once."""
        first, *others = PARTS
        await self._begin(first)
        await asyncio.gather(*(self._begin(part) for part in others))

    async def stop(self) -> None:
        """Whoever is away comes back first; then all are asked to stop."""
        await asyncio.gather(*self._coming)
        for part in PARTS:
            await self._leave(part)

    def strike(self, role: str) -> None:
        """Perhaps kill one of this role in the next moment; at most one of a role is away."""
        apart = APART if role == "worker" else 0.0
        parts = [part for part in PARTS if part.startswith(role)]
        if any(part not in self.running for part in parts):
            return
        if time.monotonic() - self.hit.get(role, -APART) < apart:
            return
        part = self.chance.choice(parts)
        process = self.running.pop(part)
        self.hit[role] = time.monotonic() + 1.0  # nobody else of the role before this one is gone
        task = asyncio.create_task(self._strike(role, part, process), name=f"strike {part}")
        self._coming.add(task)
        task.add_done_callback(self._coming.discard)

    async def _strike(self, role: str, part: str, process: Process) -> None:
        await asyncio.sleep(self.chance.uniform(0.0, 0.4))
        self.deaths[part] = self.deaths.get(part, 0) + 1
        if self.chance.random() < GENTLE:
            await self._end(part, process)
        else:
            await process.kill()
        self.hit[role] = time.monotonic()
        self._listen(part, process)
        await asyncio.sleep(self.chance.uniform(0.0, 3.0))
        await self._begin(part)

    async def _begin(self, part: str) -> None:
        role, more = PARTS[part]
        process = await self.town.begin("--role", role, DATABASE_URL=self.url, **more)
        await process.says("ready on")
        self.running[part] = process

    async def _leave(self, part: str) -> None:
        process = self.running.pop(part)
        await self._end(part, process)
        self._listen(part, process)

    async def _end(self, part: str, process: Process) -> None:
        try:
            code = await process.stop(within=LAST * self.patience)
        except AssertionError:
            await process.kill()
            self.wrong.append(f"{part} was not gone {LAST * self.patience:.0f} s after SIGTERM")
            return
        if code != 0:
            self.wrong.append(f"{part} ended with {code} after SIGTERM")

    def _listen(self, part: str, process: Process) -> None:
        if "Traceback" in process.said:
            self.wrong.append(f"{part} wrote a traceback:\n{process.said}")
