"""Taking what is due from the table of deliveries, in turn between communities.

Every change names the state it expects, so two processes at the same table never both win.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import zip_longest
from typing import Any

from sqlalchemy import (
    Connection,
    Integer,
    Row,
    Select,
    Update,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from bot.domain.delivery import Delivery, DeliveryId, DeliveryState
from bot.domain.people import CommunityId, MemberId
from storage.dialects import chosen, for_each, for_ids, is_postgresql, skipping_locked
from storage.models_delivery import deliveries, is_in
from storage.models_people import communities
from storage.types import UtcDateTime

_CLAIMED = (
    deliveries.c.id,
    deliveries.c.kind,
    deliveries.c.community_id,
    deliveries.c.subject,
    deliveries.c.key,
    deliveries.c.due,
    deliveries.c.member_id,
    deliveries.c.channel,
    deliveries.c.ref,
    deliveries.c.attempts,
    deliveries.c.doubtful,
)


def let_go(state: DeliveryState) -> Update:
    """An UPDATE that ends a lease and leaves the row in `state`."""
    return update(deliveries).values(state=state, token=None, lease_until=None, begun=False)


_WAITING = (
    select(func.min(deliveries.c.wake_at))
    .where(deliveries.c.community_id == communities.c.id, is_in(DeliveryState.PENDING))
    .scalar_subquery()
)
_LAPSED = (is_in(DeliveryState.CLAIMED), deliveries.c.lease_until <= bindparam("now"))
_WITH_DUE = (
    select(communities.c.id, _WAITING.label("first"))
    .where(bindparam("now", type_=UtcDateTime()) >= _WAITING)
    .order_by(_WAITING, communities.c.id)
    .limit(bindparam("limit", type_=Integer))
    .subquery()
)
_NOBODY = 0
"""Stands for no community: somebody's lease has run out."""
_LOOK = union_all(
    select(
        literal_column(str(_NOBODY), Integer).label("id"),
        func.min(deliveries.c.lease_until).label("first"),
    )
    .where(*_LAPSED)
    .having(func.count() > 0),
    select(_WITH_DUE.c.id, _WITH_DUE.c.first),
)
_TAKE = for_ids(
    lambda due: (
        update(deliveries)
        .where(due, is_in(DeliveryState.PENDING))
        .values(
            state=DeliveryState.CLAIMED, token=bindparam("mine"), lease_until=bindparam("until")
        )
        .returning(*_CLAIMED)
    ),
    deliveries.c.id,
)


@cache
def _return_expired(on_postgresql: bool) -> Update:
    """Nobody said what became of these: what was begun may have gone out, and is marked so."""
    lapsed = select(deliveries.c.id).where(*_LAPSED)
    return (
        let_go(DeliveryState.PENDING)
        .values(doubtful=or_(deliveries.c.doubtful, deliveries.c.begun))
        .where(
            deliveries.c.id.in_(skipping_locked(on_postgresql, lapsed)),
            is_in(DeliveryState.CLAIMED),
        )
    )


@cache
def _oldest(on_postgresql: bool) -> Select[int, int]:
    """Up to `share` due rows of each community, the longest waiting first."""
    row = deliveries.alias()
    oldest = (
        select(row.c.id)
        .where(
            row.c.community_id == communities.c.id,
            is_in(DeliveryState.PENDING, of=row),
            row.c.wake_at <= bindparam("now"),
        )
        .order_by(row.c.wake_at, row.c.id)
        .limit(bindparam("share", type_=Integer))
        .correlate(communities)
    )
    return (
        select(deliveries.c.id, deliveries.c.community_id)
        .select_from(for_each(on_postgresql, communities, deliveries.c.id, oldest))
        .where(communities.c.id.in_(bindparam("asked", expanding=True)))
        .order_by(deliveries.c.wake_at, deliveries.c.id)
    )


@cache
def _take_oldest(on_postgresql: bool) -> ReturningUpdate[*tuple[Any, ...]]:
    """Where only one community has something due, nobody takes turns."""
    oldest = (
        select(deliveries.c.id)
        .where(
            deliveries.c.community_id == bindparam("home"),
            is_in(DeliveryState.PENDING),
            deliveries.c.wake_at <= bindparam("now"),
        )
        .order_by(deliveries.c.wake_at, deliveries.c.id)
        .limit(bindparam("share", type_=Integer))
    )
    return (
        update(deliveries)
        .where(
            deliveries.c.id.in_(skipping_locked(on_postgresql, oldest)),
            is_in(DeliveryState.PENDING),
        )
        .values(
            state=DeliveryState.CLAIMED, token=bindparam("mine"), lease_until=bindparam("until")
        )
        .returning(*_CLAIMED, deliveries.c.wake_at)
    )


def claim(
    connection: Connection, token: str, now: datetime, lease: timedelta, limit: int
) -> tuple[Delivery, ...]:
    """Take due rows under a lease, in turn between communities; expired leases come back.

    Each community gives its oldest rows, one at a time, until `limit` is reached.
    """
    asked: list[int] = _with_due(connection, now, limit)
    if len(asked) == 1:
        return _taken_from(connection, asked[0], now, limit, token, now + lease)
    taken: list[Delivery] = []
    while asked and (missing := limit - len(taken)) > 0:
        share = -(-missing // len(asked))
        found = _of_each(connection, asked, now, share)
        turns = [id for turn in zip_longest(*found.values()) for id in turn if id is not None]
        taken += _taken(connection, turns[:missing], token, now + lease)
        # Who gave less than asked for has nothing left; the rest is asked again for the gap.
        asked = [community for community in asked if len(found[community]) == share]
    return tuple(taken)


def _with_due(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Communities with something due, the longest waiting first; at most `limit`.

    Leases that have run out come back before.
    """
    asked = {"now": now, "limit": limit}
    found = connection.execute(_LOOK, asked).all()
    if any(id == _NOBODY for id, _first in found):
        expired = _return_expired(is_postgresql(connection))
        connection.execute(expired, {"now": now})
        found = connection.execute(_LOOK, asked).all()
    return [id for _first, id in sorted((first, id) for id, first in found if id != _NOBODY)]


def _taken_from(
    connection: Connection, community: int, now: datetime, share: int, token: str, until: datetime
) -> tuple[Delivery, ...]:
    statement = _take_oldest(is_postgresql(connection))
    taken = {"home": community, "now": now, "share": share, "mine": token, "until": until}
    found = connection.execute(statement, taken).all()
    return tuple(_delivery(row) for row in sorted(found, key=lambda row: (row[-1], row[0])))


def _of_each(
    connection: Connection, asked: Sequence[int], now: datetime, share: int
) -> dict[int, list[int]]:
    """Up to `share` due rows of each community, the longest waiting first."""
    found: dict[int, list[int]] = {community: [] for community in asked}
    for id, community in connection.execute(
        _oldest(is_postgresql(connection)), {"asked": asked, "now": now, "share": share}
    ):
        found[community].append(id)
    return found


def _taken(
    connection: Connection, ids: Sequence[int], token: str, until: datetime
) -> list[Delivery]:
    if not ids:
        return []
    statement, these = chosen(_TAKE, ids)
    taken = {"ids": these, "mine": token, "until": until}
    claimed = connection.execute(statement, taken)
    rows = {row[0]: _delivery(row) for row in claimed}
    return [rows[id] for id in ids if id in rows]


def _delivery(row: Row[*tuple[Any, ...]]) -> Delivery:
    return Delivery(
        id=DeliveryId(row[0]),
        kind=row[1],
        community=CommunityId(row[2]),
        subject=row[3],
        key=row[4],
        due=row[5],
        member=None if row[6] is None else MemberId(row[6]),
        channel=row[7],
        ref=row[8],
        attempts=row[9],
        doubtful=row[10],
    )
