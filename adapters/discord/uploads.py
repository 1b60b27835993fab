"""Files that people hand over: fetched into memory, for one request."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import discord

from bot.ui.action import Upload

MOST_BYTES = 100 * 1024 * 1024
"""Of all the files of one request together; what is more does not fit in memory many times over."""


class TooLarge(Exception):
    """More than the bot takes into memory for one request."""


async def fetch(attachments: Sequence[discord.Attachment]) -> tuple[Upload, ...]:
    """The files in the order in which they were chosen. Raises TooLarge before fetching any."""
    if sum(one.size for one in attachments) > MOST_BYTES:
        raise TooLarge
    fetched: list[Upload] = []
    for one in attachments:
        kind = one.content_type or "application/octet-stream"
        fetched.append(Upload(_name(one), await one.read(), kind))
    return tuple(fetched)


def _name(attachment: discord.Attachment) -> str:
    """The name as the person had it: where Discord changed it, the title holds the original."""
    suffix = PurePath(attachment.filename).suffix
    title = attachment.title
    if not title:
        return attachment.filename
    return title if title.endswith(suffix) else title + suffix
