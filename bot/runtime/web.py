"""What a feature (or the program itself) shows at the small HTTP endpoint: routes as values.

The endpoint is optional: it listens on `http.port`, on loopback unless `http.host` says otherwise,
and a web server in front of it decides what the outside may reach. A feature adds a page by naming
it in `Feature.routes`; the composition root hands all of them to `adapters/web.py`:

    Route("/calendar/{token}.ics", self.calendar)

    async def calendar(self, ask: WebAsk) -> WebAnswer:
        text = ...ask.path["token"]...
        return WebAnswer(text, "text/calendar; charset=utf-8")

Only GET and HEAD are taken. The address itself may be a secret: nothing of it is ever logged, and
every answer says `no-store`, `no-referrer` and `nosniff` unless the route says otherwise. A route
that does not know what it is asked for answers `NOT_FOUND`; StoreUnavailable becomes 503; any other
failure a reference and 500. Whoever has to show an address to people puts `http.public_url` before
the path; without that setting there is no address to show, and the feature says so.

Knows no HTTP library and no feature.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class WebAsk:
    """One request: the named pieces of its path, its query, its headers (names in small letters).

    Of a name that is given several times, the first value stands.
    """

    path: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, str] = field(default_factory=dict[str, str])
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class WebAnswer:
    """What goes back. `kind` is the Content-Type, character set included."""

    body: str | bytes
    kind: str = PLAIN
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


NOT_FOUND = WebAnswer("There is nothing here.\n", status=404)

Answering: TypeAlias = Callable[[WebAsk], Awaitable[WebAnswer]]


@dataclass(frozen=True, slots=True)
class Route:
    """A page: `/word/{piece}.ics`, where a piece matches anything but a slash."""

    path: str
    answer: Answering
