"""A report on every platform: made privately, read by a moderator, answered."""

from __future__ import annotations

from tests.contract.stage import MEMBER, MODERATOR, Stage, seen, sheet

LINK = "https://example.org/channels/1/2/3"
TYPED = {"what": LINK, "category": "pressure", "text": "Said twice, after a no."}


async def test_from_the_report_to_the_word_back(bot: Stage):
    made = seen(await bot.command(MEMBER, "report", TYPED))
    assert made.private
    assert "Your name is shown to nobody" in made.text
    assert "kept for 365 days" in made.text
    listed = seen(await bot.command(MODERATOR, "setup reports", {}))
    assert listed.private
    assert "Said twice" not in listed.text
    first = seen(await bot.press(MODERATOR, listed, listed.labels[0]))
    assert "I do not know who wrote it" in first.text
    report = seen(await bot.press(MODERATOR, first, "It is not my matter"))
    assert "Said twice" in report.text
    form = sheet(await bot.press(MODERATOR, report, "It was looked at"))
    closed = seen(await bot.send(MODERATOR, form, {"answer": "We spoke with them."}))
    assert "is closed" in closed.text
    assert "looked at already" in seen(await bot.press(MEMBER, made, "Take it back")).text
    nobody = seen(await bot.command(MEMBER, "report", {**TYPED, "what": "Nobody Known"}))
    assert "I know no member called" in nobody.text
    assert bot.pinged() == []
