"""Faults on request: what a test may ask the server to do wrong, and how often."""

import asyncio
from dataclasses import dataclass, field
from typing import Literal


@dataclass
class Fault:
    """One misbehaviour of a Web API method (`*` for all), spent after `times` uses.

    `when` says whether the effect happens first: `after` leaves the client not knowing.
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


async def pause(fault: Fault | None) -> None:
    """Wait as long as the fault says."""
    if fault is not None and fault.delay:
        await asyncio.sleep(fault.delay)
