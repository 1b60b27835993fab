"""Several matters at once, in two communities: one person, one budget, one note, one tap each."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.people import Account, Place
from bot.services import pairs
from bot.services.ports import Work
from storage import open_store
from tests.discord_server import Guild, Message
from tests.discord_server.person import Person
from tests.discord_server.turn import NoAnswer
from tests.walks.conftest import Town

pytestmark = pytest.mark.timeout(400)
_EACH = 3


def morning(town: Town, days: int) -> datetime:
    """A moment after eight on the first Monday that is at least so far away."""
    while (day := town.in_days(days)).weekday() != 0:
        days += 1
    return day.replace(hour=8) + timedelta(seconds=5)


def account(person: Person) -> Account:
    return Account("discord", "", str(person.id))


async def prepare(town: Town, trainee: Person, mentors: dict[Guild, list[Person]]) -> None:
    """A trainee has several mentors in each community."""

    def settle(work: Work) -> None:
        mine = work.people.find(account(trainee))
        assert mine is not None
        for guild, them in mentors.items():
            home = work.communities.of(Place("discord", str(guild.id)))
            assert home is not None
            for one in them:
                other = work.people.find(account(one))
                assert other is not None
                pairs.open_pair(work, datetime.now(UTC), home.id, other.member, mine.member)

    store = await open_store(f"sqlite:///{town.folder / 'introducer.sqlite3'}")
    await store.write(settle)
    await store.close()


async def reads(town: Town, person: Person, words: str, at: datetime) -> Message:
    """A note, some minutes after the moment at which all that it says was due."""
    for minutes in range(0, 60, 3):
        town.move_clock_to(at + timedelta(minutes=minutes))
        with suppress(NoAnswer):
            return await person.sees(words, channel=person.dm, within=4)
    raise AssertionError(f"{words!r} was not said")


async def test_one_budget_over_two_communities(town: Town) -> None:
    fellows = town.discord.add_guild("Fellows")
    first = await town.run()
    ann = town.discord.person("Ann", town.guild, fellows)
    mentors: dict[Guild, list[Person]] = {}
    for guild in (town.guild, fellows):
        (room,) = [one for one in guild.channels.values() if one.name == "general"]
        them = [town.discord.person(f"{guild.name} {n}", guild) for n in range(_EACH)]
        mentors[guild] = them
        for person in (ann, *them):
            turn = await person.slash("checkin status", channel=room)
            assert "Nothing is open" in (await turn.reply()).text
    assert await first.stop() == 0
    await prepare(town, ann, mentors)
    bot = await town.run()
    names = [one.mention for them in mentors.values() for one in them]
    for name in names:
        await ann.sees(f"You and {name} are a pair now", channel=ann.dm, within=20)

    monday = morning(town, 8)
    note = await reads(town, ann, "This is all I have for you today", monday)
    asked = [name for name in names if f"Have you and {name} been in touch" in note.text]
    assert len(asked) == 5, "the nearest ones; the rest is in the list"
    assert "The rest is in" in note.text
    assert "In **Trainees**:" in note.text
    assert "In **Fellows**:" in note.text
    taps = [one["custom_id"] for one in note.buttons if one["label"] == "We met"]
    assert len(taps) == 5, "each takes one tap, whichever community it is of"
    for tap in (taps[0], taps[4]):
        answered = await ann.press(note, custom_id=tap)
        assert "Good to hear" in (await answered.reply()).text

    for day in range(1, 7):
        town.move_clock_to(monday + timedelta(days=day))
    last = await reads(town, ann, "keep, pause or close", monday + timedelta(days=7))
    since = ann.direct_messages[ann.direct_messages.index(note) + 1 :]
    between = [one for one in since if "Good to hear" not in one.text]
    assert [one.id for one in between] == [last.id], [one.text for one in between]
    for name in (asked[0], asked[4]):
        assert name not in last.text, "that they met was noted in its own community"
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
