"""A message of the preview as the core hears of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from adapters.preview.people import People
from adapters.preview.world import BOT, Blob, Message, owner_of
from bot.errors import FileLost
from bot.runtime.caller import Enclosed
from bot.runtime.caller import Message as Heard


def heard(message: Message, people: People, *, again: bool = False) -> Heard:
    """A message with what came along; files are in memory already."""
    by = people.get(message.author)
    return Heard(
        str(message.id),
        message.body.typed,
        f"#message-{message.id}",
        None if message.thread is None else str(message.thread),
        private=owner_of(message.where) is not None,
        where=message.where,
        author=None if by is None else by.account,
        author_name="" if by is None else by.name,
        ours=message.author == BOT,
        files=tuple(
            Enclosed(
                f"{message.id}/{number}",
                blob.name,
                blob.media_type,
                len(blob.content),
                _reader(blob),
            )
            for number, blob in enumerate(message.body.blobs)
        ),
        again=again,
    )


def _reader(blob: Blob) -> Callable[[int], Awaitable[bytes]]:
    async def fetch(most: int) -> bytes:
        if len(blob.content) > most:
            raise FileLost("too large")
        return blob.content

    return fetch
