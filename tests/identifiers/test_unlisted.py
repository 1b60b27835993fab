"""Names that no list has: known by the form of the line, by what somebody is or does."""

from __future__ import annotations

import pytest

from bot.identifiers.findings import Kind
from bot.identifiers.text import find


def names(text: str) -> set[str]:
    return {one.text or "" for one in find(text) if one.kind is Kind.NAME}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # what somebody is to somebody
        ("my landlady Quendolisa keeps the spare key", "Quendolisa"),
        ("The med student (Brandvolda) spotted the leak on the CTA first", "Brandvolda"),
        ("Unsere PJlerin Yasharra hat den Befund gesehen", "PJlerin Yasharra"),
        # what only people do
        ("Xilomara cried when I told her about the port", "Xilomara"),
        ("Kerwenna veut attendre, le patient est stable", "Kerwenna"),
        ("Zuriñe dice que no quiere otra embolización", "Zuriñe"),
        # what a post asks about, and an age
        ("Thoughts on Narvell? 29F, pelvic congestion", "Narvell"),
        ("bonsoir, avis pour quemerais, 59 ans, tips sténosé", "quemerais"),
        # thanks, shifts
        ("Merci à Yechielle et Kouadjo pour la garde", "Kouadjo"),
        # lists whose lines are counted, with what is done behind the name
        ("1 Abarrama PTBD upsizing\n2 Coyleton chest port\nwho wants what", "Abarrama"),
        ("Liste:\n1. Valderrado Port\n2. Clauerbach PTCD", "Valderrado"),
        ("Liste de demain :\n1 Benali DBE\n2 Corbellec PAC", "Corbellec"),
        # titles, rooms, the surname first behind a plain word
        ("so the lady is mrs vantongerloo. R/O May-Thurner.", "mrs vantongerloo"),
        ("Dr. Huber meint Stent, OÄ Bahadorian meint Coils", "OÄ Bahadorian"),
        ("Chambre 8 : Polinec, retour de scanner", "Polinec"),
        ("ch. 9 Bouazzaoui drain 300", "Bouazzaoui"),
        ("First case Kowalczyk, Bogdan, 67 M: two HCCs", "Kowalczyk, Bogdan"),
        ("Betreff: Pfannenstiel, Egon, *02.12.1951", "Pfannenstiel, Egon"),
    ],
)
def test_it_is_found(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize(
    "text",
    [
        "Thoughts on Lipiodol? 10 mL at most, cone beam first",
        "Merci à tous et bonne garde",
        "Looking at Tenckhoff 12 F catheters for ascites",
        "1 Lunderquist\n2 Amplatz\n3 Glidewire, all of them expired",
        "Fatigue thread: 3 nights in a row, 11 cases",
        "Kumpe says no in the left gastric? try a Cobra",
        "Endofuga Ib, rama ilíaca corta: ¿extensión?",
        "On hemorrhoid embolization the literature is thin: Vidal called it Emborrhoid",
    ],
)
def test_things_stay_things(text: str) -> None:
    assert not find(text)
