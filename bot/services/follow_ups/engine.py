"""The engine: opens, restarts, hands over and ends follow-ups; closes what nobody answered.

Features call `start`, `settle`, `restart`, `hand_over` and `withdraw` in the transaction of their
own change. The steps themselves are delivery rows; what happens to them at the moment of sending
is in `sending`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.follow_ups import (
    Ending,
    FollowUp,
    FollowUpId,
    NewFollowUp,
    Step,
    plan,
    room_needed,
    stretched,
)
from bot.domain.hours import Hours
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import POLICIES, Matter, Tells, policy_of
from bot.domain.seasons import patience_on
from bot.services.follow_ups import telling
from bot.services.ports import Work

Closer: TypeAlias = Callable[[Work, datetime, FollowUp], None]
"""What a feature does when one of its matters closed without an answer."""

HELPERS = 5
"""How many people at most are shown a question at a time."""


def hours_of(work: Work, member: MemberId, community: CommunityId) -> Hours:
    """When a member may be addressed."""
    wishes, zone, off = work.manners.addressed(member)
    if zone is None:
        home = work.communities.get(community)
        zone = home.zone if home is not None else "UTC"
    return Hours(
        ZoneInfo(zone),
        wishes.opens,
        wishes.closes,
        wishes.days,
        off,
        wishes.region,
        wishes.paused_until,
    )


def start(work: Work, now: datetime, new: NewFollowUp) -> FollowUp:
    """Somebody owes somebody something from now on."""
    patience, early = _pace(work, now, new.community, new.owes, new.matter)
    made = plan(policy_of(new.matter, patience, early=early), now, new.date, new.not_after)
    opened = work.follow_ups.add(new, now, made, patience, early)
    return say_next(work, now, opened)


def foreseen(work: Work, now: datetime, new: NewFollowUp) -> datetime:
    """When it would close if it began now and nobody answered, as things stand."""
    patience, early = _pace(work, now, new.community, new.owes, new.matter)
    made = plan(policy_of(new.matter, patience, early=early), now, new.date, new.not_after)
    would = FollowUp(
        FollowUpId(0), new.community, new.matter, new.subject, new.ref, new.owes, new.waits,
        new.about, now, now, made.close, made.bound, patience, early, new.not_after,
        remind_at=made.remind, last_at=made.last,
    )  # fmt: skip
    step = would.next_step
    if new.owes is None or step is None:
        return made.close
    due = hours_of(work, new.owes, new.community).next_awake(max(step[1], now))
    return stretched(would, due + room_needed(would.policy, step[0])).deadline


def settle(work: Work, now: datetime, subject: str, by: MemberId) -> int:
    """A sign of life: whatever `by` owed about the subject is answered; how much that was."""
    mine = [one for one in work.follow_ups.about(subject) if one.owes in (by, None)]
    for one in mine:
        end(work, now, one, Ending.DONE)
    return len(mine)


def withdraw(work: Work, now: datetime, subject: str) -> int:
    """The matter is no more; how much was open."""
    still = work.follow_ups.about(subject)
    for one in still:
        end(work, now, one, Ending.WITHDRAWN)
    return len(still)


def restart(
    work: Work, now: datetime, follow_up: FollowUp, date: datetime | None = None
) -> FollowUp:
    """A person acted, and the same side has the turn again: the clock starts anew."""
    return _begin(work, now, follow_up, follow_up.owes, follow_up.waits, date)


def hand_over(work: Work, now: datetime, follow_up: FollowUp) -> FollowUp:
    """A person acted, and now it is the other side's turn."""
    return _begin(work, now, follow_up, follow_up.waits, follow_up.owes, None)


def end(work: Work, now: datetime, follow_up: FollowUp, ending: Ending) -> FollowUp:
    """It ended; nothing more is said about it, except how it ended if nobody knows."""
    if not follow_up.open:
        return follow_up
    ended = replace(follow_up, ending=ending, ended_at=now, stopped_at=None)
    work.follow_ups.put(ended)
    hush(work, ended)
    if ending in (Ending.CLOSED, Ending.UNREACHED, Ending.GONE):
        _explain(work, now, ended)
    return ended


def advance(work: Work, now: datetime, closers: Mapping[Matter, Closer], limit: int = 50) -> int:
    """Close what nobody answered in time; how many were looked at.

    Nothing closes before its last word was said, or while whoever owes is away, unless its bound
    has come: a deadline that comes too early moves.
    """
    due = work.follow_ups.due(now, limit)
    for one in due:
        step = one.next_step if one.owes is not None else None
        if step is not None and not one.stopped and now < one.bound:
            keep_room(work, now, one, step[0], _expected(work, now, one))
            continue
        back = None if step is not None or one.stopped else _away_until(work, now, one)
        if back is not None and now < one.bound:
            keep_room(work, now, one, Step.LAST, back)
            continue
        unheard = one.stopped or (step is not None and one.said is None)
        ended = end(work, now, one, Ending.UNREACHED if unheard else Ending.CLOSED)
        closer = closers.get(one.matter)
        if closer is not None:
            closer(work, now, ended)
    return len(due)


def say_next(work: Work, now: datetime, follow_up: FollowUp, *, doubtful: bool = False) -> FollowUp:
    """Plan the next step, in the hours of whoever owes; the follow-up as it stands then.

    `doubtful`: it may have been said already.
    """
    if follow_up.owes is None:
        _show_helpers(work, follow_up)
        return follow_up
    step = follow_up.next_step
    if step is None:
        return follow_up
    hours = hours_of(work, follow_up.owes, follow_up.community)
    due = hours.next_awake(max(step[1], now))
    if step[0] is Step.REMIND and POLICIES[follow_up.matter].dated:
        # Of a promised day people are reminded before it, not after they come back.
        due = hours.last_awake(max(step[1], now), now) or due
    telling.say(work, follow_up, step[0], due, follow_up.owes, doubtful=doubtful)
    return keep_room(work, now, follow_up, step[0], due)


def days_changed(work: Work, now: datetime, member: MemberId) -> None:
    """The member's days or hours are others now: of a promised day they are reminded by these."""
    for one in work.follow_ups.of(member):
        step = one.next_step
        if one.owes != member or one.stopped or not POLICIES[one.matter].dated or step is None:
            continue
        if step[0] is Step.REMIND and now < step[1]:
            hush(work, one)
            # A row keeps its key when it is cancelled, so this is another turn.
            again = replace(one, turn=one.turn + 1)
            work.follow_ups.put(again)
            say_next(work, now, again)


def keep_room(
    work: Work, now: datetime, follow_up: FollowUp, step: Step, due: datetime
) -> FollowUp:
    """If a step comes so late that too little time would be left after it, the deadline moves.

    While the clock stands, nothing moves: the time it stood is added when it runs again.
    """
    if follow_up.stopped:
        return follow_up
    room = room_needed(follow_up.policy, step)
    later = stretched(follow_up, due + room)
    if later.deadline != follow_up.deadline:
        work.follow_ups.put(later)
        telling.moved(work, now, follow_up, later)
    return later


def _begin(
    work: Work,
    now: datetime,
    follow_up: FollowUp,
    owes: MemberId | None,
    waits: MemberId | None,
    date: datetime | None,
) -> FollowUp:
    matter = follow_up.matter
    patience, early = _pace(work, now, follow_up.community, owes, matter)
    made = plan(policy_of(matter, patience, early=early), now, date, follow_up.not_after)
    hush(work, follow_up)
    # What somebody asked to be sent is not sent twice, because they said a word meanwhile.
    known = POLICIES[follow_up.matter].expected and owes == follow_up.owes and follow_up.said
    begun = replace(
        follow_up,
        owes=owes,
        waits=waits,
        since=now,
        deadline=made.close,
        bound=made.bound,
        patience=patience,
        early=early,
        turn=follow_up.turn + 1,
        remind_at=made.remind,
        last_at=made.last,
        said=Step.ASK if known else None,
        said_at=follow_up.said_at if known else None,
        moved=False,
        stopped_at=None,
        tries=0,
        ending=None,
        ended_at=None,
    )
    work.follow_ups.put(begun)
    return say_next(work, now, begun)


def _pace(
    work: Work, now: datetime, community: CommunityId, owes: MemberId | None, matter: Matter
) -> tuple[int, bool]:
    usual = work.manners.patience(community).get(matter, 1)
    seasons = work.manners.seasons(community, owes)
    return patience_on(now.date(), seasons, usual)


def hush(work: Work, follow_up: FollowUp) -> None:
    """Nothing that is planned about it is said; its clock runs on."""
    subject = telling.subject_of(follow_up)
    work.deliveries.cancel(subject)
    work.nudges.forget(subject)


def _explain(work: Work, now: datetime, ended: FollowUp) -> None:
    tells = POLICIES[ended.matter].tells
    hear = {
        Tells.BOTH: (ended.waits, ended.owes),
        Tells.OWNER: (ended.owes,),
        Tells.FEATURE: (),
    }[tells]
    for member in hear:
        if member is not None and ended.community in work.people.communities(member):
            telling.closed(work, now, ended, member)


def _away_until(work: Work, now: datetime, follow_up: FollowUp) -> datetime | None:
    """When whoever owes is back from days off or a pause; None if they are here, or if the matter
    has a clock of its own."""
    if follow_up.owes is None or POLICIES[follow_up.matter].own_clock:
        return None
    hours = hours_of(work, follow_up.owes, follow_up.community)
    return hours.next_awake(now) if hours.away(now) else None


def _expected(work: Work, now: datetime, follow_up: FollowUp) -> datetime:
    if follow_up.owes is None:
        return now
    return hours_of(work, follow_up.owes, follow_up.community).next_awake(now)


def _show_helpers(work: Work, follow_up: FollowUp) -> None:
    helpers = work.manners.helpers(follow_up.community, follow_up.about)
    asker = follow_up.waits
    apart = frozenset[MemberId]() if asker is None else work.blocks.around(asker)
    chosen = [one for one in helpers if one != asker and one not in apart][:HELPERS]
    for member in chosen:
        hours = hours_of(work, member, follow_up.community)
        for step, at in ((Step.REMIND, follow_up.remind_at), (Step.LAST, follow_up.last_at)):
            if at is not None and (due := hours.next_awake(at)) < follow_up.deadline:
                telling.say(work, follow_up, step, due, member)
