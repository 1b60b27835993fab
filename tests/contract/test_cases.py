"""A case on every platform: checked, shown covered, agreed to, posted, hidden, withdrawn, read."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
import pytest_asyncio
from PIL import Image

from bot.runtime.scanning import Scanning
from cogs.cases import looking
from tests.contract.stage import (
    MEMBER,
    MODERATOR,
    OTHER,
    Doc,
    Seen,
    Stage,
    Value,
    seen,
    sheet,
)

WORDS: Mapping[str, Value] = {"title": "A stent in a curve", "teaching": "Measure twice."}
HOW: Mapping[str, Value] = {
    "alt": "A grey field without a shape",
    "permission": "no_patient",
    "time": "now",
}


@pytest_asyncio.fixture(autouse=True)
async def _patient(  # pyright: ignore[reportUnusedFunction]
    monkeypatch: pytest.MonkeyPatch, scans: Scanning
) -> None:
    """No word of progress: on a busy machine it would come before what is tested here."""
    monkeypatch.setattr(looking, "PATIENCE", 60.0)
    # What the search needs is loaded before somebody waits for it.
    await scans.picture(grey().content)
    await scans.text("Nothing to find.")


def grey() -> Doc:
    target = io.BytesIO()
    Image.new("L", (64, 48), 120).save(target, "PNG")
    return Doc("MRN_48210937.png", target.getvalue())


async def written(bot: Stage, who: str) -> Seen:
    start = seen(await bot.command(who, "case post", {}))
    assert start.private
    assert "An age band instead of the age" in start.text
    form = sheet(await bot.press(who, start, "Continue"))
    found = seen(await bot.send(who, form, {**WORDS, "pictures": grey()}))
    assert found.private
    assert "record number, in the name of the file" in found.text
    assert "48210937" not in found.text
    return found


async def test_a_case_from_the_checklist_to_its_withdrawal(bot: Stage):
    found = await written(bot, MEMBER)
    form = sheet(await bot.press(MEMBER, found, "Go on"))
    look = seen(await bot.send(MEMBER, form, HOW))
    assert look.private
    assert "This is what will appear" in look.text
    posted = seen(await bot.press(MEMBER, look, "Post"))
    assert "is posted in" in posted.text
    assert any("A stent in a curve" in line for line in bot.in_channel(OTHER))
    assert not any("What I found" in line for line in bot.in_channel(OTHER))
    down = seen(await bot.press(MEMBER, posted, "Withdraw"))
    assert "What I cannot reach" in down.text
    assert not any("A stent in a curve" in line for line in bot.in_channel(OTHER))
    assert any("was taken down" in line for line in bot.in_channel(OTHER))
    assert bot.pinged() == []


async def test_a_case_with_a_second_reader(bot: Stage):
    found = await written(bot, MEMBER)
    form = sheet(await bot.press(MEMBER, found, "Go on"))
    look = seen(await bot.send(MEMBER, form, {**HOW, "reader": True}))
    waits = seen(await bot.press(MEMBER, look, "Send to a second reader"))
    assert "waits for a second reader" in waits.text
    own = seen(await bot.command(OTHER, "case review", {}))
    assert "for reviewers" in own.text
    listed = seen(await bot.command(MODERATOR, "case review", {}))
    look_at = next(label for label in listed.labels if label.startswith("Look at"))
    read = seen(await bot.press(MODERATOR, listed, look_at))
    assert read.private
    assert "Measure twice." in read.text
    done = seen(await bot.press(MODERATOR, read, "Approve"))
    assert "It stands in" in done.text
    again = seen(await bot.press(MODERATOR, listed, look_at))
    assert "decided" in again.text
    assert any("A stent in a curve" in line for line in bot.in_channel(OTHER))
    code = look_at.removeprefix("Look at ")
    hidden = seen(await bot.command(OTHER, "case flag", {"case": code}))
    assert "is hidden" in hidden.text
    assert not any("A stent in a curve" in line for line in bot.in_channel(OTHER))
    gone = seen(await bot.command(MEMBER, "case withdraw", {"case": code}))
    assert "is withdrawn" in gone.text


async def test_files_are_checked_and_the_report_goes(bot: Stage):
    form = sheet(await bot.command(MEMBER, "case check", {}))
    report = seen(await bot.send(MEMBER, form, {"files": grey()}))
    assert report.private
    assert "record number, in the name of the file" in report.text
    assert "Nothing was kept or posted" in report.text
    gone = seen(await bot.press(MEMBER, report, "Done"))
    assert "The report is gone" in gone.text
    panel = seen(await bot.command(MODERATOR, "setup review", {}))
    assert "in memory only" in panel.text
