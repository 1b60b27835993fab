"""Communities, their places and what their moderators configured, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, insert, select, update

from bot.domain.people import Community, CommunityId, Place, Role, RoleGrant
from storage.dialects import insert_if_new, insert_or_change
from storage.models_people import channels, communities, places, role_grants

_FIRST_ZONE = "UTC"
_FIRST_LANGUAGE = "en"
_SHOWN = (
    communities.c.id,
    communities.c.name,
    communities.c.zone,
    communities.c.language,
    communities.c.set_up_at,
    communities.c.off,
    communities.c.held_at,
)

# Asked at every request. Putting a statement together takes longer than carrying it out, so these
# are put together once.
_OF = (
    select(*_SHOWN)
    .join(places, places.c.community_id == communities.c.id)
    .where(places.c.platform == bindparam("platform"), places.c.workspace == bindparam("workspace"))
)
_GET = select(*_SHOWN).where(communities.c.id == bindparam("community"))
_HOME = (
    select(*_SHOWN, places.c.platform, places.c.workspace)
    .select_from(communities.outerjoin(places, places.c.community_id == communities.c.id))
    .where(communities.c.id == bindparam("community"))
    .order_by(places.c.id)
)
_PLACES = (
    select(places.c.platform, places.c.workspace)
    .where(places.c.community_id == bindparam("community"))
    .order_by(places.c.id)
)
_GRANTS = (
    select(
        role_grants.c.role,
        role_grants.c.platform,
        role_grants.c.workspace,
        role_grants.c.ref,
        role_grants.c.is_person,
    )
    .where(role_grants.c.community_id == bindparam("community"))
    .order_by(role_grants.c.id)
)


class CommunitiesTable:
    """Communities, as `bot.services.ports.Communities` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, place: Place) -> Community | None:
        """The community that meets in this place."""
        return _community(
            self._connection.execute(
                _OF, {"platform": place.platform, "workspace": place.workspace}
            ).one_or_none()
        )

    def get(self, community: CommunityId) -> Community | None:
        """By id."""
        return _community(self._connection.execute(_GET, {"community": community}).one_or_none())

    def home(self, community: CommunityId) -> tuple[Community, tuple[Place, ...]] | None:
        """By id, with the places where it meets, oldest place first."""
        rows = self._connection.execute(_HOME, {"community": community}).all()
        found = _community(rows[0]) if rows else None
        if found is None:
            return None
        return found, tuple(Place(row[-2], row[-1]) for row in rows if row[-2] is not None)

    def add(self, place: Place, name: str, now: datetime) -> Community:
        """A new community of its own for a new place; the existing one if another was faster."""
        new = self._connection.execute(
            insert(communities)
            .values(name=name, zone=_FIRST_ZONE, language=_FIRST_LANGUAGE, created_at=now)
            .returning(communities.c.id)
        ).scalar_one()
        added = self._connection.execute(
            insert_if_new(self._connection, places, "platform", "workspace").values(
                community_id=new, platform=place.platform, workspace=place.workspace
            )
        )
        if added.rowcount == 1:
            return Community(CommunityId(new), name, _FIRST_ZONE, _FIRST_LANGUAGE, None)
        self._connection.execute(delete(communities).where(communities.c.id == new))
        found = self.of(place)
        if found is None:
            raise LookupError("a place that is taken belongs to no community")
        return found

    def places(self, community: CommunityId) -> tuple[Place, ...]:
        """Where the community meets, oldest place first."""
        found = self._connection.execute(_PLACES, {"community": community})
        return tuple(Place(row[0], row[1]) for row in found)

    def grants(self, community: CommunityId) -> tuple[RoleGrant, ...]:
        """Who holds which role."""
        found = self._connection.execute(_GRANTS, {"community": community})
        return tuple(RoleGrant(row[0], row[1], row[2], row[3], row[4]) for row in found)

    def grant(self, community: CommunityId, grants: tuple[RoleGrant, ...], role: Role) -> None:
        """Replace everything granted for `role`."""
        self._connection.execute(
            delete(role_grants).where(
                role_grants.c.community_id == community, role_grants.c.role == role
            )
        )
        rows = [
            {
                "community_id": community,
                "role": role,
                "platform": each.platform,
                "workspace": each.workspace,
                "ref": each.ref,
                "is_person": each.is_person,
            }
            for each in dict.fromkeys(grants)
            if each.role is role
        ]
        if rows:
            self._connection.execute(insert(role_grants), rows)

    def mark_set_up(self, community: CommunityId, zone: str, now: datetime) -> None:
        """The community is ready to be used."""
        self._connection.execute(
            update(communities)
            .where(communities.c.id == community)
            .values(zone=zone, set_up_at=now)
        )

    def mark_closed(self, community: CommunityId) -> None:
        """It is as before it was set up."""
        self._connection.execute(
            update(communities).where(communities.c.id == community).values(set_up_at=None)
        )

    def set_zone(self, community: CommunityId, zone: str) -> None:
        """The community's zone (IANA key)."""
        self._connection.execute(
            update(communities).where(communities.c.id == community).values(zone=zone)
        )

    def set_language(self, community: CommunityId, language: str) -> None:
        """The community's language."""
        self._connection.execute(
            update(communities).where(communities.c.id == community).values(language=language)
        )

    def set_off(self, community: CommunityId, off: frozenset[str]) -> None:
        """Which features are switched off."""
        self._connection.execute(
            update(communities).where(communities.c.id == community).values(off=sorted(off))
        )

    def set_held(self, community: CommunityId, since: datetime | None) -> None:
        """Nothing unrequested goes out to anybody from then on; None: it does again."""
        self._connection.execute(
            update(communities).where(communities.c.id == community).values(held_at=since)
        )

    def channel(self, community: CommunityId, purpose: str, place: Place) -> str | None:
        """The channel chosen for a purpose in one place."""
        return self._connection.execute(
            select(channels.c.channel).where(_chosen(community, purpose, place))
        ).scalar_one_or_none()

    def channels(self, community: CommunityId, place: Place) -> dict[str, str]:
        """Every chosen channel of one place, by purpose."""
        found = self._connection.execute(
            select(channels.c.purpose, channels.c.channel)
            .where(
                channels.c.community_id == community,
                channels.c.platform == place.platform,
                channels.c.workspace == place.workspace,
            )
            .order_by(channels.c.purpose)
        )
        return {row[0]: row[1] for row in found}

    def open(self) -> tuple[CommunityId, ...]:
        """Every community that is set up."""
        found = select(communities.c.id).where(communities.c.set_up_at.is_not(None))
        return tuple(self._connection.execute(found.order_by(communities.c.id)).scalars())

    def set_channel(
        self, community: CommunityId, purpose: str, place: Place, channel: str | None
    ) -> None:
        """Choose a channel for a purpose, or none."""
        if channel is None:
            self._connection.execute(delete(channels).where(_chosen(community, purpose, place)))
            return
        self._connection.execute(
            insert_or_change(
                self._connection,
                channels,
                ("community_id", "purpose", "platform", "workspace"),
                ("channel",),
            ).values(
                community_id=community,
                purpose=purpose,
                platform=place.platform,
                workspace=place.workspace,
                channel=channel,
            )
        )


def _community(row: Row[*tuple[Any, ...]] | None) -> Community | None:
    if row is None:
        return None
    return Community(
        CommunityId(row[0]), row[1], row[2], row[3], row[4], frozenset(row[5] or ()), row[6]
    )


def _chosen(community: CommunityId, purpose: str, place: Place) -> ColumnElement[bool]:
    return (
        (channels.c.community_id == community)
        & (channels.c.purpose == purpose)
        & (channels.c.platform == place.platform)
        & (channels.c.workspace == place.workspace)
    )
