"""A session at each platform's client: joined with one tap, changed, held as a queue, marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.walks.clients import CLIENTS, Client
from tests.walks.conftest import Town
from tests.walks.people import code_in, typed

pytestmark = pytest.mark.timeout(300)


def morning() -> datetime:
    """Nine in the morning of the next working day: nobody is asleep."""
    day = datetime.now(UTC) + timedelta(days=1)
    while day.weekday() > 3:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


async def begins(town: Town, other: Client, starts: datetime) -> None:
    """The clock moves to the start; somebody else's reminder of a later one shows that it did."""
    plan: dict[str, str | int] = {"title": "A later one", "topic": "career", "where": "Room 13"}
    at = typed(starts + timedelta(minutes=61))
    echo = await other.types("hours host", "Is this right?", **plan, starts=at)
    await other.press(echo, "Confirm", "is open for sign-up")
    town.move_clock_to(starts + timedelta(minutes=2))
    await other.gets("which you lead, begins within the hour")


@pytest.mark.parametrize("platform", CLIENTS)
async def test_one_tap_a_change_and_who_was_there(town: Town, platform: str) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run()
    at = CLIENTS[platform]
    hana, ann, bob = (at(town, name) for name in ("hana", "ann", "bob"))
    starts = (now + timedelta(days=1)).replace(hour=15)
    plan: dict[str, str | int] = {
        "title": "First year in IR",
        "topic": "career",
        "starts": typed(starts),
        "seats": 2,
    }
    echo = await hana.types("hours host", "Is this right?", **plan, where="Room 12")
    opened = await hana.press(echo, "Confirm", "is open for sign-up")
    code = code_in(opened.text)
    for person in (ann, bob):
        listed = await person.types("hours list", "First year in IR")
        assert "Room 12" not in listed.text
        receipt = await person.press(listed, "Join", "You have a seat in")
        assert "Room 12" in receipt.text
    new = {"session": code, "title": "The first year"}
    echo = await hana.types("hours change", "The first year", **new)
    await hana.press(echo, "Confirm", "2 people are being told")
    for person in (ann, bob):
        assert "This is how it stands now" in (await person.gets("was changed")).text
    await begins(town, at(town, "zoe"), starts)
    roster = await hana.types("hours roster", "Who was there?", session=code)
    await hana.press(roster, "Everybody was there", "Noted for")
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_live_queue(town: Town, platform: str) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run()
    at = CLIENTS[platform]
    hana, ann, bob = (at(town, name) for name in ("hana", "ann", "bob"))
    starts = now + timedelta(hours=2)
    plan = {"title": "Drop in", "topic": "career", "starts": typed(starts), "mode": "drop-in"}
    echo = await hana.types("hours host", "Is this right?", **plan, where="Room 12")
    code = code_in((await hana.press(echo, "Confirm", "is open for sign-up")).text)
    await begins(town, at(town, "zoe"), starts)
    await ann.types("hours queue", "You are first in line", session=code, question="Which wire?")
    await bob.types("hours queue", "1 person is ahead of you", session=code)
    desk = await hana.types("hours queue", "Which wire?", session=code)
    desk = await hana.press(desk, "Next", "With you")
    assert "Room 12" in (await ann.gets("It is your turn in")).text
    await bob.gets("You are next in")
    desk = await hana.press(desk, "Pause", "The queue pauses")
    await bob.gets("pauses for a moment")
    await hana.press(desk, "Close", "Nobody new can line up")
    town.move_clock_to(starts + timedelta(minutes=46))
    await bob.gets("is over, and your turn did not come")
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
