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
