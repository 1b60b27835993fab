"""A group hour was opened: whoever asked about its topic hears of it, each alone.

Whoever leads it never learns who was told. The word counts in everybody's budget and comes in their
waking hours; what may not go out today waits for a day that has room, as long as it is of use.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.domain import budget
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.office_hours import Session, SessionId, admitted
from bot.domain.people import MemberId
from bot.services.follow_ups.engine import hours_of
from bot.services.mentors.demand import SOON, behind
from bot.services.office_hours import telling
from bot.services.office_hours.apart import apart
from bot.services.office_hours.results import Actor, Card
from bot.services.office_hours.views import card
from bot.services.ports import Work

CHOICE = "group hour"
"""What somebody who does without these notes does without."""


def called_for(
    work: Work, now: datetime, actor: Actor, topic: str, starts: datetime
) -> frozenset[MemberId]:
    """Who asked for a session like this one, which is not written yet: once it is, another on the
    same topic would not be called for.
    """
    if starts > now + SOON:
        return frozenset()
    return behind(work, now, actor.community, actor.member, topic)


def tell(work: Work, now: datetime, session: Session, members: Collection[MemberId]) -> bool:
    """They will hear of it; whether anybody will. Not of a session for people with some role:
    nobody's roles are known before they come.
    """
    if session.plan.for_whom not in admitted(frozenset()):
        return False
    told = [one for one in sorted(members) if not session.led_by(one)]
    telling.group_hour(work, session, told, now)
    return bool(told)


def invited(work: Work, now: datetime, row: Delivery) -> Card | None:
    """The session as its receiver sees it; None where they could not join it any more, or did."""
    if row.member is None:
        return None
    found = card(work, now, SessionId(row.ref), row.member)
    if found is None or not found.joinable(now) or apart(work, found.session, row.member):
        return None
    return found


def admit(work: Work, now: datetime, row: Delivery) -> bool:
    """Whether it may be said now. If not, it is tried again when there is room for it."""
    found = invited(work, now, row)
    if found is None or row.member is None or CHOICE in work.without.of(row.member):
        return False
    hours = hours_of(work, row.member, row.community)
    used, again = work.nudges.used(row.member, now - budget.LOOK_BACK, row.key)
    if hours.awake(now) and (again or budget.allows(hours, now, used)):
        if not again:
            work.nudges.count(row.member, row.key, now)
        return True
    later = budget.next_chance(hours, now, used)
    if later < found.session.starts - timedelta(hours=found.session.plan.closes):
        key = f"{row.kind}:{row.ref}:{row.member}:{int(later.timestamp())}"
        again = NewDelivery(
            *(row.kind, row.community, row.subject, key, later),
            member=row.member,
            ref=row.ref,
            doubtful=row.doubtful,
        )
        work.deliveries.schedule([again])
    return False
