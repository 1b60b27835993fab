"""Kinder words for teaching: an age becomes a band, several dates become days from the first.

What a post loses by that is nothing that anybody learns from. Runs after the search and changes
only what it suggests to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.text.roles import in_roles

_AGE: Final = re.compile(
    r"(?i)(?<![\d.,/])([1-8]?\d)(?:[\s-]*(?:years?|yrs?|y/?o|yo)[\s-]*(?:old)?\b(?:[\s-]*(?:man|woman|male|female|boy|girl))?|\s?(?-i:[MF])\b)"
)
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DOTTED: Final = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})[./-](\d{4})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?i)(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})"
)
_MONTH_FIRST: Final = re.compile(
    r"(?i)\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_BIRTH: Final = re.compile(
    r"(?i)(?:\bd\.?o\.?b|born|birth|\bgeb|\bn[ée]e?|nacid|nacimiento|naissance)\b[\w\s.:]{0,14}$"
)
"""Before a birth date, from which no days are counted."""
_YEARS: Final = 3660
_WHY_AGE: Final = "A band of ten years teaches the same and points to fewer people."


def softened(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with kinder suggestions, and ages that nobody has to know to the year."""
    named = in_roles(text, _intervals(text, findings))
    return tuple(sorted((*named, *_ages(text, findings)), key=_start))


def band(age: int) -> str:
    """The words for an age."""
    if age < 1:
        return "an infant"
    if age < 10:
        return "a child"
    return "in their teens" if age < 20 else f"in their {age // 10 * 10}s"


def _start(finding: Finding) -> int:
    return finding.start or 0


def _ages(text: str, findings: Sequence[Finding]) -> list[Finding]:
    taken = [(one.start, one.end) for one in findings if one.start is not None]
    found: list[Finding] = []
    for match in _AGE.finditer(text):
        if any(start < match.end() and match.start() < (end or start) for start, end in taken):
            continue
        found.append(
            Finding(
                Kind.AGE,
                Where.TEXT,
                _WHY_AGE,
                0.5,
                match.group(),
                match.start(),
                match.end(),
                suggestion=_said(match),
                doubtful=True,
            )
        )
    return found


def _said(match: re.Match[str]) -> str:
    words = match.group().casefold()
    who = next(
        (word for word in ("woman", "female", "girl", "man", "male", "boy") if word in words), ""
    )
    who = {"female": "woman", "male": "man"}.get(who, who)
    if not who and match.group().endswith("M"):
        who = "man"
    if not who and match.group().endswith("F"):
        who = "woman"
    return f"{who} {band(int(match.group(1)))}".strip()


def _intervals(text: str, findings: Sequence[Finding]) -> list[Finding]:
    month_first = _order(one.text or "" for one in findings if one.kind is Kind.DATE)
    days = [
        _day(one.text or "", month_first)
        if one.kind is Kind.DATE and not _BIRTH.search(text[: one.start or 0][-24:])
        else None
        for one in findings
    ]
    known = sorted({day for day in days if day is not None})
    # An old date is no beginning of what the others are about.
    while len(known) > 1 and (known[1] - known[0]).days > _YEARS:
        known.pop(0)
    if len(known) < 2:
        return list(findings)
    first = known[0]
    changed: list[Finding] = []
    for one, day in zip(findings, days, strict=True):
        apart = 0 if day is None else (day - first).days
        if day is None or not 0 <= apart <= _YEARS:
            changed.append(one)
        else:
            changed.append(replace(one, suggestion=f"[day {apart}]"))
    return changed


def _order(texts: Iterable[str]) -> bool | None:
    """Whether dates with slashes begin with the month; None if these can be read both ways.

    A wrong number of days would teach something wrong, so nothing is guessed.
    """
    for text in texts:
        if (match := _DOTTED.search(text)) and match[2] == "/":
            if int(match[1]) > 12:
                return False
            if int(match[3]) > 12:
                return True
    return None


def _day(text: str, month_first: bool | None) -> date | None:
    try:
        if match := _ISO.search(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DOTTED.search(text):
            slashed = match[2] == "/"
            if slashed and month_first is None:
                return None
            first, second = int(match[1]), int(match[3])
            month, day = (first, second) if slashed and month_first else (second, first)
            return date(int(match[4]), month, day)
        if match := _DAY_FIRST.search(text):
            return date(int(match[3]), _MONTHS.index(match[2].casefold()) + 1, int(match[1]))
        if match := _MONTH_FIRST.search(text):
            return date(int(match[3]), _MONTHS.index(match[1].casefold()) + 1, int(match[2]))
    except ValueError:
        return None
    return None
