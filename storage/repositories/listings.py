"""Listings of mentors, and how they are found, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    and_,
    delete,
    func,
    insert,
    literal_column,
    select,
    text,
    update,
)

from bot.domain.finding import FIRSTS_A_WEEK, Wanted
from bot.domain.listings import Listing, ListingId, Load, Offer, Purpose, State, Verified, week_of
from bot.domain.people import CommunityId, MemberId
from bot.domain.search_words import Sought, sought
from bot.domain.taxonomy import Format, Taxonomy
from bot.services.ports.mentors import Standing
from storage.dialects import insert_if_new, insert_or_change, is_postgresql
from storage.models_mentors import (
    mentor_consents,
    mentor_firsts,
    mentor_listings,
    mentor_looks,
    mentor_rules,
)

_T = mentor_listings.c
_ALL = mentor_listings.c
LOTS = 1 << 16


class ListingsTable:
    """Listings, as `bot.services.ports.Listings` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        member: MemberId,
        offer: Offer,
        now: datetime,
        standing: Standing,
        lot: int,
    ) -> Listing:
        """A new one, published."""
        row = self._connection.execute(
            insert(mentor_listings)
            .values(
                community_id=community,
                member_id=member,
                lot=lot % LOTS,
                firsts=0,
                state=State.PUBLISHED,
                published=now,
                confirmed=now,
                verified_how="",
                expired=0,
                **_load(Load()),
                offer=_packed(offer),
                **_standing(standing),
            )
            .returning(*_ALL)
        ).one()
        return self._made([row])[0]

    def get(self, id: ListingId, *, hold: bool = False) -> Listing | None:
        """By id."""
        return self._one(select(*_ALL).where(_T.id == id), hold=hold)

    def of(self, community: CommunityId, member: MemberId, *, hold: bool = False) -> Listing | None:
        """A member's own."""
        found = select(*_ALL).where(_T.community_id == community, _T.member_id == member)
        return self._one(found, hold=hold)

    def put(self, listing: Listing, standing: Standing) -> None:
        """Keep what changed."""
        verified = listing.verified
        self._connection.execute(
            update(mentor_listings)
            .where(_T.id == listing.id)
            .values(
                state=listing.state,
                published=listing.published,
                confirmed=listing.confirmed,
                paused_until=listing.paused_until,
                verified_by_id=verified.by if verified else None,
                verified_at=verified.at if verified else None,
                verified_how=verified.how if verified else "",
                expired=listing.expired,
                **_load(listing.load),
                offer=_packed(listing.offer),
                **_standing(standing),
            )
        )

    def consent(self, id: ListingId, purpose: Purpose, at: datetime, *, given: bool) -> None:
        """A consent was given or taken back."""
        c = mentor_consents.c
        here = (c.listing_id == id, c.purpose == purpose, c.withdrawn.is_(None))
        if not given:
            self._connection.execute(update(mentor_consents).where(*here).values(withdrawn=at))
        elif self._connection.execute(select(c.id).where(*here)).first() is None:
            self._connection.execute(
                insert(mentor_consents).values(listing_id=id, purpose=purpose, given=at)
            )

    def reinstate(self, id: ListingId, ended: datetime) -> bool:
        """Consents that ended at that moment hold again, unless others were given since."""
        c = mentor_consents.c
        since = select(c.id).where(c.listing_id == id, c.given > ended)
        if self._connection.execute(since).first() is not None:
            return False
        found = update(mentor_consents).where(c.listing_id == id, c.withdrawn == ended)
        return bool(self._connection.execute(found.values(withdrawn=None)).rowcount)

    def search(
        self,
        community: CommunityId,
        wanted: Wanted,
        any_topic: tuple[str, ...],
        lists: Taxonomy,
        now: datetime,
        *,
        shift: int,
        verified_only: bool,
        limit: int,
    ) -> tuple[Listing, ...]:
        """Listings that fit and have room now."""
        here = (_T.community_id == community, _T.open_from <= now)
        used_up = and_(_T.firsts_week == week_of(now), _T.firsts >= FIRSTS_A_WEEK)
        words = sought(community, wanted, any_topic, lists, verified_only=verified_only)
        turn = shift % LOTS
        ids: list[int] = []
        narrow = len(words.every) > 1 or bool(words.typed) or bool(words.some)
        if narrow and not is_postgresql(self._connection):
            # The words find few; those are put in order.
            order = (used_up, _T.step, (_T.lot + (LOTS - turn)) % LOTS)
            found = self._found(select(_T.id).where(*here), words).order_by(*order).limit(limit)
            ids = list(self._connection.execute(found).scalars())
        else:
            # The index has them in order, from `turn` on and around once. PostgreSQL knows how many
            # have a word: it goes along this index if that is many, and sorts if it is few.
            late: list[tuple[int, int]] = []
            for part in (_T.lot >= turn, _T.lot < turn):
                fresh: Any = select(_T.id, _T.step).where(
                    *here, part, ~func.coalesce(used_up, False)
                )
                found: Any = self._found(fresh, words) if narrow else fresh
                found = found.order_by(_T.step, _T.lot).limit(limit)
                late += [(row.step, row.id) for row in self._connection.execute(found)]
            # Sorting keeps the order of equals: those from `turn` on stand first.
            ids = [id for _step, id in sorted(late, key=lambda one: one[0])][:limit]
            if len(ids) < limit:
                seen = select(_T.id).where(*here, used_up)
                more = self._found(seen, words) if narrow else seen
                more = more.order_by(_T.firsts, _T.step, _T.lot).limit(limit - len(ids))
                ids += self._connection.execute(more).scalars()
        made = {one.id: one for one in self._many(select(*_ALL).where(_T.id.in_(ids)))}
        return tuple(made[ListingId(id)] for id in ids)

    def anybody(self, community: CommunityId, but: MemberId, *, verified_only: bool) -> bool:
        """Whether somebody else is in the list."""
        found = select(_T.id).where(
            _T.community_id == community,
            _T.member_id != but,
            _T.state.in_((State.PUBLISHED, State.PAUSED)),
        )
        if verified_only:
            found = found.where(_T.verified_at.is_not(None))
        return self._connection.execute(found.limit(1)).first() is not None

    def next_room(
        self, community: CommunityId, but: MemberId, now: datetime, *, verified_only: bool
    ) -> datetime | None:
        """From when somebody else has room."""
        found = select(_T.open_from).where(
            _T.community_id == community, _T.member_id != but, _T.open_from > now
        )
        if verified_only:
            found = found.where(_T.verified_at.is_not(None))
        # The first along the index; a minimum would read all of them.
        soonest = found.order_by(_T.open_from).limit(1)
        return self._connection.execute(soonest).scalar_one_or_none()

    def several(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Listing]:
        """Those of several members."""
        found = select(*_ALL).where(_T.community_id == community, _T.member_id.in_(list(members)))
        return {one.member: one for one in self._many(found)}

    def firsts(self, ids: Iterable[ListingId], week: date) -> Mapping[ListingId, int]:
        """How many people saw each of them first that week."""
        rows = self._connection.execute(
            select(_T.id, _T.firsts).where(_T.id.in_(list(ids)), _T.firsts_week == week)
        )
        return {ListingId(row[0]): row[1] for row in rows}

    def shown_first(self, id: ListingId, week: date, viewer: MemberId) -> None:
        """Note that somebody saw it first."""
        new = insert_if_new(
            self._connection, mentor_firsts, "listing_id", "week", "viewer_id"
        ).returning(mentor_firsts.c.listing_id)
        values = {"listing_id": id, "week": week, "viewer_id": viewer}
        if self._connection.execute(new, values).first() is None:
            return
        counted = select(func.count()).where(
            mentor_firsts.c.listing_id == id, mentor_firsts.c.week == week
        )
        count = self._connection.execute(counted).scalar_one()
        self._connection.execute(
            update(mentor_listings).where(_T.id == id).values(firsts_week=week, firsts=count)
        )

    def who_saw(self, viewer: MemberId, week: date) -> frozenset[ListingId]:
        """Whom somebody saw first that week."""
        c = mentor_firsts.c
        found = select(c.listing_id).where(c.viewer_id == viewer, c.week == week)
        return frozenset(ListingId(id) for id in self._connection.execute(found).scalars())

    def forget_firsts(self, before: date) -> None:
        """Weeks that are over."""
        self._connection.execute(delete(mentor_firsts).where(mentor_firsts.c.week < before))

    def look(self, community: CommunityId, member: MemberId, day: date) -> int:
        """One more page of cards."""
        c = mentor_looks.c
        mine = (c.community_id == community, c.member_id == member)
        row = self._connection.execute(select(c.day, c.pages).where(*mine)).one_or_none()
        pages = 1 if row is None or row[0] != day else row[1] + 1
        self._connection.execute(
            insert_or_change(
                self._connection, mentor_looks, ("community_id", "member_id"), ("day", "pages")
            ),
            {"community_id": community, "member_id": member, "day": day, "pages": pages},
        )
        return pages

    def due(self, now: datetime, limit: int) -> tuple[Listing, ...]:
        """Those where something changes by itself."""
        return self._many(
            select(*_ALL).where(_T.look_at <= now).order_by(_T.look_at, _T.id).limit(limit)
        )

    def verified_only(self, community: CommunityId) -> bool:
        """Whether only verified mentors are shown."""
        found = select(mentor_rules.c.verified_only).where(mentor_rules.c.community_id == community)
        return bool(self._connection.execute(found).scalar_one_or_none())

    def set_verified_only(self, community: CommunityId, *, on: bool) -> None:
        """A community's rule."""
        self._connection.execute(
            insert_or_change(self._connection, mentor_rules, ("community_id",), ("verified_only",)),
            {"community_id": community, "verified_only": on},
        )

    def _found(self, of: Select[Any], words: Sought) -> Select[Any]:
        if is_postgresql(self._connection):
            signs = [*(f"'{one}'" for one in words.every)]
            signs += [
                _either([f"'{one}':*", *(f"'{mark}'" for mark in marks)], "|")
                for one, marks in words.typed
            ]
            if words.some:
                signs.append(_either([f"'{one}'" for one in words.some], "|"))
            clause = text(
                "array_to_tsvector(string_to_array(mentor_listings.words, ' '))"
                " @@ CAST(:sought AS tsquery)"
            ).bindparams(sought=" & ".join(signs))
            return of.where(clause)
        signs = [f'"{one}"' for one in words.every]
        signs += [
            _either([f'"{one}"*', *(f'"{mark}"' for mark in marks)], "OR")
            for one, marks in words.typed
        ]
        if words.some:
            signs.append(_either([f'"{one}"' for one in words.some], "OR"))
        rowid: ColumnElement[int] = literal_column("mentor_words.rowid")
        clause = text("mentor_words MATCH :sought").bindparams(sought=" AND ".join(signs))
        # CROSS JOIN: SQLite is to begin with the words.
        return of.join_from(text("mentor_words"), mentor_listings, rowid == _T.id).where(clause)

    def _one(self, found: Select[Any], *, hold: bool) -> Listing | None:
        made = self._many(found.with_for_update() if hold else found)
        return made[0] if made else None

    def _many(self, found: Select[Any]) -> tuple[Listing, ...]:
        return self._made(self._connection.execute(found).all())

    def _made(self, rows: Iterable[Row[*tuple[Any, ...]]]) -> tuple[Listing, ...]:
        kept = list(rows)
        given: dict[int, dict[Purpose, datetime]] = {row.id: {} for row in kept}
        c = mentor_consents.c
        if kept:
            in_force = select(c.listing_id, c.purpose, c.given).where(
                c.listing_id.in_(list(given)), c.withdrawn.is_(None)
            )
            for id, purpose, at in self._connection.execute(in_force):
                given[id][purpose] = at
        return tuple(_listing(row, given[row.id]) for row in kept)


def _either(signs: list[str], or_: str) -> str:
    return "(" + f" {or_} ".join(signs) + ")"


def _listing(row: Row[*tuple[Any, ...]], consents: dict[Purpose, datetime]) -> Listing:
    verified = None
    if row.verified_at is not None:
        verified = Verified(MemberId(row.verified_by_id or 0), row.verified_at, row.verified_how)
    return Listing(
        id=ListingId(row.id),
        community=CommunityId(row.community_id),
        member=MemberId(row.member_id),
        offer=_unpacked(row.offer),
        state=row.state,
        published=row.published,
        confirmed=row.confirmed,
        paused_until=row.paused_until,
        verified=verified,
        expired=row.expired,
        load=Load(row.ongoing, row.month, row.talks, row.week, row.requests, row.background),
        consents=consents,
    )


def _load(load: Load) -> dict[str, Any]:
    return asdict(load)


def _standing(standing: Standing) -> dict[str, Any]:
    return {
        name: value
        for name, value in asdict(standing).items()
        if name != "words" or value is not None
    }


def _packed(offer: Offer) -> dict[str, Any]:
    return asdict(offer)


def _unpacked(kept: object) -> Offer:
    values: dict[str, Any] = {
        name: tuple(cast(list[Any], value)) if isinstance(value, list) else value
        for name, value in cast(dict[str, Any], kept).items()
    }
    values["formats"] = tuple(Format(one) for one in values["formats"])
    return Offer(**values)
