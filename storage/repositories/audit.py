"""The record of moderators' changes, and plain choices, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.people import CommunityId, MemberId, Place
from storage.dialects import insert_or_change
from storage.models_moderation import changes, chosen

_AGAIN = changes.alias()
_SHOWN = (
    changes.c.id,
    changes.c.community_id,
    changes.c.by_id,
    changes.c.at,
    changes.c.kind,
    changes.c.name,
    changes.c.platform,
    changes.c.workspace,
    changes.c.old,
    changes.c.new,
    changes.c.why,
    changes.c.about_id,
    changes.c.undoes,
    select(_AGAIN.c.id).where(_AGAIN.c.undoes == changes.c.id).limit(1).scalar_subquery(),
)


class AuditTable:
    """Changes, as `bot.services.ports.Audit` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        by: MemberId,
        at: datetime,
        setting: Setting,
        old: str,
        new: str,
        *,
        why: str = "",
        about: MemberId | None = None,
        undoes: ChangeId | None = None,
    ) -> Change:
        """Write a record."""
        place = setting.place
        id = self._connection.execute(
            insert(changes)
            .values(
                community_id=community,
                by_id=by,
                about_id=about,
                at=at,
                kind=setting.kind,
                name=setting.name,
                platform="" if place is None else place.platform,
                workspace="" if place is None else place.workspace,
                old=old,
                new=new,
                why=why,
                undoes=undoes,
            )
            .returning(changes.c.id)
        ).scalar_one()
        return Change(ChangeId(id), community, by, at, setting, old, new, why, about, undoes)

    def get(self, community: CommunityId, id: ChangeId) -> Change | None:
        """A record of this community."""
        row = self._connection.execute(
            select(*_SHOWN).where(changes.c.id == id, changes.c.community_id == community)
        ).one_or_none()
        return None if row is None else _change(row)

    def latest(
        self, community: CommunityId, limit: int, before: ChangeId | None = None
    ) -> tuple[Change, ...]:
        """The newest first; those `before` one of them."""
        query = select(*_SHOWN).where(changes.c.community_id == community)
        if before is not None:
            query = query.where(changes.c.id < before)
        found = self._connection.execute(query.order_by(changes.c.id.desc()).limit(limit))
        return tuple(_change(row) for row in found)

    def erase(self, member: MemberId) -> None:
        """Take a member's name out of every record."""
        for column in (changes.c.by_id, changes.c.about_id):
            self._connection.execute(
                update(changes).where(column == member).values({column.name: None})
            )


class ChosenTable:
    """Choices, as `bot.services.ports.Chosen` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, community: CommunityId, kind: str, name: str = "") -> str:
        """The value; empty if the default holds."""
        found = select(chosen.c.value).where(
            chosen.c.community_id == community, chosen.c.kind == kind, chosen.c.name == name
        )
        return self._connection.execute(found).scalar_one_or_none() or ""

    def all(self, community: CommunityId, kind: str) -> dict[str, str]:
        """Every value of a kind that is not the default, by name."""
        found = select(chosen.c.name, chosen.c.value).where(
            chosen.c.community_id == community, chosen.c.kind == kind
        )
        return {row[0]: row[1] for row in self._connection.execute(found.order_by(chosen.c.name))}

    def set(self, community: CommunityId, kind: str, name: str, value: str) -> None:
        """Choose; empty for the default."""
        if not value:
            self._connection.execute(
                delete(chosen).where(
                    chosen.c.community_id == community, chosen.c.kind == kind, chosen.c.name == name
                )
            )
            return
        self._connection.execute(
            insert_or_change(
                self._connection, chosen, ("community_id", "kind", "name"), ("value",)
            ).values(community_id=community, kind=kind, name=name, value=value)
        )


def _change(row: Row[*tuple[Any, ...]]) -> Change:
    place = Place(row[6], row[7]) if row[6] else None
    setting = Setting(row[4], row[5], place)
    return Change(
        id=ChangeId(row[0]),
        community=CommunityId(row[1]),
        by=row[2],
        at=row[3],
        setting=setting,
        old=row[8],
        new=row[9],
        why=row[10],
        about=row[11],
        undoes=row[12],
        undone=row[13] is not None,
    )
