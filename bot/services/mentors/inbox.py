"""What is open, and what was: a mentor's inbox, a trainee's requests, a record for a file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.domain.follow_ups import Turn, turn_of
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.requests import Request
from bot.domain.seekers import Seeker, rises
from bot.domain.taxonomy import Format
from bot.services.mentors import telling
from bot.services.ports import Work

LISTED = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """A request as one side sees it in a list."""

    request: Request
    other: Someone
    received: bool
    turn: Turn | None


def inbox(work: Work, now: datetime, community: CommunityId, member: MemberId) -> tuple[Entry, ...]:
    """Received and open first, in the order of the public rule; then sent; then what is over.

    Whoever left and came back is new: what was over by then is not theirs any more.
    """
    since = work.people.joined(member, community)
    found = [
        one
        for one in work.requests.of(member, community, LISTED)
        if since is None or one.opened >= since
    ]
    pending = {
        one.id: one
        for one in (
            *work.requests.pending_to(member, community),
            *work.requests.pending_by(member, community),
        )
    }
    every = {**pending, **{one.id: one for one in found}}
    seekers = work.seekers.several(community, {one.trainee for one in pending.values()})
    people = work.people.several({one.other(member) for one in every.values()})
    entries = [
        Entry(one, people[one.other(member)], one.mentor == member, _turn(work, one))
        for one in every.values()
    ]

    def key(one: Entry) -> tuple[bool, bool, int, int]:
        pending = one.request.state.pending
        up = rises(seekers.get(one.request.trainee), now) if one.received and pending else 0
        return (not pending, not one.received, -up, one.request.id if pending else -one.request.id)

    return tuple(sorted(entries, key=key))


def _turn(work: Work, request: Request) -> Turn | None:
    if not request.state.pending:
        return None
    still = work.follow_ups.about(telling.subject_of(request))
    return turn_of(still[-1]) if still else None


@dataclass(frozen=True, slots=True)
class Record:
    """A year of a mentor, in numbers: for them alone."""

    year: int
    accepted: dict[Format, int]
    pairs: int
    sessions: int
    session_minutes: int
    attended: int
    thanks: int
    lines: tuple[str, ...]
    """What was written with a thank-you, without a name."""


def record(
    work: Work, now: datetime, community: CommunityId, member: MemberId, year: int
) -> Record:
    """What somebody did as a mentor in a year (of UTC)."""
    first, last = datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC)
    accepted = Counter(
        one.text.form
        for one in work.requests.accepted_by(member, community)
        if one.decided is not None and first <= one.decided < last
    )
    led = [
        one
        for one in work.office_hours.led_by(member, community, first, 1000)
        if one.ends <= min(now, last)
    ]
    mine = [one for one in work.pairs.of(member, community) if one.mentor == member]
    thanks = work.after_sessions.thanks_to(member, community, first, last)
    return Record(
        year,
        dict(accepted),
        sum(1 for one in mine if one.opened < last and (one.open or one.opened >= first)),
        len(led),
        sum(one.plan.minutes for one in led),
        sum(one.taken for one in led),
        len(thanks),
        tuple(one.text for one in thanks if one.text),
    )


def profile(work: Work, community: CommunityId, member: MemberId) -> Seeker | None:
    """What somebody said about themself."""
    return work.seekers.get(community, member)


def save_profile(work: Work, seeker: Seeker) -> None:
    """Keep it."""
    work.seekers.put(seeker)
