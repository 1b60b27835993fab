"""`setup pulse`: seats, waits, answers and mentors, as a chart and a table. Nobody is named."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.people import Role
from bot.domain.policies import Matter
from bot.domain.pulse import FEW, Answered, Pulse, Trend, Week, is_hidden, typical
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler, Moot, Notice, Tick
from bot.services import pulse
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.chart import Pair, bars
from bot.ui.language import catalogue
from bot.ui.parts import Button, Divider, Facts, Image, Part, Reply, Style, Text
from bot.ui.words import Listing, Msg, Typed, Words, _, on_the_day

_RANGES = {
    Answered.A_DAY: _("within a day"),
    Answered.THREE_DAYS: _("within three days"),
    Answered.A_WEEK: _("within a week"),
    Answered.LONGER: _("after more than a week"),
}
_MATTERS = {
    Matter.REQUEST: _("requests"),
    Matter.DATED_REQUEST: _("requests with a hard date"),
    Matter.CHECK_IN: _("check-ins"),
    Matter.FIRST_MEETING: _("first meetings"),
    Matter.QUESTION: _("questions"),
    Matter.CASE_REVIEW: _("cases to review"),
    Matter.HELP: _("calls for a moderator's help"),
}
_UNDER = _("under 5")
_TRENDS: Mapping[Trend, tuple[Msg, Msg, Msg]] = {
    Trend.SEATS: (_("Seats"), _("Seats offered"), _("Seats filled")),
    Trend.ANSWERS: (_("Answers"), _("Answered within three days"), _("Answered later")),
    Trend.MATCHES: (_("Looking for mentors"), _("Asked for a mentor"), _("Have none so far")),
    Trend.LEFT: (_("Left open"), _("Past their last word"), _("Messages that reached nobody")),
}
"""What each is called, and its two counts."""


@dataclass(frozen=True)
class ShowPulse(Action, tag="su.pulse.1"):
    """How the community is doing. `trend`: what is drawn by week."""

    dark: bool = False
    trend: Trend = Trend.SEATS


class PulseScreens:
    """Handlers of the pulse, and its weekly note."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowPulse, self.show, Role.MODERATOR),)

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup pulse", _("Seats, waits, answers and mentors"), ShowPulse),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(pulse.DIGEST, self.compose, stale_after=timedelta(days=3)),)

    def ticks(self) -> tuple[Tick, ...]:
        """What runs by itself."""
        return (Tick("pulse", timedelta(hours=1), self.begin_week),)

    async def show(self, caller: Caller, ask: ShowPulse) -> Reply:
        """Chart and table."""
        found = await self._store.read(pulse.look, self._clock.now(), caller.community)
        drawn = await _drawn(found, ask.trend, caller.language, dark=ask.dark)
        other = _("Light picture") if ask.dark else _("Dark picture")
        return Reply(
            (
                Text(_("How this community is doing"), Style.HEADING),
                *drawn,
                *(_by_week(found, ask.trend, caller.language) if drawn else _nothing(ask.trend)),
                Divider(),
                *_table(found),
                *(
                    Button(_("By week: {trend}", trend=words[0]), ShowPulse(ask.dark, one))
                    for one, words in _TRENDS.items()
                    if one is not ask.trend
                ),
                *((Button(other, ShowPulse(not ask.dark, ask.trend)),) if drawn else ()),
            )
        )

    async def begin_week(self) -> None:
        """On Mondays."""
        await self._store.write(pulse.begin_week, self._clock.now())

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """The note of the week."""
        now = self._clock.now()
        found = await self._store.read(pulse.look, now, row.community)
        home = await self._store.read(lambda work: work.communities.get(row.community))
        if home is None:
            return Moot.MOOT
        drawn = await _drawn(found, Trend.SEATS, home.language, dark=False)
        weeks = tuple(_last_week(found, trend) for trend in Trend if any(_two_weeks(found, trend)))
        return Reply(
            (
                Text(_("The week in figures"), Style.HEADING),
                *drawn,
                *((Facts(weeks), Divider()) if weeks else ()),
                *_table(found),
                Button(_("Week by week"), ShowPulse()),
            )
        )


def _count(count: int) -> Msg:
    return _UNDER if is_hidden(count) else _("{count}", count=count)


def _table(found: Pulse) -> tuple[Part, ...]:
    rows: list[tuple[Msg, Words]] = [
        (_("On waitlists now"), _count(found.waits)),
        (_("Mentors with room"), _count(found.mentors_open)),
        (_("Mentors who are full"), _count(found.mentors_full)),
        (_("Mentors who pause"), _count(found.mentors_paused)),
        (_("Asked for a mentor, have none yet"), _count(found.unmatched)),
        (_("Messages that reached nobody, last week"), _count(found.undeliverable)),
    ]
    # Counts would add up to those by week, and tell the small ones among them.
    if (half := typical(found.answers, 1 / 2, FEW)) is not None:
        rows.append((_("Half of the answers to requests came"), _RANGES[half]))
    if (most := typical(found.answers, 3 / 4, 4 * FEW)) is not None:
        rows.append((_("Three of four came"), _RANGES[most]))
    late = [
        _("{count} {matter}", count=count, matter=_MATTERS[matter])
        for matter, count in found.overdue.items()
        if matter in _MATTERS and count >= FEW
    ]
    if late:
        rows.append((_("Past their last word"), _("{items}", items=Listing(tuple(late)))))
    return (
        Facts(tuple(rows)),
        Text(_("Counts from 1 to 4 are hidden, and nobody is named."), Style.QUIET),
    )


def _two_weeks(found: Pulse, trend: Trend) -> tuple[int, ...]:
    """Both counts of the last whole week and of the one before: the note begins a new one."""
    over = [week for week in found.trends[trend] if week.first < found.this_week]
    before, last = over[-2:]
    return last.one, last.other, before.one, before.other


def _last_week(found: Pulse, trend: Trend) -> tuple[Msg, Words]:
    _title, one, other = _TRENDS[trend]
    counts = tuple(_count(each) for each in _two_weeks(found, trend))
    return (
        _("{one} / {other}", one=one, other=other),
        _(
            "{one} / {other}, the week before {one_before} / {other_before}",
            one=counts[0],
            other=counts[1],
            one_before=counts[2],
            other_before=counts[3],
        ),
    )


def _by_week(found: Pulse, trend: Trend, language: str) -> tuple[Part, ...]:
    """The same as the picture, to be read."""
    title, one, other = _TRENDS[trend]
    rows = tuple(
        (
            _("{day}", day=Typed(_day(week, language))),
            _("{one} / {other}", one=_count(week.one), other=_count(week.other)),
        )
        for week in found.trends[trend]
    )
    head = _("{trend} by week: {one} / {other}", trend=title, one=one, other=other)
    return (Text(head), Facts(rows))


def _nothing(trend: Trend) -> tuple[Part, ...]:
    said = _("{trend} by week: nothing to count in these weeks.", trend=_TRENDS[trend][0])
    return (Text(said),)


async def _drawn(found: Pulse, trend: Trend, language: str, *, dark: bool) -> tuple[Part, ...]:
    """The picture; an empty one tells nothing."""
    if not any(week.one or week.other for week in found.trends[trend]):
        return ()
    return (await _picture(found, trend, language, dark=dark),)


async def _picture(found: Pulse, trend: Trend, language: str, *, dark: bool) -> Image:
    known = catalogue(language)
    _title, one, other = _TRENDS[trend]
    names = (known.gettext(one.text), known.gettext(other.text))
    pairs = [
        Pair(_day(week, language), *(_shown(each) for each in (week.one, week.other)))
        for week in found.trends[trend]
    ]
    content = await asyncio.to_thread(bars, pairs, names, "<5", dark=dark)
    weeks = tuple(
        _(
            "{day}: {offered} and {filled}",
            day=Typed(_day(week, language)),
            offered=_count(week.one),
            filled=_count(week.other),
        )
        for week in found.trends[trend]
    )
    alt = _(
        "Two counts by week, {one} and {other}: {weeks}",
        one=one,
        other=other,
        weeks=Listing(weeks),
    )
    return Image("pulse.png", content, alt)


def _shown(count: int) -> int | None:
    return None if is_hidden(count) else count


def _day(week: Week, language: str) -> str:
    return on_the_day(week.first, language, year=False, weekday=False)
