"""Members and their accounts in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from bot.domain.people import Account, CommunityId, MemberId, Profile, Someone
from storage.dialects import chosen, for_ids, insert_if_new, insert_or_change
from storage.models_linking import without
from storage.models_people import accounts, members, memberships

NOT_HERE = "a former member"
"""How somebody is called whose accounts are gone."""

# Asked at every request. Putting a statement together takes longer than carrying it out, so these
# are put together once.
_FIND = (
    select(members.c.id, members.c.zone, members.c.language)
    .join(accounts, accounts.c.member_id == members.c.id)
    .where(
        accounts.c.platform == bindparam("platform"),
        accounts.c.workspace == bindparam("workspace"),
        accounts.c.user_id == bindparam("user"),
    )
)
_PROFILE = select(members.c.zone, members.c.language).where(members.c.id == bindparam("member"))
_PROFILES = for_ids(
    lambda theirs: (
        select(members.c.id, members.c.zone, members.c.language)
        .join(memberships, memberships.c.member_id == members.c.id)
        .where(
            theirs,
            memberships.c.community_id == bindparam("community"),
            memberships.c.left_at.is_(None),
        )
    ),
    members.c.id,
)
_REACHED = for_ids(
    lambda theirs: (
        select(
            members.c.id,
            members.c.zone,
            members.c.language,
            accounts.c.platform,
            accounts.c.workspace,
            accounts.c.user_id,
            without.c.kind,
        )
        .join(memberships, memberships.c.member_id == members.c.id)
        .outerjoin(without, without.c.member_id == members.c.id)
        .outerjoin(accounts, accounts.c.member_id == members.c.id)
        .where(
            theirs,
            memberships.c.community_id == bindparam("community"),
            memberships.c.left_at.is_(None),
        )
        .order_by(accounts.c.used_at.desc(), accounts.c.id.desc())
    ),
    members.c.id,
)
_BELONGS = select(memberships.c.left_at.is_(None)).where(
    memberships.c.member_id == bindparam("member"),
    memberships.c.community_id == bindparam("community"),
)
_COMMUNITIES = (
    select(memberships.c.community_id)
    .where(memberships.c.member_id == bindparam("member"), memberships.c.left_at.is_(None))
    .order_by(memberships.c.community_id)
)
_NEW = insert(members).returning(members.c.id)
_SEVERAL = for_ids(
    lambda theirs: (
        select(
            accounts.c.member_id,
            accounts.c.name,
            accounts.c.platform,
            accounts.c.workspace,
            accounts.c.user_id,
        )
        .where(theirs)
        .order_by(accounts.c.used_at.desc(), accounts.c.id.desc())
    ),
    accounts.c.member_id,
)


class PeopleTable:
    """People, as `bot.services.ports.People` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, account: Account) -> Profile | None:
        """The member behind an account."""
        found = self._connection.execute(
            _FIND,
            {
                "platform": account.platform,
                "workspace": account.workspace,
                "user": account.user,
            },
        ).one_or_none()
        return None if found is None else Profile(MemberId(found[0]), found[1], found[2])

    def add(self, account: Account, name: str, now: datetime) -> Profile:
        """A new member with this account; if another request was faster, theirs."""
        member = self._connection.execute(_NEW, {"created_at": now}).scalar_one()
        added = self._connection.execute(
            insert_if_new(self._connection, accounts, "platform", "workspace", "user_id"),
            {
                "member_id": member,
                "platform": account.platform,
                "workspace": account.workspace,
                "user_id": account.user,
                "name": name,
                "used_at": now,
            },
        )
        if added.rowcount == 1:
            return Profile(MemberId(member), None, None)
        self._connection.execute(delete(members).where(members.c.id == member))
        found = self.find(account)
        if found is None:
            raise LookupError("an account that is taken belongs to nobody")
        return found

    def rename(self, account: Account, name: str) -> None:
        """Keep the name others see up to date."""
        self._connection.execute(
            update(accounts).where(_is(account), accounts.c.name != name).values(name=name)
        )

    def profile(self, member: MemberId) -> Profile | None:
        """A member's own settings."""
        found = self._connection.execute(_PROFILE, {"member": member}).one_or_none()
        return None if found is None else Profile(member, found[0], found[1])

    def profiles(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Profile]:
        """Settings of those of the members who belong to the community at present."""
        statement, ids = chosen(_PROFILES, tuple(members))
        found = self._connection.execute(statement, {"community": community, "ids": ids})
        return {MemberId(row[0]): Profile(MemberId(row[0]), row[1], row[2]) for row in found}

    def reached(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, tuple[Profile, tuple[Account, ...], frozenset[str]]]:
        """The same, each with the accounts, most recently used first, and what they do without."""
        statement, ids = chosen(_REACHED, tuple(members))
        found: dict[MemberId, tuple[Profile, dict[Account, None], set[str]]] = {}
        for row in self._connection.execute(statement, {"community": community, "ids": ids}):
            member = MemberId(row[0])
            if member not in found:
                found[member] = Profile(member, row[1], row[2]), {}, set()
            _profile, known, kinds = found[member]
            if row[3] is not None:
                known[Account(row[3], row[4], row[5])] = None
            if row[6] is not None:
                kinds.add(row[6])
        return {
            member: (profile, tuple(known), frozenset(kinds))
            for member, (profile, known, kinds) in found.items()
        }

    def set_zone(self, member: MemberId, zone: str) -> None:
        """The member's own zone (IANA key)."""
        self._connection.execute(update(members).where(members.c.id == member).values(zone=zone))

    def set_language(self, member: MemberId, language: str | None) -> None:
        """The member's own language; None: their platform's."""
        self._connection.execute(
            update(members).where(members.c.id == member).values(language=language)
        )

    def someone(self, member: MemberId) -> Someone:
        """A member as others may see them; a neutral name if they are gone."""
        return self.several((member,))[member]

    def several(self, members: Iterable[MemberId]) -> dict[MemberId, Someone]:
        """The same for many at once."""
        wanted = tuple(dict.fromkeys(members))
        names: dict[MemberId, str] = {}
        reached: dict[MemberId, list[Account]] = {}
        statement, ids = chosen(_SEVERAL, wanted)
        for row in self._connection.execute(statement, {"ids": ids}):
            member = MemberId(row[0])
            names.setdefault(member, row[1])
            reached.setdefault(member, []).append(Account(row[2], row[3], row[4]))
        return {
            member: Someone(member, names.get(member, NOT_HERE), tuple(reached.get(member, ())))
            for member in wanted
        }

    def by_name(
        self, community: CommunityId, text: str, limit: int
    ) -> tuple[tuple[MemberId, str], ...]:
        """Members of the community whose name begins with a text, whatever its case."""
        found = self._connection.execute(
            select(accounts.c.member_id, accounts.c.name)
            .join(memberships, memberships.c.member_id == accounts.c.member_id)
            .where(
                memberships.c.community_id == community,
                memberships.c.left_at.is_(None),
                func.lower(accounts.c.name).startswith(text.lower(), autoescape=True),
            )
            .order_by(accounts.c.name, accounts.c.id)
            .limit(limit)
        )
        return tuple((MemberId(row[0]), row[1]) for row in found)

    def accounts(self, member: MemberId) -> tuple[Account, ...]:
        """Every account of a member, most recently used first."""
        return self.someone(member).accounts

    def join(self, member: MemberId, community: CommunityId, now: datetime) -> None:
        """Note that the member was seen in the community; no effect if known and unchanged."""
        known = self._connection.execute(
            _BELONGS, {"member": member, "community": community}
        ).scalar_one_or_none()
        if known:
            return
        self._connection.execute(
            insert_or_change(
                self._connection,
                memberships,
                ("member_id", "community_id"),
                ("joined_at", "left_at"),
            ),
            {
                "member_id": member,
                "community_id": community,
                "joined_at": now,
                "left_at": None,
            },
        )

    def leave(self, member: MemberId, community: CommunityId, now: datetime) -> None:
        """Note that the member left the community."""
        self._connection.execute(
            update(memberships)
            .where(
                memberships.c.member_id == member,
                memberships.c.community_id == community,
                memberships.c.left_at.is_(None),
            )
            .values(left_at=now)
        )

    def joined(self, member: MemberId, community: CommunityId) -> datetime | None:
        """Since when the member belongs there; after coming back, since then. None: not there."""
        return self._connection.execute(
            select(memberships.c.joined_at).where(
                memberships.c.member_id == member,
                memberships.c.community_id == community,
                memberships.c.left_at.is_(None),
            )
        ).scalar_one_or_none()

    def ever_in(self, community: CommunityId, members: Iterable[MemberId]) -> frozenset[MemberId]:
        """Those of the members who belong to the community, or once did."""
        found = self._connection.execute(
            select(memberships.c.member_id).where(
                memberships.c.community_id == community,
                memberships.c.member_id.in_(tuple(members)),
            )
        )
        return frozenset(found.scalars())

    def communities(self, member: MemberId) -> tuple[CommunityId, ...]:
        """Where the member belongs at present."""
        found = self._connection.execute(_COMMUNITIES, {"member": member})
        return tuple(CommunityId(row[0]) for row in found)


def _is(account: Account) -> ColumnElement[bool]:
    return (
        (accounts.c.platform == account.platform)
        & (accounts.c.workspace == account.workspace)
        & (accounts.c.user_id == account.user)
    )
