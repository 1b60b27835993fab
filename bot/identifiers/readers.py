"""Which part of the engine can look into a file. Readers plug in by content type.

A reader answers with findings and with what it did not look at. It raises `Unreadable` with a
sentence for a person when it cannot read the file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.identifiers.findings import Finding


class Unreadable(Exception):
    """The file could not be read; the message says why in words for a person."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a reader found in one file, and in sentences what it did not look at."""

    findings: tuple[Finding, ...]
    not_checked: tuple[str, ...] = ()


Reader = Callable[[Path], Looked]


def read_text(path: Path) -> Looked:
    """Text files: UTF-8 (with or without mark), UTF-16 with mark, else Western European bytes."""
    from bot.identifiers.text import find

    raw = path.read_bytes()
    return Looked(find(decode(raw)))


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


def default_readers() -> Mapping[str, Reader]:
    """By the end of the file name, in small letters. Pictures join here."""
    return {".txt": read_text, ".md": read_text}
