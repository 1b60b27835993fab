"""`hours list`: what can be joined; the next date of a series stands for all of them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.people import Role
from bot.domain.recurrence import Repeat
from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall, wall_at
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours.listing import Behind, Looked, listing
from bot.services.office_hours.results import Card
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.topics import topic_key, topic_words
from bot.ui.words import Msg, Slash, _, ngettext
from cogs.office_hours.actions import (
    JoinSession,
    LeaveSession,
    ListSessions,
    OpenQuestion,
    ShowRoster,
)
from cogs.office_hours.dropping_in import to_the_queue
from cogs.office_hours.standing import answer_offer, waiting_choices
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import line, repetition, standing, title_of

_PAGE = 6
_WEEKDAYS = (
    _("every Monday"),
    _("every Tuesday"),
    _("every Wednesday"),
    _("every Thursday"),
    _("every Friday"),
    _("every Saturday"),
    _("every Sunday"),
)


class Lists:
    """The handler."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ListSessions, self.list, may=Role.GUEST),)

    async def list(self, caller: Caller, request: ListSessions) -> Reply:
        """Sessions that can be joined, in the reader's own time."""
        now = self._clock.now()
        topic = _short(request.topic)
        looked = Looked(topic, _midnight(request.from_, caller), request.series)
        page = max(0, request.page)
        found = await self._store.read(listing, now, actor_of(caller), looked, page, _PAGE)
        if not found.cards:
            return _nothing(caller, topic, request)
        one = request.series is not None
        heading = (
            _("All dates of {title}", title=title_of(found.cards[0].session))
            if one
            else _("Office hours")
        )
        parts: list[Part] = [Text(heading, Style.HEADING)]
        for card in found.cards:
            behind = found.behind.get(card.session.id)
            parts.append(Text(line(card)))
            if behind is not None:
                parts.append(Text(more_dates(card, behind, caller.zone), Style.QUIET))
            if (said := standing(card, now)) is not None:
                parts.append(Text(said, Style.QUIET))
            if Role.MEMBER in caller.roles:
                parts.extend(_choices(card, now))
            if behind is not None:
                parts.append(Button(_("All dates"), ListSessions(series=card.session.code)))
        return Reply((*parts, *_pages(request, topic, found.more)), replaces=page > 0 or one)


def more_dates(card: Card, behind: Behind, zone: ZoneInfo | None = None) -> Msg:
    """That a session is the next of a series; `zone`: on whose clock the weekday is meant."""
    often = repetition(behind.repeat)
    if behind.repeat is Repeat.WEEKLY and zone is not None:
        often = _WEEKDAYS[wall_at(card.session.starts, zone).weekday()]
    return ngettext(
        "A series, {often}: this is the next one, {count} more is planned.",
        "A series, {often}: this is the next one, {count} more are planned.",
        behind.more,
        often=often,
    )


def _pages(request: ListSessions, topic: str | None, more: bool) -> tuple[Part, ...]:
    def to(page: int) -> ListSessions:
        return ListSessions(topic, request.from_, page, request.series)

    pages: list[Part] = []
    if request.page > 0:
        pages.append(Button(_("Earlier"), to(request.page - 1)))
    if more:
        pages.append(Button(_("More"), to(request.page + 1)))
    if pages:
        pages.insert(0, Text(_("Page {page}", page=request.page + 1), Style.QUIET))
    if request.series is not None:
        pages.append(Button(_("All office hours"), ListSessions()))
    return tuple(pages)


def _nothing(caller: Caller, topic: str | None, request: ListSessions) -> Reply:
    parts: list[Part]
    looked = topic is not None or request.from_ is not None or request.series is not None
    if looked or request.page > 0:
        parts = [
            Text(
                _("No office hours about {topic} are planned.", topic=topic_words(topic))
                if topic
                else _("Nothing is planned from there on.")
            ),
            Button(_("Show all office hours"), ListSessions()),
        ]
    else:
        parts = [Text(_("No office hours are planned yet."))]
    if Role.HOST in caller.roles:
        said = _("You can open one: {command}", command=Slash("hours host"))
    else:
        said = _("A host can open one: {command}", command=Slash("hours host"))
    return Reply((*parts, Text(said, Style.QUIET)))


def _choices(card: Card, now: datetime) -> tuple[Part, ...]:
    code = card.session.code
    queue = to_the_queue(card, now)
    if card.holds:
        return (*queue, Button(_("Leave"), LeaveSession(code)))
    if card.offered_until is not None:
        return answer_offer(card)
    if card.waits:
        return waiting_choices(card, now)
    if card.leads:
        return (*queue, Button(_("Roster"), ShowRoster(code)))
    question = Button(_("Ask a question"), OpenQuestion(code))
    if not card.joinable(now):
        return (question,)
    if queue:
        return (*queue, question)
    if card.session.full:
        return (Button(_("Waitlist"), JoinSession(code)), question)
    return (Button(_("Join"), JoinSession(code), Look.MAIN), question)


def _short(topic: str | None) -> str | None:
    """A topic as it travels in the buttons of the list: no signs that its payload would double."""
    if topic is None:
        return None
    kept = "".join(sign for sign in topic_key(topic) if sign.isprintable() and sign not in '"\\')
    return kept[:40] or None


def _midnight(day: date | None, caller: Caller) -> datetime | None:
    """When a day begins where the caller is."""
    if day is None:
        return None
    match resolve_wall(datetime.combine(day, time()), caller.zone):
        case Once(at) | Gap(at) | Doubled(at):
            return at
