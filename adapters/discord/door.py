"""The Discord door: opens, stays open through outages, carries messages, closes."""

from __future__ import annotations

import asyncio
import logging

import discord

from adapters.discord import inspecting, people, warden
from adapters.discord.answering import Answering
from adapters.discord.client import (
    PRIVILEGED,
    Connection,
    ShardedConnection,
    ask_gateway,
    point_at,
    refused,
)
from adapters.discord.dialect import PLATFORM, Registered
from adapters.discord.guilds import Guilds
from adapters.discord.messenger import FirstContacts, Mail
from adapters.discord.sending import TROUBLE
from adapters.discord.settings import DiscordSettings
from adapters.discord.syncing import sync
from adapters.discord.windows import DiscordWindows
from bot.clock import Clock
from bot.domain.people import Account, Place
from bot.domain.showing import Happening
from bot.errors import PlatformUnavailable, SettingsError
from bot.runtime.core import Core
from bot.runtime.doors import Presence, Readers, Sent, Target, ToChannel, Trace
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.screen import Screen
from bot.runtime.warden import Sieve, SieveFound
from bot.tasks import TaskOwner
from bot.ui.parts import Can
from bot.ui.words import Msg

_log = logging.getLogger(__name__)

SYNC_PATIENCE = 5.0
"""Seconds that opening waits for the commands to be registered; a rate limit may take minutes."""
LAST_ANSWERS = 6.0
"""Seconds for what is being answered when the door closes."""
LAST_GOODBYE = 1.5
_FIRST_RETRY, _LONGEST_RETRY = 2.0, 300.0


class DiscordDoor:
    """An adapter; see `bot.runtime.doors.Door`."""

    platform = PLATFORM

    def __init__(self, settings: DiscordSettings, clock: Clock) -> None:
        unknown = [name for name in settings.intents if name not in PRIVILEGED]
        if unknown:
            raise SettingsError(
                f"discord.intents: {unknown[0]!r} is not one of {', '.join(PRIVILEGED)}"
            )
        if unknown := [id for id in settings.shard_ids if not 0 <= id < settings.shards]:
            raise SettingsError(
                f"discord.shard_ids: {unknown[0]} is not one of the {settings.shards} shards"
            )
        self._settings = settings
        self._mine = tuple(settings.shard_ids or range(settings.shards)) if settings.listens else ()
        self._guilds = Guilds(clock, shards=settings.shards, mine=frozenset(self._mine))
        self._registered = Registered()
        self._mail = Mail(
            self._registered, FirstContacts(settings.first_contacts_per_minute, clock)
        )
        self._windows = DiscordWindows(self._registered, pins=settings.pins, events=settings.events)
        self._tasks = TaskOwner("discord")
        self._client: Connection | None = None
        self._answering: Answering | None = None
        self._ready = asyncio.Event()
        self._synced = asyncio.Event()
        self._stopping = False
        self._wait = _FIRST_RETRY
        self._told = ""

    @property
    def connected(self) -> bool:
        """Whether there is a session with its socket; where none is wanted, as `_there`."""
        if self._client is None or not self._settings.listens:
            return self._there is not None
        return self._client.on_the_line

    async def start(self, core: Core) -> None:
        """Connect; returns once people can come in. Raises SettingsError for a refused token."""
        self._answering = Answering(core, self._registered, self.send)
        running = self._tasks.start("connection", self._stay(core, self._answering))
        ready = self._tasks.start("ready", self._ready.wait())
        await asyncio.wait({running, ready}, return_when=asyncio.FIRST_COMPLETED)
        if running.done():
            await self._tasks.close()
            running.result()
            return
        try:
            async with asyncio.timeout(SYNC_PATIENCE):
                await self._synced.wait()
        except TimeoutError:
            _log.info("open; the commands are still being registered")

    async def stop(self) -> None:
        """Take nothing new, finish what is being answered, close."""
        self._stopping = True
        if self._answering is not None:
            await self._answering.close(LAST_ANSWERS)
        if self._client is not None:
            closing = self._tasks.start("closing", self._client.close())
            # A gateway that does not say goodbye is left behind.
            await asyncio.wait({closing}, timeout=LAST_GOODBYE)
        await self._tasks.close()

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Carry a message that nobody waits for."""
        return await self._mail.send(self._there, target, screen, key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Another screen in place of what stands in a channel."""
        return await self._mail.change(self._there, at, trace, screen)

    async def forget(self, account: Account, passing: str) -> None:
        """Private replies here vanish by themselves, with everything in them."""

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who can read a channel. Raises PlatformUnavailable while there is no session."""
        if (client := self._there) is None:
            raise PlatformUnavailable
        return await people.readers(client, self._guilds, place, channel)

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Somebody's standing on a server. Raises PlatformUnavailable while there is no session."""
        if (client := self._there) is None:
            raise PlatformUnavailable
        return await people.look_up(client, self._guilds, place, account)

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        """What is missing on a server. Raises PlatformUnavailable."""
        if (client := self._there) is None:
            raise PlatformUnavailable
        return await inspecting.inspect(client, place, wanted, self._settings.intents)

    # What stands on a server ----------------------------------------------------------------------

    def keeps(self, place: Place) -> frozenset[Can]:
        """Events, where they are on."""
        return self._windows.keeps(place)

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Keep a message up to date."""
        return await self._windows.keep_posted(self._there, place, channel, message, screen)

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Remove a message."""
        return await self._windows.take_down(self._there, place, channel, message)

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        """Keep an event up to date."""
        return await self._windows.keep_event(self._there, place, event, happening)

    @property
    def _there(self) -> Connection | None:
        """What carries messages out, which it does without a socket too, once there was a session;
        where none is wanted, once Discord took the token.
        """
        if self._client is None:
            return None
        open_once = self._client.is_ready() if self._settings.listens else self._ready.is_set()
        return self._client if open_once else None

    # What others write --------------------------------------------------------------------------

    async def remove(self, place: Place, where: str, message: str) -> bool:
        """Take a message down; whether it is gone."""
        if self._client is None or not (where.isdecimal() and message.isdecimal()):
            return False
        return await warden.remove(self._client, where, message)

    async def sieve(self, sieve: Sieve) -> SieveFound | None:
        """How the AutoMod rules stand."""
        return None if self._client is None else await warden.sieve(self._client, sieve)

    async def write_sieve(self, sieve: Sieve) -> Msg | None:
        """Write or change the AutoMod rules."""
        return None if self._client is None else await warden.write(self._client, sieve)

    async def drop_sieve(self, sieve: Sieve) -> Msg | None:
        """Take the AutoMod rules away."""
        return None if self._client is None else await warden.drop(self._client, sieve)

    # Staying open -------------------------------------------------------------------------------

    async def _stay(self, core: Core, answering: Answering) -> None:
        point_at(self._settings.api_base)
        privileged = self._settings.intents
        while not self._stopping:
            self._client = client = self._connection(core, answering, privileged)
            try:
                async with client:
                    await client.login(self._settings.token)
                    if not self._settings.listens:
                        self._became_ready()
                        await asyncio.Event().wait()
                    await ask_gateway(client)
                    await client.connect()
            except discord.PrivilegedIntentsRequired:
                lacking = refused(client, privileged)
                privileged = tuple(name for name in privileged if name not in lacking)
                for name in lacking:
                    _log.warning(
                        "Discord does not grant the intent %r (Developer Portal, Bot, Privileged"
                        " Gateway Intents); going on without it: %s",
                        name,
                        PRIVILEGED[name],
                    )
                continue
            except discord.LoginFailure as failure:
                if not self._ready.is_set():
                    raise SettingsError("discord.token: Discord does not accept it") from failure
                _log.error("Discord does not accept the token any more")
            except TROUBLE as trouble:
                kind = type(trouble).__name__
                # A reason is told once: that it lasts is told by whoever watches all doors.
                level = logging.DEBUG if kind == self._told else logging.WARNING
                _log.log(level, "no connection to Discord: %s; next in %.0f s", kind, self._wait)
                self._told = kind
            if not self._stopping:
                await asyncio.sleep(self._wait)
                self._wait = min(self._wait * 2, _LONGEST_RETRY)

    def _connection(
        self, core: Core, answering: Answering, privileged: tuple[str, ...]
    ) -> Connection:
        shards, ready = self._settings.shards, self._became_ready
        if shards == 1:
            return Connection(core.registry, answering, privileged, ready)
        return ShardedConnection(
            *(core.registry, answering, privileged, ready),
            shard_count=shards,
            shard_ids=list(self._mine),
        )

    def _became_ready(self) -> None:
        client = self._client
        if client is None or self._stopping:
            return
        self._wait, self._told = _FIRST_RETRY, ""
        if not self._synced.is_set():
            self._tasks.start("commands", self._sync(client))
        self._ready.set()

    async def _sync(self, client: Connection) -> None:
        await sync(client.tree, self._registered)
        self._synced.set()
