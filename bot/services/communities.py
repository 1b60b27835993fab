"""Use cases about a community as a whole."""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Community, CommunityId
from bot.services.ports import Work


def look(work: Work, community: CommunityId) -> Community | None:
    """The community as it is set up at present."""
    return work.communities.get(community)


def set_up(work: Work, now: datetime, community: CommunityId, zone: str) -> str | None:
    """Open the community to its members; its zone as it stands if somebody else did so before."""
    found = work.communities.get(community)
    if found is None or found.set_up_at is not None:
        return found.zone if found is not None else zone
    work.communities.mark_set_up(community, zone, now)
    return None


def change_zone(work: Work, community: CommunityId, old: str, new: str) -> str:
    """Another zone, if the present one is still `old`; the zone that stands afterwards."""
    found = work.communities.get(community)
    if found is None or found.zone != old:
        return found.zone if found is not None else old
    work.communities.set_zone(community, new)
    return new
