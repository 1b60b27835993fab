"""What a mentor does with a request. Capacity is checked in the transaction that accepts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.listings import Listing, Room, accepted, room
from bot.domain.pairs import Pair
from bot.domain.people import MemberId, Someone
from bot.domain.requests import LASTS, Request, RequestId, RequestState
from bot.domain.seekers import Seeker
from bot.services import pair_views, pairs
from bot.services.mentors import ending, telling
from bot.services.mentors.keeping import keep
from bot.services.mentors.requesting import Refused, Why, in_season, wait_for
from bot.services.ports import Work
from bot.services.ports.mentors import Bond


@dataclass(frozen=True, slots=True)
class Accepted:
    """A pair. `again`: it was accepted before, on another device perhaps. `season`: a neutral note
    is due, as it was at the request.
    """

    request: Request
    trainee: Someone
    room: Room
    pair: Pair | None = None
    again: bool = False
    season: bool = False
    until: datetime | None = None
    """When the time box of the pair is over."""
    met: datetime | None = None
    """When the mentor is asked whether they met."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A request as its mentor reads it. `fits`: there is capacity to accept it now."""

    request: Request
    trainee: Someone
    mentor: Someone
    fits: bool
    season: bool
    closes: datetime | None
    stage: str = ""


def look(work: Work, now: datetime, id: RequestId) -> Shown | None:
    """A request and what it takes to answer it."""
    request = work.requests.get(id)
    listing = None if request is None else work.listings.get(request.listing)
    if request is None or listing is None:
        return None
    open_ones = work.follow_ups.about(telling.subject_of(request))
    seeker = work.seekers.get(request.community, request.trainee)
    return Shown(
        request,
        work.people.someone(request.trainee),
        work.people.someone(request.mentor),
        accepted(listing, request.text.form, now) is not None,
        _in_season(work, now, request),
        open_ones[-1].deadline if open_ones else None,
        seeker.stage if seeker is not None else "",
    )


def accept(
    work: Work, now: datetime, mentor: MemberId, id: RequestId, *, reads: bool = True
) -> Accepted | Refused:
    """Yes. Phone and laptop at once: the second finds it accepted, or the place gone. `reads`: the
    mentor reads of the pair where they said yes, and needs no message.
    """
    request = work.requests.get(id)
    if request is None or request.mentor != mentor:
        return Refused(Why.UNKNOWN)
    listing = work.listings.get(request.listing, hold=True)
    if listing is None:
        return Refused(Why.UNKNOWN)
    trainee = work.people.someone(request.trainee)
    if request.state is RequestState.ACCEPTED:
        return Accepted(request, trainee, room(listing, now), again=True)
    if not request.state.pending:
        return Refused(Why.CLOSED)
    if request.community not in work.people.communities(request.trainee):
        return Refused(Why.CLOSED)
    taken = accepted(listing, request.text.form, now)
    if taken is None:
        return Refused(Why.FULL)
    keep(work, taken, now)
    done = ending.end(work, now, request, RequestState.ACCEPTED)
    pair = bind(work, now, taken, done, knows=mentor if reads else None)
    season = _in_season(work, now, done)
    until, met = now + LASTS[request.text.form], pair_views.asked_on(work, pair, mentor)
    return Accepted(done, trainee, room(taken, now), pair, season=season, until=until, met=met)


def _in_season(work: Work, now: datetime, of: Request) -> bool:
    return in_season(work, now, of.community, of.trainee, of.mentor, of.opened)


def bind(
    work: Work, now: datetime, listing: Listing, request: Request, *, knows: MemberId | None
) -> Pair:
    """A pair with a time box; the place was taken before. `knows`: see `pairs.open_pair`."""
    pair = pairs.open_pair(
        work, now, request.community, request.mentor, request.trainee, knows=knows
    )
    form = request.text.form
    bond = Bond(pair.id, listing.id, form, request.text.domain, now + LASTS[form], holds=form.lasts)
    work.requests.bond(bond)
    matched(work, now, request)
    return pair


def matched(work: Work, now: datetime, request: Request) -> None:
    """The trainee found somebody; they do not rise any more."""
    seeker = work.seekers.get(request.community, request.trainee)
    seeker = seeker or Seeker(request.trainee, request.community, now)
    work.seekers.put(replace(seeker, matched=True, unmatched=0))


def decline(work: Work, now: datetime, mentor: MemberId, id: RequestId) -> Request | Refused:
    """Not now: no reason is asked, and nothing is taken amiss."""
    request = work.requests.get(id)
    if request is None or request.mentor != mentor:
        return Refused(Why.UNKNOWN)
    if not request.state.pending:
        return Refused(Why.CLOSED)
    listing = work.listings.get(request.listing, hold=True)
    if listing is not None and listing.expired:
        keep(work, replace(listing, expired=0), now)
    return ending.declined(work, now, request)


def ask(
    work: Work, now: datetime, mentor: MemberId, id: RequestId, question: str
) -> Request | Refused:
    """A question first: the trainee has the turn. Relayed by the bot, without contact data."""
    request = work.requests.get(id)
    if request is None or request.mentor != mentor:
        return Refused(Why.UNKNOWN)
    if request.state is RequestState.ASKED:
        return Refused(Why.SENT)
    if request.state is not RequestState.OPEN:
        return Refused(Why.CLOSED)
    asked = replace(request, state=RequestState.ASKED, question=question, answer="")
    return _turn(work, now, asked, asked.trainee, asked.mentor, "question")


def answer(
    work: Work, now: datetime, trainee: MemberId, id: RequestId, text: str
) -> Request | Refused:
    """The answer to a mentor's question: the mentor has the turn again."""
    request = work.requests.get(id)
    if request is None or request.trainee != trainee:
        return Refused(Why.UNKNOWN)
    if request.state is RequestState.OPEN:
        return Refused(Why.SENT)
    if request.state is not RequestState.ASKED:
        return Refused(Why.CLOSED)
    answered = replace(request, state=RequestState.OPEN, answer=text)
    return _turn(work, now, answered, answered.mentor, answered.trainee, "answer")


def _turn(
    work: Work, now: datetime, request: Request, owes: MemberId, waits: MemberId, about: str
) -> Request:
    ending.end(work, now, request, request.state)
    work.requests.put(replace(request, decided=None))
    wait_for(work, now, request, owes, waits, about)
    return request
