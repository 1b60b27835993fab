"""The time of day in what somebody typed: 18:00, 6pm, 18h30, 18 Uhr, noon; and its UTC offset.

Strict: whatever looks like a time of day but cannot be one is refused, not repaired. Knows no days
and no zones.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import time, timedelta

LONGEST = 100
"""Longer texts are no time; they are not looked at."""

_DASH = re.compile(r"[\u2010-\u2015\u2212]")
_ISO = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})[Tt](?=\d{2}:\d{2})")

# Where a time may begin and end: not inside a number, a word, a range or a date.
_BEGIN = r"(?<![\w:./+-])"
_END = r"(?![\w:/]|\.\d)"
_HALF = r"(?P<half>[ap])\.?\s?m\b\.?"
_TIMES = tuple(
    re.compile(_BEGIN + form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.0+)?)?"
        rf"(?:(?=z\b)|(?:\s?(?:{_HALF}|uhr\b))?{_END})",
        rf"(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))?\s?{_HALF}{_END}",
        rf"(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d\d))?\s?uhr(?:\s?(?P<later>\d\d))?{_END}",
        # With a dot and nothing else only what cannot be a day and a month: 18.30, not 11.10.
        rf"(?P<hour>\d{{1,2}})\.(?P<minute>00|1[3-9]|[2-5]\d){_END}",
        rf"(?P<hour>\d\d)(?P<minute>\d\d)\s?(?P<unit>h|hrs?|hours){_END}",
        rf"(?P<hour>\d{{1,2}})\s?(?P<unit>h)(?:\s?(?P<minute>\d\d))?{_END}",
    )
)
_NOON = re.compile(
    r"(?<!\w)(?:12\s)?(?:noon|midday|midi|mittags?|mediod[ií]a)(?!\w)", re.IGNORECASE
)
_MIDNIGHT = re.compile(
    r"(?<!\w)(?:12\s)?(?:midnight|minuit|mitternachts?|medianoche|mezzanotte)(?!\w)", re.IGNORECASE
)
_TONIGHT = re.compile(r"\btonight\b", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w:./+-])\d{1,2}(?![\w:/.+-]|\s*(?:[ap]\.?\s?m\b|uhr\b|h\b))", re.IGNORECASE | re.ASCII
)
_UTC_OFFSET = re.compile(
    r"\s?(?:UTC|GMT)\s?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>\d\d))?(?![\w:])", re.I
)
_OFFSET = re.compile(r"\s?(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d)(?![\w:])")
_ZULU = re.compile(r"[Zz]\b")

# The offsets in use on Earth lie in here, in whole quarters of an hour.
_WEST, _EAST, _QUARTER = timedelta(hours=-12), timedelta(hours=14), timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ClockText:
    """A time of day with what stood before and after it.

    `halves_known` is false for a time below 12:00 that may have been meant as p.m. `is_span` marks
    forms such as "2h", which are a length of time as well. `offset` is from UTC; it is `certain`
    unless it could as well be the end of a range, as in 10:00-11:00.
    """

    time: time
    before: str
    after: str
    halves_known: bool = True
    is_span: bool = False
    offset: timedelta | None = None
    certain: bool = True


class NotATime(ValueError):
    """It looks like a time of day, or like several, but is none."""


def tidy(text: str) -> str:
    """`text` with plain spaces, digits and dashes, without control characters.

    Raises NotATime if it is too long to be a time.
    """
    if len(text) > LONGEST:
        raise NotATime
    text = _DASH.sub("-", unicodedata.normalize("NFKC", text))
    if not text.isascii():
        # The digits of other scripts, such as Arabic's own.
        text = "".join(str(unicodedata.decimal(sign, sign)) for sign in text)
    return " ".join(text.split())


def midnight_spelled_out(text: str) -> tuple[str, ...]:
    """`text` with 00:00 in the place of the word; nothing without it."""
    text = text[:LONGEST]
    if _MIDNIGHT.search(text) is None:
        return ()
    # The one at the end of tonight begins tomorrow.
    return (_TONIGHT.sub("tomorrow", _MIDNIGHT.sub("00:00", text)),)


def hour_spelled_out(text: str) -> tuple[str, ...]:
    """`text` with each time of day that its one bare number could be; nothing without one."""
    found = list(_BARE.finditer(text[:LONGEST]))
    if len(found) != 1 or int(found[0][0]) > 23:
        return ()
    hour = int(found[0][0])
    times = (f"{hour}am", f"{hour}pm") if 1 <= hour <= 12 else (f"{hour:02}:00",)
    begin, end = found[0].span()
    return tuple(f"{text[:begin]}{time}{text[end:]}" for time in times)


def find_clock(text: str) -> ClockText | None:
    """The time of day in a tidied text, or None without one.

    Raises NotATime if there are several or if it is not on any clock (99:99, 13 a.m.).
    """
    plain = _ISO.sub(r"\1 ", text)
    found: list[tuple[int, int, re.Match[str]]] = []
    for form in (*_TIMES, _NOON):
        for match in form.finditer(plain):
            begin, end = match.span()
            if all(end <= other or begin >= until for other, until, _ in found):
                found.append((begin, end, match))
    if not found:
        return None
    if len(found) > 1:
        raise NotATime
    begin, end, match = found[0]
    groups = match.groupdict()
    half = (groups.get("half") or "").casefold()
    hour = int(groups.get("hour") or 12)
    if half == "a" and hour > 12:
        # German for "on": 18:00 am Donnerstag.
        end, half = match.start("half"), ""
    moment = _time(hour, groups, half)
    offset, length, certain = _offset(plain[end:], moment)
    return ClockText(
        time=moment,
        before=plain[:begin],
        after=plain[end + length :],
        halves_known=bool(half) or "hour" not in groups or moment.hour >= 12,
        is_span=bool(groups.get("unit")),
        offset=offset,
        certain=certain or plain != text,
    )


def _time(hour: int, groups: dict[str, str | None], half: str) -> time:
    minute = int(groups.get("minute") or groups.get("later") or 0)
    second = int(groups.get("second") or 0)
    if (half == "p" and hour == 0) or (groups.get("minute") and groups.get("later")):
        raise NotATime
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    try:
        return time(hour, minute, second)
    except ValueError:
        raise NotATime from None


def _offset(rest: str, clock: time) -> tuple[timedelta | None, int, bool]:
    """Offset from UTC at the beginning of `rest`, its length, and whether it is one for certain."""
    if _ZULU.match(rest):
        return timedelta(), 1, True
    named = _UTC_OFFSET.match(rest)
    match = named or _OFFSET.match(rest)
    if match is None:
        return None, 0, True
    hours, minutes = int(match["hours"]), int(match["minutes"] or 0)
    size = timedelta(hours=hours, minutes=minutes)
    offset = -size if match["sign"] == "-" else size
    if minutes > 59 or not _WEST <= offset <= _EAST or offset % _QUARTER:
        raise NotATime
    range_like = match["sign"] == "-" and (hours, minutes) > (clock.hour, clock.minute)
    return offset, match.end(), bool(named) or not range_like
