"""What a request may not say, and what is the writer's own."""

from __future__ import annotations

import pytest

from bot.runtime import patients

OWN = ("Ana Silva", "Ben Achterberg")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("My patient John Doe, MRN 1234567, bled.", ("John Doe", "1234567")),
        ("A 54-year-old man with PE on 3 March 2026.", ("3 March 2026",)),
        ("A 93 yo lady bled after TIPS.", ("93 yo",)),
        ("Patient ID: AB123456", ("AB123456",)),
        ("I am Ana Silva, and I would like to work with Ben Achterberg.", ()),
        ("Dr Weiss told me about you.", ()),
        ("I matched in 2024 and start on 1 July 2026.", ()),
        ("Our abstract on 12 patients with PE is due on 15 March 2027.", ()),
        ("My phone is 617-555-0123.", ()),
    ],
)
def test_identifiers_of_patients_alone(text: str, named: tuple[str, ...]) -> None:
    assert patients.identifiers((text,), OWN) == named


def test_a_record_number_in_one_field_makes_a_date_in_another_tell() -> None:
    found = patients.findings(("Seen on 3 March 2026.", "MRN 1234567"), OWN)
    assert [[one.text for one in here] for here in found] == [["3 March 2026"], ["1234567"]]


@pytest.mark.parametrize(
    "text",
    [
        "Tue or Thu evenings",
        "Thu/Fri after 18:00",
        "Thu",
        "I am a resident at Mayo in my third year.",
        "I trained at Johns Hopkins.",
        "I rotated at Mount Sinai and at MD Anderson.",
        "You worked at Guy's and at Addenbrooke's in Cambridge.",
        "I am an Emory resident.",
        "You lead the Montefiore fellowship.",
        "I am a resident from Baylor.",
    ],
)
def test_days_of_the_week_and_places_of_training_are_nobody(text: str) -> None:
    assert patients.identifiers((text,), OWN) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Patient Thu was seen.", ("Thu",)),
        ("I looked at Johnson Smith's CT.", ("Johnson Smith",)),
        ("We met at Maria Gonzalez's bedside.", ("Maria Gonzalez",)),
        ("My patient John Doe at Mayo bled.", ("John Doe",)),
        ("We saw at UCLA Maria Gonzalez for PAE.", ("Maria Gonzalez",)),
        ("The resident from our clinic saw John Doe.", ("John Doe",)),
    ],
)
def test_people_stay_people_beside_them(text: str, named: tuple[str, ...]) -> None:
    assert patients.identifiers((text,), OWN) == named
