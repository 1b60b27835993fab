"""Why a typed time or day cannot be used, as values; the wording is for `bot.ui.time_words`."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from bot.domain.moment import Moment


class TimeTrouble(enum.Enum):
    """Why a typed time cannot be used as it is."""

    NOT_UNDERSTOOD = "not_understood"
    TIME_MISSING = "time_missing"
    """A day alone; `days` holds it."""
    PAST = "past"
    """`readings` (or, for a day, `days`) holds what was understood."""
    TOO_FAR = "too_far"
    """More than two years ahead; as for PAST."""
    MISSING_HOUR = "missing_hour"
    """Clocks jump over it. `readings`: when they resume, and as long after that as was typed."""
    DOUBLED_HOUR = "doubled_hour"
    """It happens twice that night. `readings`: both, in order."""
    OTHER_SEASON = "other_season"
    """EST typed for a summer day, or the like. `readings`: that wall time there, and by the letter
    of the abbreviation."""
    AMBIGUOUS_DATE = "ambiguous_date"
    """Such as 03/04. `readings`, or without a time `days`, holds each."""
    AMBIGUOUS_PLACE = "ambiguous_place"
    """Such as Portland. `readings`: one for each zone, the likelier first; `places`: what to type
    instead of the name for each of them."""
    WRONG_WEEKDAY = "wrong_weekday"
    """The date is another weekday than the one that was typed; `days` holds the date."""
    MIDNIGHT = "midnight"
    """The word, which lies between two days. `instead`: the same with the hour that begins one."""
    BARE_HOUR = "bare_hour"
    """A number alone in the place of the time. `instead`: the same with whole times of day."""


@dataclass(frozen=True, slots=True)
class TimeProblem:
    """Why a typed time cannot be used, with everything it could have meant."""

    kind: TimeTrouble
    readings: tuple[Moment, ...] = ()
    days: tuple[date, ...] = ()
    places: tuple[str, ...] = ()
    instead: tuple[str, ...] = ()
