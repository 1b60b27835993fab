"""What is mine: my sessions, calendar files, the section of the panel."""

from __future__ import annotations

from datetime import datetime

from bot.clock import Clock
from bot.domain.office_hours import Came
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours import views
from bot.services.office_hours.results import Card, Refused
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, When, _
from cogs.office_hours.actions import (
    GetCalendar,
    LeaveSession,
    ListSessions,
    MySessions,
    ShowRoster,
)
from cogs.office_hours.dropping_in import to_the_queue
from cogs.office_hours.feeds import offered
from cogs.office_hours.own_word import own_word
from cogs.office_hours.places import way_in, where_words
from cogs.office_hours.refusals import refusal
from cogs.office_hours.standing import answer_offer, waiting_choices
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import calendar_file, short_line, standing, title_of

_MINE = 6
_HOME = 4
_TITLE = 30


class Browsing:
    """Handlers and the panel section that only look."""

    def __init__(self, store: Store, clock: Clock, public_url: str) -> None:
        self._public_url = public_url
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(MySessions, self.mine),
            Handler(GetCalendar, self.calendar),
        )

    async def mine(self, caller: Caller, request: MySessions) -> Reply:
        """Seats, places in line, sessions I lead; a page at a time."""
        now = self._clock.now()
        found = await self._store.read(views.mine, now, actor_of(caller))
        groups: tuple[tuple[Msg, tuple[Card, ...]], ...] = (
            (_("A seat is kept for you"), found.offered),
            (_("You have a seat"), tuple(one for one in found.seats if not one.session.drop_in)),
            (_("You are expected"), tuple(one for one in found.seats if one.session.drop_in)),
            (_("You are on the waitlist"), found.waiting),
            (_("You host"), found.leading),
            (_("It is over; who was there?"), found.unmarked),
            (_("You had a seat; it is over"), found.attended),
        )
        entries = [(heading, card) for heading, cards in groups for card in cards]
        if not entries:
            return Reply(
                (
                    Text(_("You take part in no office hour at the moment.")),
                    Button(_("Office hours"), ListSessions(), Look.MAIN),
                )
            )
        page = min(max(0, request.page), (len(entries) - 1) // _MINE)
        parts: list[Part] = []
        last: Msg | None = None
        for heading, card in entries[page * _MINE : (page + 1) * _MINE]:
            if heading != last:
                parts.append(Text(heading, Style.HEADING))
                last = heading
            parts.append(Text(_entry(card, over=card.session.ends <= now)))
            if not card.holds and not card.leads and (said := standing(card, now)) is not None:
                parts.append(Text(said, Style.QUIET))
            parts.extend(_own(card, now))
        below: list[Part] = []
        if page > 0:
            below.append(Button(_("Earlier"), MySessions(page - 1)))
        if (page + 1) * _MINE < len(entries):
            below.append(Button(_("More"), MySessions(page + 1)))
        if found.seats or found.leading:
            below.append(Button(_("Calendar of all"), GetCalendar()))
        return Reply((*parts, *((Divider(), *below) if below else ())))

    async def calendar(self, caller: Caller, request: GetCalendar) -> Reply:
        """An .ics file of one session or of all mine."""
        now = self._clock.now()
        if request.session is None:
            cards = await self._store.read(views.calendar, now, actor_of(caller))
            feed = offered(self._public_url)
            if not cards:
                nothing = Text(_("There is nothing to put into a calendar yet."))
                return Reply((nothing, Button(_("Office hours"), ListSessions(), Look.MAIN), *feed))
            said = _("Everything you take part in. Opening a newer file updates the entries.")
            return Reply((Text(said), calendar_file(cards, _("Your office hours")), *feed))
        found = await self._store.read(views.look, now, actor_of(caller), request.session)
        if isinstance(found, Refused):
            return refusal(found)
        said = _(
            "{title} on {when}.",
            title=title_of(found.session),
            when=When(found.session.starts),
        )
        parts: list[Part] = [Text(said)]
        if not found.sees_where:
            hidden = (
                _("Where it is will be in the file once you have joined.")
                if found.session.drop_in
                else _("Where it is will be in the file once you have a seat.")
            )
            parts.append(Text(hidden, Style.QUIET))
        parts.append(calendar_file((found,), _("Calendar entry; opening it again updates it.")))
        return Reply(tuple(parts))

    async def home(self, caller: Caller) -> Reply:
        """The section of the member's panel: what I take part in, what I lead."""
        now = self._clock.now()
        found = await self._store.read(views.mine, now, actor_of(caller))
        parts: list[Part] = [Text(_("Office hours"), Style.HEADING)]
        noted = tuple(one for one in found.attended if one.seat and one.seat.came is Came.ABSENT)
        current = (*found.offered, *found.seats, *found.waiting, *found.leading)
        shown = (*current, *found.unmarked, *noted)
        for card in shown[:_HOME]:
            parts.append(Text(_entry(card, over=card.session.ends <= now)))
            if card.session.ends > now and (said := standing(card, now)) is not None:
                parts.append(Text(said, Style.QUIET))
            parts.extend(_own(card, now))
        if not shown:
            parts.append(Text(_("You take part in no office hour at the moment.")))
        parts.append(Divider())
        parts.append(Button(_("Browse office hours"), ListSessions(), Look.MAIN))
        if shown:
            parts.append(Button(_("My sessions"), MySessions()))
        return Reply(tuple(parts))


def _entry(card: Card, *, over: bool) -> Msg:
    """In one line, and where it is unless it is over or a button leads there."""
    said = short_line(card)
    if over or not card.sees_where or way_in(card):
        return said
    return _("{session}\n{where}", session=said, where=where_words(card.session.plan))


def _own(card: Card, now: datetime) -> tuple[Part, ...]:
    code = card.session.code
    if card.session.ends <= now and card.leads:
        return (Button(_("Who was there"), ShowRoster(code)),)
    if card.session.ends <= now:
        return own_word(card)
    if card.offered_until is not None:
        return answer_offer(card)
    if card.waits:
        return waiting_choices(card, now)
    mine = Button(_("Roster"), ShowRoster(code)) if card.leads else None
    mine = mine or Button(_("Leave"), LeaveSession(code))
    return (*way_in(card), *to_the_queue(card, now), mine, Button(_("Calendar"), GetCalendar(code)))
