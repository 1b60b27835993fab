"""Rows of surnames, and rows of things that look like them; places of papers and congresses."""

from __future__ import annotations

import pytest

from bot.identifiers.text import find


def _names(text: str) -> str:
    return " | ".join(one.text or "" for one in find(text) if one.kind == "name")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Comité de hígado: Iglesias, Etxeberria, Vega, Popescu, Santos P.",
            ["Iglesias", "Etxeberria", "Vega", "Popescu"],
        ),
        (
            "list for IR2: Amoah - PICC / Long - port removal / Szymanski - drain / Rose - biopsy",
            ["Amoah", "Long", "Szymanski", "Rose"],
        ),
        (
            "Leber-MDT: Barth – TACE; Sahin – BSC; Blank – Biopsie zuerst; Hofer – nach Hause",
            ["Barth", "Sahin", "Blank", "Hofer"],
        ),
        ("liste : Diallo (PICC), Petit (ascite), Traoré (biopsie)", ["Diallo", "Petit", "Traoré"]),
    ],
)
def test_everybody_of_a_row_is_found(text: str, names: list[str]) -> None:
    found = _names(text)
    assert [name for name in names if name not in found] == []


@pytest.mark.parametrize(
    "text",
    [
        "Sheath from Cook, Terumo or Merit for the transradial access?",
        "Palmaz, Gruntzig, Dotter and Judkins on one slide, who else?",
        "Interviews in Boston, Houston, Denver and Seattle for the IR residency",
        "Lipiodol, Gelfoam, Onyx and Histoacryl in one case",
        "Wegen Varikozele oder Popliteaverschluss: welche Katheterlyse?",
        "O serviço de Coimbra publicou a série de embolização da próstata",
        "Live-Cases aus Münster laufen am Nachmittag",
        "mr imaging and mrcp before ptbd? mr angiography vs cta?",
    ],
)
def test_rows_of_things_are_nobody(text: str) -> None:
    assert [one.text for one in find(text)] == []


def test_the_particle_behind_an_initial_belongs_to_the_name() -> None:
    assert "Somchai Y. Van der Berg" in _names(
        "Somchai Y. Van der Berg is 41, HCC, on the list for TACE.\nPTHC tomorrow."
    )
