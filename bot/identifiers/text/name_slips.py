"""Words of medicine with one slip of the pen in them, which else look like names nobody knows."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from bot.identifiers.text.hits import Reading
from bot.identifiers.text.lexicon import glance

_MOST_SLIPS: Final = 6  # in a piece of text: each takes a hundredth of a second
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


def misspelt(reading: Reading, place: int) -> bool:
    """Protien, scapel, laproscopic: one slip away from a word of medicine, and no name that is known."""
    word, folded = reading.seen.words[place], reading.seen.folded[place]
    if word.known or len(folded) < 6 or not folded.isalpha() or reading.slips >= _MOST_SLIPS:
        return False
    reading.slips += 1
    return _slip(folded)


@lru_cache(maxsize=5_000)
def _slip(word: str) -> bool:
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    near = {left + right[1:] for left, right in cuts if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    near |= {left + letter + right for left, right in cuts for letter in _LETTERS}
    near |= {left + letter + right[1:] for left, right in cuts[1:] if right for letter in _LETTERS}
    found = (glance(other) for other in near)
    return any(one.listed == 2 and max(one.given, one.family, one.town) == 0 for one in found)
