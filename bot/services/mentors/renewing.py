"""The renewal question of a pair: two answers, each private, and what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.follow_ups import FollowUp
from bot.domain.pairs import Pair, PairId
from bot.domain.people import MemberId
from bot.services import pairs
from bot.services.follow_ups import engine
from bot.services.mentors import bonds
from bot.services.ports import Work


def renew(work: Work, now: datetime, member: MemberId, id: PairId, *, yes: bool) -> Pair | None:
    """One side's answer. A no closes with thanks; it takes two to go on."""
    pair, bond = work.pairs.get(id), work.requests.bond_of(id)
    if pair is None or bond is None or member not in pair.sides or not pair.open:
        return None
    engine.settle(work, now, bonds.subject_of(pair), member)
    if not yes:
        return pairs.end_pair(work, now, pair)
    side = {"renew_mentor": True} if member == pair.mentor else {"renew_trainee": True}
    bond = replace(bond, **side)
    if bond.renew_mentor and bond.renew_trainee:
        bond = bonds.renewed(bond, now)
        pairs.alive(work, now, pair.mentor, pair.trainee)
    work.requests.bond(bond)
    return pair


def left(work: Work, now: datetime, left: FollowUp) -> None:
    """Nobody answered in time: closed with thanks, and either can reopen it."""
    pair = work.pairs.get(PairId(left.ref))
    if pair is not None and pair.open and bonds.is_last(work, left):
        pairs.end_pair(work, now, pair)
