"""Series in the database: the rule that sessions are made from, and how far they are made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, exists, insert, or_, select
from sqlalchemy import update as change

from bot.domain.office_hours import Series, SeriesId
from bot.domain.people import CommunityId, MemberId
from bot.domain.recurrence import Recurrence
from storage.models_office_hours import series, series_cohosts
from storage.repositories.plans import (
    cohosts_of,
    plan_in,
    plan_values,
    rewrite_cohosts,
    write_cohosts,
)


class SeriesTable:
    """The part of `bot.services.ports.OfficeHours` that is about series."""

    def __init__(self, connection: Connection) -> None:
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
                follows=new.follows,
                **plan_values(new.plan),
            )
            .returning(series.c.id)
        ).scalar_one()
        write_cohosts(self._connection, series_cohosts, id, new.plan.cohosts)
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

    def save_series_plan(self, series_: Series) -> None:
        """Write who leads a series and the plan of the sessions that are still to be made."""
        self._connection.execute(
            change(series)
            .where(series.c.id == series_.id)
            .values(host_id=series_.host, **plan_values(series_.plan))
        )
        rewrite_cohosts(self._connection, series_cohosts, series_.id, series_.plan.cohosts)

    def series_led_by(
        self, member: MemberId, community: CommunityId, day: date
    ) -> tuple[Series, ...]:
        """Series that go on after `day` and that the member hosts or co-hosts."""
        among = exists().where(
            series_cohosts.c.series_id == series.c.id, series_cohosts.c.member_id == member
        )
        return self._series(
            select(series)
            .where(
                series.c.community_id == community,
                or_(series.c.host_id == member, among),
                or_(series.c.until.is_(None), series.c.until >= day),
            )
            .order_by(series.c.id)
        )

    def _series(self, chosen: Select[Any]) -> tuple[Series, ...]:
        rows = self._connection.execute(chosen).all()
        cohosts = cohosts_of(self._connection, series_cohosts, rows)
        return tuple(_a_series(row, cohosts.get(row.id, ())) for row in rows)


def _a_series(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Series:
    return Series(
        id=SeriesId(row.id),
        community=CommunityId(row.community_id),
        host=MemberId(row.host_id),
        plan=plan_in(row, cohosts),
        rule=Recurrence(row.first_day, row.wall, row.zone, row.repeat, row.until),
        made_until=row.made_until,
        follows=None if row.follows is None else SeriesId(row.follows),
    )
