"""Both platforms at once, and the whole bot as a process between them."""

from __future__ import annotations

import asyncio
import copy
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio
import yaml

from tests.discord_server import DiscordServer, Guild
from tests.discord_server.fixtures import discord_guild, discord_server, requests_unchecked
from tests.slack_server import SlackServer
from tests.slack_server.fixtures import slack
from tests.storage.fixtures import own_postgres, postgres_server, postgres_url
from tests.walks.process import Process, once

__all__ = [
    "discord_guild",
    "discord_server",
    "own_postgres",
    "postgres_server",
    "postgres_url",
    "requests_unchecked",
    "slack",
]


@dataclass
class Town:
    """Two platforms, a folder for the bot's files, and the bots that were started in it."""

    discord: DiscordServer
    guild: Guild
    slack: SlackServer
    folder: Path
    started: list[Process] = field(default_factory=list[Process])
    may_be_called: set[str] = field(default_factory=set[str])
    """Mentions that a channel on Slack may hold."""

    def settings(self) -> dict[str, str]:
        """The environment of a bot on both platforms, with a rehearsal clock."""
        return {
            "INTRODUCER_DISCORD__TOKEN": self.discord.token,
            "INTRODUCER_DISCORD__API_BASE": self.discord.api_base,
            "INTRODUCER_CLOCK__OFFSET_FILE": str(self.folder / "offset"),
            "INTRODUCER_SETUP__DEFAULTS": "true",
            "INTRODUCER_SETUP__CONDUCT": "false",
            **self.slack.environment(),
        }

    async def begin(self, *words: str, **changes: str) -> Process:
        """Start a bot; `changes` are settings by the end of their name."""
        process = await Process.begin(self.folder, self._given(changes), "run", *words)
        self.started.append(process)
        return process

    async def run(self, **changes: str) -> Process:
        """Start a bot and wait until people can come in."""
        process = await self.begin(**changes)
        await process.says("ready on discord, slack")
        return process

    async def fails(self, *words: str, **changes: str) -> str:
        """Run a command that a person has to mend something for; what it says."""
        code, said = await self.once(*words, **changes)
        assert code == 2, said
        return said

    async def once(self, *words: str, **changes: str) -> tuple[int, str]:
        """Run a command to its end: its exit code, and what it says."""
        return await once(self.folder, self._given(changes), *(words or ("run",)))

    def _given(self, changes: dict[str, str]) -> dict[str, str]:
        given = self.settings() | {f"INTRODUCER_{name}": text for name, text in changes.items()}
        return {name: text for name, text in given.items() if text}

    async def settled(self, kind: str, within: float = 20.0) -> None:
        """Wait until nothing of a kind of deliveries is still to be sent, or on its way.

        Somebody has read a message before the bot knows that it arrived, and its file comes after
        it. What happens in between is told together with what is not known to have been told.
        """
        path = (self.folder / "introducer.sqlite3").as_uri()
        left = "SELECT count(*) FROM deliveries WHERE kind = ? AND state IN ('pending', 'claimed')"
        try:
            async with asyncio.timeout(within):
                while True:
                    with closing(sqlite3.connect(f"{path}?mode=ro", uri=True)) as connection:
                        (count,) = connection.execute(left, (kind,)).fetchone()
                    if not count:
                        return
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"{kind} was not sent within {within} s") from None

    def move_clock_to(self, at: datetime) -> None:
        """Write the offset file, as a rehearsal does."""
        seconds = (at - datetime.now(UTC)).total_seconds()
        (self.folder / "offset").write_text(f"{seconds:.3f}", encoding="ascii")

    def in_days(self, days: int) -> datetime:
        """18:00 UTC so many days from today."""
        day = datetime.now(UTC) + timedelta(days=days)
        return day.replace(hour=18, minute=0, second=0, microsecond=0)


@pytest_asyncio.fixture
async def town(
    discord_server: DiscordServer, discord_guild: Guild, slack: SlackServer, tmp_path: Path
) -> AsyncIterator[Town]:
    """Two platforms with the app installed, each request held against the specification."""
    town = Town(discord_server, discord_guild, slack, tmp_path)
    slack.install(await _manifest(town))
    yield town
    for process in town.started:
        await process.kill()
    slack.assert_requests_valid()
    slack.assert_nobody_pinged(but=tuple(town.may_be_called))
    slack.assert_markup_right()


_manifests: list[Any] = []


async def _manifest(town: Town) -> Any:
    """What the program asks a workspace for; it is asked once, since the settings stay the same."""
    if not _manifests:
        code, manifest = await once(town.folder, town.settings(), "slack-manifest")
        assert code == 0, manifest
        _manifests.append(yaml.safe_load(manifest))
    return copy.deepcopy(_manifests[0])
