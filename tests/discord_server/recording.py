"""What a bot sent, kept for assertions and for validation against Discord's OpenAPI document."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.discord_server import refusal
from tests.discord_server.world import Json


@dataclass
class Upload:
    """One part of a multipart body. `field` is the part's name, `files[0]`."""

    field: str
    filename: str
    content_type: str
    data: bytes = b""


@dataclass(eq=False)
class Recorded:
    """One request. `path` is below the API base, `at` is on the server's monotonic clock."""

    method: str
    path: str
    query: dict[str, str]
    at: float
    authorization: str | None = None
    reason: str | None = None
    content_type: str = ""
    body: Any = None
    files: list[Upload] = field(default_factory=list)
    template: str | None = None
    status: int | None = None
    response: Any = None
    answered_at: float | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"

    @property
    def code(self) -> int | None:
        """Discord's error code in the answer, if it was refused."""
        if self.status is not None and self.status >= 400 and isinstance(self.response, dict):
            return self.response.get("code")
        return None


async def read(request: web.Request, path: str, at: float) -> Recorded:
    """Take in a whole request: query, JSON body, or multipart with `payload_json` and files."""
    made = Recorded(
        request.method,
        path,
        dict(request.query),
        at,
        request.headers.get("Authorization"),
        request.headers.get("X-Audit-Log-Reason"),
        request.content_type if request.can_read_body else "",
    )
    if not request.can_read_body:
        return made
    if request.content_type == "multipart/form-data":
        await _read_parts(request, made)
    else:
        text = await request.text()
        made.body = _json(text) if text else None
    return made


async def _read_parts(request: web.Request, made: Recorded) -> None:
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            raise refusal.bad_json()
        name, data = part.name or "", await part.read()
        if name == "payload_json":
            made.body = _json(data.decode())
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            made.files.append(Upload(name, part.filename or "file", kind, bytes(data)))


def _json(text: str) -> Json:
    try:
        return json.loads(text)
    except ValueError:
        raise refusal.bad_json() from None
