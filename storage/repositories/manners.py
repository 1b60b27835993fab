"""How people want to be addressed, and how patient a community is, in the database."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, or_, select

from bot.domain.hours import Span
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from bot.domain.seasons import Season, SeasonId
from bot.services.ports.follow_ups import Wishes
from storage.dialects import insert_if_new, insert_or_change
from storage.models_pairs import absences, patience, seasons, unreachable, wishes
from storage.models_people import members, memberships

# Asked before every send: put together once.
_WISHED = select(wishes).where(wishes.c.member_id == bindparam("member"))
_ADDRESSED = (
    select(wishes, members.c.zone, absences.c.first, absences.c.last)
    .select_from(
        members.outerjoin(wishes, wishes.c.member_id == members.c.id).outerjoin(
            absences, absences.c.member_id == members.c.id
        )
    )
    .where(members.c.id == bindparam("member"))
    .order_by(absences.c.first, absences.c.last)
)
_OFF = (
    select(absences.c.first, absences.c.last)
    .where(absences.c.member_id == bindparam("member"))
    .order_by(absences.c.first, absences.c.last)
)
_PATIENCE = select(patience.c.matter, patience.c.factor).where(
    patience.c.community_id == bindparam("community")
)
_SEASONS = (
    select(seasons)
    .where(
        seasons.c.community_id == bindparam("community"),
        or_(seasons.c.member_id.is_(None), seasons.c.member_id == bindparam("member")),
    )
    .order_by(seasons.c.first, seasons.c.id)
)
_UNREACHABLE = select(unreachable.c.since).where(unreachable.c.member_id == bindparam("member"))
_REACHED = delete(unreachable).where(unreachable.c.member_id == bindparam("member"))


class MannersTable:
    """Wishes, as `bot.services.ports.Manners` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        # Within one transaction several ask whether somebody can be reached.
        self._unreachable: dict[MemberId, datetime | None] = {}

    def wishes(self, member: MemberId) -> Wishes:
        """A member's own; the defaults if they never said."""
        row = self._connection.execute(_WISHED, {"member": member}).one_or_none()
        return Wishes() if row is None else _wishes(row)

    def addressed(self, member: MemberId) -> tuple[Wishes, str | None, tuple[Span, ...]]:
        """A member's wishes, the zone that they set, and their days off, in one look."""
        rows = self._connection.execute(_ADDRESSED, {"member": member}).all()
        if not rows:
            return Wishes(), None, ()
        off = tuple(Span(row.first, row.last) for row in rows if row.first is not None)
        return Wishes() if rows[0].opens is None else _wishes(rows[0]), rows[0].zone, off

    def set_wishes(self, member: MemberId, wishes: Wishes) -> None:
        """Remember them."""
        values = {
            "opens": wishes.opens,
            "closes": wishes.closes,
            "days": "".join(str(day) for day in sorted(wishes.days)),
            "region": wishes.region,
            "paused_until": wishes.paused_until,
            "topics": list(wishes.topics),
        }
        self._connection.execute(
            insert_or_change(self._connection, _WISHES, ("member_id",), tuple(values)),
            {"member_id": member, **values},
        )

    def off(self, member: MemberId) -> tuple[Span, ...]:
        """Days on which the member is away, on call or on leave, in order."""
        found = self._connection.execute(_OFF, {"member": member})
        return tuple(Span(row[0], row[1]) for row in found)

    def add_off(self, member: MemberId, span: Span) -> None:
        """Add days."""
        self._connection.execute(
            insert(absences).values(member_id=member, first=span.first, last=span.last)
        )

    def drop_off(self, member: MemberId, span: Span) -> None:
        """Take back one period."""
        self._connection.execute(
            delete(absences).where(
                absences.c.member_id == member,
                absences.c.first == span.first,
                absences.c.last == span.last,
            )
        )

    def clear_off(self, member: MemberId, until: date) -> int:
        """Take back all that ends on `until` or later; how many."""
        return self._connection.execute(
            delete(absences).where(absences.c.member_id == member, absences.c.last >= until)
        ).rowcount

    def helpers(self, community: CommunityId, topic: str) -> tuple[MemberId, ...]:
        """Members who like to be shown questions on a topic; with none, on any."""
        found = self._connection.execute(
            select(wishes.c.member_id, wishes.c.topics)
            .join(memberships, memberships.c.member_id == wishes.c.member_id)
            .where(memberships.c.community_id == community, memberships.c.left_at.is_(None))
            .order_by(wishes.c.member_id)
        )
        return tuple(
            MemberId(row[0]) for row in found if (topic in row[1] if topic else bool(row[1]))
        )

    def unreachable_since(self, member: MemberId) -> datetime | None:
        """Since when nothing reaches the member; None if it does."""
        if member not in self._unreachable:
            found = self._connection.execute(_UNREACHABLE, {"member": member})
            self._unreachable[member] = found.scalar_one_or_none()
        return self._unreachable[member]

    def set_unreachable(self, member: MemberId, since: datetime | None) -> None:
        """Note that the way is closed, or open again."""
        self._unreachable.pop(member, None)
        if since is None:
            self._connection.execute(_REACHED, {"member": member})
        else:
            self._connection.execute(
                insert_if_new(self._connection, unreachable, "member_id"),
                {"member_id": member, "since": since},
            )

    def patience(self, community: CommunityId) -> dict[Matter, int]:
        """Factors that moderators set."""
        found = self._connection.execute(_PATIENCE, {"community": community})
        return {row[0]: row[1] for row in found}

    def set_patience(self, community: CommunityId, matter: Matter, factor: int) -> None:
        """Set one."""
        self._connection.execute(
            insert_or_change(
                self._connection, patience, ("community_id", "matter"), ("factor",)
            ).values(community_id=community, matter=matter, factor=factor)
        )

    def seasons(self, community: CommunityId, member: MemberId | None) -> tuple[Season, ...]:
        """The community's seasons and, if given, those of one member."""
        # A comparison with NULL holds for nobody.
        found = self._connection.execute(_SEASONS, {"community": community, "member": member})
        return tuple(_season(row) for row in found)

    def add_season(self, season: Season) -> SeasonId:
        """Mark one; its id is given here."""
        id = self._connection.execute(
            insert(seasons)
            .values(
                community_id=season.community,
                member_id=season.member,
                kind=season.kind,
                first=season.first,
                last=season.last,
                patience=season.patience,
                early=season.early,
            )
            .returning(seasons.c.id)
        ).scalar_one()
        return SeasonId(id)

    def drop_season(self, community: CommunityId, season: SeasonId) -> Season | None:
        """Take one back; what it was."""
        row = self._connection.execute(
            delete(seasons)
            .where(seasons.c.id == season, seasons.c.community_id == community)
            .returning(*seasons.c)
        ).one_or_none()
        return None if row is None else _season(row)

    def erase(self, member: MemberId) -> None:
        """Forget everything a member wished for."""
        self._unreachable.pop(member, None)
        for table in (wishes, absences, unreachable, seasons):
            self._connection.execute(delete(table).where(table.c.member_id == member))


_WISHES = wishes


def _wishes(row: Row[*tuple[Any, ...]]) -> Wishes:
    return Wishes(
        opens=row.opens,
        closes=row.closes,
        days=frozenset(int(day) for day in row.days),
        region=row.region,
        paused_until=row.paused_until,
        topics=tuple(row.topics),
    )


def _season(row: Row[*tuple[Any, ...]]) -> Season:
    return Season(SeasonId(row[0]), CommunityId(row[1]), row[2], *row[3:8])
