"""Reports of conduct in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from bot.domain.people import CommunityId, MemberId, Role
from bot.domain.reports import Category, Report, ReportId
from storage.models_moderation import changes
from storage.models_people import accounts, memberships, role_grants
from storage.models_reports import reports


class ReportsTable:
    """Reports, as `bot.services.ports.Reports` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        code: str,
        reporter: MemberId,
        subject: MemberId | None,
        category: Category,
        link: str,
        text: str,
        now: datetime,
    ) -> Report:
        """A new one."""
        row = self._connection.execute(
            insert(reports)
            .values(
                community_id=community,
                code=code,
                reporter_id=reporter,
                subject_id=subject,
                category=category,
                link=link,
                text=text,
                at=now,
                answer="",
            )
            .returning(*reports.c)
        ).one()
        return _report(row)

    def get(self, id: ReportId) -> Report | None:
        """By id."""
        row = self._connection.execute(select(reports).where(reports.c.id == id)).one_or_none()
        return None if row is None else _report(row)

    def open(self, community: CommunityId, limit: int) -> tuple[Report, ...]:
        """Those that wait, the oldest first."""
        found = (
            select(reports)
            .where(reports.c.community_id == community, reports.c.closed_at.is_(None))
            .order_by(reports.c.id)
            .limit(limit)
        )
        return tuple(_report(row) for row in self._connection.execute(found))

    def close(self, id: ReportId, by: MemberId, now: datetime, answer: str) -> bool:
        """It was looked at; False if it was closed already."""
        done = self._connection.execute(
            update(reports)
            .where(reports.c.id == id, reports.c.closed_at.is_(None))
            .values(closed_by_id=by, closed_at=now, answer=answer)
        )
        return done.rowcount == 1

    def moderators(self, community: CommunityId) -> tuple[MemberId, ...]:
        """Who is known to moderate: named by hand, or on record for a change they made."""
        grants, who = role_grants.c, accounts.c
        named = select(who.member_id).join(
            role_grants,
            and_(
                grants.platform == who.platform,
                grants.ref == who.user_id,
                or_(who.workspace == "", grants.workspace == who.workspace),
                grants.is_person.is_(True),
                grants.role == Role.MODERATOR,
                grants.community_id == community,
            ),
        )
        acted = select(changes.c.by_id).where(
            changes.c.community_id == community, changes.c.by_id.is_not(None)
        )
        here = select(memberships.c.member_id).where(
            memberships.c.community_id == community,
            memberships.c.left_at.is_(None),
            or_(memberships.c.member_id.in_(named), memberships.c.member_id.in_(acted)),
        )
        found = self._connection.execute(here.order_by(memberships.c.member_id)).scalars()
        return tuple(MemberId(id) for id in found)


def _report(row: Row[*tuple[Any, ...]]) -> Report:
    return Report(
        ReportId(row.id),
        CommunityId(row.community_id),
        row.code,
        row.reporter_id,
        row.subject_id,
        row.category,
        row.link,
        row.text,
        row.at,
        row.closed_at,
        row.answer,
    )
