"""What is said about free seats: an offer, that it ran out, that one is free for anybody."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import SeatState, Session, SessionId
from bot.domain.seats import LAST_HOURS, first_come
from bot.runtime.feature import Choice, Course, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.office_hours import offers, views
from bot.services.office_hours.beside import clashes
from bot.services.office_hours.results import Card
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import Msg, When, _
from cogs.office_hours.actions import JoinSession, LeaveSession, ListSessions
from cogs.office_hours.remarks import clash_note, other_dates
from cogs.office_hours.standing import TakeSeat, answer_offer
from cogs.office_hours.wording import facts, lines, sorry, title_of

_OFFER = Course(offers.told_now, sending.told_news, offers.not_reached)
_IN_VAIN = Course(offers.in_vain, sending.told_news, sending.missed_news)
_RUN_OUT = Course(offers.run_out, sending.told_news, sending.missed_news)

_FREE = Choice("free seat", _("A seat is free for whoever comes first"))


class Offering:
    """How offers are worded."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries about free seats."""
        return (
            Notice(Kind.OFFER, self.offer, course=_OFFER),
            Notice(Kind.LAPSED, self.lapsed, late_after=None, course=_RUN_OUT),
            Notice(
                Kind.FREE,
                self.free,
                late_after=None,
                stale_after=timedelta(hours=2),
                choice=_FREE,
            ),
            Notice(Kind.NO_SEAT, self.no_seat, late_after=None, course=_IN_VAIN),
        )

    async def offer(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """A seat is kept for the reader."""
        found = await self._card(delivery)
        until = found[0].offered_until if found is not None else None
        if found is None or until is None or until <= self._clock.now():
            return Moot.MOOT
        card, beside = found
        said = _(
            "A seat in {title} on {when} is free, and you are first in line.",
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        return Reply(
            (
                *sorry(late),
                Text(said),
                *lines(_kept(card.session, until), _("No answer is fine as well.")),
                *clash_note(beside),
                facts(card),
                *answer_offer(card, here=True),
            )
        )

    async def lapsed(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The offer ran out, and nothing is held against anybody."""
        found = await self._card(delivery)
        if found is None:
            return Moot.MOOT
        card = found[0]
        if card.seat is None or card.seat.state is not SeatState.LAPSED:
            return Moot.MOOT
        code = card.session.code
        if not card.session.full:
            said = _(
                "The seat in {title} on {when} was kept for you until now. It is free for whoever"
                " comes first; you are welcome to it.",
                title=title_of(card.session),
                when=When(card.session.starts),
            )
            take = Button(_("Take the seat"), TakeSeat(code), Look.MAIN)
            return Reply((Text(said), take, Button(_("Office hours"), ListSessions())))
        said = _(
            "The seat in {title} on {when} went on to the next in line. That is quite all right; if"
            " you like, you keep a place at the end.",
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        keep = Button(_("Keep a place at the end"), JoinSession(code))
        return Reply((Text(said), keep, Button(_("Office hours"), ListSessions())))

    async def free(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """One is free, for whoever comes first."""
        found = await self._card(delivery)
        if found is None:
            return Moot.MOOT
        card, beside = found
        now = self._clock.now()
        if not card.waits or card.session.full or not first_come(card.session.starts, now):
            return Moot.MOOT
        said = _(
            "A seat in {title} at {when} is free. It begins soon, so everybody in line is told at"
            " the same time: whoever comes first has it.",
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        return Reply(
            (
                Text(said),
                *clash_note(beside),
                *lines(_("If it is taken already, you stay where you are in the line.")),
                Button(_("Take the seat"), TakeSeat(card.session.code), Look.MAIN),
                Button(_("Leave the waitlist"), LeaveSession(card.session.code)),
            )
        )

    async def no_seat(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Nobody who waits is left without a word."""
        if delivery.member is None:
            return Moot.MOOT
        card = await self._store.read(
            views.card, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        if card is None or card.session.called_off or not card.waits:
            return Moot.MOOT
        session = card.session
        said = _(
            "No seat in {title} on {when} came free for you this time. Thank you for waiting.",
            title=title_of(session),
            when=When(session.starts),
        )
        if session.series is None:
            return Reply((Text(said), Button(_("Office hours"), ListSessions(), Look.MAIN)))
        first = _("On the waitlist of the next date you come before those who had a seat.")
        parts = (Text(said), *lines(first if session.plan.fair else None))
        return Reply((*parts, *other_dates(card)))

    async def _card(self, delivery: Delivery) -> tuple[Card, tuple[Session, ...]] | None:
        """The session as the reader sees it, while it can be joined, and what else they have."""
        member, now = delivery.member, self._clock.now()
        if member is None:
            return None

        def look(work: Work) -> tuple[Card, tuple[Session, ...]] | None:
            session = work.office_hours.session(SessionId(delivery.ref))
            if session is None:
                return None
            card = views.card_with(
                work, now, session, member, work.office_hours.seat(session.id, member)
            )
            return card, clashes(work, now, card.session, member)

        found = await self._store.read(look)
        if found is None or found[0].session.called_off or now >= found[0].session.starts:
            return None
        return found


def _kept(session: Session, until: datetime) -> Msg:
    """Until when an offer stands, and why until then."""
    if until == session.starts - LAST_HOURS:
        return _(
            "It is kept for you until {until}, two hours before it begins. From then on it is for"
            " whoever comes first.",
            until=When(until),
        )
    return _(
        "It is kept for you until {until}. That is 12 hours from this offer; offers are made by"
        " day, so that nobody has to be awake for one. After that it goes to the next in line.",
        until=When(until),
    )
