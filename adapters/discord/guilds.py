"""Servers as the library knows them: from its sessions, or asked for if others have the sessions.

Roles and owner are needed to say who may what; they are asked again after some minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import aiohttp
import discord

from bot.clock import Clock

_KEPT = timedelta(minutes=5)
_MOST_KEPT = 1000


class Guilds:
    """Finds servers; `shards` and `mine` say which of them this process hears of by itself."""

    def __init__(self, clock: Clock, *, shards: int, mine: frozenset[int]) -> None:
        self._clock = clock
        self._shards = shards
        self._mine = mine
        self._asked: dict[int, tuple[datetime, discord.Guild]] = {}

    async def find(self, client: discord.Client, id: int) -> discord.Guild | None:
        """The server, if the bot is on it and Discord says so."""
        if (id >> 22) % self._shards in self._mine:
            return client.get_guild(id)
        now = self._clock.now()
        known = self._asked.get(id)
        if known is not None and timedelta() <= now - known[0] < _KEPT:
            return known[1]
        try:
            guild = await client.fetch_guild(id, with_counts=False)
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError):
            return None
        if len(self._asked) >= _MOST_KEPT:
            self._asked.clear()
        self._asked[id] = (now, guild)
        return guild
