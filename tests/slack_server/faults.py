"""Faults on request: what a test may ask the server to do wrong, and how often."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from tests.slack_server.wire import Json


@dataclass
class Fault:
    """One misbehaviour of a Web API method, spent after `times` uses.

    `method` may also be `response_url`, `upload`, `download`, or `*` for everything. `when` says
    whether the effect happens first: `after` leaves the client not knowing.
    """

    method: str
    status: int = 500
    when: Literal["before", "after"] = "before"
    times: int = 1
    delay: float = 0.0
    error: str | None = None
    """Answer 200 with this error instead of an HTTP status (`internal_error`, `fatal_error`)."""
    retry_after: int | None = None
    """Seconds to name in Retry-After; makes it a 429 `ratelimited`."""
    drop: bool = False
    """Close the connection without an answer."""
    only_delay: bool = False
    """Just be slow, then answer properly."""

    def response(self) -> web.Response:
        """The wrong answer."""
        if self.retry_after is not None:
            headers = {"Retry-After": str(self.retry_after)}
            return web.json_response(_no("ratelimited"), status=429, headers=headers)
        if self.error is not None:
            return web.json_response(_no(self.error))
        return web.json_response(_no("internal_error"), status=self.status)


def _no(error: str) -> Json:
    return {"ok": False, "error": error}


@dataclass
class Faults:
    """The faults that still wait to happen."""

    planned: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """Plan a fault; it is taken by the next matching request."""
        self.planned.append(fault)
        return fault

    def ratelimit(self, method: str, *, retry_after: int = 1, times: int = 1) -> Fault:
        """Answer the next requests with 429 and Retry-After."""
        return self.add(Fault(method, status=429, retry_after=retry_after, times=times))

    def slow(self, method: str, seconds: float, *, times: int = 1) -> Fault:
        """Answer properly, but late."""
        return self.add(Fault(method, delay=seconds, only_delay=True, times=times))

    def take(self, method: str) -> Fault | None:
        """The fault that this request meets, if any; counts it as used."""
        for fault in self.planned:
            if fault.times > 0 and fault.method in (method, "*"):
                fault.times -= 1
                return fault
        return None

    async def around(
        self,
        request: web.Request,
        name: str,
        serve: Callable[[web.Request], Awaitable[web.StreamResponse]],
    ) -> web.StreamResponse:
        """Serve a request with the fault that waits for it, if any."""
        fault = self.take(name)
        if fault is None:
            return await serve(request)
        await asyncio.sleep(fault.delay)
        if fault.only_delay:
            return await serve(request)
        if fault.when == "after":
            await serve(request)
        if fault.drop and request.transport is not None:
            request.transport.abort()
        return fault.response()
