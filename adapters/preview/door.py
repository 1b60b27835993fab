"""The preview as a door: opens a page on loopback and carries messages to its personas."""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, Protocol, runtime_checkable

from aiohttp import web

from adapters.preview.desk import Desk
from adapters.preview.guard import TOKEN, Guard
from adapters.preview.people import PERSONAS, PLACE, PLATFORM, People, Persona
from adapters.preview.render import body_of, pings_of
from adapters.preview.server import Server
from adapters.preview.world import BOT, DM, JSON, World
from bot.clock import Clock
from bot.domain.people import Account, Place, Standing
from bot.domain.showing import Happening
from bot.errors import SettingsError
from bot.runtime.core import Core
from bot.runtime.doors import (
    Delivered,
    Presence,
    Reach,
    Readers,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Trace,
    Undeliverable,
)
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.screen import Screen
from bot.runtime.web import Route
from bot.ui.parts import Can
from bot.ui.words import InChannel, _

_log = logging.getLogger(__name__)
HOST = "127.0.0.1"
_KEYS_KEPT = 5000
_MOST_STOPS = 200
_AFTER = timedelta(seconds=1)
"""So that what is due at a moment is due when the clock is there."""


class _Reticent(logging.LoggerAdapter[logging.Logger]):
    """Says what kind of failure there was; its text may hold what a person typed."""

    def exception(self, msg: object, *args: object, **kwargs: Any) -> None:
        failure = kwargs.get("exc_info")
        self.error("a request of the preview failed: %s", type(failure).__name__)


def _readable(channel: str) -> Lack:
    what = _(
        "Members can read {channel}, and what is said there is for moderators.",
        channel=InChannel(channel),
    )
    return Lack(channel, what, _("Choose another one."), readable=True)


@runtime_checkable
class Movable(Protocol):
    """A clock that can be moved."""

    def move(self, by: timedelta) -> None:
        """By so much."""
        ...


class PreviewDoor:
    """Serves the page from `start` to `stop`.

    `port` 0 takes any free one. The clock can be moved in the page if it has `move`; `moved` is
    called after it was, so that whoever waits for what is due looks again. `next_due` says when
    the next thing is due; `talk` fills the channels with something to read; `routes` are pages that
    stand beside the preview's own.
    """

    def __init__(
        self,
        port: int,
        clock: Clock,
        personas: Iterable[Persona] = PERSONAS,
        *,
        next_due: Callable[[], Awaitable[datetime | None]] | None = None,
        moved: Callable[[], Awaitable[None]] | None = None,
        talk: Callable[[World, datetime], None] | None = None,
        routes: Iterable[Route] = (),
    ) -> None:
        self._port = port
        self._clock = clock
        self._next_due = next_due
        self._moved = moved
        self._routes = tuple(routes)
        self._guard = Guard()
        self._people = People(personas)
        self.world = World(self._people)
        if talk is not None:
            talk(self.world, clock.now())
        self._sent: OrderedDict[str, str] = OrderedDict()
        self._runner: web.AppRunner | None = None
        self._server: Server | None = None

    @property
    def platform(self) -> str:
        """`preview`."""
        return PLATFORM

    @property
    def connected(self) -> bool:
        """Whether the page can be opened."""
        return self._runner is not None

    @property
    def address(self) -> str:
        """The full address, token included; known once started."""
        return f"http://{HOST}:{self._guard.port}/?{TOKEN}={self._guard.token}"

    async def start(self, core: Core) -> None:
        """Listen on loopback. Raises SettingsError if the port cannot be used."""
        desk = Desk(core, self.world, self._clock)
        self._server = Server(self._guard, self.world, desk, self, self._routes)
        runner = web.AppRunner(
            # No access log: it would hold the token.
            self._server.app(),
            access_log=None,
            logger=_Reticent(_log, {}),
            shutdown_timeout=5.0,
            handle_signals=False,
        )
        await runner.setup()
        site = web.TCPSite(runner, HOST, self._port)
        try:
            await site.start()
        except OSError as trouble:
            await runner.cleanup()
            raise SettingsError(f"port {self._port} cannot be used: {trouble.strerror}") from None
        self._runner = runner
        self._guard.port = int(runner.addresses[0][1])

    async def stop(self) -> None:
        """Finish what is held, close."""
        if self._server is not None:
            await self._server.close()
        if self._runner is not None:
            await self._runner.cleanup()
        self._server = self._runner = None

    # Messenger and Directory --------------------------------------------------------------------

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """A message that nobody asked for. A key that was sent already is not sent again."""
        if key in self._sent:
            return Delivered(self._sent[key])
        if isinstance(target, ToPerson):
            found = self._people.by_account(target.account)
            where = None if found is None else DM + found.id
            if found is not None and found.id in self.world.closed:
                return Undeliverable("messages_closed")
        else:
            here = target.place == PLACE and target.channel in self.world.channels
            where = target.channel if here else None
        if where is None:
            return Undeliverable("nobody_there")
        below = target.below if isinstance(target, ToChannel) else ""
        known = self.world.posted(where, int(below)) if below else None
        message = self.world.post(
            *(where, BOT, body_of(screen), self._clock.now()),
            thread=None if known is None else known.id,
            pings=pings_of(screen),
        )
        self._sent[key] = str(message.id)
        trace = Trace((str(message.id),))
        if len(self._sent) > _KEYS_KEPT:
            self._sent.popitem(last=False)
        return Delivered(str(message.id), trace)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Another screen in place of a message."""
        found = self.world.find(int(trace.messages[0]))
        if found is None or found.where != at.channel:
            return Undeliverable("gone")
        self.world.replace(found, body_of(screen))
        return Delivered(trace.messages[0], trace)

    async def forget(self, account: Account, passing: str) -> None:
        """Take down the private screens of a persona that were shown in passing."""
        found = self._people.by_account(account)
        if found is not None:
            self.world.forget(found.id, passing)

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who of the personas can read a channel."""
        found = self.world.channels.get(channel) if place == PLACE else None
        if found is None:
            return None
        inside = [one for one in self._people if found.open_to(one)]
        guests = any(Standing.GUEST in one.standing for one in inside)
        reach = Reach.SOME if found.staff else Reach.PLACE
        return Readers(reach, len(inside), guests)

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        """What a channel lacks: here only that members may read what is for moderators."""
        open_to_all = (
            each.channel
            for each in wanted
            if each.private and place == PLACE
            if (found := self.world.channels.get(each.channel)) is not None and not found.staff
        )
        return tuple(dict.fromkeys(_readable(channel) for channel in open_to_all))

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """The account's standing in the preview."""
        return self._people.presence(place, account)

    # What stands in a channel -------------------------------------------------------------------

    def keeps(self, place: Place) -> frozenset[Can]:
        """Messages only."""
        return frozenset()

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Change a pinned message, or post it."""
        if place != PLACE or channel not in self.world.channels:
            return Undeliverable("nobody_there")
        known = self.world.posted(channel, int(message)) if message is not None else None
        if known is not None:
            self.world.replace(known, body_of(screen))
            return Delivered(str(known.id))
        made = self.world.post(channel, BOT, body_of(screen), self._clock.now(), pinned=True)
        return Delivered(str(made.id))

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Take a message away."""
        known = self.world.posted(channel, int(message))
        if known is not None:
            self.world.remove(known)
        return Delivered(message)

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        """The preview has no events of its own."""
        return Undeliverable("no_events")

    # What others write --------------------------------------------------------------------------

    async def remove(self, place: Place, where: str, message: str) -> bool:
        """Take a message down; whether it is gone."""
        found = self.world.find(int(message)) if message.isdecimal() else None
        if found is not None:
            self.world.remove(found)
        return True

    # The clock in the page ----------------------------------------------------------------------

    def state(self) -> JSON:
        """The time, and whether it can be moved."""
        return {"now": self._clock.now().isoformat(), "moves": isinstance(self._clock, Movable)}

    async def move(self, by: timedelta) -> None:
        """Forward by so much, halting at everything due on the way, so that it comes in time."""
        target = self._clock.now() + by
        for _stop in range(_MOST_STOPS):
            due = await self._due()
            if due is None or not self._clock.now() < due < target - _AFTER:
                break
            await self._jump(due + _AFTER)
        await self._jump(target)

    async def to_next(self) -> bool:
        """Forward to just after the next thing due; False if nothing is."""
        due = await self._due()
        if due is None:
            return False
        await self._jump(max(due + _AFTER, self._clock.now()))
        return True

    async def _due(self) -> datetime | None:
        return None if self._next_due is None else await self._next_due()

    async def _jump(self, to: datetime) -> None:
        if isinstance(self._clock, Movable):
            self._clock.move(max(to - self._clock.now(), timedelta()))
            if self._moved is not None:
                await self._moved()
