"""From an arrival to a caller: which member, which community, with which rights, right now.

Nothing is remembered here between requests: standing and roles are what the platform says with the
request, or when asked about it. Discord says so with every click. Slack is asked, and its word is
taken for a minute (`adapters/slack/people.py`): what is taken away there is gone within that time.
"""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.clock import Clock
from bot.domain.people import CommunityId, Role, resolve_roles
from bot.runtime.caller import Arrival, Caller
from bot.runtime.doors import Directory, Presence
from bot.services import people
from bot.services.people import Known
from bot.services.ports import Store


class NotHere(Exception):
    """The person does not belong to the community of the request, or not any more."""


class WhichCommunity(Exception):
    """A typed command in a direct message of somebody who belongs to several communities."""

    def __init__(self, known: Known) -> None:
        super().__init__("several communities")
        self.known = known


class Identity:
    """Makes Callers."""

    def __init__(
        self, store: Store, clock: Clock, directory: Directory, *, set_up: bool = False
    ) -> None:
        self._set_up = set_up
        self._store = store
        self._clock = clock
        self._directory = directory

    async def caller(self, arrival: Arrival, wanted: CommunityId | None) -> Caller:
        """Who acts. `wanted` is the community that a button names.

        Raises NotHere or WhichCommunity.
        """
        known = await self._store.read(people.recognise, arrival.account, arrival.place, wanted)
        if known is None:
            known = await self._store.write(
                people.record,
                self._clock.now(),
                arrival.account,
                arrival.name,
                arrival.place,
                arrival.place_name,
                wanted,
            )
        community = known.community
        if community is None:
            if wanted is None and len(known.choices) > 1:
                raise WhichCommunity(known)
            raise NotHere
        if wanted is not None and community.id != wanted:
            raise NotHere
        presence = await self._presence(arrival, known)
        own = _zone(known.profile.zone, arrival.zone)
        return Caller(
            member=known.profile.member,
            account=arrival.account,
            name=arrival.name,
            community=community.id,
            place=arrival.place,
            channel=arrival.channel,
            zone=own or _zone(community.zone) or ZoneInfo("UTC"),
            zone_assumed=own is None,
            language=known.profile.language or arrival.language or community.language,
            roles=_roles(arrival, presence, known),
            off=community.off,
            set_up=self._set_up or community.set_up_at is not None,
            can=arrival.can,
            lacking=arrival.lacking,
            missed=known.unreachable,
        )

    async def _presence(self, arrival: Arrival, known: Known) -> Presence:
        if arrival.place is not None:
            return Presence(arrival.standing, arrival.role_refs, arrival.name)
        # In a direct message nothing says what the person may do elsewhere: the platform is asked.
        for place in known.places:
            if place.holds(arrival.account):
                found = await self._directory.look_up(place, arrival.account)
                if found is not None:
                    return found
        raise NotHere


def _roles(arrival: Arrival, presence: Presence, known: Known) -> frozenset[Role]:
    return resolve_roles(arrival.account, presence.standing, presence.role_refs, known.grants)


def _zone(*keys: str | None) -> ZoneInfo | None:
    """The first of these that is a zone."""
    for key in keys:
        if key:
            try:
                return ZoneInfo(key)
            except (ZoneInfoNotFoundError, ValueError):
                continue
    return None
