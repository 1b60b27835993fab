"""Words, numbers and signs of a text with their offsets, in plain spelling.

Letters are spelled out as ranges: the answer must not depend on the Unicode version of the Python
that runs it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

LETTER: Final = "A-Za-zªµºÀ-ÖØ-öø-ɏΆ-Ͻа-яА-ЯЁёЂ-ӿԱ-Ֆա-ևא-תء-يḀ-ỿ"
CAPITAL: Final = re.compile(
    r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĲĴĶĹĻĽĿŁŃŅŇŊŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽƏƠƯȘȚΑ-ΩА-ЯЁḂ-ẞ]"
)
TOKEN: Final = re.compile(
    rf"[{LETTER}]+(?:['-][{LETTER}]+)*"  # words, O'Brien, Puigdemont-Papadopoulos
    rf"|\d[\d{LETTER}]*"
    r"|\n|[^\s]"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, sign or line end; offsets of the plain text, end not included."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it begins with a letter."""
        return self.text[0].isalpha()

    @property
    def has_capital(self) -> bool:
        """Whether its first letter is a capital."""
        return CAPITAL.match(self.text) is not None


def tokenize(text: str) -> list[Token]:
    """All tokens, in order; a word that ends in 's loses it, so that the name is what counts."""
    tokens: list[Token] = []
    for match in TOKEN.finditer(text):
        word, start, end = match.group(), match.start(), match.end()
        if len(word) > 3 and word[-2:] in ("'s", "'S"):
            tokens.append(Token(word[:-2], start, end - 2))
            tokens.append(Token("'s", end - 2, end))
        elif (elided := _elided(word)) and len(word) > elided + 1:
            tokens.append(Token(word[:elided], start, start + elided))
            tokens.append(Token(word[elided:], start + elided, end))
        else:
            tokens.append(Token(word, start, end))
    return tokens


def _elided(word: str) -> int:
    """The length of a French article in front: l'hôpital, d'Angers, qu'Anne; O'Brien stays whole."""
    if len(word) > 3 and word[1] == "'" and word[0] in "ldjnsmctLDJNSMCT":
        return 2
    return 3 if len(word) > 4 and word[:3].lower() == "qu'" else 0
