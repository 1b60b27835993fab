"""Names in everyday text: where nothing speaks of medicine, eponyms and devices are no danger.

A word with a capital inside a sentence that people are called by, or that nobody knows, is a name there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.eponyms import EPONYM_AFTER, pioneer
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_around import compared, handled
from bot.identifiers.text.name_things import LETTERED, reads_like_a_term
from bot.identifiers.text.name_trade import of_the_trade
from bot.identifiers.text.name_words import STOP
from bot.identifiers.text.place_things import met

_WHY: Final = "This reads like somebody's name."
_PLAIN_MEETING: Final = re.compile(
    r"(?:meeting|annual|holiday|interviews?|released?)\b", re.IGNORECASE
)
_ARTICLE: Final = re.compile(r"\b(?:a|an|the|one|two|three|ein|eine|einen|un|une|una) $")
_FIRM: Final = re.compile(
    r"^(?:'s)?,? (?:inc|ltd|llc|gmbh|ag|corp|co|company|group|bank|stores?|hotel|airport|university|club|street|st|road|bridge|river|lake|park|county|tavern|restaurant|museum|airlines?|insurance|solutions?|services?|systems?|associates|partners|records|media|news|times|university)\b",
    re.IGNORECASE,
)


def by_everyday(reading: Reading) -> Iterator[Hit]:
    """Words with a capital that people are called by, in a text without a word of medicine."""
    if reading.seen.case != "mix" or _of_congress(reading):
        return
    tokens = reading.tokens
    place = 0
    while place < len(tokens):
        stop = place
        while (
            stop < len(tokens)
            and (stop == place or tokens[stop].start - tokens[stop - 1].end == 1)
            and _namely(reading, stop)
        ):
            stop += 1
        if (
            stop > place
            and _enough(reading, place, stop)
            and not pioneer(reading, place, stop)
            and not reads_like_a_term(reading, place, stop)
            and not of_the_trade(reading, place, stop)
            and not compared(reading, place, stop)
            and not met(reading, tokens[place].start)
        ):
            after = reading.text[tokens[stop - 1].end :][:60]
            thing = stop == place + 1 and _ARTICLE.search(reading.before(tokens[place].start, 12))
            if stop == place + 1 and reading.seen.words[place].given < 3:
                thing = thing or handled(reading, place, stop)  # our clinic uses Clario
            if not thing and not _FIRM.match(after[:24]) and not EPONYM_AFTER.match(after):
                yield Hit(Kind.NAME, tokens[place].start, tokens[stop - 1].end, _WHY, 0.7, rank=2)
        place = max(stop, place + 1)


def _of_congress(reading: Reading) -> bool:
    """Whether it speaks of a congress; a meeting alone can be that of the neighbours."""
    return any(not _PLAIN_MEETING.match(reading.text, start) for start in reading.meetings)


def _namely(reading: Reading, place: int) -> bool:
    token, word, folded = (
        reading.tokens[place],
        reading.seen.words[place],
        reading.seen.folded[place],
    )
    if not token.is_word or not token.has_capital or len(token.text) < 3 or token.text.isupper():
        return False
    if LETTERED.fullmatch(token.text):
        return False
    if folded in STOP or folded in COUNTRIES or reading.seen.cues[place] or word.listed in (1, 2):
        return False
    if section(folded) and word.given < 3 and word.family < 4:
        return False
    if folded.endswith(("ese", "ish", "ian", "ians")) and reading.seen.frequency(place) >= 3:
        return False
    if reading.seen.frequency(place) >= 5 or word.town > max(word.given, word.family) + 1:
        return False
    return bool(word.given or word.family) or not word.known


def _enough(reading: Reading, place: int, stop: int) -> bool:
    """Known as a given name; or inside a sentence, where a capital means something (not in German)."""
    words = [reading.seen.words[at] for at in range(place, stop)]
    if any(word.given >= 3 for word in words) or (
        len(words) > 1 and any(word.given >= 1 for word in words)
    ):
        return True
    begin, _ = reading.sentence(reading.tokens[place].start)
    front = reading.text[begin : reading.tokens[place].start].strip(" \n\"'([-*>")
    if reading.seen.language == "de":
        return False
    if not front or front.endswith((":", ".", "\u2022")):
        behind = reading.text[reading.tokens[stop - 1].end :][:2]
        return behind.startswith((":", "'s", ",")) or (
            behind[:1] == " " and behind[1:].islower() and not words[0].known
        )
    return True
