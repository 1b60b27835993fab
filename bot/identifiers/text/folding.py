"""One plain spelling of a text for matching, with the way back to the original offsets.

Odd digits, dashes, quotes, blanks and invisible characters become plain ones, combining accents join
their letter. Only fixed tables and long-assigned characters are used, so that every Unicode version
answers the same.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

_SPECIAL: Final = str.maketrans(
    {
        "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
        "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i",
        "İ": "i", "’": "'", "ʼ": "'", "`": "'", "´": "'", "‑": "-", "‐": "-",
    }
)  # fmt: skip
_LAST_STEADY: Final = 0x24FF  # beyond Latin, Greek, Cyrillic and friends nothing is folded
_INVISIBLE: Final = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_PLAIN: Final = {
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("’‘ʼ`´′‛", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\x0b\x0c", " "),
    **dict.fromkeys("⁄∕", "/"),
    **dict.fromkeys("。．․", "."),
    **dict.fromkeys("：ː", ":"),
    **dict.fromkeys("＾ˆ", "^"),
    **{chr(0xFF01 + step): chr(0x21 + step) for step in range(94)},
    **{chr(first + step): str(step) for first in (0x660, 0x6F0, 0x966, 0x9E6) for step in range(10)},
}  # fmt: skip


def fold(word: str) -> str:
    """Lower case without accents: the spelling under which the word list keeps a word."""
    plain = word.translate(_SPECIAL).lower()
    if plain.isascii():
        return plain
    parts = unicodedata.normalize("NFD", plain)
    return "".join(part for part in parts if not 0x300 <= ord(part) <= 0x36F)


@dataclass(frozen=True, slots=True)
class Plain:
    """A text in plain spelling. `origin` maps each of its offsets, and its end, to the original."""

    text: str
    origin: tuple[int, ...] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The same piece in the original text, in code points."""
        if self.origin is None:
            return start, end
        return self.origin[start], self.origin[end - 1 + 1] if end > start else self.origin[start]


def plain(text: str) -> Plain:
    """Spell a text plainly. Line ends stay where they are."""
    if text.isascii() and "\t" not in text and "\v" not in text and "\f" not in text:
        return Plain(text, None)
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if character in _INVISIBLE:
            continue
        if 0x300 <= ord(character) <= 0x36F:
            if letters:
                joined = unicodedata.normalize("NFC", letters[-1] + character)
                if len(joined) == 1 and ord(joined) <= 0x1EFF:
                    letters[-1] = joined
            continue
        letters.append(_PLAIN.get(character, character))
        origin.append(place)
    origin.append(len(text))
    return Plain("".join(letters), tuple(origin))
