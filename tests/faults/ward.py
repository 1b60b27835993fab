"""The whole bot on one platform, in this process, with a clock moved by hand and a database that
can be away: where every feature meets every trouble.

The platform is the one of the contract suite; the bot is put together as the program does it.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest

import bot.app
from bot.app import App, moved, registry_of, running
from bot.domain.people import Account, Place
from bot.errors import StoreUnavailable
from bot.runtime.scanning import Scanning
from bot.settings import Settings, SetupSettings
from storage import MemoryStore, memory_store
from tests.contract.on_discord import OnDiscord
from tests.contract.on_slack import OnSlack
from tests.contract.stage import Seen

PATIENCE = 20.0
AWAY = "The database is away for a test."
Platform = OnDiscord | OnSlack
STAGES: dict[str, Callable[[], Platform]] = {"discord": OnDiscord, "slack": OnSlack}


class Shaky:
    """A store that can be told to be away for the next transactions, before or after they count."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self.away = 0
        """How many more writes and reads fail."""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _look(self) -> None:
        if self.away > 0:
            self.away -= 1
            raise StoreUnavailable(AWAY)

    async def write(self, use_case: Any, *given: Any, **named: Any) -> Any:
        self._look()
        return self._store.write_now(use_case, *given, **named)

    async def read(self, use_case: Any, *given: Any, **named: Any) -> Any:
        self._look()
        return self._store.read_now(use_case, *given, **named)

    async def close(self) -> None:
        """It outlives the bot: the next one finds what this one wrote."""


class Lent(Scanning):
    """A search that outlives the bots it is lent to: to start one takes seconds."""

    async def close(self) -> None:
        """Not yet."""

    async def end(self) -> None:
        """Nobody needs it any more."""
        await super().close()


@dataclass
class Ward:
    """A running bot and its platform."""

    stage: Platform
    store: Shaky
    app: App

    @property
    def place(self) -> Place:
        """The server or workspace."""
        if isinstance(self.stage, OnDiscord):
            return Place("discord", str(self.stage.guild.id))
        return Place("slack", self.stage.slack.workspace.id)

    @property
    def channel(self) -> str:
        """`general`, as the platform calls it."""
        if isinstance(self.stage, OnDiscord):
            return str(self.stage.general.id)
        return self.stage.slack.channel("general").id

    def account(self, who: str) -> Account:
        """Who somebody is to the bot."""
        person = self.stage.people[who]
        if isinstance(self.stage, OnDiscord):
            return Account("discord", "", str(person.id))
        return Account("slack", self.place.workspace, str(person.id))

    async def dm(self, who: str, words: str, within: float = PATIENCE) -> Seen:
        """The direct message to somebody with these words, once it is there."""
        if isinstance(self.stage, OnDiscord):
            person = self.stage.people[who]
            found = await person.sees(words, channel=person.dm, within=within)
            return Seen(found.text, True, labels=list(found.labels), of=[found])
        person = self.stage.people[who]
        message = await person.gets_dm(words, within=within)
        return Seen(person.words(message), True, labels=person.labels(message), of=[message])

    def add(self, *names: str) -> None:
        """More people."""
        for name in names:
            self.stage.add_person(name)

    async def look(self) -> None:
        """Upkeep and deliveries look at once, as they do when a clock was moved."""
        await moved(self.app)


@asynccontextmanager
async def opened(
    platform: str, scans: Lent, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Ward]:
    """A ward, until it closes; closing fails if a request was against the platform's rules."""
    stage, store = STAGES[platform](), Shaky(memory_store())
    await stage.open_place(registry_of(stage.store, stage.clock, scans))
    try:
        async with serving(stage, store, scans, monkeypatch) as ward:
            yield ward
    finally:
        await stage.store.close()
        await store._store.close()  # pyright: ignore[reportPrivateUsage]
        await stage.close_place()


@asynccontextmanager
async def serving(
    stage: Platform, store: Shaky, scans: Lent, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Ward]:
    """The bot on a platform that is there already."""

    async def there(_url: str) -> Shaky:
        return store

    def lent(_processes: int, _seconds: float, _took: object) -> Lent:
        return scans

    monkeypatch.setattr(bot.app, "open_store", there)
    monkeypatch.setattr(bot.app, "Scanning", lent)
    settings = Settings.model_construct(setup=SetupSettings(defaults=True, conduct=False))
    async with running(settings, "sqlite://", stage.clock, [stage.door]) as app:
        if isinstance(stage, OnSlack):
            await stage.slack.connected()
        yield Ward(stage, store, app)
