"""What trainees post: handovers, telegrams, lists and logs, with and without somebody in them."""

from __future__ import annotations

import pytest

from bot.identifiers.findings import Kind
from bot.identifiers.text import find, replacements


def kinds(text: str) -> dict[str, Kind]:
    return {one.text or "": one.kind for one in find(text)}


@pytest.mark.parametrize(
    ("text", "piece", "kind"),
    [
        # the lines of a handover begin with names, also with those that no list has
        ("Sign-out\n1) Brandvoldsen - flush the drain\n2) Ito - CT", "Brandvoldsen", Kind.NAME),
        ("Übergabe:\n- Quastenberger: PTCD spülen\n- Yılmaz: nüchtern", "Quastenberger", Kind.NAME),
        ("Relevo\n1. Arrizabalagoitia: recambio de nefro", "Arrizabalagoitia", Kind.NAME),
        ("Transmissions :\n2/ Kerguélenec : PAC infecté", "Kerguélenec", Kind.NAME),
        ("Ward round. Bay C: Obuasi - drain 20 ml. Whitcombe - home.", "Whitcombe", Kind.NAME),
        ("Liste morgen:\n1 Quastenberger PTCD\n2 Yılmaz Port", "Quastenberger", Kind.NAME),
        # small letters, an age, an initial, whoever did it
        ("pt brandvoldsen, 70m, leak at the iliac limb", "brandvoldsen", Kind.NAME),
        ("pat quastenberger, 66j, TIPS dicht", "quastenberger", Kind.NAME),
        ("embo done, shoshana b., sheath is out", "shoshana b.", Kind.NAME),
        ("stent deployed, sup Brandvoldsen, no complication", "Brandvoldsen", Kind.NAME),
        # ages and days in the forms of a chat
        ("Mrs. Obuasi (lovely, 94) wants to go home", "94", Kind.AGE),
        ("M&M. Mr. Obuasi, 92, hepatic abscess drain", "92", Kind.AGE),
        ("ist gestern (So., 16.9.) nach Hause", "16.9.", Kind.DATE),
        ("KM-Darstellung der Drainage am 17.", "17", Kind.DATE),
        ("Embo geplant Dienstag, 8.2.", "8.2.", Kind.DATE),
        ("ce matin 4/11 récidive du saignement", "4/11", Kind.DATE),
        # numbers
        ("Bilder unter CT-2023-20418, Patient stabil", "CT-2023-20418", Kind.ACCESSION),
        ("MR: 118-44-707, GDA coil", "118-44-707", Kind.MRN),
        ("die Tochter ruft an (04821 / 555 027)", "(04821 / 555 027", Kind.PHONE),
        # places
        ("Il habite toujours Le Pouldu.", "Le Pouldu", Kind.CITY),
        ("Notfall aus dem Pflegeheim in Rhaunen. CT folgt", "Rhaunen", Kind.CITY),
        ("the patient was at Royal Cornhaven last week", "Royal Cornhaven", Kind.FACILITY),
        ("Patient kommt aus Asklepios Wandsbek zurück", "Asklepios Wandsbek", Kind.FACILITY),
    ],
)  # fmt: skip
def test_a_post_is_read_as_it_is_written(text: str, piece: str, kind: Kind) -> None:
    found = kinds(text)
    assert any(piece in words and kind is one for words, one in found.items()), found


@pytest.mark.parametrize(
    "text",
    [
        # lists without anybody
        "Poll: which sheath?\n- Ansel\n- Destination\n- Flexor Shuttle",
        "Handover of the room: drains - stocked. Wires - low. Ultrasound - charging.",
        # papers, journals, lists of authors and years
        "Hickey R, Mulcahy MF, Lewandowski RJ. Title. J Vasc Interv Radiol 2014;25:1085",
        "Adams 2016, Hammill 2011 and Ji 2021 all used sirolimus for the kaposiform lesion.",
        "The paper by Hickey in JVIR 2019; the stent there was bare.",
        # makers and their models, eponyms in a row
        "We miss the old Siemens Polydoros in the angio suite.",
        "Terumo Runthrough or Asahi Gladius for the tibial vessel?",
        "Why Giacomini, Cockett and Dodd perforators in the vein clinic?",
        "radial access, Barbeau C, went ulnar with a 5F sheath",
        # scores with a figure are no streets, a segment and a size no postcode
        "IPSS 24, PSA 6, prostate 110 g, plan embolization",
        "varón con hcc s6 4cm, child a, plan tace",
        # words that only begin a sentence or are nouns
        "Reminder: session tonight. Topic is venous stenting.",
        "Drucker kaputt, Kaffeemaschine kaputt, Sonographie geht.",
        "Nach PAE: Brennen, Drang und kleine Koagel.",
        "Cas clinique : sténose de la FAV, angioplastie.",
        # lectures and exams
        "Webinar on lymphangiography, Prof. Yamanouchi speaks about Lipiodol.",
        "Study buddy wanted, EBIR exam is 14 September in Lisbon.",
        "see case_12_final-v2.pptx and sma_aneurysm_run3.mp4",
    ],
)
def test_a_post_about_nobody_stays_silent(text: str) -> None:
    assert kinds(text) == {}


def test_the_name_of_a_file_in_a_post_is_read() -> None:
    text = "uploaded as OBUASI_MARTHA_20230917.mp4, have a look"
    found = find(text)
    assert {one.kind for one in found} == {Kind.NAME, Kind.DATE}
    assert "MARTHA" not in replacements(text, found)


def test_a_doctor_of_the_case_is_not_taken_for_a_speaker() -> None:
    text = "After the lecture Dr. Yamanouchi embolised my patient again."
    assert any("Yamanouchi" in words for words in kinds(text))
