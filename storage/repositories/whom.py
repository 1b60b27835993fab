"""What members were sent, and how far something is for each of them: read from the outbox."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sqlalchemy import Connection, bindparam, select

from bot.domain.delivery import DeliveryState
from bot.domain.people import MemberId
from storage.models_delivery import deliveries, is_in

_AT_ONCE = 500
_THEIRS = deliveries.c.member_id.in_(bindparam("members", expanding=True))
_REACHED = select(deliveries.c.member_id).where(_THEIRS, is_in(DeliveryState.SENT)).distinct()
_STATES = (
    select(deliveries.c.member_id, deliveries.c.state)
    .where(
        _THEIRS,
        deliveries.c.kind == bindparam("kind"),
        deliveries.c.subject == bindparam("about"),
    )
    .order_by(deliveries.c.id)
)
_KNOWN = select(deliveries.c.id).where(deliveries.c.key == bindparam("key"))


def reached(connection: Connection, members: Collection[MemberId]) -> frozenset[MemberId]:
    """Who of these was sent anything."""
    found: set[MemberId] = set()
    for some in portions(members):
        found.update(connection.execute(_REACHED, {"members": some}).scalars())
    return frozenset(found)


def states(
    connection: Connection, kind: str, subject: str, members: Collection[MemberId]
) -> dict[MemberId, DeliveryState]:
    """How far what is told each of these about a subject is; of several, the last."""
    found: dict[MemberId, DeliveryState] = {}
    for some in portions(members):
        given = {"members": some, "kind": kind, "about": subject}
        found.update((row[0], row[1]) for row in connection.execute(_STATES, given))
    return found


def known(connection: Connection, key: str) -> bool:
    """Whether a row with this key was written."""
    return connection.execute(_KNOWN, {"key": key}).first() is not None


def portions(members: Collection[MemberId]) -> Iterator[list[MemberId]]:
    """In lists that every engine takes as parameters."""
    listed = list(members)
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]
