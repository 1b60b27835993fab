"""A file that cannot be read costs nobody what they typed."""

from __future__ import annotations

from bot.identifiers.findings import Finding, Kind, Where
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen
from bot.ui.action import Upload
from cogs.cases import words as said_of
from cogs.cases.drafts import alternatives
from tests.cases.clinic import HOW, clinic, labels, plain, plain_grey, telling, words

HISTORY = "A man in his 60s."


def broken() -> Upload:
    return Upload("note.jpg", b"no picture at all", "image/jpeg")


async def test_another_file_takes_the_place_of_one_that_cannot_be_read(scans: Scanning) -> None:
    async with clinic(scans) as here:
        stuck = await here.writes("Ana", broken(), history=HISTORY)
        said = words(stuck)
        assert "This file was not looked through." in said
        assert "What you wrote is kept" in said
        assert "four corners" not in said
        assert "Nothing found means" not in said
        form = await here.presses("Ana", stuck, "Choose another file")
        assert isinstance(form, FormScreen)
        assert form.form.memory_only
        found = await here.sends("Ana", form, file=(telling(),))
        said = words(found)
        assert "1. name, in the picture" in said
        assert "four corners" in said
        shown = words(await here.last_look("Ana", found))
        assert HISTORY in shown
        assert "Measure twice." in shown
        assert "<case-1.png: A grey shape in a grey field>" in shown


async def test_a_case_without_a_readable_file_is_posted_as_words(scans: Scanning) -> None:
    async with clinic(scans) as here:
        stuck = await here.writes("Ana", broken(), broken(), history=HISTORY)
        assert "Leave this file out" in labels(stuck)
        one = await here.presses("Ana", stuck, "Leave this file out")
        assert "Leave this file out" not in labels(one)
        shown = await here.presses("Ana", one, "Go on without pictures")
        form = await here.presses("Ana", shown, "Go on")
        assert "In words" not in words(form)
        how = {name: value for name, value in HOW.items() if name != "alt"}
        look = await here.sends("Ana", form, **how)
        assert "four corners" not in words(look)
        await here.presses("Ana", look, "Post")
        (case,) = here.cases
        assert HISTORY in words(case)
        assert "<" not in words(case)


async def test_files_that_are_left_out_leave_the_others_as_they_were(scans: Scanning) -> None:
    async with clinic(scans) as here:
        first = await here.writes("Ana", plain_grey(), broken(), telling())
        second = await here.presses("Ana", first, "Next file")
        third = await here.presses("Ana", second, "Leave this file out")
        assert "File 2 of 2" in words(third)
        assert "name, in the picture" in words(third)
        look = words(await here.last_look("Ana", third))
        assert "<case-1.png: A grey shape in a grey field>" in look
        assert "<case-2.png: Picture 2 of 2, described with the first.>" in look


def test_a_line_for_each_picture_or_everything_once() -> None:
    assert alternatives("before\n\n after ", 2) == ("before", "after")
    assert alternatives("a stent", 3) == ("a stent", "", "")
    assert alternatives("one\ntwo", 3) == ("one\ntwo", "", "")
    assert alternatives("", 0) == ()


def test_the_same_number_has_the_same_words() -> None:
    sure = {
        plain(said_of.sureness(Finding(Kind.FACILITY, Where.TEXT, "", confidence)))
        for confidence in (0.846, 0.85, 0.854)
    }
    assert sure == {"Quite sure (85 %)."}


async def test_everything_in_the_description_is_named_at_once(scans: Scanning) -> None:
    async with clinic(scans) as here:
        shown = await here.writes("Ana", plain_grey())
        alt = "Mrs Jane Kowalczyk, MRN 48210937, born 12-03-1961"
        wrong = words(await here.last_look("Ana", shown, alt=alt))
        for kind in ("name", "record number", "date"):
            assert kind in wrong
        assert "48210937" not in wrong


async def test_nothing_is_said_to_be_covered_where_nothing_was_found(scans: Scanning) -> None:
    async with clinic(scans) as here:
        quiet = words(await here.writes("Ana", plain_grey()))
        assert "black boxes" not in quiet
        loud = words(await here.writes("Ana", telling()))
        assert "black boxes over what was found" in loud
