"""One seed from beginning to end, and what a failing one prints."""

import asyncio
from dataclasses import dataclass
from random import Random

from bot.runtime.feature import Course, Notice
from bot.services import pairs, questions
from bot.services.follow_ups import sending
from bot.services.follow_ups.telling import STEP_KIND, Kind
from bot.services.office_hours.telling import Kind as Hours
from bot.services.ports import Store
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from storage import memory_store
from tests.simulation.acts import Acts
from tests.simulation.crashes import FragileStore
from tests.simulation.rules import CLOSINGS, Broken, Rules
from tests.simulation.world import SPAN, START, World, quiet_logs

SIZE = 6
RISK = 0.004


@dataclass
class Outcome:
    """What became of a seed. `broken` is None if every rule held."""

    seed: int
    broken: str | None
    steps: int
    letters: int
    crashes: int
    history: tuple[str, ...]

    def __str__(self) -> str:
        if self.broken is None:
            return f"seed {self.seed}: {self.steps} steps, {self.letters} letters"
        lines = "\n  ".join(self.history)
        return (
            f"seed {self.seed} broke a rule: {self.broken}\n  {lines}\n"
            f"again: make simulate ARGS='--seed {self.seed}'"
        )


def notices() -> dict[str, Notice]:
    """Every kind of delivery, with the real course of the engine and one word each."""

    async def compose(row: object, late: bool) -> Reply:
        return Reply((Text(_("Something to read.")),))

    step = Course(sending.admit, sending.said, sending.undelivered)
    digest = Course(sending.admit_digest, sending.said_digest, sending.undelivered_digest)
    news = Course(sending.admit_news, sending.told_news, sending.missed_news)
    closing = Course(sending.admit_closing, sending.told_news, sending.missed_news)
    courses = {
        **dict.fromkeys(STEP_KIND.values(), step),
        Kind.DIGEST: digest,
        **dict.fromkeys((Kind.MOVED, Kind.NOT_DELIVERED), news),
        **dict.fromkeys(pairs.Kind, news),
        **dict.fromkeys(CLOSINGS, closing),
        **dict.fromkeys(questions.Kind, news),
        **dict.fromkeys(Hours, news),
        Kind.ELSEWHERE: None,
    }
    return {kind: Notice(kind, compose, course=course) for kind, course in courses.items()}


async def simulate(
    seed: int, store: Store, *, size: int = SIZE, risk: float = RISK, holds: bool = False
) -> Outcome:
    """Two years of a community; with `holds`, moderators stop every message now and then."""
    quiet_logs()
    random = Random(seed)
    world = World(seed, FragileStore(store, random, 0.0), notices(), random, holds=holds)
    await world.found(size)
    world.store.risk = risk
    acts = Acts(world)
    rules = Rules(world, acts)
    broken: str | None = None
    try:
        await world.run(START + SPAN, rules.check)
        await rules.at_the_end()
    except Broken as failure:
        broken = str(failure)
    return Outcome(
        seed,
        broken,
        world.steps,
        len(world.letters),
        world.store.crashes,
        tuple(world.history),
    )


def in_memory(seed: int, *, holds: bool = False) -> Outcome:
    """A seed on a store in memory, in a loop of its own."""
    store = memory_store()
    try:
        return asyncio.run(simulate(seed, store, holds=holds))
    finally:
        store.close_now()
