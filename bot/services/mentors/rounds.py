"""A matching round: opened by a moderator, joined by whoever likes, drafted, changed, published.

The draft is made elsewhere (`solving`); here it is kept, and checked again when it is published:
nobody's capacity is ever exceeded, whatever the draft says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.domain.delivery import NewDelivery
from bot.domain.listings import Listing, accepted, away
from bot.domain.matching import Offering, Round, Seeking, Traits
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.requests import LASTS
from bot.domain.rounds import MatchRound, RoundId, RoundState, TakesPart
from bot.domain.seekers import Seeker, plain_programmes, rises
from bot.domain.taxonomy import OTHER, Format
from bot.services import pairs
from bot.services.mentors import telling
from bot.services.mentors.keeping import keep
from bot.services.mentors.telling import Kind
from bot.services.ports import Work
from bot.services.ports.mentors import Bond

CHANNEL = "community"
_EVENING = 17


@dataclass(frozen=True, slots=True)
class Ground:
    """A round with what a draft is made from, and the names of everybody in it."""

    round: MatchRound
    people: Round
    names: dict[MemberId, Someone]
    apart: tuple[tuple[MemberId, MemberId], ...]


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


def join(
    work: Work, now: datetime, member: MemberId, id: RoundId, person: TakesPart
) -> MatchRound | None:
    """Takes part, or changes whom they would like; None if the round is not open to that.

    A mentor takes part with the places of their own listing that are free.
    """
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.OPEN:
        return None
    if person.mentors:
        listing = work.listings.of(found.community, member)
        if listing is None or places(listing, now) == 0:
            return None
    ranked = tuple(one for one in dict.fromkeys(person.ranked) if one != member)
    work.rounds.take_part(id, replace(person, member=member, ranked=ranked))
    if not person.mentors and work.seekers.get(found.community, member) is None:
        work.seekers.put(Seeker(member, found.community, now))
    return found


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
    apart = _apart(work, trainees, listings, seekers, kept_apart)
    ids = {one.member for one in everybody} | {one for pair in kept_apart for one in pair}
    return Ground(
        found, Round(seeking, offering, apart), dict(work.people.several(ids)), kept_apart
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
    """One pair by hand, or none; a word for why not: `changed`, `full`, `apart`, `unknown`."""
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
        if (trainee, mentor) in known.people.apart:
            return "apart"
        if sum(1 for to in draft.values() if to == mentor) >= offered.places:
            return "full"
        draft[trainee] = mentor
    return save(work, id, revision, draft) or "changed"


def publish(work: Work, id: RoundId, revision: int) -> bool:
    """The draft holds; `introduce` does the rest. False if somebody was faster, or changed it."""
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.DRAFT or found.revision != revision:
        return False
    work.rounds.put(replace(found, state=RoundState.PUBLISHING, revision=revision + 1))
    return True


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a draft: pairs, and those for whom no place was left."""

    pairs: int = 0
    left_out: int = 0
    unmatched: int = 0

    def __add__(self, other: Published) -> Published:
        return Published(
            self.pairs + other.pairs,
            self.left_out + other.left_out,
            self.unmatched + other.unmatched,
        )


def introduce(work: Work, now: datetime, id: RoundId, most: int = 20) -> Published | None:
    """The next few people of a published draft get their pair, each only if the mentor has a place
    at this moment, or hear that there is none. None: everybody was told.

    A few at a time, so that nobody waits for a whole round; after a crash it goes on where it was.
    """
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.PUBLISHING:
        return None
    trainees = [one for one in work.rounds.people(id) if not one.mentors][:most]
    if not trainees:
        work.rounds.put(replace(found, state=RoundState.PUBLISHED))
        return None
    home, draft = found.community, found.draft
    members = [one.member for one in trainees]
    seekers = work.seekers.several(home, members)
    listings = work.listings.several(home, {draft[one] for one in members if one in draft})
    apart = _apart(work, trainees, listings, seekers, work.rounds.apart(home))
    pairs_, drafted = 0, 0
    for one in members:
        mentor = draft.get(one)
        seeker = seekers.get(one) or Seeker(one, home, now)
        drafted += mentor is not None
        if mentor is not None and (one, mentor) not in apart and _pair(
            work, now, found, one, mentor):  # fmt: skip
            pairs_ += 1
            seeker = replace(seeker, matched=True, unmatched=0)
        else:
            seeker = replace(seeker, unmatched=seeker.unmatched + 1)
            telling.tell(work, now, Kind.UNMATCHED, home, one, found.id, f"round:{found.id}")
        work.seekers.put(seeker)
        # Who is not in the list any more was told.
        work.rounds.leave(id, one, mentors=False)
    return Published(pairs_, drafted - pairs_, len(members) - pairs_)


def cancel(work: Work, id: RoundId) -> bool:
    """Nothing comes of a round."""
    found = work.rounds.get(id)
    if found is None or not found.going_on:
        return False
    work.rounds.put(replace(found, state=RoundState.CANCELLED, revision=found.revision + 1))
    return True


def _pair(
    work: Work, now: datetime, round_: MatchRound, trainee: MemberId, mentor: MemberId
) -> bool:
    here = all(round_.community in work.people.communities(one) for one in (trainee, mentor))
    listing = work.listings.of(round_.community, mentor, hold=True)
    if listing is None or not here or places(listing, now) == 0:
        return False
    if any(one.open and mentor in one.sides for one in work.pairs.of(trainee, round_.community)):
        return False
    taken = accepted(listing, Format.ONGOING, now)
    if taken is None:
        return False
    keep(work, taken, now)
    pair = pairs.open_pair(work, now, round_.community, mentor, trainee)
    until = now + LASTS[Format.ONGOING]
    work.requests.bond(Bond(pair.id, listing.id, Format.ONGOING, "", until, holds=True))
    return True


def _apart(
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
