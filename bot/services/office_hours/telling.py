"""Who is told what about a session, and when: delivery rows in the transaction of their cause.

Two subjects for each session: `session:<id>` holds reminders and seats gained, which any change
makes moot; `news:<id>` holds what was changed, which only newer news makes moot. `ref` is the
session, or the first question of a bundle.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import Ahead, Bundle, Seat, Session, reminders
from bot.domain.people import MemberId
from bot.services.ports import Work


class Kind(enum.StrEnum):
    """The kinds of deliveries of office hours."""

    REMINDER_DAY = "oh.reminder_day"
    REMINDER_HOUR = "oh.reminder_hour"
    HOST_DAY = "oh.host_day"
    HOST_HOUR = "oh.host_hour"
    SEAT = "oh.seat"
    MOVED = "oh.moved"
    SERIES_MOVED = "oh.series_moved"
    CALLED_OFF = "oh.called_off"
    SERIES_OFF = "oh.series_off"
    LATE = "oh.late"
    QUESTIONS = "oh.questions"
    COHOST = "oh.cohost"


_REMINDER = {Ahead.DAY: Kind.REMINDER_DAY, Ahead.HOUR: Kind.REMINDER_HOUR}
_FOR_HOSTS = {Ahead.DAY: Kind.HOST_DAY, Ahead.HOUR: Kind.HOST_HOUR}


def subject(session: Session) -> str:
    """What reminders of a session are cancelled by."""
    return f"session:{session.id}"


def news(session: Session) -> str:
    """What notices of a change of a session are cancelled by."""
    return f"news:{session.id}"


def remind(work: Work, session: Session, seats: Iterable[Seat], now: datetime) -> None:
    """Reminders for these seats. The turn and the revision make each of them unique: whoever
    leaves and comes back, or comes to a session that was moved there and back, is reminded anew.
    """
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
    """Reminders for the host and the co-hosts of each of these sessions."""
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


def forget(work: Work, session: Session, member: MemberId | None = None) -> None:
    """No reminders any more, for everybody or for one."""
    work.deliveries.cancel(subject(session), member=member)


def seat_gained(work: Work, session: Session, seat: Seat, now: datetime) -> None:
    """Somebody in line has a seat now."""
    key = f"{Kind.SEAT}:{session.id}:{seat.member}:{seat.turn}:{session.revision}"
    work.deliveries.schedule([_now(Kind.SEAT, session, subject(session), key, now, seat.member)])


def changed(
    work: Work,
    kind: Kind,
    session: Session,
    members: Iterable[MemberId],
    now: datetime,
) -> None:
    """News about a session, once for each member; older news that were not sent yet are moot."""
    work.deliveries.schedule(
        _now(
            kind,
            session,
            news(session),
            f"{kind}:{session.id}:{session.revision}:{member}",
            now,
            member,
        )
        for member in members
    )


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


def named_cohost(work: Work, session: Session, now: datetime) -> None:
    """Somebody was named co-host by the host, and should hear of it."""
    work.deliveries.schedule(
        _now(
            Kind.COHOST,
            session,
            f"cohost:{session.id}",
            f"{Kind.COHOST}:{session.id}:{member}",
            now,
            member,
        )
        for member in session.plan.cohosts
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
