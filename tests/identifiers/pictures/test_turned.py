"""Print that does not run from left to right: along a margin, upside down, at an angle."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from bot.identifiers.findings import Kind
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.pictures.looking import look
from bot.identifiers.pictures.ocr import text_reader
from bot.identifiers.pictures.rows import rows
from tests.identifiers.pictures.drawing import saved, scene

BOTH = "DOE^JANE MRN 00412345"


def margin(text: str, degrees: int, *, size: int = 24) -> tuple[Image.Image, Image.Image]:
    """A black picture with white print in a margin, turned counter-clockwise; and where its ink
    is, as a mask."""
    font = ImageFont.load_default(size)
    _, _, right, lower = font.getbbox(text)
    strip = Image.new("L", (int(right) + 12, int(lower) + 12))
    ImageDraw.Draw(strip).text((6, 6), text, font=font, fill=255)
    strip = strip.rotate(degrees, expand=True, resample=Image.Resampling.BICUBIC)
    ink = Image.new("L", (720, 600))
    ink.paste(strip, (14, 90) if strip.height > strip.width else (90, 14))
    return ink.convert("RGB"), ink


@pytest.mark.parametrize(
    ("text", "degrees", "kinds"),
    [
        ("MRN 00412345", 90, {Kind.MRN}),
        (BOTH, 90, {Kind.NAME, Kind.MRN}),
        (BOTH, 180, {Kind.NAME, Kind.MRN}),
        (BOTH, 270, {Kind.NAME, Kind.MRN}),
        (BOTH, 12, {Kind.NAME, Kind.MRN}),
    ],
)
def test_turned_print_is_found_and_covered(text, degrees, kinds):
    picture, ink = margin(text, degrees)
    outcome = examine(saved(picture, "PNG"), Wish(redact=True))
    assert kinds & {finding.kind for finding in outcome.findings}
    assert outcome.copy is not None
    copy = np.asarray(Image.open(io.BytesIO(outcome.copy)).convert("L"))
    bright = np.asarray(ink) > 60
    assert (copy[bright] < 60).mean() > 0.99
    assert examine(outcome.copy, Wish()).findings == ()


def test_a_whole_picture_upside_down_is_read():
    picture = scene().rotate(180)
    found = examine(saved(picture, "PNG"), Wish()).findings
    assert {Kind.NAME, Kind.MRN, Kind.DATE} <= {finding.kind for finding in found}


@pytest.mark.parametrize("degrees", [90, 180])
def test_harmless_print_stays_whichever_way_it_runs(degrees):
    picture = scene(named=False).rotate(degrees, expand=True)
    assert examine(saved(picture, "PNG"), Wish()).findings == ()


def test_lines_that_stand_side_by_side_are_no_row():
    picture = Image.new("RGB", (720, 600))
    for place, text in enumerate(("LEFT RENAL ARTERY", "BEFORE STENT")):
        picture.paste(margin(text, 90)[0].crop((10, 60, 60, 500)), (20 + 60 * place, 60))
    lines, _ = look(text_reader(), np.asarray(picture))
    apart = sorted([line.text for line in row] for row in rows(lines))
    assert apart == [["BEFORE STENT"], ["LEFT RENAL ARTERY"]]
