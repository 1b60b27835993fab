"""Moderators and members at real clients: a report from a message's menu, a conflict and undo,
and a whole person exported and erased.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import pytest

from tests.discord_server import Can
from tests.walks.clients import CLIENTS, Client, OnDiscord, Shown
from tests.walks.conftest import Town
from tests.walks.people import typed
from tests.walks.test_mentors import OFFER, asks, morning

pytestmark = pytest.mark.timeout(300)
MARK = "zebrafinch"
SESSION = {"title": "First year in IR", "topic": "Career and training", "where": "Room 7"}


def boss(town: Town, platform: str, name: str) -> Client:
    """A moderator."""
    client = CLIENTS[platform](town, name)
    if isinstance(client, OnDiscord):
        role = town.discord.add_role(town.guild, f"Boss {name}", Can.MANAGE_GUILD)
        town.discord.give_role(town.guild, client.me.user, role)
    else:
        town.slack.person(name).user.is_admin = True
    return client


async def hosts(host: Client, town: Town, seats: int) -> str:
    """A session with so many seats; its title finds it."""
    starts = typed(town.in_days(12))
    echo = await host.types("hours host", "Is this right?", **SESSION, starts=starts, seats=seats)
    await host.press(echo, "Confirm", "is open for sign-up")
    return SESSION["title"]


async def reports(town: Town, who: Client, by: str, words: str) -> Any:
    """The form of `Report`, from the menu of a message that somebody wrote."""
    if isinstance(who, OnDiscord):
        author = town.discord.person(by, town.guild)
        message = await author.says(words)
        return await (await who.me.menu("Report", message)).modal()
    author = town.slack.person(by)
    message = await author.says("general", words)
    (callback,) = (one for one in town.slack.app.shortcuts or {} if "report" in one)
    person = town.slack.person("ann")
    await person.shortcut(callback, message)
    return await person.gets_form()


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_report_from_the_menu_of_a_message(town: Town, platform: str) -> None:
    await town.run()
    cleo, ann = boss(town, platform, "cleo"), CLIENTS[platform](town, "ann")
    # Whoever changed something here is known to moderate.
    change = await cleo.types("setup hours", "Then", seats_a_week=5)
    await cleo.press(change, "Confirm", "From now on it is")
    await ann.types("help", "What you can do here")
    form = await reports(town, ann, "zoe", "A line that hurts")
    given = {"category": "Harassment or pressure", "text": "Said twice, after a no."}
    made = await ann.fills(form, given, "Your name is shown to nobody")
    assert "kept for 365 days" in made.text
    await cleo.gets("A report waits")
    listed = await cleo.types("setup reports", "1 report waits")
    opening = next(one for one in listed.labels if one.startswith("Open "))
    asked = await cleo.press(listed, opening, "I do not know who wrote it")
    shown = await cleo.press(asked, "It is not my matter", "Said twice")
    assert "ann" not in shown.text.casefold().replace("channel", "")
    answer = await cleo.press_for_form(shown, "It was looked at")
    await cleo.fills(answer, {"answer": "We spoke with them."}, "is closed")
    await ann.gets("We spoke with them.")


@pytest.mark.parametrize("platform", CLIENTS)
async def test_two_moderators_and_one_setting(town: Town, platform: str) -> None:
    await town.run()
    cleo, vera = boss(town, platform, "cleo"), boss(town, platform, "vera")
    first = await cleo.types("setup hours", "Then", seats_a_week=1)
    second = await vera.types("setup hours", "Then", seats_a_week=5)
    await cleo.press(first, "Confirm", "From now on it is")
    await vera.press(second, "Confirm", "in the meantime")
    audit = await vera.types("setup audit", "3 seats → 1 seat")
    back = await vera.press(audit, "Undo", "Then")
    await vera.press(back, "Confirm", "From now on it is")
    await cleo.types("setup audit", "1 seat → 3 seats")


async def _everything(town: Town, bot: Any) -> str:
    """Every text in every table."""
    assert await bot.stop() == 0
    (file,) = town.folder.glob("*.sqlite3")
    with sqlite3.connect(file) as database:
        names = database.execute("select name from sqlite_master where type = 'table'").fetchall()
        rows = [database.execute(f'select * from "{name}"').fetchall() for (name,) in names]
    return json.dumps(rows, default=str)


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_whole_person_is_exported_and_erased(town: Town, platform: str) -> None:
    town.move_clock_to(morning())
    bot = await town.run()
    at = CLIENTS[platform]
    hana, ann, bea = (at(town, name) for name in ("hana", "ann", "bea"))
    await bea.types("help", "What you can do here")
    title = await hosts(hana, town, 2)
    await ann.types("hours join", "You have a seat in", session=title, about=f"About {MARK}")
    await _offers(hana, "I like to meet in person.")
    await _offers(ann, f"I like to meet by {MARK}.")
    await asks(ann, "hana", MARK)
    await ann.types("my block", "Blocked", member=bea.me)
    await ann.types("my zone", "zone", place="Rome")
    # A form that was refused waits as a draft.
    await ann.types(
        "hours host", "could not read", **{**SESSION, "title": MARK}, starts="never ever"
    )
    shown = await ann.types("my export", "Everything that is kept about you")
    files = await ann.files(shown, 2)
    for content in files.values():
        assert MARK in content.decode()
    asked = await ann.types("my erase", "For others this ends")
    assert "1 seat or place in line" in asked.text
    assert "1 request of yours" in asked.text
    await ann.press(asked, "Erase everything", "Everything about you is erased")
    found: Shown = await bea.types("mentor find", "", text=MARK)
    assert "ann" not in found.text.casefold().split("find")[0]
    left = await _everything(town, bot)
    assert MARK not in left
    assert f'"{_account(ann, town)}"' not in left


async def _offers(mentor: Client, meeting: str) -> None:
    form = await mentor.opens("mentor offer")
    shown = await mentor.fills(form, {**OFFER, "meeting": meeting}, "This is what others will see")
    await mentor.press(shown, "Publish", "You are in the list of mentors")


def _account(who: Client, town: Town) -> str:
    return str(who.me.id) if isinstance(who, OnDiscord) else town.slack.person("ann").id
