"""The day in what somebody typed, without its time: "thursday", "11 March 2027", "in 2 weeks".

dateparser knows the languages; what it makes of a text is believed only if nothing was left over
or filled in. It is handed a day to count from and never asks the machine for its time or zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal, Protocol, cast

from dateutil.relativedelta import relativedelta

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl")
"""The languages that are understood, whatever a person's own is."""

_YEAR = r"(?P<year>\d{4}|\d\d)"
_NUMBERS = tuple(
    re.compile(rf"(?<!\S){form}(?!\S)", re.ASCII)
    for form in (
        r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d\d?)(?P=mark)(?P<day>\d\d?)",
        # With dots the day comes first wherever people write it so.
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?:\s?{_YEAR})?",
        rf"(?P<one>\d\d?)/(?P<two>\d\d?)(?:/{_YEAR})?",
        r"(?P<one>\d\d?)-(?P<two>\d\d?)-(?P<year>\d{4})",
    )
)
_DAY_OF_MONTH = re.compile(r"(?<!\S)(?P<day>\d\d?)(?P<mark>st|nd|rd|th|\.)(?!\S)", re.I | re.ASCII)
_PLAIN = re.compile(r"(?:[^\W_]|[ '.,-])+")
_WEEK = timedelta(days=7)
_TWO_MONTHS = 62
_MOST = 1000  # more days, weeks or months than anybody counts
_DIGITS = re.compile(r"\d+")

# Words that join a day and a time, at the start or the end of what is left of a day.
_JOINS = frozenset(
    [
        *("@", "at", "on"),
        *("am", "den", "der", "gegen", "um"),
        *("le", "la", "les", "à", "el", "a", "al", "las", "de", "del"),
        *("il", "alle", "às", "o", "op", "om"),
    ]
)
# "Next" beside a weekday, where dateparser does not know it.
_NEXT = frozenset(
    [
        *("nächste", "nächsten", "nächster", "kommende", "kommenden", "kommender"),
        *("prochain", "prochaine", "próximo", "proximo", "próxima", "proxima"),
        *("prossimo", "prossima", "volgende"),
    ]
)
# Spellings that dateparser does not know.
_SPELLINGS = {
    "thur": "thursday",
    "thurs": "thursday",
    "weds": "wednesday",
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
}
# Words that may be dropped within a date, and within a span of time.
_FILLERS = frozenset(
    [
        *("the", "of", "de", "del", "den", "der", "dem", "das", "do", "da", "di"),
        *("le", "la", "el", "il", "van"),
    ]
)
_AND = frozenset(["and", "und", "et", "y", "e", "en"])
_EDGES = " ,;-"


@dataclass(frozen=True, slots=True)
class DayText:
    """A day that was named.

    `weekly` marks a weekday alone: if its time has passed, a week later is meant. `part` is the
    part of the day that was named with it ("evening"), as dateparser calls it.
    """

    day: date
    weekly: bool = False
    part: str | None = None


@dataclass(frozen=True, slots=True)
class WrongWeekday:
    """The weekday that was named is not that of the date, which is `day`."""

    day: date


def find_days(text: str, *, today: date, language: str) -> tuple[DayText, ...] | WrongWeekday:
    """The days that `text` can mean, counted from `today`; none if it is not wholly understood.

    The person's own language goes first, then English; if only others know the words, they have to
    agree, or each meaning is returned. 03/04 has two meanings in any language.
    """
    text = day_words(text)
    for form in _NUMBERS:
        if match := form.search(text):
            rest = f"{text[: match.start()]} {text[match.end() :]}"
            return _by_numbers(match, rest.strip(_EDGES), today, language)
    if found := _by_day_of_month(text, today, language):
        return found
    text = text.strip(_EDGES + ".")
    return _by_words(text, today, language) if _PLAIN.fullmatch(text) else ()


def day_words(text: str) -> str:
    """`text` without what only joins a day to a time: "on thursday at" -> "thursday"."""
    words = text.strip(_EDGES).split()
    while words and words[0].casefold() in _JOINS:
        del words[0]
    while words and words[-1].casefold() in _JOINS:
        del words[-1]
    text = " ".join(_SPELLINGS.get(word.casefold().strip("."), word) for word in words)
    return text.strip(_EDGES)


def is_calendar_word(text: str, *, today: date, language: str) -> bool:
    """Whether `text` is a month, a weekday or the like: "March" is hardly the town."""
    noon = datetime.combine(today, time(12))
    return any(_read(text, tongue, "absolute-time", noon).date_obj for tongue in _tongues(language))


def find_span(text: str, *, now: datetime, language: str) -> datetime | None:
    """The naive instant that "in 2 hours" means from the naive instant `now`; None if it is none.

    Only spans with hours or minutes: days are counted on the calendar, by `find_days`.
    """
    text = text.strip(_EDGES + ".")
    if not _PLAIN.fullmatch(text):
        return None
    for tongue in _tongues(language):
        found = _span_in(text, now, tongue)
        if found and all(
            _span_in(rest, now, tongue) != found and not _relative_in(word, now.date(), tongue)
            for word, rest in _without_each(text, _AND)
        ):
            return found
    return None


def _tongues(language: str) -> tuple[str, ...]:
    own = language.partition("-")[0].casefold()
    return tuple(dict.fromkeys((own, *LANGUAGES))) if own in LANGUAGES else LANGUAGES


def _by_numbers(
    match: re.Match[str], rest: str, today: date, language: str
) -> tuple[DayText, ...] | WrongWeekday:
    groups = match.groupdict()
    if "one" in groups:
        pairs = {(groups["one"], groups["two"]), (groups["two"], groups["one"])}
    else:
        pairs = {(groups["day"], groups["month"])}
    days = sorted(
        found
        for day, month in pairs
        if (found := _date(int(day), int(month), groups["year"], today))
    )
    if not rest or not days:
        return tuple(map(DayText, days))
    weekdays = {one.day.weekday() for one in _weekday(rest, today, language)}
    if not weekdays:
        return ()
    fitting = tuple(DayText(day) for day in days if day.weekday() in weekdays)
    return fitting or WrongWeekday(days[0])


def _by_day_of_month(
    text: str, today: date, language: str
) -> tuple[DayText, ...] | WrongWeekday | None:
    """As in "the 11th", "Thu 11th", "Do 11.": the next such day; None if it is not that."""
    match = _DAY_OF_MONTH.search(text)
    if match is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}".strip(_EDGES)
    bare = rest.casefold() in ("", "the")
    weekday = () if bare else _weekday(rest, today, language)
    if (bare and match["mark"] == ".") or (not bare and not weekday):
        return None
    for ahead in range(_TWO_MONTHS):
        day = today + timedelta(days=ahead)
        if day.day == int(match["day"]):
            fits = bare or day.weekday() in {one.day.weekday() for one in weekday}
            return (DayText(day),) if fits else WrongWeekday(day)
    return None


def _date(day: int, month: int, year: str | None, today: date) -> date | None:
    """The date, without a year the next one; None if there is none."""
    if year:
        years = [int(year) if len(year) == 4 else 2000 + int(year)]
    else:
        years = [today.year + more for more in range(9)]  # eight years can lie between leap days
    for number in years:
        try:
            found = date(number, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _weekday(text: str, today: date, language: str) -> tuple[DayText, ...]:
    found = _by_words(text.strip("."), today, language)
    return tuple(one for one in found if one.weekly) if isinstance(found, tuple) else ()


def _by_words(text: str, today: date, language: str) -> tuple[DayText, ...] | WrongWeekday:
    own, *others = _tongues(language)
    first = _in_tongue(text, today, own)
    if first is None and own != "en":
        first = _in_tongue(text, today, "en")
    if isinstance(first, DayText):
        return (first,)
    if first:
        return first
    meanings = {found for tongue in others if (found := _in_tongue(text, today, tongue))}
    days = {found for found in meanings if isinstance(found, DayText)}
    wrong = [found for found in meanings if isinstance(found, WrongWeekday)]
    return wrong[0] if wrong and not days else tuple(sorted(days, key=lambda one: one.day))


def _in_tongue(text: str, today: date, tongue: str) -> DayText | WrongWeekday | None:
    found = _day_in(text, today, tongue)
    if isinstance(found, DayText):
        # The library drops words that it takes for unimportant ("after", "before", "hours"), and
        # of "tonight tomorrow" it believes the last.
        named: set[date] = set()
        for word, rest in _without_each(text, _FILLERS):
            alone = _relative_in(word, today, tongue)
            named |= {alone.day} if alone else set()
            idle = _day_in(rest, today, tongue) == found and not _weekday_in(word, today, tongue)
            if idle or len(named) > 1:
                return None
    return found


def _without_each(text: str, fillers: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Every word that has to count for something, each with the text without it."""
    words = text.split()
    for index, word in enumerate(words):
        if len(words) > 1 and word.casefold() not in fillers and not _DIGITS.search(word):
            rest = " ".join(words[:index] + words[index + 1 :])
            yield word.strip(_EDGES + "."), rest.strip(_EDGES + ".")


def _day_in(text: str, today: date, tongue: str) -> DayText | WrongWeekday | None:
    return (
        _weekday_in(text, today, tongue)
        or _date_in(text, today, tongue)
        or _relative_in(text, today, tongue)
    )


def _weekday_in(text: str, today: date, tongue: str) -> DayText | None:
    """As in "thursday", "next thursday", "thursday evening"."""
    if _DIGITS.search(text):
        return None
    kept = [word for word in text.split() if word.casefold() not in _NEXT]
    found = _named_weekday(" ".join(kept), today, tongue)
    if found and found.weekly and len(kept) < len(text.split()):
        return DayText(found.day if found.day > today else today + _WEEK, part=found.part)
    return found


def _named_weekday(text: str, today: date, tongue: str) -> DayText | None:
    noon = datetime.combine(today, time(12))
    ahead = _read(text, tongue, "absolute-time", noon)
    if not _whole_day(ahead) or ahead.parts[:3] != ("year", "month", "day"):
        return None
    back = _read(text, tongue, "absolute-time", noon, prefer="past")
    if ahead.date_obj is None or back.date_obj is None:
        return None
    day, past = ahead.date_obj.date(), back.date_obj.date()
    if past == day:  # "next", "this" or "last" was said
        return DayText(day, part=_part(ahead))
    return DayText(today if day == today + _WEEK else day, weekly=True, part=_part(ahead))


def _date_in(text: str, today: date, tongue: str) -> DayText | WrongWeekday | None:
    """As in "11 March", "Thu, March 11th 2027"."""
    day = _month_day(text, today, tongue)
    if day is None:
        return None
    words = text.split()
    for index, word in enumerate(words):
        named = _weekday_in(word.strip(_EDGES + "."), today, tongue)
        rest = " ".join(words[:index] + words[index + 1 :]).strip(_EDGES)
        if (
            named
            and named.day.weekday() != day.day.weekday()
            and _month_day(rest, today, tongue) == day
        ):
            return WrongWeekday(day.day)
    return day


def _month_day(text: str, today: date, tongue: str) -> DayText | None:
    # Counted from a moment before today, or the library takes today's date for last year's.
    found = _read(text, tongue, "absolute-time", datetime.combine(today, time()) - timedelta(0, 1))
    if not _whole_day(found) or found.date_obj is None or not {"month", "day"} <= set(found.parts):
        return None
    day = found.date_obj.date()
    numbers = sorted(int(number) for number in _DIGITS.findall(text))
    with_year = (sorted((day.day, day.year)), sorted((day.day, day.year % 100)))
    if numbers in with_year if "year" in found.parts else numbers == [day.day]:
        return DayText(day, part=_part(found))
    return None


def _relative_in(text: str, today: date, tongue: str) -> DayText | None:
    """As in "tomorrow", "in 3 days"."""
    noon = datetime.combine(today, time(12))
    found = _read(text, tongue, "relative-time", noon)
    if not _whole_day(found, "week", "month", "year") or found.date_obj is None:
        return None
    if _read(text, tongue, "relative-time", noon, prefer="past").date_obj != found.date_obj:
        return None  # "3 days" could be how long
    day = found.date_obj.date()
    numbers = [int(number) for number in _DIGITS.findall(text)]
    if numbers:
        number = numbers[0]
        if len(numbers) > 1 or not 0 < number <= _MOST or day not in _counted(today, number):
            return None
    elif found.period not in ("day", "part_of_day"):
        return None  # "next week" is not a day
    return DayText(day, part=_part(found))


def _counted(today: date, number: int) -> set[date]:
    """The days that are so many days, weeks, months or years from today, either way."""
    steps = (
        relativedelta(days=number),
        relativedelta(weeks=number),
        relativedelta(months=number),
        relativedelta(years=number),
    )
    return {today + step for step in steps} | {today - step for step in steps}


def _span_in(text: str, now: datetime, tongue: str) -> datetime | None:
    ahead = _read(text, tongue, "relative-time", now)
    if ahead.date_obj is None or ahead.date_obj.tzinfo or ahead.period != "time":
        return None
    # "2 hours" alone could be how long: with its direction said, it is the same either way.
    back = _read(text, tongue, "relative-time", now, prefer="past")
    return ahead.date_obj if back.date_obj == ahead.date_obj else None


class _Data(Protocol):
    """What dateparser 1.5 answers; its published types describe an older version."""

    date_obj: datetime | None
    period: str
    parts: tuple[str, ...]
    part_of_day: object


def _read(
    text: str,
    tongue: str,
    parser: Literal["absolute-time", "relative-time"],
    base: datetime,
    *,
    prefer: Literal["future", "past"] = "future",
) -> _Data:
    from dateparser.date import DateDataParser  # slow to import: only when a time is typed

    settings = {
        "PARSERS": [parser],
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": prefer,
        "TIMEZONE": "UTC",  # its default is the machine's
        "RETURN_TIME_AS_PERIOD": True,
    }
    reader = DateDataParser(languages=[tongue], settings=settings)
    return cast("_Data", reader.get_date_data(text))


def _whole_day(found: _Data, *more: str) -> bool:
    """Whether a day was found, with no time of day but a part of it, and without a zone."""
    if found.date_obj is None or found.date_obj.tzinfo is not None:
        return False
    return found.period in ("day", "part_of_day", *more)


def _part(found: _Data) -> str | None:
    return str(getattr(found.part_of_day, "value", "")) or None
