"""News of a session beside its time: changed, handed over, open without its host, shifted."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import SessionId
from bot.runtime.feature import Moot, Notice
from bot.services.office_hours import views
from bot.services.office_hours.reminding import shift_of
from bot.services.office_hours.results import Card
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.parts import Button, Part, Reply, Text
from bot.ui.words import Msg, Person, When, _
from cogs.office_hours.actions import LeaveSession, ListSessions, MySessions, ShowRoster
from cogs.office_hours.dropping_in import no_longer_in
from cogs.office_hours.notices import NEWS
from cogs.office_hours.places import way_in
from cogs.office_hours.remarks import shift_words, with_standing
from cogs.office_hours.wording import (
    facts,
    keep_these,
    keep_this,
    lines,
    place_in_line,
    sorry,
    title_of,
)

_LISTED = 8


class WordOfChange:
    """How these kinds of deliveries are worded."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def notices(self) -> tuple[Notice, ...]:
        """All of them."""
        soon = timedelta(hours=2)
        return (
            Notice(Kind.CHANGED, self.changed, course=NEWS),
            Notice(Kind.SERIES_CHANGED, self.series_changed, course=NEWS),
            Notice(Kind.SEVERAL, self.several, course=NEWS),
            Notice(Kind.HANDED_OVER, self.handed_over, course=NEWS),
            Notice(Kind.SERIES_HANDED_OVER, self.series_handed_over, course=NEWS),
            Notice(Kind.WITHOUT_HOST, self.without_host, stale_after=soon, course=NEWS),
            Notice(Kind.WITH_HOST, self.with_host, stale_after=soon, course=NEWS),
            Notice(Kind.NOT_KEPT, self.not_kept, course=NEWS),
            Notice(Kind.OVER_WEEK, self.not_kept, course=NEWS),
            Notice(Kind.SHIFT, self.shift, late_after=None, stale_after=timedelta(days=3)),
        )

    async def changed(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Title, topic, length or place."""
        card = await self._card(delivery)
        if card is None:
            return Moot.MOOT
        said = _("{title} was changed. This is how it stands now:", title=title_of(card.session))
        return _as_it_stands(card, said, late)

    async def several(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """More than one change, before the first was read."""
        card = await self._card(delivery)
        if card is None:
            return Moot.MOOT
        said = _(
            "More than one thing about {title} has changed. This is how it stands now:",
            title=title_of(card.session),
        )
        now_host = card.session.host == card.viewer and card.session.plan.cohosts
        lead = _("You lead it.") if now_host else None
        return _as_it_stands(card, said, late, lead)

    async def series_changed(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The same for a session and those after it."""
        cards = await self._series(delivery)
        if not cards:
            return Moot.MOOT
        said = _(
            "{title} was changed, and the sessions after it as well. These concern you:",
            title=title_of(cards[0].session),
        )
        parts: list[Part] = [*sorry(late), Text(said)]
        parts.extend(Text(with_standing(card)) for card in cards[:_LISTED])
        parts.append(facts(cards[0]))
        known = tuple(card for card in cards if card.sees_where)
        if known:
            parts.append(keep_these(known))
        parts.append(Button(_("My sessions"), MySessions()))
        return Reply(tuple(parts))

    async def handed_over(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Somebody else leads it."""
        card = await self._card(delivery)
        if card is None:
            return Moot.MOOT
        session = card.session
        if session.host == card.viewer:
            said = _(
                "You lead {title} now, on {when}. Thank you for taking it over.",
                title=title_of(session),
                when=When(session.begins),
            )
        else:
            said = _(
                "{who} leads {title} on {when}. Everything else stays as it was.",
                who=Person(card.host),
                title=title_of(session),
                when=When(session.begins),
            )
        return Reply((*sorry(late), Text(said), *_after(card)))

    async def series_handed_over(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The same for a session and those after it."""
        cards = await self._series(delivery)
        if not cards:
            return Moot.MOOT
        session = cards[0].session
        if session.host == cards[0].viewer:
            said = _(
                "You lead {title} now, from {when} on. Thank you for taking it over.",
                title=title_of(session),
                when=When(session.begins),
            )
        else:
            said = _(
                "{who} leads {title} from {when} on. Everything else stays as it was.",
                who=Person(cards[0].host),
                title=title_of(session),
                when=When(session.begins),
            )
        known = tuple(card for card in cards if card.sees_where)
        keep = (keep_these(known),) if known else ()
        return Reply((*sorry(late), Text(said), *keep, Button(_("My sessions"), MySessions())))

    async def without_host(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """People meet on their own."""
        card = await self._card(delivery)
        if card is None or not card.session.without_host:
            return Moot.MOOT
        said = _(
            "{host} was called away. {title} at {when} is open all the same: you can meet without"
            " a host.",
            host=Person(card.host),
            title=title_of(card.session),
            when=When(card.session.begins),
        )
        return Reply((*sorry(late), Text(said), *_after(card)))

    async def with_host(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The host can come after all."""
        card = await self._card(delivery)
        if card is None or card.session.without_host:
            return Moot.MOOT
        said = _(
            "{host} can come after all and leads {title} at {when}.",
            host=Person(card.host),
            title=title_of(card.session),
            when=When(card.session.begins),
        )
        return Reply((*sorry(late), Text(said), *_after(card)))

    async def not_kept(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The same words for whatever the reason is."""
        if delivery.member is None:
            return Moot.MOOT
        card = await self._store.read(
            views.card, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        if card is None or card.holds or card.session.called_off:
            return Moot.MOOT
        if card.session.starts <= self._clock.now():
            return Moot.MOOT
        if delivery.kind == Kind.OVER_WEEK:
            said = _(
                "Your two accounts had more seats together than one person may have in a week, so"
                " your seat in {title} on {when} went back.",
                title=title_of(card.session),
                when=When(card.session.starts),
            )
        else:
            said = no_longer_in(card.session)
        return Reply((*sorry(late), Text(said), Button(_("Other sessions"), ListSessions())))

    async def shift(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Clocks changed somewhere."""
        member = delivery.member
        if member is None:
            return Moot.MOOT

        now = self._clock.now()

        def look(work: Work) -> tuple[Card, timedelta] | None:
            card = views.card(work, now, SessionId(delivery.ref), member)
            return None if card is None else (card, shift_of(work, card.session, card.viewer))

        found = await self._store.read(look)
        if found is None or not found[1] or not (found[0].holds or found[0].leads):
            return Moot.MOOT
        card, by = found
        if card.session.called_off or card.session.starts <= self._clock.now():
            return Moot.MOOT
        return Reply((Text(shift_words(card, by)), facts(card), *_after(card)))

    async def _series(self, delivery: Delivery) -> list[Card]:
        """Those of a series that concern the receiver and will be held."""
        if delivery.member is None:
            return []
        found = await self._store.read(
            views.series_cards, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        return [card for card in found if not card.session.called_off]

    async def _card(self, delivery: Delivery) -> Card | None:
        """The session as the receiver sees it, while it stands and concerns them."""
        if delivery.member is None:
            return None
        card = await self._store.read(
            views.card, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
        if card is None or card.session.ends <= self._clock.now() or card.session.called_off:
            return None
        return card if card.takes_part or card.leads else None


def _as_it_stands(card: Card, said: Msg, late: bool, lead: Msg | None = None) -> Reply:
    line = place_in_line(card) if card.waits else lead
    return Reply((*sorry(late), Text(said), facts(card), *lines(line), *_after(card)))


def _after(card: Card) -> tuple[Part, ...]:
    code = card.session.code
    if card.leads:
        return (keep_this(card), *way_in(card), Button(_("Roster"), ShowRoster(code)))
    if card.holds:
        return (keep_this(card), *way_in(card), Button(_("Leave"), LeaveSession(code)))
    return (Button(_("My sessions"), MySessions()),)
