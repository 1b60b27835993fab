"""Surnames in a row: "liver board: Iglesias, Vega, Popescu", "Barth – TACE; Sahin – BSC; Blank – biopsy".

One word alone may be a field, a colour or a tube; of three or more in a row, most of which people are
called by and none of which is a thing, all are names. Knows rows; what a word is, the lists say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.eponyms import CITED
from bot.identifiers.text.harmless import PIONEERS
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_words import PARTICLES, STOP
from bot.identifiers.text.tokens import LETTER

_WHY: Final = "This reads like somebody's name."
_NAME: Final = rf"(?:(?:van|von|de|da|dos|el|al|ait) )?[A-ZÀ-ÞŞŠŽĆČŁ][{LETTER}'’-]+(?: (?:[A-ZÀ-ÞŞŠŽĆČŁ][{LETTER}'’-]+|[A-Z]\.?))?"
_ROW: Final = re.compile(
    rf"(?<![\w'’.-])({_NAME})(?: ?\([^()\n]{{1,40}}\))?"
    rf"(?:(?:, | ?/ | ?; |,? (?:and|und|y|et|e|en|i) ){_NAME}(?: ?\([^()\n]{{1,40}}\))?){{2,}}"
)
"""At least three behind each other; what is in brackets belongs to the one before."""
_HEADED: Final = re.compile(
    rf"(?:^|(?<=[/;:]))[ \t]*(?:(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d|[:.]? ?h)? )?(?P<head>{_NAME})(?=,? ?[-–—:(]|,? \d|,? {LETTER}| ?$)"
)
"""The head of a piece between strokes or semicolons."""
_LINE: Final = 2000  # characters; a row of names is shorter
_ITEM: Final = re.compile(_NAME)
_MADE: Final = ("dev", "dru", "tri", "abb")
_THINGS: Final = (*_MADE, "fir", "wor", "deu", "fra", "esp")
_LETTERED: Final = re.compile(r"-[A-Z]{2}|[a-zà-ÿ][A-Z]{2}")
"""Leber-MDT, DynaCT."""


def by_row(reading: Reading) -> Iterator[Hit]:
    """Everybody of a row of names."""
    text = reading.text
    for match in _ROW.finditer(text):
        bare = re.sub(r"\([^()\n]*\)", lambda part: " " * len(part.group()), match.group())
        yield from _all_of(reading, [
            (match.start() + one.start(), match.start() + one.end()) for one in _ITEM.finditer(bare)
        ])  # fmt: skip
    begin = 0
    for line in text.split("\n"):
        if len(line) < _LINE and line.count("/ ") + line.count("; ") > 1:
            yield from _all_of(reading, [
                (begin + one.start("head"), begin + one.end("head"))
                for one in _HEADED.finditer(line)
            ])  # fmt: skip
        begin += len(line) + 1


def _all_of(reading: Reading, pieces: list[tuple[int, int]]) -> Iterator[Hit]:
    items = [one for one in pieces if not _LETTERED.search(reading.text[slice(*one)])]
    if len(items) < 3 or CITED.match(reading.text[items[-1][1] :][:60]):
        return
    if any(reading.is_event(start) or reading.is_allowed(start, end) for start, end in items):
        return
    said = [_says(reading, start, end) for start, end in items]
    people, sure = sum(one > 0 for one in said), sum(one > 1 for one in said)
    if min(said) < 0 or people < 0.7 * len(items) or sure < max(2, 0.3 * len(items)):
        return
    for start, end in items:
        yield Hit(Kind.NAME, start, end, _WHY, 0.7, rank=3)


def _says(reading: Reading, start: int, end: int) -> int:
    """-1 a thing, 0 nothing known, 1 people are called so, 2 and the sentence speaks of somebody."""
    seen = reading.seen
    places = [
        at
        for at in range(reading.token_at(start), reading.token_at(end - 1) + 1)
        if reading.tokens[at].is_word and len(seen.folded[at]) > 1
    ]
    best = 0
    for at in places:
        word, folded = seen.words[at], seen.folded[at]
        called = max(word.given, word.family)
        if folded in PARTICLES:
            continue
        if (
            folded in STOP
            or folded in COUNTRIES
            or folded in PIONEERS
            or (seen.harmless[at] in _THINGS and (called < 3 or seen.harmless[at] in _MADE))
            or (word.listed == 2 and called < 3)
            or (word.town >= 3 and word.town > called)
        ):
            return -1
        named = reading.tags[at].label == "N" and reading.tags[at].margin > 5
        best = max(best, 2 if named and called != 1 else int(called >= 3))
    return best
