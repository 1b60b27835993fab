"""Kinder words for teaching: an age becomes a band, several dates become days from the first.

What a post loses by that is nothing that anybody learns from. Runs after the search and changes
only what it suggests to write instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from bot.identifiers.findings import Finding, Kind, Where

_AGE: Final = re.compile(
    r"(?i)(?<![\d.,/])([1-8]?\d)(?:[\s-]*(?:years?|yrs?|y/?o|yo)[\s-]*(?:old)?\b(?:[\s-]*(?:man|woman|male|female|boy|girl))?|\s?(?-i:[MF])\b)"
)
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_DOTTED: Final = re.compile(r"(?<!\d)(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?!\d)")
_DAY_FIRST: Final = re.compile(
    r"(?i)(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})"
)
_MONTH_FIRST: Final = re.compile(
    r"(?i)\b([a-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})"
)
_WHY_AGE: Final = "A band of ten years teaches the same and points to fewer people."


def softened(text: str, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings with kinder suggestions, and ages that nobody has to know to the year."""
    return tuple(sorted((*_intervals(findings), *_ages(text, findings)), key=_start))


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


def _intervals(findings: Sequence[Finding]) -> list[Finding]:
    days = [_day(one.text or "") if one.kind is Kind.DATE else None for one in findings]
    known = [day for day in days if day is not None]
    if len(set(known)) < 2:
        return list(findings)
    first = min(known)
    changed: list[Finding] = []
    for one, day in zip(findings, days, strict=True):
        apart = 0 if day is None else (day - first).days
        if day is None or apart > 3660:
            changed.append(one)
        else:
            changed.append(replace(one, suggestion=f"[day {apart}]"))
    return changed


def _day(text: str) -> date | None:
    try:
        if match := _ISO.search(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _DOTTED.search(text):
            day, month = int(match[1]), int(match[2])
            if month > 12:
                day, month = month, day
            return date(int(match[3]), month, day)
        if match := _DAY_FIRST.search(text):
            return date(int(match[3]), _MONTHS.index(match[2].casefold()) + 1, int(match[1]))
        if match := _MONTH_FIRST.search(text):
            return date(int(match[3]), _MONTHS.index(match[1].casefold()) + 1, int(match[2]))
    except ValueError:
        return None
    return None
