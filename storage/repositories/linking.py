"""Members' own choices in the database: codes that link accounts, conduct, kinds of messages."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from bot.domain.people import Account, CommunityId, MemberId
from bot.services.ports.linking import LinkCode
from storage.dialects import chosen, for_ids, insert_if_new, insert_or_change
from storage.models_linking import conduct, link_codes, without
from storage.repositories.merging import merge, split

_KEPT = (link_codes.c.member_id, link_codes.c.community_id, link_codes.c.other_id)
_SEVERAL = for_ids(
    lambda theirs: select(without.c.member_id, without.c.kind).where(theirs), without.c.member_id
)
_AGREED = select(conduct.c.at).where(
    conduct.c.community_id == bindparam("community"), conduct.c.member_id == bindparam("member")
)


class LinksTable:
    """Links, as `bot.services.ports.Links` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def give(
        self, member: MemberId, community: CommunityId, digest: str, expires: datetime
    ) -> None:
        """A member's only code at present."""
        row = {"community_id": community, "digest": digest, "expires": expires, "other_id": None}
        self._connection.execute(
            insert_or_change(self._connection, link_codes, ("member_id",), tuple(row)),
            {"member_id": member, **row},
        )

    def whose(self, digest: str, now: datetime) -> LinkCode | None:
        """A code that nobody typed and confirmed yet."""
        c = link_codes.c
        row = self._connection.execute(
            select(*_KEPT).where(c.digest == digest, c.expires > now, c.other_id.is_(None))
        ).one_or_none()
        return None if row is None else LinkCode(row[0], row[1], row[2])

    def of(self, member: MemberId, now: datetime) -> LinkCode | None:
        """A member's own code, typed or not."""
        c = link_codes.c
        row = self._connection.execute(
            select(*_KEPT).where(c.member_id == member, c.expires > now)
        ).one_or_none()
        return None if row is None else LinkCode(row[0], row[1], row[2])

    def typed(self, member: MemberId, other: MemberId, expires: datetime) -> bool:
        """`other` typed a member's code and says yes; False if somebody was faster."""
        c = link_codes.c
        change = update(link_codes).where(c.member_id == member, c.other_id.is_(None))
        done = self._connection.execute(change.values(other_id=other, expires=expires))
        return done.rowcount == 1

    def drop(self, member: MemberId) -> None:
        """No code any more."""
        self._connection.execute(delete(link_codes).where(link_codes.c.member_id == member))

    def merge(self, gone: MemberId, stays: MemberId) -> None:
        """Everything of `gone` is of `stays` from now on."""
        merge(self._connection, gone, stays)

    def split(self, member: MemberId, account: Account, now: datetime) -> MemberId | None:
        """The account is a new member."""
        return split(self._connection, member, account, now)


class ConductTable:
    """Conduct, as `bot.services.ports.Conduct` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def agreed(self, community: CommunityId, member: MemberId) -> datetime | None:
        """When; None if they never did."""
        return self._connection.execute(
            _AGREED, {"community": community, "member": member}
        ).scalar_one_or_none()

    def agree(self, community: CommunityId, member: MemberId, now: datetime) -> None:
        """From now on; the first time counts."""
        self._connection.execute(
            insert_if_new(self._connection, conduct, "community_id", "member_id"),
            {"community_id": community, "member_id": member, "at": now},
        )


class WithoutTable:
    """Kinds of messages, as `bot.services.ports.Without` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, member: MemberId) -> frozenset[str]:
        """One member's."""
        return self.several((member,)).get(member, frozenset())

    def several(self, members: Iterable[MemberId]) -> dict[MemberId, frozenset[str]]:
        """Those of several; members who take everything are left out."""
        wanted = tuple(dict.fromkeys(members))
        if not wanted:
            return {}
        statement, ids = chosen(_SEVERAL, wanted)
        found: dict[MemberId, frozenset[str]] = {}
        for member, kind in self._connection.execute(statement, {"ids": ids}):
            found[member] = found.get(member, frozenset()) | {kind}
        return found

    def set(self, member: MemberId, kinds: Iterable[str]) -> None:
        """All of them."""
        self._connection.execute(delete(without).where(without.c.member_id == member))
        rows = [{"member_id": member, "kind": kind} for kind in sorted(set(kinds))]
        if rows:
            self._connection.execute(insert(without), rows)
