"""What a host typed, as a plan; and how it is echoed before it is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.moment import Moment, other_reading
from bot.domain.office_hours import Mode, Plan, VoiceChannel
from bot.domain.people import Someone
from bot.domain.recurrence import Recurrence, Repeat, Shift, occurrences
from bot.domain.wall_clock import wall_at
from bot.runtime.caller import Caller
from bot.services.office_hours.hosting import rule_of
from bot.ui.action import Action
from bot.ui.language import on_the_wall
from bot.ui.parts import Button, Facts, Part, Style, Text
from bot.ui.topics import topic_key, topic_words
from bot.ui.words import Listing, Msg, Person, Slash, Strong, Typed, When, Words, _, ngettext
from cogs.office_hours.actions import HostSession
from cogs.office_hours.places import where_words
from cogs.office_hours.wording import for_whom, lasting, moments, repetition

_DATES = 4
_LOOK_AHEAD = timedelta(days=366)
_NOTES = 3


@dataclass(frozen=True)
class OtherReading(Action, tag="oh.reading.1"):
    """Of a wall time that could mean two moments: the other one."""

    draft: str


def voice_in(channel: str | None, caller: Caller) -> VoiceChannel | None:
    """A channel that was chosen in the place where somebody is."""
    if not channel or caller.place is None:
        return None
    return VoiceChannel(caller.place, channel)


def plan_of(request: HostSession, caller: Caller) -> Plan:
    """The plan in a filled-in form."""
    return Plan(
        title=" ".join(request.title.split()),
        topic=topic_key(request.topic),
        minutes=request.minutes,
        mode=request.mode,
        capacity=None if request.mode is Mode.DROP_IN else request.seats,
        where=request.where,
        for_whom=request.audience,
        closes=request.closes,
        cohosts=request.cohosts,
        fair=request.fair,
        agenda=request.agenda or "",
        voice=voice_in(request.voice, caller),
    )


def rule_in(request: HostSession) -> Recurrence:
    """The rule in a filled-in form."""
    return rule_of(request.starts, request.repeat, request.until)


def echo(request: HostSession, cohosts: tuple[Someone, ...], caller: Caller) -> tuple[Part, ...]:
    """Everything that was understood, the time above all."""
    plan, rule = plan_of(request, caller), rule_in(request)
    starts = request.starts.at
    rows: list[tuple[Msg, Words]] = [
        (_("Title"), Strong(plan.title)),
        (_("When"), lasting(starts, plan.minutes)),
    ]
    rows.append((_("Read as"), read_as(request.starts, caller)))
    if rule.repeat is not Repeat.NONE:
        rows.append((_("Repeats"), _repeats(rule)))
        rows.append((_("First dates"), _first_dates(rule)))
    rows.append((_("Topic"), topic_words(plan.topic)))
    rows.append((_("Seats"), _seats(plan)))
    rows.append((_("Where"), where_words(plan)))
    if plan.agenda:
        rows.append((_("Agenda"), Typed(plan.agenda)))
    rows.append((_("For whom"), for_whom(plan.for_whom)))
    if cohosts:
        rows.append((_("Co-hosts"), _("{people}", people=_people(cohosts))))
    if plan.closes:
        closes = starts - timedelta(hours=plan.closes)
        rows.append((_("Sign-up closes"), When(closes)))
    if rule.repeat is not Repeat.NONE and plan.capacity is not None:
        rows.append((_("Waitlist"), waitlist_rule(plan.fair)))
    return (Facts(tuple(rows)), *zone_note(request.starts, caller), *clock_notes(rule))


def read_as(moment: Moment, caller: Caller) -> Msg:
    """The wall time that was understood, and where that clock hangs."""
    shown = replace(moment, wall=wall_at(moment.at, moment.zone))
    return _(
        "{wall} in {zone}",
        wall=Strong(on_the_wall(shown, caller.language)),
        zone=Typed(moment.zone.key),
    )


def two_ways(moment: Moment, draft: str) -> tuple[Part, ...]:
    """On the two nights when clocks change: which of both readings counts, and the other one."""
    other, when = other_reading(moment), When(moment.at)
    wall, zone = Typed(f"{moment.wall:%H:%M}"), Typed(moment.zone.key)
    if other is not None and other.wall == moment.wall:
        first = moment.at < other.at
        said = _(
            "The clocks in {zone} show {wall} twice that night. This is {which}: {when}.",
            zone=zone,
            wall=wall,
            which=_("the first time") if first else _("the second time"),
            when=when,
        )
        label = _("The second time") if first else _("The first time")
        return (Text(said), Button(label, OtherReading(draft)))
    if moment.wall == wall_at(moment.at, moment.zone):
        return ()
    said = _(
        "The clocks in {zone} jump over {wall} that night. This is when they go on: {when}.",
        zone=zone,
        wall=wall,
        when=when,
    )
    if other is None:
        return (Text(said),)
    label = _("{time} instead", time=Typed(f"{other.wall:%H:%M}"))
    return (Text(said), Button(label, OtherReading(draft)))


def zone_note(moment: Moment, caller: Caller) -> tuple[Part, ...]:
    """Where the zone was only assumed: how to say the right one."""
    if not caller.zone_assumed or moment.zone.key != caller.zone.key:
        return ()
    said = _(
        "You have not said where you are, so this is this community's zone. If you mean another,"
        " name a place after the time, or say where you are with {command}.",
        command=Slash("my zone"),
    )
    return (Text(said),)


def first_on(rule: Recurrence) -> Msg:
    """From when on the sessions of a series are at another time, on the clock over there."""
    return _(
        "From {day} on they begin at {wall} in {place}.",
        day=Typed(f"{rule.first_day:%Y-%m-%d}"),
        wall=Typed(f"{rule.wall:%H:%M}"),
        place=Typed(rule.zone.replace("_", " ")),
    )


def clock_notes(rule: Recurrence) -> tuple[Part, ...]:
    """What clock changes do to a series within a year."""
    if rule.repeat is Repeat.NONE:
        return ()
    place = Typed(rule.zone.replace("_", " "))
    wall = Typed(f"{rule.wall:%H:%M}")
    parts: list[Part] = []
    for one in occurrences(rule, rule.first_day, rule.first_day + _LOOK_AHEAD):
        day = Typed(f"{one.local_day:%Y-%m-%d}")
        if one.shift is Shift.MOVED_FORWARD:
            said = _(
                "On {day} clocks in {place} jump over {wall}; that one begins at {when}.",
                day=day,
                place=place,
                wall=wall,
                when=When(one.at),
            )
            parts.append(Text(said))
        elif one.shift is Shift.DOUBLED:
            said = _(
                "On {day} the clocks in {place} show {wall} twice; the first one counts: {when}.",
                day=day,
                place=place,
                wall=wall,
                when=When(one.at),
            )
            parts.append(Text(said))
    stays = _("It stays at {wall} in {place} when clocks change.", wall=wall, place=place)
    return (Text(stays, Style.QUIET), *parts[:_NOTES])


def waitlist_rule(fair: bool) -> Msg:
    """Who comes first on the waitlist of a series."""
    if fair:
        return _("who had no seat in the session before comes first")
    return _("in the order in which people came")


def _repeats(rule: Recurrence) -> Msg:
    if rule.until is None:
        return _("{often}, without an end", often=repetition(rule.repeat))
    last = Typed(rule.until.isoformat())
    return _("{often}, until {day}", often=repetition(rule.repeat), day=last)


def _first_dates(rule: Recurrence) -> Words:
    found = occurrences(rule, rule.first_day, rule.first_day + timedelta(days=140))
    return _("{dates}", dates=moments(one.at for one in found[:_DATES]))


def _seats(plan: Plan) -> Msg:
    if plan.capacity is None:
        return _("drop in, not counted")
    return ngettext("{count} seat", "{count} seats", plan.capacity)


def _people(people: tuple[Someone, ...]) -> Listing:
    return Listing(tuple(Person(one) for one in people))
