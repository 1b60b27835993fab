"""What the data elements of a DICOM file give away; knows nothing of its pixels."""

# pyright: standard
# The libraries used here have few types.
from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from pydicom.dataset import Dataset

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.terms import harmless_line, letters_of
from bot.identifiers.text.engine import find

_TEXT: Final = frozenset({"LO", "LT", "ST", "UT", "SH", "UC", "PN", "UR", "UN", "OB"})
_MASKED: Final = re.compile(
    r"(?i)^\W*(?:anon\w*|anonymous\W*\w*|case\W*\d*|test\W*\w*|phantom\W*\w*|removed|masked|none|"
    r"unknown|unspecified|de-?identified\w*|redacted|subject\W?\d*|xx+|0+|teaching\W?\w*|demo\W?\w*|"
    r"na|n/a|nil|hidden|pseudonym\w*|dummy\w*|sample\w*|example\w*)\W*(?:\d{0,3})\W*$"
)
_DUMMY_DATES: Final = frozenset({"19000101", "00010101", "19700101", "11111111", "18000101"})


@lru_cache(maxsize=1)
def _kinds() -> dict[str, Kind]:
    listing = files("bot.identifiers.pictures").joinpath("data/dicom_fields.txt").read_text("utf-8")
    found: dict[str, Kind] = {}
    for line in listing.splitlines():
        kind, _, keywords = line.partition(":")
        if not line.startswith("#"):
            found.update(dict.fromkeys(keywords.split(), Kind(kind)))
    return found


def tag_findings(dataset: Dataset) -> Iterator[Finding]:
    """Findings in every element, those inside sequences and private ones included."""
    seen: set[tuple[str, str]] = set()
    for element in dataset.iterall():
        if element.tag.group in (0x7FE0, 0x0002) or element.VR == "SQ":
            continue
        if 0x6000 <= element.tag.group <= 0x60FF or element.tag.element == 0x0000:
            continue
        value = _text(element.VR, element.value)
        keyword = str(element.keyword or "")
        if not value or (keyword, value) in seen:
            continue
        seen.add((keyword, value))
        yield from _judge(keyword, element.VR, value, element.tag.is_private)


def _judge(keyword: str, vr: str, value: str, private: bool) -> Iterator[Finding]:
    name = keyword or "private element"
    kind = _kinds().get(keyword)
    if kind is None and not private:
        kind = {"PN": Kind.NAME, "DA": Kind.DATE, "DT": Kind.DATE}.get(vr)
    if _MASKED.match(value):
        return
    if kind is Kind.AGE:
        digits = re.sub(r"\D", "", value)
        if "Y" in value.upper() and digits and int(digits) > 89:
            yield Finding(
                kind,
                Where.METADATA,
                "An age over 89 is rare enough to tell who it is.",
                0.95,
                value,
            )
        return
    if kind is Kind.DATE:
        if value[:8] not in _DUMMY_DATES and re.search(r"\d{6}", value):
            yield _finding(kind, name, value)
        return
    if kind is not None:
        if kind is not Kind.ACCESSION or letters_of(value) > 3:
            yield _finding(kind, name, value)
        return
    if vr not in _TEXT or keyword == "PrivateCreator":
        return
    hits = find(value[:5000], where=Where.METADATA)
    for hit in hits:
        why = f"The file carries this in {name}. {hit.why}"
        yield Finding(
            hit.kind, Where.METADATA, why, hit.confidence, hit.text, doubtful=hit.doubtful
        )
    free = private and vr in ("LO", "SH", "LT", "ST", "UT", "PN")
    if not hits and free and letters_of(value) > 3 and not harmless_line(value):
        why = "A private element of the maker carries text that may tell who the patient is."
        yield Finding(Kind.METADATA, Where.METADATA, why, 0.5, value[:120], doubtful=True)


def _finding(kind: Kind, name: str, value: str) -> Finding:
    return Finding(kind, Where.METADATA, f"The file carries this in {name}.", 0.97, value[:200])


def _text(vr: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (bytes, bytearray)):
        raw = bytes(value[:4000]).rstrip(b"\0 ")
        if vr not in ("UN", "LO", "SH", "PN", "LT", "ST", "UT"):
            return ""
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            return ""
        return text.strip() if text.isprintable() else ""
    if isinstance(value, str):
        return value.strip()
    if hasattr(value, "components"):
        return str(value).strip("^= ")
    if isinstance(value, (list, tuple)) or type(value).__name__ == "MultiValue":
        return "\\".join(str(item) for item in list(value)[:50]).strip()
    return str(value).strip()
