"""Use cases of a mentor's own listing. Everything takes effect at once, everywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.follow_ups import FollowUp, NewFollowUp
from bot.domain.listings import (
    LONGEST_PAUSE,
    PAUSE,
    TRUE_FOR,
    Listing,
    ListingId,
    Offer,
    Purpose,
    State,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from bot.domain.requests import Request
from bot.domain.taxonomy import Taxonomy
from bot.services.follow_ups import engine
from bot.services.mentors import ending, telling
from bot.services.mentors.keeping import keep, standing
from bot.services.mentors.telling import Kind
from bot.services.ports import Work


def publish(
    work: Work,
    now: datetime,
    lists: Taxonomy,
    community: CommunityId,
    member: MemberId,
    offer: Offer,
    *,
    background: bool,
) -> Listing:
    """Opt in, or put a new text in place of the old one. Consents are given here and dated.

    `background`: the mentor volunteers their backgrounds for matching.
    """
    known = work.listings.of(community, member, hold=True)
    if known is None:
        lot = int(now.timestamp() * 7919) ^ member * 40_503
        draft = Listing(ListingId(0), community, member, offer, State.PUBLISHED, now, now)
        known = work.listings.add(community, member, offer, now, standing(draft, now, lists), lot)
    state = State.PAUSED if known.state is State.PAUSED else State.PUBLISHED
    published = now if known.state is State.WITHDRAWN else known.published
    changed = replace(known, offer=offer, state=state, published=published, confirmed=now)
    for purpose in (Purpose.LISTING, Purpose.DMS):
        work.listings.consent(known.id, purpose, now, given=True)
    work.listings.consent(known.id, Purpose.BACKGROUND, now, given=background)
    consents = {Purpose.LISTING: now, Purpose.DMS: now, **known.consents}
    if not background:
        consents.pop(Purpose.BACKGROUND, None)
    elif Purpose.BACKGROUND not in consents:
        consents[Purpose.BACKGROUND] = now
    engine.settle(work, now, subject_of(known.id), member)
    return keep(work, replace(changed, consents=consents), now, lists)


def mine(work: Work, community: CommunityId, member: MemberId) -> Listing | None:
    """One's own listing, in whatever state."""
    return work.listings.of(community, member)


@dataclass(frozen=True, slots=True)
class Paused:
    """A pause that holds. `closed`: requests that got a kind answer with it."""

    listing: Listing
    closed: int


def pause(
    work: Work,
    now: datetime,
    community: CommunityId,
    member: MemberId,
    until: datetime | None = None,
) -> Paused | None:
    """Not for a while; what is open gets a kind answer at once. None: there is no listing."""
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.state is State.WITHDRAWN:
        return None
    back = min(max(until or now + PAUSE, now + timedelta(hours=1)), now + LONGEST_PAUSE)
    rests = replace(listing, state=State.PAUSED, paused_until=back, expired=0)
    keep(work, rests, now)
    return Paused(rests, _answer_all(work, now, member, community))


def resume(work: Work, now: datetime, community: CommunityId, member: MemberId) -> Listing | None:
    """There again, whether paused or asleep."""
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.state is State.WITHDRAWN:
        return None
    engine.settle(work, now, subject_of(listing.id), member)
    there = replace(listing, state=State.PUBLISHED, paused_until=None, confirmed=now, expired=0)
    return keep(work, there, now)


still_true = resume
"""The yearly question, answered with yes: it is shown, and counts from now."""


def withdraw(work: Work, now: datetime, community: CommunityId, member: MemberId) -> int | None:
    """Opt out: nothing is shown any more, consents end. How many requests got a kind answer."""
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.state is State.WITHDRAWN:
        return None
    for purpose in Purpose:
        work.listings.consent(listing.id, purpose, now, given=False)
    engine.withdraw(work, now, subject_of(listing.id))
    gone = replace(listing, state=State.WITHDRAWN, paused_until=None, consents={})
    keep(work, gone, now)
    return _answer_all(work, now, member, community)


def put_back(
    work: Work,
    now: datetime,
    community: CommunityId,
    member: MemberId,
    withdrawn: datetime,
    state: State,
    until: datetime | None,
) -> Listing | None:
    """As it stood before somebody else withdrew it at that moment, with the consents that its
    mentor had given. None: the mentor did something with it since, or it is there.
    """
    known = work.listings.of(community, member, hold=True)
    if known is None or known.state is not State.WITHDRAWN:
        return None
    if not work.listings.reinstate(known.id, withdrawn):
        return None
    again = work.listings.of(community, member)
    return again and keep(work, replace(again, state=state, paused_until=until), now)


def consent(
    work: Work,
    now: datetime,
    community: CommunityId,
    member: MemberId,
    purpose: Purpose,
    *,
    given: bool,
) -> Listing | None:
    """One consent alone is given or taken back. Without the one to be listed, nothing is shown."""
    if purpose is Purpose.LISTING and not given:
        withdraw(work, now, community, member)
        return work.listings.of(community, member)
    listing = work.listings.of(community, member, hold=True)
    if listing is None or listing.state is State.WITHDRAWN:
        return None
    work.listings.consent(listing.id, purpose, now, given=given)
    consents = {key: at for key, at in listing.consents.items() if key is not purpose}
    if given:
        consents[purpose] = listing.consents.get(purpose, now)
    return keep(work, replace(listing, consents=consents), now)


def upkeep(work: Work, now: datetime, limit: int = 50) -> int:
    """What changes by itself: pauses end, weeks and months begin, a year is over."""
    due = work.listings.due(now, limit)
    for listing in due:
        changed = listing
        over = listing.paused_until is not None and listing.paused_until <= now
        if listing.state is State.PAUSED and over:
            changed = replace(listing, state=State.PUBLISHED, paused_until=None)
            _tell(work, now, Kind.BACK, changed)
        if changed.state is State.PUBLISHED and changed.confirmed + TRUE_FOR <= now:
            _ask_whether_true(work, now, changed)
        keep(work, changed, now)
    return len(due)


def left_unsaid(work: Work, now: datetime, left: FollowUp) -> None:
    """Nobody said that a listing is still true: it hides itself, and one tap brings it back."""
    listing = work.listings.get(ListingId(left.ref), hold=True)
    if listing is None or listing.state is not State.PUBLISHED:
        return
    asleep = replace(listing, state=State.ASLEEP)
    keep(work, asleep, now)
    _tell(work, now, Kind.ASLEEP, asleep)
    _answer_all(work, now, listing.member, listing.community)


def subject_of(id: ListingId) -> str:
    """What the yearly question is about."""
    return f"listing:{id}"


def pending(work: Work, community: CommunityId, member: MemberId) -> tuple[Request, ...]:
    """What waits for a mentor."""
    return work.requests.pending_to(member, community)


def _ask_whether_true(work: Work, now: datetime, listing: Listing) -> None:
    subject = subject_of(listing.id)
    if not work.follow_ups.about(subject):
        new = NewFollowUp(listing.community, Matter.LISTING, subject, listing.id, listing.member)
        engine.start(work, now, new)


def _answer_all(work: Work, now: datetime, member: MemberId, community: CommunityId) -> int:
    waiting = work.requests.pending_to(member, community)
    for request in waiting:
        ending.declined(work, now, request)
    return len(waiting)


def _tell(work: Work, now: datetime, kind: Kind, listing: Listing) -> None:
    subject = f"listing.news:{listing.id}"
    telling.tell(work, now, kind, listing.community, listing.member, listing.id, subject)
