"""The real features on every platform: each command by typing, each Action by button and form."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.runtime.scanning import Scanning
from bot.ui.action import asked_fields
from bot.ui.parts import Can
from storage import memory_store
from tests.contract.stage import (
    ALIKE,
    GUEST,
    MEMBER,
    MODERATOR,
    NOW,
    OTHER,
    Seen,
    Sheet,
    Stage,
    Value,
    Where,
    Who,
    seen,
    sheet,
)

CODE = re.compile(r"code is `?([0-9a-z]+)`?")
SESSION: Mapping[str, Value] = {
    "title": "First year in IR",
    "topic": "career",
    "starts": "2027-03-02 18:00",
    "minutes": 60,
    "seats": 1,
    "where": "https://meet.example/ir",
}


async def hosted(stage: Stage, **changes: Value) -> str:
    """A session that ben holds; its code."""
    echo = seen(await stage.command(OTHER, "hours host", {**SESSION, **changes}))
    assert echo.private
    done = seen(await stage.press(OTHER, echo, "Confirm"))
    return code_in(done)


def code_in(opened: Seen) -> str:
    found = CODE.search(opened.text)
    assert found, opened.text
    return found[1]


def test_every_command_is_used_here() -> None:
    """Whoever adds a command adds it to a walk in this folder."""
    store = memory_store()
    names = set(registry_of(store, HandMovedClock(NOW), Scanning()).commands)
    store.close_now()
    files = Path(__file__).parent.glob("test_*.py")
    here = "".join(file.read_text(encoding="utf-8") for file in files)
    groups = "hours|my|setup|checkin|mentor|case"
    used = set(re.findall(rf'"((?:{groups}) [a-z-]+|help|ask|report)"', here))
    assert names <= used, names - used


async def test_a_session_from_beginning_to_end(bot: Stage):
    code = await hosted(bot)
    listed = seen(await bot.command(MEMBER, "hours list", {"topic": "career"}))
    assert "First year in IR" in listed.text
    assert code in listed.text
    assert "meet.example" not in listed.text

    receipt = seen(await bot.command(MEMBER, "hours join", {"session": code, "about": "Nights"}))
    assert receipt.private
    assert "You have a seat in" in receipt.text
    assert "https://meet.example/ir" in receipt.links, receipt.text
    assert [name for name in receipt.files if name.endswith(".ics")]
    waiting = seen(await bot.command(MODERATOR, "hours join", {"session": code}))
    assert "number 1" in waiting.text

    asked = await bot.command(
        MEMBER, "hours ask", {"session": code, "question": "How many nights?"}
    )
    assert "is noted" in seen(asked).text
    roster = seen(await bot.command(OTHER, "hours roster", {"session": code}))
    assert roster.private
    assert "Nights" in roster.text
    assert "How many nights?" in roster.text
    assert "no seat" not in roster.text

    mine = seen(await bot.command(MEMBER, "hours mine", {}))
    assert "First year in IR" in mine.text
    calendar = seen(await bot.command(MEMBER, "hours calendar", {"session": code}))
    (file,) = calendar.files.values()
    assert b"BEGIN:VEVENT" in file

    left = seen(await bot.command(MEMBER, "hours leave", {"session": code}))
    assert "free for somebody else now" in left.text
    back = seen(await bot.press(MEMBER, left, "Keep a place at the end"))
    assert "number 1" in back.text, "the seat is offered to somebody who came before"
    mine = seen(await bot.command(MODERATOR, "hours mine", {}))
    assert "kept for you until" in mine.text
    assert "meet.example" not in mine.text
    assert "goes to the next in line" in seen(await bot.press(MODERATOR, mine, "Not now")).text
    mine = seen(await bot.command(MEMBER, "hours mine", {}))
    assert "You have a seat in" in seen(await bot.press(MEMBER, mine, "Take the seat")).text
    rules = seen(await bot.command(MODERATOR, "setup hours", {"seats_a_week": 2}))
    assert "2 seats" in rules.text
    shown = seen(await bot.command(MODERATOR, "setup show", {}))
    turned = seen(await bot.press(MODERATOR, shown, "Turn the list on"))
    assert "One message in the channel for office hours" in turned.text
    assert bot.pinged() == []
    for who in (MEMBER, MODERATOR):
        assert not any("How many nights?" in text for text in bot.in_channel(who))


async def test_moving_and_calling_off(bot: Stage):
    code = await hosted(bot, repeat="weekly")
    move = seen(
        await bot.command(OTHER, "hours move", {"session": code, "starts": "2027-03-03 19:00"})
    )
    assert "Move First year in IR" in move.text.replace("*", "")
    cancelled = seen(await bot.press(OTHER, move, "Cancel"))
    assert "Nothing was changed" in cancelled.text
    assert cancelled.labels == []
    change = seen(await bot.command(OTHER, "hours change", {"session": code, "where": "Room 7"}))
    assert "Room 7" in change.text
    assert "First year" in seen(await bot.press(OTHER, change, "Confirm")).text
    roster = seen(await bot.command(OTHER, "hours roster", {"session": code}))
    form = sheet(await bot.press(OTHER, roster, "Change"))
    assert form.fields["where"] == "Room 7"
    away = seen(await bot.press(OTHER, roster, "Pulled into a case"))
    assert "15 min later" in seen(await bot.press(OTHER, away, "15 min later")).text
    bot.clock.set(NOW + timedelta(days=1, hours=5))
    late = seen(await bot.command(OTHER, "hours late", {"session": code, "minutes": 10}))
    assert "10 min later" in late.text
    off = seen(await bot.command(OTHER, "hours call-off", {"session": code, "reason": "On call"}))
    assert "On call" in off.text
    assert "is called off" in seen(await bot.press(OTHER, off, "Confirm")).text


async def test_the_same_by_button_and_form(bot: Stage):
    form = sheet(await bot.command(OTHER, "hours host", {"title": "First year in IR"}))
    assert form.fields["title"] == "First year in IR"
    echo = seen(await bot.send(OTHER, form, {**SESSION, "cohosts": (Who(MODERATOR),)}))
    assert "Is this right?" in echo.text
    opened = seen(await bot.press(OTHER, echo, "Confirm"))
    assert opened.labels[-3:] == ["Roster", "Move", "Call off"]

    listed = seen(await bot.command(MEMBER, "hours list", {}))
    question = sheet(await bot.press(MEMBER, listed, "Ask a question"))
    assert "is noted" in seen(await bot.send(MEMBER, question, {"question": "How many?"})).text
    receipt = seen(await bot.press(MEMBER, listed, "Join"))
    assert "You have a seat in" in receipt.text
    assert "First year in IR" in seen(await bot.press(MEMBER, receipt, "My sessions")).text
    roster = seen(await bot.press(OTHER, opened, "Roster"))
    assert "How many?" in roster.text
    moving = sheet(await bot.press(OTHER, opened, "Move"))
    moved = seen(await bot.send(OTHER, moving, {"starts": "2027-03-03 19:00"}))
    assert "First year in IR" in seen(await bot.press(OTHER, moved, "Confirm")).text
    calling = sheet(await bot.press(OTHER, opened, "Call off"))
    off = seen(await bot.send(OTHER, calling, {"reason": "On call"}))
    assert "is called off" in seen(await bot.press(OTHER, off, "Confirm")).text
    assert "free for somebody else" not in receipt.text
    left = seen(await bot.press(MEMBER, receipt, "Leave"))
    assert left.private


async def test_after_a_session(bot: Stage):
    code = await hosted(bot, seats=3)
    receipt = seen(await bot.command(MEMBER, "hours join", {"session": code}))
    assert "You have a seat in" in receipt.text
    question = {"session": code, "question": "Is it hard?"}
    assert "is noted" in seen(await bot.command(MEMBER, "hours ask", question)).text
    unknown = seen(await bot.command(MODERATOR, "setup question", {"question": "zzzz"}))
    assert "no question without a name" in unknown.text
    bot.clock.set(NOW + timedelta(days=1, hours=7))
    roster = seen(await bot.command(OTHER, "hours roster", {"session": code}))
    assert "Who was there?" in roster.text
    noted = seen(await bot.press(OTHER, roster, "Everybody was there"))
    assert "Noted for" in noted.text
    assert "was there" in seen(await bot.press(OTHER, noted, "Roster")).text


async def test_a_live_queue(bot: Stage):
    code = await hosted(bot, mode="drop-in")
    later = seen(await bot.command(MEMBER, "hours queue", {"session": code}))
    assert "a quarter of an hour before" in later.text
    bot.clock.set(NOW + timedelta(days=1, hours=6))
    place = seen(await bot.command(MEMBER, "hours queue", {"session": code, "question": "Why?"}))
    assert place.private
    assert "first in line" in place.text
    desk = seen(await bot.command(OTHER, "hours queue", {"session": code}))
    assert "Why?" in desk.text
    called = seen(await bot.press(OTHER, desk, "Next"))
    assert "With you" in called.text
    assert "It is your turn" in seen(await bot.press(MEMBER, place, "Where am I")).text
    paused = seen(await bot.press(OTHER, called, "Pause"))
    assert "The queue pauses" in paused.text
    assert "open" in seen(await bot.press(OTHER, paused, "Open the floor")).text


async def test_settings_and_help(bot: Stage):
    zone = seen(await bot.command(MEMBER, "my zone", {"place": "Boston"}))
    assert zone.private
    assert "Boston, Massachusetts" in zone.text
    assert "America/New_York" in zone.text
    several = seen(await bot.command(MEMBER, "my zone", {"place": "Springfield"}))
    illinois = "Springfield, Illinois (America/Chicago)"
    assert illinois in several.labels
    assert "America/Chicago" in seen(await bot.press(MEMBER, several, illinois)).text
    unknown = seen(await bot.command(MEMBER, "my zone", {"place": "Xyzzyville"}))
    assert "Xyzzyville" in unknown.text
    assert "Correct it" in unknown.labels
    for who in (MEMBER, MODERATOR):
        told = seen(await bot.command(who, "help", {}))
        assert told.private
        assert ("For moderators of this community" in told.labels) is (who == MODERATOR)
        hours = seen(await bot.press(who, told, "Office hours with mentors"))
        assert "hours join" in hours.text
        assert "All topics" in hours.labels
    order = seen(await bot.command(MEMBER, "help", {"topic": "order"}))
    assert "carries the least of what they offered" in order.text
    started = seen(await bot.command(MODERATOR, "setup start", {}))
    assert started.private
    form = sheet(await bot.press(MODERATOR, started, "Change the zone"))
    change = seen(await bot.send(MODERATOR, form, {"place": "Rome"}))
    assert change.private
    assert "Europe/Rome" in change.text
    assert "Europe/Rome" in seen(await bot.press(MODERATOR, change, "Confirm")).text


async def test_refusals_are_private_and_kind(bot: Stage):
    code = await hosted(bot)
    for who, name, options in (
        (MEMBER, "hours join", {"session": "zzzz"}),
        (MEMBER, "hours leave", {"session": code}),
        (MEMBER, "hours roster", {"session": code}),
        (MEMBER, "hours move", {"session": code, "starts": "2027-03-03 19:00"}),
        (MEMBER, "hours call-off", {"session": code}),
        (MEMBER, "hours late", {"session": code, "minutes": 5}),
        (OTHER, "hours join", {"session": code}),
        (OTHER, "hours late", {"session": code, "minutes": 5}),
        (OTHER, "hours move", {"session": code, "starts": "2020-03-03 19:00"}),
        (OTHER, "hours move", {"session": code, "starts": "nonsense"}),
        (OTHER, "hours host", {**SESSION, "starts": "2020-03-03 19:00"}),
        (MEMBER, "hours ask", {"session": "zzzz", "question": "Anybody?"}),
    ):
        answer = await bot.command(who, name, options)
        if isinstance(answer, Sheet):  # a form that says at the field what is wrong
            assert name in ("hours move", "hours host")
            continue
        assert answer.private, name
        assert "!" not in answer.text, answer.text
    assert bot.in_channel(MODERATOR) == []


async def test_members_see_no_button_that_is_refused(bot: Stage):
    await hosted(bot)
    listed = seen(await bot.command(MEMBER, "hours list", {}))
    for label in listed.labels:
        answer = await bot.press(MEMBER, listed, label)
        if isinstance(answer, Seen):
            assert "meant for" not in answer.text


async def test_a_guest_looks_and_is_offered_nothing_else(bot: Stage):
    if GUEST not in bot.kinds:
        return
    code = await hosted(bot)
    listed = seen(await bot.command(GUEST, "hours list", {}))
    assert listed.private
    assert "First year in IR" in listed.text
    assert listed.labels == []
    helped = seen(await bot.command(GUEST, "help", {}))
    assert "hours list" in helped.text
    assert "hours join" not in helped.text
    refused = seen(await bot.command(GUEST, "hours join", {"session": code}))
    assert refused.private
    assert "Guests can look" in refused.text


async def test_twenty_people_at_once_with_every_command(bot: Stage):
    """Each of them is acknowledged within three seconds, and reads something that makes sense."""
    texts = await bot.rush("hours list", 20, {})
    assert len(texts) == 20
    assert all("No office hours" in text for text in texts)
    typed: Mapping[str, Value] = {
        **SESSION,
        "session": await hosted(bot),
        "question": "How many nights?",
        "place": "Rome",
        "member": Who(OTHER),
        "mentor": Who(OTHER),
        "format": "talk",
        "seats_a_week": 3,
        "category": "Something else",
        "act": "seat.add",
    }
    store = memory_store()
    commands = registry_of(store, HandMovedClock(NOW), Scanning()).commands
    store.close_now()
    for name, command in commands.items():
        required = [one for one in asked_fields(command.action) if one.required]
        options = {
            one.name: typed.get(one.name, "An example") for one in required if not one.kind.many
        }
        texts = await bot.rush(name, 20, options)
        assert len(texts) == 20, name
        for text in texts:
            assert text.strip(), name
            assert "Something went wrong" not in text, name


async def test_a_hostile_title_stays_a_title(bot: Stage):
    bot.hostile = True
    title = "@everyone <!channel> **b** <b>x</b> {host}"
    form = sheet(await bot.command(OTHER, "hours host", {}))
    hostile = {**SESSION, "title": title, "where": "<!here> *room* @here"}
    echo = seen(await bot.send(OTHER, form, hostile))
    assert title in echo.text.translate(ALIKE)
    opened = seen(await bot.press(OTHER, echo, "Confirm"))
    code = code_in(opened)
    listed = seen(await bot.command(MEMBER, "hours list", {}))
    assert title in listed.text.translate(ALIKE)
    receipt = seen(await bot.press(MEMBER, listed, "Join"))
    assert "<!here> *room* @here" in receipt.text.translate(ALIKE)
    about = "<@U1> `code` ||x|| & <script>"
    if Can.LONG_FORM in bot.can:
        noted = sheet(await bot.command(MEMBER, "hours join", {}))
        again = await bot.send(MEMBER, noted, {"session": code, "about": about})
    else:
        again = await bot.command(MEMBER, "hours join", {"session": code, "about": about})
    again = seen(again)
    assert about in again.text.translate(ALIKE)
    assert bot.pinged() == []


async def test_follow_ups_and_personal_hours(bot: Stage):
    open_now = seen(await bot.command(MEMBER, "checkin status", {}))
    assert open_now.private
    assert "Nothing is open" in open_now.text
    for name, options in (
        ("checkin update", {"pair": "zzzz", "text": "Read two papers"}),
        ("checkin step", {"pair": "zzzz", "text": "Write to the clinic", "due": "2027-03-11"}),
        ("checkin quiet", {"pair": "zzzz", "until": "2027-03-11"}),
        ("checkin close", {"pair": "zzzz"}),
        ("checkin help", {"pair": "zzzz"}),
    ):
        refused = seen(await bot.command(MEMBER, name, options))
        assert refused.private
        assert "not one of yours" in refused.text
    away = seen(await bot.command(MEMBER, "my away", {"from": "2027-03-10", "until": "2027-03-14"}))
    assert "14 Mar 2027" in away.text
    assert seen(await bot.press(MEMBER, away, "Take back")).private
    notify = seen(await bot.command(MEMBER, "my notify", {}))
    assert "08:00 - 20:00" in notify.text
    paused = seen(await bot.press(MEMBER, notify, "Pause for two weeks"))
    assert "End the pause" in paused.labels
    asked = seen(await bot.command(MEMBER, "ask", {"question": "How?", "topic": "career"}))
    assert asked.private
    seasons = seen(await bot.command(MODERATOR, "setup seasons", {}))
    assert seasons.private
    assert "Mark a season" in seasons.labels


async def test_moderators_set_patience_and_channels(bot: Stage):
    panel = seen(await bot.command(MODERATOR, "setup policies", {}))
    assert panel.private
    assert "reminder after 2 days" in panel.text
    form = sheet(await bot.choose(MODERATOR, panel, "Change", "question"))
    change = seen(await bot.send(MODERATOR, form, {"patience": 2}))
    assert "reminder after 2 days" in change.text
    assert "reminder after 4 days" in change.text
    assert "From now on" in seen(await bot.press(MODERATOR, change, "Confirm")).text
    panel = seen(await bot.command(MODERATOR, "setup policies", {}))
    assert "reminder after 4 days" in panel.text
    channels = seen(await bot.command(MODERATOR, "setup channels", {}))
    assert channels.private
    form = sheet(await bot.press(MODERATOR, channels, "Choose a channel"))
    change = seen(await bot.send(MODERATOR, form, {"use": "staff", "channel": Where()}))
    assert change.private
    assert "From now on" in seen(await bot.press(MODERATOR, change, "Confirm")).text
    assert "moderators" in seen(await bot.command(MODERATOR, "setup channels", {})).text
