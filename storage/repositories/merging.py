"""Two members become one, and one becomes two, over all tables. Knows by name only those tables
in which both may stand already in a way that says something.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    UniqueConstraint,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.office_hours import SeatState
from bot.domain.people import Account, MemberId
from storage.models import metadata
from storage.models_delivery import deliveries
from storage.models_follow_ups import follow_ups, waiting
from storage.models_linking import without
from storage.models_mentors import (
    blocks,
    mentor_apart,
    mentor_bonds,
    mentor_consents,
    mentor_firsts,
    mentor_listings,
    mentor_requests,
    mentor_round_people,
    mentor_rounds,
)
from storage.models_office_hours import (
    seats,
    series,
    series_cohosts,
    session_cohosts,
    sessions,
)
from storage.models_pairs import absences, unreachable, wishes
from storage.models_people import accounts, members, memberships, places

_GIVEN_UP = (SeatState.LEFT, SeatState.LAPSED)


def merge(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    """Everything of `gone` is of `stays` from now on; `gone` is nobody any more."""
    _one_profile(connection, gone, stays)
    _one_membership(connection, gone, stays)
    connection.execute(delete(unreachable).where(unreachable.c.member_id.in_((gone, stays))))
    _one_seat(connection, gone, stays)
    _one_listing(connection, gone, stays)
    for table in (blocks, mentor_apart):
        _both_named(connection, table, gone, stays)
    _in_lists(connection, gone, stays)
    for table in metadata.sorted_tables:
        for column in _naming(table):
            _take_over(connection, table, column, gone, stays)
    _one_host(connection, stays)
    _in_subjects(connection, gone, stays)
    connection.execute(delete(members).where(members.c.id == gone))


def split(
    connection: Connection, member: MemberId, account: Account, now: datetime
) -> MemberId | None:
    """The account is a new member, with the zone, the manners and the blocks of the old one."""
    c = accounts.c
    it = and_(
        c.member_id == member,
        c.platform == account.platform,
        c.workspace == account.workspace,
        c.user_id == account.user,
    )
    others = select(func.count()).select_from(accounts).where(c.member_id == member)
    known = connection.execute(select(c.id).where(it)).scalar_one_or_none()
    if known is None or connection.execute(others).scalar_one() < 2:
        return None
    old = connection.execute(select(members).where(members.c.id == member)).one()
    added = insert(members).values(zone=old.zone, language=old.language, created_at=now)
    new = MemberId(connection.execute(added.returning(members.c.id)).scalar_one())
    connection.execute(update(accounts).where(c.id == known).values(member_id=new))
    meets = select(places.c.community_id).where(
        places.c.platform == account.platform,
        *((places.c.workspace == account.workspace,) if account.workspace else ()),
    )
    here = memberships.c
    _copy(
        connection,
        memberships,
        and_(here.member_id == member, here.left_at.is_(None), here.community_id.in_(meets)),
        {"member_id": new, "joined_at": now},
    )
    for table in (wishes, absences, without):
        _copy(connection, table, table.c.member_id == member, {"member_id": new})
    # Whoever wanted nothing to do with them wants nothing to do with either.
    _copy(connection, blocks, blocks.c.member_id == member, {"member_id": new})
    _copy(connection, blocks, blocks.c.blocked_id == member, {"blocked_id": new})
    c = mentor_apart.c
    apart = connection.execute(
        select(mentor_apart).where(or_(c.one_id == member, c.other_id == member))
    ).all()
    for row in apart:
        one, other = sorted((new, row.other_id if row.one_id == member else row.one_id))
        kept = {"community_id": row.community_id, "one_id": one, "other_id": other, "at": row.at}
        connection.execute(insert(mentor_apart).values(kept))
    return new


def _one_profile(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    old = connection.execute(select(members).where(members.c.id == gone)).one()
    values = {
        name: func.coalesce(members.c[name], getattr(old, name)) for name in ("zone", "language")
    }
    connection.execute(update(members).where(members.c.id == stays).values(values))


def _one_membership(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    c = memberships.c
    mine = {
        row.community_id: row
        for row in connection.execute(select(memberships).where(c.member_id == stays))
    }
    for row in connection.execute(select(memberships).where(c.member_id == gone)).all():
        had = mine.get(row.community_id)
        if had is None:
            continue
        here = row.left_at is None or had.left_at is None
        values = {
            "joined_at": min(row.joined_at, had.joined_at),
            "left_at": None if here else had.left_at,
        }
        same = and_(c.member_id == stays, c.community_id == row.community_id)
        connection.execute(update(memberships).where(same).values(values))


def _one_seat(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    """Of two in one session the one that was not given up is kept."""
    c = seats.c
    twice = select(c.session_id).where(c.member_id == gone)
    connection.execute(
        delete(seats).where(
            c.member_id == stays,
            c.state.in_(_GIVEN_UP),
            c.session_id.in_(twice.where(c.state.not_in(_GIVEN_UP)).scalar_subquery()),
        )
    )


def _one_listing(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    """One of two was withdrawn before; what hangs on it goes on with the other."""
    c = mentor_listings.c
    mine = {
        row.community_id: row
        for row in connection.execute(select(mentor_listings).where(c.member_id == stays)).all()
    }
    for row in connection.execute(select(mentor_listings).where(c.member_id == gone)).all():
        had = mine.get(row.community_id)
        if had is None:
            continue
        old, kept = (row, had) if had.state.value != "withdrawn" else (had, row)
        for table in (mentor_requests, mentor_bonds):
            moved = update(table).where(table.c.listing_id == old.id)
            connection.execute(moved.values(listing_id=kept.id))
        for table in (mentor_consents, mentor_firsts):
            connection.execute(delete(table).where(table.c.listing_id == old.id))
        counted = {"ongoing": kept.ongoing + old.ongoing}
        connection.execute(update(mentor_listings).where(c.id == kept.id).values(counted))
        connection.execute(delete(mentor_listings).where(c.id == old.id))


def _both_named(connection: Connection, table: Table, gone: MemberId, stays: MemberId) -> None:
    """A table whose key are two members; in one of them the smaller number comes first."""
    one, two = _naming(table)
    theirs = or_(one == gone, two == gone)
    rows = connection.execute(select(table).where(theirs)).mappings().all()
    connection.execute(delete(table).where(theirs))
    for row in rows:
        new = {**row}
        for column in (one, two):
            if new[column.name] == gone:
                new[column.name] = stays
        if new[one.name] == new[two.name]:
            continue
        if table is mentor_apart:
            new[one.name], new[two.name] = sorted((new[one.name], new[two.name]))
        keys = [table.c[key.name] == new[key.name] for key in table.primary_key]
        if connection.execute(select(one).where(*keys)).first() is None:
            connection.execute(insert(table).values(new))


def _take_over(
    connection: Connection, table: Table, column: Column[Any], gone: MemberId, stays: MemberId
) -> None:
    for unique in _uniques(table):
        rest = [one for one in unique if one.name != column.name]
        if len(rest) == len(unique):
            continue
        clash: ColumnElement[bool] = column == gone
        if rest:
            mine = select(*rest).where(column == stays)
            clash = and_(clash, tuple_(*rest).in_(mine))
        elif connection.execute(select(column).where(column == stays)).first() is None:
            continue
        connection.execute(delete(table).where(clash))
    connection.execute(update(table).where(column == gone).values({column.name: stays}))


def _in_lists(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    """Rounds of matching hold numbers of members in lists."""

    def now(listed: Iterable[int]) -> list[int]:
        return list(dict.fromkeys(stays if one == gone else one for one in listed))

    c = mentor_rounds.c
    for id, draft in connection.execute(select(c.id, c.draft)).all():
        pairs = cast("list[list[int]]", draft)
        if any(gone in pair for pair in pairs):
            kept = [one for one in (now(pair) for pair in pairs) if len(one) == 2]
            connection.execute(update(mentor_rounds).where(c.id == id).values(draft=kept))
    p = mentor_round_people.c
    for row in connection.execute(select(mentor_round_people)).all():
        if gone in row.ranked:
            same = and_(
                p.round_id == row.round_id,
                p.member_id == row.member_id,
                p.mentors == row.mentors,
            )
            change = update(mentor_round_people).where(same)
            connection.execute(change.values(ranked=now(row.ranked)))


def _one_host(connection: Connection, stays: MemberId) -> None:
    """Whoever leads something is not also beside themselves."""
    for table, beside, column in (
        (sessions, session_cohosts, session_cohosts.c.session_id),
        (series, series_cohosts, series_cohosts.c.series_id),
    ):
        led = select(table.c.id).where(table.c.host_id == stays)
        connection.execute(delete(beside).where(beside.c.member_id == stays, column.in_(led)))
        there = select(func.count()).select_from(beside).where(column == table.c.id)
        counted = there.scalar_subquery()
        many = and_(table.c.cohosts > 0, table.c.cohosts != counted)
        connection.execute(update(table).where(many).values(cohosts=counted))


def _in_subjects(connection: Connection, gone: MemberId, stays: MemberId) -> None:
    """What follows a session is found by its member as well."""
    for table in (follow_ups, deliveries, waiting):
        c = table.c
        named = c.subject.like(f"after:%:{int(gone)}")
        for id, subject in connection.execute(select(c.id, c.subject).where(named)).all():
            new = f"{subject.removesuffix(f':{int(gone)}')}:{int(stays)}"
            connection.execute(update(table).where(c.id == id).values(subject=new))


def _copy(
    connection: Connection, table: Table, rows: ColumnElement[bool], change: dict[str, object]
) -> None:
    for row in connection.execute(select(table).where(rows)).mappings().all():
        new = {name: value for name, value in row.items() if name != "id"}
        connection.execute(insert(table).values({**new, **change}))


def _naming(table: Table) -> list[Column[Any]]:
    """The columns that name a member."""
    return [
        column
        for column in table.c
        if any(key.column is members.c.id for key in column.foreign_keys)
    ]


def _uniques(table: Table) -> Iterable[list[Column[Any]]]:
    yield list(table.primary_key.columns)
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield list(constraint.columns)
