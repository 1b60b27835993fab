"""What else somebody has in the same week or at the same time. Nothing here writes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.domain.office_hours import KEPT, Session, SessionId
from bot.domain.people import MemberId
from bot.domain.seats import overlap, week_of
from bot.services.ports import Work

_MOST = 200


def zone_of(work: Work, session: Session, member: MemberId) -> ZoneInfo:
    """Where a member lives; where their community does, until they say."""
    profile = work.people.profile(member)
    if profile is not None and profile.zone is not None:
        return ZoneInfo(profile.zone)
    home = work.communities.get(session.community)
    return ZoneInfo(home.zone if home is not None else "UTC")


def seats_beside(
    work: Work, now: datetime, session: Session, member: MemberId
) -> tuple[Session, ...]:
    """Other sessions ahead in which the member has a seat or is offered one."""
    found = work.office_hours.attending(member, session.community, now, _MOST)
    mine = work.office_hours.seats_of(member, [one.id for one in found])
    return tuple(
        one
        for one in found
        if one.id != session.id and one.id in mine and mine[one.id].state in KEPT
    )


def week_is_full(
    work: Work, now: datetime, session: Session, member: MemberId, *, hold: bool = True
) -> bool:
    """Whether the member has as many seats in the week of the session as one person may."""
    most = work.office_hours.rules(session.community).seats_a_week
    if most is None or session.plan.capacity is None:
        return False
    # Two sessions joined in the same moment: the second one counts the first.
    if hold:
        work.office_hours.hold_seats_of(member)
    zone = zone_of(work, session, member)
    week = week_of(session.starts, zone)
    others = (
        one
        for one in seats_beside(work, now, session, member)
        if one.plan.capacity is not None and week_of(one.starts, zone) == week
    )
    return sum(1 for _one in others) >= most


def clashes(work: Work, now: datetime, session: Session, member: MemberId) -> tuple[Session, ...]:
    """What else the member has at that time: seats, and sessions they lead."""
    led = work.office_hours.led_by(member, session.community, now, _MOST)
    beside = (*seats_beside(work, now, session, member), *led)
    found = {one.id: one for one in beside if overlap(session, one)}
    return tuple(sorted(found.values(), key=lambda one: (one.starts, one.id)))


def clashing(
    work: Work, now: datetime, ids: Iterable[SessionId], member: MemberId
) -> tuple[Session, ...]:
    """What else the member has at the time of any of these sessions, in order of time."""
    ids = tuple(ids)
    found: dict[SessionId, Session] = {}
    for id in ids:
        session = work.office_hours.session(id)
        if session is not None:
            others = clashes(work, now, session, member)
            found.update((one.id, one) for one in others if one.id not in ids)
    return tuple(sorted(found.values(), key=lambda one: (one.starts, one.id)))
