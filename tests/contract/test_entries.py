"""Entries in the menu of a message: the same message reaches the same handler everywhere."""

from __future__ import annotations

from tests.contract.fair import PICTURE, Fair
from tests.contract.stage import MEMBER, OTHER, Doc, Seen, Stage, seen, sheet


async def test_whoever_asks_reads_what_is_there_and_nobody_else(stage: Stage, fair: Fair):
    words = "A *bold* line & <a sign> for @everyone"
    message = await stage.say(OTHER, words, Doc("film.png", PICTURE))
    answer = seen(await stage.point(MEMBER, message, "Look at this"))
    assert answer.private
    assert f"by {OTHER}" in answer.text or "Ferreira" in answer.text
    assert f": {len(PICTURE)}" in answer.text
    (found,) = fair.looked_at
    assert found.text == words
    assert found.author is not None
    assert not found.ours
    assert not found.private
    assert found.link
    (file,) = found.files
    assert (file.name, file.size) == ("film.png", len(PICTURE))
    assert "film" not in repr(found)
    assert "bold" not in repr(found)
    assert not any("Look" in text or "bold" in text for text in stage.in_channel(OTHER))
    pressed = seen(await stage.press(MEMBER, answer, "Press"))
    assert "Pressed 1." in pressed.text


async def test_an_entry_can_open_a_form(stage: Stage, fair: Fair):
    message = await stage.say(OTHER, "so far")
    form = sheet(await stage.point(MEMBER, message, "Jot this down"))
    assert form.fields["text"] == "so far"
    assert "Noted: further" in seen(await stage.send(MEMBER, form, {"text": "further"})).text


async def test_only_those_who_may(stage: Stage, fair: Fair):
    message = await stage.say(OTHER, "hello")
    answer = seen(await stage.point(MEMBER, message, "Rule on this"))
    assert answer.private
    assert not fair.looked_at


async def test_of_a_message_of_the_bot(stage: Stage, fair: Fair):
    told = seen(await stage.command(MEMBER, "fair tell", {}))
    answer = await stage.point(MEMBER, pointed(told), "Look at this")
    assert seen(answer).private
    (found,) = fair.looked_at
    assert found.ours


def pointed(told: Seen) -> object:
    """The message, as its stage calls it."""
    (message,) = told.of
    return message["id"] if isinstance(message, dict) else message
