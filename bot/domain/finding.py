"""Who is shown first, and why: pure functions over listings that fit.

The rule people read in `help`: whoever carries the least of what they offered comes first; at most
five people a week see the same mentor first while another one who fits has room; after that, the
one who was first least often this week.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.listings import Listing, ListingId, share
from bot.domain.people import MemberId
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import OTHER, Format

FIRSTS_A_WEEK = 5
PAGE = 5
"""Cards a page."""
_UNSAID = frozenset({"", OTHER})
_LIGHT = (Format.QUESTION, Format.TALK)
_STEPS = 5
"""Loads are compared in fifths, so that one talk more does not decide."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; all that are given have to fit. `text` is looked for in what mentors wrote."""

    topic: str = ""
    help: str = ""
    form: Format | None = None
    region: str = ""
    language: str = ""
    stage: str = ""
    text: str = ""

    @property
    def open(self) -> bool:
        """Whether nothing was asked for."""
        return self == Wanted()


@dataclass(frozen=True, slots=True)
class Reasons:
    """Why a mentor fits, in facts; only what both sides may know."""

    topics: tuple[str, ...] = ()
    help: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    region: str = ""
    evenings: int = 0
    near_peer: bool = False
    light: bool = False
    """Takes one question or a short talk."""

    @property
    def weight(self) -> int:
        """How much of what was looked for is there."""
        return (
            4 * min(3, len(self.topics))
            + 3 * min(2, len(self.help))
            + (2 if self.languages else 0)
            + (2 if self.region else 0)
            + (1 if self.evenings >= 2 else 0)
            + (1 if self.near_peer else 0)
            + (1 if self.light else 0)
        )


def reasons(
    listing: Listing,
    seeker: Seeker | None,
    wanted: Wanted,
    near_peers: frozenset[str],
    evenings: int = 0,
) -> Reasons:
    """Why this mentor fits. Backgrounds are left out on purpose."""
    offer = listing.offer
    topics = {wanted.topic, *(seeker.topics if seeker else ())} - _UNSAID
    spoken = {wanted.language, *(seeker.languages if seeker else ())} - _UNSAID
    regions = {wanted.region, seeker.region if seeker else ""} - _UNSAID
    help_with = {wanted.help} - _UNSAID
    return Reasons(
        topics=tuple(each for each in offer.topics if each in topics),
        help=tuple(each for each in offer.help if each in help_with),
        languages=tuple(each for each in offer.languages if each in spoken),
        region=offer.region if offer.region in regions else "",
        evenings=evenings,
        near_peer=offer.stage in near_peers,
        light=any(form in _LIGHT for form in offer.formats),
    )


_EVENING = (time(17), time(22))


def evenings_in_common(mine: ZoneInfo, theirs: ZoneInfo, day: date) -> int:
    """Whole hours in which it is evening (17:00 to 22:00) for both."""

    def span(zone: ZoneInfo, on: date) -> tuple[datetime, datetime]:
        return (
            datetime.combine(on, _EVENING[0], zone),
            datetime.combine(on, _EVENING[1], zone),
        )

    start, end = span(mine, day)
    best = timedelta()
    for shift in (-1, 0, 1):
        other_start, other_end = span(theirs, day + timedelta(days=shift))
        best = max(best, min(end, other_end) - max(start, other_start))
    return max(0, int(best.total_seconds() // 3600))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A listing that fits and has room, as the order sees it. `fit` is a weight of reasons."""

    listing: Listing
    firsts: int = 0
    fit: int = 0


def fair_order(
    candidates: Iterable[Candidate], viewer: MemberId, week: date, now: datetime
) -> tuple[Candidate, ...]:
    """Least loaded by share of own capacity first; then the better fit, then fewest firsts.

    Whoever was first for five people this week comes first only if nobody else is there. Equal ones
    stand in an order that differs between people and weeks, so no name gains by its place.
    """

    def key(one: Candidate) -> tuple[int, int, int, int, bytes]:
        used_up = one.firsts >= FIRSTS_A_WEEK
        lot = f"{viewer}:{week.isoformat()}:{one.listing.id}".encode()
        step = share(one.listing, now) * _STEPS // 1001
        return (
            one.firsts if used_up else 0,
            step,
            -one.fit,
            one.firsts,
            hashlib.blake2b(lot, digest_size=8).digest(),
        )

    return tuple(sorted(candidates, key=key))


def first_of(order: Sequence[Candidate], seen_first: Mapping[ListingId, int]) -> Candidate | None:
    """Who of an order comes first, by the counts as they are at the moment of showing."""
    fresh = [one for one in order if seen_first.get(one.listing.id, 0) < FIRSTS_A_WEEK]
    if fresh:
        return fresh[0]
    return min(order, key=lambda one: seen_first.get(one.listing.id, 0), default=None)
