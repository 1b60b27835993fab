"""What a session and the series it comes from have in common in the database: plan, co-hosts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, bindparam, delete, insert, select

from bot.domain.office_hours import Plan, VoiceChannel
from bot.domain.people import MemberId, Place


def cohosts_of(
    connection: Connection, table: Table, rows: Iterable[Row[Any]]
) -> dict[int, tuple[MemberId, ...]]:
    """Who leads with the host, by session or series, in the order they were named."""
    # Most have none, and their row says so.
    asked = [row.id for row in rows if row.cohosts]
    found: dict[int, tuple[MemberId, ...]] = {}
    if asked:
        for id, member in connection.execute(_of_several(table), {"owners": asked}):
            found[id] = (*found.get(id, ()), MemberId(member))
    return found


def rewrite_cohosts(
    connection: Connection, table: Table, id: int, members: Sequence[MemberId]
) -> None:
    """Other co-hosts than before."""
    connection.execute(delete(table).where(table.columns[0] == id))
    write_cohosts(connection, table, id, members)


def write_cohosts(
    connection: Connection, table: Table, id: int, members: Sequence[MemberId]
) -> None:
    """The co-hosts of a new session or series."""
    if members:
        owner = table.columns[0].name
        connection.execute(
            insert(table),
            [{owner: id, "member_id": member, "rank": rank} for rank, member in enumerate(members)],
        )


def plan_values(plan: Plan) -> dict[str, Any]:
    """The columns of a plan."""
    return {
        "title": plan.title,
        "topic": plan.topic,
        "minutes": plan.minutes,
        "mode": plan.mode,
        "capacity": plan.capacity,
        "place": plan.where,
        "for_whom": plan.for_whom,
        "closes": plan.closes,
        "cohosts": len(plan.cohosts),
        "fair": plan.fair,
        "agenda": plan.agenda,
        "voice_platform": plan.voice.place.platform if plan.voice else None,
        "voice_workspace": plan.voice.place.workspace if plan.voice else None,
        "voice_channel": plan.voice.channel if plan.voice else None,
    }


def plan_in(row: Row[Any], cohosts: tuple[MemberId, ...]) -> Plan:
    """The plan in a row."""
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
        fair=row.fair,
        agenda=row.agenda,
        voice=None
        if row.voice_channel is None
        else VoiceChannel(Place(row.voice_platform, row.voice_workspace), row.voice_channel),
    )


@cache
def _of_several(table: Table) -> Select[Any, Any]:
    """Co-hosts of several sessions or series, in the order they were named."""
    owner = table.columns[0]
    asked = owner.in_(bindparam("owners", expanding=True))
    return select(owner, table.c.member_id).where(asked).order_by(table.c.rank)
