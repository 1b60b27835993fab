"""One row as its member may read it: names in the place of numbers, plain values, no secrets."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Connection, select

from bot.domain.people import MemberId
from bot.services.ports.own_data import YOU
from storage.models_mentors import mentor_listings, mentor_requests
from storage.models_office_hours import series, sessions
from storage.models_pairs import pairs
from storage.models_people import communities
from storage.own_data import Rule
from storage.repositories.people import PeopleTable

_TITLES = {
    "sessions": (sessions, sessions.c.title),
    "series": (series, series.c.title),
    "communities": (communities, communities.c.name),
    "pairs": (pairs, pairs.c.code),
    "mentor_requests": (mentor_requests, mentor_requests.c.code),
}


class Shown:
    """Rows for one member; remembers what it looked up."""

    def __init__(self, connection: Connection, member: MemberId) -> None:
        self._connection = connection
        self._member = member
        self._people = PeopleTable(connection)
        self._names: dict[int, str] = {}
        self._titles: dict[tuple[str, int], str] = {}

    def row(
        self, rule: Rule, row: Mapping[str, Any], mine: Mapping[str, frozenset[int]]
    ) -> dict[str, object]:
        """What of a row is shown. `mine`: rows of parents that are the member's, by owner."""
        shown: dict[str, object] = {}
        for name, who in rule.who.items():
            if who.shown and name != "id":
                shown[name.removesuffix("_id")] = self._name(row[name])
            if who.shown and row[name] == self._member:
                for own in who.own:
                    named = own in rule.who
                    said = self._name(row[own]) if named else _plain(row[own])
                    shown[own.removesuffix("_id") if named else own] = said
        for via in rule.via:
            if row[via.column] in mine[via.owner]:
                shown.update({own: _plain(row[own]) for own in via.own})
        for name in rule.links:
            shown[name.removesuffix("_id")] = self._link(rule, name, row[name])
        for name in (*rule.said, *rule.noted):
            shown[name] = _plain(row[name])
        return shown

    def _name(self, member: int | None) -> str | None:
        if member is None or member == self._member:
            return None if member is None else YOU
        if member not in self._names:
            self._names[member] = self._people.someone(MemberId(member)).name
        return self._names[member]

    def _link(self, rule: Rule, name: str, value: object) -> object:
        if value is None:
            return None
        keys = rule.table.c[name].foreign_keys
        target = next(iter(keys)).column.table.name if keys else ""
        if target == "mentor_listings":
            owner = self._connection.execute(
                select(mentor_listings.c.member_id).where(mentor_listings.c.id == value)
            ).scalar_one()
            return self._name(owner)
        if target not in _TITLES:
            return _plain(value)
        key = (target, cast("int", value))
        if key not in self._titles:
            table, title = _TITLES[target]
            self._titles[key] = self._connection.execute(
                select(title).where(table.c.id == value)
            ).scalar_one()
        return f"{self._titles[key]} ({value})"


def _plain(value: object) -> object:
    return cast("object", value.value) if isinstance(value, enum.Enum) else value
