"""What only looks like a town: scores with their figure, eponyms, abbreviations, things behind an article."""

from __future__ import annotations

import re
from typing import Final

from bot.identifiers.text.eponyms import named_after
from bot.identifiers.text.harmless import section
from bot.identifiers.text.hits import Reading
from bot.identifiers.text.lexicon import look_up

_MIXED: Final = re.compile(r"[A-Za-zÀ-ÿ]*[a-zà-ÿ][A-Z][A-Za-z]*")
_TRAVELS: Final = re.compile(
    r"\b(?:verleg\w*|entlass\w*|zur[üu]ck\w*|hause|heim\w*|transport\w*|taxi|gefahren|f[äa]hrt|fahren|gezogen|zieht|umgezogen|reise\w*|reist|kehrt\w*|geflogen|ging|geht|kommt|rehab\w*)\b",
    re.IGNORECASE,
)


def score(reading: Reading, place: int, last: int) -> bool:
    """Hamilton 11, Mayo 3, PaCO2, IgA: a score with its figure, an abbreviation in mixed case."""
    token = reading.tokens[last]
    figure = re.match(r" \d{1,2}(?![\d/-]|[.,]\d)(?:,| ?[.;)]|$)", reading.text[token.end :][:8])
    name = reading.tokens[place].text
    return (reading.seen.medical and figure is not None) or (
        _MIXED.fullmatch(name) is not None and not name.startswith(("Mc", "Mac", "De", "La", "Le"))
    )


def after_somebody(reading: Reading, place: int, last: int) -> bool:
    """Stadium IIb nach Fontaine, Lagerung nach Trendelenburg: in German, "nach" that goes nowhere."""
    if not reading.before(reading.tokens[place].start, 6).endswith("nach "):
        return named_after(reading, place, last + 1)
    begin, end = reading.sentence(reading.tokens[place].start)
    word = reading.seen.words[place]
    known = word.town >= 2 and reading.seen.harmless[place] == ""
    return not known and _TRAVELS.search(reading.text[begin:end]) is None


def thing(reading: Reading, place: int) -> bool:
    """Behind an English article, in a text of medicine: a Roth net."""
    seen = reading.seen
    return (
        place > 0 and seen.language == "en" and seen.medical
        and (reading.tokens[place - 1].text in ("a", "an")
             or re.search(r"\ban? \d{1,3} $", reading.before(reading.tokens[place].start, 10)) is not None)
    )  # fmt: skip


def eponym(reading: Reading, place: int, last: int) -> bool:
    """In front of a sign, a vein or a catheter, in a text of medicine."""
    behind = reading.text[reading.tokens[last].end : reading.tokens[last].end + 60]
    near = re.match(r"(?:'s)?[\s-](?!et\b|study\b|meeting\b)\w+", behind)
    return (
        place == last and reading.seen.medical and near is not None
        and reading.seen.cues[min(last + 1, len(reading.seen.cues) - 1)] == "eponym"
    )  # fmt: skip


_SOCIETY: Final = re.compile(
    r"(?:^|[.!?,:;\n(] ?)([A-Z]{4,8})(?: (?:19|20)\d\d)? (?:in|im|en|à|a|em|te|at)(?: (?:La|Le|Las|Los|El|Den))? $"
)
"""SFICV à La Baule: capitals that no list of the trade has, met in a town."""


def met(reading: Reading, start: int) -> bool:
    """Whether the town in front of which a society stands is that of its meeting."""
    if reading.seen.case != "mix":
        return False
    match = _SOCIETY.search(reading.text[max(0, start - 40) : start])
    return match is not None and not section(match[1].lower()) and not look_up(match[1]).known
