"""Pulled into a case: what a host can do with one tap; and what happens when a host is gone.

Each tap carries the revision that was shown, so that a second press changes nothing and tells
nobody again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.office_hours import Session, SessionState
from bot.domain.people import CommunityId, MemberId
from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall, wall_at
from bot.services.office_hours import telling
from bot.services.office_hours.changes import again, not_changeable, settle_moved, told
from bot.services.office_hours.reminding import promise_hosts
from bot.services.office_hours.results import Actor, CalledAway, Refused, Why
from bot.services.office_hours.telling import Kind
from bot.services.office_hours.views import Among, card_of, find
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone

DELAY = 15
"""Minutes that one tap gives."""
_MOST = 200
_Done: TypeAlias = Callable[[Session], bool]


@each_statement_alone
def delay(
    work: Work, now: datetime, actor: Actor, text: str, revision: int
) -> CalledAway | Refused:
    """It begins a quarter of an hour later than was said."""
    found = _found(work, now, actor, text, revision, lambda one: one.delay > 0)
    if not isinstance(found, Session):
        return found
    later = replace(found, revision=revision + 1, changed=now, delay=found.delay + DELAY)
    return _carry_out(work, now, actor, Kind.LATE, later)


@each_statement_alone
def without_host(
    work: Work, now: datetime, actor: Actor, text: str, revision: int
) -> CalledAway | Refused:
    """People meet on their own."""
    found = _found(work, now, actor, text, revision, lambda one: one.without_host)
    if not isinstance(found, Session):
        return found
    opened = replace(found, revision=revision + 1, changed=now, without_host=True)
    return _carry_out(work, now, actor, Kind.WITHOUT_HOST, opened)


@each_statement_alone
def with_host(
    work: Work, now: datetime, actor: Actor, text: str, revision: int
) -> CalledAway | Refused:
    """The host can come after all."""
    found = _found(work, now, actor, text, revision, lambda one: not one.without_host)
    if not isinstance(found, Session):
        return found
    held = replace(found, revision=revision + 1, changed=now, without_host=False)
    return _carry_out(work, now, actor, Kind.WITH_HOST, held)


@each_statement_alone
def hand_over(
    work: Work, now: datetime, actor: Actor, text: str, to: MemberId, revision: int
) -> CalledAway | Refused:
    """A co-host leads it; the host stays as a co-host."""
    found = _found(work, now, actor, text, revision, lambda one: one.host == to)
    if not isinstance(found, Session):
        return found
    if to not in found.plan.cohosts:
        return Refused(Why.NO_COHOST, found)
    others = tuple(one for one in found.plan.cohosts if one != to)
    plan = replace(found.plan, cohosts=(found.host, *others))
    handed = replace(
        found, host=to, plan=plan, revision=revision + 1, changed=now, without_host=False
    )
    work.office_hours.save_plan(handed)
    return _carry_out(work, now, actor, Kind.HANDED_OVER, handed)


@each_statement_alone
def postpone(
    work: Work, now: datetime, actor: Actor, text: str, revision: int
) -> CalledAway | Refused:
    """Tomorrow at the same time on the host's clock; everybody keeps their seat."""
    found = _found(work, now, actor, text, revision, lambda one: False)
    if not isinstance(found, Session):
        return found
    moved = replace(again(found, now), starts=tomorrow(found))
    work.office_hours.save_session(moved)
    settle_moved(work, moved, now)
    promise_hosts(work, (moved,), now)
    done = told(work, now, actor, Kind.MOVED, (moved,), moved)
    return CalledAway(done.card, done.told)


def tomorrow(session: Session) -> datetime:
    """A day later on the clock of the place where its time was given."""
    zone = ZoneInfo(session.zone)
    match resolve_wall(wall_at(session.starts, zone) + timedelta(days=1), zone):
        case Once(at) | Gap(at) | Doubled(at):
            return at


def host_gone(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody left who leads sessions: a co-host takes over, or they are called off.

    Everybody concerned is told once for each series or session.
    """
    actor = Actor(member, community, frozenset())
    for series in work.office_hours.series_led_by(member, community, now.date()):
        heir, rest = _heir(work, series.host, series.plan.cohosts, member, community)
        if heir is None:
            until = min(series.made_until, now.date()) - timedelta(days=1)
            work.office_hours.save_series(replace(series, rule=replace(series.rule, until=until)))
        else:
            plan = replace(series.plan, cohosts=rest)
            work.office_hours.save_series_plan(replace(series, host=heir, plan=plan))
    off: dict[object, list[Session]] = {}
    handed: dict[object, list[Session]] = {}
    for each in work.office_hours.led_by(member, community, now, _MOST):
        session = work.office_hours.session(each.id, hold=True)
        if session is None:
            continue
        heir, rest = _heir(work, session.host, session.plan.cohosts, member, community)
        if heir is not None:
            plan = replace(session.plan, cohosts=rest)
            kept = replace(session, host=heir, plan=plan, changed=now)
            work.office_hours.save_plan(kept)
            work.deliveries.cancel(telling.subject(kept), member=member)
            if heir != session.host:
                kept = replace(kept, revision=session.revision + 1, without_host=False)
                work.office_hours.save_session(kept)
                handed.setdefault((_together(kept), heir), []).append(kept)
            continue
        gone = replace(
            session, state=SessionState.CALLED_OFF, revision=session.revision + 1, changed=now
        )
        work.office_hours.save_session(gone)
        telling.forget(work, gone)
        off.setdefault(_together(gone), []).append(gone)
    for sessions in handed.values():
        kind = Kind.HANDED_OVER if len(sessions) == 1 else Kind.SERIES_HANDED_OVER
        told(work, now, actor, kind, sessions, sessions[0])
    for sessions in off.values():
        kind = Kind.CALLED_OFF if len(sessions) == 1 else Kind.SERIES_OFF
        told(work, now, actor, kind, sessions, sessions[0])


def _together(session: Session) -> object:
    """What is told in one note: a series, or a session that is none of one."""
    return session.series or f"one {session.id}"


def _heir(
    work: Work,
    host: MemberId,
    cohosts: tuple[MemberId, ...],
    gone: MemberId,
    community: CommunityId,
) -> tuple[MemberId | None, tuple[MemberId, ...]]:
    """Who leads it when `gone` is gone, and who is co-host then."""
    rest = tuple(
        one for one in cohosts if one != gone and community in work.people.communities(one)
    )
    if host != gone:
        return host, rest
    return (rest[0], rest[1:]) if rest else (None, ())


def _found(
    work: Work, now: datetime, actor: Actor, text: str, revision: int, done: _Done
) -> Session | CalledAway | Refused:
    """The session, held, as it was shown; or that it was `done` already."""
    session = find(work, now, actor, text, Among.LED, hold=True)
    if session is None:
        return Refused(Why.UNKNOWN)
    if session.revision == revision + 1 and done(session) and session.led_by(actor.member):
        return CalledAway(card_of(work, now, session, actor.member), None)
    if (why := not_changeable(session, actor, now)) is not None:
        return Refused(why, session)
    return session if session.revision == revision else Refused(Why.CHANGED, session)


def _carry_out(work: Work, now: datetime, actor: Actor, kind: Kind, session: Session) -> CalledAway:
    work.office_hours.save_session(session)
    done = told(work, now, actor, kind, (session,), session)
    return CalledAway(done.card, done.told)
