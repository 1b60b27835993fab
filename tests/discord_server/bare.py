"""A bare discord.py bot for the tests of this server: a client, its commands, its errors."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import discord
import pytest
from discord import app_commands

Handler = Callable[[discord.Interaction], Awaitable[None]]


class Bare(discord.Client):
    """A client with a command tree; `on_start` runs before the gateway connection."""

    def __init__(self, *, intents: discord.Intents | None = None) -> None:
        # the library waits this long for further servers before it calls itself ready
        super().__init__(
            intents=intents or discord.Intents(guilds=True, messages=True), guild_ready_timeout=0.05
        )
        self.tree = app_commands.CommandTree(self)
        self.errors: list[BaseException] = []
        self.tree.error(self._failed)

    async def _failed(self, interaction: discord.Interaction, error: Exception) -> None:
        original = getattr(error, "original", error)
        self.errors.append(original)

    async def setup_hook(self) -> None:
        if self.tree.get_commands():
            await self.tree.sync()

    def command(self, name: str, handler: Handler) -> None:
        """Register a command without options."""

        async def callback(interaction: discord.Interaction) -> None:
            await handler(interaction)

        self.tree.add_command(app_commands.Command(name=name, description=name, callback=callback))


@contextmanager
def refused(code: int, status: int | None = None, path: str | None = None) -> Iterator[None]:
    """Expects Discord's refusal with this code; `path`: part of a faulty field's name or fault."""
    with pytest.raises(discord.HTTPException) as caught:
        yield
    error = caught.value
    assert error.code == code, f"{error.status} {error.code} {error.text}"
    assert status in (None, error.status), f"{error.status} {error.text}"
    faults = str(error._errors)  # pyright: ignore[reportPrivateUsage]
    assert path is None or path in faults, faults
