"""From what was recognised in a picture (print, codes, faces) to findings. Standard library only,
because the page on which people look before they upload judges by it in the browser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.judging import Judged
from bot.identifiers.pictures.rows import Box
from bot.identifiers.text.engine import find

UNREAD_TEXT: Final = (
    "Text in the picture was not read: the models that read it are not installed, or cannot be"
    " loaded."
)
NO_FACES: Final = (
    "Faces were not looked for: the model that finds them is not installed or cannot be loaded."
)
_LINK: Final = re.compile(r"https?://(?!\S*\d{6})[\w.-]+(?:/[\w./-]*)?")
"""A link that everybody may follow: no query, no long number, and `find` lets it pass."""
_SHORT: Final = 5
"""Linear codes with fewer signs are read into every picket fence."""


@dataclass(frozen=True, slots=True)
class Code:
    """What a reader of codes says of one: the box is around its corners."""

    text: str
    form: str
    valid: bool
    box: tuple[int, int, int, int]

    @property
    def linear(self) -> bool:
        """Bars rather than squares."""
        form = self.form.upper()
        return not any(name in form for name in ("QR", "MATRIX", "AZTEC", "PDF417", "MAXI"))


def print_findings(judged: Iterable[Judged], size: tuple[int, int]) -> Iterator[Finding]:
    """A finding for each line that is to be covered; `size` is width and height in pixels."""
    for item in judged:
        yield Finding(
            item.kind,
            Where.PIXELS,
            item.why,
            item.confidence,
            item.text,
            box=widened(item.box, size),
            doubtful=item.doubtful,
        )


def widened(box: Box, size: tuple[int, int]) -> Box:
    """The box of a line as it is painted, in whole pixels.

    The detector's boxes reach a third of a line beyond the ink; a little of that is given back, so
    that neighbouring lines stay.
    """
    width, height = size
    x0, y0, x1, y1 = box
    less = 0.05 * min(y1 - y0, x1 - x0)
    return (
        float(max(0, int(x0))),
        float(max(0, int(y0 + less))),
        float(min(width, int(x1) + 1)),
        float(min(height, int(y1 - less) + 1)),
    )


def code_findings(codes: Iterable[Code], whole: Callable[[Code], Box]) -> Iterator[Finding]:
    """A finding for each code, and for what its text gives away; `whole` answers the place of a
    code with its edges."""
    for code in codes:
        form = code.form.upper()
        odd = any(name in form for name in ("DATABAR", "DXFILM"))
        if code.linear and (len(code.text) < _SHORT or odd):
            continue
        if not code.text and not code.valid:
            continue
        hits = find(code.text.replace("|", "\n")[:2000])
        if not hits and _LINK.fullmatch(code.text):
            continue
        box = whole(code)
        why = "A machine-readable code: such codes on labels and screens hold record numbers and names."  # noqa: E501
        yield Finding(Kind.BARCODE, Where.BARCODE, why, 0.95, code.text[:200], box=box)
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


def overlay_finding(text: str | None, kind: Kind, sure: float, doubtful: bool) -> Finding:
    """A finding in an overlay plane; redacted copies do not have the plane."""
    why = "An overlay plane lies over the picture; viewers draw it, redacted copies leave it out."
    return Finding(kind, Where.OVERLAY, why, sure, text, doubtful=doubtful)


def face_finding(
    place: tuple[float, float, float, float], sure: float, size: tuple[int, int]
) -> Finding:
    """From the chin to the top of the hair; `place` is x, y, width, height of what was seen."""
    x, y, wide, high = place
    box = (
        max(0.0, x - 0.1 * wide),
        max(0.0, y - 0.15 * high),
        min(float(size[0]), x + 1.1 * wide),
        min(float(size[1]), y + 1.08 * high),
    )
    return Finding(Kind.FACE, Where.FACE, "This looks like a face.", sure, box=box)


def unlooked(notes: Iterable[str]) -> list[Finding]:
    """What could not be looked for is not nothing: it blocks, and no copy is made of it."""
    return [
        Finding(Kind.UNREADABLE, Where.PIXELS, note, 1.0)
        for note in notes
        if note in (UNREAD_TEXT, NO_FACES)
    ]
