"""Names by the form they are written in: LAST^FIRST, family and given name around a comma, OKORO/ADA MRS."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.eponyms import CITED
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.lexicon import look_up
from bot.identifiers.text.name_words import PARTICLES
from bot.identifiers.text.tokens import LETTER

WHY_FORM: Final = "Family and given name in the form that records and file names use."
_W: Final = rf"[{LETTER}][{LETTER}'-]*"
_CARET: Final = re.compile(
    rf"(?<![\w^])(?:(?:van|von|de|der|den|la|del|dela|el|al|di|da|dos|das|le|st\.?|o'|mc)[ -]){{0,2}}[{LETTER}][{LETTER}'-]+\^[{LETTER}][{LETTER}'-]+(?:\^[{LETTER}'.]*){{0,3}}|(?<![\w^])[{LETTER}][{LETTER}'-]+ [{LETTER}][{LETTER}'-]+\^[{LETTER}][{LETTER}'-]+(?: [{LETTER}'-]+(?=\^))?(?:\^[{LETTER}'.]*){{0,3}}"
)
_FLIGHT: Final = re.compile(
    r"(?<![\w/])[A-Z]{2,}/[A-Z]{2,}(?: ?[A-Z]{2,})?? ?(?:MR|MRS|MS|MISS|MSTR)\b"
)
"""OKORO/ADAEZE MS, as airlines and some registers write it."""
_COMMA: Final = re.compile(
    rf"(?<![\w,])((?:(?:van|von|de|der|la|del|dela|el|al|le|di|da|bin|ibn|st\.?)[ -]){{0,2}}{_W}(?: {_W})?), ?({_W}(?: (?:{_W}|[{LETTER}]\.?)(?![\w,])){{0,2}}|[{LETTER}]\.)(?![\w'])",
    re.IGNORECASE,
)
HEADED: Final = re.compile(
    r"^[\s,;:(|/-]{1,3}(?:dob|d\.o\.b|mrn|acc|geb|born|n[ée]e|age|\d{1,3}\s?(?:y|m\b|f\b|yo)|\d{6}|\d{1,2}[./-]\d{1,2}[./-]\d\d|#|\*)",
    re.IGNORECASE,
)


def by_form(reading: Reading) -> Iterator[Hit]:
    """LAST^FIRST, and family and given name around a comma."""
    text = reading.text
    for match in _CARET.finditer(text):
        yield Hit(Kind.NAME, match.start(), match.end(), WHY_FORM, 0.97, rank=8)
    for match in _FLIGHT.finditer(text):
        yield Hit(Kind.NAME, match.start(), match.end(), WHY_FORM, 0.9, rank=8)
    for match in _COMMA.finditer(text):
        left = [reading.token_at(match.start(1)), reading.token_at(match.end(1) - 1)]
        right = reading.token_at(match.start(2))
        if left[0] < left[-1] and reading.tokens[left[-1]].has_capital:
            if (
                reading.tokens[left[0]].text.islower()
                and reading.seen.folded[left[0]] not in PARTICLES
            ):
                if not HEADED.match(text[match.end() : match.end() + 24]) and not _clearly(
                    reading, left[0], left[-1], right
                ):
                    continue
                left[0] = left[-1]  # First case Kowalczuk, Bogdan, 67 M
        words, tags = reading.seen.words, reading.tags
        marks = {section(reading.seen.folded[left[-1]]), section(reading.seen.folded[right])}
        sure = reading.seen.words[left[-1]].family >= 3 and reading.seen.words[right].given >= 3
        if reading.seen.folded[left[-1]] in ("jr", "sr", "ii", "iii") and left[0] < left[-1]:
            left[-1] -= 1  # SALGADO JR, RAMON
        if _acronyms(reading, left[-1], right) or _of_several(reading, right):
            continue
        headed = HEADED.match(text[match.end() : match.end() + 24]) is not None
        if marks & {"epo", "dev", "tri", "abb", "dru", "deu", "fra", "esp"} and not (
            (sure or (headed and words[right].given >= 3))
            and section(reading.seen.folded[right]) == ""
            and marks <= {"epo", ""}
            and not CITED.match(text[match.end() :][:60])
        ):
            continue
        family = max(words[place].family for place in range(left[0], left[-1] + 1))
        given = words[right].given
        rare = reading.seen.frequency(left[-1]) < 5 and reading.seen.frequency(right) < 5
        shapes = {reading.seen.shapes[left[-1]], reading.seen.shapes[right]}
        capital = reading.tokens[left[0]].has_capital and reading.tokens[right].has_capital
        tagged = tags[left[-1]].label == "N" and tags[right].label == "N"
        unlisted = not words[right].known or words[right].given
        shouted = reading.seen.case == "mix" and (
            reading.seen.shapes[left[-1]],
            reading.seen.shapes[right],
        ) == ("XX", "Xx")  # SCHÖNFELDER, Irmgard, wherever it stands
        if shouted and given >= 3 and words[right].listed == 0 and rare:
            headed = True
        if (
            capital
            and unlisted
            and (family >= 2 or not words[left[-1]].known or (rare and not words[left[-1]].listed))
            and (headed or shapes == {"XX"})
            and (reading.seen.case == "mix" or (headed and reading.seen.case == "up" and rare))
        ):
            yield Hit(
                Kind.NAME,
                reading.tokens[left[0]].start,
                _trimmed(reading, match),
                WHY_FORM,
                0.85,
                rank=6,
            )
            continue
        if (
            (capital or reading.seen.case == "low")
            and rare
            and given
            and (family or tagged)
            and "9" not in shapes
            and not _of_meeting(reading, left[-1], right)
        ):
            if reading.seen.case == "low" and not ((family >= 2 and given >= 2) or tagged):
                continue
            yield Hit(
                Kind.NAME,
                reading.tokens[left[0]].start,
                _trimmed(reading, match),
                WHY_FORM,
                0.85,
                rank=6,
            )


def _clearly(reading: Reading, word: int, left: int, right: int) -> bool:
    """The drain on Whitcombe, Alastair: a given name that is no town, and nothing in front that leads to one."""
    first, second = reading.seen.words[left], reading.seen.words[right]
    return (
        reading.seen.folded[word] in _LEADS
        and second.given >= 2
        and second.listed == 0
        and second.town <= second.given
        and first.listed == 0
        and (first.family >= 2 or not first.known)
        and first.town <= max(2, first.family)
    )


_LEADS: Final = frozenset(
    [
        "on",
        "for",
        "re",
        "about",
        "of",
        "consent",
        "patient",
        "pt",
        "saw",
        "is",
        "was",
        "with",
        "bei",
        "für",
        "sur",
        "pour",
        "chez",
        "a",
        "de",
        "über",
        "ist",
    ]
)


def _trimmed(reading: Reading, match: re.Match[str]) -> int:
    """Where the name ends: BRIGHTWATER, SUSANNAH is a"""
    last = reading.token_at(match.end() - 1)
    first = reading.token_at(match.start(2))
    if reading.seen.case == "mix":  # Whitcombe, Alastair last Thursday
        small = (at for at in range(first + 1, last) if reading.tokens[at].text.islower())
        last = next((at for at in small if reading.seen.folded[at] not in PARTICLES), last)
    while reading.seen.case == "mix" and last > first and reading.tokens[last].text.islower():
        last -= 1
    return (
        reading.tokens[last].end
        if last > first
        else match.end()
        if last == reading.token_at(match.end() - 1)
        else reading.tokens[first].end
    )


def _acronyms(reading: Reading, left: int, right: int) -> bool:
    """VVF, RVF: in a text that is not all capitals, short words of capitals that nobody is called by."""
    one, two = reading.tokens[left].text, reading.tokens[right].text
    return (
        reading.seen.case == "mix"
        and one.isupper()
        and two.isupper()
        and min(len(one), len(two)) < 5
        and reading.seen.words[left].family < 3
    )


def _of_several(reading: Reading, right: int) -> bool:
    """Dodd, Boyd and Cockett: the last of several is an eponym, a device or a drug."""
    after = [
        reading.seen.folded[at] for at in range(right + 1, min(right + 3, len(reading.tokens)))
    ]
    return len(after) == 2 and after[0] in _AND and section(after[1]) in ("epo", "dev", "dru")


_AND: Final = ("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "&")


def _of_meeting(reading: Reading, left: int, right: int) -> bool:
    words = reading.seen.words
    tokens = reading.tokens
    phrase = reading.text[tokens[right].start : tokens[min(right + 1, len(tokens) - 1)].end]
    return max(words[right].town, look_up(phrase).town) >= 2 and words[left].town >= 2
