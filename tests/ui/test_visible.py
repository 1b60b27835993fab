"""What a reader sees of what people typed, on every platform."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import MemberId, Someone
from bot.ui.language import catalogue, plainly
from bot.ui.visible import isolated, visible
from bot.ui.words import Code, Person, Slash, Strong, Typed, Words, _


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u2066", "\u200b", "\u2060", "\u3164", "\U000e0041", "\x00", "\u00ad"]
)
def test_signs_that_nobody_sees_are_dropped(sign: str):
    assert visible(f"a{sign}b") == "ab"


def test_walls_of_marks_and_blank_lines_are_cut_down():
    assert visible("a" + "\u0301" * 50) == "a" + "\u0301" * 4
    assert visible("a" + "\n" * 50 + "b") == "a\n\nb"
    assert visible("a\r\nb\u2028c") == "a\nb\nc"


def test_the_flags_of_nations_within_a_state_stay_whole():
    england = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    assert visible(f"{england} London") == f"{england} London"
    assert visible(england[:-1]) == "\U0001f3f4"  # never ended: its tags are only hidden text


@pytest.mark.parametrize(
    "words",
    [
        Typed("\u202egnp"),
        Strong("\u202egnp"),
        Code("\u202egnp"),
        Slash("hours join", "\u202egnp"),
        Person(Someone(MemberId(1), "\u202egnp")),
    ],
)
def test_no_title_and_no_name_mirrors_the_sentence_around_it(words: Words):
    said = plainly(_("{it} starts soon.", it=words), catalogue("en"), ZoneInfo("UTC"))
    assert said.endswith("gnp starts soon.")
    assert "\u202e" not in said


def test_text_from_right_to_left_is_set_apart():
    assert isolated("\u05e9\u05dc\u05d5\u05dd 5") == "\u2068\u05e9\u05dc\u05d5\u05dd 5\u2069"
    assert isolated("Zoë 5") == "Zoë 5"
    assert isolated("one\n\u0645\u0631\u062d\u0628\u0627") == (
        "one\n\u2068\u0645\u0631\u062d\u0628\u0627\u2069"
    )
