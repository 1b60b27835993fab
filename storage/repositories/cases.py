"""Cases in the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from bot.domain.cases import (
    HELD,
    SHOWN,
    Case,
    CaseId,
    CaseState,
    NewCase,
    Stands,
)
from bot.domain.people import CommunityId, MemberId, Place
from bot.services.ports.cases import Noted
from storage.dialects import insert_if_new, insert_or_change
from storage.models_cases import case_drafts, case_notes, case_readers, cases


class CasesTable:
    """As `bot.services.ports.cases.Cases` asks for it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wiped = False
        """Whether something went of which nothing may be left in any file."""

    def add(self, code: str, new: NewCase, now: datetime) -> Case:
        """Write a case down."""
        row = self._connection.execute(
            insert(cases)
            .values(
                community_id=new.community,
                code=code,
                author_id=new.author,
                platform=new.place.platform,
                workspace=new.place.workspace,
                channel=new.channel,
                state=new.state,
                at=now,
                due=new.due,
                expires=new.expires,
                later=new.later,
                digest=new.digest,
                permission=new.permission,
                anonymous=new.anonymous,
                found=list(new.found),
                kept=list(new.kept),
                drawn=new.drawn,
                word="",
            )
            .returning(cases)
        ).one()
        return _case(row)

    def get(self, id: CaseId) -> Case | None:
        """By id."""
        return self._one(cases.c.id == id)

    def by_code(self, community: CommunityId, code: str) -> Case | None:
        """By its code."""
        return self._one(cases.c.community_id == community, cases.c.code == code)

    def by_message(self, community: CommunityId, message: str) -> Case | None:
        """The case that stands in a message."""
        return self._one(cases.c.community_id == community, cases.c.message == message)

    def of(self, author: MemberId, community: CommunityId) -> tuple[Case, ...]:
        """An author's cases that are held or shown, newest first."""
        found = self._connection.execute(
            select(cases)
            .where(cases.c.author_id == author, cases.c.community_id == community)
            .where(cases.c.state.in_([*HELD, *SHOWN]))
            .order_by(cases.c.id.desc())
        )
        return tuple(_case(row) for row in found)

    def in_state(
        self, states: Collection[CaseState], community: CommunityId | None = None
    ) -> tuple[Case, ...]:
        """Cases in one of these states, oldest first."""
        chosen = select(cases).where(cases.c.state.in_(list(states))).order_by(cases.c.id)
        if community is not None:
            chosen = chosen.where(cases.c.community_id == community)
        return tuple(_case(row) for row in self._connection.execute(chosen))

    def move(self, case: CaseId, from_: CaseState, to: CaseState) -> bool:
        """Change the state; False if it is not `from_` any more, because another was faster."""
        moved = self._connection.execute(
            update(cases)
            .where(cases.c.id == case, cases.c.state == from_)
            .values(state=to)
            .returning(cases.c.id)
        )
        return moved.one_or_none() is not None

    def put(self, case: Case) -> None:
        """Keep what changed beside the state."""
        stands = case.stands
        self._connection.execute(
            update(cases)
            .where(cases.c.id == case.id)
            .values(
                channel=case.new.channel,
                due=case.due,
                expires=case.expires,
                digest=case.digest,
                message=stands.messages[0] if stands and stands.messages else None,
                messages=None if stands is None else list(stands.messages),
                files=None if stands is None else list(stands.files),
                reader_id=case.reader,
                word=case.word,
                flagged_id=case.flagged,
                why=case.why,
            )
        )

    def forget_word(self, case: CaseId) -> None:
        """What a second reader said goes."""
        self._forget(cases.c.id == case)

    def forget_words(self, now: datetime) -> None:
        """What second readers said goes, where the time of the case is over."""
        self._forget(cases.c.expires <= now)

    def note(self, noted: Noted) -> None:
        """Write a line of what was done."""
        self._connection.execute(
            insert(case_notes).values(
                case_id=noted.case,
                member_id=noted.member,
                at=noted.at,
                act=noted.act,
                found=list(noted.found),
                kept=list(noted.kept),
                drawn=noted.drawn,
            )
        )

    def notes(self, case: CaseId) -> tuple[Noted, ...]:
        """What was done, oldest first."""
        found = self._connection.execute(
            select(case_notes).where(case_notes.c.case_id == case).order_by(case_notes.c.id)
        )
        return tuple(
            Noted(
                CaseId(row.case_id),
                MemberId(row.member_id),
                row.at,
                row.act,
                tuple(row.found),
                tuple(row.kept),
                row.drawn,
            )
            for row in found
        )

    def seal(self, case: CaseId, sealed: str, expires: datetime) -> None:
        """Keep an encrypted draft."""
        self._connection.execute(
            insert_or_change(self._connection, case_drafts, ("case_id",), ("sealed", "expires")),
            {"case_id": case, "sealed": sealed, "expires": expires},
        )

    def sealed(self, case: CaseId) -> str | None:
        """An encrypted draft."""
        return self._connection.execute(
            select(case_drafts.c.sealed).where(case_drafts.c.case_id == case)
        ).scalar_one_or_none()

    def unseal(self, case: CaseId) -> None:
        """The encrypted draft goes."""
        gone = self._connection.execute(delete(case_drafts).where(case_drafts.c.case_id == case))
        self.wiped = self.wiped or gone.rowcount > 0

    def readers(self, community: CommunityId) -> tuple[MemberId, ...]:
        """Second readers who want to be told when a case waits."""
        found = self._connection.execute(
            select(case_readers.c.member_id)
            .where(case_readers.c.community_id == community)
            .order_by(case_readers.c.member_id)
        )
        return tuple(MemberId(row[0]) for row in found)

    def set_reader(self, community: CommunityId, member: MemberId, *, told: bool) -> None:
        """Whether this one wants to be told."""
        if told:
            self._connection.execute(
                insert_if_new(self._connection, case_readers, "community_id", "member_id"),
                {"community_id": community, "member_id": member},
            )
            return
        self._connection.execute(
            delete(case_readers).where(
                case_readers.c.community_id == community, case_readers.c.member_id == member
            )
        )

    def _forget(self, where: ColumnElement[bool]) -> None:
        changed = self._connection.execute(
            update(cases).where(cases.c.word != "", where).values(word="")
        )
        self.wiped = self.wiped or changed.rowcount > 0

    def _one(self, *where: Any) -> Case | None:
        row = self._connection.execute(select(cases).where(*where)).one_or_none()
        return None if row is None else _case(row)


def _case(row: Row[Any]) -> Case:
    new = NewCase(
        CommunityId(row.community_id),
        MemberId(row.author_id),
        Place(row.platform, row.workspace),
        row.channel,
        row.state,
        row.digest,
        row.permission,
        row.anonymous,
        row.later,
        row.due,
        row.expires,
        tuple(row.found),
        tuple(row.kept),
        row.drawn,
    )
    stands = None
    if row.messages is not None:
        stands = Stands(tuple(row.messages), tuple(row.files or ()))
    return Case(
        CaseId(row.id),
        row.code,
        new,
        row.state,
        row.at,
        row.due,
        row.expires,
        row.digest,
        stands,
        None if row.reader_id is None else MemberId(row.reader_id),
        row.word,
        None if row.flagged_id is None else MemberId(row.flagged_id),
        row.why,
    )
