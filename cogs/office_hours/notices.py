"""News of a session, sent unasked: a seat gained, a new time, called off, late.

They are worded from the present state when they are sent. Whatever turns out to be needless by
then is `Moot`: no seat any more, called off, over.
"""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import SessionId, reminders
from bot.runtime.feature import Course, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.office_hours import views
from bot.services.office_hours.beside import clashing
from bot.services.office_hours.results import Card
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Msg, Person, Typed, When, _
from cogs.office_hours.actions import (
    LeaveSession,
    ListSessions,
    MySessions,
    ShowRoster,
)
from cogs.office_hours.dropping_in import goes_along
from cogs.office_hours.places import way_in
from cogs.office_hours.remarks import clash_note, with_standing
from cogs.office_hours.standing import free_at_once, waiting_choices
from cogs.office_hours.wording import (
    calendar_file,
    drop_this,
    facts,
    keep_this,
    lines,
    place_in_line,
    reminder_words,
    sorry,
    title_of,
)

NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)
"""What changes for people whose messages are closed is read with their next answer."""
_LISTED = 8
_SAME_DAY = timedelta(hours=6)
"""So shortly before, the time alone says enough."""


class Notices:
    """How each kind of delivery is worded."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def notices(self) -> tuple[Notice, ...]:
        """All kinds of news."""
        return (
            Notice(Kind.MOVED, self.moved, course=NEWS),
            Notice(Kind.SERIES_MOVED, self.series_moved, course=NEWS),
            Notice(Kind.CALLED_OFF, self.called_off, course=NEWS),
            Notice(Kind.SERIES_OFF, self.series_off, course=NEWS),
            Notice(Kind.LATE, self.late, stale_after=timedelta(minutes=30)),
            Notice(Kind.COHOST, self.cohost, late_after=None, course=NEWS),
        )

    async def moved(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """A new time."""
        card = await self._card(delivery)
        if card is None or not (card.takes_part or card.leads):
            return Moot.MOOT
        said = _(
            "{title} was moved. It is at {when} now.",
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        parts: list[Part] = [*sorry(late), Text(said), *await self._beside([card])]
        if not card.leads and not card.holds and not card.waits:
            return Moot.MOOT
        if card.waits:
            now = self._clock.now()
            parts.extend(lines(place_in_line(card), free_at_once(card, now)))
            parts.extend(waiting_choices(card, now))
        elif card.leads:
            parts.extend((keep_this(card), Button(_("Roster"), ShowRoster(card.session.code))))
        else:
            parts.extend(lines(goes_along(card.session), self._reminders(card)))
            parts.extend(_seat(card))
        return Reply(tuple(parts))

    async def series_moved(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """A new time for a session and those after it."""
        cards = [card for card in await self._series(delivery) if not card.session.called_off]
        if not cards:
            return Moot.MOOT
        said = _(
            "{title} was moved, and the sessions after it as well. These concern you:",
            title=title_of(cards[0].session),
        )
        return _several(late, said, cards, beside=await self._beside(cards))

    async def called_off(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """It will not be held."""
        card = await self._card(delivery, held=False)
        if card is None or not (card.takes_part or card.leads) or not card.session.called_off:
            return Moot.MOOT
        said = _(
            "{title} on {when} was called off.",
            title=title_of(card.session),
            when=When(card.session.starts),
        )
        parts: list[Part] = [*sorry(late), Text(said), *lines(_reason(card))]
        if card.sees_where:
            parts.append(drop_this(card))
        parts.append(Button(_("Office hours"), ListSessions(), Look.MAIN))
        return Reply(tuple(parts))

    async def series_off(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """A session and those after it will not be held."""
        found = await self._series(delivery)
        cards = [
            card
            for card in found
            if card.session.called_off and card.session.changed == found[0].session.changed
        ]
        if not cards:
            return Moot.MOOT
        said = _(
            "{title} was called off, and the sessions after it as well. These concern you:",
            title=title_of(cards[0].session),
        )
        return _several(late, said, cards, _reason(cards[0]))

    async def late(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The host runs late."""
        card = await self._card(delivery)
        if card is None or not (card.takes_part or card.leads) or not card.session.delay:
            return Moot.MOOT
        begins = card.session.begins
        said = _(
            "{title} begins about {minutes} min later: {when}.",
            title=title_of(card.session),
            minutes=card.session.delay,
            # A host who is called away may say so days before.
            when=When(begins, with_date=begins - self._clock.now() > _SAME_DAY),
        )
        code = card.session.code
        leave = Button(_("Leave"), LeaveSession(code))
        mine = Button(_("Roster"), ShowRoster(code)) if card.leads else leave
        if card.waits:
            mine = Button(_("Leave the waitlist"), LeaveSession(code))
        return Reply((*sorry(late), Text(said), *way_in(card), mine))

    async def cohost(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Somebody was named co-host, or is no more."""
        card = await self._card(delivery)
        if card is None:
            return Moot.MOOT
        if not card.leads:
            said = _(
                "You are no longer a co-host of {title} on {when}. Nothing is left to do.",
                title=title_of(card.session),
                when=When(card.session.starts),
            )
            return Reply((*sorry(late), Text(said), Button(_("My sessions"), MySessions())))
        said = _(
            "{host} named you as co-host of {title}.",
            host=Person(card.host),
            title=title_of(card.session),
        )
        roster = Button(_("Roster"), ShowRoster(card.session.code))
        return Reply((*sorry(late), Text(said), facts(card), keep_this(card), roster))

    async def _beside(self, cards: list[Card]) -> tuple[Text, ...]:
        """What else the receiver has at the new time, where they come or lead."""
        known = [card.session.id for card in cards if card.holds or card.leads]
        if not known:
            return ()
        found = await self._store.read(clashing, self._clock.now(), known, cards[0].viewer)
        return clash_note(found[:_LISTED])

    def _reminders(self, card: Card) -> Msg:
        times = reminders(card.session.starts, self._clock.now())
        return reminder_words(tuple(at for _ahead, at in times))

    async def _card(self, delivery: Delivery, *, held: bool = True) -> Card | None:
        """The session as the receiver sees it; with `held`, None if it is off or over."""
        if delivery.member is None:
            return None
        card = await self._store.read(
            views.card, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        if card is None or card.session.ends <= self._clock.now():
            return None
        return None if held and card.session.called_off else card

    async def _series(self, delivery: Delivery) -> tuple[Card, ...]:
        if delivery.member is None:
            return ()
        return await self._store.read(
            views.series_cards, self._clock.now(), SessionId(delivery.ref), delivery.member
        )


def _seat(card: Card) -> tuple[Part, ...]:
    return (
        facts(card),
        keep_this(card),
        *way_in(card),
        Button(_("Leave"), LeaveSession(card.session.code)),
    )


def _several(
    late: bool,
    said: Msg,
    cards: list[Card],
    reason: Msg | None = None,
    beside: tuple[Text, ...] = (),
) -> Reply:
    known = [card for card in cards if card.sees_where]
    parts: list[Part] = [*sorry(late), Text(said)]
    parts.extend(Text(with_standing(card)) for card in cards[:_LISTED])
    parts.extend((*lines(reason), *beside))
    off = all(card.session.called_off for card in cards)
    if known:
        about = (
            _("Takes these out of your calendar.")
            if off
            else _("Updates these entries in your calendar.")
        )
        parts.append(calendar_file(known, about))
    parts.append(Button(_("My sessions"), MySessions()))
    if off:
        parts.append(Button(_("Office hours"), ListSessions()))
    return Reply(tuple(parts))


def _reason(card: Card) -> Msg | None:
    if not card.session.reason:
        return None
    return _("The reason given: {reason}", reason=Typed(card.session.reason))
