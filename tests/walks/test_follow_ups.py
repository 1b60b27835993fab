"""A check-in answered by a tap, a question asked and answered, and a line written to the bot."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.people import Account, Place
from bot.services import pairs
from bot.services.ports import Work
from storage import open_store
from tests.walks.clients import CLIENTS
from tests.walks.conftest import Town

pytestmark = pytest.mark.timeout(400)


def a_weekday(town: Town, days: int) -> datetime:
    """18:00 UTC on the first day from Monday to Friday that is at least so far away."""
    while (day := town.in_days(days)).weekday() > 4:
        days += 1
    return day


async def prepare(town: Town, place: Place, mentor: Account, trainee: Account, room: str) -> None:
    """What other features will do: a match, and a channel for questions."""

    def settle(work: Work) -> None:
        home, now = work.communities.of(place), datetime.now(UTC)
        sides = [work.people.find(one) for one in (mentor, trainee)]
        assert home is not None
        assert sides[0] is not None
        assert sides[1] is not None
        pairs.open_pair(work, now, home.id, sides[0].member, sides[1].member)
        work.communities.set_channel(home.id, "questions", place, room)

    store = await open_store(f"sqlite:///{town.folder / 'introducer.sqlite3'}")
    await store.write(settle)
    await store.close()


async def test_check_in_and_question_on_discord(town: Town) -> None:
    first = await town.run()
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    for person in (hana, ann):
        assert "Nothing is open" in (await (await person.slash("checkin status")).reply()).text
    assert await first.stop() == 0
    (room,) = [one for one in town.guild.channels.values() if one.name == "general"]
    mentor, trainee = (Account("discord", "", str(one.user.id)) for one in (hana, ann))
    await prepare(town, Place("discord", str(town.guild.id)), mentor, trainee, str(room.id))

    bot = await town.run()
    await ann.sees("are a pair now", channel=ann.dm, within=20)
    town.move_clock_to(a_weekday(town, 8))
    asked = await ann.sees("One tap is enough", channel=ann.dm, within=20)
    assert "Good to hear" in (await (await ann.press(asked, "We met")).reply()).text
    await hana.sees("One tap is enough", channel=hana.dm, within=20)
    await hana.says("We spoke on the phone", channel=hana.dm)
    instead = await hana.sees("nothing written here is kept", channel=hana.dm, within=20)
    assert "sign of life" in instead.text
    assert "phone" not in instead.text

    options = {"question": "How many nights a month?", "topic": "Career and training"}
    await (await ann.slash("ask", {**options, "anonymous": True})).reply()
    posted = await hana.sees("How many nights", channel=room, within=20)
    assert "Ann" not in posted.text
    thanks = await (await hana.press(posted, "I answered")).reply()
    assert "whether it helped" in thanks.text
    helped = await ann.sees("Somebody answered", channel=ann.dm, within=20)
    assert "closed" in (await (await ann.press(helped, "It helped")).reply()).text
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


async def test_check_in_and_question_on_slack(town: Town) -> None:
    first = await town.run()
    omar, dana = (town.slack.person(name, tz="UTC") for name in ("omar", "dana"))
    for person in (omar, dana):
        await person.command("/ir-checkin", "status")
        await person.told("Nothing is open")
    assert await first.stop() == 0
    team = omar.workspace.id
    room = omar.place("general")
    room.members.add(omar.workspace.bot.id)
    mentor, trainee = (Account("slack", team, one.id) for one in (omar, dana))
    await prepare(town, Place("slack", team), mentor, trainee, room.id)

    bot = await town.run()
    await dana.gets_dm("are a pair now", within=20)
    town.move_clock_to(a_weekday(town, 8))
    asked = await dana.gets_dm("One tap is enough", within=20)
    await dana.press(asked, "We met")
    await dana.gets_dm("Good to hear", within=20)
    await omar.gets_dm("One tap is enough", within=20)
    await omar.says("dm", "We spoke on the phone")
    instead = await omar.gets_dm("nothing written here is kept", within=20)
    assert "phone" not in omar.words(instead)

    await dana.command("/ir-ask", 'question:"How many nights a month?" topic:career anonymous:yes')
    posted = await omar.reads("How many nights", within=20)
    await omar.press(posted, "I answered")
    await omar.told("whether it helped", within=20)
    helped = await dana.gets_dm("Somebody answered", within=20)
    await dana.press(helped, "It helped")
    await dana.gets_dm("is closed", within=20)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_step_and_a_pair_to_their_ends(town: Town, platform: str) -> None:
    """What nobody answers: reminder, last word, a closing to both sides; and open again."""
    first = await town.run()
    hana, ann = (CLIENTS[platform](town, name) for name in ("hana", "ann"))
    for person in (hana, ann):
        await person.types("checkin status", "Nothing is open")
    assert await first.stop() == 0
    place, room = hana.home
    await prepare(town, place, hana.known_as, ann.known_as, room)

    bot = await town.run()
    new = await ann.gets("are a pair now")
    found = re.search(r"\(`?(\w+)`?\)", new.text)
    assert found, new.text
    due = town.in_days(2)
    while due.weekday() not in (1, 2, 3, 4):  # the day before is one on which Ann is written to
        due += timedelta(days=1)
    step = {"pair": found[1], "text": "Send my CV", "due": f"{due:%Y-%m-%d}"}
    await ann.types("checkin step", "Noted for", **step)
    town.move_clock_to(due - timedelta(hours=24, seconds=-30))
    await ann.gets("You planned this for")
    town.move_clock_to(due + timedelta(seconds=30))
    await ann.gets("Done, a new date or dropped")
    town.move_clock_to(due + timedelta(days=7, seconds=30))
    stopped = await ann.gets("I stop asking about this")
    await ann.press(stopped, "Drop it", "off your list")

    # The first meeting was asked about on the way; now its last word, and the close.
    for person in (hana, ann):
        await person.gets("been in touch")
    # By the calendar: it is then more than two weeks since the pair began, whatever time it is now.
    town.move_clock_to(a_weekday(town, (due.date() - datetime.now(UTC).date()).days + 13))
    for person in (hana, ann):
        last = await person.gets("keep, pause or close")
        assert "closed for now" not in last.text
        assert list(last.labels[:3]) == ["Keep", "Pause", "Close"], "the answers to what is asked"
    town.move_clock_to(a_weekday(town, 45))
    for person in (hana, ann):
        closed = await person.gets("closed for now, with thanks")
        assert "answer" not in closed.text
    await ann.press(closed, "Reopen", "open again")
    await hana.gets("are a pair again")
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
