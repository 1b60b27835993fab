"""Decides which lines of a picture identify somebody: known forms, values from the file, the rest.

Pictures go by an allow-list: a line that is not made of harmless overlay terms is at least a
warning, because a name that no list knows looks just like it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.pictures.lines import Line
from bot.identifiers.pictures.rows import Box, rows
from bot.identifiers.pictures.terms import folded, harmless_line, letters_of, overlay_words
from bot.identifiers.text.engine import find
from bot.identifiers.text.overlay import check_lines

_LABELLED: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = tuple(
    (re.compile(rf"^\W*(?:{words})\s*[:;.#=]*\s*(?=\S)", re.IGNORECASE), kind)
    for words, kind in (
        (
            r"acc(?:ession)?(?:\s?(?:no|nr|num|number))?\.?#?|a\s?#|fallnr|untersuchungsnr",
            Kind.ACCESSION,
        ),
        (
            r"(?:pat(?:ient)?\.?\s?id|mrn|pid|id|medical record(?: number)?|patienten-?nr|nhc|ipp|nip"  # noqa: E501
            r"|hosp(?:ital)?\.?\s?(?:no|nr|id|number))",
            Kind.MRN,
        ),
        (
            r"(?:dob|d\.o\.b\.?|born|birth\s?date|geb(?:urtsdatum|\.)?|ddn|f\.?\s?nac\.?|fecha"
            r"|(?:study|exam|acq(?:uisition)?)(?:\s?date)?|date|datum)",
            Kind.DATE,
        ),
        (
            r"(?:patient(?:\s?name)?|pt|pat|name|nom|nombre|nachname|vorname|paciente|oper(?:ator)?|op"
            r"|phys(?:ician)?|perf(?:ormed by|orming)?|ref(?:erring|\.)?(?:\s?(?:phys(?:ician)?|dr))?"  # noqa: E501
            r"|attending|tech(?:nologist)?|sonographer|arzt|dr|doctor|user)",
            Kind.NAME,
        ),
        (r"(?:hosp(?:ital)?|inst(?:itution)?|site|dept|department|klinik|station)", Kind.FACILITY),
    )
)
_MASKED: Final = re.compile(
    r"^\W*(?:anon\w*|case[\s_-]?\d*|test\w*|phantom\w*|demo\w*|removed|de-?identified|teaching\w*|"
    r"unknown|none|n/?a|x{2,}|\*+|-+|hidden|sample\w*|training\w*|example\w*)\b",
    re.IGNORECASE,
)
_PLACE: Final = re.compile(
    r"hospit|klinik|clinic|\bmedical\s?cent|\bhealth|nhs|trust|ziekenhuis|ospedale|spital|infirmary|"
    r"krankenhaus|policlin|sjukhus|sykehus|sairaala|szpital|universit",
    re.IGNORECASE,
)
_COUNTED: Final = re.compile(
    r"\b(?:im|image|img|fr|frame|se|ser|series|sl|slice|run|acq|page|seq|loop|clip|of|ima?ge)\b",
    re.IGNORECASE,
)
_DAY: Final = re.compile(r"(?<![\d./-])(\d{1,2})\s?[/.-]\s?(\d{1,2})(?![\d/.-])")


@dataclass(frozen=True, slots=True)
class Judged:
    """One line that is to be covered, with what is suspected of it."""

    kind: Kind
    why: str
    confidence: float
    doubtful: bool
    text: str
    box: Box


class Known:
    """Values from the file itself (tags, metadata): wherever they stand in a picture, they go."""

    def __init__(self, values: Iterable[tuple[Kind, str]]) -> None:
        self._whole: dict[str, Kind] = {}
        self._words: dict[str, Kind] = {}
        for kind, value in values:
            tight = _tight(value)
            if kind is Kind.NAME:
                for word in re.split(r"[\s^,=]+", value):
                    if len(_tight(word)) >= 4 and _tight(word) not in overlay_words():
                        self._words[_tight(word)] = kind
            elif len(tight) >= 5 and kind is not Kind.METADATA:
                self._whole[tight] = kind
                if kind is Kind.DATE and re.fullmatch(r"(19|20)\d{6}", tight):
                    year, month, day = tight[:4], tight[4:6], tight[6:]
                    self._whole[day + month + year] = self._whole[month + day + year] = kind

    def match(self, text: str) -> Kind | None:
        """The kind of the value that stands in this text, if one does."""
        tight = _tight(text)
        for value, kind in self._whole.items():
            if value in tight:
                return kind
        for word in re.findall(r"\w+", text):
            kind = self._words.get(_tight(word))
            if kind is not None:
                return kind
        return None


def judge(lines: Sequence[Line], known: Known) -> list[Judged]:
    """The lines to be covered, in reading order."""
    return [judged for row in rows(lines) for judged in _row(row, known)]


def _row(row: list[Line], known: Known) -> list[Judged]:
    text = " ".join(line.text for line in row)
    if letters_of(text) < 2:
        return []
    starts: list[int] = []
    offset = 0
    for line in row:
        starts.append(offset)
        offset += len(line.text) + 1
    findings = find(text)
    labelled = _labelled(text)
    counted = bool(_COUNTED.search(text))
    harmless = harmless_line(text) and (counted or not _day_like(text)) and labelled is None
    prose = _is_prose(text)
    judged: list[Judged] = []
    for line, start in zip(row, starts, strict=True):
        end = start + len(line.text)
        hits = [hit for hit in findings if _meets(hit, start, end)]
        sure = min(1.0, 0.4 + 0.6 * line.score)
        tied = known.match(line.text)
        if tied is not None:
            why = "The same value stands in the file's own description of the patient."
            judged.append(Judged(tied, why, 0.98, False, line.text, line.box))
        elif harmless:
            continue
        elif hits and (prose or not _all_harmless(line, counted) or labelled):
            judged += _apart(line, hits, start, labelled, sure)
        elif prose:
            continue
        elif labelled is not None and not _only_label(line.text):
            why = "What stands beside this label tells who the patient is, or who treated them."
            judged.append(Judged(labelled, why, 0.85 * sure, False, line.text, line.box))
        elif not _all_harmless(line, counted):
            kind, why = _unknown(line.text)
            mild = kind in (Kind.NAME, Kind.FACILITY)
            for guess in check_lines([line.text])[0]:
                if not guess.doubtful:
                    kind, why, mild = guess.kind, guess.why, False
            judged.append(Judged(kind, why, 0.6 * sure, mild, line.text, line.box))
    return judged


def _apart(
    line: Line, hits: list[Finding], start: int, labelled: Kind | None, sure: float
) -> list[Judged]:
    """What was found in one line, each for itself where it is plain to see where one ends and the
    next begins; together the boxes cover everything between them."""
    best = max(hits, key=lambda hit: (not hit.doubtful, hit.confidence))
    sure_ones = [hit for hit in hits if not hit.doubtful and not harmless_line(hit.text or "")]
    each = sorted(sure_ones, key=lambda hit: hit.start or 0)
    spans = [(max(0, (hit.start or 0) - start), (hit.end or 0) - start) for hit in hits]
    x0, y0, x1, y1 = _without_label(
        line, min(one for one, _ in spans), max(two for _, two in spans)
    )
    cuts: list[float] = []
    if len(line.places) == len(line.text):
        for one, two in pairwise(each):
            ends, begins = (one.end or 0) - start, (two.start or 0) - start
            if 0 < ends <= begins < len(line.text):
                middle = (line.places[ends - 1] + line.places[begins]) / 2
                cuts.append(line.box[0] + middle * (line.box[2] - line.box[0]))
    if len({hit.kind for hit in each}) < 2 or len(cuts) != len(each) - 1:
        each, cuts = [best], []
    edges = [x0, *cuts, x1]
    return [
        Judged(
            labelled if labelled and hit.doubtful else hit.kind,
            hit.why,
            hit.confidence * sure,
            hit.doubtful,
            line.text,
            (left, y0, right, y1),
        )
        for hit, (left, right) in zip(each, pairwise(edges), strict=True)
    ]


def _without_label(line: Line, offset: int, end: int) -> Box:
    """The box of a line without harmless words before and behind what was found, where it is plain
    to see where those end and begin."""
    x0, y0, x1, y1 = line.box
    level = abs(float(line.quad[1][1] - line.quad[0][1])) < 0.1 * (y1 - y0)
    if len(line.places) != len(line.text) or not level:
        return line.box
    left, right = x0, x1
    label, rest = line.text[: max(0, offset)], line.text[end:]
    if len(label) >= 3 and harmless_line(label):
        left = max(x0, x0 + line.places[offset] * (x1 - x0) - 0.6 * line.height)
    if len(rest) >= 4 and rest[0] == " " and harmless_line(rest):
        right = min(x1, x0 + line.places[end - 1] * (x1 - x0) + 0.6 * line.height)
    return (left, y0, right, y1)


def _meets(hit: Finding, start: int, end: int) -> bool:
    return (hit.start or 0) < end and (hit.end or 0) > start


def _all_harmless(line: Line, counted: bool) -> bool:
    return harmless_line(line.text) and (counted or not _day_like(line.text))


def _day_like(text: str) -> bool:
    for found in _DAY.finditer(text):
        one, two = int(found[1]), int(found[2])
        if "." in found[0] or "-" in found[0]:
            continue
        if max(one, two) <= 12 and re.search(r"[^\W\d_]{1,}", text):
            continue  # a ratio beside a word: S/A 1/2
        if 1 <= min(one, two) <= 12 and max(one, two) <= 31:
            return True
    return False


def _labelled(text: str) -> Kind | None:
    """The kind a label in front announces, when something that could be it follows."""
    for label, kind in _LABELLED:
        found = label.match(text)
        if found is None:
            continue
        rest = text[found.end() :]
        if not rest or _MASKED.match(rest):
            return None
        marked = bool(re.search(r"[:#=]\s*$", found[0].rstrip() + ""))
        digits = sum(letter.isdigit() for letter in rest)
        if kind in (Kind.ACCESSION, Kind.MRN):
            return kind if digits >= 3 and not re.match(r"\d{1,2}:\d\d", rest) else None
        if kind is Kind.DATE:
            return kind if digits >= 4 and not harmless_line(rest) else None
        words = re.findall(r"[^\W\d_]{3,}", rest)
        if not words or not rest[0].isupper():
            return None
        if marked and not all(folded(word) in _NEVER_NAMES for word in words):
            return kind
        strange = any(folded(word) not in overlay_words() | _NEVER_NAMES for word in words)
        return kind if strange else None
    return None


_NEVER_NAMES: Final = frozenset(
    [
        "name",
        "names",
        "date",
        "time",
        "position",
        "supine",
        "prone",
        "patient",
        "physician",
        "study",
        "list",
        "sex",
        "age",
        "male",
        "female",
        "birth",
        "number",
        "orientation",
        "protocol",
        "head",
        "feet",
        "first",
        "last",
        "dose",
        "data",
        "comment",
        "comments",
    ]
)


def _only_label(text: str) -> bool:
    return harmless_line(text) and bool(re.search(r"[:#]\s*$", text))


def _is_prose(text: str) -> bool:
    """A sentence rather than a label: many words, mostly small letters."""
    words = re.findall(r"[^\W\d_]+", text)
    small = sum(word.islower() for word in words)
    return len(words) >= 6 and small >= 0.6 * len(words)


def _unknown(text: str) -> tuple[Kind, str]:
    digits = sum(letter.isdigit() for letter in text)
    letters = sum(letter.isalpha() for letter in text)
    if _PLACE.search(text):
        return Kind.FACILITY, "This looks like the name of a hospital."
    if _day_like(text):
        return Kind.DATE, "This can be a day and a month."
    if digits >= 5 and digits > letters:
        return Kind.OTHER_ID, "A long number that is no known measurement or setting."
    if digits >= 4 and digits + letters >= 6:
        return Kind.OTHER_ID, "A code that is no known measurement or setting."
    return Kind.NAME, "Text that is not among the usual labels of a picture: it may be a name."


def _tight(text: str) -> str:
    return re.sub(r"[\W_]+", "", folded(text))
