"""Why a typed time cannot be used, said to the person who typed it, with what to type instead."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.domain.typed_time import Moment, TimeProblem, TimeTrouble
from bot.domain.wall_clock import Once, resolve_wall
from bot.ui.words import Listing, Msg, Strong, Typed, When, _


def time_problem(problem: TimeProblem, zone: ZoneInfo) -> Msg:
    """One sentence; `zone` is the person's own."""
    moments = problem.readings
    match problem.kind:
        case TimeTrouble.NOT_UNDERSTOOD:
            return _(
                "I could not read this as a time. Try, for example, {plain} or {exact}.",
                plain=Strong("Thu 6pm"),
                exact=Strong("2027-03-11 18:00"),
            )
        case TimeTrouble.TIME_MISSING:
            return _(
                "Add the time of day, for example {example}.",
                example=Strong(f"{problem.days[0]:%Y-%m-%d} 18:00" if problem.days else "18:00"),
            )
        case TimeTrouble.PAST:
            if moments:
                return _("{when} has passed. Choose a later time.", when=When(moments[0].at))
            return _("That day has passed. Choose a later one.")
        case TimeTrouble.TOO_FAR:
            return _("That is more than two years ahead. Choose an earlier time.")
        case TimeTrouble.MISSING_HOUR:
            return _(
                "The clocks jump over that hour in {zone} that night. You could type {choices}.",
                zone=Typed(_zone(moments, zone)),
                choices=_choices(moments),
            )
        case TimeTrouble.DOUBLED_HOUR:
            return _(
                "That hour happens twice in {zone} that night. Type {choices}.",
                zone=Typed(_zone(moments, zone)),
                choices=_choices(moments),
            )
        case TimeTrouble.OTHER_SEASON:
            return _(
                "That zone's clocks are in the other season on that day. Type {choices}.",
                choices=_choices(moments),
            )
        case TimeTrouble.AMBIGUOUS_DATE:
            choices = _choices(moments) if moments else _days(problem.days)
            return _("That date can be read in several ways. Type {choices}.", choices=choices)
        case TimeTrouble.AMBIGUOUS_PLACE:
            return _(
                "There are several places of that name. Instead of it, type {choices}.",
                choices=Listing(tuple(Strong(one) for one in problem.places[:4]), either=True),
            )
        case TimeTrouble.MIDNIGHT:
            return _(
                "Midnight lies between two days. Type {choices} for the one that begins a day.",
                choices=_instead(problem),
            )
        case TimeTrouble.BARE_HOUR:
            return _(
                "A number alone is not quite a time. Type {choices}.",
                choices=_instead(problem),
            )
        case TimeTrouble.WRONG_WEEKDAY:
            return _(
                "{day} is another weekday. Type the date or the weekday alone.",
                day=_days(problem.days),
            )


def day_problem(problem: TimeProblem, zone: ZoneInfo) -> Msg:
    """The same where a day alone is asked for."""
    if problem.kind is TimeTrouble.NOT_UNDERSTOOD:
        return _(
            "I could not read this as a day. Try, for example, {plain} or {exact}.",
            plain=Strong("Thu"),
            exact=Strong("2027-03-11"),
        )
    return time_problem(problem, zone)


def _instead(problem: TimeProblem) -> Listing:
    return Listing(tuple(Strong(one) for one in problem.instead), either=True)


def _zone(moments: tuple[Moment, ...], zone: ZoneInfo) -> str:
    return moments[0].zone.key if moments else zone.key


def _choices(moments: tuple[Moment, ...]) -> Listing:
    return Listing(tuple(Strong(_exactly(moment)) for moment in moments), either=True)


def _exactly(moment: Moment) -> str:
    return moment.at.astimezone(moment.zone).isoformat(" ", timespec="minutes")


def _days(days: tuple[date, ...]) -> Listing:
    return Listing(tuple(Strong(f"{day:%Y-%m-%d}") for day in days), either=True)


def typed_form(at: datetime, zone: ZoneInfo) -> str:
    """A moment as a person can type it so that it has one meaning; with an offset if need be."""
    local = at.astimezone(zone)
    wall = local.replace(tzinfo=None)
    if isinstance(resolve_wall(wall, zone), Once):
        return wall.isoformat(" ", timespec="minutes")
    return local.isoformat(" ", timespec="minutes")
