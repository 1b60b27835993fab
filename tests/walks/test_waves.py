"""Many people with a seat whom the bot never wrote to, at both platforms at once: named in the
thread of the list, written to if they ask, nobody forgotten, no community behind another.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from tests.walks.clients import Client, OnDiscord, OnSlack
from tests.walks.conftest import Town
from tests.walks.people import code_in, typed

pytestmark = pytest.mark.timeout(300)
MENTION = re.compile(r"<@(\w+)>")
REMINDER = "A reminder: "
HOUR = "begins within the hour"
LIST = "This list keeps itself up to date"
WAVE = "A reminder for those who come"
# A deployment has thirty, and twenty: here three are a crowd.
LIMITS = {"HOURS__FIRST_MESSAGES": "2", "DISCORD__FIRST_CONTACTS_PER_MINUTE": "3"}


def morning() -> datetime:
    """Nine in the morning of the day after tomorrow."""
    day = datetime.now(UTC) + timedelta(days=2)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


async def list_stands(moderator: Client, channel: object) -> None:
    """A moderator chooses the channel for office hours and turns the list on."""
    moderator.moderates()
    panel = await moderator.types("setup channels", "Channels of this place")
    form = await moderator.press_for_form(panel, "Choose a channel")
    change = await moderator.fills(form, {"use": "hours", "channel": channel}, "office hours")
    await moderator.press(change, "Confirm", "From now on")
    shown = await moderator.types("setup show", "Where office hours are shown")
    change = await moderator.press(shown, "Turn the list on", "One message in the channel")
    await moderator.press(change, "Confirm", "From now on")


def accounts(people: Sequence[Client]) -> set[str]:
    return {one.account for one in people}


async def full_house(host: Client, people: list[Client], starts: datetime) -> None:
    plan = {"title": "A full house", "topic": "career", "starts": typed(starts), "seats": 9}
    echo = await host.types("hours host", "Is this right?", **plan, where="Room 12")
    opened = await host.press(echo, "Confirm", "is open for sign-up")
    for one in people:
        await one.types("hours join", "You have a seat in", session=code_in(opened.text))


async def test_named_below_the_list_and_written_to_if_they_ask(town: Town) -> None:
    now = morning()
    town.move_clock_to(now)
    bot = await town.run(**LIMITS)
    starts = now + timedelta(days=2)
    hall, general = next(iter(town.guild.channels.values())), town.slack.channel("general")
    await list_stands(OnDiscord(town, "cleo"), hall)
    await list_stands(OnSlack(town, "alex"), general.id)
    # Looked at once a minute; what is said before the list stands is said in the channel itself.
    town.move_clock_to(now + timedelta(minutes=5))
    await town.discord.until(lambda: [one for one in hall.messages.values() if LIST in one.text])
    await town.slack.wait_for(lambda: [one for one in general.messages if LIST in str(one.blocks)])

    here = [OnDiscord(town, f"d{number}") for number in range(4)]
    there = [OnSlack(town, f"s{number}") for number in range(4)]
    hana = OnDiscord(town, "hana")
    await full_house(hana, [*here], starts)
    await full_house(OnSlack(town, "omar"), [*there], starts)
    town.may_be_called.update(f"<@{one.account}>" for one in there)
    town.move_clock_to(starts - timedelta(hours=24) + timedelta(seconds=5))

    named_here = await here[0].sees(WAVE)
    named_there = await there[0].sees(WAVE)
    list_here = next(one for one in hall.messages.values() if LIST in one.text)
    list_there = next(one for one in general.messages if LIST in str(one.blocks))
    (post,) = named_here.of
    assert post.channel.id == list_here.id, "a thread has the id of its message"
    assert set(MENTION.findall(post.text)) - {hana.account} == accounts(here)
    assert named_there.of.thread_ts == list_there.ts
    assert set(MENTION.findall(str(named_there.of.blocks))) == accounts(there)
    for shown in (named_here, named_there):
        assert "Room 12" not in shown.text

    def got(words: str) -> list[int]:
        mail = [[one.text for one in each.me.direct_messages] for each in here]
        return [sum(words in text for text in texts) for texts in mail]

    assert got(REMINDER) == [0] * 4
    for one in here:
        await one.press(named_here, "Write to me directly", "comes to you directly")
    # Discord's strangers wait for each other; who asked at the other community does not.
    await there[0].press(named_there, "Write to me directly", "comes to you directly")
    await there[0].gets(REMINDER)
    assert 0 in got(REMINDER)
    town.move_clock_to(starts - timedelta(hours=23))
    await town.discord.until(lambda: got(REMINDER) == [1] * 4, within=20)

    town.move_clock_to(starts - timedelta(hours=1) + timedelta(seconds=5))
    await there[0].gets(HOUR)

    def again() -> bool:
        last = [one for one in general.messages if one.bot][-1]
        return set(MENTION.findall(str(last.blocks))) == accounts(there[1:])

    await town.slack.wait_for(again, within=20)
    await town.discord.until(lambda: got(HOUR) == [1] * 4, within=20)
    assert sum(WAVE in one.text for one in post.channel.messages.values()) == 1
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
