"""The Web API over HTTP: token, arguments, scopes, faults, pace, answer, record."""

import inspect
from typing import TYPE_CHECKING

from aiohttp import web

from tests.slack_server.faults import Fault, pause
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
        """One request, from its bytes to its answer."""
        name = request.match_info["method"]
        try:
            recorded = await read(request)
        except Refusal as refusal:
            return web.json_response(refusal.answer())
        recorded.at = self._server.world.now()
        self.requests.append(recorded)
        fault = self._server.faults.take(name)
        await pause(fault)
        if fault is not None and not fault.only_delay and fault.when == "before":
            return self._spoilt(request, recorded, fault)
        headers: dict[str, str] = {}
        try:
            answer = await self._run(name, recorded, headers)
            recorded.status, recorded.answer = 200, {"ok": True, **answer}
        except Refusal as refusal:
            recorded.status, recorded.answer = refusal.status, refusal.answer()
            if refusal.status == 429:
                headers["Retry-After"] = str(refusal.extra.get("retry_after", 1))
        if fault is not None and not fault.only_delay:
            return self._spoilt(request, recorded, fault)
        return web.json_response(recorded.answer, status=recorded.status, headers=headers)

    def _spoilt(self, request: web.Request, recorded: Recorded, fault: Fault) -> web.StreamResponse:
        """The answer, or the silence, that the fault asks for."""
        headers: dict[str, str] = {}
        if fault.retry_after is not None:
            headers["Retry-After"] = str(fault.retry_after)
            answer: Json = {"ok": False, "error": "ratelimited"}
            status = 429
        elif fault.error is not None:
            answer, status = {"ok": False, "error": fault.error}, 200
        else:
            answer, status = {"ok": False, "error": "internal_error"}, fault.status
        recorded.status, recorded.answer = status, answer
        if fault.drop and request.transport is not None:
            request.transport.abort()
        return web.json_response(answer, status=status, headers=headers)

    async def _run(self, name: str, recorded: Recorded, headers: dict[str, str]) -> Json:
        method = TABLE.get(name)
        if method is None:
            raise Refusal("unknown_method", req_method=name)
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
