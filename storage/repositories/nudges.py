"""What was said unasked, and what waits for a digest, in the database."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, or_, select

from bot.domain.people import CommunityId, MemberId
from bot.services.ports.follow_ups import Waiting
from storage.dialects import insert_if_new, insert_or_change
from storage.models_delivery import deliveries
from storage.models_follow_ups import nudges, waiting

# Asked before every send: put together once.
_USED = select(nudges.c.key, nudges.c.at).where(
    nudges.c.member_id == bindparam("member"),
    or_(nudges.c.at >= bindparam("from_"), nudges.c.key == bindparam("this")),
)
_WAITING = (
    select(
        waiting.c.member_id,
        waiting.c.digest,
        waiting.c.community_id,
        waiting.c.kind,
        waiting.c.subject,
        waiting.c.key,
        waiting.c.ref,
        waiting.c.doubtful,
    )
    .where(waiting.c.digest == bindparam("note"))
    .order_by(waiting.c.id)
)
_IN_DOUBT = select(waiting.c.id).where(
    waiting.c.subject == bindparam("about"),
    waiting.c.member_id == bindparam("member"),
    or_(
        waiting.c.doubtful,
        exists().where(
            deliveries.c.key == waiting.c.digest, or_(deliveries.c.doubtful, deliveries.c.begun)
        ),
    ),
)
_TOLD = delete(waiting).where(waiting.c.digest == bindparam("note"))
_FORGET = delete(waiting).where(waiting.c.subject == bindparam("about"))
_FORGET_ONE = _FORGET.where(waiting.c.member_id == bindparam("member"))


class NudgesTable:
    """The ledger, as `bot.services.ports.Nudges` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def count(self, member: MemberId, key: str, at: datetime) -> None:
        """Note that the budget was used for the message `key`; no effect the second time."""
        self._connection.execute(
            insert_if_new(self._connection, nudges, "key"),
            {"key": key, "member_id": member, "at": at},
        )

    def refund(self, member: MemberId, since: datetime, but: str) -> None:
        """What was tried from `since` on did not reach the member, `but` for one key."""
        self._connection.execute(
            delete(nudges).where(
                nudges.c.member_id == member, nudges.c.at >= since, nudges.c.key != but
            )
        )

    def used(
        self, member: MemberId, since: datetime, key: str
    ) -> tuple[tuple[datetime, ...], bool]:
        """When the budget was used from `since` on, and whether it ever was for `key`."""
        asked = {"member": member, "from_": since, "this": key}
        found = self._connection.execute(_USED, asked).all()
        return (
            tuple(row[1] for row in found if row[1] >= since),
            any(row[0] == key for row in found),
        )

    def wait(self, item: Waiting) -> None:
        """Leave something to a digest; what waits already under its key goes to the new one."""
        self._connection.execute(
            insert_or_change(self._connection, waiting, ("key",), ("digest", "doubtful")),
            {
                "member_id": item.member,
                "community_id": item.community,
                "digest": item.digest,
                "kind": item.kind,
                "subject": item.subject,
                "key": item.key,
                "ref": item.ref,
                "doubtful": item.doubtful,
            },
        )

    def waiting(self, digest: str) -> tuple[Waiting, ...]:
        """What a digest has to say, in the order it came."""
        found = self._connection.execute(_WAITING, {"note": digest})
        return tuple(
            Waiting(MemberId(row[0]), row[1], CommunityId(row[2]), *row[3:]) for row in found
        )

    def in_doubt(self, subject: str, member: MemberId) -> bool:
        """Whether something that waits about a subject may have been said to the member."""
        found = self._connection.execute(_IN_DOUBT, {"about": subject, "member": member})
        return found.first() is not None

    def told(self, digest: str) -> None:
        """The digest was sent."""
        self._connection.execute(_TOLD, {"note": digest})

    def said(self, key: str) -> None:
        """What waits under this key was read."""
        self._connection.execute(delete(waiting).where(waiting.c.key == key))

    def forget(self, subject: str, member: MemberId | None = None) -> None:
        """Nothing is to be said about a subject (to one member) any more."""
        if member is None:
            self._connection.execute(_FORGET, {"about": subject})
        else:
            self._connection.execute(_FORGET_ONE, {"about": subject, "member": member})
