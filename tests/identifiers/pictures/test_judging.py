"""Which lines of a picture are suspicious: by form, by label, by the file's own values, by default."""  # noqa: E501

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bot.identifiers.findings import Kind
from bot.identifiers.pictures.judging import Known, judge
from bot.identifiers.pictures.lines import Line
from bot.identifiers.pictures.terms import harmless_line


def line(text: str, x: float = 0, y: float = 0) -> Line:
    wide = 10.0 * len(text)
    corners = [[x, y], [x + wide, y], [x + wide, y + 20], [x, y + 20]]
    return Line(text, 0.99, np.array(corners, np.float32))


@pytest.mark.parametrize(
    "text",
    [
        "LAO 30 CRAN 10",
        "Im: 23/118",
        "WL: 128 WW: 256",
        "W400L40",
        "2D 68% C 55",
        "0.8 mm/px",
        "Portalvenous",
        "LTICA",
        "PSV 210 cm/s",
        "C5-1",
        "058Y M",
        "11:40:27",
        "Segment VIII",
        "DAP 41.2 Gycm2",
        "Cellac",
        "R",
        "Se:4",
        "Frame 12/48",
        "5 cm",
        "T1 FSE",
        "Omnipaque 350",
        "Thk 3.0 mm",
        "red",
        "138.0.cm",
        "DAP 32.1 Gychi2",
        "Iodixanol 320 5 mis 15 ml",
        "FoV: 380 mm",
    ],
)
def test_usual_overlay_text_is_harmless(text):
    assert harmless_line(text)
    assert judge([line(text)], Known(())) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Horvat, Kaisa F", Kind.NAME),
        ("NGUYEN^THI", Kind.NAME),
        ("MRN 1808579256", None),
        ("14JAN2023", Kind.DATE),
        ("8 Aug 1966", Kind.DATE),
        ("DOB 8/8/02", Kind.DATE),
        ("60-82-95", None),
        ("Acc# 457857126", None),
        ("Pat ID 9652", None),
        ("3/28", Kind.DATE),
        ("12/28/59", Kind.DATE),
        ("Zzyqwork Blimf", Kind.NAME),
        ("Oper: Long", Kind.NAME),
        ("Klinikum Weidenau", Kind.FACILITY),
        ("CB851784", None),
    ],
)
def test_what_is_not_usual_is_covered(text, kind):
    judged = judge([line(text)], Known(()))
    assert len(judged) == 1
    assert kind is None or judged[0].kind is kind


def test_each_thing_in_a_line_is_named_and_their_boxes_leave_no_gap():
    text = "00412345 12-03-1961 F"
    places = tuple((at + 0.5) / len(text) for at in range(len(text)))
    judged = judge([replace(line(text), places=places)], Known(()))
    assert [item.kind for item in judged] == [Kind.MRN, Kind.DATE]
    (x0, _, middle, _), (again, _, x1, _) = (item.box for item in judged)
    assert 80 <= middle == again <= 90
    assert x0 == 0
    assert x1 >= 190


def test_a_label_is_not_named_for_itself():
    text = "Acq: 14JAN2023"
    places = tuple((at + 0.5) / len(text) for at in range(len(text)))
    judged = judge([replace(line(text), places=places)], Known(()))
    assert [item.kind for item in judged] == [Kind.DATE]


def test_known_forms_block():
    (known,) = judge([line("MRN 48210937", y=60)], Known(()))
    assert not known.doubtful


def test_a_name_in_two_pieces_is_covered_and_a_neighbour_is_not():
    judged = judge([line("Horvat,"), line("Kaisa", x=80), line("78 kVp", x=500)], Known(()))
    assert {item.text for item in judged} == {"Horvat,", "Kaisa"}


def test_a_value_of_the_file_is_found_although_it_is_a_plain_word():
    known = Known([(Kind.NAME, "Gross^Ann"), (Kind.DATE, "19510607"), (Kind.MRN, "48-2109")])
    judged = judge([line("Gross portal"), line("07.06.1951", y=50), line("482109", y=100)], known)
    assert [item.kind for item in judged] == [Kind.NAME, Kind.DATE, Kind.MRN]
