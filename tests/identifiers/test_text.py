"""The text engine: kinds that must be found, language of the trade that must not, odd input."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.identifiers.findings import Finding, Kind, Verdict, Where
from bot.identifiers.text import (
    check_filename,
    check_lines,
    find,
    is_display_line,
    replacements,
    verdict,
)
from bot.identifiers.text.softening import softened


def covered(text: str, piece: str) -> bool:
    start = text.index(piece)
    wanted = set(range(start, start + len(piece)))
    found = {at for f in find(text) for at in range(f.start or 0, f.end or 0)}
    return len(wanted & found) * 2 >= len(wanted)


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Mrs. Oyelaran was seen for her fibroids.", "Oyelaran"),
        ("HRUBEŠOVÁ^JITKA run 4", "HRUBEŠOVÁ^JITKA"),
        ("Wir berichten über Herrn Josef Brandstätter, geb. am 3.4.1951.", "Josef Brandstätter"),
        ("Wir berichten über Herrn Josef Brandstätter, geb. am 3.4.1951.", "3.4.1951"),
        ("Nombre: Remedios. Apellidos: Quintanilla Rueda. NHC: 448213.", "Quintanilla"),
        ("Nombre: Remedios. Apellidos: Quintanilla Rueda. NHC: 448213.", "448213"),
        ("Monsieur Thierry Vasseur, né le 4 mars 1949, a été opéré.", "Thierry Vasseur"),
        ("Monsieur Thierry Vasseur, né le 4 mars 1949, a été opéré.", "4 mars 1949"),
        ("her chart is 5548213 if you want to look", "5548213"),
        ("Acc# 25-MR-30117 has the venogram", "25-MR-30117"),
        ("She is 93 and lives alone.", "93"),
        ("94F with a psoas abscess", "94F"),
        ("call his son on 0171 2345678", "0171 2345678"),
        ("mail me: o.brandt@example.org", "o.brandt@example.org"),
        ("address 14 Larkspur Lane, Duluth", "14 Larkspur Lane"),
        ("wohnhaft Lindenallee 14, 37073 Göttingen", "37073"),
        ("seen at St. Brendan Hospital last week", "St. Brendan Hospital"),
        ("He lives in Flensburg with his dog.", "Flensburg"),
        ("SSN 212-09-9999", "212-09-9999"),
        ("NHS number 943 476 5919", "943 476 5919"),
        ("serial number PJN448213K", "PJN448213K"),
        ("the scan of October 5th", "October 5th"),
        ("operated in March 2021", "March 2021"),
        ("PACS node 10.20.30.40", "10.20.30.40"),
        ("As you know, Marisol is a 44-year-old teacher with a fibroid.", "Marisol"),
        ("Übergabe: Oyelaran auf Zimmer 3 hat gefiebert.", "Oyelaran"),
        ("Can we stop Brandstätter's heparin before the biopsy?", "Brandstätter"),
        ("um so this is uh Marisol from angio, the drain fell out", "Marisol"),
        ("EVAR by Okafor/Vasseur went well.", "Vasseur"),
        ("Die Kollegen Brandstätter und Hrubeš stimmten der Embolisation zu.", "Hrubeš"),
        ("HUSBAND CHIDI TO BE CALLED IF SHE GOES TO THEATRE", "CHIDI"),
        ("transcribed by K. T., chest drain removed", "K. T."),
        ("El paciente vino de Cádiz con el catéter roto.", "Cádiz"),
        ("Flensburg, den 4.3.2021", "Flensburg"),
        ("bed 4 is ready, call her on 35690", "35690"),
    ],
)
def test_identifier_is_found(text: str, piece: str) -> None:
    assert covered(text, piece)


@pytest.mark.parametrize(
    "text",
    [
        "Seldinger technique with a 5 Fr sheath and a 0.035 wire.",
        "Child-Pugh B8, MELD 14, BCLC B. TACE or Y-90?",
        "Budd-Chiari in a 34-year-old woman, hepatic venous pressure gradient 18 mmHg.",
        "Done in 2015, recurrence in 2019, stable since.",
        "doi:10.1016/j.jvir.2015.09.032 and PMID 28734522 say otherwise.",
        "12 x 60 mm stent, dilated to 10 atm, 350 mL contrast, 51.2 Gycm2.",
        "The Milan criteria and the Barcelona classification differ.",
        "CIRSE 2026 in Lisbon, 9-13 September, who is coming?",
        "An 89-year-old man with critical limb ischaemia, ABI 0.31.",
        "Patient in Rückenlage, Punktion der A. femoralis communis rechts.",
        "Se realiza punción de la arteria femoral común derecha.",
        "Ponction de l'artère fémorale commune droite sous échographie.",
        "CPT 37221 and 75710, ICD-10 I77.1.",
        "Metzenbaum scissors and the Bovie; an Esmarch and a Weitlaner; Xeroform and Kerlix.",
        "HEENT: Normocephalic. NECK: Supple. REVIEW OF SYSTEMS: Noncontributory. ALLERGIES: Sulfa.",
        "ANESTHESIA: MAC. The abdomen was nondistended, a Veress needle at Palmer's point.",
        "NACHTDIENST: ZIMMER 4 KATHETER GESPÜLT, ZIMMER 9 VERBAND FEUCHT.",
        "",
        " \n\t ",
    ],
)
def test_language_of_the_trade_is_silent(text: str) -> None:
    assert find(text) == ()


def test_verdicts() -> None:
    assert verdict(()) is Verdict.NOTHING_FOUND
    assert verdict(find("He lives in Flensburg.")) is Verdict.WARN
    assert verdict(find("Mrs. Oyelaran, MRN 5548213")) is Verdict.BLOCK
    doubtful = Finding(Kind.NAME, Where.PIXELS, "unknown", doubtful=True)
    assert verdict([doubtful]) is Verdict.WARN


def test_offsets_are_code_points_of_the_text() -> None:
    text = "\ufeff\u200bÄrztin Dr. Müller\u0301 \U0001f600 MRN\u00a05548213"
    for finding in find(text):
        assert text[finding.start : finding.end] == finding.text


def test_composed_and_decomposed_text_answer_alike() -> None:
    text = "Señora Núñez Gómez, NHC 5548213, ingresó el 4 de marzo de 2021 en Cádiz."
    composed = [(f.kind, unicodedata.normalize("NFC", f.text or "")) for f in find(text)]
    split = find(unicodedata.normalize("NFD", text))
    assert composed == [(f.kind, unicodedata.normalize("NFC", f.text or "")) for f in split]


def test_every_finding_says_why_and_what_instead() -> None:
    found = find("Mr Okafor, 97M, MRN 5548213, lives in Flensburg, call 0171 2345678.")
    assert {f.kind for f in found} >= {Kind.NAME, Kind.AGE, Kind.MRN, Kind.CITY}
    assert all(f.why and f.suggestion for f in found)


def test_replacements_leave_nothing_to_find() -> None:
    text = "Mr Okafor, 97M, MRN 5548213, DOB 3/4/1928."
    replaced = replacements(text, find(text))
    assert "Okafor" not in replaced
    assert "5548213" not in replaced
    assert find(replaced) == ()


@pytest.mark.parametrize(
    "text", ["sent home on 03/13/2026", "She will call on 2026-03-13.", "reached him 13.03.2026"]
)
def test_a_day_is_a_date_whatever_word_stands_before_it(text: str) -> None:
    assert [one.kind for one in find(text)] == [Kind.DATE]


def test_days_are_counted_from_the_first_that_is_no_birth_date() -> None:
    text = "DOB 03/04/1956, seen 12/23/2026, embolised 12/30/2026. A 91-year-old."
    kinder = softened(text, find(text))
    assert replacements(text, kinder) == (
        "DOB [date], seen [day 0], embolised [day 7]. A 90-or-older."
    )


@pytest.mark.parametrize(
    ("text", "kinder"),
    [
        ("Maria Gonzalez, DOB 03/04/1956, bled.", "[patient], DOB [date], bled."),
        ("Pt Maria Gonzalez, DOB 03/04/1956.", "Pt [name], DOB [date]."),
        ("It was Maria Gonzalez who bled.", "It was [patient] who bled."),
        (
            "Maria Gonzalez, DOB 3/4/1956. Gonzalez went home.",
            "[patient], DOB [date]. [patient] went home.",
        ),
        ("His wife Maria Gonzalez said so.", "His wife [relative] said so."),
        ("Mrs Gonzalez, his wife, said so.", "[relative], his wife, said so."),
        ("Discussed with Maria Gonzalez before.", "Discussed with [colleague] before."),
        ("Maria Gonzalez, our fellow, did it.", "[colleague], our fellow, did it."),
        ("Thanks to Maria Gonzalez for the hint.", "Thanks to [colleague] for the hint."),
        ("Die Patientin Erika Brandstetter blutete.", "Die Patientin [name] blutete."),
        ("Case of Mr. Okafor (mentor: Ada Lovelace)", "Case of the patient (mentor: [colleague])"),
        ("Maria Gonzalez's daughter called.", "[patient]'s daughter called."),
        ("Gesehen von Dr. Keller.", "Gesehen von [colleague]."),
        ("KOWALCZYK^MARTINA, TACE", "[patient], TACE"),
        ("A note on Maria Gonzalez is missing.", "A note on [name] is missing."),
    ],
)
def test_a_name_becomes_what_its_bearer_is(text: str, kinder: str) -> None:
    assert replacements(text, softened(text, find(text))) == kinder


def test_no_days_are_counted_between_dates_that_can_be_read_in_two_ways() -> None:
    text = "Seen 12/03/2026, embolised 12/10/2026."
    kinder = softened(text, find(text))
    assert replacements(text, kinder) == "Seen [date], embolised [date]."


@pytest.mark.parametrize("name", ["SMITH^JOHN.dcm", "Brandstatter_Josef_CT.png", "MRN5548213.jpg"])
def test_file_names_that_tell(name: str) -> None:
    assert check_filename(name)


@pytest.mark.parametrize("name", ["dsa_run3.png", "IMG_2041.jpg", "tips_case.png", "case-1.dcm"])
def test_file_names_that_do_not(name: str) -> None:
    assert check_filename(name) == ()


def test_lines_of_a_picture() -> None:
    harmless = ["LAO 30 CRA 20", "Se: 4 Im: 12/48", "arterial phase", "MI 1.2 TIS 0.4", "12:34:56"]
    assert check_lines(harmless) == ((),) * len(harmless)
    assert all(is_display_line(line) for line in harmless)
    telling = ["OKAFOR CHIDI", "DOB: O3/12/1961", "ID 2O481773", "Zzyrbuk"]
    assert all(check_lines(telling))


def test_label_on_one_line_and_value_on_the_next() -> None:
    assert check_lines(["Accession", "448213"])[1]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_accepted(text: str) -> None:
    before = 0
    for finding in find(text):
        assert finding.start is not None
        assert finding.end is not None
        assert before <= finding.start < finding.end <= len(text)
        before = finding.end
        assert finding.text == text[finding.start : finding.end]
    check_filename(text)
    check_lines(text.splitlines())


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="aA1 .,-/:()+@^'\n", max_size=400))
def test_text_like_numbers_and_signs_is_accepted(text: str) -> None:
    assert all(f.text == text[f.start : f.end] for f in find(text))


@pytest.mark.parametrize(
    "seed", ["1 ", "1-", "Dr. ", "A^", "van der ", "a.b@", "+1 (", "12 a ", "é"]
)
def test_long_text_ends(seed: str) -> None:
    """A pattern that backtracks without bound would run into the limit of the test."""
    find(seed * (24_000 // len(seed)))
