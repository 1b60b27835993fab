"""Every part is there to be read, and every control does what it says."""

from __future__ import annotations

import pytest

from bot.ui.parts import Can
from tests.contract.fair import PICTURE, Fair, Note, Pick, Press, Rule, Size
from tests.contract.stage import MEMBER, MODERATOR, OTHER, Stage, Who, seen, sheet


async def test_every_part_is_there(stage: Stage):
    shown = seen(await stage.command(MEMBER, "fair show", {}))
    assert shown.private
    for words in (
        "A heading",
        "A paragraph for",
        "Quiet words",
        "k3f9",
        "fair note text:hello",
        "salt",
        "pepper",
        "2 seats",
        "A plain film of a hand",
        "It was a fracture.",
        "For your calendar",
    ):
        assert words in shown.text
    assert shown.labels == ["Press", "Write", "Break", "Read more"]
    assert shown.lists == ["One size", "Some sizes"]
    assert shown.links == ["https://docs.example/a?b=1&c=2"]
    assert shown.files == {"film.png": PICTURE, "seat.ics": b"BEGIN:VCALENDAR"}


async def test_both_branches_of_each_capability(stage: Stage):
    shown = seen(await stage.command(MEMBER, "fair show", {}))
    for can in Can:
        held, lacking = f"{can.name} is possible", f"{can.name} is not possible"
        assert (held in shown.text) is (can in stage.can)
        assert (lacking in shown.text) is (can not in stage.can)


async def test_buttons(stage: Stage, fair: Fair):
    shown = seen(await stage.command(MEMBER, "fair show", {}))
    first = seen(await stage.press(MEMBER, shown, "Press"))
    assert "Pressed 1." in first.text
    assert "Pressed 2." in seen(await stage.press(MEMBER, first, "Once more")).text
    assert fair.asked == [Press(1), Press(2)]


async def test_lists(stage: Stage, fair: Fair):
    shown = seen(await stage.command(MEMBER, "fair show", {}))
    await stage.choose(MEMBER, shown, "One size", "large")
    await stage.choose(MEMBER, shown, "Some sizes", "small", "large")
    assert fair.asked == [Pick(Size.LARGE), Pick(None, (Size.SMALL, Size.LARGE))]


async def test_a_form_from_a_button(stage: Stage, fair: Fair):
    shown = seen(await stage.command(MEMBER, "fair show", {}))
    form = sheet(await stage.press(MEMBER, shown, "Write"))
    assert form.title == "A note"
    assert form.fields == {"text": "so far"}
    assert "Noted: so good" in seen(await stage.send(MEMBER, form, {"text": "so good"})).text
    assert fair.asked == [Note("so good")]


async def test_what_can_be_mended_is_corrected_in_the_form(stage: Stage, fair: Fair):
    refused = seen(await stage.command(MEMBER, "fair note", {"text": "stone"}))
    assert refused.private
    assert "Stones are out." in refused.text
    form = sheet(await stage.press(MEMBER, refused, "Correct it"))
    assert form.fields == {"text": "stone"}
    assert "Noted: flower" in seen(await stage.send(MEMBER, form, {"text": "flower"})).text


async def test_failures_are_told_privately_and_without_what_was_typed(
    stage: Stage, caplog: pytest.LogCaptureFixture
):
    shown = seen(await stage.command(MEMBER, "fair fail", {}))
    assert shown.private
    assert "Something went wrong" in shown.text
    assert "JANE" not in shown.text
    assert "JANE" not in caplog.text


async def test_refusals_are_private(stage: Stage, fair: Fair):
    refused = seen(await stage.command(MEMBER, "fair rule", {}))
    assert refused.private
    assert "moderators" in refused.text
    assert seen(await stage.command(MEMBER, "fair note", {"text": "stone"})).private
    assert stage.in_channel(OTHER) == []
    assert fair.asked == [Note("stone")]
    seen(await stage.command(MODERATOR, "fair rule", {}))
    assert fair.asked[1:] == [Rule()]


async def test_nobody_hears_more_than_was_declared(stage: Stage):
    told = seen(await stage.command(MEMBER, "fair tell", {}))
    assert not told.private
    assert any("Hear, hear." in text for text in stage.in_channel(OTHER))
    before = len(stage.in_channel(OTHER))
    assert seen(await stage.command(MEMBER, "fair widen", {})).private
    assert seen(await stage.command(MEMBER, "fair tell", {"quietly": True})).private
    # A private answer to a button under a public message stays private.
    pressed = seen(await stage.press(OTHER, told, "Press"))
    assert pressed.private
    assert len(stage.in_channel(MEMBER)) >= before
    assert not any("Everybody should hear" in text for text in stage.in_channel(OTHER))
    assert not any("Pressed 1." in text for text in stage.in_channel(MEMBER))


async def test_only_who_is_meant_is_called(stage: Stage):
    await stage.command(MEMBER, "fair call", {"who": Who(OTHER)})
    assert stage.pinged() == []
    await stage.command(MEMBER, "fair call", {"who": Who(OTHER), "aloud": True})
    assert len(stage.pinged()) == 1
