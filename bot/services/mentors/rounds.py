"""A matching round: opened by a moderator, joined by whoever likes, drafted and changed by hand.

The draft is made elsewhere (`solving`), and its pairs come to be elsewhere (`publishing`).
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.delivery import NewDelivery
from bot.domain.listings import Listing, State, away
from bot.domain.matching import Offering, Round, Seeking, Traits
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.rounds import MatchRound, RoundId, RoundState, TakesPart
from bot.domain.seekers import Seeker, plain_programmes, rises
from bot.domain.taxonomy import OTHER
from bot.services.mentors.telling import Kind
from bot.services.ports import Work

CHANNEL = "community"
_EVENING = 17


@dataclass(frozen=True, slots=True)
class Ground:
    """A round with what a draft is made from, and the names of everybody in it."""

    round: MatchRound
    people: Round
    names: dict[MemberId, Someone]
    apart: tuple[tuple[MemberId, MemberId], ...]
    paired: frozenset[tuple[MemberId, MemberId]]
    """Trainee and mentor of every pair that is open; no draft pairs them again."""


class Wont(enum.Enum):
    """Why somebody does not take part like that."""

    CLOSED = enum.auto()
    NO_PLACE = enum.auto()
    """A mentor takes part with free ongoing places of their own listing."""
    ONESELF = enum.auto()
    TWICE = enum.auto()
    NOT_LISTED = enum.auto()
    """A wish for somebody who is no mentor here, or takes nobody for longer."""


@dataclass(frozen=True, slots=True)
class NotJoined:
    """No, and about whom."""

    why: Wont
    who: Someone | None = None


def start(work: Work, now: datetime, community: CommunityId, by: MemberId) -> MatchRound:
    """A new round, unless one is going on; it is announced in the community's channel."""
    last = work.rounds.last(community)
    if last is not None and last.going_on:
        return last
    made = work.rounds.open(community, by, now)
    key = f"{Kind.ROUND}:{made.id}"
    work.deliveries.schedule(
        [NewDelivery(Kind.ROUND, community, key, key, now, channel=CHANNEL, ref=made.id)]
    )
    return made


def may_join(
    work: Work, now: datetime, member: MemberId, id: RoundId, *, mentors: bool
) -> Wont | None:
    """Whether somebody could take part now, wishes apart; None: yes."""
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.OPEN:
        return Wont.CLOSED
    if not mentors:
        return None
    listing = work.listings.of(found.community, member)
    return Wont.NO_PLACE if listing is None or places(listing, now) == 0 else None


def join(
    work: Work, now: datetime, member: MemberId, id: RoundId, person: TakesPart
) -> tuple[Someone, ...] | NotJoined:
    """Takes part, or changes whom they would like; the wishes as they are kept, in order.

    A mentor takes part with the places of their own listing that are free. Whether somebody named
    takes part as well is not told: who does is for moderators to see.
    """
    found = work.rounds.get(id)
    wont = may_join(work, now, member, id, mentors=person.mentors)
    if found is None or wont is not None:
        return NotJoined(wont or Wont.CLOSED)
    named = work.people.several(person.ranked)
    for index, one in enumerate(person.ranked):
        if one == member:
            return NotJoined(Wont.ONESELF)
        if one in person.ranked[:index]:
            return NotJoined(Wont.TWICE, named[one])
        if not person.mentors and not _may_be_wished(work, found.community, one):
            return NotJoined(Wont.NOT_LISTED, named[one])
    work.rounds.take_part(id, replace(person, member=member))
    if not person.mentors and work.seekers.get(found.community, member) is None:
        work.seekers.put(Seeker(member, found.community, now))
    return tuple(named[one] for one in person.ranked)


def wished(work: Work, member: MemberId, id: RoundId, *, mentors: bool) -> tuple[Someone, ...]:
    """Whom somebody who takes part would like so far, in order."""
    for one in work.rounds.people(id):
        if (one.member, one.mentors) == (member, mentors):
            named = work.people.several(one.ranked)
            return tuple(named[each] for each in one.ranked)
    return ()


def _may_be_wished(work: Work, community: CommunityId, mentor: MemberId) -> bool:
    listing = work.listings.of(community, mentor)
    if listing is None or listing.state in (State.WITHDRAWN, State.ASLEEP):
        return False
    if listing.verified is None and work.listings.verified_only(community):
        return False
    return any(form.lasts for form in listing.offer.formats)


def places(listing: Listing, now: datetime) -> int:
    """Ongoing places that are free, by the mentor's own number."""
    if away(listing, now) or not any(form.lasts for form in listing.offer.formats):
        return 0
    return max(0, listing.offer.places - listing.load.ongoing)


def ground(work: Work, now: datetime, community: CommunityId) -> Ground | None:
    """The round that goes on or was the last, ready to be matched."""
    found = work.rounds.last(community)
    if found is None:
        return None
    everybody = work.rounds.people(found.id)
    trainees = [one for one in everybody if not one.mentors]
    mentors = [one for one in everybody if one.mentors]
    seekers = work.seekers.several(community, [one.member for one in trainees])
    listings = work.listings.several(community, [one.member for one in mentors])
    evenings = _evenings(work, now, community, [one.member for one in everybody])
    seeking = tuple(
        Seeking(
            one.member,
            _seeker_traits(seekers.get(one.member), evenings.get(one.member)),
            one.groups,
            rises(seekers.get(one.member), now),
        )
        for one in trainees
    )
    offering = tuple(
        Offering(
            one.member,
            places(listings[one.member], now),
            _listing_traits(listings[one.member], evenings.get(one.member)),
            one.groups,
        )
        for one in mentors
        if one.member in listings
    )
    kept_apart = work.rounds.apart(community)
    paired = work.pairs.open_in(community)
    apart = apart_in(work, trainees, listings, seekers, kept_apart) | paired
    ids = {one.member for one in everybody} | {one for pair in kept_apart for one in pair}
    return Ground(
        found, Round(seeking, offering, apart), dict(work.people.several(ids)), kept_apart, paired
    )


def save(
    work: Work, id: RoundId, revision: int, draft: dict[MemberId, MemberId]
) -> MatchRound | None:
    """A new draft; None if somebody else changed the round meanwhile."""
    found = work.rounds.get(id)
    if found is None or not found.going_on or found.revision != revision:
        return None
    kept = replace(found, state=RoundState.DRAFT, draft=draft, revision=revision + 1)
    work.rounds.put(kept)
    return kept


def move(
    work: Work,
    now: datetime,
    id: RoundId,
    revision: int,
    trainee: MemberId,
    mentor: MemberId | None,
) -> MatchRound | str:
    """One pair by hand, or none; a word for why not: `changed`, `full`, `paired`, `apart`,
    `unknown`.
    """
    found = work.rounds.get(id)
    known = None if found is None else ground(work, now, found.community)
    if found is None or known is None or found.state is not RoundState.DRAFT:
        return "changed"
    if found.revision != revision:
        return "changed"
    draft = {one: to for one, to in found.draft.items() if one != trainee}
    if mentor is not None:
        offered = next((one for one in known.people.offering if one.id == mentor), None)
        if offered is None or trainee not in {one.id for one in known.people.seeking}:
            return "unknown"
        if (trainee, mentor) in known.paired:
            return "paired"
        if (trainee, mentor) in known.people.apart:
            return "apart"
        if sum(1 for to in draft.values() if to == mentor) >= offered.places:
            return "full"
        draft[trainee] = mentor
    return save(work, id, revision, draft) or "changed"


def apart_in(
    work: Work,
    trainees: list[TakesPart],
    listings: dict[MemberId, Listing],
    seekers: dict[MemberId, Seeker],
    kept: tuple[tuple[MemberId, MemberId], ...],
) -> frozenset[tuple[int, int]]:
    """Do-not-pair, blocks, oneself, and interviews; which of them it was is nowhere kept."""
    ids = {one.member for one in trainees}
    found: set[tuple[int, int]] = {(one, one) for one in ids & listings.keys()}
    for one, other in (*kept, *work.blocks.among([*ids, *listings])):
        for trainee, mentor in ((one, other), (other, one)):
            if trainee in ids and mentor in listings:
                found.add((trainee, mentor))
    interviewing: dict[str, set[MemberId]] = {}
    for mentor, listing in listings.items():
        for name in plain_programmes(listing.offer.interviews_for):
            interviewing.setdefault(name, set()).add(mentor)
    for trainee in ids & seekers.keys():
        for name in plain_programmes(seekers[trainee].programmes):
            found |= {(trainee, mentor) for mentor in interviewing.get(name, ())}
    return frozenset(found)


def _seeker_traits(said: Seeker | None, evening: int | None) -> Traits:
    if said is None:
        return Traits(evening=evening)
    return Traits(
        frozenset(said.topics) - {OTHER},
        frozenset(said.languages) - {OTHER},
        "" if said.region == OTHER else said.region,
        evening,
        said.matching_backgrounds,
    )


def _listing_traits(listing: Listing, evening: int | None) -> Traits:
    offer = listing.offer
    return Traits(
        frozenset(offer.topics) - {OTHER},
        frozenset(offer.languages) - {OTHER},
        "" if offer.region == OTHER else offer.region,
        evening,
        listing.matching_backgrounds,
    )


def _evenings(
    work: Work, now: datetime, community: CommunityId, members: Iterable[MemberId]
) -> dict[MemberId, int]:
    """The hour in UTC when it is evening for each of them, as far as they told their zone."""
    profiles = work.people.profiles(community, members)
    begins: dict[str, int] = {}
    for zone in {one.zone for one in profiles.values() if one.zone}:
        local = now.astimezone(ZoneInfo(zone)).replace(hour=_EVENING, minute=0)
        begins[zone] = local.astimezone(UTC).hour
    return {member: begins[one.zone] for member, one in profiles.items() if one.zone}
