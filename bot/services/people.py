"""Use cases about people: who is acting, for which community, with which settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.people import (
    Account,
    Community,
    CommunityId,
    MemberId,
    Place,
    Profile,
    Role,
    RoleGrant,
    Someone,
)
from bot.services.office_hours.reminding import moved_elsewhere
from bot.services.ports import Work


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knows about whoever acts."""

    profile: Profile
    community: Community | None
    """The community of the request; None if it is open which one is meant."""
    grants: tuple[RoleGrant, ...]
    places: tuple[Place, ...]
    choices: tuple[Community, ...]
    """Where the person belongs, when the community is open."""
    unreachable: bool = False
    """Something could not be delivered to them; whatever they do opens the way again."""


def recognise(
    work: Work, account: Account, place: Place | None, wanted: CommunityId | None
) -> Known | None:
    """Who is acting, without writing anything; None if something has to be recorded first."""
    profile = work.people.find(account)
    if profile is None:
        return None
    mine = work.people.communities(profile.member)
    if place is not None:
        community = work.communities.of(place)
        if community is None or community.id not in mine:
            return None
        return _known(work, profile, community)
    if wanted is not None:
        return _known(work, profile, work.communities.get(wanted) if wanted in mine else None)
    if len(mine) == 1:
        return _known(work, profile, work.communities.get(mine[0]))
    found = (work.communities.get(each) for each in mine)
    return Known(profile, None, (), (), tuple(each for each in found if each))


def record(
    work: Work,
    now: datetime,
    account: Account,
    name: str,
    place: Place | None,
    place_name: str,
    wanted: CommunityId | None,
) -> Known:
    """The same for somebody new: writes the member, the place and the membership as needed."""
    profile = work.people.find(account)
    if profile is None and place is None:
        # Nobody who is known nowhere belongs anywhere: there is nothing to note about them.
        return Known(Profile(MemberId(0), None, None), None, (), (), ())
    profile = profile or work.people.add(account, name, now)
    if place is not None:
        community = work.communities.of(place) or work.communities.add(place, place_name, now)
        work.people.join(profile.member, community.id, now)
    found = recognise(work, account, place, wanted)
    return found or Known(profile, None, (), (), ())


def _known(work: Work, profile: Profile, community: Community | None) -> Known:
    if community is None:
        return Known(profile, None, (), (), ())
    return Known(
        profile,
        community,
        work.communities.grants(community.id),
        work.communities.places(community.id),
        (),
        work.manners.unreachable_since(profile.member) is not None,
    )


def members_of(
    work: Work, now: datetime, community: CommunityId, picked: Iterable[tuple[Account, str]]
) -> Mapping[Account, MemberId]:
    """The members behind accounts picked in a community; newcomers to the bot are recorded."""
    found: dict[Account, MemberId] = {}
    for account, name in picked:
        profile = work.people.find(account) or work.people.add(account, name, now)
        work.people.join(profile.member, community, now)
        found[account] = profile.member
    return found


def several(work: Work, members: Iterable[MemberId]) -> tuple[Someone, ...]:
    """As others may see them, in the same order."""
    return tuple(work.people.several(members).values())


def known_here(work: Work, community: CommunityId, members: frozenset[MemberId]) -> bool:
    """Whether each of them belongs to the community, or once did."""
    return work.people.ever_in(community, members) == members


def set_zone(work: Work, now: datetime, member: MemberId, zone: str) -> None:
    """Remember a member's own zone, and what it makes of the sessions they come to."""
    work.people.set_zone(member, zone)
    moved_elsewhere(work, now, member)


def set_language(work: Work, member: MemberId, language: str | None) -> None:
    """Remember a member's own language."""
    work.people.set_language(member, language)


Leaving: TypeAlias = Callable[[Work, datetime, MemberId, CommunityId], None]
"""What a feature ends when somebody leaves a community; runs in the transaction of the leaving."""


def leave(
    work: Work,
    now: datetime,
    account: Account,
    community: CommunityId,
    endings: Iterable[Leaving],
) -> bool:
    """The account is no longer in the community's place; True if the member left by that.

    Whoever is still there with another account stays. Coming back is being new.
    """
    profile = work.people.find(account)
    if profile is None or community not in work.people.communities(profile.member):
        return False
    meets = {place.platform for place in work.communities.places(community)}
    others = [
        each
        for each in work.people.accounts(profile.member)
        if each != account and each.platform in meets
    ]
    if others:
        return False
    for ending in endings:
        ending(work, now, profile.member, community)
    work.people.leave(profile.member, community, now)
    return True


def home_of(work: Work, place: Place) -> Community | None:
    """The community that meets in a place."""
    return work.communities.of(place)


def staff_roles(work: Work, community: CommunityId, place: Place) -> frozenset[str]:
    """Roles of a place that were named for moderators or reviewers."""
    return frozenset(
        grant.ref
        for grant in work.communities.grants(community)
        if grant.role in (Role.MODERATOR, Role.REVIEWER) and not grant.is_person
        if (grant.platform, grant.workspace) == (place.platform, place.workspace)
    )
