"""The line to Slack: bolt by socket or HTTP, patience while Slack is away, and a clean close.

It must not know what a payload means: one function of the door takes every one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

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

from adapters.slack.manifest import PATH
from adapters.slack.trouble import LIBRARY_LOG, TROUBLE, code_of
from bot.errors import SettingsError

Take: TypeAlias = Callable[[Mapping[str, Any]], Awaitable[BoltResponse]]

PING_SECONDS = 3.0
"""A broken connection is noticed within a few of these (Slack's default of 10 is too deaf)."""
PATIENCE = aiohttp.ClientTimeout(total=30)
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
            try:
                await super().handle(client, req)
            except ConnectionError:
                # The line went down under the acknowledgement: Slack tells it again.
                _log.info("an acknowledgement found no line; Slack tells it again")


class Line:
    """To one workspace. `take` is given every payload; what it answers is the acknowledgement."""

    def __init__(self, settings: SlackSettings, take: Take) -> None:
        self._settings = settings
        self._take = take
        self._socket: AsyncSocketModeHandler | None = None
        self._runner: web.AppRunner | None = None
        self._answering = _Answering()
        self.http_port = 0
        """Where HTTP mode listens, once it does."""

    @property
    def open(self) -> bool:
        """Whether payloads can arrive."""
        session = None if self._socket is None else self._socket.client.current_session
        return self._runner is not None or (session is not None and not session.closed)

    async def over(self) -> None:
        """Wait until everything that came in is acknowledged."""
        await self._answering.over()

    async def close(self) -> None:
        """Nothing comes in any more."""
        if self._socket is not None:
            await self._socket.close_async()
            self._socket = None
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def client(self, token: str | None, http: aiohttp.ClientSession) -> AsyncWebClient:
        """Of the Web API."""
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

    async def patiently(
        self, setting: str, ask: Callable[[], Awaitable[AsyncSlackResponse]]
    ) -> AsyncSlackResponse:
        """An answer of Slack's; while Slack is away it is asked again and again."""
        tries, said = 0, ""
        while True:
            try:
                return await ask()
            except TROUBLE as failure:
                code = code_of(failure)
                if isinstance(failure, SlackApiError) and code in _REFUSED_TOKEN:
                    raise SettingsError(f"{setting}: Slack refuses it ({code})") from None
                wait = _RETRY_SECONDS[min(tries, len(_RETRY_SECONDS) - 1)]
                # A reason is told once: that it lasts is told by whoever watches all doors.
                level = logging.DEBUG if code == said else logging.WARNING
                _log.log(level, "Slack does not answer (%s); trying again in %s s", code, wait)
                said = code
            tries += 1
            await asyncio.sleep(wait)

    async def let_in(
        self, http: aiohttp.ClientSession, known: AsyncSlackResponse, api: AsyncWebClient
    ) -> None:
        """Payloads arrive from now on. Raises SettingsError for a refused token."""
        app = self._bolt(http, known)
        if self._settings.mode == "socket":
            await self._connect(app, api)
        else:
            await self._listen(app)

    async def _connect(self, app: AsyncApp, api: AsyncWebClient) -> None:
        # Asked here first, so that a refused token is one readable line, not a retry for ever.
        token = self._settings.app_token or ""
        await self.patiently("slack.app_token", lambda: api.apps_connections_open(app_token=token))
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
            client=self.client(None, http),
            signing_secret=self._settings.signing_secret or "",
            authorize=authorize,
        )
        app.error(failed)
        app.middleware(self._take)
        return app
