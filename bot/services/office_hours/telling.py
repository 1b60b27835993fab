"""Who is told what about a session, and when: delivery rows in the transaction of their cause.

Two subjects for each session: `session:<id>` holds reminders and seats gained, which any change
makes moot; `news:<id>` holds what was changed, which only newer news makes moot. `ref` is the
session, or the question.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import Ahead, Question, Seat, Session, reminders
from bot.domain.people import MemberId
from bot.services.ports import Work


class Kind(enum.StrEnum):
    """The kinds of deliveries of office hours."""

    REMINDER_DAY = "oh.reminder_day"
    REMINDER_HOUR = "oh.reminder_hour"
    SEAT = "oh.seat"
    MOVED = "oh.moved"
    SERIES_MOVED = "oh.series_moved"
    CALLED_OFF = "oh.called_off"
    SERIES_OFF = "oh.series_off"
    LATE = "oh.late"
    QUESTION = "oh.question"
    COHOST = "oh.cohost"


_REMINDER = {Ahead.DAY: Kind.REMINDER_DAY, Ahead.HOUR: Kind.REMINDER_HOUR}


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


def question(work: Work, session: Session, asked: Question, now: datetime) -> None:
    """The host has a question to read."""
    row = _now(
        Kind.QUESTION,
        session,
        f"question:{asked.id}",
        f"{Kind.QUESTION}:{asked.id}",
        now,
        session.host,
        ref=asked.id,
    )
    work.deliveries.schedule([row])


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
    ref: int | None = None,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        community=session.community,
        subject=about,
        key=key,
        due=now,
        member=member,
        ref=session.id if ref is None else ref,
    )
