"""Pairs as one of the two sees them: what one side was asked or tapped stays with that side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.follow_ups import Turn, turn_of
from bot.domain.pairs import Note, Pair, PairState, PromisedStep, Said
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.services.follow_ups.engine import hours_of
from bot.services.pairs import subject_of
from bot.services.ports import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """A pair as one of its sides sees it. `turns`: what is open between them.

    `begins`: what they would write now is the first that the other reads of them.
    """

    pair: Pair
    other: Someone
    turns: tuple[tuple[Matter, Turn], ...]
    steps: tuple[PromisedStep, ...]
    begins: bool = False


def find(work: Work, member: MemberId, community: CommunityId, code: str) -> Pair | None:
    """A pair of one's own, by its code."""
    pair = work.pairs.by_code(community, code)
    return pair if pair is not None and member in pair.sides else None


def shown(work: Work, member: MemberId, community: CommunityId, code: str) -> Shown | None:
    """An open pair of one's own, by its code."""
    found = (one for one in mine(work, member, community) if one.pair.code == code)
    return next((one for one in found if one.pair.open), None)


def mine(work: Work, member: MemberId, community: CommunityId) -> tuple[Shown, ...]:
    """One's own pairs, the closed ones last."""
    pairs = sorted(work.pairs.of(member, community), key=lambda pair: not pair.open)
    steps = work.pairs.steps(pair.id for pair in pairs)
    others = work.people.several(pair.other(member) for pair in pairs)
    return tuple(
        Shown(
            pair,
            others[pair.other(member)],
            _turns(work, pair, member),
            tuple(step for step in steps if step.pair == pair.id),
            begins(work, pair, member),
        )
        for pair in pairs
    )


def asked_on(work: Work, pair: Pair, member: MemberId) -> datetime | None:
    """When one side is asked next whether they met, within their hours, if that is planned."""
    found = [one for one in work.follow_ups.about(subject_of(pair)) if one.owes == member]
    step = found[0].next_step if found else None
    if step is None:
        return None
    return hours_of(work, member, pair.community).next_awake(step[1])


def begins(work: Work, pair: Pair, member: MemberId) -> bool:
    """Whether a trainee has not written to their mentor yet, as far as anybody said."""
    if member != pair.trainee or pair.state is not PairState.NEW:
        return False
    # Who has not heard back has written.
    return pair.trainee_said is not Said.NOT_HEARD and work.pairs.wrote(pair.id, member) is None


def is_first(work: Work, note: Note, pair: Pair) -> bool:
    """Whether a note is the first line of a trainee."""
    return note.author == pair.trainee and work.pairs.wrote(pair.id, note.author) == note.id


def note(work: Work, id: int) -> tuple[Note, Pair] | None:
    """A note and its pair."""
    found = work.pairs.note(id)
    pair = None if found is None else work.pairs.get(found.pair)
    return None if found is None or pair is None else (found, pair)


def _turns(work: Work, pair: Pair, member: MemberId) -> tuple[tuple[Matter, Turn], ...]:
    subjects = (subject_of(pair), f"heard:{pair.id}")
    found = [one for subject in subjects for one in work.follow_ups.about(subject)]
    # What the other side is asked privately stays private.
    shown = [one for one in found if member in (one.owes, one.waits)]
    return tuple((one.matter, turn) for one in shown if (turn := turn_of(one)) is not None)
