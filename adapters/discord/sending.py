"""From sheets to the arguments of discord.py's calls, and from its refusals to plain answers."""

from __future__ import annotations

from typing import Any, TypedDict

import aiohttp
import discord

from adapters.discord.controls import files_of, mentions_of, view_of
from adapters.discord.render import Sheet
from bot.runtime.doors import Again, Undeliverable

TROUBLE = (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError)
"""Everything that a call over the network can end in."""

UNKNOWN_CHANNEL, UNKNOWN_MEMBER, UNKNOWN_MESSAGE, UNKNOWN_USER = 10003, 10007, 10008, 10013
UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION = 10015, 10062
FLAGGED_AS_SPAM, OPENING_TOO_FAST, ALREADY_ACKNOWLEDGED = 20026, 40003, 40060
TOKEN_EXPIRED, TOO_MANY_OLD_EDITS, THREAD_EXISTS = 50027, 30046, 160004
TOKEN_GONE = frozenset({UNKNOWN_WEBHOOK, UNKNOWN_INTERACTION, TOKEN_EXPIRED})

PASSING = 30.0
"""Seconds until another try after a server error or a lost connection."""
SLOW_DOWN = 600.0
"""Seconds of rest when Discord says that too many people are written to at once."""


class Message(TypedDict, total=False):
    """Arguments of a call that sends a message."""

    content: str
    view: Any
    files: list[discord.File]
    allowed_mentions: discord.AllowedMentions


def new(sheet: Sheet) -> Message:
    """Arguments that send a sheet afresh."""
    message = Message(allowed_mentions=mentions_of(sheet))
    if not sheet.layout and sheet.content:
        message["content"] = sheet.content
    view = view_of(sheet)
    if view is not None:
        message["view"] = view
    if sheet.files:
        message["files"] = files_of(sheet)
    return message


def changed(sheet: Sheet) -> dict[str, Any]:
    """Arguments that turn whatever a message was into the sheet."""
    return {
        "content": None if sheet.layout else sheet.content or None,
        "embeds": [],
        "attachments": files_of(sheet),
        "view": view_of(sheet),
        "allowed_mentions": mentions_of(sheet),
    }


def code_of(trouble: BaseException) -> int:
    """Discord's own code of a refusal; 0 if there is none."""
    return trouble.code if isinstance(trouble, discord.HTTPException) else 0


def why_not(trouble: BaseException) -> Undeliverable | Again:
    """What a failed send means for the message."""
    match trouble:
        case discord.RateLimited():
            return Again(trouble.retry_after)
        case discord.HTTPException() if trouble.code in (OPENING_TOO_FAST, FLAGGED_AS_SPAM):
            return Again(SLOW_DOWN)
        case discord.HTTPException() if trouble.status == 429:
            return Again(_retry_after(trouble))
        case discord.HTTPException() if trouble.status == 401:
            return Again(SLOW_DOWN)  # the token is being changed; people are still there
        case discord.HTTPException() if 400 <= trouble.status < 500:
            # Without a code of Discord's own it was somebody on the way who refused.
            return Undeliverable(str(trouble.code)) if trouble.code else Again(SLOW_DOWN)
        case _:
            return Again(PASSING)


def _retry_after(trouble: discord.HTTPException) -> float:
    try:
        return max(float(trouble.response.headers.get("Retry-After", PASSING)), 1.0)
    except ValueError:
        return PASSING
