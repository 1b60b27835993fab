"""How a file that holds text is read, and which files those are; pictures are read elsewhere.

A reader answers with findings and with what it did not look at. It raises `Unreadable` with a
sentence for a person when it cannot read the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from bot.identifiers.findings import Finding


class Unreadable(Exception):
    """The file could not be read; the message says why in words for a person."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reader found in one file, and in sentences what it did not look at."""

    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...] = ()


Reader = Callable[[Path], Looked]


MOST_TEXT: Final = 1_000_000
"""Bytes of a text; a post has a few thousand, and time grows with length."""
TOO_LONG: Final = "The text is too long to be looked through: at most a million letters."
_MARKUP: Final = "It was read as plain text: what its markup draws or embeds was not looked at."
_NO_PICTURE: Final = "It is named like a picture and cannot be read as one."
_PICTURES: Final = frozenset(
    (
        *(".jpg", ".jpeg", ".jpe", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg"),
        *(".heic", ".heif", ".avif", ".dcm", ".dicom", ".pdf"),
        *(".mp4", ".mov", ".avi", ".mkv", ".webm"),
    )
)
_NEVER_IN_TEXT: Final = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read_text(path: Path) -> Looked:
    """Text files: UTF-8 (with or without mark), UTF-16 with mark, else Western European bytes."""
    from bot.identifiers.text import find

    with path.open("rb") as file:
        raw = file.read(MOST_TEXT + 1)
    if len(raw) > MOST_TEXT:
        raise Unreadable(TOO_LONG)
    return Looked(find(decode(raw)))


def read_markup(path: Path) -> Looked:
    """Any other file whose content is text: a table, a page, a report without an ending."""
    return replace(read_text(path), not_checked=(_MARKUP,))


def read_false_picture(path: Path) -> Looked:
    """A picture by its name whose content is text, or is drawn by it: its text is looked through,
    and what it would show counts as not read."""
    from bot.identifiers.findings import Kind, Where

    looked = read_text(path)
    unread = Finding(Kind.UNREADABLE, Where.PIXELS, _NO_PICTURE, confidence=1.0)
    return Looked((unread, *looked.findings), looked.not_checked)


def decode(raw: bytes) -> str:
    """The text of a file with its line ends untouched; a byte order mark counts as no character."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return raw.decode("utf-16")
        except UnicodeDecodeError:
            raise Unreadable("It is not text that can be read.") from None
    if b"\x00" in raw:
        raise Unreadable("It is named like a text file but holds something else.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def reader_for(head: bytes, suffix: str) -> Reader | None:
    """By content: what begins like text is read as text. `suffix` (small letters) only tells plain
    text from markup, and lets a file that was meant as text be called broken."""
    if suffix in (".txt", ".md"):
        return read_text
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (head and not _NEVER_IN_TEXT.search(head)):
        return read_false_picture if suffix in _PICTURES else read_markup
    return None
