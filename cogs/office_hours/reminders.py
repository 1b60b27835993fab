"""Reminders, and the questions that came in: worded from the present state when they are sent.

Whoever has a seat reads the agenda, whoever leads the session who comes. What turns out to be
needless by then is `Moot`: no seat any more, called off, over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import QuestionId, SessionId
from bot.domain.people import MemberId
from bot.runtime.feature import Choice, Course, Moot, Notice
from bot.runtime.together import Together
from bot.services.office_hours import views
from bot.services.office_hours.results import Card, Roster
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Typed, When, _, ngettext
from cogs.office_hours.actions import (
    LeaveSession,
    OpenQuestion,
    ShowRoster,
)
from cogs.office_hours.called_away import PulledAway
from cogs.office_hours.choices import SESSION_DAY, SESSION_HOUR
from cogs.office_hours.dropping_in import OpenQueue, if_not, queue_note, to_the_queue
from cogs.office_hours.flagging import to_flag
from cogs.office_hours.places import way_in
from cogs.office_hours.roster import roster_count, roster_pages, under_headings
from cogs.office_hours.wording import facts, led_by, lines, sorry, title_of

_HOUR = timedelta(hours=1)
_SHOWN = 8
"""Questions in one message; the roster has the rest."""
_CHARACTERS = 2400

_LEADING = Choice("leading", _("Reminders of sessions you lead"))
_ASKED = Choice("questions", _("Questions to sessions you lead"))


class Reminders:
    """How reminders and bundled questions are worded."""

    def __init__(self, store: Store, clock: Clock, course: Course) -> None:
        self._store = store
        self._clock = clock
        self._course = course
        self._cards = Together(self._look)

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries that are worded here."""
        day = timedelta(hours=23)
        return (
            Notice(
                *(Kind.REMINDER_DAY, self.day_before),
                stale_after=day,
                course=self._course,
                choice=SESSION_DAY,
            ),
            Notice(
                *(Kind.REMINDER_HOUR, self.hour_before),
                stale_after=_HOUR,
                course=self._course,
                choice=SESSION_HOUR,
            ),
            Notice(Kind.REMINDER_ASKED, self.asked, stale_after=day),
            Notice(Kind.HOST_DAY, self.host_day_before, stale_after=day, choice=_LEADING),
            Notice(Kind.HOST_HOUR, self.host_hour_before, stale_after=_HOUR, choice=_LEADING),
            Notice(Kind.QUESTIONS, self.questions, late_after=None, choice=_ASKED),
        )

    async def day_before(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The day before, unless the other reminder is due already."""
        card = await self._seat(delivery)
        if card is None or self._within_the_hour(card):
            return Moot.MOOT
        said = _(
            "A reminder: {title} {led} is on {when}.",
            title=title_of(card.session),
            led=led_by(card),
            when=When(card.session.begins),
        )
        return self._reminder(card, said, late)

    async def hour_before(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """An hour before."""
        card = await self._seat(delivery)
        if card is None:
            return Moot.MOOT
        if card.session.delay:
            said = _(
                "{title} {led} begins about {minutes} min later than planned: {when}.",
                title=title_of(card.session),
                led=led_by(card),
                minutes=card.session.delay,
                when=When(card.session.begins),
            )
        else:
            said = _(
                "{title} {led} begins within the hour: {when}.",
                title=title_of(card.session),
                led=led_by(card),
                when=When(card.session.starts),
            )
        return self._reminder(card, said, late)

    async def asked(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """For somebody who asked to be written to, whenever that is."""
        card = await self._seat(delivery)
        if card is not None and self._within_the_hour(card):
            return await self.hour_before(delivery, late)
        return await self.day_before(delivery, late)

    async def host_day_before(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The day before, for whoever leads it."""
        roster = await self._roster(delivery)
        if roster is None or self._within_the_hour(roster.card):
            return Moot.MOOT
        said = _(
            "A reminder: you lead {title} on {when}.",
            title=title_of(roster.card.session),
            when=When(roster.card.session.begins),
        )
        return _for_host(roster, said, late)

    async def host_hour_before(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """An hour before, for whoever leads it."""
        roster = await self._roster(delivery)
        if roster is None:
            return Moot.MOOT
        session = roster.card.session
        if session.delay:
            said = _(
                "{title}, which you lead, begins about {minutes} min later than planned: {when}.",
                title=title_of(session),
                minutes=session.delay,
                when=When(session.begins),
            )
        else:
            said = _(
                "{title}, which you lead, begins within the hour: {when}.",
                title=title_of(session),
                when=When(session.starts),
            )
        return _for_host(roster, said, late)

    async def questions(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Questions for whoever leads the session; nothing says who asked."""
        if delivery.member is None:
            return Moot.MOOT
        found = await self._store.read(
            views.questions_together, self._clock.now(), QuestionId(delivery.ref), delivery.member
        )
        if found is None:
            return Moot.MOOT
        asked, card = found
        if card.session.called_off or card.session.ends <= self._clock.now() or not card.leads:
            return Moot.MOOT
        said = ngettext(
            "A question for {title} on {when}:",
            "{count} questions for {title} on {when}:",
            len(asked),
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        parts: list[Part] = [*sorry(late), Text(said)]
        room = _CHARACTERS
        shown = 0
        for question in asked[:_SHOWN]:
            room -= len(question.text)
            if room < 0:
                break
            parts.append(Text(_("“{question}”", question=Typed(question.text))))
            shown += 1
        if shown < len(asked):
            parts.append(Text(_("The roster shows all of them."), Style.QUIET))
        parts.append(Button(_("Roster"), ShowRoster(card.session.code)))
        parts.extend(to_flag(asked[:shown], leads=True))
        return Reply(tuple(parts))

    def _within_the_hour(self, card: Card) -> bool:
        return card.session.starts - self._clock.now() <= _HOUR

    def _ahead(self, card: Card) -> bool:
        return not card.session.called_off and card.session.begins > self._clock.now()

    def _reminder(self, card: Card, said: Msg, late: bool) -> Reply:
        code, now = card.session.code, self._clock.now()
        queue = to_the_queue(card, now)
        if not queue and card.session.drop_in and self._within_the_hour(card):
            # It is there as soon as the queue is open.
            queue = (Button(_("Line up"), OpenQueue(code), Look.MAIN),)
        return Reply(
            (
                *sorry(late),
                Text(said),
                *queue_note(card.session, now),
                facts(card),
                *lines(if_not(card.session)),
                *way_in(card),
                *queue,
                Button(_("Leave"), LeaveSession(code)),
                Button(_("Ask a question"), OpenQuestion(code)),
            )
        )

    async def _seat(self, delivery: Delivery) -> Card | None:
        if delivery.member is None:
            return None
        card = await self._cards.find((SessionId(delivery.ref), delivery.member))
        return card if card is not None and card.holds and self._ahead(card) else None

    async def _look(
        self, asked: Sequence[tuple[SessionId, MemberId]]
    ) -> dict[tuple[SessionId, MemberId], Card]:
        return await self._store.read(views.cards_at, self._clock.now(), asked)

    async def _roster(self, delivery: Delivery) -> Roster | None:
        if delivery.member is None:
            return None
        found = await self._store.read(
            views.roster_for, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        return found if found is not None and self._ahead(found.card) else None


def _for_host(roster: Roster, said: Msg, late: bool) -> Reply:
    card = roster.card
    code = card.session.code
    pages = roster_pages(roster)
    parts: list[Part] = [
        *sorry(late),
        Text(said),
        facts(card),
        Text(roster_count(roster), Style.QUIET),
        *under_headings(pages[0]),
    ]
    if len(pages) > 1:
        parts.append(Text(_("The roster shows all of them."), Style.QUIET))
    parts.append(Divider())
    parts.extend(way_in(card))
    if card.session.drop_in:
        parts.append(Button(_("Queue"), OpenQueue(code)))
    parts.append(Button(_("Roster"), ShowRoster(code)))
    parts.append(Button(_("Pulled into a case"), PulledAway(code)))
    return Reply(tuple(parts))
