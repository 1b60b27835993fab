"""The Web API over HTTP: token, scopes, pace, answer, record."""

import inspect
from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack_server.methods import TABLE
from tests.slack_server.methods.call import Call, Method
from tests.slack_server.wire import Json, Recorded, Refusal, read
from tests.slack_server.world import Workspace, World

if TYPE_CHECKING:
    from tests.slack_server.server import SlackServer


class Pace:
    """Slack's limit of about one message a second in one channel; off until a test sets it."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._last: dict[str, float] = {}
        self.seconds_between: float = 0.0

    def check(self, channel: str) -> None:
        """Refuse with 429 when this channel was written to a moment ago."""
        now = self._world.now()
        since = now - self._last.get(channel, float("-inf"))
        if since < self.seconds_between:
            raise Refusal("ratelimited", status=429)
        self._last[channel] = now


class Api:
    """Answers Web API requests and keeps a record of each."""

    def __init__(self, server: "SlackServer") -> None:
        self._server = server
        self.requests: list[Recorded] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One request: recorded, then served with whatever fault waits for it."""
        try:
            recorded = await read(request)
        except Refusal as refusal:
            return web.json_response(refusal.answer())
        recorded.at = self._server.world.now()
        self.requests.append(recorded)

        async def serve(_: web.Request) -> web.StreamResponse:
            return await self._serve(recorded)

        response = await self._server.faults.around(request, recorded.method, serve)
        recorded.status = recorded.status or response.status
        return response

    async def _serve(self, recorded: Recorded) -> web.StreamResponse:
        headers: dict[str, str] = {}
        try:
            answer = await self._run(recorded, headers)
            recorded.status, recorded.answer = 200, {"ok": True, **answer}
        except Refusal as refusal:
            recorded.status, recorded.answer = refusal.status, refusal.answer()
            if refusal.status == 429:
                headers["Retry-After"] = "1"
        return web.json_response(recorded.answer, status=recorded.status, headers=headers)

    async def _run(self, recorded: Recorded, headers: dict[str, str]) -> Json:
        method = TABLE.get(recorded.method)
        if method is None:
            raise Refusal("unknown_method", req_method=recorded.method)
        workspace = self._authorised(recorded, method)
        headers["X-OAuth-Scopes"] = ",".join(sorted(workspace.scopes))
        headers["X-Accepted-OAuth-Scopes"] = ",".join(method.scopes)
        call = Call(self._server, workspace, recorded)
        call.needs(*method.scopes)
        result = method.run(call)
        return await result if inspect.isawaitable(result) else result

    def _authorised(self, recorded: Recorded, method: Method) -> Workspace:
        world = self._server.world
        token = recorded.token
        if not token:
            raise Refusal("not_authed")
        if method.token == "app":
            if token != world.app.app_token:
                known = world.workspace_of_token(token) is not None
                raise Refusal("not_allowed_token_type" if known else "invalid_auth")
            return next(iter(world.workspaces.values()))
        if token == world.app.app_token:
            raise Refusal("not_allowed_token_type")
        workspace = world.workspace_of_token(token)
        if workspace is None:
            raise Refusal("invalid_auth")
        if workspace.token_revoked:
            raise Refusal("token_revoked")
        return workspace
