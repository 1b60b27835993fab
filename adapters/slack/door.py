"""The Slack door: connects by Socket Mode or listens for HTTP, and closes cleanly.

slack-bolt verifies, connects and reconnects; one middleware of ours takes every payload, so that
an acknowledgement waits for nothing and can be lost to nothing that comes after it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any, Literal

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import (
    AsyncConnectionErrorRetryHandler,
    AsyncRateLimitErrorRetryHandler,
)
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack import inspecting
from adapters.slack.answering import Answers
from adapters.slack.files import Files
from adapters.slack.heard import Hearing
from adapters.slack.home import Home
from adapters.slack.manifest import PATH, granted
from adapters.slack.people import People
from adapters.slack.posting import Posting
from adapters.slack.routing import Router
from adapters.slack.trouble import LIBRARY_LOG, TROUBLE, code_of
from adapters.slack.windows import SlackWindows
from bot.clock import Clock
from bot.domain.people import Account, Place
from bot.domain.showing import Happening
from bot.errors import PlatformUnavailable, SettingsError
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

PING_SECONDS = 3.0
"""A broken connection is noticed within a few of these (Slack's default of 10 is too deaf)."""
_FINISH_SECONDS = 4.0
_PATIENCE = aiohttp.ClientTimeout(total=30)
_RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
_REFUSED_TOKEN = frozenset(
    (
        "not_authed",
        "invalid_auth",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "not_allowed_token_type",
        "missing_scope",
    )
)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SlackSettings:
    """What the door needs to know. `api_base` is the whole prefix of the Web API's paths."""

    bot_token: str
    app_token: str | None = None
    """For Socket Mode."""
    signing_secret: str | None = None
    """For HTTP mode."""
    api_base: str = "https://slack.com/api/"
    prefix: str = "ir-"
    mode: Literal["socket", "http"] = "socket"
    help_channels: bool = False
    http_port: int = 3000
    http_host: str | None = None
    """Where HTTP mode listens; None: on every address of this machine."""
    listens: bool = True
    """Without it nothing comes in, and the door only carries messages out."""
    pins: bool = False
    """Whether the manifest asks for the right to pin messages."""

    def __repr__(self) -> str:
        return f"SlackSettings(api_base={self.api_base!r}, mode={self.mode!r})"  # no secrets


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


class _Answering:
    """What came in and is not acknowledged yet."""

    def __init__(self) -> None:
        self._held = 0
        self._none = asyncio.Event()
        self._none.set()

    def __enter__(self) -> None:
        self._held += 1
        self._none.clear()

    def __exit__(self, *_how: object) -> None:
        self._held -= 1
        if not self._held:
            self._none.set()

    async def over(self) -> None:
        """Wait until everything is acknowledged."""
        await self._none.wait()


class _Socket(AsyncSocketModeHandler):
    """Bolt's handler; what it holds until the acknowledgement is written, is counted."""

    answering: _Answering

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Answer one request of the socket."""
        with self.answering:
            await super().handle(client, req)


class SlackDoor:
    """Implements `Door` for one workspace."""

    platform = "slack"

    def __init__(self, settings: SlackSettings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._open: _Open | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._runner: web.AppRunner | None = None
        self._stopping = False
        self._answering = _Answering()
        self.http_port = 0
        """Where HTTP mode listens, once it does."""

    # Opening and closing ------------------------------------------------------------------------

    @property
    def connected(self) -> bool:
        """Whether payloads can arrive."""
        if self._open is None or not self._settings.listens:
            return self._open is not None
        session = None if self._socket is None else self._socket.client.current_session
        return self._runner is not None or (session is not None and not session.closed)

    async def start(self, core: Core) -> None:
        """Open; returns once people can come in. Raises SettingsError for a refused token."""
        self._stopping = False
        # Never `debug`, whatever the rest is set to: what people type is theirs.
        LIBRARY_LOG.setLevel(max(logging.INFO, LIBRARY_LOG.getEffectiveLevel()))
        http = aiohttp.ClientSession(timeout=_PATIENCE)
        try:
            api = self._client(self._settings.bot_token, http)
            # Asked once, here: otherwise the first person who acts would pay for it.
            known = await self._patiently("slack.bot_token", api.auth_test)
            self._open = self._put_together(core, api, http, known)
            if self._settings.listens:
                await self._let_in(self._bolt(http, known), api)
        except BaseException:
            await self._close_doors()
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
            await asyncio.wait_for(self._answering.over(), 3.0)
        await self._close_doors()
        await held.tasks.close(grace=_FINISH_SECONDS)
        await held.http.close()
        self._open = None

    async def _close_doors(self) -> None:
        if self._socket is not None:
            await self._socket.close_async()
            self._socket = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def _client(self, token: str | None, http: aiohttp.ClientSession) -> AsyncWebClient:
        base = self._settings.api_base
        return AsyncWebClient(
            token=token,
            base_url=base if base.endswith("/") else f"{base}/",
            session=http,
            logger=LIBRARY_LOG,
            retry_handlers=[
                AsyncConnectionErrorRetryHandler(),
                AsyncRateLimitErrorRetryHandler(max_retry_count=2),
            ],
        )

    async def _patiently(
        self, setting: str, ask: Callable[[], Awaitable[AsyncSlackResponse]]
    ) -> AsyncSlackResponse:
        """An answer of Slack's; while Slack is away it is asked again and again."""
        tries = 0
        while True:
            try:
                return await ask()
            except TROUBLE as failure:
                code = code_of(failure)
                if isinstance(failure, SlackApiError) and code in _REFUSED_TOKEN:
                    raise SettingsError(f"{setting}: Slack refuses it ({code})") from None
                wait = _RETRY_SECONDS[min(tries, len(_RETRY_SECONDS) - 1)]
                _log.warning("Slack does not answer (%s); trying again in %s s", code, wait)
            tries += 1
            await asyncio.sleep(wait)

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

    def _bolt(self, http: aiohttp.ClientSession, known: AsyncSlackResponse) -> AsyncApp:
        who = AuthorizeResult(
            enterprise_id=None,
            team_id=known.get("team_id"),
            bot_user_id=known.get("user_id"),
            bot_id=known.get("bot_id"),
            bot_token=self._settings.bot_token,
        )

        async def authorize() -> AuthorizeResult:
            return who

        async def failed(error: Exception) -> BoltResponse:
            # Only the type: the text of an exception may hold what a person typed.
            _log.error("a payload failed: %s", type(error).__name__)
            return BoltResponse(status=500, body="")

        # Without a token of its own, because bolt would ask Slack about it at the first request.
        app = AsyncApp(
            logger=LIBRARY_LOG,
            client=self._client(None, http),
            signing_secret=self._settings.signing_secret or "",
            authorize=authorize,
        )
        app.error(failed)
        app.middleware(self._take)
        return app

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

    async def _let_in(self, app: AsyncApp, api: AsyncWebClient) -> None:
        if self._settings.mode == "socket":
            await self._connect(app, api)
        else:
            await self._listen(app)

    async def _connect(self, app: AsyncApp, api: AsyncWebClient) -> None:
        # Asked here first, so that a refused token is one readable line, not a retry for ever.
        token = self._settings.app_token or ""
        await self._patiently("slack.app_token", lambda: api.apps_connections_open(app_token=token))
        self._socket = _Socket(
            app, token, logger=LIBRARY_LOG, web_client=api, ping_interval=PING_SECONDS
        )
        self._socket.answering = self._answering
        await self._socket.connect_async()

    async def _listen(self, app: AsyncApp) -> None:
        async def receive(request: web.Request) -> web.StreamResponse:
            with self._answering:
                answer = await app.async_dispatch(await to_bolt_request(request))
                return await to_aiohttp_response(answer)

        site = web.Application(client_max_size=4 * 1024 * 1024)
        site.router.add_post(PATH, receive)
        self._runner = web.AppRunner(site, access_log=None, shutdown_timeout=3.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.http_host, self._settings.http_port).start()
        self.http_port = self._runner.addresses[0][1]

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
