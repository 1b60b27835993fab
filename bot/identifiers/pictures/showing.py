"""The picture that a person looks at before they agree: covered places, numbered as in the list.

Letters and numbers along the edges let a person name a place in words ("B3"). Covered pixels are
black before anything is drawn, so no print of the original can shine through.
"""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from PIL import Image as Pillow
from PIL import ImageDraw, ImageFont

from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import COLUMNS, ROWS
from bot.identifiers.pictures.painting import painted
from bot.identifiers.pictures.rows import Box

MOST_PANELS: Final = 4
_LARGEST: Final = 1280
"""Pixels of the longer side of one panel; several are drawn smaller."""
_EDGE: Final = 26
_INK, _PAPER, _LINE = (235, 235, 235), (32, 34, 37), (255, 150, 60)


@dataclass(frozen=True, slots=True)
class Tag:
    """The number of a finding, at its place."""

    box: Box
    number: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One frame or page: what is covered in it, and which findings lie where."""

    image: Image
    boxes: tuple[Box, ...]
    tags: tuple[Tag, ...]
    title: str = ""


def worth_showing(places: Sequence[tuple[int, ...]]) -> set[int]:
    """Few frames in which together everything can be seen, each finding by its first one."""
    chosen: list[int] = []
    for frames in places:
        if frames and not set(frames) & set(chosen) and len(chosen) < MOST_PANELS:
            chosen.append(frames[0])
    return set(chosen) or {0}


def shown(panels: Sequence[Panel]) -> bytes:
    """A PNG with all panels below each other."""
    most = _LARGEST if len(panels) == 1 else _LARGEST // 2
    drawn = [_drawn(panel, most) for panel in panels]
    sheet = Pillow.new(
        "RGB", (max(each.width for each in drawn), sum(each.height for each in drawn)), _PAPER
    )
    top = 0
    for each in drawn:
        sheet.paste(each, (0, top))
        top += each.height
    target = io.BytesIO()
    sheet.save(target, "PNG", compress_level=6)
    return target.getvalue()


def marked(panel: Panel) -> bytes:
    """A PNG of the picture as it is, with what was found outlined and numbered, and nothing around
    it, so that a place on it is a place in the picture. For eyes on this machine alone."""
    picture = Pillow.fromarray(np.ascontiguousarray(panel.image)).convert("RGB")
    scale = min(_LARGEST, max(480, *picture.size)) / max(picture.size)
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    picture = picture.resize(size, Pillow.Resampling.LANCZOS)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(15)
    for box in panel.boxes:
        draw.rectangle(tuple(side * scale for side in box), outline=_LINE, width=2)
    for tag in panel.tags:
        x0, y0, x1, y1 = (side * scale for side in tag.box)
        placed = (x0 - 2, y0 - 2, max(x1, x0 + 1) + 1, max(y1, y0 + 1) + 1)
        _number(draw, tag, placed, picture.size, font)
    target = io.BytesIO()
    picture.save(target, "PNG", compress_level=6)
    return target.getvalue()


def _drawn(panel: Panel, most: int) -> Pillow.Image:
    covered = Pillow.fromarray(np.ascontiguousarray(painted(panel.image, panel.boxes)))
    scale = most / max(covered.size)
    if scale < 1 or max(covered.size) < 480:
        scale = min(scale, 480 / max(covered.size)) if scale > 1 else scale
        size = (max(1, round(covered.width * scale)), max(1, round(covered.height * scale)))
        covered = covered.resize(size, Pillow.Resampling.LANCZOS)
    else:
        scale = 1.0
    head = _EDGE * 2 if panel.title else _EDGE
    sheet = Pillow.new("RGB", (covered.width + 2 * _EDGE, covered.height + head + _EDGE), _PAPER)
    sheet.paste(covered, (_EDGE, head))
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(15)
    if panel.title:
        draw.text((_EDGE, 6), panel.title, font=font, fill=_INK)
    _grid(draw, covered.size, head, font)
    for box in panel.boxes:
        draw.rectangle(_placed(box, scale, head), outline=_LINE, width=2)
    for tag in panel.tags:
        _number(draw, tag, _placed(tag.box, scale, head), sheet.size, font)
    return sheet


def _placed(box: Box, scale: float, head: int) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (side * scale for side in box)
    return (
        x0 + _EDGE - 2,
        y0 + head - 2,
        max(x1, x0 + 1) + _EDGE + 1,
        max(y1, y0 + 1) + head + 1,
    )


def _number(
    draw: ImageDraw.ImageDraw,
    tag: Tag,
    box: tuple[float, float, float, float],
    size: tuple[int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    draw.rectangle(box, outline=_LINE, width=2)
    wide = 12 + 8 * len(tag.number)
    # Beside the box, where there is room for it, so that a picture shows all that it may.
    left = box[2] + 2 if box[2] + 2 + wide < size[0] else max(0.0, box[0] - wide - 2)
    top = min(max(0.0, box[1]), size[1] - 20.0)
    draw.rectangle((left, top, left + wide, top + 19), fill=_LINE)
    draw.text((left + 6, top + 1), tag.number, font=font, fill=(0, 0, 0))


def _grid(
    draw: ImageDraw.ImageDraw,
    size: tuple[int, int],
    head: int,
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    width, height = size
    for column, letter in enumerate(COLUMNS):
        x = _EDGE + width * (column + 0.5) / len(COLUMNS) - 4
        draw.text((x, head - 21), letter, font=font, fill=_INK)
        draw.text((x, head + height + 3), letter, font=font, fill=_INK)
        edge = _EDGE + width * column / len(COLUMNS)
        draw.line((edge, head - 6, edge, head - 1), fill=_INK)
        draw.line((edge, head + height, edge, head + height + 5), fill=_INK)
    for row in range(ROWS):
        y = head + height * (row + 0.5) / ROWS - 9
        draw.text((8, y), str(row + 1), font=font, fill=_INK)
        draw.text((_EDGE + width + 8, y), str(row + 1), font=font, fill=_INK)
        edge = head + height * row / ROWS
        draw.line((_EDGE - 6, edge, _EDGE - 1, edge), fill=_INK)
        draw.line((_EDGE + width, edge, _EDGE + width + 5, edge), fill=_INK)
