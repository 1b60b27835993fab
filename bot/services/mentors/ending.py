"""How a request ends without a yes, whoever ends it; and what nobody answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from bot.domain.follow_ups import Ending, FollowUp
from bot.domain.listings import PAUSE, State
from bot.domain.policies import Matter
from bot.domain.requests import Request, RequestId, RequestState
from bot.services.follow_ups import engine
from bot.services.follow_ups.engine import Closer
from bot.services.mentors import telling
from bot.services.mentors.keeping import keep
from bot.services.mentors.telling import Kind
from bot.services.ports import Work

RESTS_AFTER, NAMED_AFTER = 2, 3
"""Unanswered requests in a row after which a listing rests, and moderators hear of it."""


def end(work: Work, now: datetime, request: Request, state: RequestState) -> Request:
    """The request is over; nothing more is asked about it."""
    for one in work.follow_ups.about(telling.subject_of(request)):
        engine.end(work, now, one, Ending.DONE)
    ended = replace(request, state=state, decided=now)
    work.requests.put(ended)
    return ended


def declined(work: Work, now: datetime, request: Request) -> Request:
    """ "Not now", for whatever reason; the trainee reads the same words for all."""
    ended = end(work, now, request, RequestState.DECLINED)
    telling.about_request(work, now, Kind.DECLINED, ended, ended.trainee)
    return ended


def _left(work: Work, now: datetime, left: FollowUp) -> None:
    request = work.requests.get(RequestId(left.ref))
    if request is None or not request.state.pending:
        return
    unreached = left.ending is Ending.UNREACHED
    state = RequestState.UNREACHED if unreached else RequestState.EXPIRED
    work.requests.put(replace(request, state=state, decided=now))
    if left.owes != request.mentor or unreached:
        return
    listing = work.listings.get(request.listing, hold=True)
    if listing is None:
        return
    listing = replace(listing, expired=listing.expired + 1)
    if listing.expired >= RESTS_AFTER and listing.state is State.PUBLISHED:
        # Told privately; one tap brings it back. What is open closes kindly in its own time.
        back = now + PAUSE
        listing = replace(listing, state=State.PAUSED, paused_until=back)
        telling.tell(
            work,
            now,
            Kind.RESTS,
            listing.community,
            listing.member,
            listing.id,
            f"listing.news:{listing.id}",
        )
    if listing.expired == NAMED_AFTER:
        telling.tell_staff(work, now, Kind.THIRD, listing.community, listing.member)
    keep(work, listing, now)


REQUEST_CLOSERS: Mapping[Matter, Closer] = MappingProxyType(
    {Matter.REQUEST: _left, Matter.DATED_REQUEST: _left}
)
