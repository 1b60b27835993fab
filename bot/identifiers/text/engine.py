"""Runs every finder over a text, settles what overlaps, and speaks in offsets of the original."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.text.contact import find_contact
from bot.identifiers.text.dates import find_dates
from bot.identifiers.text.file_words import names_of_file
from bot.identifiers.text.folding import plain
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.names import find_names
from bot.identifiers.text.numbers import find_numbers
from bot.identifiers.text.places import find_places
from bot.identifiers.text.replacing import suggestion
from bot.identifiers.text.whole import whole

_PIECE: Final = 3_000  # long texts are read in pieces, so that time grows with length only
MOST: Final = (
    120_000  # characters that are looked at: some thirty pages, seconds even when made to be slow
)
_TOO_LONG: Final = f"Only the first {MOST:,} characters of this text were looked at. Split it and look at the rest."
_FILE: Final = re.compile(
    r"(?<![\w/.])([^\W_][\w^+-]{5,80})\.(?:dcm|dicom|mp4|mov|avi|webm|jpe?g|png|gif|tiff?|bmp|heic|pdf|docx?|pptx?|xlsx?|csv|txt|zip|nii|json)\b",
    re.IGNORECASE,
)
_FILLED: Final = re.compile(r"[_+]|(?<=\w)-(?=\w)")
_WHY_FILE: Final = "The file name reads like a person's name."
_FINDERS: Final = (find_contact, find_dates, find_numbers, find_places, find_names)


def find(text: str, *, where: Where = Where.TEXT) -> tuple[Finding, ...]:
    """Everything in a text that can identify somebody, in order, without overlaps.

    Offsets are code points of `text`. Any string is accepted. Time grows linearly with its length
    up to `MOST` characters; what comes after is one finding of kind `unreadable`, which blocks.
    """
    even = plain(text[:MOST])
    findings: list[Finding] = []
    for cut, piece in _pieces(even.text):
        begin = cut + len(piece) - len(piece.lstrip())  # how it was pasted must not matter
        text_of = piece.strip()
        for hit in whole(text_of, _settle(_hits(text_of))):
            start, end = even.span(begin + hit.start, begin + hit.end)
            findings.append(
                Finding(
                    kind=hit.kind,
                    where=where,
                    why=hit.why,
                    confidence=hit.sure,
                    text=text[start:end],
                    start=start,
                    end=end,
                    suggestion=suggestion(hit.kind, text[start:end]),
                    doubtful=hit.doubtful,
                )
            )
    if len(text) > MOST:
        rest = Finding(Kind.UNREADABLE, where, _TOO_LONG, 1.0, start=MOST, end=len(text))
        findings = [one for one in findings if (one.end or 0) <= MOST] + [rest]
    return tuple(findings)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    begin = 0
    while len(text) - begin > _PIECE:
        cut = text.rfind("\n", begin + _PIECE // 2, begin + _PIECE)
        if cut < 0:
            cut = text.rfind(" ", begin + _PIECE // 2, begin + _PIECE)
        cut = begin + _PIECE if cut < 0 else cut + 1
        yield begin, text[begin:cut]
        begin = cut
    yield begin, text[begin:]


def _hits(text: str) -> list[Hit]:
    if not text.strip():
        return []
    reading = Reading(text)
    found = [hit for finder in _FINDERS for hit in finder(reading) if hit.end > hit.start]
    return found + list(_in_file_names(text))


def _in_file_names(text: str) -> Iterator[Hit]:
    """OKORO_ADA_20230917.mp4: the parts of a file's name, read as words."""
    for match in _FILE.finditer(text):
        stem = match.group(1)
        if _FILLED.search(stem):
            spaced = _FILLED.sub(" ", stem)
            for hit in (*_hits(spaced), *_called(spaced)):
                yield replace(hit, start=hit.start + match.start(), end=hit.end + match.start())


def _called(stem: str) -> Iterator[Hit]:
    """Two words of a file's name of which one is known as a given and one as a family name."""
    for start, end in names_of_file(stem):
        yield Hit(Kind.NAME, start, end, _WHY_FILE, 0.7, rank=5)


def _settle(hits: Sequence[Hit]) -> list[Hit]:
    """Of overlapping hits the higher rank stays; a longer one of the same kind takes the shorter in."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda one: (-one.rank, -(one.end - one.start), one.start)):
        rivals = [other for other in kept if other.start < hit.end and hit.start < other.end]
        if not rivals:
            kept.append(hit)
            continue
        if (
            len(rivals) == 1
            and hit.kind in (Kind.CITY, Kind.ADDRESS)
            and (rest := _rest(hit, rivals[0]))
        ):
            kept.append(rest)
            continue
        for other in rivals:
            if other.kind is hit.kind and len(rivals) == 1 and _worth_joining(other, hit):
                kept.remove(other)
                kept.append(
                    Hit(
                        hit.kind, min(hit.start, other.start), max(hit.end, other.end), other.why,
                        max(hit.sure, other.sure), max(hit.rank, other.rank), other.doubtful and hit.doubtful,
                    )
                )  # fmt: skip
    return sorted(kept, key=lambda one: one.start)


def _rest(hit: Hit, rival: Hit) -> Hit | None:
    """What a rival of another kind leaves of a hit: the town in front of its postcode."""
    if rival.kind is hit.kind or rival.start - hit.start < 4:
        return None
    return replace(hit, end=rival.start - 1)


def _worth_joining(kept: Hit, new: Hit) -> bool:
    return new.kind in (Kind.NAME, Kind.ADDRESS, Kind.FACILITY, Kind.DATE, Kind.DEVICE_ID) and (
        new.start < kept.start or new.end > kept.end
    )
