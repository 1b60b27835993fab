"""The day of a session on both platforms at once, with the clock moved forward by its file."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.walks.conftest import Town
from tests.walks.people import host_on_discord, host_on_slack, join_on_discord, join_on_slack

pytestmark = pytest.mark.timeout(300)


async def through_the_day(town: Town, **settings: str) -> None:
    bot = await town.run(**settings)
    starts = town.in_days(3)

    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    code = await host_on_discord(hana, starts)
    await join_on_discord(ann, code, "How to read a contract")

    omar = town.slack.person("omar", tz="UTC")
    dana = town.slack.person("dana", tz="Europe/London")
    code_there = await host_on_slack(omar, starts)
    await join_on_slack(dana, code_there, "Night shifts")
    assert not [one for one in ann.direct_messages if "A reminder" in one.text]

    town.move_clock_to(starts - timedelta(hours=24) + timedelta(seconds=5))
    reminder = await ann.sees("A reminder", channel=ann.dm, within=20)
    assert "https://meet.example/ir-1" in reminder.text
    assert "How to read a contract" in reminder.text
    there = await dana.gets_dm("A reminder", within=20)
    words = dana.words(there)
    assert "https://meet.example/ir-2" in words
    assert "Night shifts" in words

    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))

    def again() -> bool:
        return sum("within the hour" in one.text for one in ann.direct_messages) == 1

    await town.discord.until(again, within=20)
    await town.slack.wait_for(
        lambda: sum("within the hour" in dana.words(one) for one in dana.dms) == 1, within=20
    )
    # The one tap in the first reminder still works.
    left = await (await ann.press(reminder, "Leave")).reply()
    assert "is free for somebody else now" in left.text
    await dana.press(there, "Leave")
    await dana.gets_dm("is free for somebody else now")
    mine = await (await ann.slash("hours mine")).reply()
    assert "no office hour" in mine.text

    assert await bot.stop() == 0
    for trouble in ("WARNING", "ERROR", "Warning", "Traceback"):
        assert trouble not in bot.said, bot.said


async def test_reminders_on_sqlite(town: Town) -> None:
    await through_the_day(town)


async def test_reminders_on_postgresql(town: Town, postgres_url: str) -> None:
    await through_the_day(town, DATABASE_URL=postgres_url)


async def test_closed_messages_stop_nobody_else(town: Town, requests_unchecked: None) -> None:
    """One person takes no direct messages; the reminder of the other comes all the same."""
    bot = await town.run()
    starts = town.in_days(3)
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    shut = town.discord.person("Shut", town.guild, dms_open=False)
    code = await host_on_discord(hana, starts)
    for person in (shut, ann):
        await join_on_discord(person, code, "How to read a contract")
    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))
    await ann.sees("within the hour", channel=ann.dm, within=20)
    await bot.says("undeliverable: 50007")
    assert await bot.stop() == 0
