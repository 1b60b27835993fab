"""Use cases about a community as a whole."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Setting
from bot.domain.people import Community, CommunityId, MemberId
from bot.services import kinds
from bot.services.ports import Work


def look(work: Work, community: CommunityId) -> Community | None:
    """The community as it is set up at present."""
    return work.communities.get(community)


def choose_zone(work: Work, now: datetime, community: CommunityId, zone: str, by: MemberId) -> bool:
    """The zone of a community that is not open yet; False if it is."""
    found = work.communities.get(community)
    if found is None or found.set_up_at is not None:
        return False
    if found.zone != zone:
        work.communities.set_zone(community, zone)
        work.audit.add(community, by, now, Setting(kinds.ZONE.name), found.zone, zone)
    return True


def set_up(
    work: Work, now: datetime, community: CommunityId, zone: str, by: MemberId
) -> str | None:
    """Open the community to its members; its zone as it stands if somebody else did so before."""
    found = work.communities.get(community)
    if found is None or found.set_up_at is not None:
        return found.zone if found is not None else zone
    work.communities.mark_set_up(community, zone, now)
    work.audit.add(community, by, now, Setting(kinds.OPEN.name), kinds.OFF, kinds.ON)
    return None
