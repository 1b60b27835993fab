"""Series and sessions in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, exists, insert, or_, select
from sqlalchemy import update as change

from bot.domain.office_hours import (
    ForWhom,
    Plan,
    SeatState,
    Series,
    SeriesId,
    Session,
    SessionId,
    SessionState,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.recurrence import Recurrence
from storage.dialects import insert_if_new
from storage.models_office_hours import (
    seats,
    series,
    series_cohosts,
    session_cohosts,
    sessions,
)
from storage.repositories.seats import SeatsTable


class OfficeHoursTable(SeatsTable):
    """Office hours, as `bot.services.ports.OfficeHours` asks for them."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._connection = connection

    def add_series(self, new: Series) -> Series:
        """Write a new series; its `id` is given here."""
        id = self._connection.execute(
            insert(series)
            .values(
                community_id=new.community,
                host_id=new.host,
                first_day=new.rule.first_day,
                wall=new.rule.wall,
                zone=new.rule.zone,
                repeat=new.rule.repeat,
                until=new.rule.until,
                made_until=new.made_until,
                **_plan_values(new.plan),
            )
            .returning(series.c.id)
        ).scalar_one()
        self._write_cohosts(series_cohosts, id, new.plan.cohosts)
        return replace(new, id=SeriesId(id))

    def series(self, id: SeriesId, *, hold: bool = False) -> Series | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        chosen = select(series).where(series.c.id == id)
        return next(iter(self._series(chosen.with_for_update() if hold else chosen)), None)

    def save_series(self, series_: Series) -> None:
        """Write its rule and how far it is made."""
        self._connection.execute(
            change(series)
            .where(series.c.id == series_.id)
            .values(
                first_day=series_.rule.first_day,
                wall=series_.rule.wall,
                zone=series_.rule.zone,
                repeat=series_.rule.repeat,
                until=series_.rule.until,
                made_until=series_.made_until,
            )
        )

    def series_behind(self, day: date, limit: int) -> tuple[Series, ...]:
        """Series that go on and are made to a day before `day`, furthest behind first."""
        goes_on = or_(series.c.until.is_(None), series.c.until >= series.c.made_until)
        return self._series(
            select(series)
            .where(series.c.made_until < day, goes_on)
            .order_by(series.c.made_until, series.c.id)
            .limit(limit)
        )

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
                **_plan_values(session.plan),
                **_changing_values(session),
            )
            .returning(sessions.c.id)
        ).scalar_one_or_none()
        if id is None:
            return None
        self._write_cohosts(session_cohosts, id, session.plan.cohosts)
        return replace(session, id=SessionId(id))

    def by_request(self, request: str) -> Session | None:
        """The session that a confirmation made."""
        return self._one(select(sessions).where(sessions.c.request == request))

    def session(self, id: SessionId, *, hold: bool = False) -> Session | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        chosen = select(sessions).where(sessions.c.id == id)
        return self._one(chosen.with_for_update() if hold else chosen)

    def by_code(self, community: CommunityId, code: str, *, hold: bool = False) -> Session | None:
        """By what people type for it, as it was given out; held like `session`."""
        chosen = select(sessions).where(
            sessions.c.community_id == community, sessions.c.code == code
        )
        return self._one(chosen.with_for_update() if hold else chosen)

    def save_session(self, session: Session) -> None:
        """Write what a change changes: times, series, state, reason and revision."""
        self._connection.execute(
            change(sessions).where(sessions.c.id == session.id).values(**_changing_values(session))
        )

    def upcoming(
        self,
        community: CommunityId,
        ends_after: datetime,
        for_whom: Iterable[ForWhom],
        *,
        starts_from: datetime | None = None,
        topic: str | None = None,
        offset: int = 0,
        limit: int = 25,
    ) -> tuple[Session, ...]:
        """Planned sessions in order of time. `topic` is a topic, or part of a topic or title."""
        chosen = _planned(community, ends_after, limit).where(
            sessions.c.for_whom.in_(tuple(for_whom))
        )
        if starts_from is not None:
            chosen = chosen.where(sessions.c.starts >= starts_from)
        if topic is not None:
            chosen = chosen.where(
                or_(
                    sessions.c.topic.icontains(topic, autoescape=True),
                    sessions.c.title.icontains(topic, autoescape=True),
                )
            )
        return self._sessions(chosen.offset(offset))

    def led_by(
        self, member: MemberId, community: CommunityId, ends_after: datetime, limit: int
    ) -> tuple[Session, ...]:
        """Planned sessions that the member hosts or co-hosts, in order of time."""
        cohosts = exists().where(
            session_cohosts.c.session_id == sessions.c.id,
            session_cohosts.c.member_id == member,
        )
        return self._sessions(
            _planned(community, ends_after, limit).where(or_(sessions.c.host_id == member, cohosts))
        )

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
        mine = exists().where(
            seats.c.session_id == sessions.c.id,
            seats.c.member_id == member,
            seats.c.state != SeatState.LEFT,
        )
        return self._sessions(_planned(community, ends_after, limit).where(mine))

    def _one(self, chosen: Select[Any]) -> Session | None:
        return next(iter(self._sessions(chosen)), None)

    def _sessions(self, chosen: Select[Any]) -> tuple[Session, ...]:
        rows = self._connection.execute(chosen).all()
        cohosts = self._cohosts(session_cohosts, [row.id for row in rows])
        return tuple(_session(row, cohosts.get(row.id, ())) for row in rows)

    def _series(self, chosen: Select[Any]) -> tuple[Series, ...]:
        rows = self._connection.execute(chosen).all()
        cohosts = self._cohosts(series_cohosts, [row.id for row in rows])
        return tuple(_a_series(row, cohosts.get(row.id, ())) for row in rows)

    def _cohosts(self, table: Table, ids: Sequence[int]) -> dict[int, tuple[MemberId, ...]]:
        if not ids:
            return {}
        owner = table.columns[0]
        found: dict[int, tuple[MemberId, ...]] = {}
        for id, member in self._connection.execute(
            select(owner, table.c.member_id).where(owner.in_(ids)).order_by(table.c.rank)
        ):
            found[id] = (*found.get(id, ()), MemberId(member))
        return found

    def _write_cohosts(self, table: Table, id: int, members: Sequence[MemberId]) -> None:
        if members:
            owner = table.columns[0].name
            self._connection.execute(
                insert(table),
                [
                    {owner: id, "member_id": member, "rank": rank}
                    for rank, member in enumerate(members)
                ],
            )


def _planned(community: CommunityId, ends_after: datetime, limit: int) -> Select[Any]:
    going_on: ColumnElement[bool] = sessions.c.ends > ends_after
    return (
        select(sessions)
        .where(
            sessions.c.community_id == community,
            sessions.c.state == SessionState.PLANNED,
            going_on,
        )
        .order_by(sessions.c.starts, sessions.c.id)
        .limit(limit)
    )


def _plan_values(plan: Plan) -> dict[str, Any]:
    return {
        "title": plan.title,
        "topic": plan.topic,
        "minutes": plan.minutes,
        "mode": plan.mode,
        "capacity": plan.capacity,
        "place": plan.where,
        "for_whom": plan.for_whom,
        "closes": plan.closes,
    }


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
    }


def _plan(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Plan:
    return Plan(
        title=row.title,
        topic=row.topic,
        minutes=row.minutes,
        mode=row.mode,
        capacity=row.capacity,
        where=row.place,
        for_whom=row.for_whom,
        closes=row.closes,
        cohosts=cohosts,
    )


def _session(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Session:
    return Session(
        id=SessionId(row.id),
        code=row.code,
        community=CommunityId(row.community_id),
        host=MemberId(row.host_id),
        plan=_plan(row, cohosts),
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
    )


def _a_series(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Series:
    return Series(
        id=SeriesId(row.id),
        community=CommunityId(row.community_id),
        host=MemberId(row.host_id),
        plan=_plan(row, cohosts),
        rule=Recurrence(row.first_day, row.wall, row.zone, row.repeat, row.until),
        made_until=row.made_until,
    )
