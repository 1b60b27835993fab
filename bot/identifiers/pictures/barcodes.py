"""Bars and squares that machines read: where they are, what they say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from bot.identifiers.findings import Finding
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.recognised import Code, code_findings
from bot.identifiers.pictures.rows import Box


def barcodes(image: Image) -> Iterator[Finding]:
    """A finding for each code, and for what its text gives away."""
    import zxingcpp

    def whole(code: Code) -> Box:
        return _grown(image, code.box, code.linear)

    found: Any = zxingcpp.read_barcodes(np.ascontiguousarray(image))
    yield from code_findings((_code(one) for one in found), whole)


def _code(code: Any) -> Code:
    place = code.position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    xs, ys = [point.x for point in corners], [point.y for point in corners]
    box = (min(xs), min(ys), max(xs), max(ys))
    return Code(str(code.text), str(code.format), bool(code.valid), box)


def _grown(image: Image, box: tuple[int, int, int, int], linear: bool) -> Box:
    """The whole code with its edge; of a linear code only a few rows were reported."""
    height, width = image.shape[:2]
    x0, y0, x1, y1 = box
    if linear and x1 - x0 > y1 - y0:
        grey = image[:, max(0, x0) : min(width, x1)].mean(axis=2)
        model = grey[min(height - 1, max(0, (y0 + y1) // 2))]
        model = model - model.mean()

        def same(row: int) -> bool:
            other = grey[row] - grey[row].mean()
            size = float(np.linalg.norm(model) * np.linalg.norm(other))
            return size > 1 and float(model @ other) / size > 0.5

        while y0 > 0 and same(y0 - 1):
            y0 -= 1
        while y1 < height - 1 and same(y1 + 1):
            y1 += 1
    more = max(4, round(0.08 * max(x1 - x0, y1 - y0)))
    return (
        float(max(0, x0 - more)),
        float(max(0, y0 - more)),
        float(min(width, x1 + more)),
        float(min(height, y1 + more)),
    )
