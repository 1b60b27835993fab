"""What is found is covered to its last letter, and things of the trade are not taken for people."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.identifiers.findings import Kind
from bot.identifiers.scan import scan_file, scan_text
from bot.identifiers.text import find, tagger

WHOLE = [
    (Kind.NAME, "Seen with Saoirse Grant, MD at noon.", "Saoirse Grant, MD"),
    (Kind.NAME, "For discussion: patient Zoltan V., 48M, bleeding again.", "Zoltan V."),
    (Kind.NAME, "Operateur: Dr. von Trotha, Assistenz fehlt.", "von Trotha"),
    (Kind.NAME, "Dear Lucas van Houten, your parcel is here.", "Lucas van Houten"),
    (Kind.NAME, "Patient name HALVORSEN, MARIT. MRN 4410987", "HALVORSEN, MARIT"),
    (Kind.ADDRESS, "Home address Flat 22, 66 Maple Ave, needs help.", "Flat 22, 66 Maple Ave"),
    (
        Kind.ADDRESS,
        "She lives at Rosebank Lodge, 12 Station Road with her son.",
        "Rosebank Lodge, 12 Station Road",
    ),
    (Kind.DATE, "Embolised on Monday, April 8 without trouble.", "Monday, April 8"),
    (Kind.DATE, "Stent am Donnerstag, den 4. April gelegt.", "Donnerstag, den 4. April"),
    (Kind.DATE, "Inpatient from 11th to 19th October 2020.", "11th to 19th October 2020"),
    (
        Kind.DATE,
        "exchange done on june the fourteenth twenty twenty two",
        "june the fourteenth twenty twenty two",
    ),
    (
        Kind.DEVICE_ID,
        "Pacemaker (01)00341590763318(17)270619(10)E69066(21)74470005, MR conditional.",
        "(01)00341590763318(17)270619(10)E69066(21)74470005",
    ),
    (Kind.DEVICE_ID, "Plug with serial SN 40017-B2298 implanted.", "SN 40017-B2298"),
]


@pytest.mark.parametrize(("kind", "text", "whole"), WHOLE, ids=[whole for *_, whole in WHOLE])
def test_nothing_is_covered_by_half(kind: Kind, text: str, whole: str) -> None:
    begin = text.index(whole)
    covered = {at for finding in find(text) for at in range(finding.start or 0, finding.end or 0)}
    assert any(finding.kind is kind for finding in find(text))
    letters = {begin + at for at, sign in enumerate(whole) if sign.isalnum()}
    assert covered >= letters


def test_findings_do_not_overlap_when_they_grow() -> None:
    text = (
        "Patel, Selamawit, Flat 3, 88 Canning Road, Harrow HA3 7SN, "
        "seen Monday 3rd June 2024 by Ann Lee, MD"
    )
    findings = find(text)
    borders = [at for one in findings for at in (one.start or 0, one.end or 0)]
    assert borders == sorted(borders)
    assert all(one.text == text[one.start : one.end] for one in findings)


@pytest.mark.parametrize(
    "text",
    [
        "The fascia was closed with 2-0 Talvex and a Corlan dressing was applied.",
        "Continue Brivasol 80 mg and Tenorvil 5 mg. Femoral sheath was removed.",
        "A StentLock was used, then an Orvex balloon. No Harwick sign.",
        "Wound vac changes on Mondays and Fridays. Biopsy results next Spring.",
        "Output 1.1 L. Pigtail off, hemostasis with manual compression.",
        "LVAD clinic will adjust the warfarin after the angiogram.",
    ],
)
def test_things_of_the_trade_are_nobody(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("In my opinion Dr Rao acted reasonably.", "Rao"),
        ("The drainage was performed by Dr. May last night.", "May"),
        ("Compte rendu. Patient : GUILLEMOT Yannick, embolisation.", "GUILLEMOT Yannick"),
        ("We rounded on the Lindgren family after the biopsy.", "Lindgren"),
        ("Les dije a todos. Llamé a Begoña por el drenaje biliar.", "Begoña"),
    ],
)
def test_people_whose_names_are_words_too(text: str, name: str) -> None:
    assert any(one.kind is Kind.NAME and name in (one.text or "") for one in find(text))


def test_without_the_model_the_rules_still_find_people(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tagger, "files", lambda _name: tmp_path)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    tagger.weights.cache_clear()
    try:
        text = "Patient: Marit Halvorsen, MRN 4410987, seen by Dr. Okafor on 3 May 2024."
        found = find(text)
        (said,) = scan_text(text).not_checked
        note = tmp_path / "note.txt"
        note.write_text("Which coil do you like?")
        assert scan_file(note).not_checked == (said,)
    finally:
        monkeypatch.undo()
        tagger.weights.cache_clear()
    assert "by rules and lists alone" in said
    assert scan_text(text).not_checked == ()
    assert {one.kind for one in found} >= {Kind.NAME, Kind.MRN, Kind.DATE}
    assert any("Okafor" in (one.text or "") for one in found)
    assert any("Halvorsen" in (one.text or "") for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "DIAGNOSIS: Ankylosing Spondylitis. Gross spillage was seen at laparotomy.",
        "Chest X-ray after the drain. Vit B given. GERD and LUTS were noted by the patient.",
        "The patient has a Marcus Gunn pupil; burns by the Lund and Browder chart.",
        "Hepatic buffer response was described by Oyelaran and Lindgren in the portal vein.",
        "Lagerung nach Trendelenburg, Stadium IIb nach Fontaine, Schleuse nach Seldinger.",
        "Laproscopic repair for appendicitis, harmonic scapel used, serum Protien low.",
        "Give HBIG within 12 hr. Hepatitis B vaccine for the patient at one month.",
        "Prolonged hospital stay. General Principles of wound care. Hospital Infection rates.",
        "Truelove and Witts severe colitis, Mayo 3, Hamilton 11, patient on Remicade.",
    ],
)
def test_words_of_medicine_with_a_capital_are_nobody(text: str) -> None:
    assert find(text) == ()


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("medical record number six six one oh four two nine", Kind.MRN, "six six one oh four"),
        ("DOB 30.11.1957. NHS 943 476 5919. Dear Dr Mukherjee", Kind.HEALTH_ID, "943 476 5919"),
        ("0930 PRZYBYLSKI nephrostomy change", Kind.NAME, "PRZYBYLSKI"),
        ("CT: ruptured AML. BRIGHTWATER, SUSANNAH is a 39 y.o. female", Kind.NAME, "BRIGHTWATER"),
        ("mein vater wurde in gelsenkirchen operiert", Kind.CITY, "gelsenkirchen"),
        ("Call Marcus from vascular on 4-7719 about the drain.", Kind.PHONE, "4-7719"),
        ("Her Subaru (7XKJ904) was hit.", Kind.VEHICLE, "7XKJ904"),
        ("Taxi pour Hazebrouck à 14 h.", Kind.CITY, "Hazebrouck"),
    ],
)
def test_what_is_said_in_passing(text: str, kind: Kind, piece: str) -> None:
    assert any(one.kind is kind and piece in (one.text or "") for one in find(text))
