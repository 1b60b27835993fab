"""Trouble on request: answers that fail, come late or never arrive.

`before` fails without the effect, `after` takes effect and loses or spoils the answer: the second
is how a bot comes to repeat something that has already happened.
"""

import re
from dataclasses import dataclass, field


@dataclass
class Fault:
    """Applies to the next `times` requests whose method and path match.

    status: answer with this HTTP status; None with drop=True cuts the connection instead.
    delay: seconds to wait before anything else.
    """

    method: str
    path: re.Pattern[str]
    times: int = 1
    status: int | None = None
    drop: bool = False
    after: bool = False
    delay: float = 0.0
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)


class Faults:
    """The troubles waiting to happen."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def error(
        self,
        method: str = ".*",
        path: str = ".*",
        *,
        status: int = 500,
        after: bool = False,
        times: int = 1,
    ) -> None:
        """Answer matching requests with a server error, before or after the effect."""
        self._add(Fault(method, re.compile(path), times, status, after=after))

    def drop(
        self, method: str = ".*", path: str = ".*", *, after: bool = False, times: int = 1
    ) -> None:
        """Cut the connection without an answer, before or after the effect."""
        self._add(Fault(method, re.compile(path), times, drop=True, after=after))

    def delay(
        self, seconds: float, method: str = ".*", path: str = ".*", *, times: int = 1
    ) -> None:
        """Keep matching requests waiting before they are looked at."""
        self._add(Fault(method, re.compile(path), times, delay=seconds))

    def limit(
        self,
        retry_after: float,
        method: str = ".*",
        path: str = ".*",
        *,
        everywhere: bool = False,
        times: int = 1,
    ) -> None:
        """Answer matching requests with 429."""
        headers = {
            "Retry-After": str(max(1, round(retry_after))),
            "X-RateLimit-Scope": "global" if everywhere else "user",
            "Via": "1.1 loopback",
            **({"X-RateLimit-Global": "true"} if everywhere else {}),
        }
        body = {
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": everywhere,
        }
        self._add(Fault(method, re.compile(path), times, 429, body=body, headers=headers))

    def clear(self) -> None:
        self._waiting.clear()

    def _add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def take(self, method: str, path: str) -> Fault | None:
        """The first waiting fault for this request; used up when it has happened often enough."""
        for fault in self._waiting:
            if re.fullmatch(fault.method, method) and fault.path.search(path):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
