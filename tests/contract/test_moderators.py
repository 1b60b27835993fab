"""Moderators on every platform: roles, a conflict, undo, texts, the hold, what is missing."""

from __future__ import annotations

from tests.contract.stage import MEMBER, MODERATOR, OTHER, Stage, Who, seen, sheet
from tests.contract.test_commands import hosted


async def test_of_two_changes_at_once_the_second_sees_the_conflict(bot: Stage):
    first = seen(await bot.command(MODERATOR, "setup hours", {"seats_a_week": 1}))
    second = seen(await bot.command(MODERATOR, "setup hours", {"seats_a_week": 5}))
    assert "3 seats" in first.text
    assert "1 seat" in seen(await bot.press(MODERATOR, first, "Confirm")).text
    late = seen(await bot.press(MODERATOR, second, "Confirm"))
    assert "in the meantime" in late.text
    assert "5 seats" in late.text
    audit = seen(await bot.command(MODERATOR, "setup audit", {}))
    assert audit.private
    assert "3 seats" in audit.text
    back = seen(await bot.press(MODERATOR, audit, "Undo"))
    assert "3 seats" in seen(await bot.press(MODERATOR, back, "Confirm")).text


async def test_who_may_what(bot: Stage):
    panel = seen(await bot.command(MODERATOR, "setup roles", {}))
    assert panel.private
    form = sheet(await bot.choose(MODERATOR, panel, "Name somebody", "host"))
    named = seen(await bot.send(MODERATOR, form, {"people": (Who(MODERATOR),)}))
    assert "nobody else can host" in named.text
    assert "From now on" in seen(await bot.press(MODERATOR, named, "Confirm")).text
    asked = {"title": "IR day", "topic": "career", "starts": "2027-03-02 18:00", "where": "Room 7"}
    assert "for hosts" in seen(await bot.command(OTHER, "hours host", asked)).text


async def test_texts_pulse_check_members_and_joining(bot: Stage):
    await hosted(bot)
    panel = seen(await bot.command(MODERATOR, "setup texts", {}))
    text = seen(await bot.choose(MODERATOR, panel, "Look at", "welcome"))
    form = sheet(await bot.press(MODERATOR, text, "Change"))
    own = seen(await bot.send(MODERATOR, form, {"text": "Welcome to our house."}))
    await bot.press(MODERATOR, own, "Confirm")
    assert "our house" in seen(await bot.command(MEMBER, "help", {})).text
    pulse = seen(await bot.command(MODERATOR, "setup pulse", {}))
    assert pulse.private
    assert "Mentors with room" in pulse.text
    check = seen(await bot.command(MODERATOR, "setup check", {}))
    assert "What the bot needs here" in check.text
    act = {"member": Who(MEMBER), "session": "First year in IR", "act": "seat.add", "why": "Asked"}
    given = seen(await bot.command(MODERATOR, "setup members", act))
    assert "Done" in given.text
    assert "First year in IR" in seen(await bot.command(MEMBER, "hours mine", {})).text
    joins = seen(await bot.command(MODERATOR, "setup join", {}))
    assert "within ten minutes" in joins.text


async def test_a_hold_and_going_on(bot: Stage):
    panel = seen(await bot.command(MODERATOR, "setup hold", {}))
    form = sheet(await bot.press(MODERATOR, panel, "Hold every direct message"))
    held = seen(await bot.send(MODERATOR, form, {"why": "Something is wrong"}))
    assert "on hold" in held.text
    assert "on hold" in seen(await bot.command(MODERATOR, "setup hold", {})).text
    gone = seen(await bot.press(MODERATOR, held, "Let them go on"))
    assert "go out again" in gone.text
