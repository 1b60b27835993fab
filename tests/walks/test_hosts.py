"""What hosts do with sessions that stand, at each platform's client: clocks that change in another
week on the other side, a co-host who takes over, a group hour from what many ask, and the events of
a server.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.discord_server.permissions import BOT, Can
from tests.walks.clients import CLIENTS, Client, OnDiscord, Shown
from tests.walks.conftest import Town
from tests.walks.people import code_in, typed
from tests.walks.test_mentors import asks, offers
from tests.walks.test_sessions import morning

pytestmark = pytest.mark.timeout(300)
CODE = re.compile(r" · `?([2-9b-z]{4,8})`?$", re.MULTILINE)
LINK = "https://meet.example/ir-9"


async def opens(host: Client, starts: str, **more: str | int) -> str:
    """A session; its code."""
    plan = {"title": "A first job", "topic": "career", "starts": starts, "where": LINK, **more}
    echo = await host.types("hours host", "Is this right?", **plan)
    return code_in((await host.press(echo, "Confirm", "is open for sign-up")).text)


async def confirms(host: Client, says: str, name: str, **options: str) -> Shown:
    echo = await host.types(name, "will be told", **options)
    return await host.press(echo, "Confirm", says)


def heard(who: Client, words: str) -> int:
    """How often the bot wrote this directly."""
    return sum(words in text for text in who.direct())


@pytest.mark.parametrize("platform", CLIENTS)
async def test_clocks_change_in_london_later_than_in_new_york(town: Town, platform: str) -> None:
    town.move_clock_to(datetime(2027, 3, 8, 14, 0, tzinfo=UTC))
    bot = await town.run()
    at = CLIENTS[platform]
    hana, ann, bob = (at(town, name) for name in ("hana", "ann", "bob"))
    await ann.types("my zone", "New York", place="New York")
    code = await opens(hana, "2027-03-11 18:00 London", repeat="weekly", until="2027-04-08")
    listed = await ann.types("hours list", "A first job")
    dates = await ann.press(listed, "All dates", "All dates of")
    first, second, third, fourth, _fifth = CODE.findall(dates.text)
    assert first == code
    for each in (first, second, fourth):
        await ann.types("hours join", "You have a seat in", session=each)
    for each in (third, fourth):
        await bob.types("hours join", "You have a seat in", session=each)

    town.move_clock_to(datetime(2027, 3, 15, 18, 1, tzinfo=UTC))
    assert "1 hour later for you" in (await ann.gets("Clocks have changed")).text
    later = {"session": second, "starts": "2027-03-18 19:00 London"}
    await confirms(hana, "is at", "hours move", **later)
    await ann.gets("was moved. It is at")
    off = {"session": third, "scope": "later", "reason": "A conference"}
    await confirms(hana, "sessions changed", "hours call-off", **off)
    for person in (ann, bob):
        assert "A conference" in (await person.gets("and the sessions after it as well")).text
    left = await ann.types("hours mine", second)
    assert third not in left.text
    assert fourth not in left.text
    assert [heard(ann, words) for words in ("Clocks have", "was moved", "called off")] == [1, 1, 1]
    assert [heard(bob, words) for words in ("Clocks have", "was moved", "called off")] == [0, 0, 1]
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_pulled_into_a_case_with_a_cohost(town: Town, platform: str) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run()
    at = CLIENTS[platform]
    hana, omar, ann, eva = (at(town, name) for name in ("hana", "omar", "ann", "eva"))
    code = await opens(hana, typed((now + timedelta(days=2)).replace(hour=15)), seats=1)
    roster = await hana.types("hours roster", "0 questions", session=code)
    form = await hana.press_for_form(roster, "Change")
    beside = (omar.me.user if isinstance(omar, OnDiscord) else omar.account,)
    echo = await hana.fills(form, {"cohosts": beside}, "1 person will be told")
    await hana.press(echo, "Confirm", "is changed")
    assert LINK in (await omar.gets("named you as co-host of")).text
    await ann.types("hours join", "You have a seat in", session=code)
    await eva.types("hours join", "on the waitlist", session=code)

    roster = await hana.types("hours roster", "0 questions", session=code)
    away = await hana.press(roster, "Pulled into a case", "one tap is enough")
    await hana.press(away, "Tomorrow, same time", "3 people are being told")
    assert LINK in (await ann.gets("was moved. It is at")).text
    assert LINK not in (await eva.gets("was moved. It is at")).text
    await omar.gets("was moved. It is at")
    await town.settled("oh.moved")
    away = await hana.press(roster, "Pulled into a case", "one tap is enough")
    await hana.press(away, "omar leads it", "you stay as a co-host")
    await omar.gets("Thank you for taking it over")
    for person in (ann, eva):
        await person.gets("Everything else stays as it was")
        assert heard(person, "was moved") == 1
        assert heard(person, "Everything else stays") == 1
    assert heard(hana, "was moved") == 0
    assert not any(LINK in text for text in eva.direct())
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_group_hour_for_what_three_people_ask(town: Town, platform: str) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run()
    at = CLIENTS[platform]
    mara, ann, bob, cem = (at(town, name) for name in ("mara", "ann", "bob", "cem"))
    await offers(mara, places=3)
    for trainee, about in ((ann, "papers"), (bob, "statistics"), (cem, "grants")):
        await asks(trainee, "mara", about, topic="Research")
    await mara.gets("20 minutes about grants")
    inbox = await mara.types("mentor inbox", "3 people ask about Research at the moment")
    form = await mara.press_for_form(inbox, "Open a group hour")
    when = {"starts": typed((now + timedelta(days=3)).replace(hour=15)), "where": LINK}
    echo = await mara.fills(form, when, "Is this right?")
    assert "Group hour: Research" in echo.text
    await mara.press(echo, "Confirm", "hears of it")
    for trainee in (ann, bob, cem):
        note = await trainee.gets("You asked about Research")
        assert LINK not in note.text
        await trainee.press(note, "Join", "You have a seat in")
        assert heard(trainee, "You asked about Research") == 1
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


async def test_the_events_of_a_server_follow_and_never_hold_the_link(town: Town) -> None:
    """Slack has no such thing."""
    now = morning()
    town.move_clock_to(now)
    town.discord.set_bot_permissions(town.guild, BOT | Can.CREATE_EVENTS)
    bot = await town.run(HOURS__EVENTS="true")
    mia, hana = (OnDiscord(town, name) for name in ("mia", "hana"))
    mia.moderates()
    shown = await mia.types("setup show", "Where office hours are shown")
    change = await mia.press(shown, "Turn events on", "The link is never in them")
    await mia.press(change, "Confirm", "From now on")
    code = await opens(hana, typed((now + timedelta(days=3)).replace(hour=15)))

    def events() -> list[tuple[str, int, int]]:
        known = town.guild.happenings.values()
        assert not any(LINK in f"{one.name} {one.description} {one.location}" for one in known)
        return [(one.name, one.starts.hour, one.status) for one in known]

    later = now
    for step, expected in (
        ("", ("A first job", 15, 1)),
        ("hours move", ("A first job", 16, 1)),
        ("hours change", ("A second job", 16, 1)),
        ("hours call-off", ("A second job", 16, 4)),
    ):
        given = {
            "hours move": {"starts": typed((now + timedelta(days=3)).replace(hour=16))},
            "hours change": {"title": "A second job"},
        }.get(step, {})
        if step:
            echo = await hana.types(step, "nobody has to be told", session=code, **given)
            await hana.press(echo, "Confirm", "Nobody else was concerned")
        # Looked at once a minute.
        later += timedelta(minutes=2)
        town.move_clock_to(later)
        await town.discord.until(lambda want=expected: events() == [want], within=20)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
