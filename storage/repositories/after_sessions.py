"""What is kept about sessions that are over, and about questions without a name."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, select, update

from bot.domain.after_session import SessionStep, SessionStepId, Thanks, ThanksId
from bot.domain.office_hours import SessionId
from bot.domain.pairs import StepState
from bot.domain.people import CommunityId, MemberId
from bot.domain.unseen import About, Reveal, RevealId
from storage.dialects import insert_if_new, insert_or_change
from storage.models_office_hours import (
    calendar_feeds,
    reveals,
    session_steps,
    sessions,
    thanks,
    unseen_mutes,
)


class AfterSessionsTable:
    """As `bot.services.ports.AfterSessions` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_step(
        self, session: SessionId, owner: MemberId, text: str, due: datetime
    ) -> SessionStep:
        """Write a next step."""
        values = {"session_id": session, "owner_id": owner, "text": text, "due": due}
        id = self._connection.execute(
            insert(session_steps)
            .values(state=StepState.OPEN, **values)
            .returning(session_steps.c.id)
        ).scalar_one()
        return SessionStep(SessionStepId(id), session, owner, text, due, StepState.OPEN)

    def step(self, id: SessionStepId) -> SessionStep | None:
        """By id."""
        row = self._connection.execute(
            select(session_steps).where(session_steps.c.id == id)
        ).one_or_none()
        if row is None:
            return None
        return SessionStep(
            SessionStepId(row.id),
            SessionId(row.session_id),
            MemberId(row.owner_id),
            row.text,
            row.due,
            row.state,
        )

    def set_step(self, id: SessionStepId, state: StepState, due: datetime) -> None:
        """Keep what changed."""
        self._connection.execute(
            update(session_steps).where(session_steps.c.id == id).values(state=state, due=due)
        )

    def thank(
        self, session: SessionId, member: MemberId, text: str, now: datetime
    ) -> Thanks | None:
        """Write a thank-you; None if there is one."""
        id = self._connection.execute(
            insert_if_new(self._connection, thanks, "session_id", "member_id")
            .values(session_id=session, member_id=member, text=text, at=now)
            .returning(thanks.c.id)
        ).scalar_one_or_none()
        return None if id is None else Thanks(ThanksId(id), session, member, text, now)

    def thanks(self, id: ThanksId) -> Thanks | None:
        """By id."""
        row = self._connection.execute(select(thanks).where(thanks.c.id == id)).one_or_none()
        if row is None:
            return None
        session, member = SessionId(row.session_id), MemberId(row.member_id)
        return Thanks(ThanksId(row.id), session, member, row.text, row.at)

    def thanks_to(
        self, host: MemberId, community: CommunityId, first: datetime, until: datetime
    ) -> tuple[Thanks, ...]:
        """Those for sessions that a member hosted."""
        found = (
            select(thanks)
            .join(sessions, sessions.c.id == thanks.c.session_id)
            .where(
                sessions.c.host_id == host,
                sessions.c.community_id == community,
                thanks.c.at >= first,
                thanks.c.at < until,
            )
            .order_by(thanks.c.id)
        )
        return tuple(
            Thanks(
                ThanksId(row.id), SessionId(row.session_id), MemberId(row.member_id), row.text,
                row.at,
            )
            for row in self._connection.execute(found)
        )  # fmt: skip

    def muted_until(self, community: CommunityId, member: MemberId) -> datetime | None:
        """Until when a member asks no anonymous questions here."""
        return self._connection.execute(
            select(func.max(unseen_mutes.c.until)).where(
                unseen_mutes.c.community_id == community, unseen_mutes.c.member_id == member
            )
        ).scalar_one_or_none()

    def muted_for(self, community: CommunityId, about: About) -> datetime | None:
        """Until when the author of a question is muted because of this one."""
        return self._connection.execute(
            select(unseen_mutes.c.until).where(*_because_of(community, about))
        ).scalar_one_or_none()

    def mute(
        self, community: CommunityId, about: About, member: MemberId, until: datetime | None
    ) -> None:
        """Mute the author of a question until then; None takes back what came of this one."""
        if until is None:
            gone = delete(unseen_mutes).where(*_because_of(community, about))
            self._connection.execute(gone)
            return
        self._connection.execute(
            insert_or_change(
                self._connection,
                unseen_mutes,
                ("community_id", "source", "ref"),
                ("member_id", "until"),
            ),
            {
                "community_id": community,
                "source": about.source,
                "ref": about.id,
                "member_id": member,
                "until": until,
            },
        )

    def set_feed(self, community: CommunityId, member: MemberId, digest: str | None) -> bool:
        """Give a member's calendar another address, or none; whether it had one."""
        mine = (calendar_feeds.c.community_id == community, calendar_feeds.c.member_id == member)
        gone = self._connection.execute(delete(calendar_feeds).where(*mine)).rowcount
        if digest is not None:
            self._connection.execute(
                insert(calendar_feeds).values(
                    community_id=community, member_id=member, digest=digest
                )
            )
        return gone > 0

    def has_feed(self, community: CommunityId, member: MemberId) -> bool:
        """Whether a member's calendar has an address here."""
        mine = (calendar_feeds.c.community_id == community, calendar_feeds.c.member_id == member)
        found = self._connection.execute(select(calendar_feeds.c.digest).where(*mine))
        return found.first() is not None

    def feed(self, digest: str) -> tuple[CommunityId, MemberId] | None:
        """Whose calendar has this address."""
        row = self._connection.execute(
            select(calendar_feeds).where(calendar_feeds.c.digest == digest)
        ).one_or_none()
        return None if row is None else (CommunityId(row.community_id), MemberId(row.member_id))

    def add_reveal(
        self, community: CommunityId, about: About, by: MemberId, now: datetime
    ) -> Reveal:
        """A moderator's wish to learn who asked."""
        id = self._connection.execute(
            insert(reveals)
            .values(
                community_id=community, source=about.source, ref=about.id, asked_by=by, asked_at=now
            )
            .returning(reveals.c.id)
        ).scalar_one()
        return Reveal(RevealId(id), community, about, by, now)

    def reveal_of(self, about: About) -> Reveal | None:
        """The latest wish about a question."""
        row = self._connection.execute(
            select(reveals)
            .where(reveals.c.source == about.source, reveals.c.ref == about.id)
            .order_by(reveals.c.id.desc())
            .limit(1)
            .with_for_update()
        ).one_or_none()
        return None if row is None else _reveal(row)

    def reveal(self, id: RevealId) -> Reveal | None:
        """By id."""
        row = self._connection.execute(select(reveals).where(reveals.c.id == id)).one_or_none()
        return None if row is None else _reveal(row)

    def agree(self, id: RevealId, by: MemberId) -> None:
        """A second moderator wants it too."""
        self._connection.execute(update(reveals).where(reveals.c.id == id).values(agreed_by=by))


def _because_of(community: CommunityId, about: About) -> tuple[ColumnElement[bool], ...]:
    c = unseen_mutes.c
    return (c.community_id == community, c.source == about.source, c.ref == about.id)


def _reveal(row: Row[Any]) -> Reveal:
    return Reveal(
        RevealId(row.id),
        CommunityId(row.community_id),
        About(row.source, row.ref),
        MemberId(row.asked_by),
        row.asked_at,
        None if row.agreed_by is None else MemberId(row.agreed_by),
    )
