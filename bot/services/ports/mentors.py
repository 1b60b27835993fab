"""What the mentor directory needs from storage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.finding import Wanted
from bot.domain.listings import Listing, ListingId, Offer, Purpose
from bot.domain.pairs import PairId
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Introduction, Request, RequestId
from bot.domain.rounds import MatchRound, RoundId, TakesPart
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import Format, Taxonomy


@dataclass(frozen=True, slots=True)
class Standing:
    """What storage keeps beside a listing so that it is found: made anew at each change.

    `step`: load in fifths of own capacity; `open_from`: since when, or from when, there is room;
    `look_at`: when something changes by itself.
    """

    step: int
    open_from: datetime | None
    look_at: datetime | None
    words: str | None = None
    """None: as they are."""


@dataclass(frozen=True, slots=True)
class Bond:
    """A pair made here: what it is for, and its time box. `holds`: it takes an ongoing place."""

    pair: PairId
    listing: ListingId
    form: Format
    domain: str
    until: datetime
    asked: bool = False
    holds: bool = False
    renew_mentor: bool | None = None
    renew_trainee: bool | None = None


class Listings(Protocol):
    """Listings, and who was shown whom."""

    def add(
        self,
        community: CommunityId,
        member: MemberId,
        offer: Offer,
        now: datetime,
        standing: Standing,
        lot: int,
    ) -> Listing:
        """A new one, published. There is one per member and community."""
        ...

    def get(self, id: ListingId, *, hold: bool = False) -> Listing | None:
        """By id. With `hold`, nobody else changes it until this transaction ends."""
        ...

    def of(self, community: CommunityId, member: MemberId, *, hold: bool = False) -> Listing | None:
        """A member's own, in whatever state."""
        ...

    def put(self, listing: Listing, standing: Standing) -> None:
        """Keep what changed, consents apart."""
        ...

    def consent(self, id: ListingId, purpose: Purpose, at: datetime, *, given: bool) -> None:
        """A consent was given or taken back; its dates stay."""
        ...

    def reinstate(self, id: ListingId, ended: datetime) -> bool:
        """Consents that ended at that moment hold again as they were given, unless others were
        given since. Whether any does.
        """
        ...

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
        """Listings that fit and have room now, the least loaded first.

        `any_topic`: at least one of them has to be there. `shift` turns the order among equals.
        """
        ...

    def anybody(self, community: CommunityId, but: MemberId, *, verified_only: bool) -> bool:
        """Whether somebody else is in the list, with room or without."""
        ...

    def next_room(
        self, community: CommunityId, but: MemberId, now: datetime, *, verified_only: bool
    ) -> datetime | None:
        """From when somebody else has room who has none now, if that is foreseen."""
        ...

    def several(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Listing]:
        """Those of several members."""
        ...

    def firsts(self, ids: Iterable[ListingId], week: date) -> Mapping[ListingId, int]:
        """How many people saw each of them first that week."""
        ...

    def shown_first(self, id: ListingId, week: date, viewer: MemberId) -> None:
        """Note that somebody saw it first; no effect the second time."""
        ...

    def who_saw(self, viewer: MemberId, week: date) -> frozenset[ListingId]:
        """Whom somebody saw first that week."""
        ...

    def forget_firsts(self, before: date) -> None:
        """Weeks that are over."""
        ...

    def look(self, community: CommunityId, member: MemberId, day: date) -> int:
        """One more page of cards was asked for that day; how many that makes."""
        ...

    def due(self, now: datetime, limit: int) -> tuple[Listing, ...]:
        """Those where something changes by itself."""
        ...

    def verified_only(self, community: CommunityId) -> bool:
        """Whether only verified mentors are shown."""
        ...

    def set_verified_only(self, community: CommunityId, *, on: bool) -> None:
        """A community's rule."""
        ...


class Seekers(Protocol):
    """What people said when they looked for a mentor."""

    def get(self, community: CommunityId, member: MemberId) -> Seeker | None:
        """Theirs; None if they never looked."""
        ...

    def put(self, seeker: Seeker) -> None:
        """Keep it."""
        ...

    def several(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Seeker]:
        """Those of several people."""
        ...


class Requests(Protocol):
    """Requests, and the pairs that came of them."""

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
        ...

    def get(self, id: RequestId) -> Request | None:
        """By id."""
        ...

    def put(self, request: Request) -> None:
        """Keep what changed."""
        ...

    def pending_by(self, trainee: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Those that somebody has open, oldest first."""
        ...

    def pending_to(self, mentor: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Those that wait for a mentor, oldest first."""
        ...

    def between(self, trainee: MemberId, listing: ListingId) -> Request | None:
        """The last one of somebody to a listing."""
        ...

    def of(self, member: MemberId, community: CommunityId, limit: int) -> tuple[Request, ...]:
        """Sent or received, newest first."""
        ...

    def accepted_by(self, mentor: MemberId, community: CommunityId) -> tuple[Request, ...]:
        """Everything a mentor accepted."""
        ...

    def bond(self, new: Bond) -> None:
        """Keep one, new or changed."""
        ...

    def bond_of(self, pair: PairId) -> Bond | None:
        """What a pair is for, if it was made here."""
        ...

    def bonds_due(self, now: datetime, limit: int) -> tuple[Bond, ...]:
        """Those whose time box ends by then, and nobody was asked yet."""
        ...

    def bonds_to(self, listing: ListingId) -> tuple[Bond, ...]:
        """Every pair of a listing."""
        ...


class Blocks(Protocol):
    """Who wants nothing to do with whom; holds in both directions."""

    def block(self, member: MemberId, other: MemberId, now: datetime) -> None:
        """From now on."""
        ...

    def unblock(self, member: MemberId, other: MemberId) -> None:
        """No more."""
        ...

    def by(self, member: MemberId) -> tuple[MemberId, ...]:
        """Whom a member blocked."""
        ...

    def around(self, member: MemberId) -> frozenset[MemberId]:
        """Everybody who is blocked by a member, or blocks them."""
        ...

    def among(self, members: Iterable[MemberId]) -> frozenset[tuple[MemberId, MemberId]]:
        """Blocks between any of several people: who blocks whom."""
        ...


class Rounds(Protocol):
    """Matching rounds."""

    def open(self, community: CommunityId, by: MemberId, now: datetime) -> MatchRound:
        """A new one."""
        ...

    def get(self, id: RoundId) -> MatchRound | None:
        """By id."""
        ...

    def last(self, community: CommunityId) -> MatchRound | None:
        """The newest one."""
        ...

    def unfinished(self) -> tuple[RoundId, ...]:
        """Those whose pairs are being introduced."""
        ...

    def put(self, round_: MatchRound) -> None:
        """Keep what changed."""
        ...

    def take_part(self, id: RoundId, person: TakesPart) -> None:
        """Somebody takes part, or changed whom they would like."""
        ...

    def leave(self, id: RoundId, member: MemberId, *, mentors: bool | None = None) -> None:
        """Somebody does not, after all; or not as a mentor, or not as a trainee."""
        ...

    def people(self, id: RoundId) -> tuple[TakesPart, ...]:
        """Everybody who takes part."""
        ...

    def keep_apart(
        self, community: CommunityId, one: MemberId, other: MemberId, now: datetime
    ) -> None:
        """These two are never matched."""
        ...

    def let_meet(self, community: CommunityId, one: MemberId, other: MemberId) -> None:
        """They may be."""
        ...

    def apart(self, community: CommunityId) -> tuple[tuple[MemberId, MemberId], ...]:
        """Who is not to be matched with whom."""
        ...
