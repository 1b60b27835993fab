"""Two people who want nothing to do with each other: silent, in both directions.

What is open between them ends with the words it would end with anyway; nobody is told of the block.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import MemberId, Someone
from bot.services import pairs
from bot.services.mentors import ending, requesting
from bot.services.ports import Work


def block(work: Work, now: datetime, member: MemberId, other: MemberId) -> tuple[Someone, ...]:
    """From now on; whom the member blocks."""
    work.blocks.block(member, other, now)
    for pair in work.pairs.of(member):
        if pair.open and other in pair.sides:
            pairs.end_pair(work, now, pair)
    for home in work.people.communities(member):
        for request in work.requests.pending_to(member, home):
            if request.trainee == other:
                ending.declined(work, now, request)
        for request in work.requests.pending_by(member, home):
            if request.mentor == other:
                requesting.withdraw(work, now, member, request.id)
    return blocked(work, member)


def unblock(work: Work, member: MemberId, other: MemberId) -> tuple[Someone, ...]:
    """No more; whom the member still blocks."""
    work.blocks.unblock(member, other)
    return blocked(work, member)


def blocked(work: Work, member: MemberId) -> tuple[Someone, ...]:
    """Whom a member blocks."""
    return tuple(work.people.someone(one) for one in work.blocks.by(member))
