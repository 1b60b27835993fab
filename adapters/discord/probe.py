"""What `check` asks Discord: is the token good, and are the wanted intents switched on.

Opens no session; two requests at most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import aiohttp
import discord

from adapters.discord.client import PRIVILEGED, point_at
from adapters.discord.inspecting import inspect
from adapters.discord.sending import TROUBLE
from adapters.discord.settings import DiscordSettings
from bot.domain.people import Place
from bot.errors import PlatformUnavailable
from bot.runtime.inspecting import Lack, Wanted

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


async def look(
    settings: DiscordSettings, needs: Mapping[Place, tuple[Wanted, ...]]
) -> list[tuple[Place, Lack]]:
    """What is missing on each server. Raises PlatformUnavailable."""
    point_at(settings.api_base)
    found: list[tuple[Place, Lack]] = []
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            await client.login(settings.token)
        except TROUBLE as trouble:
            raise PlatformUnavailable from trouble
        for place, wanted in needs.items():
            lacks = await inspect(client, place, wanted, settings.intents)
            found += [(place, lack) for lack in lacks]
    return found
