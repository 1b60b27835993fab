"""Two people who want nothing to do with each other: silent, in both directions.

What is open between them ends with the words it would end with anyway; nobody is told of the block.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.office_hours import Session
from bot.domain.people import MemberId, Someone
from bot.services import pairs
from bot.services.mentors import ending, requesting
from bot.services.office_hours import parting
from bot.services.ports import Work


@dataclass(frozen=True, slots=True)
class Blocked:
    """Whom a member blocks now, and the sessions in which a seat of theirs was given back."""

    everybody: tuple[Someone, ...]
    left: tuple[Session, ...] = ()


def block(work: Work, now: datetime, member: MemberId, other: MemberId) -> Blocked:
    """From now on."""
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
    left = parting.part(work, now, member, other)
    return Blocked(blocked(work, member), left)


def unblock(work: Work, member: MemberId, other: MemberId) -> Blocked:
    """No more."""
    work.blocks.unblock(member, other)
    return Blocked(blocked(work, member))


def blocked(work: Work, member: MemberId) -> tuple[Someone, ...]:
    """Whom a member blocks."""
    return tuple(work.people.someone(one) for one in work.blocks.by(member))
