"""What `check` asks Discord: is the token good, and are the wanted intents switched on.

Opens no session; two requests at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp

from adapters.discord.client import PRIVILEGED
from adapters.discord.settings import DiscordSettings

_PATIENCE = aiohttp.ClientTimeout(total=10)
_FLAGS = {"members": (1 << 14, 1 << 15), "message_content": (1 << 18, 1 << 19)}
"""Bits of an application's flags: granted, granted to a small bot (Discord's documentation)."""


async def probe(settings: DiscordSettings) -> list[str]:
    """One readable line per problem."""
    base = settings.api_base.rstrip("/")
    headers = {"Authorization": f"Bot {settings.token}"}
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE, headers=headers) as session,
            session.get(f"{base}/applications/@me") as answer,
        ):
            if answer.status == 401:
                return ["discord.token: Discord does not accept it"]
            if answer.status != 200:
                return [f"discord: {base} answers with status {answer.status}"]
            application: Mapping[str, Any] = await answer.json()
    except (aiohttp.ClientError, TimeoutError, ValueError) as trouble:
        return [f"discord: {base} cannot be reached ({type(trouble).__name__})"]
    flags = int(application.get("flags") or 0)
    return [
        f"discord.intents: {name!r} is not switched on in the Developer Portal (Bot, Privileged"
        f" Gateway Intents); without it {PRIVILEGED[name]}"
        for name in settings.intents
        if not any(flags & bit for bit in _FLAGS[name])
    ]
