"""What counts in ordinary talk, what in a picture, and patterns that a platform can read."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pytest
from pydantic import StringConstraints, TypeAdapter, ValidationError

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.outright import PATTERNS
from bot.identifiers.talk import Weight, weight_of_name, weight_of_picture, weight_of_text
from bot.identifiers.text import check_filename, find

ORDINARY = (
    "Thanks Dr Smith, great talk yesterday!",
    "Thanks Ingrid Solberg for the session on Tuesday 3 March, see you at 18:00",
    "My email is ana@example.org, or call me at 617-555-0142",
    "I interviewed at Mayo Clinic in Rochester on January 12th, anyone else?",
    "Congrats John Miller and Priya Raman on matching at Stanford!",
    "45F with HCC, TACE done last Tuesday, lipiodol on the left",
    "any tips for talking with patients? Ingrid Solberg said to sit down",
    "Zoom: https://zoom.us/j/98765432101 passcode 482913",
)
TELLING = (
    "pt John Doe came back",
    "MRN 4482913 has the films",
    "patient born 14 Feb 1961, came with PE",
    "72F, Mary Connor, TIPS on 3/4/2026",
    "65 yo M, Mr Henry Walsh, admitted 12/03/2024",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_talk(text: str) -> None:
    assert weight_of_text(text, find(text)) is Weight.NOTHING


@pytest.mark.parametrize("text", TELLING)
def test_talk_about_a_patient(text: str) -> None:
    assert weight_of_text(text, find(text)) is Weight.TELLS


def test_the_preview_of_a_link_counts_only_by_its_numbers() -> None:
    abstract = "A patient, John Doe, admitted 12/03/2024"
    assert weight_of_text(abstract, find(abstract), typed=False) is Weight.NOTHING
    number = "MRN 4482913"
    assert weight_of_text(number, find(number), typed=False) is Weight.TELLS


def test_names_of_files() -> None:
    for name in ("IMG_20260304_101112.jpg", "scan.png", "lecture 2026-03-04.pdf"):
        assert weight_of_name(check_filename(name)) is Weight.NOTHING, name
    for name in ("MRN 4482913.png", "WALSH^HENRY.dcm"):
        assert weight_of_name(check_filename(name)) is Weight.TELLS, name


def found(kind: Kind, where: Where = Where.PIXELS, *, doubtful: bool = False) -> Finding:
    return Finding(kind, where, "", doubtful=doubtful)


def test_pictures() -> None:
    assert weight_of_picture([]) is Weight.NOTHING
    assert weight_of_picture([found(Kind.FACE, Where.FACE)]) is Weight.DOUBT
    assert weight_of_picture([found(Kind.NAME, doubtful=True)]) is Weight.DOUBT
    assert weight_of_picture([found(Kind.DATE, Where.METADATA)]) is Weight.NOTHING
    assert weight_of_picture([found(Kind.GPS, Where.METADATA)]) is Weight.TELLS
    assert weight_of_picture([found(Kind.NAME)]) is Weight.TELLS
    assert weight_of_picture([found(Kind.FACE, Where.FACE)], linked=True) is Weight.NOTHING
    assert weight_of_picture([found(Kind.MRN)], linked=True) is Weight.TELLS
    assert weight_of_picture([found(Kind.UNREADABLE)]) is Weight.NOTHING


# Patterns for a platform's own filter -------------------------------------------------------------

STOPPED = (
    "MRN: 00482913",
    "mrn 4482913",
    "Accession no. CT-20260304",
    "DOB 03/04/1961",
    "date of birth: 4 March 1961",
    "123-45-6789",
    "NHS number 943 476 5919",
    "WALSH^HENRY",
    "the pt Mrs Walsh",
    "Patient name: walsh",
    "1 84 12 76 451 089 46",
)
LET_THROUGH = (
    *ORDINARY,
    "TACE with 100-300 um beads, DEB 50 mg",
    "JVIR 2023; 34(5): 123-130",
    "patient safety week starts 3/4",
    "5 Fr sheath, 0.035 wire, 8/10",
    "call 617-555-0142",
)


def reads(pattern: str, text: str) -> bool:
    """As Rust's `regex` does, which comes along with pydantic."""
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(Annotated[str, StringConstraints(pattern=pattern)])
        adapter.validate_python(text)
    except ValidationError:
        return False
    return True


def test_patterns_are_within_what_a_platform_takes() -> None:
    assert len(PATTERNS) <= 10
    assert all(len(pattern) <= 260 for pattern in PATTERNS)
    assert not any(re.search(r"\(\?[=!<]|\\[1-9]", pattern) for pattern in PATTERNS)


@pytest.mark.parametrize("text", STOPPED)
def test_what_is_stopped(text: str) -> None:
    assert any(reads(pattern, text) for pattern in PATTERNS)
    assert any(re.search(pattern, text) for pattern in PATTERNS), "both read them alike"


@pytest.mark.parametrize("text", LET_THROUGH)
def test_what_is_let_through(text: str) -> None:
    assert not any(reads(pattern, text) for pattern in PATTERNS)
