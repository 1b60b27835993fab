"""What came in for a field, parsed into its type, or one sentence about why not.

Pure: no store, no clock. The caller's zone and the present moment come as values.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast, get_args
from zoneinfo import ZoneInfo

from bot.domain.moment import Moment, as_typed
from bot.domain.people import Account, MemberId
from bot.domain.typed_time import TimeProblem, TimeTrouble, parse_day, parse_moment
from bot.ui.action import Field, Kind, Upload
from bot.ui.form import Picked, Raw, member_values
from bot.ui.limits import LIMITS
from bot.ui.time_words import day_problem, time_problem, typed_form
from bot.ui.words import Listing, Msg, Typed, _, ngettext

_WHOLE = re.compile(r"[+-]?[0-9]+")
_MOST_WHOLE = 999_999_999
"""Numbers beyond it (and below its negative) are no answers; every database keeps these."""


@dataclass(frozen=True)
class Reading:
    """What parsing may rely on."""

    now: datetime
    zone: ZoneInfo
    language: str
    members: Mapping[Account, MemberId]


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot be used, for the person who gave it."""

    says: Msg


def read_field(field: Field, raw: Raw | None, reading: Reading) -> object:
    """The value of a field, or a Problem. An empty answer is the default where there is one."""
    if isinstance(raw, str):
        raw = raw.strip()
    if not field.kind.many and isinstance(raw, tuple) and len(raw) == 1:
        # A native list hands back a tuple even where one may be chosen.
        raw = raw[0] if isinstance(raw[0], str) else raw
    if raw is None or raw in ("", ()):
        if field.required:
            return Problem(_("This is needed."))
        return field.default
    if field.ask is not None and field.ask.acts and (guests := _guests(raw)):
        return Problem(
            _(
                "{people} can look around here as a guest, but not act. Please choose somebody who"
                " is a member.",
                people=Listing(guests),
            )
        )
    match field.kind:
        case Kind.TEXT | Kind.CHANNEL | Kind.ROLE:
            return _text(field, raw)
        case Kind.WHOLE:
            return _whole(field, raw)
        case Kind.YES_NO:
            return _yes_no(raw)
        case Kind.CHOICE:
            return _choice(field, field.type, raw)
        case Kind.CHOICES:
            return _choices(field, raw)
        case Kind.MOMENT:
            return _moment(raw, reading)
        case Kind.DAY:
            return _day(raw, reading)
        case Kind.MEMBER:
            found = member_values(raw, reading.members)
            return found[0] if found else Problem(_("Pick a member of this community."))
        case Kind.MEMBERS:
            return member_values(raw, reading.members)
        case Kind.FILES:
            if isinstance(raw, tuple) and all(isinstance(one, Upload) for one in raw):
                return raw
            return Problem(_("Choose a file."))


def _guests(raw: Raw) -> tuple[Typed, ...]:
    picked = raw if isinstance(raw, tuple) else ()
    return tuple(Typed(one.name) for one in picked if isinstance(one, Picked) and one.guest)


def _text(field: Field, raw: Raw) -> object:
    if not isinstance(raw, str):
        return Problem(_("Write a text."))
    least = (field.ask.least if field.ask else None) or 0
    most = (field.ask.most if field.ask else None) or LIMITS.text_input
    if len(raw) > most:
        return Problem(
            ngettext(
                "This is {count} character too long.",
                "This is {count} characters too long.",
                len(raw) - most,
            )
        )
    if len(raw) < least:
        return Problem(
            ngettext(
                "Write at least {count} character.", "Write at least {count} characters.", least
            )
        )
    return raw


def _whole(field: Field, raw: Raw) -> object:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        return Problem(_("Write a whole number."))
    if isinstance(raw, str) and not _WHOLE.fullmatch(raw):
        return Problem(_("Write a whole number, such as {example}.", example=6))
    value = _held(raw) if isinstance(raw, str) else raw
    least = field.ask.least if field.ask else None
    most = field.ask.most if field.ask else None
    if (least is not None and value < least) or (most is not None and value > most):
        if least is not None and most is not None:
            return Problem(_("Choose a number from {least} to {most}.", least=least, most=most))
        if least is not None:
            return Problem(_("Choose a number from {least} up.", least=least))
        return Problem(_("Choose a number up to {most}.", most=most or 0))
    if abs(value) > _MOST_WHOLE:
        return Problem(_("Choose a number up to {most}.", most=_MOST_WHOLE))
    return value


def _held(digits: str) -> int:
    sign = -1 if digits[0] == "-" else 1
    figures = digits.lstrip("+-").lstrip("0")
    # An endless number is out of every range too, and not worth working out.
    return sign * (int(figures or "0") if len(figures) <= 9 else _MOST_WHOLE + 1)


_YES = frozenset({"yes", "true", "on", "1", "y"})
_NO = frozenset({"no", "false", "off", "0", "n"})


def _yes_no(raw: Raw) -> object:
    if isinstance(raw, bool):
        return raw
    word = str(raw).lower()
    if word in _YES or word in _NO:
        return word in _YES
    return Problem(_("Answer yes or no."))


def ticked(field: Field, raw: Raw) -> bool | None:
    """A typed yes or no, as a form shows it.

    Whoever names it and cannot be understood meant something other than what is usual: the usual
    answer is not put in its place. None where there is no usual one.
    """
    value = _yes_no(raw.strip() if isinstance(raw, str) else raw)
    if isinstance(value, bool):
        return value
    return None if field.required else not field.default


def _choice(field: Field, inner: Any, raw: object) -> object:
    word = str(raw).strip()
    options = field.ask.options if field.ask else ()
    for option in options:
        label = option.label.text
        if word.casefold() in (option.value.casefold(), label.casefold()):
            return _typed_choice(inner, option.value)
    if not options and isinstance(inner, type) and issubclass(inner, enum.Enum):
        for member in inner:
            if str(member.value).casefold() == word.casefold():
                return member
    if not options and inner is str:
        return word  # an open list: the feature's own completer knows what there is
    return Problem(_("Choose one of {choices}.", choices=_listed(field, inner)))


def _typed_choice(inner: Any, value: str) -> object:
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return next(member for member in inner if str(member.value) == value)
    return value


def _listed(field: Field, inner: Any) -> Listing:
    if field.ask and field.ask.options:
        return Listing(tuple(option.label for option in field.ask.options))
    return Listing(tuple(Typed(str(member.value)) for member in cast(type[enum.Enum], inner)))


def _choices(field: Field, raw: Raw) -> object:
    inner = get_args(field.type)[0]
    if isinstance(raw, str):
        raw = tuple(part.strip() for part in raw.split(",") if part.strip())
    if not isinstance(raw, tuple):
        return Problem(_("Choose from the list."))
    values: list[object] = []
    for one in raw:
        value = _choice(field, inner, one)
        if isinstance(value, Problem):
            return value
        if value not in values:
            values.append(value)
    least = (field.ask.least if field.ask else None) or 0
    most = (field.ask.most if field.ask else None) or LIMITS.select_options
    if not least <= len(values) <= most:
        return Problem(_("Choose {least} to {most}.", least=least, most=most))
    return tuple(values)


def _moment(raw: Raw, reading: Reading) -> object:
    if not isinstance(raw, str):
        return Problem(_("Write a day and a time."))

    value = parse_moment(raw, now=reading.now, zone=reading.zone, language=reading.language)
    if not isinstance(value, TimeProblem):
        return value
    return _usual(value) or Problem(time_problem(value, reading.zone))


def _usual(problem: TimeProblem) -> Moment | None:
    """In the two nights when clocks change: the reading that is taken, until the other one is
    chosen where it is shown (`other_reading`)."""
    match problem.kind, problem.readings:
        case TimeTrouble.DOUBLED_HOUR, (first, *_rest):
            return first
        case TimeTrouble.MISSING_HOUR, (resumes, *later):
            return as_typed(resumes.at, (*later, resumes)[0].at, resumes.zone)
        case _:
            return None


def _day(raw: Raw, reading: Reading) -> object:
    if not isinstance(raw, str):
        return Problem(_("Write a day."))

    value = parse_day(
        raw, today=reading.now.astimezone(reading.zone).date(), language=reading.language
    )
    return Problem(day_problem(value, reading.zone)) if isinstance(value, TimeProblem) else value


def written(field: Field, value: object, zone: ZoneInfo) -> Raw | None:
    """A typed value as it would have been typed: what stands in an input at first."""
    match value:
        case None:
            return None
        case Moment():
            return typed_form(value.at, zone)
        case date():
            return value.isoformat()
        case enum.Enum():
            return str(value.value)
        case tuple() if field.kind is Kind.CHOICES:
            items = cast(tuple[object, ...], value)
            return tuple(
                str(one.value) if isinstance(one, enum.Enum) else str(one) for one in items
            )
        case bool():
            return value
        case str() | int() if field.kind is not Kind.MEMBER:
            return value
        case _:
            return None


def warm() -> None:
    """Load what typed times and places need (about a second), ahead of the first person."""
    now = datetime(2000, 1, 1, tzinfo=UTC)
    parse_moment("Thu 6pm London", now=now, zone=ZoneInfo("UTC"))
