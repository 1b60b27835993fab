"""The built page as routes of the small HTTP endpoint and of the preview: files of one folder.

The page brings its own policy in its own words, so it works the same from any static host; what is
added here keeps others from framing it and lends it threads where that does no harm.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.runtime.web import NOT_FOUND, Route, WebAnswer, WebAsk

PREFIX: Final = "/checker/"
_KINDS: Final[Mapping[str, str]] = {
    ".zst": "application/zstd",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}

_HEADERS: Final[Mapping[str, str]] = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Cache-Control": "no-cache",
}
_ISOLATED: Final[Mapping[str, str]] = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}
"""Isolated from other pages, a browser lends the page threads: print is read in half the time."""
_LENDS: Final = re.compile(r"(?:Chrome|Firefox)/")
"""Who is told so. An isolated WebKit (2.50; every browser on an iPhone is one) begins no workers in
a locked frame: there the page would not start at all."""


def routes(folder: Path) -> tuple[Route, ...]:
    """Nothing where no page was built."""
    if not (folder / "files.json").is_file():
        return ()

    async def answer(ask: WebAsk) -> WebAnswer:
        name = ask.path.get("file", "index.html")
        kind = _KINDS.get(Path(name).suffix)
        if kind is None or Path(name).name != name or not (folder / name).is_file():
            return NOT_FOUND
        body = await asyncio.to_thread((folder / name).read_bytes)
        lends = _LENDS.search(ask.headers.get("user-agent", ""))
        return WebAnswer(body, kind, headers={**_HEADERS, **_ISOLATED} if lends else _HEADERS)

    return (Route(PREFIX, answer), Route(PREFIX + "{file}", answer))
