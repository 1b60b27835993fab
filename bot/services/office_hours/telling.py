"""Who is told what about a session, and when: delivery rows in the transaction of their cause.

Subjects for each session: `session:<id>` holds reminders, `offer:<id>` and `free:<id>` what is said
about free seats; any change makes these moot. `news:<id>` holds what was changed; newer news say it
with them (see `news`). `ref` is the session, or the first question of a bundle.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.clock_shift import NOTICE, shift
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.office_hours import Ahead, Bundle, Seat, Session, reminders
from bot.domain.people import MemberId
from bot.domain.recurrence import Recurrence
from bot.domain.seats import Offer
from bot.services.ports import Work


class Kind(enum.StrEnum):
    """The kinds of deliveries of office hours."""

    REMINDER_DAY = "oh.reminder_day"
    REMINDER_HOUR = "oh.reminder_hour"
    REMINDER_ASKED = "oh.reminder_asked"
    """Somebody who was named in the channel asked to be written to."""
    WAVE_DAY = "oh.wave_day"
    WAVE_HOUR = "oh.wave_hour"
    HOST_DAY = "oh.host_day"
    HOST_HOUR = "oh.host_hour"
    HOST_OVER = "oh.host_over"
    """The host is asked who was there."""
    OFFER = "oh.offer"
    LAPSED = "oh.lapsed"
    FREE = "oh.free"
    NO_SEAT = "oh.no_seat"
    """It has begun, and no seat came free for somebody in line."""
    MOVED = "oh.moved"
    SERIES_MOVED = "oh.series_moved"
    CALLED_OFF = "oh.called_off"
    SERIES_OFF = "oh.series_off"
    LATE = "oh.late"
    CHANGED = "oh.changed"
    SERIES_CHANGED = "oh.series_changed"
    SEVERAL = "oh.several"
    """More than one of these changes, said together."""
    HANDED_OVER = "oh.handed_over"
    SERIES_HANDED_OVER = "oh.series_handed_over"
    WITHOUT_HOST = "oh.without_host"
    WITH_HOST = "oh.with_host"
    """The host can come after all."""
    SHIFT = "oh.shift"
    OVER = "oh.over"
    QUESTIONS = "oh.questions"
    COHOST = "oh.cohost"
    NOT_KEPT = "oh.not_kept"
    """A seat ended that its holder did not give back."""
    OVER_WEEK = "oh.over_week"
    """One was given back because two accounts turned out to be one person's."""
    GROUP_HOUR = "oh.group_hour"


_REMINDER = {Ahead.DAY: Kind.REMINDER_DAY, Ahead.HOUR: Kind.REMINDER_HOUR}
_FOR_HOSTS = {Ahead.DAY: Kind.HOST_DAY, Ahead.HOUR: Kind.HOST_HOUR}


def subject(session: Session) -> str:
    """What reminders of a session are cancelled by."""
    return f"session:{session.id}"


def offered(session: Session) -> str:
    """What offers of its seats are cancelled by."""
    return f"offer:{session.id}"


def free(session: Session) -> str:
    """What the word that a seat is free for whoever comes first is cancelled by."""
    return f"free:{session.id}"


def news(session: Session) -> str:
    """What notices of a change of a session are cancelled by."""
    return f"news:{session.id}"


def remind(work: Work, session: Session, seats: Iterable[Seat], now: datetime) -> None:
    """Reminders for these seats. The turn and the revision make each of them unique: whoever
    leaves and comes back, or comes to a session that was moved there and back, is reminded anew.
    The last row is no message: when the session is over, what comes after it begins.
    """
    seats = tuple(seats)
    work.deliveries.schedule(
        NewDelivery(
            kind=Kind.OVER,
            community=session.community,
            subject=subject(session),
            key=f"{Kind.OVER}:{session.id}:{seat.member}:{seat.turn}:{session.revision}",
            due=session.ends,
            member=seat.member,
            ref=session.id,
        )
        for seat in seats
    )
    work.deliveries.schedule(
        NewDelivery(
            kind=_REMINDER[ahead],
            community=session.community,
            subject=subject(session),
            key=":".join(
                (
                    _REMINDER[ahead],
                    f"{session.id}",
                    f"{seat.member}",
                    f"{seat.turn}",
                    f"{session.revision}",
                    f"{int(session.starts.timestamp())}",
                )
            ),
            due=at,
            member=seat.member,
            ref=session.id,
        )
        for seat in seats
        for ahead, at in reminders(session.starts, now)
    )


def remind_hosts(work: Work, sessions: Iterable[Session], now: datetime) -> None:
    """Reminders for the host and the co-hosts of each of these sessions; and for the host, at its
    end, the question who was there. Who leads it may change until then."""
    sessions = tuple(sessions)
    work.deliveries.schedule(
        NewDelivery(
            kind=Kind.HOST_OVER,
            community=session.community,
            subject=subject(session),
            key=f"{Kind.HOST_OVER}:{session.id}:{member}:{session.revision}",
            due=session.ends,
            member=member,
            ref=session.id,
        )
        for session in sessions
        for member in dict.fromkeys((session.host, *session.plan.cohosts))
    )
    work.deliveries.schedule(
        NewDelivery(
            kind=_FOR_HOSTS[ahead],
            community=session.community,
            subject=subject(session),
            key=f"{_FOR_HOSTS[ahead]}:{session.id}:{member}:{session.revision}"
            f":{int(session.starts.timestamp())}",
            due=at,
            member=member,
            ref=session.id,
        )
        for session in sessions
        for member in dict.fromkeys((session.host, *session.plan.cohosts))
        for ahead, at in reminders(session.starts, now)
    )


def shifts(
    work: Work,
    session: Session,
    rule: Recurrence,
    people: Iterable[tuple[MemberId, int, ZoneInfo]],
    now: datetime,
    *,
    at_once: bool = False,
) -> None:
    """Whoever has it at another hour of their own clock than the time before hears of it.

    `people`: each with their turn (0 for who leads it) and where they live. `at_once`: also where
    the time to hear of it has passed.
    """
    due = session.starts - NOTICE
    if due <= now < session.starts and at_once:
        due = now
    if session.slot is None or due < now or (due == now and not at_once):
        return
    slot = session.slot
    work.deliveries.schedule(
        NewDelivery(
            kind=Kind.SHIFT,
            community=session.community,
            subject=subject(session),
            key=f"{Kind.SHIFT}:{session.id}:{member}:{turn}:{session.revision}",
            due=due,
            member=member,
            ref=session.id,
        )
        for member, turn, zone in people
        if shift(rule, slot, session.starts, zone)
    )


def forget(work: Work, session: Session, member: MemberId | None = None) -> None:
    """No reminders and no offers any more, for everybody or for one."""
    for about in (subject(session), offered(session), free(session)):
        work.deliveries.cancel(about, member=member)


def offers(work: Work, session: Session, made: Mapping[MemberId, tuple[Seat, Offer]]) -> None:
    """Seats are offered; each offer also has the moment at which it runs out."""
    work.deliveries.schedule(
        NewDelivery(
            kind=kind,
            community=session.community,
            subject=offered(session),
            key=f"{kind}:{session.id}:{member}:{seat.turn}:{session.revision}",
            due=due,
            member=member,
            ref=session.id,
        )
        for member, (seat, offer) in made.items()
        for kind, due in ((Kind.OFFER, offer.told), (Kind.LAPSED, offer.until))
    )


def runs_out(work: Work, session: Session, seat: Seat, offer: Offer) -> None:
    """An offer has another deadline than it was made with."""
    kind = Kind.LAPSED
    key = f"{kind}:{session.id}:{seat.member}:{seat.turn}:{int(offer.until.timestamp())}"
    row = NewDelivery(
        *(kind, session.community, offered(session), key, offer.until, seat.member), ref=session.id
    )
    work.deliveries.schedule([row])


def when_awake(work: Work, row: Delivery, awake: datetime) -> None:
    """What is said about an offer is told when its receiver is awake."""
    key = f"{row.key}:{int(awake.timestamp())}"
    work.deliveries.schedule(
        [NewDelivery(row.kind, row.community, row.subject, key, awake, row.member, ref=row.ref)]
    )


def at_its_start(work: Work, session: Session, row: Delivery) -> None:
    """The session was put off: what is said as it begins waits until then."""
    due = session.starts
    key = f"{row.key}:{int(due.timestamp())}"
    work.deliveries.schedule(
        [NewDelivery(row.kind, row.community, row.subject, key, due, row.member, ref=row.ref)]
    )


def free_for_all(work: Work, session: Session, seats: Iterable[Seat], now: datetime) -> None:
    """A seat is free for whoever comes first: everybody in line hears it at the same time."""
    work.deliveries.cancel(free(session))
    work.deliveries.schedule(
        _now(
            Kind.FREE,
            session,
            free(session),
            f"{Kind.FREE}:{session.id}:{seat.member}:{int(now.timestamp())}",
            now,
            seat.member,
        )
        for seat in seats
    )


def waits(work: Work, session: Session, seat: Seat) -> None:
    """Somebody in line hears as it begins if they wait until then in vain. Whether they do is
    looked at at that moment, so nothing but another place in line takes this back."""
    about = f"line:{session.id}"
    work.deliveries.cancel(about, member=seat.member)
    key = f"{Kind.NO_SEAT}:{session.id}:{seat.member}:{seat.turn}"
    work.deliveries.schedule([_now(Kind.NO_SEAT, session, about, key, session.starts, seat.member)])


def answered(work: Work, session: Session, member: MemberId) -> None:
    """An offer was answered: nothing more about it."""
    for about in (offered(session), free(session)):
        work.deliveries.cancel(about, member=member)


def changed(work: Work, kind: Kind, session: Session, member: MemberId, now: datetime) -> None:
    """News about a session for somebody, once for each of its changes."""
    key = f"{kind}:{session.id}:{session.revision}:{member}"
    work.deliveries.schedule([_now(kind, session, news(session), key, now, member)])


def questions(work: Work, session: Session, told: Bundle) -> None:
    """Whoever leads the session has questions to read; those of one bundle come as one message."""
    first = told.questions[0]
    work.deliveries.schedule(
        NewDelivery(
            kind=Kind.QUESTIONS,
            community=session.community,
            subject=f"questions:{session.id}",
            key=f"{Kind.QUESTIONS}:{first.id}:{member}",
            due=told.due,
            member=member,
            ref=first.id,
        )
        for member in dict.fromkeys((session.host, *session.plan.cohosts))
    )


def cohosts(work: Work, session: Session, members: Iterable[MemberId], now: datetime) -> None:
    """People were named co-host, or are no more, and should hear of it. What they read is how it
    stands when it is sent."""
    about = f"cohost:{session.id}"
    for member in members:
        work.deliveries.cancel(about, member=member)
        key = f"{Kind.COHOST}:{session.id}:{member}:{session.revision}"
        work.deliveries.schedule([_now(Kind.COHOST, session, about, key, now, member)])


def group_hour(work: Work, session: Session, members: Iterable[MemberId], now: datetime) -> None:
    """Who asked about its topic hears, each alone, that there is a session about it."""
    about = f"group:{session.id}"
    work.deliveries.schedule(
        _now(
            *(Kind.GROUP_HOUR, session, about, f"{Kind.GROUP_HOUR}:{session.id}:{member}"),
            *(now, member),
        )
        for member in members
    )


def _now(
    kind: Kind,
    session: Session,
    about: str,
    key: str,
    now: datetime,
    member: MemberId,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        community=session.community,
        subject=about,
        key=key,
        due=now,
        member=member,
        ref=session.id,
    )
