"""Who looks for a mentor, requests, pairs with an end, and blocks, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, delete, insert, or_, select, update

from bot.domain.listings import Listing, ListingId
from bot.domain.pairs import PairId
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Introduction, Request, RequestId, RequestState
from bot.domain.seekers import Seeker
from bot.services.ports.mentors import Bond
from storage.dialects import insert_if_new, insert_or_change
from storage.models_mentors import blocks, mentor_bonds, mentor_requests, seekers

_PENDING = (RequestState.OPEN, RequestState.ASKED)
_SAID = tuple(field.name for field in fields(Seeker) if field.name not in ("member", "community"))
_LISTS = ("languages", "topics", "programmes", "backgrounds")


class SeekersTable:
    """Seekers, as `bot.services.ports.Seekers` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, community: CommunityId, member: MemberId) -> Seeker | None:
        """Theirs."""
        return self.several(community, [member]).get(member)

    def several(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Seeker]:
        """Those of several people."""
        c = seekers.c
        found = select(seekers).where(c.community_id == community, c.member_id.in_(list(members)))
        made = (_seeker(row) for row in self._connection.execute(found))
        return {one.member: one for one in made}

    def put(self, seeker: Seeker) -> None:
        """Keep it."""
        said = {name: getattr(seeker, name) for name in _SAID}
        values: dict[str, Any] = {
            **said,
            **{name: list(said[name]) for name in _LISTS},
            "left": [at.isoformat() for at in seeker.left],
        }
        self._connection.execute(
            insert_or_change(self._connection, seekers, ("community_id", "member_id"), _SAID),
            {"community_id": seeker.community, "member_id": seeker.member, **values},
        )


class RequestsTable:
    """Requests, as `bot.services.ports.Requests` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        code: str,
        listing: Listing,
        trainee: MemberId,
        text: Introduction,
        now: datetime,
        *,
        background: bool,
    ) -> Request:
        """A new one."""
        row = self._connection.execute(
            insert(mentor_requests)
            .values(
                community_id=community,
                code=code,
                listing_id=listing.id,
                mentor_id=listing.member,
                trainee_id=trainee,
                **asdict(text),
                state=RequestState.OPEN,
                opened=now,
                background=background,
                question="",
                answer="",
            )
            .returning(*mentor_requests.c)
        ).one()
        return _request(row)

    def get(self, id: RequestId) -> Request | None:
        """By id."""
        return self._one(select(mentor_requests).where(mentor_requests.c.id == id))

    def put(self, request: Request) -> None:
        """Keep what changed."""
        self._connection.execute(
            update(mentor_requests)
            .where(mentor_requests.c.id == request.id)
            .values(
                state=request.state,
                question=request.question,
                answer=request.answer,
                decided=request.decided,
            )
        )

    def pending_by(self, trainee: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Those that somebody has open."""
        c = mentor_requests.c
        return self._many(
            select(mentor_requests)
            .where(c.trainee_id == trainee, c.community_id == community, c.state.in_(_PENDING))
            .order_by(c.id)
        )

    def pending_to(self, mentor: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Those that wait for a mentor."""
        c = mentor_requests.c
        return self._many(
            select(mentor_requests)
            .where(c.mentor_id == mentor, c.community_id == community, c.state.in_(_PENDING))
            .order_by(c.id)
        )

    def between(self, trainee: MemberId, listing: ListingId) -> Request | None:
        """The last one of somebody to a listing."""
        c = mentor_requests.c
        return self._one(
            select(mentor_requests)
            .where(c.trainee_id == trainee, c.listing_id == listing)
            .order_by(c.id.desc())
            .limit(1)
        )

    def of(self, member: MemberId, community: CommunityId, limit: int) -> tuple[Request, ...]:
        """Sent or received, newest first."""
        c = mentor_requests.c
        return self._many(
            select(mentor_requests)
            .where(c.community_id == community, or_(c.mentor_id == member, c.trainee_id == member))
            .order_by(c.id.desc())
            .limit(limit)
        )

    def accepted_by(self, mentor: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Everything a mentor accepted."""
        c = mentor_requests.c
        return self._many(
            select(mentor_requests)
            .where(
                c.mentor_id == mentor,
                c.community_id == community,
                c.state == RequestState.ACCEPTED,
            )
            .order_by(c.id)
        )

    def bond(self, new: Bond) -> None:
        """Keep one."""
        values = asdict(new)
        values["pair_id"], values["listing_id"] = values.pop("pair"), values.pop("listing")
        change = tuple(name for name in values if name != "pair_id")
        self._connection.execute(
            insert_or_change(self._connection, mentor_bonds, ("pair_id",), change), values
        )

    def bond_of(self, pair: PairId) -> Bond | None:
        """What a pair is for."""
        found = self._bonds(select(mentor_bonds).where(mentor_bonds.c.pair_id == pair))
        return found[0] if found else None

    def bonds_due(self, now: datetime, limit: int) -> tuple[Bond, ...]:
        """Those whose time box ends by then."""
        c = mentor_bonds.c
        return self._bonds(
            select(mentor_bonds)
            .where(c.until <= now, c.asked.is_(False))
            .order_by(c.until, c.pair_id)
            .limit(limit)
        )

    def bonds_to(self, listing: ListingId) -> tuple[Bond, ...]:
        """Every pair of a listing."""
        c = mentor_bonds.c
        return self._bonds(select(mentor_bonds).where(c.listing_id == listing).order_by(c.pair_id))

    def _one(self, found: Select[Any]) -> Request | None:
        made = self._many(found)
        return made[0] if made else None

    def _many(self, found: Select[Any]) -> tuple[Request, ...]:
        return tuple(_request(row) for row in self._connection.execute(found))

    def _bonds(self, found: Select[Any]) -> tuple[Bond, ...]:
        return tuple(
            Bond(
                PairId(row.pair_id),
                ListingId(row.listing_id),
                row.form,
                row.domain,
                row.until,
                row.asked,
                row.holds,
                row.renew_mentor,
                row.renew_trainee,
            )
            for row in self._connection.execute(found)
        )


class BlocksTable:
    """Blocks, as `bot.services.ports.Blocks` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def block(self, member: MemberId, other: MemberId, now: datetime) -> None:
        """From now on."""
        self._connection.execute(
            insert_if_new(self._connection, blocks, "member_id", "blocked_id"),
            {"member_id": member, "blocked_id": other, "at": now},
        )

    def unblock(self, member: MemberId, other: MemberId) -> None:
        """No more."""
        c = blocks.c
        self._connection.execute(delete(blocks).where(c.member_id == member, c.blocked_id == other))

    def by(self, member: MemberId) -> tuple[MemberId, ...]:
        """Whom a member blocked."""
        c = blocks.c
        found = select(c.blocked_id).where(c.member_id == member).order_by(c.at, c.blocked_id)
        return tuple(MemberId(id) for id in self._connection.execute(found).scalars())

    def around(self, member: MemberId) -> frozenset[MemberId]:
        """Everybody who is blocked by a member, or blocks them."""
        c = blocks.c
        found = select(c.member_id, c.blocked_id).where(
            or_(c.member_id == member, c.blocked_id == member)
        )
        rows = self._connection.execute(found).all()
        return frozenset(MemberId(id) for row in rows for id in row) - {member}

    def among(self, members: Iterable[MemberId]) -> frozenset[tuple[MemberId, MemberId]]:
        """Blocks between any of several people."""
        c, ids = blocks.c, list(members)
        found = select(c.member_id, c.blocked_id).where(c.member_id.in_(ids), c.blocked_id.in_(ids))
        rows = self._connection.execute(found)
        return frozenset((MemberId(row[0]), MemberId(row[1])) for row in rows)


def _seeker(row: Row[*tuple[Any, ...]]) -> Seeker:
    said = {name: getattr(row, name) for name in _SAID}
    said.update({name: tuple(said[name]) for name in _LISTS})
    said["left"] = tuple(datetime.fromisoformat(at) for at in said["left"])
    return Seeker(member=MemberId(row.member_id), community=CommunityId(row.community_id), **said)


def _request(row: Row[*tuple[Any, ...]]) -> Request:
    text = Introduction(row.who, row.why, row.ask, row.form, row.times, row.hard_date, row.domain)
    return Request(
        id=RequestId(row.id),
        code=row.code,
        community=CommunityId(row.community_id),
        listing=ListingId(row.listing_id),
        mentor=MemberId(row.mentor_id),
        trainee=MemberId(row.trainee_id),
        text=text,
        state=row.state,
        opened=row.opened,
        background=row.background,
        question=row.question,
        answer=row.answer,
        decided=row.decided,
    )
