"""The Slack door: what stands behind its line, and what goes out through it.

slack-bolt verifies, connects and reconnects; one middleware of ours takes every payload, so that
an acknowledgement waits for nothing and can be lost to nothing that comes after it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import aiohttp
from slack_bolt.response import BoltResponse
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import inspecting
from adapters.slack.answering import Answers
from adapters.slack.files import Files
from adapters.slack.heard import Hearing
from adapters.slack.home import Home
from adapters.slack.line import PATIENCE, Line, SlackSettings
from adapters.slack.manifest import granted
from adapters.slack.people import People
from adapters.slack.posting import Posting
from adapters.slack.routing import Router
from adapters.slack.trouble import LIBRARY_LOG
from adapters.slack.windows import SlackWindows
from bot.clock import Clock
from bot.domain.people import Account, Place
from bot.domain.showing import Happening
from bot.errors import PlatformUnavailable
from bot.metrics import Metrics
from bot.runtime.core import Core
from bot.runtime.doors import (
    Again,
    Presence,
    Readers,
    Sent,
    Target,
    ToChannel,
    Trace,
    Undeliverable,
)
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.screen import Screen
from bot.tasks import TaskOwner
from bot.ui.parts import Can

_FINISH_SECONDS = 4.0
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Open:
    """Everything that exists only while the door is open."""

    http: aiohttp.ClientSession
    api: AsyncWebClient
    place: Place
    people: People
    posting: Posting
    windows: SlackWindows
    router: Router
    tasks: TaskOwner
    metrics: Metrics


class SlackDoor:
    """Implements `Door` for one workspace."""

    platform = "slack"

    def __init__(self, settings: SlackSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._open: _Open | None = None
        self._line = Line(settings, self._take)
        self._stopping = False

    # Opening and closing ------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether payloads can arrive."""
        if self._open is None or not self._settings.listens:
            return self._open is not None
        return self._line.open

    @property
    def http_port(self) -> int:
        """Where HTTP mode listens, once it does."""
        return self._line.http_port

    async def start(self, core: Core) -> None:
        """Open; returns once people can come in. Raises SettingsError for a refused token."""
        self._stopping = False
        # Never `debug`, whatever the rest is set to: what people type is theirs.
        LIBRARY_LOG.setLevel(max(logging.INFO, LIBRARY_LOG.getEffectiveLevel()))
        http = aiohttp.ClientSession(timeout=PATIENCE)
        try:
            api = self._line.client(self._settings.bot_token, http)
            # Asked once, here: otherwise the first person who acts would pay for it.
            known = await self._line.patiently("slack.bot_token", api.auth_test)
            self._open = self._put_together(core, api, http, known)
            if self._settings.listens:
                await self._line.let_in(http, known, api)
        except BaseException:
            await self._line.close()
            await http.close()
            self._open = None
            raise
        _log.info("Slack is open (%s mode)", self._settings.mode)

    async def stop(self) -> None:
        """Take nothing new, finish what is held, close."""
        self._stopping = True
        held = self._open
        if held is None:
            return
        # What is being acknowledged right now still needs the connection.
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._line.over(), 3.0)
        await self._line.close()
        await held.tasks.close(grace=_FINISH_SECONDS)
        await held.http.close()
        self._open = None

    def _put_together(
        self,
        core: Core,
        api: AsyncWebClient,
        http: aiohttp.ClientSession,
        known: AsyncSlackResponse,
    ) -> _Open:
        workspace, prefix = str(known.get("team_id")), self._settings.prefix
        name, scopes = str(known.get("team") or ""), granted(known)
        people = People(api, self._clock, workspace, name, scopes)
        files = Files(api, http, self._settings.api_base)
        posting = Posting(api, files, workspace, prefix)
        answers = Answers(api, posting, core, workspace, prefix)
        home = Home(api, people, core, self._clock, workspace, prefix)
        tasks = TaskOwner("slack")
        router = Router(
            core,
            people,
            answers,
            files,
            home,
            tasks,
            Hearing(
                files,
                workspace,
                str(known.get("url") or "https://slack.com/"),
                str(known.get("user_id")),
            ),
            workspace=workspace,
            prefix=prefix,
        )
        here = Place("slack", workspace)
        windows = SlackWindows(api, workspace, prefix, pins=self._settings.pins)
        return _Open(http, api, here, people, posting, windows, router, tasks, core.metrics)

    async def _take(self, body: Mapping[str, Any]) -> BoltResponse:
        """The one middleware: bolt's listeners would acknowledge by polling, and lose an
        acknowledgement when something after it fails.
        """
        held = self._open
        if held is None or self._stopping:
            return BoltResponse(status=503, body="")
        began = perf_counter()
        try:
            return await held.router.take(body)
        finally:
            held.metrics.acknowledged(self.platform, perf_counter() - began)

    # Messenger and Directory --------------------------------------------------------------------

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Carry an unrequested message."""
        held = self._open
        if held is None:
            return Again(5.0)
        return await held.posting.send(target, screen, key)

    def keeps(self, place: Place) -> frozenset[Can]:
        """Messages only: Slack has no events of its own."""
        return frozenset()

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Keep a message up to date."""
        held = self._open
        if held is None:
            return Again(5.0)
        return await held.windows.keep_posted(place, channel, message, screen)

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Remove a message."""
        held = self._open
        return Again(5.0) if held is None else await held.windows.take_down(place, channel, message)

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        """Nothing of the kind."""
        return Undeliverable("no_events")

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Another screen in place of what stands in a channel."""
        held = self._open
        if held is None:
            return Again(5.0)
        return await held.posting.change(at, trace, screen)

    async def forget(self, account: Account, passing: str) -> None:
        """Delete the files of a private screen; they would stay in the conversation."""
        held = self._open
        if held is not None:
            await held.posting.forget(account.user, passing)

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who can read a channel. Raises PlatformUnavailable."""
        held = self._open
        if held is None:
            raise PlatformUnavailable
        return await held.people.readers(place, channel)

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Somebody's standing in a place, as Slack says now. Raises PlatformUnavailable."""
        held = self._open
        if held is None:
            raise PlatformUnavailable
        return await held.people.look_up(place, account)

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        """What the app lacks here. Raises PlatformUnavailable."""
        held = self._open
        if held is None or held.place != place:
            raise PlatformUnavailable
        hears = self._settings.help_channels
        return await inspecting.inspect(held.api, wanted, hears_channels=hears)
