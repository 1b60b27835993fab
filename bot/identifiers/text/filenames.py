"""What the name of a file gives away: LAST^FIRST, record numbers, dates of an examination."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.text.engine import find
from bot.identifiers.text.file_words import names_of_file
from bot.identifiers.text.lexicon import look_up

_ENDING: Final = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
_LONG: Final = re.compile(r"\d{6,}")
_CAMERA: Final = re.compile(
    r"(?i)(?:^|[\s_-])(?:img|dsc[nf]?|pxl|vid|mvi|screenshot|screen shot|bildschirmfoto|photo|image|scan|frame|slide|whatsapp image)[\s_-]*"
)
_JOIN: Final = re.compile(r"[_+]|(?<=\w)-(?=\w)|%20")
_UID: Final = re.compile(r"^\d+(?:\.\d+){4,}$")


def check_filename(name: str) -> tuple[Finding, ...]:
    """Findings in a file's name; offsets are those of the name as given."""
    stem = _ENDING.sub("", name)
    if _UID.match(stem):
        why = "A DICOM identifier in a file name leads back to the study."
        return (
            Finding(
                Kind.ACCESSION,
                Where.FILENAME,
                why,
                0.8,
                stem,
                0,
                len(stem),
                doubtful=True,
                suggestion="case-1",
            ),
        )
    readable = _JOIN.sub(lambda match: " " * len(match.group()), stem)
    found = [*find(stem, where=Where.FILENAME)]
    for extra in [*find(readable, where=Where.FILENAME), *_words(readable), *_numbers(stem)]:
        start, end = extra.start or 0, extra.end or 0
        if not any((other.start or 0) < end and start < (other.end or 0) for other in found):
            found.append(replace(extra, text=name[start:end]))
    kept = [one for one in found if not _camera(stem, one) and not _running(one)]
    return tuple(
        replace(one, suggestion="case-1") for one in sorted(kept, key=lambda one: one.start or 0)
    )


def _camera(stem: str, finding: Finding) -> bool:
    """IMG_20230405 is the camera's own date: still a date of the day it was taken, so it stays; a
    bare running number of a camera does not."""
    number = finding.kind in (Kind.MRN, Kind.OTHER_ID)
    before = stem[: finding.start or 0]
    return number and len(finding.text or "") < 7 and _CAMERA.search(before + " ") is not None


def _running(finding: Finding) -> bool:
    """Short codes (n012, dsa7) and a single small word that no list of names has: how people number
    their files."""
    text = finding.text or ""
    if finding.kind in (Kind.VEHICLE, Kind.DEVICE_ID, Kind.LICENCE):
        return True
    if finding.kind is Kind.NAME and text.isalpha() and text.islower():
        seen = look_up(text)
        return len(text) < 5 or max(seen.given, seen.family) < 2
    return False


def _words(stem: str) -> Iterator[Finding]:
    why = "The file name reads like a person's name."
    for start, end in names_of_file(stem):
        yield Finding(Kind.NAME, Where.FILENAME, why, 0.7, stem[start:end], start, end)


def _numbers(stem: str) -> Iterator[Finding]:
    why = "A long number in a file name is usually a record or accession number."
    for match in _LONG.finditer(stem):
        yield Finding(Kind.MRN, Where.FILENAME, why, 0.7, match.group(), match.start(), match.end())
