"""Sessions in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Row,
    Select,
    Text,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy import update as change

from bot.domain.office_hours import (
    TAKES_PART,
    ForWhom,
    SeriesId,
    Session,
    SessionId,
    SessionState,
)
from bot.domain.people import CommunityId, MemberId
from storage.dialects import insert_if_new
from storage.models_office_hours import (
    seats,
    session_cohosts,
    sessions,
)
from storage.repositories.plans import (
    cohosts_of,
    plan_in,
    plan_values,
    rewrite_cohosts,
    write_cohosts,
)
from storage.repositories.seats import SeatsTable
from storage.repositories.series import SeriesTable

# Putting a statement together takes several times as long as carrying it out, so what is asked
# often is put together once.
_SESSION = select(sessions).where(sessions.c.id == bindparam("session"))
_BY_CODE = select(sessions).where(
    sessions.c.community_id == bindparam("community"), sessions.c.code == bindparam("code")
)
_HELD_SESSION = _SESSION.with_for_update()
_HELD_BY_CODE = _BY_CODE.with_for_update()
_BY_REQUEST = select(sessions).where(sessions.c.request == bindparam("request"))
_PLANNED = (
    select(sessions)
    .where(
        sessions.c.community_id == bindparam("community"),
        sessions.c.state == SessionState.PLANNED,
        sessions.c.ends > bindparam("ends_after"),
    )
    .order_by(sessions.c.starts, sessions.c.id)
    .limit(bindparam("limit", type_=Integer))
)
_LED_BY = _PLANNED.where(
    or_(
        sessions.c.host_id == bindparam("member"),
        exists().where(
            session_cohosts.c.session_id == sessions.c.id,
            session_cohosts.c.member_id == bindparam("member"),
        ),
    )
)
_ATTENDING = _PLANNED.where(
    exists().where(
        seats.c.session_id == sessions.c.id,
        seats.c.member_id == bindparam("member"),
        seats.c.state.in_(TAKES_PART),
    )
)
_ESCAPE = "/"


class OfficeHoursTable(SeatsTable, SeriesTable):
    """Office hours, as `bot.services.ports.OfficeHours` asks for them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def add_session(self, session: Session, request: str | None = None) -> Session | None:
        """Write a new session; its `id` is given here. None if its slot in the series exists."""
        id = self._connection.execute(
            insert_if_new(self._connection, sessions, "series_id", "slot")
            .values(
                code=session.code,
                community_id=session.community,
                host_id=session.host,
                uid=session.uid,
                zone=session.zone,
                taken=session.taken,
                turns=0,
                request=request,
                **plan_values(session.plan),
                **_changing_values(session),
            )
            .returning(sessions.c.id)
        ).scalar_one_or_none()
        if id is None:
            return None
        write_cohosts(self._connection, session_cohosts, id, session.plan.cohosts)
        return replace(session, id=SessionId(id))

    def by_request(self, request: str) -> Session | None:
        """The session that a confirmation made."""
        return self._one(_BY_REQUEST, {"request": request})

    def session(self, id: SessionId, *, hold: bool = False) -> Session | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        return self._one(_HELD_SESSION if hold else _SESSION, {"session": id})

    def by_code(self, community: CommunityId, code: str, *, hold: bool = False) -> Session | None:
        """By what people type for it, as it was given out; held like `session`."""
        asked = {"community": community, "code": code}
        return self._one(_HELD_BY_CODE if hold else _BY_CODE, asked)

    def save_session(self, session: Session) -> None:
        """Write what a change changes: times, series, state, reason and revision."""
        self._connection.execute(
            change(sessions).where(sessions.c.id == session.id).values(**_changing_values(session))
        )

    def save_plan(self, session: Session) -> None:
        """Write who leads it and its plan."""
        self._connection.execute(
            change(sessions)
            .where(sessions.c.id == session.id)
            .values(host_id=session.host, **plan_values(session.plan))
        )
        rewrite_cohosts(self._connection, session_cohosts, session.id, session.plan.cohosts)

    def upcoming(
        self,
        community: CommunityId,
        ends_after: datetime,
        for_whom: Iterable[ForWhom],
        *,
        starts_from: datetime | None = None,
        topic: str | None = None,
        series: SeriesId | None = None,
        once: bool = False,
        offset: int = 0,
        limit: int = 25,
    ) -> tuple[Session, ...]:
        """Planned sessions in order of time. `topic` is a topic, or part of a topic or title;
        `series` only those of one series; `once` of each series only the first that fits."""
        asked = _looked_for(community, ends_after, for_whom, starts_from, topic)
        if series is not None:
            asked["series"] = series
        known = frozenset(asked)
        return self._sessions(_upcoming(known, once), {**asked, "limit": limit, "offset": offset})

    def in_series(
        self,
        community: CommunityId,
        ends_after: datetime,
        for_whom: Iterable[ForWhom],
        among: Iterable[SeriesId],
        *,
        starts_from: datetime | None = None,
        topic: str | None = None,
    ) -> dict[SeriesId, int]:
        """How many sessions of each of these series `upcoming` would find."""
        asked = _looked_for(community, ends_after, for_whom, starts_from, topic)
        counted = _in_series(frozenset(asked))
        rows = self._connection.execute(counted, {**asked, "among": tuple(among)})
        return {SeriesId(id): count for id, count in rows}

    def led_by(
        self, member: MemberId, community: CommunityId, ends_after: datetime, limit: int
    ) -> tuple[Session, ...]:
        """Planned sessions that the member hosts or co-hosts, in order of time."""
        return self._sessions(_LED_BY, _asked(member, community, ends_after, limit))

    def of_series(
        self, series: SeriesId, from_slot: date, *, hold: bool = False
    ) -> tuple[Session, ...]:
        """The sessions of a series whose slot is `from_slot` or later, in order of slot."""
        chosen = (
            select(sessions)
            .where(sessions.c.series_id == series, sessions.c.slot >= from_slot)
            .order_by(sessions.c.slot)
        )
        return self._sessions(chosen.with_for_update() if hold else chosen)

    def attending(
        self, member: MemberId, community: CommunityId, ends_after: datetime, limit: int
    ) -> tuple[Session, ...]:
        """Planned sessions where the member has a seat or waits, in order of time."""
        return self._sessions(_ATTENDING, _asked(member, community, ends_after, limit))

    def _one(self, chosen: Select[Any], asked: Mapping[str, Any]) -> Session | None:
        return next(iter(self._sessions(chosen, asked)), None)

    def _sessions(
        self, chosen: Select[Any], asked: Mapping[str, Any] | None = None
    ) -> tuple[Session, ...]:
        rows = self._connection.execute(chosen, asked).all()
        cohosts = cohosts_of(self._connection, session_cohosts, rows)
        return tuple(_session(row, cohosts.get(row.id, ())) for row in rows)


def _looked_for(
    community: CommunityId,
    ends_after: datetime,
    for_whom: Iterable[ForWhom],
    starts_from: datetime | None,
    topic: str | None,
) -> dict[str, Any]:
    asked: dict[str, Any] = {
        "community": community,
        "ends_after": ends_after,
        "for_whom": tuple(for_whom),
    }
    if starts_from is not None:
        asked["starts_from"] = starts_from
    if topic is not None:
        asked["topic"] = _literally(topic)
    return asked


@cache
def _upcoming(asked: frozenset[str], once: bool) -> Select[Any]:
    """What `upcoming` asks, by which of its conditions there are."""
    chosen = _PLANNED.offset(bindparam("offset", type_=Integer)).where(*_fits(sessions, asked))
    if "series" in asked:
        chosen = chosen.where(sessions.c.series_id == bindparam("series"))
    if once:
        earlier = sessions.alias("earlier")
        chosen = chosen.where(
            ~exists().where(
                earlier.c.series_id == sessions.c.series_id,
                earlier.c.state == SessionState.PLANNED,
                earlier.c.ends > bindparam("ends_after"),
                *_fits(earlier, asked),
                or_(
                    earlier.c.starts < sessions.c.starts,
                    and_(earlier.c.starts == sessions.c.starts, earlier.c.id < sessions.c.id),
                ),
            )
        )
    return chosen


@cache
def _in_series(asked: frozenset[str]) -> Select[Any, Any]:
    return (
        select(sessions.c.series_id, func.count())
        .where(
            sessions.c.community_id == bindparam("community"),
            sessions.c.series_id.in_(bindparam("among", expanding=True)),
            sessions.c.state == SessionState.PLANNED,
            sessions.c.ends > bindparam("ends_after"),
            *_fits(sessions, asked),
        )
        .group_by(sessions.c.series_id)
    )


def _fits(among: FromClause, asked: frozenset[str]) -> list[ColumnElement[bool]]:
    """Whom it is for, from when on, and what about."""
    fits: list[ColumnElement[bool]] = [among.c.for_whom.in_(bindparam("for_whom", expanding=True))]
    if "starts_from" in asked:
        fits.append(among.c.starts >= bindparam("starts_from"))
    if "topic" in asked:
        wanted = bindparam("topic", type_=Text)
        fits.append(
            or_(
                among.c.topic.icontains(wanted, escape=_ESCAPE),
                among.c.title.icontains(wanted, escape=_ESCAPE),
            )
        )
    return fits


def _asked(
    member: MemberId, community: CommunityId, ends_after: datetime, limit: int
) -> dict[str, Any]:
    return {"member": member, "community": community, "ends_after": ends_after, "limit": limit}


def _literally(text: str) -> str:
    """`text` for LIKE, where no sign in it means anything else."""
    for sign in (_ESCAPE, "%", "_"):
        text = text.replace(sign, _ESCAPE + sign)
    return text


def _changing_values(session: Session) -> dict[str, Any]:
    return {
        "starts": session.starts,
        "ends": session.ends,
        "changed": session.changed,
        "series_id": session.series,
        "slot": session.slot,
        "state": session.state,
        "reason": session.reason,
        "revision": session.revision,
        "delay": session.delay,
        "without_host": session.without_host,
    }


def _session(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Session:
    return Session(
        id=SessionId(row.id),
        code=row.code,
        community=CommunityId(row.community_id),
        host=MemberId(row.host_id),
        plan=plan_in(row, cohosts),
        starts=row.starts,
        zone=row.zone,
        uid=row.uid,
        changed=row.changed,
        series=None if row.series_id is None else SeriesId(row.series_id),
        slot=row.slot,
        taken=row.taken,
        state=row.state,
        reason=row.reason,
        revision=row.revision,
        delay=row.delay,
        without_host=row.without_host,
    )
