"""Whom a block separates from a session: silent, so that it reads as a session that is full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.office_hours import Session
from bot.domain.people import MemberId
from bot.services.ports import Work

_LONG_BEFORE = 24 * 366
"""Hours: sign-up closed longer ago than anything is planned ahead."""


def apart(work: Work, session: Session, member: MemberId) -> bool:
    """Whether one of those who lead it and the member want nothing to do with each other."""
    around = work.blocks.around(member)
    return bool(around) and any(session.led_by(one) for one in around)


def separated(work: Work, session: Session) -> frozenset[MemberId]:
    """Everybody whom a block separates from those who lead it."""
    leaders = (session.host, *session.plan.cohosts)
    return frozenset(one for leader in leaders for one in work.blocks.around(leader))


def as_seen(work: Work, sessions: Iterable[Session], member: MemberId) -> tuple[Session, ...]:
    """Sessions as the member reads them: full, or closed where no seats are counted, if something
    separates them from those who lead it. Left out they would be missed, because others see them.
    """
    around = work.blocks.around(member)
    return tuple(
        _shut(each) if any(each.led_by(one) for one in around) else each for each in sessions
    )


def _shut(session: Session) -> Session:
    if session.plan.capacity is None:
        return replace(session, plan=replace(session.plan, closes=_LONG_BEFORE))
    return replace(session, taken=session.plan.capacity)
