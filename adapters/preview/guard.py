"""Keeps everybody out but the one browser that was given the address.

The page acts for every persona, so nobody else may reach it: not other machines (loopback only),
not other pages open in the same browser (Origin, Sec-Fetch-Site), not names that somebody pointed
at 127.0.0.1 (Host), not other programs that merely know the port (token).
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

TOKEN = "token"  # noqa: S105 - the name of the parameter, not a token
_HANDED_OVER = "/"


class Guard:
    """Decides about each request. `port` is known once the server listens."""

    def __init__(self) -> None:
        self.token = secrets.token_urlsafe(24)
        self.port = 0

    @property
    def cookie(self) -> str:
        """Cookies are shared by all ports of a host, so the name says which preview it is."""
        return f"introducer-{self.port}"

    @property
    def hosts(self) -> frozenset[str]:
        """What the Host header may say."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    def refusal(self, request: web.BaseRequest) -> str | None:
        """Why a request is turned away, for whoever made it; None if it may pass."""
        host = request.headers.get("Host", "")
        if host not in self.hosts:
            return "The preview does not answer under this name. Use the address it printed."
        if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none") and not (
            # The printed address may be opened from anywhere: a note, a mail, another page.
            (request.method, request.path) == ("GET", _HANDED_OVER)
            and request.headers.get("Sec-Fetch-Mode") == "navigate"
        ):
            return "Another page may not ask this."
        origin = request.headers.get("Origin")
        changes = request.method not in ("GET", "HEAD")
        upgrade = request.headers.get("Upgrade", "").casefold() == "websocket"
        if origin is None and (changes or upgrade):
            return "This request does not say which page it comes from."
        if origin is not None and origin != f"http://{host}":
            return "Another page may not ask this."
        if not self._knows(request):
            return "Open the full address that the preview printed, with its token."
        return None

    def _knows(self, request: web.BaseRequest) -> bool:
        shown = request.cookies.get(self.cookie, "")
        if request.method == "GET" and request.path == _HANDED_OVER and TOKEN in request.query:
            shown = request.query[TOKEN]
        return hmac.compare_digest(shown.encode(), self.token.encode())

    def remember(self, response: web.StreamResponse) -> None:
        """Leave the token with the browser, out of reach of any script and of other sites."""
        response.set_cookie(self.cookie, self.token, httponly=True, samesite="Strict", path="/")

    def headers(self) -> Mapping[str, str]:
        """What every answer says to the browser."""
        own = " ".join(f"ws://{host}" for host in sorted(self.hosts))
        policy = (
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
            f" connect-src 'self' {own}; base-uri 'none'; form-action 'none';"
            " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
        )
        return {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-store",
            "Cross-Origin-Opener-Policy": "same-origin",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        }

    def middleware(self) -> Middleware:
        """The check in front of every route."""

        @web.middleware
        async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
            if (why := self.refusal(request)) is not None:
                return web.Response(status=403, text=why + "\n")
            return await handler(request)

        return watch

    async def on_prepare(self, _request: web.Request, response: web.StreamResponse) -> None:
        """Headers on every answer, also on those that aiohttp makes itself."""
        for name, value in self.headers().items():
            response.headers.setdefault(name, value)
