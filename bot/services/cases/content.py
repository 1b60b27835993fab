"""What an author says yes to: texts and covered pictures, as bytes that can be compared.

In memory only, or encrypted. Knows no screen.
"""

from __future__ import annotations

import hashlib
import json
import struct
from dataclasses import dataclass, replace
from typing import Any, Final

_MAGIC: Final = b"case1"


@dataclass(frozen=True, slots=True)
class Picture:
    """A covered copy under a neutral name, with what it shows in words."""

    name: str
    content: bytes
    alt: str

    def __repr__(self) -> str:
        return f"Picture({len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything of a case that readers will see."""

    title: str
    teaching: str
    question: str
    history: str
    pictures: tuple[Picture, ...]

    def __repr__(self) -> str:
        # What people wrote never reaches a log, not even through a traceback.
        return f"Content({len(self.pictures)} pictures)"

    @property
    def size(self) -> int:
        """Bytes, about."""
        return len(self.pack())

    def pack(self) -> bytes:
        """One string of bytes, the same for the same content."""
        head = {
            "title": self.title,
            "teaching": self.teaching,
            "question": self.question,
            "history": self.history,
            "pictures": [[one.name, one.alt, len(one.content)] for one in self.pictures],
        }
        text = json.dumps(head, sort_keys=True, ensure_ascii=False).encode()
        size = struct.pack(">I", len(text))
        return b"".join((_MAGIC, size, text, *(one.content for one in self.pictures)))

    def digest(self) -> str:
        """What two contents are compared by."""
        return hashlib.sha256(self.pack()).hexdigest()[:32]

    @property
    def mark(self) -> str:
        """The beginning of the digest, as a button carries it."""
        return self.digest()[:16]

    def with_texts(self, title: str, teaching: str, question: str, history: str) -> Content:
        """The same pictures with other words."""
        return replace(self, title=title, teaching=teaching, question=question, history=history)


def unpack(packed: bytes) -> Content:
    """The content that was packed. Raises ValueError for anything else."""
    if not packed.startswith(_MAGIC):
        raise ValueError("not a packed case")
    at = len(_MAGIC)
    (size,) = struct.unpack_from(">I", packed, at)
    head: dict[str, Any] = json.loads(packed[at + 4 : at + 4 + size])
    at += 4 + size
    pictures: list[Picture] = []
    for name, alt, length in head["pictures"]:
        pictures.append(Picture(name, packed[at : at + length], alt))
        at += length
    return Content(
        head["title"], head["teaching"], head["question"], head["history"], tuple(pictures)
    )
