"""Street addresses of many countries, read token by token so that time grows with length only.

Three orders are known: number, words, kind of street (14 Larkspur Lane); number, kind of street,
words (14 bis rue Pasteur); words or kind of street first and the number last (Lindenallee 14, Calle
Mayor 3). A label in front ("Address:", "wohnhaft") lets pass what has no kind of street at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.folding import fold
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.street_words import (
    BEFORE,
    BEHIND,
    BEHIND_SHORT,
    CUE,
    DWELLING,
    LABEL,
    OPENING,
    PARTICLES,
    SPECIAL,
    STOP,
    STRONG,
    WEAK,
)

_WHY: Final = "A street address points to one household."

_NUMBERED: Final = re.compile(
    r" {0,2},? {0,2}(?:n[ºo°.]{0,2}\s?|num\.?\s?|n[úu]mero\s?|#\s?|km\s?)?\d{1,4}[a-zA-Z]?(?!\w)(?:\s?,?\s?\d{1,2}\s?[ºª°]\s?[A-Za-z]?\b)?| {0,2},? {0,2}s/n\b"
)
_DWELLS: Final = re.compile(
    r"\b(?:wohnhaft|wohnt|wohnend|domicili[ée]e?|demeurant|liv(?:es|ing) at|resid(?:es|ing) at|wonende?)\s(?:in |à |te )?$"
)
_TOWN_NEXT: Final = re.compile(r"\.?,\s?(?:\d{4,5} )?[A-ZÀ-Þ][\w-]{2,}")
_MONTH: Final = re.compile(
    r"(?:jan|feb|m[a]?r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|fev|avr|juin|juil|aou)"
)
_SIZE: Final = re.compile(r"\s?(?:mm|cm|ml|fr|f|mg|kg|%|x\s?\d|stück|jahre|tage|uhr)\b")


def find_addresses(reading: Reading) -> Iterator[Hit]:
    """Every street address."""
    for pattern in SPECIAL:
        for match in pattern.finditer(reading.text):
            yield _hit(reading, match.start(), match.end(), 0.9)
    for match in LABEL.finditer(reading.text):
        chosen = match.group(1).rstrip()
        stop = re.search(r"\s(?:in|à|a|de|te|at)\s+[^\s\d]+$|\s{2,}|\.\s", chosen)
        end = match.start(1) + (stop.start() if stop and stop.start() > 4 else len(chosen))
        yield _hit(reading, match.start(1), end, 0.85)
    for place, token in enumerate(reading.tokens):
        if token.text[0].isdigit():
            if len(token.text) <= 6:
                yield from _number_first(reading, place)
                yield from _number_last(reading, place)
        elif token.is_word:
            folded = reading.seen.folded[place]
            if folded in BEFORE or (folded == "c" and _sign(reading, place + 1, "/")):
                yield from _kind_first(reading, place)
            elif folded in STRONG and len(folded) > 3:
                yield from _no_number(reading, place)


def _hit(reading: Reading, start: int, end: int, sure: float) -> Hit:
    if dwelling := DWELLING.match(reading.text, end):
        end = dwelling.end()
    return Hit(Kind.ADDRESS, start, end, _WHY, sure, rank=7)


def _sign(reading: Reading, place: int, sign: str) -> bool:
    return place < len(reading.tokens) and reading.tokens[place].text == sign


def _gap(reading: Reading, place: int) -> int:
    """How far a token stands from the one before it; far when another line begins."""
    tokens = reading.tokens
    if tokens[place].text == "\n" or tokens[place - 1].text == "\n":
        return 99
    return tokens[place].start - tokens[place - 1].end


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
    at = place + 1
    if at < len(tokens) and folded[at] in ("bis", "ter", "quater") and _gap(reading, at) <= 1:
        at += 1
        if _name_of_street(reading, at) > at and folded[at] not in BEFORE:
            yield from _french(reading, place, at)
            return
    if _sign(reading, at, ",") and at + 1 < len(tokens):
        at += 1
    first, capitals, words = at, 0, 0
    while at < len(tokens) and at - first < 7 and _gap(reading, at) <= 2:
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
        if words and folded[at] in STRONG and not _trade(reading, first, at):
            end = at
            if _sign(reading, at + 1, ".") and _gap(reading, at + 1) == 0:
                end += 1
            if at + 1 < len(tokens) and _gap(reading, at + 1) == 1 and folded[at + 1] in ("n", "s", "e", "w", "ne", "nw", "se", "sw", "north", "south", "east", "west") and not reading.text[tokens[at + 1].end :][:1].isdigit():  # fmt: skip
                end = at + 1
            if capitals or len(folded[at]) > 3 or _cued(reading, number.start):
                yield _hit(reading, number.start, tokens[end].end, 0.9)
                return
        plain = token.text.islower() and reading.seen.case == "mix"
        if not words and plain and reading.seen.frequency(at) >= 5:
            break
        more = at + 1 < len(tokens) and tokens[at + 1].has_capital and _gap(reading, at + 1) == 1
        further = more and folded[at + 1] in STRONG | WEAK
        if words and not further and folded[at] in WEAK and not _trade(reading, first, at):
            behind = _weak_enough(reading, place, at, capitals == words and token.has_capital)
            if behind:
                yield _hit(reading, number.start, token.end, 0.85)
                return
        words += 1
        capitals += token.has_capital
        if capitals == words <= 4 and DWELLING.match(reading.text, token.end):
            yield _hit(reading, number.start, token.end, 0.85)
            return
        at += 1
    at = min(at, len(tokens) - 1)
    last = at - 1 if at > first else first
    if 1 <= words <= 3 and last < len(tokens) and DWELLING.match(reading.text, tokens[last].end):
        yield _hit(reading, number.start, tokens[last].end, 0.85)


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
    return cue and (ends or reading.seen.case != "mix") and at - place <= 4


def _cued(reading: Reading, start: int) -> bool:
    before = reading.before(start, 40)
    return not before.strip() or CUE.search(before) is not None


def _french(reading: Reading, number: int, kind: int) -> Iterator[Hit]:
    tokens = reading.tokens
    stop = _name_of_street(reading, kind + 1)
    if stop > kind + 1 or (stop > kind and reading.seen.folded[kind] not in BEFORE):
        end = tokens[max(stop - 1, kind)].end
        yield _hit(reading, tokens[number].start, end, 0.9)


def _name_of_street(reading: Reading, place: int) -> int:
    """One past the last token of a street's name: particles and at most five words."""
    tokens, folded = reading.tokens, reading.seen.folded
    at = stop = place
    low = reading.seen.case != "mix"
    words = 0
    while at < len(tokens) and words < 5 and _gap(reading, at) <= 1:
        token = tokens[at]
        if token.text in ("'", ".", "-", "(", ")"):
            if token.text == "." and not (len(tokens[at - 1].text) <= 4 and _gap(reading, at) == 0):
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
    while at < len(tokens) and tokens[at].text in (".", "/", "º") and _gap(reading, at) <= 1:
        at += 1
    stop = _name_of_street(reading, at)
    if stop <= at:
        return
    start, end = tokens[place].start, tokens[stop - 1].end
    named = any(token.has_capital for token in tokens[at:stop]) or reading.seen.case != "mix"
    number = _NUMBERED.match(reading.text, end)
    if number and named and not _SIZE.match(reading.text, number.end()):
        yield _hit(reading, start, number.end(), 0.9)
    elif (
        tokens[place].has_capital
        and named
        and len(tokens[place].text) > 3
        and reading.seen.case == "mix"
        and CUE.search(reading.before(start, 30))
        and reading.seen.folded[place] in ("calle", "avenida", "plaza", "paseo", "rue", "avenue", "boulevard", "via", "viale", "piazza", "rua")
        and not re.search(r"\b(?:the|via|of)\s*$", reading.before(start, 8))
    ):  # fmt: skip
        yield _hit(reading, start, end, 0.75)


def _number_last(reading: Reading, place: int) -> Iterator[Hit]:
    """Lindenallee 14, Neue Straße 3a, Oudegracht 12; Am Anger 5."""
    tokens, folded = reading.tokens, reading.seen.folded
    last = place - 1
    while last >= 0 and tokens[last].text in (".", ",") and _gap(reading, last + 1) <= 1:
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
            and _gap(reading, first) <= 1
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
            and _gap(reading, first) <= 1
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
    if _SIZE.match(reading.text, end) or re.match(r"[.,]\d", reading.text[end : end + 2]):
        return
    yield _hit(reading, tokens[first].start, end, 0.88)


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


def _no_number(reading: Reading, place: int) -> Iterator[Hit]:
    """Larkspur Lane, Harley Street: capitals, and a word of place in front."""
    tokens = reading.tokens
    if not tokens[place].has_capital or reading.seen.case != "mix" or place == 0:
        return
    first = place
    while (
        first > 0 and place - first < 3 and _gap(reading, first) == 1 and tokens[first - 1].is_word
        and tokens[first - 1].has_capital and not STOP.match(tokens[first - 1].text) and not reading.seen.harmless[first - 1]
    ):  # fmt: skip
        first -= 1
    if first == place or (_gap(reading, first) == 99 and first and tokens[first - 1].text != "\n"):
        return
    if re.search(
        r"\b(?:on|in|at|from|near|to|along|off|down|for|street|address)[:\s]\s*$",
        reading.before(tokens[first].start, 12),
    ):
        yield _hit(reading, tokens[first].start, tokens[place].end, 0.75)


def _trade(reading: Reading, first: int, stop: int) -> bool:
    """Whether the words in front of "St" or "Ct" are abbreviations of the trade, not a street."""
    return any(
        reading.seen.harmless[at] in ("abb", "dev", "tri") and len(fold(reading.tokens[at].text)) > 1
        for at in range(first, stop)
    ) or (stop - first == 1 and reading.seen.harmless[first] in ("wor", "epo") and not _cued(reading, reading.tokens[first].start))  # fmt: skip
