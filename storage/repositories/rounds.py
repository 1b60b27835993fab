"""Matching rounds, who takes part, and who is not to be matched with whom, in the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, delete, insert, select, update

from bot.domain.people import CommunityId, MemberId
from bot.domain.rounds import MatchRound, RoundId, RoundState, TakesPart
from storage.dialects import insert_if_new, insert_or_change
from storage.models_mentors import mentor_apart, mentor_round_people, mentor_rounds


class RoundsTable:
    """Rounds, as `bot.services.ports.Rounds` asks for them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def open(self, community: CommunityId, by: MemberId, now: datetime) -> MatchRound:
        """A new one."""
        id = self._connection.execute(
            insert(mentor_rounds)
            .values(
                community_id=community,
                state=RoundState.OPEN,
                opened_by_id=by,
                opened=now,
                draft=[],
                revision=0,
            )
            .returning(mentor_rounds.c.id)
        ).scalar_one()
        return MatchRound(RoundId(id), community, RoundState.OPEN, by, now)

    def get(self, id: RoundId) -> MatchRound | None:
        """By id."""
        return self._one(select(mentor_rounds).where(mentor_rounds.c.id == id))

    def last(self, community: CommunityId) -> MatchRound | None:
        """The newest one."""
        c = mentor_rounds.c
        return self._one(
            select(mentor_rounds).where(c.community_id == community).order_by(c.id.desc()).limit(1)
        )

    def unfinished(self) -> tuple[RoundId, ...]:
        """Those whose pairs are being introduced."""
        c = mentor_rounds.c
        found = select(c.id).where(c.state == RoundState.PUBLISHING).order_by(c.id)
        return tuple(RoundId(id) for id in self._connection.execute(found).scalars())

    def put(self, round_: MatchRound) -> None:
        """Keep what changed."""
        self._connection.execute(
            update(mentor_rounds)
            .where(mentor_rounds.c.id == round_.id)
            .values(
                state=round_.state,
                draft=[list(pair) for pair in sorted(round_.draft.items())],
                revision=round_.revision,
            )
        )

    def take_part(self, id: RoundId, person: TakesPart) -> None:
        """Somebody takes part."""
        self._connection.execute(
            insert_or_change(
                self._connection,
                mentor_round_people,
                ("round_id", "member_id", "mentors"),
                ("ranked", "tied"),
            ),
            {
                "round_id": id,
                "member_id": person.member,
                "mentors": person.mentors,
                "ranked": list(person.ranked),
                "tied": person.tied,
            },
        )

    def leave(self, id: RoundId, member: MemberId, *, mentors: bool | None = None) -> None:
        """Somebody does not, after all."""
        c = mentor_round_people.c
        gone = delete(mentor_round_people).where(c.round_id == id, c.member_id == member)
        self._connection.execute(gone if mentors is None else gone.where(c.mentors == mentors))

    def people(self, id: RoundId) -> tuple[TakesPart, ...]:
        """Everybody who takes part."""
        c = mentor_round_people.c
        rows = self._connection.execute(
            select(c.member_id, c.mentors, c.ranked, c.tied)
            .where(c.round_id == id)
            .order_by(c.mentors, c.member_id)
        )
        return tuple(
            TakesPart(MemberId(row[0]), row[1], tuple(MemberId(one) for one in row[2]), row[3])
            for row in rows
        )

    def keep_apart(
        self, community: CommunityId, one: MemberId, other: MemberId, now: datetime
    ) -> None:
        """These two are never matched."""
        first, second = sorted((one, other))
        self._connection.execute(
            insert_if_new(self._connection, mentor_apart, "community_id", "one_id", "other_id"),
            {"community_id": community, "one_id": first, "other_id": second, "at": now},
        )

    def let_meet(self, community: CommunityId, one: MemberId, other: MemberId) -> None:
        """They may be."""
        c = mentor_apart.c
        first, second = sorted((one, other))
        self._connection.execute(
            delete(mentor_apart).where(
                c.community_id == community, c.one_id == first, c.other_id == second
            )
        )

    def apart(self, community: CommunityId) -> tuple[tuple[MemberId, MemberId], ...]:
        """Who is not to be matched with whom."""
        c = mentor_apart.c
        rows = self._connection.execute(
            select(c.one_id, c.other_id).where(c.community_id == community).order_by(c.at, c.one_id)
        )
        return tuple((MemberId(row[0]), MemberId(row[1])) for row in rows)

    def _one(self, found: Select[Any]) -> MatchRound | None:
        row = self._connection.execute(found).one_or_none()
        if row is None:
            return None
        draft = {MemberId(pair[0]): MemberId(pair[1]) for pair in cast(list[list[int]], row.draft)}
        return MatchRound(
            RoundId(row.id),
            CommunityId(row.community_id),
            row.state,
            MemberId(row.opened_by_id),
            row.opened,
            draft,
            row.revision,
        )
