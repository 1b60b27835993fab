"""Follow-ups in the database."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from bot.domain.follow_ups import FollowUp, FollowUpId, NewFollowUp, Plan, Step
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from storage.models_follow_ups import follow_ups
from storage.models_people import communities

_COLUMN = {"community": "community_id", "owes": "owes_id", "waits": "waits_id"}
_NAMES = tuple(field.name for field in fields(FollowUp))
SHOWN = tuple(follow_ups.c[_COLUMN.get(name, name)] for name in _NAMES)
_CHANGE = tuple(name for name in _NAMES if name not in ("id", "community", "matter", "opened"))
_STILL = follow_ups.c.ending.is_(None)

# Putting a statement together takes longer than carrying it out, so the frequent ones are put
# together once.
_GET = select(*SHOWN).where(follow_ups.c.id == bindparam("id"))
_PUT = (
    update(follow_ups)
    .where(follow_ups.c.id == bindparam("this"))
    .values({name: bindparam(name) for name in (_COLUMN.get(name, name) for name in _CHANGE)})
)
_ADD = insert(follow_ups).returning(*SHOWN)
_EVERY = select(*SHOWN).where(follow_ups.c.subject == bindparam("about")).order_by(follow_ups.c.id)
_ABOUT = _EVERY.where(_STILL)
_OF = (
    select(*SHOWN)
    .where(
        _STILL,
        or_(follow_ups.c.owes_id == bindparam("who"), follow_ups.c.waits_id == bindparam("who")),
    )
    .order_by(follow_ups.c.deadline, follow_ups.c.id)
)
_OF_HERE = _OF.where(follow_ups.c.community_id == bindparam("community"))
_OPEN_IN = (
    select(*SHOWN)
    .where(_STILL, follow_ups.c.community_id == bindparam("community"))
    .order_by(follow_ups.c.deadline, follow_ups.c.id)
)
_MAY_END = follow_ups.c.community_id.not_in(
    select(communities.c.id).where(communities.c.held_at.is_not(None))
)
_DUE = (
    select(*SHOWN)
    .where(
        _STILL,
        _MAY_END,
        follow_ups.c.deadline <= bindparam("now"),
        or_(follow_ups.c.stopped_at.is_(None), follow_ups.c.bound <= bindparam("now")),
    )
    .order_by(follow_ups.c.deadline, follow_ups.c.id)
    .limit(bindparam("most"))
)


class FollowUpsTable:
    """Follow-ups, as `bot.services.ports.FollowUps` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Within one transaction the same matter is looked at several times.
        self._known: dict[FollowUpId, FollowUp] = {}

    def add(
        self, new: NewFollowUp, now: datetime, plan: Plan, patience: int, early: bool
    ) -> FollowUp:
        """Open one."""
        row = self._connection.execute(
            _ADD,
            {
                "community_id": new.community,
                "matter": new.matter,
                "subject": new.subject,
                "ref": new.ref,
                "owes_id": new.owes,
                "waits_id": new.waits,
                "about": new.about,
                "opened": now,
                "since": now,
                "deadline": plan.close,
                "bound": plan.bound,
                "not_after": new.not_after,
                "patience": patience,
                "early": early,
                "turn": 0,
                "remind_at": plan.remind,
                "last_at": plan.last,
                "moved": False,
                "tries": 0,
            },
        ).one()
        return follow_up(row)

    def get(self, id: FollowUpId) -> FollowUp | None:
        """By id."""
        known = self._known.get(id)
        if known is None:
            row = self._connection.execute(_GET, {"id": id}).one_or_none()
            if row is None:
                return None
            known = self._known[id] = follow_up(row)
        return known

    def put(self, follow_up: FollowUp) -> None:
        """Keep what changed."""
        values = {_COLUMN.get(name, name): getattr(follow_up, name) for name in _CHANGE}
        self._connection.execute(_PUT, {**values, "this": follow_up.id})
        self._known[follow_up.id] = follow_up

    def about(self, subject: str, *, ended: bool = False) -> tuple[FollowUp, ...]:
        """The open ones of a subject, oldest first; with `ended` all of them."""
        found = self._connection.execute(_EVERY if ended else _ABOUT, {"about": subject})
        return tuple(follow_up(row) for row in found)

    def of(self, member: MemberId, community: CommunityId | None = None) -> tuple[FollowUp, ...]:
        """The open ones in which a member owes or waits, by deadline."""
        if community is None:
            found = self._connection.execute(_OF, {"who": member})
        else:
            found = self._connection.execute(_OF_HERE, {"who": member, "community": community})
        return tuple(follow_up(row) for row in found)

    def open_in(self, community: CommunityId) -> tuple[FollowUp, ...]:
        """All open ones of a community, by deadline."""
        found = self._connection.execute(_OPEN_IN, {"community": community})
        return tuple(follow_up(row) for row in found)

    def due(self, now: datetime, limit: int) -> tuple[FollowUp, ...]:
        """Open ones whose deadline (or, while they stand still, bound) has come.

        Without those of a community whose messages are on hold.
        """
        found = self._connection.execute(_DUE, {"now": now, "most": limit})
        return tuple(follow_up(row) for row in found)

    def next_deadline(self) -> datetime | None:
        """When the next one closes that may; on hold, none does."""
        running = select(func.min(follow_ups.c.deadline)).where(
            _STILL, _MAY_END, follow_ups.c.stopped_at.is_(None)
        )
        standing = select(func.min(follow_ups.c.bound)).where(
            _STILL, _MAY_END, follow_ups.c.stopped_at.is_not(None)
        )
        found = (self._connection.execute(each).scalar_one() for each in (running, standing))
        return min((at for at in found if at is not None), default=None)

    def overdue(self, community: CommunityId, now: datetime) -> dict[Matter, int]:
        """How many open ones of each matter had their last word."""
        found = self._connection.execute(
            select(follow_ups.c.matter, func.count())
            .where(_STILL, follow_ups.c.community_id == community, follow_ups.c.said == Step.LAST)
            .group_by(follow_ups.c.matter)
        )
        return {row[0]: row[1] for row in found}


def follow_up(row: Row[*tuple[Any, ...]]) -> FollowUp:
    """A row of `SHOWN`."""
    return FollowUp(**dict(zip(_NAMES, row, strict=True)))
