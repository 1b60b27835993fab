"""Moving a session, calling it off, running late: by its host, a co-host or a moderator.

Everybody concerned is told once: those with a seat, those in line, and whoever leads it, except the
person who did it. What a change would do can be foreseen without doing it. Sessions and their
series are held before anything about them is read for a change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.office_hours import (
    Scope,
    SeatState,
    Series,
    SeriesId,
    Session,
    SessionState,
    may_manage,
    moved_slots,
)
from bot.domain.people import MemberId
from bot.domain.recurrence import Recurrence
from bot.domain.wall_clock import wall_at
from bot.services.office_hours import telling
from bot.services.office_hours.news import together
from bot.services.office_hours.offers import offer_anew
from bot.services.office_hours.reminding import promise, promise_hosts
from bot.services.office_hours.results import Actor, Changed, Foreseen, Refused, Why
from bot.services.office_hours.telling import Kind
from bot.services.office_hours.views import Among, card_of, cards_of, find
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone

_LATE_FROM = timedelta(hours=2)
"""Earlier than this before the start, moving is the honest thing to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a confirmed change carries: how much of a series, which state of the session was shown,
    and the draft that was confirmed."""

    scope: Scope
    revision: int
    request: str


@dataclass(frozen=True, slots=True)
class Range:
    """The sessions a change is about, the first one first, and their series if it is split."""

    first: Session
    sessions: tuple[Session, ...]
    series: Series | None = None

    @property
    def planned(self) -> tuple[Session, ...]:
        """Those that will be held."""
        return tuple(one for one in self.sessions if not one.called_off)


def foresee_move(
    work: Work, now: datetime, actor: Actor, text: str, starts: datetime, scope: Scope
) -> Foreseen | Refused:
    """What moving would do."""
    return _foresee(work, now, actor, text, scope, starts)


def foresee_call_off(
    work: Work, now: datetime, actor: Actor, text: str, scope: Scope
) -> Foreseen | Refused:
    """What calling off would do."""
    return _foresee(work, now, actor, text, scope, None)


@each_statement_alone
def move(
    work: Work, now: datetime, actor: Actor, text: str, starts: datetime, change: Change
) -> Changed | Refused:
    """Moves a session, and with `Scope.LATER` its series from there on; seats are kept."""
    found = confirmed(work, now, actor, text, change)
    if isinstance(found, Refused):
        return found
    if (why := _time_problem(found.first, starts, now)) is not None:
        return Refused(why, found.first)
    if not work.drafts.discard(change.request):
        return Refused(Why.GONE)
    moved = _split(work, found, starts) if found.series else (replace(found.first, starts=starts),)
    moved = tuple(one if one.called_off else again(one, now) for one in moved)
    for session in moved:
        work.office_hours.save_session(session)
    planned = tuple(session for session in moved if not session.called_off)
    for session in planned:
        settle_moved(work, session, now)
    promise_hosts(work, planned, now)
    kind = Kind.SERIES_MOVED if found.series else Kind.MOVED
    return told(work, now, actor, kind, planned, found.first)


@each_statement_alone
def call_off(
    work: Work, now: datetime, actor: Actor, text: str, reason: str, change: Change
) -> Changed | Refused:
    """Calls a session off, and with `Scope.LATER` ends its series there."""
    found = confirmed(work, now, actor, text, change)
    if isinstance(found, Refused):
        return found
    if not work.drafts.discard(change.request):
        return Refused(Why.GONE)
    if found.series is not None:
        end_before(work, found.series, found.first)
    off = tuple(
        replace(
            one,
            state=SessionState.CALLED_OFF,
            reason=reason,
            revision=one.revision + 1,
            changed=now,
        )
        for one in found.planned
    )
    for session in off:
        work.office_hours.save_session(session)
        telling.forget(work, session)
    kind = Kind.SERIES_OFF if found.series else Kind.CALLED_OFF
    return told(work, now, actor, kind, off, found.first)


@each_statement_alone
def late(work: Work, now: datetime, actor: Actor, text: str, minutes: int) -> Changed | Refused:
    """Tells everybody concerned that the session begins so many minutes later."""
    session = find(work, now, actor, text, Among.LED, hold=True)
    if (why := not_changeable(session, actor, now)) is not None or session is None:
        return Refused(why or Why.UNKNOWN, session)
    if now < session.starts - _LATE_FROM:
        return Refused(Why.NOT_NOW, session)
    if session.delay == minutes:
        # Pressed twice: everybody knows.
        return Changed(card_of(work, now, session, actor.member), 1, 0)
    session = replace(session, revision=session.revision + 1, changed=now, delay=minutes)
    work.office_hours.save_session(session)
    return told(work, now, actor, Kind.LATE, (session,), session)


def settle_moved(work: Work, session: Session, now: datetime) -> None:
    """At its new time: those with a seat are reminded, and what was offered is offered anew, before
    anybody is told. Whoever gives a seat back now has not come late with that."""
    telling.forget(work, session)
    seats = work.office_hours.seats(session.id)
    for seat in seats:
        if seat.late:
            work.office_hours.put_seat(replace(seat, late=False))
    promise(work, session, [seat for seat in seats if seat.state is SeatState.HELD], now)
    offer_anew(work, session, now)


def again(session: Session, now: datetime) -> Session:
    """A session at a new time: what was said about its beginning is no more."""
    return replace(session, revision=session.revision + 1, changed=now, delay=0, without_host=False)


def _foresee(
    work: Work, now: datetime, actor: Actor, text: str, scope: Scope, starts: datetime | None
) -> Foreseen | Refused:
    session = find(work, now, actor, text, Among.LED)
    if (why := not_changeable(session, actor, now)) is not None or session is None:
        return Refused(why or Why.UNKNOWN, session)
    if starts is not None and (why := _time_problem(session, starts, now)) is not None:
        return Refused(why, session)
    found = range_of(work, now, session, scope, hold=False)
    told = concerned_by(work, found.planned, actor.member)
    return Foreseen(
        card_of(work, now, session, actor.member),
        len(found.planned),
        len(told),
        Scope.LATER if found.series else Scope.ONE,
        _rule_from(found.series, session, starts) if found.series and starts else None,
    )


def confirmed(
    work: Work, now: datetime, actor: Actor, text: str, change: Change
) -> Range | Refused:
    """What a confirmed change is about, held, if it still is as it was shown."""
    if work.drafts.get(change.request, now) is None:
        return Refused(Why.GONE)
    session = find(work, now, actor, text, Among.LED, hold=True)
    if (why := not_changeable(session, actor, now)) is not None or session is None:
        return Refused(why or Why.UNKNOWN, session)
    if session.revision != change.revision:
        return Refused(Why.CHANGED, session)
    return range_of(work, now, session, change.scope, hold=True)


def not_changeable(session: Session | None, actor: Actor, now: datetime) -> Why | None:
    """Why somebody cannot change a session; None if they can."""
    if session is None:
        return Why.UNKNOWN
    if not may_manage(session, actor.member, actor.roles):
        return Why.NOT_YOURS
    if session.called_off:
        return Why.CALLED_OFF
    if now >= session.ends:
        return Why.OVER
    return None


def _time_problem(session: Session, starts: datetime, now: datetime) -> Why | None:
    if starts <= now:
        return Why.PAST
    return Why.SAME_TIME if starts == session.starts else None


def range_of(work: Work, now: datetime, session: Session, scope: Scope, *, hold: bool) -> Range:
    """The session alone, or with those after it in its series. What is over stays as it was."""
    if scope is Scope.ONE or session.series is None or session.slot is None:
        return Range(session, (session,))
    series = work.office_hours.series(session.series, hold=hold)
    sessions = work.office_hours.of_series(session.series, session.slot, hold=hold)
    return Range(session, tuple(one for one in sessions if one.ends > now), series)


def _split(work: Work, found: Range, starts: datetime) -> tuple[Session, ...]:
    """The later part of a series becomes a series of its own, on the new wall clock."""
    series, first = found.series, found.first
    if series is None or first.slot is None:
        return found.sessions
    rule = _rule_from(series, first, starts)
    together = work.office_hours.of_series(series.id, first.slot)
    goals = moved_slots(series.rule, rule, [one.slot for one in together if one.slot is not None])
    last = max(goal.local_day for goal in goals.values())
    later = work.office_hours.add_series(
        replace(
            series,
            id=SeriesId(0),
            rule=rule,
            made_until=last + timedelta(days=1),
            follows=series.id if first.slot > series.rule.first_day else series.follows,
        )
    )
    end_before(work, series, first)
    return tuple(
        replace(
            one,
            series=later.id,
            slot=goals[one.slot].local_day,
            starts=_new_start(one, first, starts, goals[one.slot].at),
        )
        for one in found.sessions
        if one.slot is not None
    )


def _new_start(one: Session, first: Session, starts: datetime, goal: datetime) -> datetime:
    if one.called_off:
        return one.starts
    # Of a time that the clock shows twice, the rule means the first; the host may mean the second.
    return starts if one.id == first.id else goal


def _rule_from(series: Series, first: Session, starts: datetime) -> Recurrence:
    """The rule of a series from `first` on, when that one starts anew: the host's clock stays."""
    wall = wall_at(starts, ZoneInfo(series.rule.zone))
    until = series.rule.until
    if until is not None and first.slot is not None:
        until += wall.date() - first.slot
    return Recurrence(wall.date(), wall.time(), series.rule.zone, series.rule.repeat, until)


def end_before(work: Work, series: Series, first: Session) -> None:
    """The series ends before this session."""
    if first.slot is not None:
        rule = replace(series.rule, until=first.slot - timedelta(days=1))
        work.office_hours.save_series(replace(series, rule=rule))


def told(
    work: Work,
    now: datetime,
    actor: Actor,
    kind: Kind,
    sessions: Sequence[Session],
    first: Session,
    *,
    seated: bool = False,
    known: Collection[MemberId] = (),
) -> Changed:
    """Tells everybody concerned, once, but not whoever did it. `known`: people who hear of it in
    other words; they are counted, too."""
    concerned = concerned_by(work, sessions, actor.member, seated=seated)
    # Whoever is offered a seat hears of a new time by the new offer, so only once.
    moved = kind in (Kind.MOVED, Kind.SERIES_MOVED)
    hear = concerned_by(work, sessions, actor.member, offered=False) if moved else concerned
    hear = {who: session for who, session in hear.items() if who not in known}
    kinds = together(work, kind, sessions, tuple(hear))
    for who, session in hear.items():
        telling.changed(work, kinds[who], session, who, now)
    session = next((one for one in sessions if one.id == first.id), first)
    return changed(work, now, actor, sessions, session, len({*concerned, *known}))


def changed(
    work: Work, now: datetime, actor: Actor, sessions: Sequence[Session], first: Session, told: int
) -> Changed:
    """What whoever did it reads."""
    led = cards_of(work, now, (one for one in sessions if one.led_by(actor.member)), actor.member)
    return Changed(card_of(work, now, first, actor.member), len(sessions), told, led)


def concerned_by(
    work: Work,
    sessions: Iterable[Session],
    but: MemberId,
    *,
    offered: bool = True,
    seated: bool = False,
) -> dict[MemberId, Session]:
    """Everybody to be told, each with the first session that concerns them. `seated`: it is nothing
    to people without a seat."""
    first: dict[MemberId, Session] = {}
    for session in sessions:
        seats = [
            seat
            for seat in work.office_hours.seats(session.id)
            if seat.state is SeatState.HELD
            or (not seated and (offered or seat.state is not SeatState.OFFERED))
        ]
        for member in (session.host, *session.plan.cohosts, *(seat.member for seat in seats)):
            if member != but:
                first.setdefault(member, session)
    return first
