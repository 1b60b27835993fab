"""A seat that frees up, through the whole bot: offered on each platform, taken with one tap."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest

from tests.walks.conftest import Town
from tests.walks.people import code_in, host_on_discord, join_on_discord, join_on_slack, typed

pytestmark = pytest.mark.timeout(300)


def morning() -> datetime:
    """Nine in the morning of the next working day: nobody is asleep."""
    day = datetime.now(UTC) + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def test_a_freed_seat_is_offered_and_taken_on_both_platforms(town: Town) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run()
    starts = (now + timedelta(days=4)).replace(hour=18)
    hana, ann, bob = (town.discord.person(name, town.guild) for name in ("Hana", "Ann", "Bob"))
    code = await host_on_discord(hana, starts, seats=1)
    receipt = await join_on_discord(ann, code, "Contracts")
    waiting = await (await bob.slash("hours join", {"session": code})).reply()
    assert "on the waitlist as number 1" in waiting.text
    assert "meet.example" not in waiting.text
    await (await ann.press(receipt, "Leave")).reply()
    offer = await bob.sees("you are first in line", channel=bob.dm, within=20)
    assert "meet.example" not in offer.text, "the link is for those who have a seat"
    taken = await (await bob.press(offer, "Take the seat")).reply()
    assert "You have a seat in" in taken.text
    assert "https://meet.example/ir-1" in taken.text

    omar, dana, alex = (town.slack.person(name, tz="UTC") for name in ("omar", "dana", "alex"))
    await omar.command(
        "/ir-hours",
        f'host title:"A talk" topic:career starts:"{typed(starts)}" seats:1 where:"Room 1"',
    )
    await omar.press(await omar.told("Is this right?"), "Confirm")
    code = code_in(omar.words(await omar.gets_dm("is open for sign-up")))
    await join_on_slack(dana, code, "Contracts")
    await alex.command("/ir-hours", f"join {code}")
    await alex.told("on the waitlist as number 1")
    await dana.command("/ir-hours", f"leave {code}")
    offer = await alex.gets_dm("you are first in line", within=20)
    assert "Room 1" not in alex.words(offer)
    await alex.open_home()
    home = await alex.gets_home("A seat is kept for you until")
    await alex.press(home, "Take the seat")
    assert "Room 1" in alex.words(await alex.gets_dm("You have a seat in"))
    assert await bot.stop() == 0
    for trouble in ("ERROR", "Traceback"):
        assert trouble not in bot.said, bot.said


async def test_a_private_calendar_address_is_served(town: Town) -> None:
    port = free_port()
    settings = {"HTTP__PORT": str(port), "HTTP__PUBLIC_URL": f"http://127.0.0.1:{port}"}
    bot = await town.run(**settings)
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    code = await host_on_discord(hana, town.in_days(3))
    await join_on_discord(ann, code, "Contracts")
    calendar = await (await ann.slash("hours calendar")).reply()
    given = await (await ann.press(calendar, "Private calendar address")).reply()
    assert given.private
    start = given.text.index(f"http://127.0.0.1:{port}/calendar/")
    address = given.text[start:].split(".ics")[0] + ".ics"
    async with aiohttp.ClientSession() as client:
        async with client.get(address) as answer:
            assert answer.status == 200
            assert "SUMMARY:First year in IR" in await answer.text()
        await (await ann.press(given, "Take it back")).update()
        async with client.get(address) as answer:
            assert answer.status == 404
    assert await bot.stop() == 0
    assert address not in bot.said, "an address is a secret"
