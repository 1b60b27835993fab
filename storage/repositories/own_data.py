"""All tables at once, by the registry: export, erasing, retention. Knows no table by name but those
whose numbers stand in lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Table,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    text,
    update,
)

from bot.domain.people import MemberId
from bot.services.ports.own_data import Expiry, Kept
from storage.dialects import is_postgresql
from storage.models import metadata
from storage.models_delivery import deliveries
from storage.models_mentors import mentor_round_people, mentor_rounds
from storage.models_office_hours import (
    series,
    series_cohosts,
    session_cohosts,
    sessions,
)
from storage.models_people import accounts, members, memberships
from storage.own_data import RULES, After, Fate, Rule, Via
from storage.repositories.own_data_shown import Shown

_OLDEST_FIRST = tuple(metadata.sorted_tables)
"""Every table after those it refers to."""


class OwnDataTable:
    """All tables, as `bot.services.ports.OwnData` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wiped = False
        """Whether somebody was erased, so that no old page of the file may stay."""

    def export(self, member: MemberId) -> tuple[Kept, ...]:
        """Everything about a member, table by table; tables without a row are left out."""
        shown = Shown(self._connection, member)
        found: list[Kept] = []
        for rule in RULES.values():
            if not rule.personal:
                continue
            condition = self._theirs(rule, member)
            if condition is None:
                continue
            asked = select(rule.table).where(condition).order_by(*rule.table.primary_key.columns)
            rows = self._connection.execute(asked).mappings().all()
            if rows:
                mine = self._mine(rule, member)
                kept = tuple(shown.row(rule, dict(row), mine) for row in rows)
                found.append(Kept(rule.table.name, kept))
        return tuple(found)

    def erase(self, member: MemberId) -> None:
        """Take the member out of every table. What hangs on others has been ended before."""
        self.wiped = True
        self._out_of_lists(member)
        self._connection.execute(
            delete(deliveries).where(deliveries.c.subject == f"unreachable:{member}")
        )
        for table in reversed(_OLDEST_FIRST):
            rule = RULES[table.name]
            for via in rule.via:
                self._meet(
                    table, self._through(rule, via, member), via.column, via.fate, via.empties
                )
            if rule.by_account and (named := self._accounts(rule, member)) is not None:
                self._remove(table, named)
            for name, who in rule.who.items():
                self._meet(table, table.c[name] == member, name, who.fate, who.empties)
        self._count_cohosts()
        if not is_postgresql(self._connection):
            # A deleted word stays in the index until its parts are written anew.
            self._connection.execute(
                text("INSERT INTO mentor_words(mentor_words) VALUES ('optimize')")
            )
        if not self._referred_to(member):
            self._connection.execute(delete(members).where(members.c.id == member))

    def expired(self, now: datetime, days: Mapping[str, int], limit: int) -> tuple[Expiry, ...]:
        """Rows beyond their retention, some of each table; `days` by the name of the setting."""
        found: list[Expiry] = []
        for rule in RULES.values():
            if not isinstance(rule.keep, After):
                continue
            since = cast("Column[Any]", rule.keep.since)
            until = now - timedelta(days=days[rule.keep.setting])
            over = [since < (until.date() if isinstance(since.type, Date) else until)]
            if rule.keep.over is not None:
                over.append(rule.keep.over)
            keys = rule.table.primary_key.columns
            rows = self._connection.execute(
                select(*keys).where(*over).order_by(*keys).limit(limit)
            ).all()
            if rows:
                found.append(Expiry(rule.table.name, tuple(tuple(row) for row in rows)))
        return tuple(found)

    def remove(self, expiry: Sequence[Expiry]) -> None:
        """Remove these rows and what belongs to them."""
        for each in expiry:
            table = metadata.tables[each.table]
            columns = tuple(table.primary_key.columns)
            for key in each.keys:
                self._remove(
                    table, and_(*(one == value for one, value in zip(columns, key, strict=True)))
                )

    def left(self, before: datetime, limit: int) -> tuple[MemberId, ...]:
        """Members who belong to no community, and left the last one before then."""
        c = memberships.c
        here = exists().where(c.member_id == members.c.id, c.left_at.is_(None))
        last = select(func.max(c.left_at)).where(c.member_id == members.c.id).scalar_subquery()
        known = exists().where(accounts.c.member_id == members.c.id)
        found = self._connection.execute(
            select(members.c.id)
            .where(known, ~here, func.coalesce(last, members.c.created_at) < before)
            .order_by(members.c.id)
            .limit(limit)
        ).scalars()
        return tuple(MemberId(id) for id in found)

    # Inside -------------------------------------------------------------------------------------

    def _theirs(self, rule: Rule, member: MemberId) -> ColumnElement[bool] | None:
        parts: list[ColumnElement[bool]] = [
            rule.table.c[name] == member for name, who in rule.who.items() if who.shown
        ]
        parts += [self._through(rule, via, member) for via in rule.via if via.shown]
        if rule.by_account and (named := self._accounts(rule, member)) is not None:
            parts.append(named)
        return or_(*parts) if parts else None

    def _through(self, rule: Rule, via: Via, member: MemberId) -> ColumnElement[bool]:
        parent = metadata.tables[via.table]
        mine = select(parent.c.id).where(parent.c[via.owner] == member)
        return cast("ColumnElement[bool]", rule.table.c[via.column].in_(mine))

    def _mine(self, rule: Rule, member: MemberId) -> Mapping[str, frozenset[int]]:
        """For each `via` of a rule by its owner, the rows of the parent that are the member's."""
        found: dict[str, frozenset[int]] = {}
        for via in rule.via:
            parent = metadata.tables[via.table]
            mine = select(parent.c.id).where(parent.c[via.owner] == member)
            found[via.owner] = frozenset(self._connection.execute(mine).scalars())
        return found

    def _accounts(self, rule: Rule, member: MemberId) -> ColumnElement[bool] | None:
        c, named = rule.table.c, accounts.c
        rows = self._connection.execute(
            select(named.platform, named.workspace, named.user_id).where(named.member_id == member)
        ).all()
        each = [
            and_(
                c.is_person.is_(True),
                c.platform == row[0],
                # Where ids are the same everywhere, the account names no place.
                *((c.workspace == row[1],) if row[1] else ()),
                c.ref == row[2],
            )
            for row in rows
        ]
        return or_(*each) if each else None

    def _meet(
        self,
        table: Table,
        condition: ColumnElement[bool],
        name: str,
        fate: Fate,
        empties: Mapping[str, object],
    ) -> None:
        match fate:
            case Fate.DELETE:
                self._remove(table, condition)
            case Fate.EMPTY:
                self._connection.execute(update(table).where(condition).values(dict(empties)))
            case Fate.UNNAME:
                self._connection.execute(update(table).where(condition).values({name: None}))
            case Fate.STAND:
                pass

    def _remove(self, table: Table, condition: ColumnElement[bool]) -> None:
        """Rows, and first what refers to them; a reference that may be empty becomes empty."""
        for child, column in _references_to(table):
            target = next(iter(column.foreign_keys)).column
            hanging = column.in_(select(target).where(condition))
            if column.nullable:
                self._connection.execute(update(child).where(hanging).values({column.name: None}))
            else:
                self._remove(child, hanging)
        self._connection.execute(delete(table).where(condition))

    def _out_of_lists(self, member: MemberId) -> None:
        """Rounds of matching hold numbers of members in lists."""
        c = mentor_rounds.c
        for id, draft in self._connection.execute(select(c.id, c.draft)).all():
            pairs = cast("list[list[int]]", draft)
            kept = [pair for pair in pairs if member not in pair]
            if kept != pairs:
                self._connection.execute(update(mentor_rounds).where(c.id == id).values(draft=kept))
        people = mentor_round_people.c
        asked = select(people.round_id, people.member_id, people.mentors, people.ranked)
        for round_id, who, mentors, ranked in self._connection.execute(asked).all():
            rest = [one for one in cast("list[int]", ranked) if one != member]
            if len(rest) != len(cast("list[int]", ranked)):
                self._connection.execute(
                    update(mentor_round_people)
                    .where(
                        people.round_id == round_id,
                        people.member_id == who,
                        people.mentors == mentors,
                    )
                    .values(ranked=rest)
                )

    def _count_cohosts(self) -> None:
        for table, beside, column in (
            (sessions, session_cohosts, session_cohosts.c.session_id),
            (series, series_cohosts, series_cohosts.c.series_id),
        ):
            there = (
                select(func.count()).select_from(beside).where(column == table.c.id)
            ).scalar_subquery()
            self._connection.execute(
                update(table)
                .where(table.c.cohosts > 0, table.c.cohosts != there)
                .values(cohosts=there)
            )

    def _referred_to(self, member: MemberId) -> bool:
        return any(
            self._connection.execute(
                select(column).select_from(child).where(column == member).limit(1)
            ).first()
            for child, column in _references_to(members)
        )


def _references_to(table: Table) -> Iterable[tuple[Table, Column[Any]]]:
    for child in _OLDEST_FIRST:
        for key in child.foreign_keys:
            if key.column.table is table:
                yield child, key.parent
