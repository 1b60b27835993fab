"""Files that people hand over: fetched into memory, for one request."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import PurePath

import aiohttp
import discord

from bot.errors import FileLost
from bot.ui.action import Upload

MOST_BYTES = 100 * 1024 * 1024
"""Of all the files of one request together; what is more does not fit in memory many times over."""


_PATIENCE = aiohttp.ClientTimeout(total=30)


class TooLarge(Exception):
    """More than the bot takes into memory for one request."""


async def fetch(attachments: Sequence[discord.Attachment]) -> tuple[Upload, ...]:
    """The files in the order in which they were chosen. Raises TooLarge before fetching any."""
    if sum(one.size for one in attachments) > MOST_BYTES:
        raise TooLarge
    fetched: list[Upload] = []
    for one in attachments:
        kind = one.content_type or "application/octet-stream"
        fetched.append(Upload(name_of(one), await one.read(), kind))
    return tuple(fetched)


def name_of(attachment: discord.Attachment) -> str:
    """The name as the person had it: where Discord changed it, the title holds the original."""
    suffix = PurePath(attachment.filename).suffix
    title = attachment.title
    if not title:
        return attachment.filename
    return title if title.endswith(suffix) else title + suffix


class Cdn:
    """Fetches files of ordinary messages, never more of one than was asked for."""

    def __init__(self) -> None:
        self._http: aiohttp.ClientSession | None = None
        self._closed = False

    def reader(self, url: str) -> Callable[[int], Awaitable[bytes]]:
        """What fetches one file. Raises FileLost."""

        async def fetch(most: int) -> bytes:
            return await self._fetch(url, most)

        return fetch

    async def close(self) -> None:
        """Let go of the connections."""
        self._closed = True
        if self._http is not None:
            await self._http.close()

    async def _fetch(self, url: str, most: int) -> bytes:
        if self._closed:
            raise FileLost("closed")
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=_PATIENCE)
        content = bytearray()
        try:
            async with self._http.get(url, allow_redirects=False) as answer:
                if answer.status != 200:
                    raise FileLost(f"http_{answer.status}")
                async for chunk in answer.content.iter_chunked(64 * 1024):
                    content += chunk
                    if len(content) > most:
                        raise FileLost("too large")
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as trouble:
            raise FileLost(type(trouble).__name__) from None
        return bytes(content)
