"""Streets whose number comes last: Lindenallee 14, Neue Straße 3a, Oudegracht 12, Am Anger 5.

What tells them from other words with a number behind is the ending of the word, a preposition that
streets begin with, or, for a word that no list has, a town behind the number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.text.address_parts import SIZE, gap, hit
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.street_words import BEHIND, BEHIND_SHORT, CUE, OPENING, PARTICLES

_DWELLS: Final = re.compile(
    r"\b(?:wohnhaft|wohnt|wohnend|domicili[ée]e?|demeurant|liv(?:es|ing) at|resid(?:es|ing) at|wonende?)\s(?:in |à |te )?$"
)
_TOWN_NEXT: Final = re.compile(r"\.?,\s?(?:\d{4,5} )?[A-ZÀ-Þ][\w-]{2,}")


def number_last(reading: Reading, place: int) -> Iterator[Hit]:
    """Lindenallee 14, Neue Straße 3a, Oudegracht 12; Am Anger 5."""
    tokens, folded = reading.tokens, reading.seen.folded
    last = place - 1
    while last >= 0 and tokens[last].text in (".", ",") and gap(reading, last + 1) <= 1:
        last -= 1
    if (
        last < 0
        or not tokens[last].is_word
        or not re.fullmatch(r"\d{1,4}[A-Za-z]?", tokens[place].text)
    ):
        return
    if (
        tokens[place].start - tokens[last].end > 2
        or "\n" in reading.text[tokens[last].end : tokens[place].start]
    ):
        return
    if reading.seen.case == "mix" and re.fullmatch(r"[A-Z]{2,6}", tokens[last].text):
        return  # a score with its figure: QXSS 24
    word = folded[last]
    tail = next((ending for ending in BEHIND if word.endswith(ending)), None)
    alone = word in ("strasse", "str", "allee", "platz", "weg", "straat", "laan", "plein", "markt", "utca", "u", "ring", "gracht", "gade", "vej")  # fmt: skip
    low = reading.seen.case != "mix"
    first = last
    if (
        tail
        and (len(word) > len(tail) + 2 or alone)
        and (alone or not _known_else(reading, last, tail))
    ):
        if not low and not tokens[last].has_capital and not alone:
            return
        while (
            first > 0
            and last - first < 2
            and gap(reading, first) <= 1
            and _joins(reading, first - 1, alone and first == last)
        ):
            first -= 1
        if alone and first == last:
            return
    elif _prepositional(reading, last):
        while folded[first] not in OPENING:
            first -= 1
    elif _between(reading, last, place):
        while (
            first > 0
            and last - first < 3
            and gap(reading, first) <= 1
            and _joins(reading, first - 1, False)
        ):
            first -= 1
        if not CUE.search(reading.before(tokens[first].start, 30)):
            return
    else:
        return
    end = tokens[place].end
    if more := re.compile(r"(?:[-/]\d{1,4})?\s?[a-zA-Z]?(?![\w])").match(reading.text, end):
        end = more.end() if reading.text[end : more.end()].strip() else end
    if SIZE.match(reading.text, end) or re.match(r"[.,]\d", reading.text[end : end + 2]):
        return
    yield hit(reading, tokens[first].start, end, 0.88)


def _known_else(reading: Reading, place: int, tail: str) -> bool:
    """A plain word that only ends like a street (Zugang, Score-Ring, "Stage", "Gradient")."""
    word = reading.seen.words[place]
    short = tail in BEHIND_SHORT
    return bool(
        reading.seen.harmless[place]
        or (
            short
            and (
                reading.seen.language != "de"
                or not CUE.search(reading.before(reading.tokens[place].start, 30))
            )
        )
        or (word.listed and len(tail) <= 4)
        or (reading.seen.frequency(place) >= 4 and len(tail) <= 4)
    )


def _joins(reading: Reading, place: int, needed: bool) -> bool:
    token, folded = reading.tokens[place], reading.seen.folded[place]
    if token.text in ("-", "."):
        return True
    return token.is_word and (
        (
            token.has_capital
            and reading.seen.cues[place] == ""
            and (needed or reading.seen.frequency(place) < 6)
        )
        or (needed and folded in PARTICLES)
    )


def _between(reading: Reading, last: int, place: int) -> bool:
    """An unlisted word with a capital, a number, a comma and a town: Bygget 91, Zalla."""
    word = reading.seen.words[last]
    return bool(
        reading.seen.case == "mix"
        and reading.tokens[last].has_capital
        and len(reading.tokens[last].text) > 3
        and word.listed == 0
        and reading.seen.frequency(last) < 4
        and not reading.seen.harmless[last]
        and not reading.seen.cues[last]
        and (
            _DWELLS.search(reading.before(reading.tokens[last].start, 30))
            or _TOWN_NEXT.match(reading.text, reading.tokens[place].end)
        )
    )


def _prepositional(reading: Reading, last: int) -> bool:
    """Am Anger, An der Alten Mühle, Beim Pfarrhof, with a comma, an end or a town behind the number."""
    tokens, folded = reading.tokens, reading.seen.folded
    if reading.seen.language != "de" or not tokens[last].has_capital or len(tokens[last].text) < 4:
        return False
    after = reading.text[tokens[last].end : tokens[last].end + 24]
    if not re.match(r"\s\d{1,3}\s?[a-z]?(?:,|\s*$|\s+in\b|,?\s\d{4,5}\b|\n|;|\.)", after):
        return False
    at = last - 1
    while at >= 0 and last - at <= 3:
        if folded[at] in OPENING and tokens[at].has_capital:
            return at < last
        if not (
            folded[at] in ("der", "den", "dem", "das")
            or (tokens[at].is_word and tokens[at].text.endswith(("en", "er")))
        ):
            return False
        at -= 1
    return False
