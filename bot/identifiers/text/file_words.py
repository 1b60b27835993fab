"""Which words of a file's name are somebody's: one known as a given and one as a family name.

Knows the words alone, not where the name of the file stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.text.folding import fold
from bot.identifiers.text.harmless import section
from bot.identifiers.text.lexicon import look_up

_WORD: Final = re.compile(r"[^\W\d_]+(?:['^-][^\W\d_]+)*")

_DATED: Final = re.compile(r"[ _-]+(?:19|20)\d{6}(?!\d)")


def names_of_file(stem: str) -> Iterator[tuple[int, int]]:
    """Borders of two words side by side of which one is only known as a given and one as a family name."""
    parts = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(stem)]
    for (start, _, one), (begin, end, two) in itertools.pairwise(parts):
        first, second = look_up(one), look_up(two)
        if begin - start - len(one) > 2 or min(len(one), len(two)) < 3:
            continue
        common = max(first.common, second.common) >= 5 or 2 in (first.listed, second.listed)
        dated = _DATED.match(stem, begin + len(two)) is not None
        if dated and one.isupper() and two.isupper() and max(first.given, second.given) >= 4:
            common = False  # VANDERBILT_ROSE_20240311
        marks = {section(fold(one)), section(fold(two))}
        if common or marks & {"dev", "abb", "tri", "dru", "deu", "esp", "fra"} or marks == {"epo"}:
            continue
        if (first.given >= 2 and second.family >= 1) or (first.family >= 1 and second.given >= 2):
            yield start, end
