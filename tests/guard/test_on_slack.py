"""The guard over Slack: a private note, and a link for moderators; nothing is removed."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from adapters.slack.door import SlackDoor
from adapters.slack.line import SlackSettings
from adapters.slack.manifest import manifest
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.guard import Watch
from bot.domain.people import Place
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.services.ports import Work
from cogs.guard import lookout
from storage import open_store
from tests.contract.guarded import PLANTED, TELLING, film, idle, until
from tests.slack_server import SlackServer, Upload, posting
from tests.slack_server.person import Person
from tests.slack_server.world import Message

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


def set_up(work: Work, place: Place, cases: str, staff: str) -> None:
    community = work.communities.add(place, "Trainees", NOW).id
    work.communities.mark_set_up(community, "UTC", NOW)
    work.communities.set_channel(community, "staff", place, staff)
    work.guards.watch(community, place, cases, Watch.HOLD)


class Team:
    """A team with the bot, where #cases is watched."""

    def __init__(self, slack: SlackServer, ben: Person, mia: Person) -> None:
        self.slack = slack
        self.ben = ben
        self.mia = mia

    def told(self) -> str:
        return "\n".join(self.ben.words(one) for one in self.ben.dms if one.bot)

    def alerts(self) -> str:
        return "\n".join(self.mia.words(one) for one in self.mia.messages("staff") if one.bot)

    def said(self) -> list[Message]:
        return [
            one
            for channel in self.slack.workspace.channels.values()
            for one in channel.messages
            if one.bot
        ]


def nowhere_in(folder: Path) -> None:
    """No planted word on the disk."""
    held = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not any(word.encode() in held for word in PLANTED)


@pytest_asyncio.fixture(loop_scope="function")
async def team(
    scans: Scanning,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> AsyncIterator[Team]:
    monkeypatch.setattr(lookout, "PAUSE", 4.0)
    caplog.set_level(logging.DEBUG)
    slack = SlackServer()
    await slack.start()
    store = await open_store(f"sqlite:///{tmp_path / 'bot.sqlite3'}")
    doors = Doors()
    clock = HandMovedClock(NOW)
    registry = registry_of(store, clock, scans, inspect=doors.inspect, doors=doors)
    slack.install(manifest(registry, "ir-", "socket", help_channels=True))
    held = Team(slack, slack.person("ben"), slack.person("mia", is_admin=True))
    cases, staff = slack.channel("cases", held.ben, held.mia), slack.channel("staff", held.mia)
    place = Place("slack", slack.workspace.id)
    await store.write(set_up, place, cases.id, staff.id)
    settings = SlackSettings(
        bot_token=slack.workspace.bot_token,
        app_token=slack.app.app_token,
        api_base=slack.api_base,
        help_channels=True,
    )
    door = SlackDoor(settings, clock)
    doors.add(door)
    await door.start(Core(registry, store, clock, doors))
    await slack.connected()
    yield held
    for feature in registry.features:
        if feature.close is not None:
            await feature.close()
    await door.stop()
    await store.close()
    await slack.stop()
    await idle(scans)
    slack.assert_requests_valid()
    nowhere_in(tmp_path)
    for word in PLANTED:
        assert word not in caplog.text
        assert not any(word in f"{one.text}{one.blocks}" for one in held.said())


async def test_dropped_in_a_thread_edited_shared_and_linked(team: Team):
    ben, mia = team.ben, team.mia
    root = await mia.says("cases", "any tips for coils?")
    dropped = await ben.says("cases", TELLING, thread=root)
    await until(lambda: "still stands" in team.told())
    assert "bled again" in team.told()
    await until(lambda: "may tell who a patient is" in team.alerts())
    links = [one for one in team.said() if f"thread_ts={root.ts}" in f"{one.blocks}"]
    assert links, "the link leads into the thread"
    assert dropped in ben.messages("cases"), "Slack lets nobody take it down"

    before = len(team.said())
    plain = await ben.says("cases", "see https://elsewhere.example/1")
    posting.unfurl(team.slack, plain, {"title": "Films", "text": "MRN 4482913", "fallback": "x"})
    await until(lambda: "In the preview of a link" in team.told(), within=50)
    edited = await ben.says("cases", "look at this")
    await ben.edits(edited, "pt Henry Walsh again")
    shared = await ben.shares(dropped, "cases")
    assert shared.attachments
    await until(lambda: "In what was forwarded" in team.told(), within=50)
    assert len(team.said()) - before <= 6, "what comes together is told together"


async def test_two_files(team: Team):
    files = [
        Upload("one.png", film("R", size=(300, 200))),
        Upload("note.txt", b"pt Henry Walsh, MRN 4482913"),
    ]
    await team.ben.says("cases", "two files", files=files)
    await until(lambda: "In file 2" in team.told())
    await until(lambda: "a record number" in team.alerts())
