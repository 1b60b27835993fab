"""What every reader of addresses needs: the finding itself, how far words stand apart, what is a size."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.street_words import DWELLING

_WHY: Final = "A street address points to one household."

SIZE: Final = re.compile(r"\s?(?:mm|cm|ml|fr|f|mg|kg|%|x\s?\d|stück|jahre|tage|uhr)\b")


def hit(reading: Reading, start: int, end: int, sure: float) -> Hit:
    """A street address from `start` to `end`, with the flat or floor behind it."""
    if dwelling := DWELLING.match(reading.text, end):
        end = dwelling.end()
    return Hit(Kind.ADDRESS, start, end, _WHY, sure, rank=7)


def gap(reading: Reading, place: int) -> int:
    """How far a token stands from the one before it; far when another line begins."""
    tokens = reading.tokens
    if tokens[place].text == "\n" or tokens[place - 1].text == "\n":
        return 99
    return tokens[place].start - tokens[place - 1].end
