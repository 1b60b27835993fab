"""Requests as they arrive: reading every body format that Slack takes, and keeping a record."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

Json = dict[str, Any]
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Refusal(Exception):
    """Slack says no. `error` is its own word for the reason; `extra` goes into the answer."""

    def __init__(self, error: str, status: int = 200, **extra: Any) -> None:
        super().__init__(error)
        self.error = error
        self.status = status
        self.extra = extra

    def answer(self) -> Json:
        """The body of the answer."""
        return {"ok": False, "error": self.error, **self.extra}


def messages(*lines: str) -> Json:
    """Slack's way of listing what was wrong."""
    return {"messages": [f"[ERROR] {line}" for line in lines]}


def refuse_problems(error: str, problems: list[str]) -> None:
    """Refuse with Slack's list of what is wrong, if anything is."""
    if problems:
        raise Refusal(error, errors=problems, response_metadata=messages(*problems))


@dataclass
class Recorded:
    """One Web API request and what was answered."""

    method: str
    verb: str
    content_type: str
    query: dict[str, str]
    body: Json
    token: str = ""
    at: float = 0.0
    status: int = 0
    answer: Json = field(default_factory=dict)
    pings: list[str] = field(default_factory=list)
    """What the posted text would have notified, for posting methods."""

    @property
    def args(self) -> Json:
        """Arguments from the query and the body together, without the token."""
        return {key: value for key, value in {**self.query, **self.body}.items() if key != "token"}

    @property
    def ok(self) -> bool:
        """Whether Slack did what was asked."""
        return self.status == 200 and bool(self.answer.get("ok"))


async def read(request: web.Request) -> Recorded:
    """Take a Web API request apart. Raises Refusal for a body that does not parse."""
    content_type = request.content_type if request.can_read_body else ""
    recorded = Recorded(
        method=request.match_info["method"],
        verb=request.method,
        content_type=content_type,
        query=dict(request.query),
        body={},
    )
    header = request.headers.get("Authorization", "")
    recorded.token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else ""
    if content_type == JSON:
        raw = await request.text()
        if raw:
            recorded.body = _json_object(raw)
    elif request.can_read_body:
        recorded.body = dict((await request.post()).items())
    if not recorded.token:
        recorded.token = str(recorded.body.get("token") or recorded.query.get("token") or "")
    return recorded


def _json_object(raw: str) -> Json:
    try:
        body = json.loads(raw)
    except ValueError as error:
        raise Refusal("invalid_json") from error
    if not isinstance(body, dict):
        raise Refusal("json_not_object")
    return body
