"""The guard over Discord's real client: each way round the helper, closed messages, AutoMod."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from adapters.discord.door import DiscordDoor
from adapters.discord.settings import DiscordSettings
from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.guard import Watch
from bot.domain.people import CommunityId, Place
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.services.ports import Work
from cogs.guard import lookout
from storage import open_store
from storage.opening import OpenStore
from tests.contract.guarded import PLANTED, TELLING, film, idle
from tests.discord_server import Can, DiscordServer
from tests.discord_server.gateway import MESSAGE_CONTENT
from tests.discord_server.person import Person, Stopped
from tests.discord_server.world import Message

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
NAMED = film("WALSH^HENRY", "MRN 4482913", size=(640, 420))


def set_up(work: Work, place: Place, watched: dict[str, Watch], staff: str) -> CommunityId:
    community = work.communities.add(place, "Trainees", NOW).id
    work.communities.mark_set_up(community, "UTC", NOW)
    work.communities.set_channel(community, "staff", place, staff)
    for channel, watch in watched.items():
        work.guards.watch(community, place, channel, watch)
    return community


class Server:
    """A server with the bot, where #cases is set to hold."""

    def __init__(self, scans: Scanning, file: Path) -> None:
        self.scans = scans
        self.file = file
        self.discord = DiscordServer(privileged_intents=MESSAGE_CONTENT)
        self.clock = HandMovedClock(NOW)
        self.store: OpenStore
        self.registry: Registry

    async def start(self) -> None:
        server = self.discord
        await server.start()
        self.guild = server.add_guild(channels=("cases", "general", "staff"))
        self.cases, self.general, self.staff = self.guild.channels.values()
        boss = server.add_role(self.guild, "Boss", Can.MANAGE_GUILD)
        self.ana = server.person("Ana", self.guild)
        self.ben = server.person("Ben", self.guild)
        self.mia = server.person("Mia", self.guild, roles=(boss,))
        self.store = await open_store(f"sqlite:///{self.file}")
        place = Place("discord", str(self.guild.id))
        watched = {str(self.cases.id): Watch.HOLD}
        await self.store.write(set_up, place, watched, str(self.staff.id))
        doors = Doors()
        self.registry = registry_of(
            self.store, self.clock, self.scans, inspect=doors.inspect, doors=doors
        )
        settings = DiscordSettings(server.token, server.api_base, ("message_content",))
        self.door = DiscordDoor(settings, self.clock)
        doors.add(self.door)
        await self.door.start(Core(self.registry, self.store, self.clock, doors))

    async def stop(self) -> None:
        for feature in self.registry.features:
            if feature.close is not None:
                await feature.close()
        await self.door.stop()
        await self.store.close()
        await self.discord.stop()
        await idle(self.scans)
        self.discord.assert_requests_valid()
        assert not self.discord.own_faults()

    async def told(self, person: Person, words: str) -> Message:
        """A direct message that the person reads."""
        return await person.wait_for(lambda one: words in one.text, channel=person.dm, within=60.0)

    def nowhere(self) -> None:
        """No planted word in anything that the bot sent, nor on the disk."""
        for channel in self.discord.world.channels.values():
            for message in channel.messages.values():
                if message.author.bot:
                    assert not any(word in message.text for word in PLANTED), message.text
                    assert not message.attachments
        for file in self.file.parent.iterdir():
            held = file.read_bytes()
            assert not any(word.encode() in held for word in PLANTED), file.name


@pytest_asyncio.fixture(loop_scope="function")
async def server(
    scans: Scanning, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Server]:
    caplog.set_level(logging.DEBUG)
    held = Server(scans, tmp_path / "bot.sqlite3")
    await held.start()
    yield held
    held.nowhere()
    assert not any(word in caplog.text for word in PLANTED)
    await held.stop()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What follows a note is told soon after it."""
    monkeypatch.setattr(lookout, "PAUSE", 0.5)


def stands(server: Server) -> None:
    """The bot may not take anything down."""
    bot = server.guild.members[server.discord.world.bot.id]
    for role in bot.roles:
        server.guild.roles[role].permissions &= ~Can.MANAGE_MESSAGES
        server.discord.events.role("GUILD_ROLE_UPDATE", server.guild, role)


def gone(message: Message) -> bool:
    return message.deleted


async def test_dropped_edited_forwarded_linked_and_in_a_thread(server: Server):
    ben, cases = server.ben, server.cases
    harmless = await ben.says("a question about coils", channel=cases)

    dropped = await ben.says(TELLING, channel=cases)
    note = await server.told(ben, "was taken down")
    assert "bled again" in note.text
    assert gone(dropped)
    assert not gone(harmless)

    edited = await ben.says("look at this", channel=cases)
    await ben.edits(edited, files=(ben.upload(NAMED, "film.png"),))
    await server.discord.until(lambda: gone(edited) or None, 25)

    away = await ben.says(TELLING, channel=server.general)
    forwarded = await ben.forwards(away, cases)
    await server.discord.until(lambda: gone(forwarded) or None, 25)
    assert not gone(away), "that channel is not watched"

    linked = await ben.says("see https://elsewhere.example/1", channel=cases)
    server.discord.unfurl(linked, "Films", "MRN 4482913")
    await server.discord.until(lambda: gone(linked) or None, 25)

    thread = server.discord.add_thread(harmless, "coils")
    inside = await ben.says("pt Henry Walsh again", channel=thread)
    await server.discord.until(lambda: gone(inside) or None, 25)
    assert [m for m in server.ana.messages(cases) if m.author.bot] == [], "no public word"


@pytest.mark.usefixtures("soon")
async def test_what_is_told_after_the_words_were(server: Server):
    stands(server)
    message = await server.ben.says(
        TELLING, channel=server.cases, files=(server.ben.upload(NAMED, "film.png"),)
    )
    first = await server.told(server.ben, "still stands")
    assert "In file 1" not in first.text, "its words were reason enough"
    await server.ben.edits(message, TELLING + " and again")
    await server.told(server.ben, "and again")
    await server.ben.edits(message, "bled again")
    last = await server.told(server.ben, "In file 1")
    assert "Your text" not in last.text, "there is nothing to replace in it"


@pytest.mark.usefixtures("soon")
async def test_a_preview_that_comes_later_repeats_no_name(server: Server):
    stands(server)
    linked = await server.ben.says(TELLING + " https://elsewhere.example/1", channel=server.cases)
    await server.told(server.ben, "In the text")
    server.discord.unfurl(linked, "Films", "MRN 4482913")
    note = await server.told(server.ben, "In the preview of a link")
    assert "bled again" in note.text


async def test_a_long_text_comes_back_whole(server: Server):
    long = f"{TELLING}. " + "The coils held for a week. " * 60 + "What next?"
    dropped = await server.ben.says(long, channel=server.cases)
    note = await server.told(server.ben, "was taken down")
    assert gone(dropped)
    assert "What next?" in note.text


async def test_several_files_and_their_names(server: Server):
    ben = server.ben
    files = (
        ben.upload(film("R", size=(300, 200)), "one.png"),
        ben.upload(film("L", size=(300, 200)), "MRN 4482913.png"),
        ben.upload(b"pt Henry Walsh, MRN 4482913", "message.txt"),
    )
    message = await ben.says("three", channel=server.cases, files=files)
    note = await server.told(ben, "was taken down")
    assert gone(message)
    assert "In the name of a file" in note.text
    assert "three" in note.text
    assert "replaced" not in note.text, "in the text itself there was nothing"
    assert "Files are not sent back" in note.text


async def test_closed_direct_messages(server: Server):
    ben, ana, cases = server.ben, server.ana, server.cases
    ben.user.dms_open = False
    message = await ben.says(TELLING, channel=cases)
    mention = await ana.wait_for("there is a private note", channel=cases, within=25)
    assert gone(message)
    assert mention.mentions == [ben.user]
    assert "patient" not in mention.text
    other = await (await ana.press(mention, "Show my text")).reply()
    assert "for somebody else" in other.text
    shown = await (await ben.press(mention, "Show my text")).reply()
    assert shown.private
    assert "bled again" in shown.text
    await server.discord.until(lambda: gone(mention) or None, 5)

    again = await ben.says(TELLING + " today", channel=cases)
    await server.discord.until(lambda: gone(again) or None, 25)


async def test_a_note_waits_a_quarter_of_an_hour(server: Server):
    ben = server.ben
    ben.user.dms_open = False
    await ben.says(TELLING, channel=server.cases)
    mention = await ben.wait_for("there is a private note", channel=server.cases, within=25)
    server.clock.move(timedelta(minutes=15))
    late = await (await ben.press(mention, "Show my text")).reply()
    assert "not kept any longer" in late.text
    ticks = [tick for feature in server.registry.features for tick in feature.ticks]
    await next(tick.run for tick in ticks if tick.name == "notes of the guard")()
    await server.discord.until(lambda: gone(mention) or None, 5)


async def test_without_the_permission_it_stands_and_moderators_get_a_link(server: Server):
    stands(server)
    await asyncio.sleep(0.1)
    message = await server.ben.says(TELLING, channel=server.cases)
    note = await server.told(server.ben, "still stands")
    alert = await server.mia.wait_for("may tell who a patient is", channel=server.staff, within=10)
    assert not gone(message)
    assert str(message.id) in "".join(alert.links.values())
    assert "a record number" in alert.text
    assert "Go to the message" in note.labels
    panel = await (await server.mia.slash("setup guard", channel=server.staff)).reply()
    assert "Manage Messages" in panel.text


def foreign_rule(guild: int) -> dict[str, Any]:
    """A rule that somebody else wrote."""
    words = {"keyword_filter": ["spam"], "regex_patterns": [], "allow_list": []}
    return {
        "id": "1",
        "guild_id": str(guild),
        "creator_id": "2",
        "name": "theirs",
        "event_type": 1,
        "actions": [{"type": 1, "metadata": {}}],
        "trigger_type": 1,
        "enabled": True,
        "exempt_roles": [],
        "exempt_channels": [],
        "trigger_metadata": words,
    }


async def test_automod(server: Server):
    mia, ben, guild = server.mia, server.ben, server.guild
    first = await (await mia.slash("setup guard", channel=server.staff)).reply()
    screen = await (await mia.press(first, "Rules that stop text")).reply()
    assert "Manage Server" in screen.text, "what is missing is said"
    assert "Write them" not in screen.labels
    bot = guild.members[server.discord.world.bot.id]
    for role in bot.roles:
        guild.roles[role].permissions |= Can.MANAGE_GUILD
        server.discord.events.role("GUILD_ROLE_UPDATE", guild, role)
    guild.automod[1] = foreign = foreign_rule(guild.id)
    await asyncio.sleep(0.1)
    screen = await (await mia.press(first, "Rules that stop text")).reply()
    written = await (await mia.press(screen, "Write them")).reply()
    assert "up to date" in written.text
    (rule,) = [one for one in guild.automod.values() if one is not foreign]
    assert str(server.cases.id) not in rule["exempt_channels"]
    assert {str(server.general.id), str(server.staff.id)} == set(rule["exempt_channels"])

    with pytest.raises(Stopped, match="was not sent"):
        await ben.says("MRN: 4482913", channel=server.cases)
    await ben.says("MRN: 4482913", channel=server.general)
    await ben.says("a question about coils", channel=server.cases)

    server.discord.add_channel(guild, "journal")
    await asyncio.sleep(0.1)
    stale = await (await mia.press(first, "Rules that stop text")).reply()
    assert "not as it would be now" in stale.text
    current = await (await mia.press(stale, "Update the rules")).reply()
    assert "up to date" in current.text
    dropped = await (await mia.press(current, "Take them away")).reply()
    assert "no rules of mine" in dropped.text
    assert list(guild.automod.values()) == [foreign], "the rules of others stay"


async def test_a_burst_of_fifty_pictures(server: Server):
    ben, ana = server.ben, server.ana
    small = film("R", size=(160, 120))
    burst = [
        await ben.says("", channel=server.cases, files=(ben.upload(small, f"{n}.png"),))
        for n in range(50)
    ]
    for _ in range(3):  # `reply` fails once an answer is later than Discord waits for it
        await (await ana.slash("hours list", channel=server.general)).reply()
    last = await ben.says(TELLING, channel=server.cases)
    await server.discord.until(lambda: gone(last) or None, 60)
    fetched = len(server.discord.cdn.downloads)
    assert fetched < 50, "fetched when their turn comes, and words do not wait for them"
    await server.told(ben, "was taken down")
    assert not any(gone(one) for one in burst)
    notes = [m for m in ben.dm.messages.values() if m.author.bot]
    assert len(notes) == 1, "fifty pictures are no fifty messages"


async def test_several_roles_pass_and_nobody_else(server: Server):
    mia, guild, discord = server.mia, server.guild, server.discord
    roles = [discord.add_role(guild, name) for name in ("Physicists", "Librarians", "Visitors")]
    physicist, librarian, visitor = (
        discord.person(f"P{number}", guild, roles=(role,)) for number, role in enumerate(roles)
    )
    for role in roles[:2]:
        panel = await (await mia.slash("setup guard", channel=server.staff)).reply()
        form = await (await mia.press(panel, "Let a role of this place pass")).modal()
        echo = await (await mia.submit(form, {"role": role})).reply()
        await (await mia.press(echo, "Confirm")).reply()
    panel = await (await mia.slash("setup guard", channel=server.staff)).reply()
    for role in roles[:2]:
        assert f"<@&{role.id}>" in panel.text
    stand = [await one.says(TELLING, channel=server.cases) for one in (physicist, librarian)]
    taken = await visitor.says(TELLING, channel=server.cases)
    await discord.until(lambda: gone(taken) or None, 25)
    assert not any(gone(one) for one in stand)
    assert not physicist.direct_messages
    assert not librarian.direct_messages


async def test_a_channel_that_is_off_is_an_exception_from_the_others(server: Server):
    mia, ben = server.mia, server.ben
    panel = await (await mia.slash("setup guard", channel=server.staff)).reply()
    form = await (await mia.press(panel, "All other channels")).modal()
    echo = await (await mia.submit(form, {"watch": "hold: take it down as well"})).reply()
    await (await mia.press(echo, "Confirm")).reply()
    panel = await (await mia.slash("setup guard", channel=server.staff)).reply()
    form = await (await mia.press(panel, "Choose for a channel")).modal()
    values = {"channel": server.general, "watch": "off: nothing is looked at"}
    echo = await (await mia.submit(form, values)).reply()
    await (await mia.press(echo, "Confirm")).reply()
    stands = await ben.says(TELLING, channel=server.general)
    journal = server.discord.add_channel(server.guild, "journal")
    taken = await ben.says(TELLING, channel=journal)
    await server.discord.until(lambda: gone(taken) or None, 25)
    assert not gone(stands)
