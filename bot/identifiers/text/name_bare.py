"""A given name with nothing around it that says so: "biopsy of Ivo bled", "bring it to Calliope".

Inside a sentence a capital means something. Only words that are given names and nothing else: in no
dictionary, rare in the language, no town, no device, no eponym.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.cues import CUE_OF
from bot.identifiers.text.eponyms import EPONYM_AFTER
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.name_things import vetoed
from bot.identifiers.text.name_words import STOP

_WHY: Final = "This reads like somebody's name."
_RARE: Final = 4  # Zipf, in the language of the text
_RARE_NOUN: Final = 2  # the same in German, where every noun has a capital
_TRADE_BEHIND: Final = re.compile(
    r"^(?:®|™| ?\d| (?:[a-z]+ )?(?:stents?|catheters?|balloons?|wires?|coils?|plugs?|filters?|sheaths?|grafts?|system|device|needles?|trial|study|score|registry|protocol|software|scanner|katheter|ballon|draht|stent|sonde|cath[ée]ter|guide|aguja|cat[ée]ter|bal[óo]n)\b)",
    re.IGNORECASE,
)
_TRADE_BEFORE: Final = re.compile(
    r"(?:\b(?:the|an?|with|using|via|der|die|das|den|ein|eine|einen|mit|el|la|un|una|con|le|une|avec|o|um|uma|il|met|een) |\d |[®™] ?)$",
    re.IGNORECASE,
)
"""What stands in front of things; people have no article."""


def by_given(reading: Reading) -> Iterator[Hit]:
    """Given names inside sentences of a text that speaks of medicine."""
    seen, tokens = reading.seen, reading.tokens
    if seen.case != "mix" or not seen.medical:
        return
    for place, token in enumerate(tokens):
        if not _only_a_name(reading, place):
            continue
        begin, _ = reading.sentence(token.start)
        front = reading.text[begin : token.start].rstrip(" \"'(-*•>–")
        if not front or front[-1] in ":.?!;)]→|" or front[-1].isdigit():
            continue
        after = reading.text[token.end :][:60]
        if (
            _TRADE_BEHIND.match(after)
            or _TRADE_BEFORE.search(reading.before(token.start, 12))
            or EPONYM_AFTER.match(after)
            or reading.is_event(token.start)
            or vetoed(reading, place, place + 1)
        ):
            continue
        yield Hit(Kind.NAME, token.start, token.end, _WHY, 0.7, rank=2)


def _only_a_name(reading: Reading, place: int) -> bool:
    seen = reading.seen
    word, folded = seen.words[place], seen.folded[place]
    return (
        seen.shapes[place] == "Xx"
        and len(folded) > 2
        and word.given >= 2
        and word.listed == 0
        and word.town <= 2
        and seen.frequency(place) < (_RARE_NOUN if seen.language == "de" else _RARE)
        and not section(folded)
        and not seen.cues[place]
        and not CUE_OF.get(folded)
        and folded not in STOP
    )
