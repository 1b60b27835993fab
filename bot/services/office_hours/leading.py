"""Who leads a session beside its host, when that changes: what each gains, loses and is told.

The sessions are held by the caller. Whoever takes over the host's part is another matter: see
`called_away`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.office_hours import KEPT, Plan, Session
from bot.domain.people import MemberId
from bot.services.office_hours import telling
from bot.services.office_hours.offers import pass_on
from bot.services.office_hours.parting import part_from_leaders
from bot.services.office_hours.reminding import promise_hosts
from bot.services.office_hours.seats import let_go
from bot.services.ports import Work


def beside_host(plan: Plan, host: MemberId, before: Plan) -> Plan:
    """A plan whose co-hosts are others than the host, each once. The same people in another order
    are no change."""
    chosen = tuple(dict.fromkeys(one for one in plan.cohosts if one != host))
    return replace(plan, cohosts=before.cohosts if {*chosen} == {*before.cohosts} else chosen)


def concerned(changes: Iterable[tuple[Session, Plan]], but: MemberId) -> Mapping[MemberId, Session]:
    """Who leads it from now on or no more, each with the first session that is about."""
    first: dict[MemberId, Session] = {}
    for session, plan in changes:
        for member in sorted({*session.plan.cohosts} ^ {*plan.cohosts}):
            if member != but:
                first.setdefault(member, session)
    return first


def settle_leaders(work: Work, now: datetime, before: Session, session: Session) -> Session:
    """A session whose co-hosts are others now: a new one needs no seat of their own, and everybody
    who leads it is reminded as such, nobody else."""
    named = {*session.plan.cohosts} - {*before.plan.cohosts}
    gone = {*before.plan.cohosts} - {*session.plan.cohosts}
    if not named and not gone:
        return session
    for seat in work.office_hours.seats(session.id):
        if seat.member in named and seat.takes_part:
            let_go(work, session, seat, now)
            if seat.state in KEPT:
                session = pass_on(work, session, now)
    session = part_from_leaders(work, now, session)
    for member in (session.host, *session.plan.cohosts, *gone):
        telling.forget(work, session, member)
    promise_hosts(work, (session,), now)
    return session
