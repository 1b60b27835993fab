"""The engine's delivery rows: their kinds, subjects and keys. Knows no sentence.

`ref` is the follow-up, except for `ELSEWHERE`, where it is the member. What the engine says about a
matter that is open is cancelled by `subject_of`; how it ended is news that stays.
"""

from __future__ import annotations

import enum
from datetime import datetime, timedelta

from bot.domain.delivery import NewDelivery
from bot.domain.follow_ups import FollowUp, Step
from bot.domain.people import CommunityId, MemberId
from bot.services.ports import Work

SECOND_ROUTE = "community"
"""The purpose of the channel where somebody is told, without content, that something waits."""


NEWS = timedelta(hours=1)
"""By how much a date has to move before anybody is told."""


class Kind(enum.StrEnum):
    """The kinds of deliveries of the engine."""

    ASK = "fu.ask"
    REMIND = "fu.remind"
    LAST = "fu.last"
    DIGEST = "fu.digest"
    CLOSED = "fu.closed"
    MOVED = "fu.moved"
    NOT_DELIVERED = "fu.not_delivered"
    ELSEWHERE = "fu.elsewhere"


STEP_KIND = {Step.ASK: Kind.ASK, Step.REMIND: Kind.REMIND, Step.LAST: Kind.LAST}
KIND_STEP = {kind: step for step, kind in STEP_KIND.items()}


def subject_of(follow_up: FollowUp) -> str:
    """What everything still to be said about an open matter is cancelled by."""
    return f"follow_up:{follow_up.id}"


def say(
    work: Work,
    follow_up: FollowUp,
    step: Step,
    due: datetime,
    member: MemberId,
    *,
    doubtful: bool = False,
) -> None:
    """A step, to be said at `due`. `doubtful`: it may have been said already."""
    key = f"fu:{follow_up.id}:{follow_up.turn}:{step}:{follow_up.tries}:{member}"
    work.deliveries.schedule(
        [_row(STEP_KIND[step], follow_up, subject_of(follow_up), key, due, member, doubtful)]
    )


def in_doubt(work: Work, follow_up: FollowUp, member: MemberId) -> bool:
    """Whether a step that was not recorded may have been said: its process ended."""
    subject = subject_of(follow_up)
    return work.deliveries.in_doubt(subject, member) or work.nudges.in_doubt(subject, member)


def closing_of(follow_up: FollowUp) -> str:
    """The subject of what is said about its end."""
    return f"closed:{follow_up.id}"


def closed(work: Work, now: datetime, follow_up: FollowUp, member: MemberId) -> None:
    """How it ended."""
    key = f"fu.closed:{follow_up.id}:{member}"
    work.deliveries.schedule(
        [_row(Kind.CLOSED, follow_up, closing_of(follow_up), key, now, member)]
    )


def moved(work: Work, now: datetime, before: FollowUp, follow_up: FollowUp) -> bool:
    """Whoever waits hears of the new date; whoever owes reads it in what is said to them next.

    If nothing is left to say to them, they hear it as well. A few minutes are nobody's news.
    Whether anybody is told.
    """
    if follow_up.deadline - before.deadline < NEWS:
        return False
    hear = [follow_up.waits, follow_up.owes if follow_up.next_step is None else None]
    key = f"fu.moved:{follow_up.id}:{int(follow_up.deadline.timestamp())}"
    rows = [
        _row(Kind.MOVED, follow_up, subject_of(follow_up), f"{key}:{member}", now, member)
        for member in hear
        if member is not None
    ]
    work.deliveries.schedule(rows)
    return bool(rows)


def not_delivered(work: Work, now: datetime, follow_up: FollowUp) -> None:
    """Whoever waits hears that it could not be brought to the other yet."""
    if follow_up.waits is None:
        return
    key = f"fu.not_delivered:{follow_up.id}:{follow_up.turn}"
    work.deliveries.schedule(
        [_row(Kind.NOT_DELIVERED, follow_up, subject_of(follow_up), key, now, follow_up.waits)]
    )


def elsewhere(work: Work, community: CommunityId, member: MemberId, since: datetime) -> None:
    """The second route, once for each time the first one is closed."""
    work.deliveries.schedule(
        [
            NewDelivery(
                kind=Kind.ELSEWHERE,
                community=community,
                subject=f"unreachable:{member}",
                key=f"fu.elsewhere:{member}:{int(since.timestamp())}",
                due=since,
                channel=SECOND_ROUTE,
                ref=member,
            )
        ]
    )


def digest_key(member: MemberId, due: datetime) -> str:
    """What waits for the note of one moment waits under this key."""
    return f"fu.digest:{member}:{int(due.timestamp())}"


def digest(work: Work, community: CommunityId, member: MemberId, due: datetime) -> str:
    """The note for one morning; its key."""
    key = digest_key(member, due)
    work.deliveries.schedule(
        [NewDelivery(Kind.DIGEST, community, f"digest:{member}", key, due, member)]
    )
    return key


def _row(
    kind: Kind,
    follow_up: FollowUp,
    subject: str,
    key: str,
    due: datetime,
    member: MemberId,
    doubtful: bool = False,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        community=follow_up.community,
        subject=subject,
        key=key,
        due=due,
        member=member,
        ref=follow_up.id,
        doubtful=doubtful,
    )
