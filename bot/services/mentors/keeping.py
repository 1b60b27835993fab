"""Writes a listing together with what makes it found: load, since when there is room, words."""

from __future__ import annotations

from datetime import datetime

from bot.domain.listings import (
    TRUE_FOR,
    Listing,
    ListingId,
    State,
    freed,
    next_month,
    next_week,
    open_from,
    share,
)
from bot.domain.pairs import PairId
from bot.domain.search_words import words_of
from bot.domain.taxonomy import Taxonomy
from bot.services.ports import Work
from bot.services.ports.mentors import Standing

STEPS = 5


def standing(listing: Listing, now: datetime, lists: Taxonomy | None = None) -> Standing:
    """What is kept beside a listing; its words only if `lists` are given."""
    words = None
    if lists is not None:
        words = words_of(listing.community, listing.offer, listing.verified, lists)
    step = share(listing, now) * STEPS // 1001
    return Standing(step, open_from(listing, now), _look_at(listing, now), words)


def keep(work: Work, listing: Listing, now: datetime, lists: Taxonomy | None = None) -> Listing:
    """Write it."""
    work.listings.put(listing, standing(listing, now, lists))
    return listing


def free(work: Work, now: datetime, id: ListingId, pair: PairId) -> None:
    """A pair does not take a place any more."""
    listing = work.listings.get(id, hold=True)
    if listing is not None:
        keep(work, freed(listing, now), now)


def _look_at(listing: Listing, now: datetime) -> datetime | None:
    if listing.state in (State.WITHDRAWN, State.ASLEEP):
        return None
    load = listing.load.at(now)
    found: list[datetime] = []
    if listing.state is State.PAUSED and listing.paused_until is not None:
        found.append(listing.paused_until)
    if load.requests or load.background:
        found.append(next_week(now))
    if load.talks:
        found.append(next_month(now))
    if listing.confirmed + TRUE_FOR > now:
        found.append(listing.confirmed + TRUE_FOR)
    return min(found, default=None)
