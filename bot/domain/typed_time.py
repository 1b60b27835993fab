"""What people type for a time or a day -> an instant or a date, or the exact reason why not.

Never guesses: what has several meanings, or none on that night, comes back as a problem that
carries its possible readings, so that they can be offered. `now` and the person's zone are
arguments; the machine's clock and zone play no part. Wording is the caller's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from itertools import chain
from typing import TypeAlias, assert_never
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment
from bot.domain.typed_clock import (
    ClockText,
    NotATime,
    find_clock,
    hour_spelled_out,
    midnight_spelled_out,
    tidy,
)
from bot.domain.typed_day import (
    DayText,
    WrongWeekday,
    day_words,
    find_days,
    find_span,
    is_calendar_word,
)
from bot.domain.typed_problem import TimeProblem, TimeTrouble
from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall, wall_at
from bot.domain.zones import ZoneChoices, ZoneFound, zone_of

__all__ = ["Moment", "TimeProblem", "TimeTrouble", "parse_day", "parse_moment"]

_FURTHEST = timedelta(days=2 * 366)
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)
_NEAR_YEARS = 3
_HALF_YEAR = timedelta(days=182)
_MOST_ZONE_WORDS = 5
_ZONE_JOINS = frozenset(["in", "at", "à", "a", "en", "de", "heure", "hora", "ora"])
_OWN_ZONE = frozenset(["local time", "my time"])

# The hours of the parts of a day, by the names that dateparser gives them; generous at both ends.
_PARTS: dict[str, range] = {
    "early_morning": range(0, 7),
    "morning": range(4, 13),
    "afternoon": range(12, 19),
    "evening": range(16, 24),
    "night": range(18, 24),
}


_NOT_UNDERSTOOD = TimeProblem(TimeTrouble.NOT_UNDERSTOOD)
_UNUSABLE = frozenset(
    [
        TimeTrouble.NOT_UNDERSTOOD,
        TimeTrouble.PAST,
        TimeTrouble.TOO_FAR,
        TimeTrouble.WRONG_WEEKDAY,
    ]
)

_Answer: TypeAlias = Moment | TimeProblem


@dataclass(frozen=True, slots=True)
class _Asked:
    now: datetime
    zone: ZoneInfo
    language: str


@dataclass(frozen=True, slots=True)
class _Where:
    """The wall that the clock hangs on: a zone, perhaps in one half of the year; or an offset."""

    zone: ZoneInfo
    tzname: str | None = None
    offset: timedelta | None = None
    name: str = ""
    """What to type for it, where its zone has to be told apart from others."""

    def today(self, now: datetime) -> date:
        """The day it is there."""
        return now.astimezone(self.zone if self.offset is None else timezone(self.offset)).date()


def parse_moment(
    text: str, *, now: datetime, zone: ZoneInfo, language: str = "en"
) -> Moment | TimeProblem:
    """The instant that `text` means to a person in `zone` at `now` (aware).

    "18:00" is the next 18:00, "Thu 6pm" the next Thursday with that time ahead, a date without a
    year the next such date. A zone or place after the time counts instead of `zone`; so does an
    offset, but the Moment is then told in `zone`. Raises ValueError for a naive `now`.
    """
    if now.tzinfo is None:
        raise ValueError("`now` carries its offset")
    asked = _Asked(now.astimezone(UTC), zone, language)
    answer = _read(text, asked)
    return _clearer(text, asked) if answer == _NOT_UNDERSTOOD else answer


def _clearer(text: str, asked: _Asked) -> TimeProblem:
    """What to type instead of a word or number that is not quite a time; else not understood."""
    for kind, ways in (
        (TimeTrouble.MIDNIGHT, midnight_spelled_out),
        (TimeTrouble.BARE_HOUR, hour_spelled_out),
    ):
        instead = tuple(one for one in ways(text) if _read(one, asked) != _NOT_UNDERSTOOD)
        if instead:
            return TimeProblem(kind, instead=instead)
    return _NOT_UNDERSTOOD


def _read(text: str, asked: _Asked) -> _Answer:
    try:
        text = tidy(text)
        clock = find_clock(text)
    except NotATime:
        return _NOT_UNDERSTOOD
    if clock is None:
        return _span(text, asked) or _day_alone(text, asked)
    told = _told(clock, asked)
    return _span_or_clock(text, clock, told, asked) if clock.is_span else told


def parse_day(text: str, *, today: date, language: str = "en") -> date | TimeProblem:
    """The day that `text` means, counted from `today`, which is itself allowed.

    Problems have no readings, only days. A weekday alone on that same weekday is ambiguous.
    """
    try:
        found = find_days(tidy(text), today=today, language=language)
    except NotATime:
        return _NOT_UNDERSTOOD
    if isinstance(found, WrongWeekday):
        return TimeProblem(TimeTrouble.WRONG_WEEKDAY, days=(found.day,))
    days = {day.day for day in found}
    days |= {today + _WEEK for day in found if day.weekly and day.day == today}
    return _one_day(days, today)


def _one_day(days: Iterable[date], today: date) -> date | TimeProblem:
    every = tuple(sorted(days))
    ahead = tuple(day for day in every if today <= day <= today + _FURTHEST)
    if len(ahead) == 1:
        return ahead[0]
    if ahead:
        return TimeProblem(TimeTrouble.AMBIGUOUS_DATE, days=ahead)
    if not every:
        return _NOT_UNDERSTOOD
    return TimeProblem(TimeTrouble.PAST if every[0] < today else TimeTrouble.TOO_FAR, days=every)


def _day_alone(text: str, asked: _Asked) -> TimeProblem:
    today = asked.now.astimezone(asked.zone).date()
    found = find_days(text, today=today, language=asked.language)
    if isinstance(found, WrongWeekday):
        return TimeProblem(TimeTrouble.WRONG_WEEKDAY, days=(found.day,))
    day = _one_day({day.day for day in found}, today)
    return (
        day if isinstance(day, TimeProblem) else TimeProblem(TimeTrouble.TIME_MISSING, days=(day,))
    )


def _span(text: str, asked: _Asked) -> _Answer | None:
    words = text.split()
    now = asked.now.replace(tzinfo=None)
    for where, rest in chain([(_Where(asked.zone), words)], _ends_with_zone(words, asked)):
        at = find_span(" ".join(rest), now=now, language=asked.language)
        if at is not None:
            at = at.replace(second=0, microsecond=0, tzinfo=UTC)
            return _in_range(Moment(at, where.zone, wall_at(at, where.zone)), asked)
    return None


def _span_or_clock(text: str, clock: ClockText, told: _Answer, asked: _Asked) -> _Answer:
    """The meaning of a text with "2h" in it, which is a time of day or a length of time."""
    around = f"{clock.before}{clock.after}".strip()
    if not around and clock.time.hour <= 12 and not clock.time.minute:
        return _NOT_UNDERSTOOD  # "2h" alone
    span = _span(text, asked)
    if told == _NOT_UNDERSTOOD:
        return span or told
    # "demain 18h" is a time of day; "in 2 days 18h" may be either.
    return _NOT_UNDERSTOOD if span and any(map(str.isdigit, around)) else told


def _told(clock: ClockText, asked: _Asked) -> _Answer:
    for places, day in _splits(clock, asked):
        outcomes = list(_outcomes(day, clock, places, asked))
        if outcomes:
            return _one_of(outcomes, {where.zone.key: where.name for where in places})
    return _NOT_UNDERSTOOD


def _splits(clock: ClockText, asked: _Asked) -> Iterator[tuple[tuple[_Where, ...], str]]:
    """The ways to read what stands around the clock as zone and day; a longer place name first."""
    words = clock.after.split()
    yield (_Where(asked.zone, offset=clock.offset),), f"{clock.before} {clock.after}"
    if clock.offset is not None:
        return
    for count in range(min(len(words), _MOST_ZONE_WORDS), 0, -1):
        if places := _places(words[:count], asked):
            yield places, " ".join([clock.before, *words[count:]])
    for count in range(min(len(words) - 1, _MOST_ZONE_WORDS), 0, -1):
        if places := _places(words[-count:], asked):
            yield places, " ".join([clock.before, *words[:-count]])


def _ends_with_zone(words: list[str], asked: _Asked) -> Iterator[tuple[_Where, list[str]]]:
    for count in range(min(len(words) - 1, _MOST_ZONE_WORDS), 0, -1):
        places = _places(words[-count:], asked)
        if len(places) == 1:
            yield places[0], words[:-count]


def _places(words: list[str], asked: _Asked) -> tuple[_Where, ...]:
    text = " ".join(words).strip(" ,;-")
    if text.startswith("("):
        text = text.strip("()")
    if text.casefold() in _OWN_ZONE:
        return (_Where(asked.zone),)
    while text.partition(" ")[0].casefold() in _ZONE_JOINS:
        text = text.partition(" ")[2]
    if "/" not in text and any(map(str.isdigit, text)):
        return ()
    today = asked.now.date()
    if " " not in text and is_calendar_word(text, today=today, language=asked.language):
        return ()
    match zone_of(text, language=asked.language, near=asked.zone, careful=True):
        case ZoneFound(zone, tzname):
            return (_Where(zone, tzname),)
        case ZoneChoices(matches):
            first = {match.zone: match for match in reversed(matches)}
            zones = dict.fromkeys(match.zone for match in matches)
            return tuple(_Where(ZoneInfo(key), name=first[key].typed) for key in zones)
        case None:
            return ()


def _outcomes(
    text: str, clock: ClockText, places: tuple[_Where, ...], asked: _Asked
) -> Iterator[_Answer]:
    for where in places:
        there = where.today(asked.now)
        if not day_words(text):
            yield _next(there, clock, where, asked)
            continue
        # Late in the evening "tomorrow 18:00 London" is counted from the day it is in London.
        found = find_days(text, today=there, language=asked.language)
        if isinstance(found, WrongWeekday):
            yield TimeProblem(TimeTrouble.WRONG_WEEKDAY, days=(found.day,))
        else:
            yield from (_at(day, clock, where, asked) for day in found)


def _one_of(outcomes: list[_Answer], places: Mapping[str, str]) -> _Answer:
    usable: dict[tuple[datetime, ...], _Answer] = {}
    for outcome in outcomes:
        if isinstance(outcome, Moment) or outcome.kind not in _UNUSABLE:
            usable.setdefault(tuple(reading.at for reading in _readings(outcome)), outcome)
    if not usable:
        return outcomes[0]
    if len(usable) == 1:
        return next(iter(usable.values()))
    readings = {reading.at: reading for one in usable.values() for reading in _readings(one)}
    if len(places) > 1:
        names = dict.fromkeys(places[reading.zone.key] for reading in readings.values())
        return TimeProblem(
            TimeTrouble.AMBIGUOUS_PLACE, tuple(readings.values()), places=tuple(names)
        )
    return TimeProblem(TimeTrouble.AMBIGUOUS_DATE, tuple(readings[at] for at in sorted(readings)))


def _readings(answer: _Answer) -> tuple[Moment, ...]:
    return (answer,) if isinstance(answer, Moment) else answer.readings


def _next(today: date, clock: ClockText, where: _Where, asked: _Asked) -> _Answer:
    answer = _at(DayText(today), clock, where, asked)
    if isinstance(answer, TimeProblem) and answer.kind is TimeTrouble.PAST:
        return _at(DayText(today + _DAY), clock, where, asked)
    return answer


def _at(day: DayText, clock: ClockText, where: _Where, asked: _Asked) -> _Answer:
    shown = _in_part(clock, day.part)
    if shown is None:
        return _NOT_UNDERSTOOD
    if abs(day.day.year - asked.now.year) > _NEAR_YEARS:  # zones end where the calendar does
        late = day.day.year > asked.now.year
        return TimeProblem(TimeTrouble.TOO_FAR if late else TimeTrouble.PAST, days=(day.day,))
    answer = _on_wall(datetime.combine(day.day, shown), clock, where, asked)
    past = isinstance(answer, TimeProblem) and answer.kind is TimeTrouble.PAST
    if past and day.weekly:
        return _on_wall(datetime.combine(day.day + _WEEK, shown), clock, where, asked)
    return answer


def _in_part(clock: ClockText, part: str | None) -> time | None:
    """The time as it is meant in a part of the day: "tonight 8:30" is half past twenty."""
    hours = _PARTS.get(part or "", range(24))
    if clock.time.hour in hours:
        return clock.time
    if not clock.halves_known and clock.time.hour + 12 in hours:
        return clock.time.replace(hour=clock.time.hour + 12)
    return None


def _on_wall(wall: datetime, clock: ClockText, where: _Where, asked: _Asked) -> _Answer:
    zone = where.zone
    meaning = resolve_wall(wall, zone)
    if where.offset is not None:
        at = (wall - where.offset).replace(tzinfo=UTC)
        if not clock.certain and at not in _instants(meaning):
            return _NOT_UNDERSTOOD  # 10:00-11:00 is rather a range than eleven hours west
        return _in_range(Moment(at, zone, wall_at(at, zone)), asked)
    match meaning:
        case Once(at):
            moment = Moment(at, zone, wall)
            if where.tzname and (strict := _other_season(moment, where.tzname)):
                return _several(TimeTrouble.OTHER_SEASON, (moment, strict), asked)
            return _in_range(moment, asked)
        case Gap(resumes, length):
            times = (resumes, resumes + (wall + length - wall_at(resumes, zone)))
            moments = (Moment(at, zone, wall_at(at, zone)) for at in dict.fromkeys(times))
            return _several(TimeTrouble.MISSING_HOUR, tuple(moments), asked)
        case Doubled(first, second):
            moments = (Moment(first, zone, wall), Moment(second, zone, wall))
            named = [one for one in moments if _tzname(one) == where.tzname]
            if len(named) == 1:
                return _in_range(named[0], asked)
            return _several(TimeTrouble.DOUBLED_HOUR, moments, asked)
        case _:
            assert_never(meaning)


def _instants(meaning: Once | Gap | Doubled) -> tuple[datetime, ...]:
    match meaning:
        case Once(at):
            return (at,)
        case Doubled(first, second):
            return (first, second)
        case Gap():
            return ()
        case _:
            assert_never(meaning)


def _tzname(moment: Moment) -> str | None:
    return moment.at.astimezone(moment.zone).tzname()


def _other_season(moment: Moment, tzname: str) -> Moment | None:
    """The same wall time by the offset that goes with `tzname`, if that is not in force then."""
    if _tzname(moment) == tzname:
        return None
    for months in (-_HALF_YEAR, _HALF_YEAR):
        then = (moment.at + months).astimezone(moment.zone)
        offset = then.utcoffset()
        if then.tzname() == tzname and offset is not None:
            at = (moment.wall - offset).replace(tzinfo=UTC)
            return Moment(at, moment.zone, wall_at(at, moment.zone))
    return None


def _in_range(moment: Moment, asked: _Asked) -> _Answer:
    if moment.at <= asked.now:
        return TimeProblem(TimeTrouble.PAST, (moment,))
    if moment.at > asked.now + _FURTHEST:
        return TimeProblem(TimeTrouble.TOO_FAR, (moment,))
    return moment


def _several(kind: TimeTrouble, moments: tuple[Moment, ...], asked: _Asked) -> _Answer:
    """The problem with those of its readings that are still ahead."""
    ahead = tuple(moment for moment in moments if moment.at > asked.now)
    if not ahead or isinstance(_in_range(ahead[0], asked), TimeProblem):
        return _in_range(moments[-1], asked)
    if kind is TimeTrouble.DOUBLED_HOUR and len(ahead) == 1:
        return ahead[0]
    return TimeProblem(kind, ahead)
