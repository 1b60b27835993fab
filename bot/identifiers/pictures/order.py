"""What is asked of the examination of a file, and what it answers. Loads no library, because the
process that asks needs none of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from bot.identifiers.findings import Finding

if TYPE_CHECKING:
    from bot.identifiers.pictures.rows import Box

MAX_BYTES: Final = 300 * 1024 * 1024
"""Of one file."""
COLUMNS: Final = "ABCDEF"
ROWS: Final = 6
"""How a preview divides a picture, so that a person can name a place: A1 is the top left."""


class Unreadable(Exception):
    """The file cannot be read; the message is a sentence for a person."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place a person drew: pixels of a picture, points of a PDF page. `page` counts from 1,
    `frame` from 0; None for every frame."""

    box: Box
    page: int | None = None
    frame: int | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is wanted beside the findings. `hide` is covered in any case; a finding whose middle
    lies in a `keep` is shown, reported, and not covered. `first` is the number that the first
    finding bears in the preview. `marked`: the original with marks, for eyes on this machine."""

    redact: bool = False
    preview: bool = False
    hide: tuple[Mark, ...] = ()
    keep: tuple[Mark, ...] = ()
    first: int = 1
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it. `suffix` and `copy` are the redacted copy; `refused` says why there is
    none although one was wanted. `size` is width and height of the first frame (pixels) or page
    (points); `frames` how many frames or pages there are. `marked` is one of them as it was handed
    over, with what was found outlined."""

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    suffix: str = ""
    copy: bytes | None = None
    preview: bytes | None = None
    refused: str | None = None
    size: tuple[float, float] | None = None
    frames: int = 1
    marked: bytes | None = None

    def __repr__(self) -> str:
        # What was read in a picture never reaches a log, not even through a traceback.
        return f"Outcome({len(self.findings)} findings)"
