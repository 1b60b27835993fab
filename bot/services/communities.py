"""Use cases about a community as a whole."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Community, CommunityId
from bot.services.ports import Work


def look(work: Work, community: CommunityId) -> Community | None:
    """The community as it is set up at present."""
    return work.communities.get(community)


def set_up(work: Work, now: datetime, community: CommunityId, zone: str) -> bool:
    """Open the community to its members; False if somebody else did so before."""
    found = work.communities.get(community)
    if found is None or found.set_up_at is not None:
        return False
    work.communities.mark_set_up(community, zone, now)
    return True
