"""A chart of pairs of bars as a picture, on light or on dark; drawn off the loop, in memory.

Knows nothing of what it shows. Small counts are left out by whoever calls.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE, _HIGH = 880, 400
_LEFT, _RIGHT, _TOP, _FOOT = 56, 24, 64, 56
_SIZE = 17


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bars beside each other and their label. None: too small to be shown."""

    label: str
    first: int | None
    second: int | None


@dataclass(frozen=True, slots=True)
class _Colours:
    paper: str
    ink: str
    line: str
    first: str
    second: str


# Blue and orange are told apart by everybody, and each has 3:1 or more against its paper.
_LIGHT = _Colours("#ffffff", "#1f2328", "#d0d7de", "#8c959f", "#0a5cc2")
_DARK = _Colours("#1e1f22", "#f2f3f5", "#4e5058", "#9aa0a8", "#f0a13c")


def bars(pairs: Sequence[Pair], names: tuple[str, str], hidden: str, *, dark: bool) -> bytes:
    """A PNG. `names`: what the two bars of a pair are; `hidden`: what stands for a small count."""
    from PIL import Image, ImageDraw, ImageFont

    colours = _DARK if dark else _LIGHT
    picture = Image.new("RGB", (_WIDE, _HIGH), colours.paper)
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(_SIZE)
    most = max((count or 0 for one in pairs for count in (one.first, one.second)), default=0)
    top = max(-(-most // 4) * 4, 4)
    high = _HIGH - _TOP - _FOOT

    def level(count: int) -> float:
        return _TOP + high * (1 - count / top)

    for step in range(0, top + 1, max(top // 4, 1)):
        draw.line((_LEFT, level(step), _WIDE - _RIGHT, level(step)), colours.line)
        draw.text((_LEFT - 10, level(step)), str(step), colours.ink, font, "rm")
    at = _LEFT
    for name, colour in zip(names, (colours.first, colours.second), strict=True):
        draw.rectangle((at, 22, at + 16, 38), colour)
        draw.text((at + 24, 30), name, colours.ink, font, "lm")
        at += 60 + int(draw.textlength(name, font))
    room = (_WIDE - _LEFT - _RIGHT) / max(len(pairs), 1)
    wide = room * 0.34
    for number, one in enumerate(pairs):
        middle = _LEFT + room * (number + 0.5)
        for side, count, colour in (
            (-1, one.first, colours.first),
            (0, one.second, colours.second),
        ):
            left = middle + side * (wide + 2) + 1
            if count is None:
                draw.text((left + wide / 2, level(0) - 4), hidden, colours.ink, font, "mb")
            elif count:
                draw.rectangle((left, level(count), left + wide, level(0)), colour)
                draw.text((left + wide / 2, level(count) - 3), str(count), colours.ink, font, "mb")
        draw.text((middle, _HIGH - _FOOT + 14), one.label, colours.ink, font, "mt")
    kept = io.BytesIO()
    picture.save(kept, "PNG", optimize=True)
    return kept.getvalue()
