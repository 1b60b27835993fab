"""Bars and squares that machines read: where they are, what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.rows import Box
from bot.identifiers.text.engine import find

_LINK: Final = re.compile(r"https?://(?!\S*\d{6})[\w.-]+(?:/[\w./-]*)?")
"""A link that everybody may follow: no query, no long number, and `find` lets it pass."""
_SHORT: Final = 5
"""Linear codes with fewer signs are read into every picket fence."""


def barcodes(image: Image) -> Iterator[Finding]:
    """A finding for each code, and for what its text gives away."""
    import zxingcpp

    codes: Any = zxingcpp.read_barcodes(np.ascontiguousarray(image))
    for code in codes:
        text = str(code.text)
        linear = not any(
            name in str(code.format).upper() for name in ("QR", "MATRIX", "AZTEC", "PDF417", "MAXI")
        )
        if linear and (
            len(text) < _SHORT
            or any(name in str(code.format).upper() for name in ("DATABAR", "DXFILM"))
        ):
            continue
        if not text and not code.valid:
            continue
        hits = find(text.replace("|", "\n")[:2000])
        if not hits and _LINK.fullmatch(text):
            continue
        place = code.position
        corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        xs, ys = [point.x for point in corners], [point.y for point in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        box = _grown(image, box, linear)
        why = "A machine-readable code: such codes on labels and screens hold record numbers and names."  # noqa: E501
        yield Finding(Kind.BARCODE, Where.BARCODE, why, 0.95, text[:200], box=box)
        for hit in hits:
            if hit.kind is not Kind.URL:
                yield Finding(
                    hit.kind,
                    Where.BARCODE,
                    f"The code says it. {hit.why}",
                    hit.confidence,
                    hit.text,
                    box=box,
                    doubtful=hit.doubtful,
                )


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
