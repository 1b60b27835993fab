"""One person, two accounts: a code from the one, typed with the other, and a yes from both sides.

What both hold twice ends kindly first, so that seats, caps and the budget count once from then on.
Taken apart again, everything stays with the account that is kept, and the other begins anew.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery import NewDelivery
from bot.domain.listings import State
from bot.domain.office_hours import KEPT, Seat, SeatState, Session
from bot.domain.people import Account, CommunityId, MemberId, Place, Role, Someone
from bot.domain.seats import week_of
from bot.services import pairs
from bot.services.mentors import requesting
from bot.services.office_hours import parting, seats
from bot.services.office_hours.beside import zone_of
from bot.services.office_hours.results import Actor
from bot.services.own_data import end_in
from bot.services.people import Leaving
from bot.services.ports import Work

VALID = timedelta(minutes=10)
CONFIRMED_WITHIN = timedelta(hours=1)
TOLD = "my.link"
"""The kind of delivery that asks the first account; `ref` is the member who typed the code."""
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10
_MOST = 200
_RANK = {SeatState.HELD: 0, SeatState.OFFERED: 1, SeatState.WAITING: 2}


class NotLinked(enum.Enum):
    """Why two accounts stay two members."""

    NO_CODE = enum.auto()
    """It is wrong, used, or too old."""
    ELSEWHERE = enum.auto()
    """It is right, and of another community."""
    SAME = enum.auto()
    TWO_LISTINGS = enum.auto()


def offer(work: Work, now: datetime, community: CommunityId, member: MemberId) -> str:
    """A new code; an earlier one is worth nothing from then on."""
    code = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    work.links.give(member, community, _digest(code), now + VALID)
    work.deliveries.cancel(_subject(member))
    return code


def look(
    work: Work, now: datetime, community: CommunityId, member: MemberId, code: str
) -> Someone | NotLinked:
    """Whose code it is, for whoever typed it."""
    found = work.links.whose(_digest(code), now)
    if found is None:
        return NotLinked.NO_CODE
    if found.community != community:
        return NotLinked.ELSEWHERE
    if found.member == member:
        return NotLinked.SAME
    if _two_listings(work, found.member, member):
        return NotLinked.TWO_LISTINGS
    return work.people.someone(found.member)


def agree(
    work: Work, now: datetime, community: CommunityId, member: MemberId, code: str
) -> Someone | NotLinked:
    """Whoever typed the code says that both are theirs; the first account is asked the same."""
    found = look(work, now, community, member, code)
    if isinstance(found, NotLinked):
        return found
    if not work.links.typed(found.member, member, now + CONFIRMED_WITHIN):
        return NotLinked.NO_CODE
    subject = _subject(found.member)
    key = f"{subject}:{int(now.timestamp() * 1000)}"
    row = NewDelivery(TOLD, community, subject, key, now, found.member, ref=int(member))
    work.deliveries.schedule([row])
    return found


def waiting(work: Work, now: datetime, member: MemberId) -> Someone | None:
    """Who typed a member's code and waits for their yes."""
    code = work.links.of(member, now)
    if code is None or code.other is None:
        return None
    return work.people.someone(code.other)


def link(work: Work, now: datetime, member: MemberId, other: MemberId) -> Someone | NotLinked:
    """The second yes: `other` is the same person, and everything of theirs is this member's."""
    code = work.links.of(member, now)
    if code is None or code.other is None or code.other != other:
        return NotLinked.NO_CODE
    if _two_listings(work, member, other):
        return NotLinked.TWO_LISTINGS
    work.links.drop(member)
    work.links.drop(other)
    work.deliveries.cancel(_subject(member))
    for home in set(work.people.communities(member)) | set(work.people.communities(other)):
        _end_twice(work, now, home, member, other)
    work.links.merge(other, member)
    return work.people.someone(member)


def refuse(work: Work, member: MemberId) -> None:
    """The first account says no."""
    work.links.drop(member)
    work.deliveries.cancel(_subject(member))


@dataclass(frozen=True, slots=True)
class Unlinked:
    """`left`: in how many communities the account that is kept cannot be, so that all ended."""

    left: int


def unlink(
    work: Work, now: datetime, member: MemberId, account: Account, endings: Iterable[Leaving]
) -> Unlinked | None:
    """The account is somebody new from now on; None if it is not linked to the member."""
    if work.links.split(member, account, now) is None:
        return None
    kept = work.people.accounts(member)
    gone = [
        home
        for home in work.people.communities(member)
        if not _can_be(work.communities.places(home), kept)
    ]
    for home in gone:
        end_in(work, now, member, home, endings)
    return Unlinked(len(gone))


def _can_be(places: Iterable[Place], accounts: tuple[Account, ...]) -> bool:
    return any(place.holds(account) for place in places for account in accounts)


def _two_listings(work: Work, one: MemberId, other: MemberId) -> bool:
    """Whether both have a listing as a mentor in one community: two texts cannot become one."""
    homes = set(work.people.communities(one)) & set(work.people.communities(other))
    return any(
        all(
            (found := work.listings.of(home, member)) is not None
            and found.state is not State.WITHDRAWN
            for member in (one, other)
        )
        for home in homes
    )


def _end_twice(
    work: Work, now: datetime, home: CommunityId, stays: MemberId, gone: MemberId
) -> None:
    partners = {pair.other(stays) for pair in work.pairs.of(stays, home) if pair.open} | {stays}
    for pair in work.pairs.of(gone, home):
        if pair.open and pair.other(gone) in partners:
            pairs.end_pair(work, now, pair)
    asked = {one.mentor for one in work.requests.pending_by(stays, home)} | {stays}
    for request in work.requests.pending_by(gone, home):
        if request.mentor in asked:
            requesting.withdraw(work, now, gone, request.id)
    wanted = {one.trainee for one in work.requests.pending_to(stays, home)}
    for request in work.requests.pending_to(gone, home):
        if request.trainee == stays or request.trainee in wanted:
            requesting.withdraw(work, now, request.trainee, request.id)
    _give_back(work, now, home, stays, gone)
    _within_the_week(work, now, home, stays, gone)


def _within_the_week(
    work: Work, now: datetime, home: CommunityId, stays: MemberId, gone: MemberId
) -> None:
    """As many seats a week as one person may have: those that came last are given back."""
    most = work.office_hours.rules(home).seats_a_week
    if most is None:
        return
    weeks: defaultdict[tuple[int, int], list[tuple[Session, Seat]]] = defaultdict(list)
    for member in (stays, gone):
        coming = work.office_hours.attending(member, home, now, _MOST)
        mine = work.office_hours.seats_of(member, [one.id for one in coming])
        for session in coming:
            seat = mine.get(session.id)
            if session.plan.capacity is None or seat is None or seat.state not in KEPT:
                continue
            if session.starts > now:
                week = week_of(session.starts, zone_of(work, session, stays))
                weeks[week].append((session, seat))
    for kept in weeks.values():
        for session, seat in sorted(kept, key=lambda one: (_rank(one[1]), one[1].since))[most:]:
            held = work.office_hours.session(session.id, hold=True)
            if held is not None:
                parting.over_the_week(work, now, held, seat)


def _give_back(
    work: Work, now: datetime, home: CommunityId, stays: MemberId, gone: MemberId
) -> None:
    """One seat in a session, and none where one of the two leads; the better of two is kept."""
    roles = frozenset({Role.GUEST, Role.MEMBER})
    for member, other in ((gone, stays), (stays, gone)):
        for session in work.office_hours.attending(member, home, now, _MOST):
            mine = work.office_hours.seat(session.id, member)
            theirs = work.office_hours.seat(session.id, other)
            worse = (
                mine is not None
                and theirs is not None
                and theirs.takes_part
                and (_rank(theirs), other == gone) < (_rank(mine), member == gone)
            )
            if worse or session.led_by(other):
                seats.leave(work, now, Actor(member, home, roles), session.code)


def _rank(seat: Seat) -> int:
    return _RANK.get(seat.state, 9)


def _subject(member: MemberId) -> str:
    return f"link:{int(member)}"


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
