"""Postcodes: by their form, by a label, or by the street or the town beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.identifiers.findings import Kind
from bot.identifiers.text.countries import COUNTRIES
from bot.identifiers.text.folding import fold
from bot.identifiers.text.hits import Hit, Reading
from bot.identifiers.text.tokens import LETTER

_UK: Final = re.compile(
    r"(?<![\w-])(?:GIR ?0AA|(?:[A-PR-UWYZ][A-HK-Y]?\d[\dA-HJKPSTUW]?|[A-PR-UWYZ]\d[A-HJKPSTUW])(?: \d[A-Z]{2}|\d[ABD-HJLNP-UW-Z]{2}))(?![\w-])",
    re.IGNORECASE,
)


_CANADA: Final = re.compile(
    r"(?<![\w-])[ABCEGHJ-NPRSTVXY]\d[A-Z][ -]?\d[A-Z]\d(?![\w-])", re.IGNORECASE
)


_IRELAND: Final = re.compile(
    r"(?<![\w-])[AC-FHKNPRTV-Y]\d[\dW] (?=[0-9A-Z]*\d)(?=[0-9A-Z]*[A-Z])[0-9AC-FHKNPRTV-Y]{4}(?![\w-])",
    re.IGNORECASE,
)


_ZIP9: Final = re.compile(r"(?<![\w.-])\d{5}-\d{4}(?![\w-])")


STATE: Final = r"A[LKZR]|C[AOT]|D[CE]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY]|NSW|VIC|QLD"


_ZIP_STATE: Final = re.compile(
    rf"(?<!\w)(?:{STATE})\.?,?\s+(\d{{5}}(?:-\d{{4}})?)(?!\w|[.,]\d)", re.IGNORECASE
)


_ZIP_LABEL: Final = re.compile(
    r"\b(?:zip(?:code)?|postal code|post ?code|plz(?:,? ?/? ?ort)?|postleitzahl|c\.?p\.?|code postal|c[óo]digo postal|cap)\b(?: ?(?:code|is|ist|:|=|#)){0,3} ?((?=\w*\d)[A-Z0-9]{3,5}(?:[- ]?[A-Z0-9]{3,4})?)(?!\w)",
    re.IGNORECASE,
)


_ZIP_COUNTRY: Final = re.compile(
    r"\b([A-ZÀ-Þ][a-zà-ÿ]+(?: [A-Z][a-z]+)?),? (?!(?:19|20)\d\d\b)(\d{4,6}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} [A-Z]{2})(?!\w|[.,/-]\d)"
)


_ZIP_TOWN: Final = re.compile(
    rf"(?<![\w.,/-])(?<!\d )(?:(?:D|A|CH|F|E|B|L|NL|I|PL|S|DK|FI)-)?(\d{{4,5}}(?: [A-Z]{{2}}(?=[\s,]))?|\d{{4}}-\d{{3}}|\d{{2}}-\d{{3}}|\d{{3}} \d{{2}})[ ,]{{1,2}}(?=([{LETTER}][{LETTER}'.-]+))"
)


BARE: Final = re.compile(
    r"[\s,.;(]{1,3}(?!(?:19|20)\d\d\b)(\d{4,5}|\d{4}-\d{3}|\d{3} \d{2})(?!\w|[.,/-]\d| \d|\s*(?:mm|mg|ml|units|usd))"
)


_YEAR: Final = re.compile(r"(?:19|20)\d\d")


_MONTH: Final = re.compile(r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])", re.I)


WHY: Final = "A postcode narrows down where somebody lives."


_CLOCK: Final = re.compile(r"(?:[01]\d|2[0-3])[0-5][05]")


def _clock(number: str, front: str, beside: bool) -> bool:
    """Whether four figures at the head of a line are the time of a list: 0830 Holloway."""
    heads = front.rpartition("\n")[2].strip(" -*") == ""
    return heads and not beside and _CLOCK.fullmatch(number) is not None


def find_postcodes(reading: Reading, ends: set[int]) -> Iterator[Hit]:
    """Every postcode; `ends` are the offsets where street addresses end, which vouch for what follows."""
    text = reading.text
    for match in _UK.finditer(text):
        if re.search(r"[a-z]", match.group()) and match.group().endswith(("cm", "mm", "ml", "mg")):
            continue  # hcc s6 4cm: a segment and a size
        if not reading.is_allowed(*match.span()) and (
            " " in match.group() or len(match.group()) >= 6
        ):
            yield Hit(Kind.ZIP, match.start(), match.end(), WHY, 0.9, rank=6)
    for pattern, group in (
        (_CANADA, 0),
        (_IRELAND, 0),
        (_ZIP9, 0),
        (_ZIP_STATE, 1),
        (_ZIP_LABEL, 1),
    ):
        for match in pattern.finditer(text):
            yield Hit(Kind.ZIP, match.start(group), match.end(group), WHY, 0.92, rank=7)
    for match in _ZIP_COUNTRY.finditer(text):
        if fold(match[1]) in COUNTRIES:
            yield Hit(Kind.ZIP, match.start(2), match.end(2), WHY, 0.8, rank=6)
    for match in _ZIP_TOWN.finditer(text):
        word = reading.token_at(match.start(2))
        town = reading.seen.words[word].town and reading.seen.frequency(word) < 6
        beside = any(match.start() - back in ends for back in range(5))
        alone = text[: match.start()].rpartition("\n")[2].strip() == "" and len(match[1]) == 5
        if reading.is_allowed(*match.span(1)) or not (town or beside or alone):
            continue
        if (_YEAR.fullmatch(match[1]) and not beside) or _MONTH.match(match[2]):
            continue
        if _clock(match[1], text[: match.start()], beside):
            continue
        yield Hit(Kind.ZIP, match.start(1), match.end(1), WHY, 0.9, rank=6)
