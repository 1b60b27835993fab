"""A community that more than one person manages, set up: where moderators are tried out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime

from bot.domain.people import Standing
from bot.runtime.caller import Arrival
from bot.runtime.screen import Screen, Shown
from tests.golden.walk import Platform, Walk, walk_on
from tests.messages_read import wire

PLATFORM = Platform(
    "discord", "100", frozenset(), {"Mia": "1", "Ben": "2", "Ana": "3", "Gus": "4", "Zoe": "5"}
)


class House(Walk):
    """A walk in which more than one person manages the place."""

    managers = frozenset({"Mia", "Zoe"})

    def arrival(self, who: str) -> Arrival:
        found = super().arrival(who)
        standing = Standing.MANAGER if who in self.managers else found.standing
        return replace(found, standing=standing)

    async def carried(self, until: datetime) -> list[tuple[str, Screen]]:
        """What goes out by then, to whom."""
        self.door.carried.clear()
        self.clock.set(until)
        await self.dispatcher.ring()
        return list(self.door.carried)


async def press(house: House, who: str, shown: Shown, label: str) -> Shown:
    return await house.core.press(house.arrival(who), wire(shown, label))


async def choose(house: House, who: str, shown: Shown, label: str, value: str) -> Shown:
    return await house.core.press(house.arrival(who), wire(shown, label), (value,))


@asynccontextmanager
async def open_house() -> AsyncIterator[House]:
    """Two who manage it, and members."""
    async with walk_on(PLATFORM) as walk:
        made = House(**vars(walk))
        start = await made.types("", "Mia", "setup start")
        await made.presses("", "Mia", start, "Use the defaults")
        yield made
