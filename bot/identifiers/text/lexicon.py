"""What is known of a word: how common it is, and whether people or towns are called so.

Reads the packed list made by benchmarks/identifiers/build_lexicon.py (sources and licences in
docs/licences.md). Looking a word up is a binary search in one string of bytes, so that starting
costs milliseconds and little memory.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

from bot.identifiers.text.folding import fold

_NOTHING: Final = "000000000"


@dataclass(frozen=True, slots=True)
class Word:
    """Strengths from 0 (not listed) to 9. `listed` is 1 in a dictionary, 2 medical, 3 medical and
    only written with a capital. `common` is the best of the language frequencies (zipf, 0-8)."""

    given: int
    family: int
    english: int
    german: int
    french: int
    spanish: int
    other: int
    listed: int
    town: int

    @property
    def common(self) -> int:
        """How common the word is in its most likely language."""
        return max(self.english, self.german, self.french, self.spanish, self.other)

    @property
    def known(self) -> bool:
        """Whether the list has the word at all."""
        return any((self.given, self.family, self.common, self.listed, self.town))


@lru_cache(maxsize=1)
def _packed() -> bytes:
    return zlib.decompress((files("bot.identifiers.text") / "data" / "lexicon.bin").read_bytes())


@lru_cache(maxsize=60_000)
def look_up(word: str) -> Word:
    """What is known of one word, whatever its case and accents."""
    return glance(fold(word))


def glance(folded: str) -> Word:
    """The same of a folded word, for those that are asked for once: nothing of it is kept."""
    return Word(*map(int, _record(folded)))


def _record(key: str) -> str:
    wanted = key.encode("utf-8", "replace")
    if not wanted or b"\n" in wanted or b"\t" in wanted:
        return _NOTHING
    lines = _packed()
    low, high = 0, len(lines) - 1
    while low < high:
        middle = (low + high) // 2
        begin = lines.rfind(b"\n", 0, middle + 1) + 1
        if begin > high:
            break
        end = lines.find(b"\n", begin)
        if end < 0:
            return _NOTHING
        tab = lines.find(b"\t", begin, end)
        found = lines[begin:tab] if tab >= 0 else lines[begin:end]
        if found == wanted:
            return lines[tab + 1 : end].decode("ascii")
        if found < wanted:
            low = end
        else:
            high = begin - 1
    return _NOTHING
