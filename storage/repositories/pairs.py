"""Pairs, their promised steps and notes, and questions, in the database."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, or_, select, update

from bot.domain.pairs import (
    Note,
    NoteId,
    Pair,
    PairId,
    PairState,
    PromisedStep,
    StepId,
    StepState,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.questions import Asked, AskedId, AskedState
from storage.models_pairs import asked, pair_notes, pair_steps, pairs

_COLUMN = {"community": "community_id", "mentor": "mentor_id", "trainee": "trainee_id"}
_NAMES = tuple(field.name for field in fields(Pair))
_SHOWN = tuple(pairs.c[_COLUMN.get(name, name)] for name in _NAMES)
_CHANGE = ("state", "weeks", "round", "next_round", "silent_rounds", "mentor_said", "trainee_said",
           "mentor_weeks", "trainee_weeks")  # fmt: skip
_STEP = (
    pair_steps.c.id,
    pair_steps.c.pair_id,
    pair_steps.c.owner_id,
    pair_steps.c.text,
    pair_steps.c.due,
    pair_steps.c.state,
)

# Putting a statement together takes longer than carrying it out, so the frequent ones are put
# together once.
_GET = select(*_SHOWN).where(pairs.c.id == bindparam("this"))
_PUT = (
    update(pairs)
    .where(pairs.c.id == bindparam("this"))
    .values({name: bindparam(name) for name in _CHANGE})
)
_ADD = insert(pairs).returning(*_SHOWN)
_OF = (
    select(*_SHOWN)
    .where(or_(pairs.c.mentor_id == bindparam("who"), pairs.c.trainee_id == bindparam("who")))
    .order_by(pairs.c.id.desc())
)
_OF_HERE = _OF.where(pairs.c.community_id == bindparam("community"))
_DUE = (
    select(*_SHOWN)
    .where(pairs.c.next_round <= bindparam("now"))
    .order_by(pairs.c.next_round, pairs.c.id)
    .limit(bindparam("most"))
)
_GET_STEP = select(*_STEP).where(pair_steps.c.id == bindparam("this"))
_STEPS = (
    select(*_STEP)
    .where(
        pair_steps.c.pair_id.in_(bindparam("pairs", expanding=True)),
        pair_steps.c.state == bindparam("state"),
    )
    .order_by(pair_steps.c.due, pair_steps.c.id)
)
_WROTE = select(func.min(pair_notes.c.id)).where(
    pair_notes.c.pair_id == bindparam("pair"), pair_notes.c.author_id == bindparam("author")
)
_BY_MESSAGE = select(asked).where(
    asked.c.community_id == bindparam("community"), asked.c.message == bindparam("said_in")
)
_GET_ASKED = select(asked).where(asked.c.id == bindparam("this"))


class PairsTable:
    """Pairs, as `bot.services.ports.Pairs` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        code: str,
        mentor: MemberId,
        trainee: MemberId,
        weeks: int,
        now: datetime,
    ) -> Pair:
        """A new pair."""
        row = self._connection.execute(
            _ADD,
            {
                "community_id": community,
                "code": code,
                "mentor_id": mentor,
                "trainee_id": trainee,
                "opened": now,
                "state": PairState.NEW,
                "weeks": weeks,
                "round": 0,
                "silent_rounds": 0,
            },
        ).one()
        return _pair(row)

    def get(self, id: PairId) -> Pair | None:
        """By id."""
        row = self._connection.execute(_GET, {"this": id}).one_or_none()
        return None if row is None else _pair(row)

    def by_code(self, community: CommunityId, code: str) -> Pair | None:
        """By its code."""
        row = self._connection.execute(
            select(*_SHOWN).where(pairs.c.community_id == community, pairs.c.code == code)
        ).one_or_none()
        return None if row is None else _pair(row)

    def put(self, pair: Pair) -> None:
        """Keep what changed."""
        values = {name: getattr(pair, name) for name in _CHANGE}
        self._connection.execute(_PUT, {**values, "this": pair.id})

    def of(self, member: MemberId, community: CommunityId | None = None) -> tuple[Pair, ...]:
        """A member's pairs, newest first."""
        if community is None:
            found = self._connection.execute(_OF, {"who": member})
        else:
            found = self._connection.execute(_OF_HERE, {"who": member, "community": community})
        return tuple(_pair(row) for row in found)

    def open_in(self, community: CommunityId) -> frozenset[tuple[MemberId, MemberId]]:
        """Trainee and mentor of every open pair."""
        c = pairs.c
        found = select(c.trainee_id, c.mentor_id).where(
            c.community_id == community, c.state != PairState.CLOSED
        )
        return frozenset(
            (MemberId(row[0]), MemberId(row[1])) for row in self._connection.execute(found)
        )

    def due(self, now: datetime, limit: int) -> tuple[Pair, ...]:
        """Open pairs whose next check-in has come."""
        found = self._connection.execute(_DUE, {"now": now, "most": limit})
        return tuple(_pair(row) for row in found)

    def next_round(self) -> datetime | None:
        """When the next check-in comes."""
        return self._connection.execute(select(func.min(pairs.c.next_round))).scalar_one()

    def add_step(self, pair: PairId, owner: MemberId, text: str, due: datetime) -> PromisedStep:
        """A promised step."""
        row = self._connection.execute(
            insert(pair_steps)
            .values(pair_id=pair, owner_id=owner, text=text, due=due, state=StepState.OPEN)
            .returning(*_STEP)
        ).one()
        return _step(row)

    def step(self, id: StepId) -> PromisedStep | None:
        """By id."""
        row = self._connection.execute(_GET_STEP, {"this": id}).one_or_none()
        return None if row is None else _step(row)

    def set_step(self, id: StepId, state: StepState, due: datetime) -> None:
        """Keep what changed."""
        self._connection.execute(
            update(pair_steps).where(pair_steps.c.id == id).values(state=state, due=due)
        )

    def steps(
        self, pairs: Iterable[PairId], state: StepState = StepState.OPEN
    ) -> tuple[PromisedStep, ...]:
        """Steps that are open, or in another state; by date."""
        found = self._connection.execute(_STEPS, {"pairs": tuple(pairs), "state": state})
        return tuple(_step(row) for row in found)

    def add_note(
        self, pair: PairId, author: MemberId, text: str, now: datetime, question: str = ""
    ) -> Note:
        """A note."""
        id = self._connection.execute(
            insert(pair_notes)
            .values(pair_id=pair, author_id=author, text=text, question=question, at=now)
            .returning(pair_notes.c.id)
        ).scalar_one()
        return Note(NoteId(id), pair, author, text, now, question)

    def note(self, id: int) -> Note | None:
        """By id."""
        row = self._connection.execute(
            select(
                pair_notes.c.id,
                pair_notes.c.pair_id,
                pair_notes.c.author_id,
                pair_notes.c.text,
                pair_notes.c.at,
                pair_notes.c.question,
            ).where(pair_notes.c.id == id)
        ).one_or_none()
        if row is None:
            return None
        return Note(NoteId(row[0]), PairId(row[1]), MemberId(row[2]), row[3], row[4], row[5])

    def wrote(self, pair: PairId, author: MemberId) -> NoteId | None:
        """The first note of one side; None if they wrote none."""
        first = self._connection.execute(_WROTE, {"pair": pair, "author": author}).scalar_one()
        return None if first is None else NoteId(first)


class QuestionsTable:
    """Questions, as `bot.services.ports.Questions` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(
        self,
        community: CommunityId,
        code: str,
        asker: MemberId,
        topic: str,
        text: str,
        now: datetime,
        *,
        anonymous: bool,
        link: str = "",
        message: str | None = None,
    ) -> Asked:
        """A new question."""
        row = self._connection.execute(
            insert(asked)
            .values(
                community_id=community,
                code=code,
                asker_id=asker,
                anonymous=anonymous,
                topic=topic,
                text=text,
                at=now,
                state=AskedState.OPEN,
                heard=False,
                link=link,
                message=message,
            )
            .returning(*asked.c)
        ).one()
        return _asked(row)

    def get(self, id: AskedId) -> Asked | None:
        """By id."""
        row = self._connection.execute(_GET_ASKED, {"this": id}).one_or_none()
        return None if row is None else _asked(row)

    def by_code(self, community: CommunityId, code: str) -> Asked | None:
        """By its code."""
        row = self._connection.execute(
            select(asked).where(asked.c.community_id == community, asked.c.code == code)
        ).one_or_none()
        return None if row is None else _asked(row)

    def open_by_topic(self, community: CommunityId, apart: MemberId) -> dict[str, int]:
        """How many people have questions open, by topic; without one of them."""
        rows = self._connection.execute(
            select(asked.c.topic, func.count(asked.c.asker_id.distinct()))
            .where(
                asked.c.community_id == community,
                asked.c.state == AskedState.OPEN,
                asked.c.asker_id != apart,
            )
            .group_by(asked.c.topic)
        )
        return {row[0]: row[1] for row in rows}

    def askers(self, community: CommunityId, topic: str) -> frozenset[MemberId]:
        """Who has questions open on a topic."""
        rows = self._connection.execute(
            select(asked.c.asker_id).where(
                asked.c.community_id == community,
                asked.c.state == AskedState.OPEN,
                asked.c.topic == topic,
            )
        )
        return frozenset(MemberId(row[0]) for row in rows)

    def by_message(self, community: CommunityId, message: str) -> Asked | None:
        """The one that stands in an ordinary message."""
        row = self._connection.execute(
            _BY_MESSAGE, {"community": community, "said_in": message}
        ).one_or_none()
        return None if row is None else _asked(row)

    def put(self, asked: Asked) -> None:
        """Keep what changed."""
        self._connection.execute(
            update(_ASKED)
            .where(_ASKED.c.id == asked.id)
            .values(state=asked.state, heard=asked.heard, text=asked.text)
        )


_ASKED = asked


def _pair(row: Row[*tuple[Any, ...]]) -> Pair:
    return Pair(**dict(zip(_NAMES, row, strict=True)))


def _step(row: Row[*tuple[Any, ...]]) -> PromisedStep:
    return PromisedStep(StepId(row[0]), PairId(row[1]), MemberId(row[2]), row[3], row[4], row[5])


def _asked(row: Row[*tuple[Any, ...]]) -> Asked:
    return Asked(
        id=AskedId(row.id),
        code=row.code,
        community=CommunityId(row.community_id),
        asker=MemberId(row.asker_id),
        anonymous=row.anonymous,
        topic=row.topic,
        text=row.text,
        at=row.at,
        state=row.state,
        heard=row.heard,
        link=row.link,
    )
