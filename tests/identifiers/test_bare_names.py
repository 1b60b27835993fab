"""Names that nothing announces, ages said of somebody at home, and what only looks like them."""

from __future__ import annotations

import pytest

from bot.identifiers.text import find


def _found(text: str) -> set[str]:
    return {one.text for one in find(text) if one.text is not None}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("WARNING for whoever follows me: biopsy of Ivo bled, capsule tract plugged.", "Ivo"),
        ("J'ai fait ma première UAE avec la cheffe Tiphaine : 40 minutes de scopie", "Tiphaine"),
        ("quelqu'un a le compte rendu de la TACE de Maxence ?", "Maxence"),
        ("Facharztprüfung geschafft, Tobias hatte dort Fragen zu Endoleak Typ II", "Tobias"),
        ("INR list\nFerreira-Lund | 88 | 2.4 | FFP, recheck", "Ferreira-Lund"),
    ],
)
def test_a_name_that_nothing_announces(text: str, name: str) -> None:
    assert any(name in one for one in _found(text))


@pytest.mark.parametrize(
    "text",
    [
        "Nach PAE: Brennen, Drang, kleine Koagel",
        "Druckgradient von 22 auf 7. Danach Döner",
        "is Miller-Abbott better than Cantor for decompression of small bowel?",
        "Sofia 5F or Jade balloon for the M2, which catheter tracks better?",
        "closed with Angio-Seal after the angiogram, no hematoma",
    ],
)
def test_things_with_a_capital_are_no_people(text: str) -> None:
    assert not _found(text)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("the lady in bed 14 is 96 and the family wants everything", "96"),
        ("Mein Opa ist 95 und soll noch eine Vertebroplastie bekommen", "95"),
        ("mi suegra tiene 90, ¿embolización de próstata no, claro?", "90"),
    ],
)
def test_how_old_somebody_at_home_is(text: str, age: str) -> None:
    assert age in _found(text)


def test_what_is_of_this_size_and_no_age() -> None:
    assert not _found("the man is 95 % occluded, the woman was 92 kg before the TIPS")


def test_a_day_with_two_dots_and_a_chapter() -> None:
    assert "19.9." in _found("Filterbergung 19.9., Haken in der Wand, Laser haben wir nicht")
    assert not _found("Filterbergung siehe Kapitel 19.9., Haken in der Wand, Laser haben wir nicht")


def test_numbers_of_what_was_implanted() -> None:
    assert "GTX-22-093817" in _found("N° de série de l'endoprothèse : GTX-22-093817, à noter")


@pytest.mark.parametrize(
    "text",
    [
        "access clotted again in our dialysis gentleman (Saltmarsh Renal Unit, chair 11)",
        "102 yo f w/ cholangitis, lives at Maple Hollow Assisted Living, full code",
        "who places the gastrojejunostomy that Lantern Children's sends everyone about?",
    ],
)
def test_places_of_care_by_other_words(text: str) -> None:
    assert any(one.kind.value == "facility" for one in find(text))
