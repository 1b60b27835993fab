"""Somebody left a community, or is forgotten: nothing they were part of is left open."""

from __future__ import annotations

from datetime import datetime

from bot.domain.follow_ups import Ending
from bot.domain.people import CommunityId, MemberId
from bot.services.follow_ups.engine import end
from bot.services.pairs import end_pair
from bot.services.ports import Work


def gone(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """A member is not in the community any more: their matters end, and the others hear it."""
    for one in work.follow_ups.of(member, community):
        end(work, now, one, Ending.GONE)
        work.deliveries.cancel(f"closed:{one.id}", member=member)
    for pair in work.pairs.of(member, community):
        if pair.open:
            end_pair(work, now, pair)
            work.deliveries.cancel(f"pair.news:{pair.id}", member=member)
