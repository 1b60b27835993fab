"""The roster: who comes, what they want to talk about, and the questions without their authors."""

from __future__ import annotations

from collections.abc import Iterator

from bot.clock import Clock
from bot.domain.office_hours import Session
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours import views
from bot.services.office_hours.results import Refused, Roster
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _, ngettext
from cogs.office_hours.actions import GetCalendar, OpenCallOff, OpenMove, ShowRoster
from cogs.office_hours.attendance import came_words, late_note, marking
from cogs.office_hours.called_away import PulledAway
from cogs.office_hours.dropping_in import to_the_queue
from cogs.office_hours.editing import OpenChange
from cogs.office_hours.flagging import to_flag, to_look_into
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_ENTRIES = 12
_CHARACTERS = 2400
_NAME = 40
"""What a mention may take, at a guess on the long side."""


class Rosters:
    """The handler of the roster."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowRoster, self.show),)

    async def show(self, caller: Caller, request: ShowRoster) -> Reply:
        """One page of the roster."""
        found = await self._store.read(
            views.roster, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        pages = roster_pages(found)
        page = min(max(0, request.page), len(pages) - 1)
        now = self._clock.now()
        parts: list[Part] = [
            Text(_("{title} · {when}", title=title_of(session), when=When(session.begins))),
            Text(roster_count(found), Style.QUIET),
            *delayed(session),
        ]
        parts.extend(under_headings(pages[page]))
        parts.extend(late_note(found))
        parts.extend(marking(found, now))
        parts.extend(to_flag(found.questions, leads=found.card.leads))
        parts.extend(to_look_into((*found.questions, *found.aside), caller.roles))
        parts.append(Divider())
        if page > 0:
            parts.append(Button(_("Earlier"), ShowRoster(session.code, page - 1)))
        if page + 1 < len(pages):
            parts.append(Button(_("More"), ShowRoster(session.code, page + 1)))
        if found.card.leads:
            parts.extend(to_the_queue(found.card, now))
        if not session.called_off and session.ends > now:
            if found.card.leads:
                parts.append(Button(_("Pulled into a case"), PulledAway(session.code)))
            parts.append(Button(_("Change"), OpenChange(session.code)))
            parts.append(Button(_("Move"), OpenMove(session.code)))
            parts.append(Button(_("Call off"), OpenCallOff(session.code), Look.GRAVE))
        if found.card.leads:
            parts.append(Button(_("Calendar"), GetCalendar(session.code)))
        if parts[-1] == Divider():
            parts.pop()
        return Reply(tuple(parts))


def roster_pages(roster: Roster) -> list[list[tuple[Msg, Msg]]]:
    """Heading and entry, in pages that fit every platform's message."""
    return _pages(_entries(roster))


def under_headings(entries: list[tuple[Msg, Msg]]) -> Iterator[Part]:
    """Entries, each group under its heading."""
    heading: Msg | None = None
    for under, entry in entries:
        if under != heading:
            yield Text(under, Style.HEADING)
            heading = under
        yield Text(entry)


def _entries(roster: Roster) -> list[tuple[Msg, Msg, int]]:
    found: list[tuple[Msg, Msg, int]] = []
    groups = (
        (_("Who comes") if roster.card.session.drop_in else _("Seats"), roster.held),
        (_("Offered a seat"), roster.offered),
        (_("Waitlist"), roster.waiting),
    )
    for heading, seats in groups:
        for seat, who in seats:
            if seat.about:
                said = _("{who}: {about}", who=Person(who), about=Typed(seat.about))
            else:
                said = _("{who}", who=Person(who))
            came = came_words(seat) if roster.card.leads else None
            if came is not None:
                said = _("{entry} · {came}", entry=said, came=came)
            if seat.until is not None:
                said = _("{entry} · kept until {when}", entry=said, when=When(seat.until))
            found.append((heading, said, _NAME + len(seat.about)))
    for question in roster.questions:
        said = _("“{question}”", question=Typed(question.text))
        found.append((_("Questions, without names"), said, len(question.text)))
    return found


def _pages(entries: list[tuple[Msg, Msg, int]]) -> list[list[tuple[Msg, Msg]]]:
    """Entries in pages that fit every platform's message."""
    pages: list[list[tuple[Msg, Msg]]] = [[]]
    room = _CHARACTERS
    for heading, said, size in entries:
        if pages[-1] and (len(pages[-1]) >= _ENTRIES or size > room):
            pages.append([])
            room = _CHARACTERS
        pages[-1].append((heading, said))
        room -= size
    return pages


def delayed(session: Session) -> tuple[Text, ...]:
    """That it begins later than it was planned."""
    if not session.delay:
        return ()
    said = _(
        "About {minutes} min later than planned: it was to begin at {when}.",
        minutes=session.delay,
        when=When(session.starts),
    )
    return (Text(said, Style.QUIET),)


def roster_count(roster: Roster) -> Msg:
    """How many come, wait and ask."""
    session = roster.card.session
    if session.called_off:
        return _("Called off.")
    questions = ngettext("{count} question", "{count} questions", len(roster.questions))
    if session.plan.capacity is None:
        coming = ngettext("{count} person comes", "{count} people come", len(roster.held))
        return _("{coming}; {questions}.", coming=coming, questions=questions)
    if roster.offered:
        return _(
            "{taken} of {seats} taken, {offered} offered; {waiting} on the waitlist; {questions}.",
            taken=len(roster.held),
            offered=len(roster.offered),
            seats=ngettext("{count} seat", "{count} seats", session.plan.capacity),
            waiting=len(roster.waiting),
            questions=questions,
        )
    return _(
        "{taken} of {seats} taken; {waiting} on the waitlist; {questions}.",
        taken=len(roster.held),
        seats=ngettext("{count} seat", "{count} seats", session.plan.capacity),
        waiting=len(roster.waiting),
        questions=questions,
    )
