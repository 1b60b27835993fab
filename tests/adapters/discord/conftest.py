"""The real adapter and core against the local Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from bot.clock import HandMovedClock
from bot.domain.people import Place
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.services.ports import Store, Work
from storage.memory import MemoryStore
from tests.adapters.discord.gallery import Gallery
from tests.discord_server import DiscordServer, Guild
from tests.discord_server.fixtures import discord_guild, discord_server, requests_unchecked
from tests.discord_server.person import Person

__all__ = ["discord_guild", "discord_server", "requests_unchecked"]

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@dataclass
class Bot:
    """A running bot; `restart` is a new process as far as Discord can tell."""

    server: DiscordServer
    guild: Guild
    store: Store
    gallery: Gallery = field(default_factory=Gallery)
    clock: HandMovedClock = field(default_factory=lambda: HandMovedClock(NOW))
    settings: dict[str, object] = field(default_factory=dict[str, object])
    door: DiscordDoor | None = None
    core: Core = field(init=False)

    async def start(self) -> DiscordDoor:
        given = DiscordSettings(self.server.token, self.server.api_base, **self.settings)  # pyright: ignore[reportArgumentType]
        doors = Doors()
        self.door = DiscordDoor(given, self.clock)
        doors.add(self.door)
        self.core = Core(Registry([self.gallery.feature()]), self.store, self.clock, doors)
        await self.door.start(self.core)
        return self.door

    async def stop(self) -> None:
        if self.door is not None:
            await self.door.stop()
            self.door = None

    async def restart(self) -> DiscordDoor:
        await self.stop()
        return await self.start()

    @property
    def open(self) -> DiscordDoor:
        assert self.door is not None
        return self.door


def open_community(work: Work, place: Place) -> None:
    """A community that is set up."""
    community = work.communities.add(place, "Trainees", NOW)
    work.communities.mark_set_up(community.id, "UTC", NOW)


@pytest_asyncio.fixture
async def idle(discord_server: DiscordServer, discord_guild: Guild) -> AsyncIterator[Bot]:
    """A bot that is not running yet."""
    store = MemoryStore()
    await store.write(open_community, Place("discord", str(discord_guild.id)))
    bot = Bot(discord_server, discord_guild, store)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        stack.push_async_callback(bot.stop)
        yield bot


@pytest_asyncio.fixture
async def bot(idle: Bot) -> Bot:
    """A running bot."""
    await idle.start()
    return idle


@pytest.fixture
def member(bot: Bot) -> Callable[[str], Person]:
    """Makes members of the server."""
    return lambda name: bot.server.person(name, bot.guild)
