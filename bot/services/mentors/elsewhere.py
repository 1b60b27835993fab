"""Two people spoke elsewhere, by mail or in a corridor: either says so, and it is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.people import MemberId
from bot.domain.requests import Request, RequestId, RequestState
from bot.services.mentors import telling
from bot.services.mentors.ending import end
from bot.services.mentors.keeping import keep
from bot.services.mentors.requesting import Refused, Why
from bot.services.mentors.telling import Kind
from bot.services.ports import Work


def spoke(work: Work, now: datetime, member: MemberId, id: RequestId) -> Request | Refused:
    """One of the two says that they spoke elsewhere: nothing is left to answer here."""
    request = work.requests.get(id)
    if request is None or member not in (request.mentor, request.trainee):
        return Refused(Why.UNKNOWN)
    if not request.state.pending:
        return Refused(Why.CLOSED)
    listing = work.listings.get(request.listing, hold=True)
    if listing is not None and listing.expired:
        keep(work, replace(listing, expired=0), now)
    ended = end(work, now, request, RequestState.SPOKEN)
    telling.about_request(work, now, Kind.SPOKEN, ended, ended.other(member))
    return ended
