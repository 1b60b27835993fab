"""The table of what has to go out: scheduling, claiming in turn, recording.

Every change names the state it expects, so two processes at the same table never both win.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import (
    Connection,
    Integer,
    Update,
    bindparam,
    func,
    or_,
    select,
    update,
)

from bot.domain.delivery import Attempt, Delivery, DeliveryState, NewDelivery, Outcome
from bot.domain.people import CommunityId, MemberId
from storage.dialects import (
    chosen,
    for_ids,
    insert_if_new,
)
from storage.models_delivery import deliveries, is_in
from storage.repositories import claiming, whom
from storage.repositories.claiming import let_go
from storage.types import UtcDateTime

_DONE = {
    Outcome.SENT: DeliveryState.SENT,
    Outcome.MOOT: DeliveryState.MOOT,
    Outcome.STALE: DeliveryState.STALE,
    Outcome.UNDELIVERABLE: DeliveryState.UNDELIVERABLE,
}
_STILL = (DeliveryState.PENDING, DeliveryState.CLAIMED, DeliveryState.HELD)
"""What may still go out."""
_TRIES = {Outcome.AGAIN: 1, Outcome.LATER: 0}
"""How many tries an outcome costs."""
# Putting a statement together takes several times as long as carrying it out, so these are put
# together once. Parameters have names of their own: in an UPDATE, a column's name is its new value.
_MINE = (deliveries.c.token == bindparam("mine"), is_in(DeliveryState.CLAIMED))
_OURS = (deliveries.c.id.in_(bindparam("ids", expanding=True)), *_MINE)
_RENEW = update(deliveries).values(lease_until=bindparam("until")).where(*_MINE)
_BEGIN = for_ids(
    lambda ours: (
        update(deliveries).values(begun=True).where(ours, *_MINE).returning(deliveries.c.id)
    ),
    deliveries.c.id,
)
_RELEASE = let_go(DeliveryState.PENDING).where(deliveries.c.begun.is_(False), *_MINE)
_PARK = let_go(DeliveryState.HELD).where(*_OURS)
_HELD = (deliveries.c.community_id == bindparam("home"), is_in(DeliveryState.HELD))
_WAITS = (
    select(deliveries.c.kind, func.count(), func.min(deliveries.c.due))
    .where(*_HELD)
    .group_by(deliveries.c.kind)
    .order_by(deliveries.c.kind)
)
_HELD_IDS = select(deliveries.c.id).where(*_HELD).order_by(deliveries.c.due, deliveries.c.id)
_GO_ON = (
    update(deliveries)
    .where(deliveries.c.id == bindparam("this"), is_in(DeliveryState.HELD))
    .values(state=DeliveryState.PENDING, wake_at=bindparam("next"))
)


def _finish(state: DeliveryState) -> tuple[Update, Update]:
    return for_ids(
        lambda ours: let_go(state).values(done_at=bindparam("now")).where(ours, *_MINE),
        deliveries.c.id,
    )


_FINISH = {state: _finish(state) for state in set(_DONE.values())}
_LATER = (
    let_go(DeliveryState.PENDING)
    .values(
        wake_at=bindparam("retry_at"),
        attempts=deliveries.c.attempts + bindparam("tries", type_=Integer),
    )
    .where(*_OURS)
)
_CANCEL = let_go(DeliveryState.CANCELLED).where(
    deliveries.c.subject == bindparam("about"),
    is_in(*_STILL),
)
_CANCEL_FOR = _CANCEL.where(deliveries.c.member_id == bindparam("member"))
_TAKE_BACK = _CANCEL.where(
    deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
    deliveries.c.member_id.in_(bindparam("members", expanding=True)),
).returning(deliveries.c.member_id, deliveries.c.kind)
_CANCEL_TO = let_go(DeliveryState.CANCELLED).where(
    deliveries.c.member_id == bindparam("member"),
    is_in(*_STILL),
)
_IN_DOUBT = select(deliveries.c.id).where(
    deliveries.c.subject == bindparam("about"),
    deliveries.c.member_id == bindparam("member"),
    is_in(DeliveryState.PENDING, DeliveryState.CLAIMED),
    or_(deliveries.c.doubtful, deliveries.c.begun),
)
_OTHERS_DUE = (
    select(deliveries.c.id)
    .where(
        deliveries.c.member_id == bindparam("member"),
        deliveries.c.id != bindparam("but"),
        deliveries.c.kind.in_(bindparam("kinds", expanding=True)),
        is_in(DeliveryState.PENDING, DeliveryState.CLAIMED),
        deliveries.c.wake_at <= bindparam("now"),
    )
    .limit(1)
)
_BACKLOG = select(func.count(), func.min(deliveries.c.wake_at)).where(
    is_in(DeliveryState.PENDING), deliveries.c.wake_at <= bindparam("now", type_=UtcDateTime())
)
_NEXT = select(
    select(func.min(deliveries.c.wake_at)).where(is_in(DeliveryState.PENDING)).scalar_subquery(),
    select(func.min(deliveries.c.lease_until))
    .where(is_in(DeliveryState.CLAIMED))
    .scalar_subquery(),
)


class DeliveriesTable:
    """Deliveries, as `bot.services.ports.Deliveries` asks for them.

    `scheduled` tells the store that somebody should be woken after the commit.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.scheduled = False

    def schedule(self, rows: Iterable[NewDelivery]) -> None:
        """Write rows; a row whose key exists already is left as it is."""
        new = [
            {
                "kind": row.kind,
                "community_id": row.community,
                "subject": row.subject,
                "key": row.key,
                "due": row.due,
                "wake_at": row.due,
                "member_id": row.member,
                "channel": row.channel,
                "ref": row.ref,
                "attempts": 0,
                "doubtful": row.doubtful,
                "begun": False,
                "state": DeliveryState.PENDING,
            }
            for row in rows
        ]
        if new:
            self._connection.execute(insert_if_new(self._connection, deliveries, "key"), new)
            self.scheduled = True

    def cancel(self, subject: str, *, member: MemberId | None = None) -> int:
        """Cancel what is not sent about a subject (for one member); how many were cancelled."""
        if member is None:
            return self._connection.execute(_CANCEL, {"about": subject}).rowcount
        return self._connection.execute(_CANCEL_FOR, {"about": subject, "member": member}).rowcount

    def take_back(
        self, subject: str, kinds: Collection[str], members: Collection[MemberId]
    ) -> tuple[tuple[MemberId, str], ...]:
        """Cancel what of these kinds is not sent to these about a subject: whom and what."""
        found: list[tuple[MemberId, str]] = []
        for some in whom.portions(members):
            given = {"about": subject, "kinds": list(kinds), "members": some}
            rows = self._connection.execute(_TAKE_BACK, given)
            found.extend((MemberId(row.member_id), row.kind) for row in rows)
        return tuple(found)

    def in_doubt(self, subject: str, member: MemberId) -> bool:
        """Whether something about a subject is on its way to a member, or may have arrived."""
        found = self._connection.execute(_IN_DOUBT, {"about": subject, "member": member})
        return found.first() is not None

    def reached(self, members: Collection[MemberId]) -> frozenset[MemberId]:
        """Who of these was sent anything, as far as it is still on record."""
        return whom.reached(self._connection, members)

    def states(
        self, kind: str, subject: str, members: Collection[MemberId]
    ) -> dict[MemberId, DeliveryState]:
        """How far what is told each of these about a subject is."""
        return whom.states(self._connection, kind, subject, members)

    def known(self, key: str) -> bool:
        """Whether a row with this key was written."""
        return whom.known(self._connection, key)

    def others_due(self, row: Delivery, kinds: Sequence[str], now: datetime) -> bool:
        """Whether more of these kinds is due to the receiver of `row`, or under way to them."""
        asked = {"member": row.member, "but": row.id, "kinds": list(kinds), "now": now}
        return self._connection.execute(_OTHERS_DUE, asked).first() is not None

    def cancel_to(self, member: MemberId) -> int:
        """Cancel everything that is not sent to a member; how many were cancelled."""
        return self._connection.execute(_CANCEL_TO, {"member": member}).rowcount

    def claim(
        self, token: str, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Delivery, ...]:
        """Take due rows under a lease, in turn between communities; expired leases come back.

        Each community gives its oldest rows, one at a time, until `limit` is reached.
        """
        return claiming.claim(self._connection, token, now, lease, limit)

    def begin(self, token: str, ids: Sequence[int]) -> frozenset[int]:
        """Mark claimed rows as being sent; the ones that are still ours and not cancelled."""
        statement, these = chosen(_BEGIN, ids)
        begun = self._connection.execute(statement, {"mine": token, "ids": these})
        return frozenset(begun.scalars())

    def renew(self, token: str, until: datetime) -> None:
        """Keep everything claimed under `token` until then."""
        self._connection.execute(_RENEW, {"mine": token, "until": until})

    def return_all(self) -> None:
        """End every lease: for a store that no other process can be working on."""
        self._connection.execute(
            let_go(DeliveryState.PENDING)
            .values(doubtful=or_(deliveries.c.doubtful, deliveries.c.begun))
            .where(is_in(DeliveryState.CLAIMED))
        )

    def release(self, token: str) -> None:
        """Give back what was claimed and not begun: due at once for whoever comes next."""
        self._connection.execute(_RELEASE, {"mine": token})

    def record(self, token: str, attempts: Iterable[Attempt], now: datetime) -> None:
        """Write outcomes of rows claimed under `token`; what is no longer ours stays as it is."""
        done: defaultdict[DeliveryState, list[int]] = defaultdict(list)
        again: defaultdict[tuple[datetime, int], list[int]] = defaultdict(list)
        for attempt in attempts:
            if attempt.outcome in _TRIES:
                when = attempt.retry_at or now
                again[when, _TRIES[attempt.outcome]].append(attempt.delivery)
            else:
                done[_DONE[attempt.outcome]].append(attempt.delivery)
        for state, ids in done.items():
            statement, these = chosen(_FINISH[state], ids)
            self._connection.execute(statement, {"mine": token, "ids": these, "now": now})
        for (retry_at, tries), ids in again.items():
            again_at = {"mine": token, "ids": ids, "retry_at": retry_at, "tries": tries}
            self._connection.execute(_LATER, again_at)

    def park(self, token: str, ids: Sequence[int]) -> None:
        """Claimed rows wait until `unpark`."""
        self._connection.execute(_PARK, {"mine": token, "ids": ids})

    def parked(self, community: CommunityId) -> dict[str, tuple[int, datetime]]:
        """What was parked, by kind: how many, and when the first of them was due."""
        found = self._connection.execute(_WAITS, {"home": community})
        return {row[0]: (row[1], row[2]) for row in found}

    def unpark(self, community: CommunityId, now: datetime, apart: timedelta) -> int:
        """What was parked goes out again, the oldest first and so far `apart`; how many."""
        ids = list(self._connection.execute(_HELD_IDS, {"home": community}).scalars())
        for turn, id in enumerate(ids):
            self._connection.execute(_GO_ON, {"this": id, "next": now + turn * apart})
        self.scheduled = True
        return len(ids)

    def next_due(self) -> datetime | None:
        """When the next row (or expired lease) wants attention."""
        wants = self._connection.execute(_NEXT).one()
        return min((at for at in wants if at is not None), default=None)

    def backlog(self, now: datetime) -> tuple[int, datetime | None]:
        """How many rows wait although their time has come, and since when the first of them."""
        due, first = self._connection.execute(_BACKLOG, {"now": now}).one()
        return due, first
