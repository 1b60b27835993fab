"""The small HTTP endpoint: health, metrics and the pages that features bring (see
`bot/runtime/web.py`). Knows no feature and no platform.

Nothing about a request is logged: an address may be somebody's secret.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.errors import SettingsError, StoreUnavailable
from bot.runtime.web import NOT_FOUND, PLAIN, Route, WebAnswer, WebAsk

_log = logging.getLogger(__name__)

_QUIET = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
_GOODBYE = 2.0
"""Seconds a request that is being answered has left when the program stops."""


class WebServer:
    """Listens from `start` to `stop`."""

    def __init__(self, host: str, port: int, routes: Iterable[Route]) -> None:
        self._host = host
        self._asked_port = port
        self._site = web.Application(middlewares=[_quiet], client_max_size=1024)
        for route in routes:
            self._site.router.add_get(route.path, _handler(route))
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on; another than asked for when that was 0."""
        if self._runner is None:
            raise RuntimeError("the endpoint does not listen")
        return int(self._runner.addresses[0][1])

    async def start(self) -> None:
        """Listen. Raises SettingsError if the address is taken or not ours."""
        runner = web.AppRunner(
            self._site, access_log=None, handle_signals=False, shutdown_timeout=_GOODBYE
        )
        await runner.setup()
        try:
            await web.TCPSite(runner, self._host, self._asked_port).start()
        except OSError as error:
            await runner.cleanup()
            raise SettingsError(
                f"http.port: cannot listen on {self._host}, port {self._asked_port}:"
                f" {error.strerror or type(error).__name__}"
            ) from None
        self._runner = runner

    async def stop(self) -> None:
        """Finish what is being answered, then close."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


def _handler(route: Route) -> Handler:
    async def handle(request: web.Request) -> web.Response:
        query: dict[str, str] = {}
        for name, value in request.query.items():
            query.setdefault(name, value)
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            answer = await route.answer(WebAsk(dict(request.match_info), query, headers))
        except StoreUnavailable:
            answer = WebAnswer("The database does not answer right now.\n", status=503)
        except Exception as failure:
            reference = secrets.token_hex(4)
            # Type and pattern only: the address and the text of an exception may be private.
            _log.error(
                "page %s failed: %s (reference %s)", route.path, type(failure).__name__, reference
            )
            answer = WebAnswer(f"Something went wrong here. Reference: {reference}\n", status=500)
        return _response(answer)

    return handle


@web.middleware
async def _quiet(request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return _response(NOT_FOUND)
    except web.HTTPMethodNotAllowed:
        return _response(WebAnswer("Only GET is understood here.\n", status=405))


def _response(answer: WebAnswer) -> web.Response:
    body = answer.body.encode() if isinstance(answer.body, str) else answer.body
    headers = {**_QUIET, "Content-Type": answer.kind or PLAIN, **answer.headers}
    return web.Response(body=body, status=answer.status, headers=headers)
