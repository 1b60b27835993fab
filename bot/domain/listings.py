"""A mentor's listing: what they offer, within which limits, and whether there is room now.

Every number here is the mentor's own and nobody else can raise it. Backgrounds are for matching
alone: nothing that shows or filters listings may read them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import NewType

from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import OTHER, Format, Taxonomy

ListingId = NewType("ListingId", int)

PAUSE = timedelta(weeks=4)
"""How long a pause is if nobody says (etiquette, mentor overload, 3)."""
LONGEST_PAUSE = timedelta(days=366)
TRUE_FOR = timedelta(days=365)
"""A listing asks once a year whether it is still true."""


class State(enum.Enum):
    """Where a listing stands."""

    PUBLISHED = "published"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    ASLEEP = "asleep"
    """Nobody said that it is still true; one tap brings it back."""


class Purpose(enum.StrEnum):
    """What a consent is for; each is given, dated and taken back by itself."""

    LISTING = "listing"
    DMS = "dms"
    BACKGROUND = "background"


@dataclass(frozen=True, slots=True)
class Offer:
    """What a mentor filled in. All but the last three fields are what others see.

    `places`: ongoing people at a time; `talks`: lighter formats a month; `intake`: new requests a
    week. `backgrounds` are for matching only; `background_cap` is how many requests a week may
    come because of them; `interviews_for`: programmes whose applicants they interview.
    """

    help: tuple[str, ...]
    topics: tuple[str, ...]
    formats: tuple[Format, ...]
    stage: str = ""
    practice: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    about: str = ""
    places: int = 2
    talks: int = 4
    intake: int = 3
    backgrounds: tuple[str, ...] = ()
    background_cap: int = 1
    interviews_for: tuple[str, ...] = ()

    def near_peer(self, lists: Taxonomy) -> bool:
        """Whether the mentor was recently where a trainee is now."""
        return self.stage in lists.near_peers


@dataclass(frozen=True, slots=True)
class Verified:
    """Who vouches for a mentor, since when and on what ground."""

    by: MemberId
    at: datetime
    how: str


@dataclass(frozen=True, slots=True)
class Load:
    """What a mentor carries. Counts of a month and of a week hold for `month` and `week` only."""

    ongoing: int = 0
    month: date = date.min
    talks: int = 0
    week: date = date.min
    requests: int = 0
    background: int = 0

    def at(self, now: datetime) -> Load:
        """As it counts at present."""
        month, week = month_of(now), week_of(now)
        talks = self.talks if self.month == month else 0
        fresh = self.week != week
        return Load(
            self.ongoing,
            month,
            talks,
            week,
            0 if fresh else self.requests,
            0 if fresh else self.background,
        )


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing as it stands. `consents` holds those in force, by purpose, with their dates."""

    id: ListingId
    community: CommunityId
    member: MemberId
    offer: Offer
    state: State
    published: datetime
    confirmed: datetime
    paused_until: datetime | None = None
    verified: Verified | None = None
    expired: int = 0
    """Requests in a row that nobody answered."""
    load: Load = field(default_factory=Load)
    consents: Mapping[Purpose, datetime] = field(default_factory=dict[Purpose, datetime])

    @property
    def matching_backgrounds(self) -> frozenset[str]:
        """Backgrounds that may be used for matching; none without a consent to that."""
        if Purpose.BACKGROUND not in self.consents:
            return frozenset()
        return frozenset(self.offer.backgrounds) - {OTHER}


class Room(enum.Enum):
    """Whether a request can be made. People read one word for all but the first two."""

    OPEN = enum.auto()
    NEXT_WEEK = enum.auto()
    """The week's intake is reached: open again on Monday."""
    FULL = enum.auto()
    AWAY = enum.auto()


def week_of(now: datetime) -> date:
    """The Monday of the week, in UTC."""
    day = now.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())


def month_of(now: datetime) -> date:
    """The first of the month, in UTC."""
    return now.astimezone(UTC).date().replace(day=1)


def next_week(now: datetime) -> datetime:
    """When intake counts anew."""
    return _midnight(week_of(now) + timedelta(days=7))


def next_month(now: datetime) -> datetime:
    """When talks count anew."""
    return _midnight((month_of(now) + timedelta(days=32)).replace(day=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def takes(listing: Listing, form: Format, now: datetime) -> bool:
    """Whether capacity is left for one more of this form. Says nothing of intake or pause."""
    load = listing.load.at(now)
    if form.lasts:
        return load.ongoing < listing.offer.places
    return load.talks < listing.offer.talks


def away(listing: Listing, now: datetime) -> bool:
    """Not there at present: withdrawn, asleep, or paused with the date of return still to come."""
    if listing.state is State.PAUSED:
        return listing.paused_until is None or now < listing.paused_until
    return listing.state is not State.PUBLISHED


def room(
    listing: Listing, now: datetime, form: Format | None = None, *, background: bool = False
) -> Room:
    """Whether a new request may come, for one form or for any that is offered."""
    if away(listing, now) or Purpose.DMS not in listing.consents:
        return Room.AWAY
    forms = listing.offer.formats if form is None else (form,)
    if not any(each in listing.offer.formats and takes(listing, each, now) for each in forms):
        return Room.FULL
    load = listing.load.at(now)
    if listing.offer.intake == 0:
        return Room.FULL
    if load.requests >= listing.offer.intake:
        return Room.NEXT_WEEK
    if background and load.background >= listing.offer.background_cap:
        return Room.NEXT_WEEK if listing.offer.background_cap else Room.FULL
    return Room.OPEN


def open_from(
    listing: Listing, now: datetime, form: Format | None = None, *, background: bool = False
) -> datetime | None:
    """From when there is room, for one form or for any that is offered, if nothing else changes;
    None: not foreseeable. `background`: as for `room`.
    """
    if listing.state in (State.WITHDRAWN, State.ASLEEP) or Purpose.DMS not in listing.consents:
        return None
    if listing.state is State.PAUSED and listing.paused_until is None:
        return None
    if listing.offer.intake == 0 or (background and listing.offer.background_cap == 0):
        return None
    start = now
    if listing.state is State.PAUSED and listing.paused_until is not None:
        start = max(now, listing.paused_until)
    moment = replace(listing, state=State.PUBLISHED, paused_until=None)
    found: list[datetime] = []
    for each in listing.offer.formats if form is None else (form,):
        at = start
        if not takes(moment, each, at):
            if each.lasts or listing.offer.talks == 0:
                continue
            at = max(at, next_month(start))
        if moment.load.at(at).requests >= listing.offer.intake:
            at = max(at, next_week(at))
        if background and moment.load.at(at).background >= listing.offer.background_cap:
            at = max(at, next_week(at))
        found.append(at)
    return min(found, default=None)


def brimful(listing: Listing, now: datetime) -> Listing:
    """As if all that a mentor offers were taken: what somebody reads whom they blocked."""
    load, offer = listing.load.at(now), listing.offer
    taken = replace(
        load, ongoing=max(load.ongoing, offer.places), talks=max(load.talks, offer.talks)
    )
    return replace(listing, load=taken)


def share(listing: Listing, now: datetime) -> int:
    """Load in thousandths of what the mentor themself offers: 0 is idle, 1000 full."""
    load, offer = listing.load.at(now), listing.offer
    parts: list[int] = []
    if any(form.lasts for form in offer.formats):
        parts.append(1000 if offer.places == 0 else min(1000, load.ongoing * 1000 // offer.places))
    if any(not form.lasts for form in offer.formats):
        parts.append(1000 if offer.talks == 0 else min(1000, load.talks * 1000 // offer.talks))
    asked = 1000 if offer.intake == 0 else min(1000, load.requests * 1000 // offer.intake)
    carried = sum(parts) // len(parts) if parts else 1000
    return (carried * 3 + asked) // 4


def requested(listing: Listing, now: datetime, *, background: bool) -> Listing:
    """One more request this week."""
    load = listing.load.at(now)
    more = replace(
        load, requests=load.requests + 1, background=load.background + (1 if background else 0)
    )
    return replace(listing, load=more)


def unrequested(listing: Listing, opened: datetime, now: datetime, *, background: bool) -> Listing:
    """A request of this week counts no more: whoever made it is not here any more."""
    load = listing.load.at(now)
    if week_of(opened) != load.week:
        return listing
    fewer = replace(
        load,
        requests=max(0, load.requests - 1),
        background=max(0, load.background - (1 if background else 0)),
    )
    return replace(listing, load=fewer)


def accepted(listing: Listing, form: Format, now: datetime) -> Listing | None:
    """One more person; None if the mentor's own capacity for that form is used up."""
    if not takes(listing, form, now):
        return None
    load = listing.load.at(now)
    if form.lasts:
        return replace(listing, load=replace(load, ongoing=load.ongoing + 1), expired=0)
    return replace(listing, load=replace(load, talks=load.talks + 1), expired=0)


def freed(listing: Listing, now: datetime) -> Listing:
    """An ongoing place is free again."""
    load = listing.load.at(now)
    return replace(listing, load=replace(load, ongoing=max(0, load.ongoing - 1)))
