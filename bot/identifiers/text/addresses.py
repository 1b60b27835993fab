"""Street addresses of many countries, read token by token so that time grows with length only.

Three orders are known: number, words, kind of street (14 Larkspur Lane); number, kind of street,
words (14 bis rue Pasteur); words or kind of street first and the number last (Lindenallee 14, Calle
Mayor 3). A label in front ("Address:", "wohnhaft") lets pass what has no kind of street at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.text.address_parts import SIZE, gap, hit
from bot.identifiers.text.addresses_behind import number_last
from bot.identifiers.text.folding import fold
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.street_words import (
    BEFORE,
    CUE,
    DWELLING,
    LABEL,
    PARTICLES,
    SPECIAL,
    STOP,
    STRONG,
    WEAK,
)

_NUMBERED: Final = re.compile(
    r" {0,2},? {0,2}(?:n[ºo°.]{0,2}\s?|num\.?\s?|n[úu]mero\s?|#\s?|km\s?)?\d{1,4}[a-zA-Z]?(?!\w)(?:\s?,?\s?\d{1,2}\s?[ºª°]\s?[A-Za-z]?\b)?| {0,2},? {0,2}s/n\b"
)
_MONTH: Final = re.compile(
    r"(?:jan|feb|m[a]?r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|fev|avr|juin|juil|aou)"
)


def find_addresses(reading: Reading) -> Iterator[Hit]:
    """Every street address."""
    for pattern in SPECIAL:
        for match in pattern.finditer(reading.text):
            yield hit(reading, match.start(), match.end(), 0.9)
    for match in LABEL.finditer(reading.text):
        chosen = match.group(1).rstrip()
        stop = re.search(r"\s(?:in|à|a|de|te|at)\s+[^\s\d]+$|\s{2,}|\.\s", chosen)
        end = match.start(1) + (stop.start() if stop and stop.start() > 4 else len(chosen))
        yield hit(reading, match.start(1), end, 0.85)
    for place, token in enumerate(reading.tokens):
        if token.text[0].isdigit():
            if len(token.text) <= 6:
                yield from _number_first(reading, place)
                yield from number_last(reading, place)
        elif token.is_word:
            folded = reading.seen.folded[place]
            if folded in BEFORE or (folded == "c" and _sign(reading, place + 1, "/")):
                yield from _kind_first(reading, place)
            elif folded in STRONG and len(folded) > 3:
                yield from _no_number(reading, place)


def _sign(reading: Reading, place: int, sign: str) -> bool:
    return place < len(reading.tokens) and reading.tokens[place].text == sign


def _is_street_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,6}[A-Za-z]?", text) is not None


def _number_first(reading: Reading, place: int) -> Iterator[Hit]:
    """14 Larkspur Lane; 14 bis rue Pasteur; 120 Fremont, Apt. 4."""
    tokens, folded = reading.tokens, reading.seen.folded
    number = tokens[place]
    front = reading.text[number.start - 1 : number.start]
    if not _is_street_number(number.text) or front in tuple("./-:x$€£+^"):
        return
    if place and STOP.match(tokens[place - 1].text) and _MONTH.match(folded[place - 1]):
        return
    if re.fullmatch(r"(?:19|20)\d\d", number.text) and _sign(reading, place + 1, ","):
        return
    if _sign(reading, place + 1, ".") and place + 2 < len(tokens) and gap(reading, place + 2):
        return  # the end of a sentence: NHS 943 476 5919. Dear Dr
    at = place + 1
    if at < len(tokens) and folded[at] in ("bis", "ter", "quater") and gap(reading, at) <= 1:
        at += 1
        if _name_of_street(reading, at) > at and folded[at] not in BEFORE:
            yield from _french(reading, place, at)
            return
    if _sign(reading, at, ",") and at + 1 < len(tokens):
        at += 1
    first, capitals, words = at, 0, 0
    while at < len(tokens) and at - first < 7 and gap(reading, at) <= 2:
        token = tokens[at]
        if token.text == "." and len(tokens[at - 1].text) > 4:
            break
        if token.text in (".", "'", "-", "'s") or re.fullmatch(
            r"\d{1,3}(?:st|nd|rd|th)", token.text
        ):
            words += token.text[0].isdigit()
            at += 1
            continue
        if not token.is_word or (STOP.match(token.text) and folded[at] not in PARTICLES):
            break
        if (
            at == first
            and folded[at] in BEFORE
            and (len(folded[at]) > 3 or folded[at] in ("rue", "bd", "av"))
            and folded[at] not in STRONG - {"avenue", "place", "av", "pl", "square", "boulevard"}
        ):
            yield from _french(reading, place, at)
            return
        if words and folded[at] in STRONG and folded[at - 1] in ("a", "an", "my", "per"):
            return  # 3 nights in a row
        if words and folded[at] in STRONG and not _trade(reading, first, at):
            end = at
            if _sign(reading, at + 1, ".") and gap(reading, at + 1) == 0:
                end += 1
            if at + 1 < len(tokens) and gap(reading, at + 1) == 1 and folded[at + 1] in ("n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west") and not reading.text[tokens[at + 1].end :][:1].isdigit():  # fmt: skip
                end = at + 1
            if capitals or len(folded[at]) > 3 or _cued(reading, number.start):
                yield hit(reading, number.start, tokens[end].end, 0.9)
                return
        plain = token.text.islower() and reading.seen.case == "mix"
        if not words and plain and reading.seen.frequency(at) >= 5:
            break
        more = at + 1 < len(tokens) and tokens[at + 1].has_capital and gap(reading, at + 1) == 1
        further = more and folded[at + 1] in STRONG | WEAK
        if words and not further and folded[at] in WEAK and not _trade(reading, first, at):
            behind = _weak_enough(reading, place, at, capitals == words and token.has_capital)
            if behind:
                yield hit(reading, number.start, token.end, 0.85)
                return
        words += 1
        capitals += token.has_capital
        if capitals == words <= 4 and DWELLING.match(reading.text, token.end):
            yield hit(reading, number.start, token.end, 0.85)
            return
        at += 1
    at = min(at, len(tokens) - 1)
    last = at - 1 if at > first else first
    named = capitals or reading.seen.case != "mix"
    if (
        named
        and 1 <= words <= 3
        and last < len(tokens)
        and DWELLING.match(reading.text, tokens[last].end)
    ):
        yield hit(reading, number.start, tokens[last].end, 0.85)


def _weak_enough(reading: Reading, place: int, at: int, capital: bool) -> bool:
    """Whether "1083 Farm Shore" is a street: all capitals, or a cue in front, or a flat behind."""
    tokens = reading.tokens
    end = tokens[at].end
    if DWELLING.match(reading.text, end):
        return True
    cue = _cued(reading, tokens[place].start)
    following = reading.text[end : end + 3]
    ends = not following.strip() or following[0] in ",.;)\n" or at + 1 >= len(tokens)
    if capital and reading.seen.case == "mix":
        return cue or ends or len(tokens[place].text) >= 3
    if reading.seen.case == "mix":
        cue = CUE.search(reading.before(tokens[place].start, 40)) is not None
    return cue and (ends or reading.seen.case != "mix") and at - place <= 4


def _cued(reading: Reading, start: int) -> bool:
    before = reading.before(start, 40)
    return not before.strip() or CUE.search(before) is not None


def _french(reading: Reading, number: int, kind: int) -> Iterator[Hit]:
    tokens = reading.tokens
    stop = _name_of_street(reading, kind + 1)
    if stop > kind + 1 or (stop > kind and reading.seen.folded[kind] not in BEFORE):
        end = tokens[max(stop - 1, kind)].end
        yield hit(reading, tokens[number].start, end, 0.9)


def _name_of_street(reading: Reading, place: int) -> int:
    """One past the last token of a street's name: particles and at most five words."""
    tokens, folded = reading.tokens, reading.seen.folded
    at = stop = place
    low = reading.seen.case != "mix"
    words = 0
    while at < len(tokens) and words < 5 and gap(reading, at) <= 1:
        token = tokens[at]
        if token.text in ("'", ".", "-", "(", ")"):
            if token.text == "." and not (len(tokens[at - 1].text) <= 4 and gap(reading, at) == 0):
                break
            at += 1
            if token.text == ")":
                stop = at
            continue
        if not token.is_word or STOP.match(token.text):
            if not (token.is_word and folded[at] in PARTICLES):
                break
        if folded[at] in PARTICLES or folded[at].endswith("'"):
            at += 1
            continue
        if not low and not token.has_capital and words:
            break
        words += 1
        at += 1
        stop = at
        if low and words >= 3:
            break
    return stop


def _kind_first(reading: Reading, place: int) -> Iterator[Hit]:
    """Calle Mayor 3, via Roma, 12, ul. Długa 5, c/ Real s/n; with a cue also without number."""
    tokens = reading.tokens
    at = place + 1
    while at < len(tokens) and tokens[at].text in (".", "/", "º") and gap(reading, at) <= 1:
        at += 1
    stop = _name_of_street(reading, at)
    if stop <= at:
        return
    start, end = tokens[place].start, tokens[stop - 1].end
    named = any(token.has_capital for token in tokens[at:stop]) or reading.seen.case != "mix"
    number = _NUMBERED.match(reading.text, end)
    if number and named and not SIZE.match(reading.text, number.end()):
        yield hit(reading, start, number.end(), 0.9)
    elif (
        tokens[place].has_capital
        and named
        and len(tokens[place].text) > 3
        and reading.seen.case == "mix"
        and CUE.search(reading.before(start, 30))
        and reading.seen.folded[place] in ("calle", "avenida", "plaza", "paseo", "rue", "avenue", "boulevard", "via", "viale", "piazza", "rua")
        and not re.search(r"\b(?:the|via|of)\s*$", reading.before(start, 8))
    ):  # fmt: skip
        yield hit(reading, start, end, 0.75)


def _no_number(reading: Reading, place: int) -> Iterator[Hit]:
    """Larkspur Lane, Harley Street: capitals, and a word of place in front."""
    tokens = reading.tokens
    if not tokens[place].has_capital or reading.seen.case != "mix" or place == 0:
        return
    first = place
    while (
        first > 0 and place - first < 3 and gap(reading, first) == 1 and tokens[first - 1].is_word
        and tokens[first - 1].has_capital and not STOP.match(tokens[first - 1].text) and not reading.seen.harmless[first - 1]
    ):  # fmt: skip
        first -= 1
    if first == place or (gap(reading, first) == 99 and first and tokens[first - 1].text != "\n"):
        return
    if re.search(
        r"\b(?:on|in|at|from|near|to|along|off|down|for|street|address)[:\s]\s*$",
        reading.before(tokens[first].start, 12),
    ):
        yield hit(reading, tokens[first].start, tokens[place].end, 0.75)


def _trade(reading: Reading, first: int, stop: int) -> bool:
    """Whether the words in front of "St" or "Ct" are abbreviations of the trade, not a street."""
    return any(
        reading.seen.harmless[at] in ("abb", "dev", "tri") and len(fold(reading.tokens[at].text)) > 1
        for at in range(first, stop)
    ) or (stop - first == 1 and reading.seen.harmless[first] in ("wor", "epo") and not _cued(reading, reading.tokens[first].start))  # fmt: skip
