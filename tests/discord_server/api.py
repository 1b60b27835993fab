"""The REST side: takes a request through recording, faults, rates, authorisation to its route.

Routes live in `routes/`, one small table per module; this module knows none of their subjects.
"""

import asyncio
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.discord_server import recording, refusal
from tests.discord_server.composing import Draft
from tests.discord_server.faults import Fault
from tests.discord_server.recording import Recorded
from tests.discord_server.refusal import FormErrors, Path, Refusal
from tests.discord_server.world import Json, World

if TYPE_CHECKING:
    from tests.discord_server.server import DiscordServer

PREFIX = "/api/v10"


@dataclass
class Call:
    """One request on its way through a route."""

    server: "DiscordServer"
    request: Recorded
    ids: dict[str, str]

    @property
    def world(self) -> World:
        return self.server.world

    @property
    def query(self) -> dict[str, str]:
        return self.request.query

    def id(self, name: str) -> int:
        """A path parameter as an id; anything else is a form error, as with Discord."""
        raw = self.ids[name]
        if not raw.isdigit():
            form = FormErrors()
            form.add((name,), "NUMBER_TYPE_COERCE", f'Value "{raw}" is not snowflake.')
            form.raise_if_any()
        return int(raw)

    @property
    def body(self) -> Json:
        """The JSON object sent; refuses anything else."""
        if not isinstance(self.request.body, dict):
            form = FormErrors()
            form.add((), "MODEL_TYPE_CONVERT", "Only dictionaries may be used in a ModelType")
            form.raise_if_any()
        return self.request.body

    def draft(self, body: Json | None = None, root: Path = ()) -> Draft:
        """The body as that of a message, with the files beside it."""
        return Draft(self.body if body is None else body, self.request.files, root)


Handler = Callable[[Call], Any]


@dataclass(frozen=True)
class Route:
    """`open`: needs no bot token, its own token is in the path. `rated`: counts in a bucket."""

    method: str
    template: str
    handler: Handler
    open: bool = False
    rated: bool = True

    @property
    def pattern(self) -> re.Pattern[str]:
        literal = re.split(r"\{(\w+)\}", self.template)
        parts = (
            f"(?P<{piece}>[^/]+)" if index % 2 else re.escape(piece)
            for index, piece in enumerate(literal)
        )
        return re.compile("".join(parts))


class Table:
    """The routes of one module."""

    def __init__(self) -> None:
        self.routes: list[Route] = []

    def route(
        self, method: str, template: str, *, open: bool = False, rated: bool = True
    ) -> Callable[[Handler], Handler]:
        """Register a handler; it returns JSON for 200, None for 204, or (status, JSON)."""

        def keep(handler: Handler) -> Handler:
            self.routes.append(Route(method, template, handler, open, rated))
            return handler

        return keep


class Api:
    """All tables together, over one record of requests."""

    def __init__(self, server: "DiscordServer", tables: list[Table]) -> None:
        self._server = server
        routes = [route for table in tables for route in table.routes]
        # literal paths first: "/users/@me" is not a user's id
        routes.sort(key=lambda route: route.template.count("{"))
        self._routes = [(route, route.pattern) for route in routes]
        self.requests: list[Recorded] = []
        self.crashes: list[BaseException] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request."""
        server = self._server
        path = request.rel_url.raw_path.removeprefix(PREFIX)
        fault = server.faults.take(request.method, path)
        made = Recorded(request.method, path, dict(request.query), server.clock.mono())
        headers: dict[str, str] = {}
        try:
            made = await recording.read(request, path, server.clock.mono())
            self.requests.append(made)
            if fault and fault.delay:
                await asyncio.sleep(fault.delay)
            if fault and not fault.after and (fault.drop or fault.status):
                return self._spoil(request, made, fault)
            status, body = await self._serve(made, headers)
        except Refusal as no:
            status, body = no.status, no.body
        except Exception as bug:
            self.crashes.append(bug)
            raise
        made.status, made.response = status, body
        made.answered_at = server.clock.mono()
        server.changed()
        if fault and fault.after:
            return self._spoil(request, made, fault)
        if body is None:
            return web.Response(status=status, headers=headers)
        return _json(body, status, headers)

    def _spoil(self, request: web.Request, made: Recorded, fault: Fault) -> web.StreamResponse:
        if fault.drop:
            if request.transport is not None:
                request.transport.abort()
            made.status = made.status or 0
            return web.Response(status=500)
        status = fault.status or 500
        made.status = status
        body = fault.body or {"message": f"{status}: Internal Server Error", "code": 0}
        return _json(body, status, fault.headers)

    async def _serve(self, made: Recorded, headers: dict[str, str]) -> tuple[int, Any]:
        route, ids = self._find(made)
        made.template = route.template
        if not route.open:
            self._authorise(made)
        if route.rated:
            major = next(
                (ids[n] for n in ("channel_id", "guild_id", "webhook_token") if n in ids), ""
            )
            extra, wait, everywhere = self._server.rates.count(
                made.method, route.template, major, in_global=not route.open
            )
            headers.update(extra)
            if wait is not None:
                no = Refusal(429, 0, "You are being rate limited.")
                no.body |= {"retry_after": round(wait, 3), "global": everywhere}
                raise no
        result = route.handler(Call(self._server, made, ids))
        if asyncio.iscoroutine(result):
            result = await result
        if isinstance(result, tuple):
            return result
        return (204, None) if result is None else (200, result)

    def _find(self, made: Recorded) -> tuple[Route, dict[str, str]]:
        known = False
        for route, pattern in self._routes:
            if found := pattern.fullmatch(made.path):
                if route.method == made.method:
                    return route, found.groupdict()
                known = True
        raise refusal.method_not_allowed() if known else refusal.not_found()

    def _authorise(self, made: Recorded) -> None:
        if made.authorization != f"Bot {self._server.world.application.token}":
            raise refusal.unauthorized()


def _json(body: object, status: int, headers: dict[str, str]) -> web.Response:
    """Discord names no charset, and discord.py looks for exactly that."""
    data = json.dumps(body).encode()
    return web.Response(body=data, status=status, headers=headers, content_type="application/json")
