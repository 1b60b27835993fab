"""Finding a mentor: what fits and has room, in the fair order, with reasons.

Reading and noting are apart: the search is a snapshot, who comes first is decided in a transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.finding import (
    Candidate,
    Reasons,
    Wanted,
    evenings_in_common,
    fair_order,
    first_of,
    reasons,
)
from bot.domain.listings import (
    Listing,
    ListingId,
    Offer,
    Purpose,
    Room,
    State,
    brimful,
    next_week,
    open_from,
    room,
    week_of,
)
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.requests import LOOKS_A_DAY
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import OTHER, Taxonomy
from bot.services.mentors.ties import Tie, ties
from bot.services.ports import Work

SEARCHED = 60
"""How many of those that fit are looked at; enough for a choice, too few to copy a directory."""
SUGGESTED = 3
_BACKGROUND = 3


@dataclass(frozen=True, slots=True)
class Card:
    """A mentor as somebody else sees them. `opens`: when requests are possible again, if known."""

    listing: Listing
    who: Someone
    room: Room
    reasons: Reasons = field(default_factory=Reasons)
    opens: datetime | None = None
    verified_by: Someone | None = None
    mine: bool = False
    tie: Tie | None = None
    """What stands between the reader and a request."""


@dataclass(frozen=True, slots=True)
class Found:
    """Everybody who fits, in order. `new`: this person was never asked about themself; `listed`:
    somebody else is in the list at all, whether they have room or not; `opens`: where nobody fits,
    from when somebody of the list has room again, as things stand; `tied`: how many fit and have
    room, but are one's own mentor already, or were asked not long ago.
    """

    cards: tuple[Card, ...]
    order: tuple[Candidate, ...]
    new: bool
    listed: bool
    opens: datetime | None = None
    tied: int = 0


def find(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    viewer: MemberId,
    wanted: Wanted,
) -> Found:
    """Who fits these filters, has room, and may be asked by this person now."""
    seeker = work.seekers.get(community, viewer)
    fits = _search(work, now, lists, community, viewer, wanted, (), seeker)
    tied = ties(work, now, community, viewer)
    listings = tuple(one for one in fits if one.member not in tied)
    found = _found(work, now, lists, community, viewer, wanted, seeker, listings)
    return replace(found, tied=len(fits) - len(listings))


def suggest(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    viewer: MemberId,
    but: Collection[MemberId] = (),
) -> Found:
    """Who may suit this person, by what they said about themself; without those in `but`, and
    without anybody they may not ask at present.
    """
    seeker = work.seekers.get(community, viewer)
    topics = tuple(one for one in seeker.topics if one != OTHER) if seeker is not None else ()
    tied = ties(work, now, community, viewer)
    found: dict[ListingId, Listing] = {}
    for any_topic in dict.fromkeys((topics, ())):
        if len(found) < SUGGESTED:
            for one in _search(work, now, lists, community, viewer, Wanted(), any_topic, seeker):
                if one.member not in tied and one.member not in but:
                    found.setdefault(one.id, one)
    return _found(work, now, lists, community, viewer, Wanted(), seeker, tuple(found.values()))


def noted(
    work: Work,
    now: datetime,
    community: CommunityId,
    viewer: MemberId,
    order: tuple[Candidate, ...],
) -> tuple[ListingId | None, bool]:
    """A page was asked for: who really comes first, and whether that is enough for a day.

    `order` is empty for a later page.
    """
    day = now.astimezone(UTC).date()
    if work.listings.look(community, viewer, day) > LOOKS_A_DAY:
        return None, True
    return led(work, now, viewer, order), False


def led(
    work: Work, now: datetime, viewer: MemberId, order: tuple[Candidate, ...]
) -> ListingId | None:
    """Who really comes first, noted. The counts are those at this moment, so no mentor is first for
    a sixth person while another one who fits has room.
    """
    week = week_of(now)
    counts = dict(work.listings.firsts((one.listing.id for one in order), week))
    for id in work.listings.who_saw(viewer, week) & counts.keys():
        # Who was first for this person already is no further first.
        counts[id] -= 1
    first = first_of(order, counts)
    if first is None:
        return None
    work.listings.shown_first(first.listing.id, week, viewer)
    return first.listing.id


def show(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    viewer: MemberId,
    member: MemberId,
) -> Card | None:
    """One card; None if there is none to be shown. Whoever is blocked reads "full"."""
    listing = work.listings.of(community, member)
    own = viewer == member
    if listing is None or community not in work.people.communities(member):
        return None
    if listing.state is State.WITHDRAWN:
        return None
    if not own:
        hidden = listing.state is State.ASLEEP
        unverified = listing.verified is None and work.listings.verified_only(community)
        if hidden or unverified:
            return None
    seeker = work.seekers.get(community, viewer)
    crowd = _crowd(work, community, viewer, (listing,))
    card = _card(crowd, now, lists, listing, Wanted(), seeker)
    card = replace(card, mine=own, tie=ties(work, now, community, viewer).get(member))
    if member in work.blocks.around(viewer) and card.room not in (Room.FULL, Room.AWAY):
        background = _shares(listing, seeker)
        opens = open_from(brimful(listing, now), now, background=background)
        return replace(card, room=Room.FULL, opens=opens)
    return card


def preview(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    offer: Offer,
) -> Card:
    """What others would see of an offer once it is published."""
    known = work.listings.of(community, member)
    if known is None:
        known = Listing(ListingId(0), community, member, offer, State.PUBLISHED, now, now)
    state = State.PAUSED if known.state is State.PAUSED else State.PUBLISHED
    consents = {**known.consents, Purpose.DMS: now}
    shown = replace(known, offer=offer, state=state, consents=consents)
    crowd = _crowd(work, community, member, (shown,))
    return replace(_card(crowd, now, lists, shown, Wanted(), None), mine=True)


def note_asked(work: Work, now: datetime, community: CommunityId, member: MemberId) -> None:
    """The questions of the first search were put; they are not put again."""
    if work.seekers.get(community, member) is None:
        work.seekers.put(Seeker(member, community, now))


def _search(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    viewer: MemberId,
    wanted: Wanted,
    any_topic: tuple[str, ...],
    seeker: Seeker | None,
) -> tuple[Listing, ...]:
    week = week_of(now)
    found = work.listings.search(
        community,
        wanted,
        any_topic,
        lists,
        now,
        shift=hash((int(viewer), week.toordinal())) & 0xFFFF,
        verified_only=work.listings.verified_only(community),
        limit=SEARCHED,
    )
    around = work.blocks.around(viewer)
    return tuple(
        one
        for one in found
        if one.member != viewer
        and one.member not in around
        and room(one, now, wanted.form, background=_shares(one, seeker)) is Room.OPEN
    )


def _shares(listing: Listing, seeker: Seeker | None) -> bool:
    """Whether both volunteered, for matching, a background that they have in common."""
    return seeker is not None and bool(listing.matching_backgrounds & seeker.matching_backgrounds)


shares_background = _shares


def _found(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    viewer: MemberId,
    wanted: Wanted,
    seeker: Seeker | None,
    listings: tuple[Listing, ...],
) -> Found:
    week = week_of(now)
    firsts = work.listings.firsts((one.id for one in listings), week)
    crowd = _crowd(work, community, viewer, listings)
    cards = {one.id: _card(crowd, now, lists, one, wanted, seeker) for one in listings}
    candidates = [
        Candidate(
            one,
            firsts.get(one.id, 0),
            cards[one.id].reasons.weight + (_BACKGROUND if _shares(one, seeker) else 0),
        )
        for one in listings
    ]
    order = fair_order(candidates, viewer, week, now)
    found = tuple(cards[one.listing.id] for one in order)
    new = seeker is None
    if found:
        return Found(found, order, new, listed=True)
    only = work.listings.verified_only(community)
    listed = work.listings.anybody(community, viewer, verified_only=only)
    opens = _soonest(
        work.listings.next_room(community, viewer, now, verified_only=only),
        *(
            open_from(brimful(one, now), now)
            for one in work.listings.several(community, work.blocks.around(viewer)).values()
            if room(one, now) is Room.OPEN and (one.verified is not None or not only)
        ),
    )
    return Found((), (), new, listed, opens)


def _soonest(*moments: datetime | None) -> datetime | None:
    """Whom a block separates counts as if every place were taken, here as on their card."""
    return min((one for one in moments if one is not None), default=None)


def leading(cards: tuple[Card, ...], first: ListingId | None) -> tuple[Card, ...]:
    """With the one who comes first by the counts of this moment."""
    lead = tuple(card for card in cards if card.listing.id == first)
    return (*lead, *(card for card in cards if card.listing.id != first))


@dataclass(frozen=True, slots=True)
class _Crowd:
    """Everybody whose card is shown, asked for at once. `mine`: the zone of whoever looks."""

    names: Mapping[MemberId, Someone]
    zones: Mapping[MemberId, ZoneInfo]
    mine: ZoneInfo | None


def _crowd(
    work: Work, community: CommunityId, viewer: MemberId, listings: Sequence[Listing]
) -> _Crowd:
    mentors = [one.member for one in listings]
    seals = [one.verified.by for one in listings if one.verified is not None]
    zones = {
        member: ZoneInfo(profile.zone)
        for member, profile in work.people.profiles(community, (viewer, *mentors)).items()
        if profile.zone
    }
    return _Crowd(work.people.several((*mentors, *seals)), zones, zones.get(viewer))


def _card(
    crowd: _Crowd,
    now: datetime,
    lists: Taxonomy,
    listing: Listing,
    wanted: Wanted,
    seeker: Seeker | None,
) -> Card:
    background = _shares(listing, seeker)
    state = room(listing, now, wanted.form, background=background)
    hours = 0
    theirs = crowd.zones.get(listing.member)
    if listing.offer.region and crowd.mine is not None and theirs is not None:
        hours = evenings_in_common(crowd.mine, theirs, now.astimezone(UTC).date())
    why = reasons(listing, seeker, wanted, lists.near_peers, hours)
    opens = None
    if state is Room.NEXT_WEEK:
        opens = next_week(now)
    elif state is not Room.OPEN:
        opens = open_from(listing, now, background=background)
    seal = listing.verified
    return Card(
        listing,
        crowd.names[listing.member],
        state,
        why,
        opens,
        crowd.names.get(seal.by) if seal is not None else None,
    )
