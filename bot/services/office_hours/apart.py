"""Whom a block separates from a session: silent, so that it reads as a session that is full."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.office_hours import Session
from bot.domain.people import MemberId
from bot.services.ports import Work


def apart(work: Work, session: Session, member: MemberId) -> bool:
    """Whether one of those who lead it and the member want nothing to do with each other."""
    around = work.blocks.around(member)
    return bool(around) and any(session.led_by(one) for one in around)


def separated(work: Work, session: Session) -> frozenset[MemberId]:
    """Everybody whom a block separates from those who lead it."""
    leaders = (session.host, *session.plan.cohosts)
    return frozenset(one for leader in leaders for one in work.blocks.around(leader))


def without(work: Work, sessions: Iterable[Session], member: MemberId) -> tuple[Session, ...]:
    """Sessions that nothing separates the member from."""
    around = work.blocks.around(member)
    return tuple(each for each in sessions if not any(each.led_by(one) for one in around))
