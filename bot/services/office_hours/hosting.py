"""Creating sessions and series, and making the sessions of a series ahead of time."""

from __future__ import annotations

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.moment import Moment
from bot.domain.office_hours import (
    HORIZON,
    Mode,
    Plan,
    Series,
    SeriesId,
    Session,
    SessionId,
    due_slots,
    repeats,
)
from bot.domain.people import CommunityId, MemberId, Role
from bot.domain.recurrence import Occurrence, Recurrence, Repeat
from bot.services.office_hours import group_hour, telling
from bot.services.office_hours.beside import clashes
from bot.services.office_hours.reminding import promise_hosts
from bot.services.office_hours.results import Actor, Opened, Refused, Why
from bot.services.office_hours.views import card_of
from bot.services.ports import Work

_SERIES_AT_ONCE = 50


def rule_of(starts: Moment, repeat: Repeat, until: date | None) -> Recurrence:
    """The rule of a session that starts at this moment, on the wall clock it was meant on."""
    wall = starts.wall.replace(second=0, microsecond=0)
    return Recurrence(wall.date(), wall.time(), starts.zone.key, repeat, until)


def problem(now: datetime, plan: Plan, starts: Moment, rule: Recurrence) -> Why | None:
    """Why this cannot be held, if it cannot."""
    if starts.at <= now:
        return Why.PAST
    if rule.until is not None and rule.repeat is Repeat.NONE:
        return Why.UNTIL_WITHOUT_REPEAT
    if rule.until is not None and rule.until < rule.first_day:
        return Why.UNTIL_TOO_EARLY
    if plan.closes and starts.at - timedelta(hours=plan.closes) <= now:
        return Why.NEVER_OPEN
    return None


def host(
    work: Work,
    now: datetime,
    actor: Actor,
    plan: Plan,
    starts: Moment,
    rule: Recurrence,
    request: str,
) -> Opened | Refused:
    """Creates what was confirmed. The same `request` a second time changes nothing."""
    made = work.office_hours.by_request(request)
    if made is not None and made.host == actor.member:
        return Opened(card_of(work, now, made, actor.member), (made.starts,), repeated=True)
    if work.drafts.get(request, now) is None:
        return Refused(Why.GONE)
    if Role.HOST not in actor.roles:
        return Refused(Why.NOT_A_HOST)
    if (why := problem(now, plan, starts, rule)) is not None:
        return Refused(why)
    plan = replace(
        plan,
        capacity=None if plan.mode is Mode.DROP_IN else plan.capacity,
        cohosts=tuple(dict.fromkeys(one for one in plan.cohosts if one != actor.member)),
    )
    if not work.drafts.discard(request):
        return Refused(Why.GONE)
    asked = group_hour.called_for(work, now, actor, plan.topic, starts.at)
    if repeats(rule):
        made = _begin(work, now, actor, plan, rule, request)
    else:
        session = _session(
            work, actor.community, actor.member, plan, starts.at, starts.zone.key, now
        )
        made = (work.office_hours.add_session(session, request),)
    first = work.office_hours.by_request(request)
    if first is None:
        raise LookupError("a session that was just written cannot be found")
    telling.cohosts(work, first, first.plan.cohosts, now)
    promise_hosts(work, filter(None, made), now)
    dates = tuple(session.starts for session in made if session)
    wanted = group_hour.tell(work, now, first, asked)
    return Opened(
        card_of(work, now, first, actor.member),
        dates,
        wanted=wanted,
        complete=rule.until is not None and _made_until(rule, now) > rule.until,
        clashes=clashes(work, now, first, actor.member),
    )


def _made_until(rule: Recurrence, now: datetime) -> date:
    return due_slots(rule, rule.first_day, now.date())[0]


def _begin(
    work: Work, now: datetime, actor: Actor, plan: Plan, rule: Recurrence, request: str
) -> tuple[Session | None, ...]:
    series = work.office_hours.add_series(
        Series(SeriesId(0), actor.community, actor.member, plan, rule, rule.first_day)
    )
    until, slots = due_slots(rule, rule.first_day, now.date())
    made = tuple(
        work.office_hours.add_session(
            _of_series(work, series, slot, now), request if place == 0 else None
        )
        for place, slot in enumerate(slots)
    )
    work.office_hours.save_series(replace(series, made_until=until))
    return made


def extend(work: Work, now: datetime) -> int:
    """Makes the sessions that have come within the horizon; how many. Harmless when repeated."""
    made: list[Session] = []
    today = now.date()
    for series in work.office_hours.series_behind(today + HORIZON, _SERIES_AT_ONCE):
        until, slots = due_slots(series.rule, series.made_until, today)
        for slot in slots:
            if slot.at <= now:
                continue
            session = work.office_hours.add_session(_of_series(work, series, slot, now))
            if session is not None:
                made.append(session)
        work.office_hours.save_series(replace(series, made_until=until))
    promise_hosts(work, made, now)
    return len(made)


def _of_series(work: Work, series: Series, slot: Occurrence, now: datetime) -> Session:
    session = _session(
        work, series.community, series.host, series.plan, slot.at, series.rule.zone, now
    )
    return replace(session, series=series.id, slot=slot.local_day)


def _session(
    work: Work,
    community: CommunityId,
    member: MemberId,
    plan: Plan,
    at: datetime,
    zone: str,
    now: datetime,
) -> Session:
    code = work.codes.next(community)
    uid = f"{uuid.uuid4().hex}@introducer"
    return Session(SessionId(0), code, community, member, plan, at, zone, uid, now)
