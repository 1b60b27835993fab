"""What a search for identifiers answers: findings, the verdict on them, and one report per file.

These are the types behind `python -m bot scan --json`. They know nothing of how anything is found.
Standard library only, because the text engine runs in places where nothing else does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What sort of identifier it is; the words are part of the public interface."""

    NAME = "name"
    DATE = "date"
    AGE = "age"
    MRN = "mrn"
    ACCESSION = "accession"
    ACCOUNT = "account"
    OTHER_ID = "other_id"
    HEALTH_ID = "health_id"
    NATIONAL_ID = "national_id"
    SSN = "ssn"
    LICENCE = "licence"
    DEVICE_ID = "device_id"
    VEHICLE = "vehicle"
    BIOMETRIC = "biometric"
    PHONE = "phone"
    FAX = "fax"
    EMAIL = "email"
    URL = "url"
    IP = "ip"
    ADDRESS = "address"
    ZIP = "zip"
    CITY = "city"
    FACILITY = "facility"
    GPS = "gps"
    FACE = "face"
    BARCODE = "barcode"
    METADATA = "metadata"
    UNREADABLE = "unreadable"


class Where(StrEnum):
    """In which part of the material it stands."""

    TEXT = "text"
    FILENAME = "filename"
    METADATA = "metadata"
    OVERLAY = "overlay"
    PIXELS = "pixels"
    BARCODE = "barcode"
    FACE = "face"


class Verdict(StrEnum):
    """Nothing found is never more than that: it does not say that nothing is there."""

    NOTHING_FOUND = "nothing_found"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Finding:
    """One identifier, or something that may be one.

    `start` and `end` are code points of the text that was searched. `page` counts from 1. `frame`
    counts from 0: one number, several, or None for every frame. `box` is x0, y0, x1, y1 from the
    top left, in pixels of the first frame or points of a PDF page. `confidence` is 0 to 1. `why`
    and `suggestion` are English sentences for a person (to be translated where they are shown).
    `doubtful` is for what a person should look at although it may be harmless: it warns and does
    not block, whatever its kind.
    """

    kind: Kind
    where: Where
    why: str
    confidence: float = 0.9
    text: str | None = None
    start: int | None = None
    end: int | None = None
    page: int | None = None
    frame: int | tuple[int, ...] | None = None
    box: tuple[float, float, float, float] | None = None
    suggestion: str | None = None
    doubtful: bool = False

    def to_json(self) -> dict[str, object]:
        """The finding as `scan --json` prints it; what is not known is left out."""
        shown: dict[str, object] = {"kind": self.kind.value, "where": self.where.value}
        frame = list(self.frame) if isinstance(self.frame, tuple) else self.frame
        box = None if self.box is None else [_number(side) for side in self.box]
        optional: dict[str, object] = {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "page": self.page,
            "frame": frame,
            "box": box,
        }
        shown.update({key: value for key, value in optional.items() if value is not None})
        shown["confidence"] = round(self.confidence, 2)
        shown["why"] = self.why
        if self.suggestion is not None:
            shown["suggestion"] = self.suggestion
        return shown


@dataclass(frozen=True, slots=True)
class FileReport:
    """What was found in one file. `not_checked` says in sentences what was not looked at.

    `redacted` is the path of the redacted copy, `preview` that of a picture on which the covered
    places are marked, `seconds` the time the search took, `pixels` whether a picture was opened.
    """

    file: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    redacted: str | None = None
    seconds: float = 0.0
    preview: str | None = None
    pixels: bool = False

    @property
    def unreadable(self) -> bool:
        """Whether the file, or a part of it that matters, could not be read."""
        return any(finding.kind is Kind.UNREADABLE for finding in self.findings)

    def to_json(self) -> dict[str, object]:
        """The report as `scan --json` prints it."""
        shown: dict[str, object] = {
            "file": self.file,
            "verdict": self.verdict.value,
            "findings": [finding.to_json() for finding in self.findings],
            "not_checked": list(self.not_checked),
        }
        if self.redacted is not None:
            shown["redacted"] = self.redacted
        shown["seconds"] = round(self.seconds, 4)
        return shown


# A place alone tells who somebody is only together with something else; a face, a barcode or
# a device number in metadata needs a person to look.
_WARNING_ONLY: Final = frozenset({Kind.FACILITY, Kind.CITY, Kind.BARCODE, Kind.FACE})


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Block on a direct identifier, warn on a place or on what a person has to judge."""
    worst = Verdict.NOTHING_FOUND
    for finding in findings:
        mild = finding.kind in _WARNING_ONLY or finding.doubtful
        in_metadata = finding.kind is Kind.DEVICE_ID and finding.where is Where.METADATA
        if not (mild or in_metadata):
            return Verdict.BLOCK
        worst = Verdict.WARN
    return worst


def unreadable(file: str, why: str, seconds: float = 0.0) -> FileReport:
    """The report on a file that could not be read: never counted as nothing found."""
    finding = Finding(Kind.UNREADABLE, Where.METADATA, why, confidence=1.0)
    return FileReport(file, Verdict.BLOCK, (finding,), (why,), seconds=seconds)


def _number(value: float) -> float:
    return int(value) if float(value).is_integer() else round(value, 1)
