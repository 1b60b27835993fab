"""`check` as an administrator meets it: from an empty folder, and with tokens that are refused."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from discord import Permissions

from adapters.discord.probe import probe as ask_discord
from adapters.discord.settings import DiscordSettings
from adapters.slack.line import SlackSettings
from adapters.slack.probe import probe as ask_slack
from bot.app import registry_of
from bot.clock import SystemClock
from bot.domain.people import Place
from bot.runtime.scanning import Scanning
from bot.services.ports import Work
from storage import memory_store, open_store
from tests.discord_server.fixtures import *  # noqa: F403
from tests.discord_server.permissions import Can
from tests.discord_server.server import DiscordServer
from tests.slack_server.fixtures import *  # noqa: F403
from tests.slack_server.server import SlackServer

ROOT = Path(__file__).parents[2]


def bot(folder: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if not name.startswith("INTRODUCER_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=bare | {"PYTHONPATH": str(ROOT)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_empty_folder_lacks_a_platform_and_nothing_else(tmp_path: Path) -> None:
    told = bot(tmp_path, "check")
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "no platform is configured" in told.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_port_in_use_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        told = bot(tmp_path, "preview", "--no-browser", "--port", port)
    assert told.returncode == 2
    assert told.stderr.count("\n") == 1
    assert "cannot be used" in told.stderr


@pytest.mark.parametrize("typed", ["-5", "0", "abc", "1.5", "٣", "9" * 30])
def test_an_invitation_for_no_application_is_one_line(tmp_path: Path, typed: str) -> None:
    told = bot(tmp_path, "discord-invite", "--application", typed)
    assert told.returncode == 2
    assert told.stdout == ""
    assert told.stderr.startswith("--application: ")
    assert told.stderr.count("\n") == 1


def test_an_invitation_asks_for_the_least(tmp_path: Path) -> None:
    told = bot(tmp_path, "discord-invite", "--application", "1234567890123456789")
    assert told.returncode == 0
    assert "client_id=1234567890123456789" in told.stdout
    least = Permissions(
        view_channel=True, send_messages=True, attach_files=True, read_message_history=True
    )
    assert f"permissions={least.value}\n" in told.stdout
    nothing = bot(tmp_path, "discord-invite")
    assert nothing.returncode == 2
    assert nothing.stderr.count("\n") == 1


async def test_discord_is_asked_about_its_token(
    discord_server: DiscordServer, requests_unchecked: None
) -> None:
    good = DiscordSettings(discord_server.token, discord_server.api_base)
    assert await ask_discord(good) == []
    bad = DiscordSettings("wrong", discord_server.api_base)
    assert await ask_discord(bad) == ["discord.token: Discord does not accept it"]
    [lacking] = await ask_discord(
        DiscordSettings(discord_server.token, discord_server.api_base, ("members",))
    )
    assert "'members' is not switched on" in lacking


async def test_slack_is_asked_about_tokens_and_scopes(slack: SlackServer) -> None:
    store = memory_store()
    registry = registry_of(store, SystemClock(), Scanning())
    environment = slack.environment()
    settings = SlackSettings(
        environment["INTRODUCER_SLACK__BOT_TOKEN"],
        environment["INTRODUCER_SLACK__APP_TOKEN"],
        api_base=slack.api_base,
    )
    assert await ask_slack(settings, registry) == []
    refused = await ask_slack(
        SlackSettings("xoxb-wrong", "xapp-wrong", api_base=slack.api_base), registry
    )
    assert [line.split(":")[0] for line in refused] == ["slack.bot_token", "slack.app_token"]
    store.close_now()


def test_permissions_are_asked_for_only_where_something_needs_them(tmp_path: Path) -> None:
    def asked(**settings: str) -> tuple[int, bool]:
        invitation = bot(tmp_path, "discord-invite", "--application", "77", **settings).stdout
        bits = int(invitation.split("permissions=")[1].split("&")[0])
        return bits, "pins:write" in bot(tmp_path, "slack-manifest", **settings).stdout

    more = Can.PIN_MESSAGES | Can.CREATE_EVENTS | Can.MANAGE_MESSAGES | Can.MANAGE_GUILD
    bits, pins = asked()
    assert (bits & more, pins) == (0, False)
    wanted = ("HOURS__PINNED_LIST", "HOURS__EVENTS", "GUARD__TAKE_DOWN", "GUARD__RULES")
    wanting = {f"INTRODUCER_{name}": "true" for name in wanted}
    assert asked(**wanting) == (bits | more, True)


def test_drafts_that_would_be_lost_between_processes_are_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'bot.sqlite3'}"

    async def furnish() -> None:
        store = await open_store(url)
        await store.write(_open_community)
        await store.close()

    asyncio.run(furnish())
    here = {"INTRODUCER_DATABASE_URL": url}
    assert "encrypted drafts" not in bot(tmp_path, "check", **here).stderr
    told = bot(tmp_path, "check", "--role", "gateway", **here)
    assert told.returncode == 2
    (line,) = [one for one in told.stderr.splitlines() if "encrypted drafts" in one]
    assert line.startswith("discord 7: ")
    assert "setup review" in line


def _open_community(work: Work) -> None:
    now = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
    work.communities.mark_set_up(
        work.communities.add(Place("discord", "7"), "Trainees", now).id, "UTC", now
    )
