"""Sending a request and taking it back. Everything is counted in the transaction that sends."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.follow_ups import NewFollowUp
from bot.domain.listings import (
    Listing,
    Room,
    brimful,
    next_week,
    open_from,
    requested,
    room,
    unrequested,
)
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.domain.requests import (
    Introduction,
    Request,
    RequestId,
    RequestState,
    cooled,
    hard_close,
)
from bot.domain.seasons import SeasonKind
from bot.domain.seekers import Seeker, pending_cap, same_programme
from bot.domain.taxonomy import Format
from bot.services.follow_ups import engine
from bot.services.mentors import ending, telling
from bot.services.mentors.finding import shares_background
from bot.services.mentors.keeping import keep
from bot.services.mentors.telling import Kind
from bot.services.ports import Work

_SEASONS = (SeasonKind.APPLICATIONS, SeasonKind.INTERVIEWS, SeasonKind.RANK_LIST)


class Why(enum.Enum):
    """Why a request was not sent."""

    NOBODY = enum.auto()
    ONESELF = enum.auto()
    FULL = enum.auto()
    """Full, paused, not for this, or blocked: the same words for all."""
    NEXT_WEEK = enum.auto()
    CAP = enum.auto()
    OPEN_ALREADY = enum.auto()
    COOLING = enum.auto()
    NOT_OFFERED = enum.auto()
    PAST = enum.auto()
    CLOSED = enum.auto()
    """The request is not open any more."""
    SENT = enum.auto()
    """What was written before has gone; it is the other side's turn."""
    UNKNOWN = enum.auto()


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and what one may know about it. `open`: the requests that are pending."""

    why: Why
    until: datetime | None = None
    cap: int = 0
    open: tuple[tuple[Request, Someone], ...] = ()
    forms: tuple[Format, ...] = ()
    """What this mentor offers, if it was something else; or has room for, if not for that."""


@dataclass(frozen=True, slots=True)
class Sent:
    """On its way. `closes`: when it closes if nobody answers; `left`: how many more may be open."""

    request: Request
    mentor: Someone
    closes: datetime
    left: int


@dataclass(frozen=True, slots=True)
class Ground:
    """What a request form says before anything is written."""

    mentor: Someone
    about: str
    forms: tuple[Format, ...]
    season: bool
    """A neutral note is due on both sides: a season, and a programme in common."""
    new: bool = False
    """The trainee was never asked about themself."""


def may_ask(
    work: Work,
    now: datetime,
    community: CommunityId,
    trainee: MemberId,
    mentor: MemberId,
    text: Introduction | None = None,
) -> Ground | Refused:
    """Whether a request to this mentor could be sent now: any, or this one."""
    listing = work.listings.of(community, mentor)
    found = _refusal(work, now, community, trainee, mentor, text)
    if found is not None or listing is None:
        return found or Refused(Why.NOBODY)
    return Ground(
        work.people.someone(mentor),
        listing.offer.about,
        _free(listing, now),
        in_season(work, now, community, trainee, mentor),
        work.seekers.get(community, trainee) is None,
    )


def send(
    work: Work,
    now: datetime,
    community: CommunityId,
    trainee: MemberId,
    mentor: MemberId,
    text: Introduction,
) -> Sent | Refused:
    """The request goes out, if at this very moment everything allows it."""
    listing = work.listings.of(community, mentor, hold=True)
    found = _refusal(work, now, community, trainee, mentor, text)
    if found is not None or listing is None:
        return found or Refused(Why.NOBODY)
    seeker = work.seekers.get(community, trainee)
    background = shares_background(listing, seeker)
    code = work.codes.next(community)
    request = work.requests.add(community, code, listing, trainee, text, now, background=background)
    keep(work, requested(listing, now, background=background), now)
    if seeker is None:
        work.seekers.put(Seeker(trainee, community, now))
    follow_up = wait_for(work, now, request, mentor, trainee)
    pending = work.requests.pending_by(trainee, community)
    return Sent(
        request,
        work.people.someone(mentor),
        follow_up,
        max(0, pending_cap(seeker, now) - len(pending)),
    )


def wait_for(
    work: Work, now: datetime, request: Request, owes: MemberId, waits: MemberId, about: str = ""
) -> datetime:
    """It is somebody's turn from now on; when it closes."""
    day = request.text.hard_date
    new = NewFollowUp(
        request.community,
        Matter.REQUEST if day is None else Matter.DATED_REQUEST,
        telling.subject_of(request),
        request.id,
        owes,
        waits,
        not_after=None if day is None else hard_close(day, now),
        about=about,
    )
    return engine.start(work, now, new).deadline


def withdraw(
    work: Work,
    now: datetime,
    trainee: MemberId,
    id: RequestId,
    state: RequestState = RequestState.WITHDRAWN,
) -> Request | Refused:
    """Taken back, at any time; the mentor's list is shorter by one, and they hear it once."""
    request = work.requests.get(id)
    if request is None or request.trainee != trainee:
        return Refused(Why.UNKNOWN)
    if not request.state.pending:
        return Refused(Why.CLOSED)
    ended = ending.end(work, now, request, state)
    kind = Kind.RELEASED if state is RequestState.RELEASED else Kind.WITHDRAWN
    telling.about_request(work, now, kind, ended, ended.mentor)
    return ended


def release_others(work: Work, now: datetime, trainee: MemberId, id: RequestId) -> int:
    """After one yes, the others are let go with thanks; how many."""
    request = work.requests.get(id)
    if request is None or request.trainee != trainee:
        return 0
    others = [
        one for one in work.requests.pending_by(trainee, request.community) if one.id != request.id
    ]
    for one in others:
        withdraw(work, now, trainee, one.id, RequestState.RELEASED)
    return len(others)


def in_season(
    work: Work, now: datetime, community: CommunityId, trainee: MemberId, mentor: MemberId
) -> bool:
    """Whether both sides are shown the neutral note of a marked season.

    It depends on a list that is never shown, and says nothing about its content.
    """
    today = now.date()
    marked = any(
        season.kind in _SEASONS and season.first <= today <= season.last
        for season in work.manners.seasons(community, mentor)
    )
    if not marked:
        return False
    listing, seeker = work.listings.of(community, mentor), work.seekers.get(community, trainee)
    if listing is None or seeker is None:
        return False
    return same_programme(seeker.programmes, listing.offer.interviews_for)


def _refusal(
    work: Work,
    now: datetime,
    community: CommunityId,
    trainee: MemberId,
    mentor: MemberId,
    text: Introduction | None,
) -> Refused | None:
    if trainee == mentor:
        return Refused(Why.ONESELF)
    listing = work.listings.of(community, mentor)
    if listing is None or community not in work.people.communities(mentor):
        return Refused(Why.NOBODY)
    blocked = mentor in work.blocks.around(trainee)
    last = None if blocked else work.requests.between(trainee, listing.id)
    if last is not None and last.state.pending:
        return Refused(Why.OPEN_ALREADY, open=_named(work, (last,)))
    if listing.verified is None and work.listings.verified_only(community):
        return Refused(Why.NOBODY)
    if text is not None and text.form not in listing.offer.formats:
        return Refused(Why.NOT_OFFERED, forms=listing.offer.formats)
    if text is not None and text.hard_date is not None and text.hard_date < now.date():
        return Refused(Why.PAST)
    seeker = work.seekers.get(community, trainee)
    form = None if text is None else text.form
    there = room(listing, now, form, background=shares_background(listing, seeker))
    if there in (Room.FULL, Room.AWAY):
        free = () if blocked or there is Room.AWAY else _free(listing, now)
        return Refused(Why.FULL, until=open_from(listing, now, form), forms=free)
    if blocked:
        return Refused(Why.FULL, until=open_from(brimful(listing, now), now, form))
    if there is Room.NEXT_WEEK:
        return Refused(Why.NEXT_WEEK, until=next_week(now))
    # After the room, so that whoever is blocked after a no reads what anybody may read.
    if (again := cooled(last, now)) is not None:
        return Refused(Why.COOLING, until=again)
    pending = work.requests.pending_by(trainee, community)
    cap = pending_cap(seeker, now)
    if len(pending) >= cap:
        return Refused(Why.CAP, cap=cap, open=_named(work, pending))
    return None


def _free(listing: Listing, now: datetime) -> tuple[Format, ...]:
    return tuple(one for one in listing.offer.formats if room(listing, now, one) is Room.OPEN)


def _named(work: Work, requests: tuple[Request, ...]) -> tuple[tuple[Request, Someone], ...]:
    people = work.people.several(one.mentor for one in requests)
    return tuple((one, people[one.mentor]) for one in requests)


def forget(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody leaves a community: what they asked for, and what was asked of them, is over.

    A mentor's week has room for one more again; that it is closed, they hear with its follow-up.
    """
    for one in work.requests.pending_by(member, community):
        work.requests.put(replace(one, state=RequestState.WITHDRAWN, decided=now))
        listing = work.listings.get(one.listing, hold=True)
        if listing is not None:
            keep(work, unrequested(listing, one.opened, now, background=one.background), now)
    for one in work.requests.pending_to(member, community):
        work.requests.put(replace(one, state=RequestState.UNREACHED, decided=now))
