"""Sending a request and taking it back. Everything is counted in the transaction that sends."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import date, datetime

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
from bot.domain.pairs import PairId
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.domain.requests import (
    Introduction,
    Request,
    RequestId,
    RequestState,
    hard_close,
    hurries,
)
from bot.domain.seasons import SeasonKind
from bot.domain.seekers import Seeker, pending_cap, same_programme
from bot.domain.taxonomy import Format
from bot.services.follow_ups import engine
from bot.services.mentors import ending, telling
from bot.services.mentors.finding import shares_background
from bot.services.mentors.keeping import keep
from bot.services.mentors.telling import Kind
from bot.services.mentors.ties import Knot, ties
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
    PAIR = enum.auto()
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
    who: Someone | None = None


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
    new: bool
    """The trainee was never asked about themself."""
    closes: datetime
    """When it would close without an answer; `hurried`: with a date that is near."""
    hurried: datetime


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
        _free(listing, now, background=_shared(work, listing, trainee)),
        in_season(work, now, community, trainee, mentor),
        work.seekers.get(community, trainee) is None,
        *_closings(work, now, community, trainee, mentor, text),
    )


def _closings(
    work: Work, now: datetime, home: CommunityId, trainee: MemberId, mentor: MemberId,
    text: Introduction | None,
) -> tuple[datetime, datetime]:  # fmt: skip
    def closes(matter: Matter, day: date | None) -> datetime:
        until = None if day is None else hard_close(day, now)
        new = NewFollowUp(home, matter, "", 0, mentor, trainee, not_after=until)
        return engine.foreseen(work, now, new)

    day = None if text is None else text.hard_date
    hurried = closes(Matter.DATED_REQUEST, day)
    if text is not None and hurries(text, now):
        return hurried, hurried
    return closes(Matter.REQUEST, day), hurried


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
        Matter.DATED_REQUEST if hurries(request.text, now) else Matter.REQUEST,
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
    """Taken back, at any time: the mentor's week has room for one more again. They hear it, once,
    if the request had reached them; what never came needs no word.
    """
    request = work.requests.get(id)
    if request is None or request.trainee != trainee:
        return Refused(Why.UNKNOWN)
    if not request.state.pending:
        return Refused(Why.CLOSED)
    reached = _reached(work, request)
    ended = ending.end(work, now, request, state)
    listing = work.listings.get(request.listing, hold=True)
    if listing is not None:
        background = request.background
        keep(work, unrequested(listing, request.opened, now, background=background), now)
    if reached:
        kind = Kind.RELEASED if state is RequestState.RELEASED else Kind.WITHDRAWN
        telling.about_request(work, now, kind, ended, ended.mentor)
    return ended


def _reached(work: Work, request: Request) -> bool:
    """Whether the mentor has read it: they had the turn before, or were told that they have."""
    if request.question:
        return True
    open_ones = work.follow_ups.about(telling.subject_of(request))
    return any(one.owes == request.mentor and one.said is not None for one in open_ones)


def release_others(work: Work, now: datetime, trainee: MemberId, id: PairId) -> int:
    """After one yes, what was open besides is let go with thanks; how many. What was asked since
    then stays.
    """
    pair = work.pairs.get(id)
    if pair is None or pair.trainee != trainee:
        return 0
    pending = work.requests.pending_by(trainee, pair.community)
    others = [one for one in pending if one.opened <= pair.opened]
    for one in others:
        withdraw(work, now, trainee, one.id, RequestState.RELEASED)
    return len(others)


def in_season(
    work: Work,
    now: datetime,
    community: CommunityId,
    trainee: MemberId,
    mentor: MemberId,
    sent: datetime | None = None,
) -> bool:
    """Whether both sides are shown the neutral note of a marked season.

    It depends on a list that is never shown, and says nothing about its content. A listing that was
    changed after the request was `sent` is not compared: by trying one programme after the other a
    mentor would read that list.
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
    if sent is not None and listing.confirmed > sent:
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
    tie = ties(work, now, community, trainee).get(mentor)
    if tie is not None and tie.request is not None and not blocked:
        return Refused(Why.OPEN_ALREADY, open=_named(work, (tie.request,)))
    if tie is not None and tie.knot is Knot.PAIR and not blocked:
        return Refused(Why.PAIR, who=work.people.someone(mentor))
    again = None if tie is None else tie.until
    if listing.verified is None and work.listings.verified_only(community):
        return Refused(Why.NOBODY)
    if text is not None and text.form not in listing.offer.formats:
        return Refused(Why.NOT_OFFERED, forms=listing.offer.formats)
    if text is not None and text.hard_date is not None and text.hard_date < now.date():
        return Refused(Why.PAST)
    seeker = work.seekers.get(community, trainee)
    form = None if text is None else text.form
    shared = shares_background(listing, seeker)
    there = room(listing, now, form, background=shared)
    if there in (Room.FULL, Room.AWAY):
        away = blocked or there is Room.AWAY
        free = () if away else _free(listing, now, background=shared)
        opens = open_from(listing, now, form, background=shared)
        return Refused(Why.FULL, until=_later(opens, again), forms=free)
    if blocked:
        # With one's own waiting time in it, so that it reads as it would anyway.
        until = open_from(brimful(listing, now), now, form, background=shared)
        return Refused(Why.FULL, until=_later(until, again))
    if again is not None:
        # Of two dates the later one is the one that holds.
        weeks = next_week(now) if there is Room.NEXT_WEEK else again
        return Refused(Why.COOLING, until=max(again, weeks))
    if there is Room.NEXT_WEEK:
        return Refused(Why.NEXT_WEEK, until=next_week(now))
    pending = work.requests.pending_by(trainee, community)
    cap = pending_cap(seeker, now)
    if len(pending) >= cap:
        return Refused(Why.CAP, cap=cap, open=_named(work, pending))
    return None


def _later(opens: datetime | None, again: datetime | None) -> datetime | None:
    return max(opens, again) if opens is not None and again is not None else opens


def _free(listing: Listing, now: datetime, *, background: bool) -> tuple[Format, ...]:
    return tuple(
        one
        for one in listing.offer.formats
        if room(listing, now, one, background=background) is Room.OPEN
    )


def _shared(work: Work, listing: Listing, trainee: MemberId) -> bool:
    return shares_background(listing, work.seekers.get(listing.community, trainee))


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
