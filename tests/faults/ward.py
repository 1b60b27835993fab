"""The whole bot on one platform, in this process, with a clock moved by hand and a database that
can be away: where every feature meets every trouble.

The platform is the one of the contract suite; the bot is put together as the program does it.
"""

from __future__ import annotations

import itertools
import logging
from collections import defaultdict
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

import bot.app
from bot.app import App, moved, registry_of, running
from bot.domain.people import Account, Place
from bot.errors import StoreUnavailable
from bot.runtime.scanning import Scanning
from bot.services.ports import Work
from bot.settings import Settings, SetupSettings
from storage import MemoryStore, memory_store
from tests.contract.guarded import TELLING
from tests.contract.on_discord import OnDiscord
from tests.contract.on_slack import OnSlack
from tests.contract.stage import MODERATOR, Seen, Where, seen, sheet

PATIENCE = 20.0
AWAY = "The database is away for a test."
Platform = OnDiscord | OnSlack
STAGES: dict[str, Callable[[], Platform]] = {"discord": OnDiscord, "slack": OnSlack}


_LENT: dict[str, Shaky] = {}
_NUMBERS = itertools.count(1)
_LANE: ContextVar[str] = ContextVar("lane", default="")


class Ears(logging.Handler):
    """What each lane's bot writes into the log, although several of them run in this process."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._of: defaultdict[str, list[logging.LogRecord]] = defaultdict(list)

    def emit(self, record: logging.LogRecord) -> None:
        self._of[_LANE.get()].append(record)

    def taken(self) -> list[logging.LogRecord]:
        """What this lane's bot wrote since the last time."""
        return self._of.pop(_LANE.get(), [])

    @contextmanager
    def listening(self) -> Iterator[None]:
        """From here on."""
        root = logging.getLogger()
        root.addHandler(self)
        try:
            yield
        finally:
            root.removeHandler(self)


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
    bot: AsyncExitStack
    """The process, so to speak: closed, it has stopped as SIGTERM makes it stop."""
    begin: Callable[[], Awaitable[tuple[App, AsyncExitStack]]]
    """The next one."""
    number: int = 0
    """Of the round that is played."""

    async def restarts(self) -> None:
        """The bot is told to stop, and a new one comes that knows what the database knows."""
        await self.bot.aclose()
        self.app, self.bot = await self.begin()

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

    async def watched(self) -> None:
        """What is written in the channel is looked at by the guard from now on."""
        stage = self.stage
        panel = seen(await stage.command(MODERATOR, "setup guard", {}))
        form = await stage.press(MODERATOR, panel, "Choose for a channel")
        if isinstance(form, Seen):  # a busy machine had it ready too late
            form = await stage.press(MODERATOR, form, "Continue")
        form = sheet(form)
        echo = seen(await stage.send(MODERATOR, form, {"channel": Where(), "watch": "hold"}))
        await stage.press(MODERATOR, echo, "Confirm")

    async def says(self, who: str) -> Seen:
        """Somebody writes what tells who a patient is; no answer is waited for."""
        await self.stage.say(who, TELLING)
        return Seen("", private=True)

    def close_messages(self, who: str, *, closed: bool = True) -> None:
        """Somebody takes no direct messages any more, or takes them again."""
        if isinstance(self.stage, OnDiscord):
            self.stage.people[who].user.dms_open = not closed
        else:
            self.stage.people[who].user.dms_refused_with = "cannot_dm_bot" if closed else None

    async def leaves(self, who: str) -> None:
        """Somebody leaves the server or workspace."""
        if isinstance(self.stage, OnDiscord):
            self.stage.server.leave(self.stage.guild, self.stage.people[who].user)
        else:
            await self.stage.people[who].leaves_workspace()

    def moderates(self, who: str, *, may: bool) -> None:
        """Somebody is given the right to moderate, or loses it."""
        if isinstance(self.stage, OnDiscord):
            change = self.stage.server.give_role if may else self.stage.server.take_role
            change(self.stage.guild, self.stage.people[who].user, self.stage.boss)
        else:
            self.stage.people[who].user.is_admin = may
            self.stage.clock.move(timedelta(minutes=2))  # who somebody is, is known for a minute

    async def posts_go_to_what_is_gone(self) -> None:
        """The channel of questions and cases is deleted, and nobody has told the bot of another."""
        name = f"lounge{self.number}"
        if isinstance(self.stage, OnDiscord):
            channel = self.stage.server.add_channel(self.stage.guild, name)
            await self.serves(str(channel.id), "questions", "cases")
            self.stage.server.remove_channel(channel)
        else:
            place = self.stage.slack.channel(name)
            await self.serves(place.id, "questions", "cases")
            del self.stage.slack.workspace.channels[place.id]

    async def serves(self, channel: str, *purposes: str) -> None:
        """What this channel is for, as moderators say."""

        def choose(work: Work) -> None:
            home = work.communities.of(self.place)
            assert home is not None
            for purpose in purposes:
                work.communities.set_channel(home.id, purpose, self.place, channel)

        await self.app.store.write(choose)

    async def look(self) -> None:
        """Upkeep and deliveries look at once, as they do when a clock was moved."""
        await moved(self.app)
        async with self.app.dispatcher._lock:  # pyright: ignore[reportPrivateUsage]
            pass  # whatever was being sent when the bell rang


@asynccontextmanager
async def opened(
    platform: str, scans: Lent, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[Ward]:
    """A ward, until it closes; closing fails if a request was against the platform's rules."""
    stage, store = STAGES[platform](), Shaky(memory_store())
    _LANE.set(f"{platform} {next(_NUMBERS)}")
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

    def lent(_processes: int, _seconds: float, _took: object) -> Lent:
        return scans

    url = f"lent:{next(_NUMBERS)}"
    _LENT[url] = store
    monkeypatch.setattr(bot.app, "open_store", _lent)
    monkeypatch.setattr(bot.app, "Scanning", lent)
    settings = Settings.model_construct(setup=SetupSettings(defaults=True, conduct=False))

    async def begin() -> tuple[App, AsyncExitStack]:
        stack = AsyncExitStack()
        app = await stack.enter_async_context(running(settings, url, stage.clock, [stage.door]))
        if isinstance(stage, OnSlack):
            await stage.slack.connected()
        return app, stack

    async def again() -> tuple[App, AsyncExitStack]:
        stage.new_door()
        return await begin()

    ward = Ward(stage, store, *await begin(), again)
    try:
        yield ward
    finally:
        await ward.bot.aclose()


async def _lent(url: str) -> Shaky:
    return _LENT[url]
