"""What is kept about somebody, on every platform: as files, and erased."""

from __future__ import annotations

import re

from tests.contract.stage import MEMBER, MODERATOR, OTHER, Stage, seen, sheet
from tests.contract.test_commands import hosted


async def test_everything_as_two_files(bot: Stage):
    code = await hosted(bot)
    await bot.command(MEMBER, "hours join", {"session": code, "about": "Nights"})
    shown = seen(await bot.command(MEMBER, "my export", {}))
    assert shown.private
    assert sorted(shown.files) == ["my-data.html", "my-data.json"]


async def test_erased_after_the_effect_on_others_was_shown(bot: Stage):
    code = await hosted(bot)
    await bot.command(MEMBER, "hours join", {"session": code})
    shown = seen(await bot.command(MEMBER, "my erase", {}))
    assert shown.private
    assert "1 seat or place in line: it goes to the next" in shown.text
    kept = seen(await bot.press(MEMBER, shown, "Cancel"))
    assert "Nothing was erased" in kept.text
    shown = seen(await bot.command(MEMBER, "my erase", {}))
    done = seen(await bot.press(MEMBER, shown, "Erase everything"))
    assert "Everything about you is erased" in done.text
    assert code not in seen(await bot.command(MEMBER, "hours mine", {})).text
    taken = seen(await bot.command(OTHER, "hours join", {"session": code}))
    assert "have a seat" in taken.text or "lead" in taken.text
    nobody = seen(await bot.command(MODERATOR, "my erase", {}))
    assert "Nobody else is concerned" in nobody.text or "For others" in nobody.text
    assert bot.pinged() == []


async def test_the_panel_has_everything_that_is_mine(bot: Stage):
    panel = seen(await bot.command(MEMBER, "my panel", {}))
    assert panel.private
    for said in ("Your settings", "When I write to you unasked", "What is kept about you"):
        assert said in panel.text
    sheet(await bot.press(MEMBER, panel, "Another zone"))
    sheet(await bot.press(MEMBER, panel, "Days away"))
    notify = seen(await bot.press(MEMBER, panel, "Notifications"))
    assert "At most one message a day" in notify.text
    files = seen(await bot.press(MEMBER, panel, "Everything as files"))
    assert sorted(files.files) == ["my-data.html", "my-data.json"]
    erase = seen(await bot.press(MEMBER, panel, "Erase me"))
    assert "Nobody else is concerned" in erase.text


async def test_two_accounts_become_one_after_a_yes_from_both(bot: Stage):
    made = seen(await bot.command(MEMBER, "my link", {}))
    assert made.private
    code = re.search(r"code within ten minutes: \W*([a-z2-9]{10})", made.text)
    assert code is not None
    typed = seen(await bot.command(OTHER, "my link", {"code": code[1]}))
    asked = seen(await bot.press(OTHER, typed, "Confirm"))
    assert "One more step" in asked.text
    question = seen(await bot.command(MEMBER, "my link", {}))
    assert "Is this account yours as well" in question.text
    done = seen(await bot.press(MEMBER, question, "Yes, link them"))
    assert "Both accounts are one member" in done.text
    hosting = await hosted(bot)
    assert hosting in seen(await bot.command(MEMBER, "hours mine", {})).text
