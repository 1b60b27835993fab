"""How a session is put into words: one line, its facts, its place, its calendar file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bot.domain.calendar_file import CalendarEntry, session_calendar
from bot.domain.office_hours import Bar, ForWhom, Session, barred
from bot.domain.recurrence import Repeat
from bot.services.office_hours.results import Card
from bot.ui.parts import Facts, File, Text
from bot.ui.topics import topic_words
from bot.ui.visible import visible
from bot.ui.words import (
    Code,
    Listing,
    Msg,
    Person,
    Strong,
    Typed,
    When,
    Words,
    _,
    ngettext,
)
from cogs.office_hours.dropping_in import is_in
from cogs.office_hours.places import where_words


def for_whom(whom: ForWhom) -> Msg:
    """Whom a session is meant for."""
    match whom:
        case ForWhom.EVERYONE:
            return _("everyone")
        case ForWhom.STUDENTS:
            return _("students")
        case ForWhom.RESIDENTS_UP:
            return _("residents and up")
        case ForWhom.HOSTS:
            return _("hosts of this community")
        case ForWhom.REVIEWERS:
            return _("reviewers of this community")
        case ForWhom.MODERATORS:
            return _("moderators of this community")


def repetition(repeat: Repeat) -> Msg:
    """How often a series comes back."""
    match repeat:
        case Repeat.NONE:
            return _("once")
        case Repeat.WEEKLY:
            return _("every week")
        case Repeat.TWO_WEEKLY:
            return _("every two weeks")
        case Repeat.MONTHLY:
            return _("every month")


def title_of(session: Session) -> Strong:
    """The title, standing out."""
    return Strong(session.plan.title)


def seats_left(session: Session) -> Msg:
    """How many can still come."""
    free = session.free
    if free is None:
        return _("drop in as you like")
    if free == 0:
        return _("full; there is a waitlist")
    return ngettext("{count} free seat", "{count} free seats", free)


def line(card: Card) -> Msg:
    """A session in two lines, for lists."""
    return _line(card, seats_left(card.session))


def public_line(card: Card) -> Msg:
    """The same where everybody reads it: how many can still come is said to each by themselves."""
    seats = card.session.plan.capacity
    if seats is None:
        return line(card)
    return _line(card, ngettext("{count} seat", "{count} seats", seats))


def _line(card: Card, seats: Msg) -> Msg:
    session = card.session
    meant: Msg | Typed = Typed("")
    if session.plan.for_whom is not ForWhom.EVERYONE:
        meant = _(" · for {group}", group=for_whom(session.plan.for_whom))
    return _(
        "{title} · {when}\n{topic} · {minutes} min {led} · {seats}{meant} · {code}",
        title=title_of(session),
        when=When(session.begins),
        topic=topic_words(session.plan.topic),
        minutes=session.plan.minutes,
        led=led_by(card),
        seats=seats,
        meant=meant,
        code=Code(session.code),
    )


def led_by(card: Card) -> Msg:
    """With whom it is, as far as anybody leads it."""
    if card.session.without_host:
        return _("without a host")
    return _("with {host}", host=Person(card.host))


def short_line(card: Card) -> Msg:
    """A session in one line, for people who know it."""
    return _(
        "{title} · {when} · {code}",
        title=title_of(card.session),
        when=When(card.session.begins),
        code=Code(card.session.code),
    )


def standing(card: Card, now: datetime) -> Msg | None:
    """What the reader has to do with the session, if anything."""
    if card.holds:
        return is_in(card.session)
    if card.offered_until is not None:
        return _("A seat is kept for you until {when}.", when=When(card.offered_until))
    if card.waits:
        return place_in_line(card)
    if card.leads:
        return _("You lead this session.")
    if barred(card.session, now) is Bar.CLOSED:
        return _("Sign-up is closed.")
    return None


def place_in_line(card: Card) -> Msg:
    """Where in the line the reader stands."""
    return _("You are number {position} on the waitlist.", position=card.position or 1)


def facts(card: Card) -> Facts:
    """A session as a compact list; where it is only for those who may know."""
    session = card.session
    rows: list[tuple[Msg, Words]] = [
        (_("When"), lasting(session.begins, session.plan.minutes)),
        (_("Topic"), topic_words(session.plan.topic)),
        (_("Host"), hosts(card)),
    ]
    if session.plan.agenda:
        rows.append((_("Agenda"), Typed(session.plan.agenda)))
    if card.sees_where:
        rows.append((_("Where"), where_words(session.plan)))
    if card.seat is not None and card.seat.about:
        rows.append((_("You want to talk about"), Typed(card.seat.about)))
    if session.without_host:
        rows.append((_("Host away"), _("you can meet without a host")))
    if session.delay:
        planned = When(session.starts)
        late = _("about {minutes} min; planned for {when}", minutes=session.delay, when=planned)
        rows.append((_("Delay"), late))
    rows.append((_("Code"), Code(session.code)))
    return Facts(tuple(rows))


def lasting(starts: datetime, minutes: int) -> Msg:
    """When something is and how long it takes."""
    return _("{when}, {minutes} min", when=When(starts), minutes=minutes)


def hosts(card: Card) -> Words:
    """The host, and co-hosts where there are some."""
    if not card.cohosts:
        return Person(card.host)
    people = Listing(tuple(Person(one) for one in (card.host, *card.cohosts)))
    return _("{people}", people=people)


def moments(times: Iterable[datetime]) -> Listing:
    """Several moments in one sentence."""
    return Listing(tuple(When(at) for at in times))


def reminder_words(times: tuple[datetime, ...]) -> Msg:
    """When reminders come."""
    if not times:
        return _("It begins so soon that no reminder comes before it.")
    return _("You will be reminded: {times}.", times=moments(times))


def sorry(late: bool) -> tuple[Text, ...]:
    """A word of apology in front of a message that comes late."""
    if not late:
        return ()
    return (Text(_("This message comes late, and we are sorry for that.")),)


def calendar_file(cards: Iterable[Card], about: Msg) -> File:
    """The .ics file of these sessions; where they are only for those who may know."""
    cards = tuple(cards)
    name = f"office-hour-{cards[0].session.code}" if len(cards) == 1 else "office-hours"
    content = session_calendar([_entry(card) for card in cards])
    return File(f"{name}.ics", content, "text/calendar", about)


def keep_this(card: Card) -> File:
    """The .ics file that goes with a receipt."""
    return keep_these((card,))


def keep_these(cards: tuple[Card, ...]) -> File:
    """The same for one or more."""
    if len(cards) == 1:
        return calendar_file(cards, _("Calendar entry; opening it again updates it."))
    return calendar_file(cards, _("Updates these entries in your calendar."))


def drop_this(card: Card) -> File:
    """The .ics file that goes with the word that a session is called off."""
    return drop_these((card,))


def drop_these(cards: tuple[Card, ...]) -> File:
    """The same for one or more."""
    if len(cards) == 1:
        return calendar_file(cards, _("Takes it out of your calendar."))
    return calendar_file(cards, _("Takes these out of your calendar."))


def _entry(card: Card) -> CalendarEntry:
    session = card.session
    label = topic_words(session.plan.topic)
    return CalendarEntry(
        uid=session.uid,
        sequence=session.revision,
        title=visible(session.plan.title),
        starts=session.begins,
        minutes=session.plan.minutes,
        location=visible(session.plan.where) if card.sees_where else "",
        about=visible("\n\n".join(filter(None, (label.text, session.plan.agenda)))),
        organiser_name=visible(card.host.name),
        cancelled=session.called_off,
        updated=session.changed,
    )


def lines(*sentences: Msg | None) -> tuple[Text, ...]:
    """A paragraph for each sentence that there is."""
    return tuple(Text(one) for one in sentences if one is not None)
