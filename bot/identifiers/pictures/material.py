"""What a reader makes of a file: pictures in order, fields beside them, and what was left out.

Everything after the readers works on these types and knows no file format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.pictures.ocr import Image
from bot.identifiers.pictures.order import Unreadable
from bot.identifiers.pictures.rows import Box
from bot.identifiers.pictures.sniff import Form

MAX_PIXELS = 50_000_000
"""Of one frame."""
MAX_FRAMES = 4000
MAX_PAGES = 60
MAX_TOTAL = 4_000_000_000
"""Pixels of all frames together."""
TOO_LARGE = "The picture is too large to be looked through."


@dataclass(slots=True)
class Material:
    """An opened file.

    `frames` starts over at each call and gives RGB pictures of equal size unless the form is TIFF.
    `delays` are milliseconds per frame, `rate` frames per second, where the file says so. `known`
    are values that must not stand in the pixels. `lossless` says whether the input was. `again`,
    where a form has it, writes the copy in the colours of the file itself, given the boxes of every
    frame, so that nothing is lost on the way through RGB.
    """

    form: Form
    frames: Callable[[], Iterator[Image]]
    count: int
    findings: list[Finding] = field(default_factory=lambda: [])
    known: list[tuple[Kind, str]] = field(default_factory=lambda: [])
    not_checked: list[str] = field(default_factory=lambda: [])
    delays: list[int] = field(default_factory=lambda: [])
    rate: float | None = None
    lossless: bool = True
    again: Callable[[Sequence[Sequence[Box]]], bytes] | None = None


def check_size(width: int, height: int) -> None:
    """Raises Unreadable for a picture that is empty or larger than anybody needs."""
    if width < 1 or height < 1:
        raise Unreadable("The picture has no size.")
    if width * height > MAX_PIXELS or max(width, height) > 20_000:
        raise Unreadable(TOO_LARGE)
