"""Pairs made by the directory: their time box, the place they take, and what silence means.

Called by `services.pairs` when a pair ends or goes on, so a place is never held by a closed pair.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.follow_ups import Ending, FollowUp, NewFollowUp
from bot.domain.listings import accepted
from bot.domain.pairs import Pair
from bot.domain.policies import FIRST_MEETINGS, Matter
from bot.domain.requests import LASTS
from bot.domain.seekers import Seeker, left_without_word, pending_cap
from bot.services.follow_ups import engine
from bot.services.mentors import telling
from bot.services.mentors.keeping import free, keep
from bot.services.mentors.telling import Kind
from bot.services.ports import Work
from bot.services.ports.mentors import Bond


def ended(work: Work, now: datetime, pair: Pair) -> None:
    """A pair is closed: its place is free again."""
    bond = work.requests.bond_of(pair.id)
    if bond is None:
        return
    engine.withdraw(work, now, subject_of(pair))
    if bond.holds:
        work.requests.bond(replace(bond, holds=False))
        free(work, now, bond.listing, pair.id)


def may_go_on(work: Work, now: datetime, pair: Pair) -> bool:
    """A closed pair wants to go on; False if the mentor's own capacity has no place for it."""
    bond = work.requests.bond_of(pair.id)
    if bond is None:
        return True
    if bond.form.lasts and not bond.holds:
        listing = work.listings.get(bond.listing, hold=True)
        more = None if listing is None else accepted(listing, bond.form, now)
        if more is None:
            return False
        keep(work, more, now)
    work.requests.bond(
        replace(
            bond,
            holds=bond.form.lasts,
            until=max(bond.until, now + LASTS[bond.form]),
            asked=False,
            renew_mentor=None,
            renew_trainee=None,
        )
    )
    return True


def left_silent(work: Work, now: datetime, pair: Pair) -> None:
    """A new pair closes without a first meeting. If it was the trainee who said nothing at all, it
    counts; the second time within half a year fewer requests are open at a time.
    """
    bond = work.requests.bond_of(pair.id)
    if bond is None or pair.trainee_said is not None:
        return
    if work.pairs.wrote(pair.id, pair.trainee) is not None:
        return
    if FIRST_MEETINGS in work.without.of(pair.trainee):
        # Who was not asked has left nothing without an answer.
        return
    about = work.follow_ups.about(f"pair:{pair.id}", ended=True)
    theirs = [one for one in about if one.owes == pair.trainee]
    if not theirs or theirs[-1].ending is not Ending.CLOSED:
        return
    seeker = work.seekers.get(pair.community, pair.trainee)
    seeker = seeker or Seeker(pair.trainee, pair.community, now)
    before = pending_cap(seeker, now)
    seeker = left_without_word(seeker, now)
    work.seekers.put(seeker)
    if pending_cap(seeker, now) < before:
        telling.tell(
            work, now, Kind.CAP, pair.community, pair.trainee, pair.id, f"cap:{pair.trainee}"
        )


def ask_to_renew(work: Work, now: datetime, limit: int = 50) -> int:
    """Pairs whose time box is over: both are asked, each privately."""
    due = work.requests.bonds_due(now, limit)
    for bond in due:
        work.requests.bond(replace(bond, asked=True, renew_mentor=None, renew_trainee=None))
        pair = work.pairs.get(bond.pair)
        if pair is None or not pair.open:
            continue
        for side in pair.sides:
            new = NewFollowUp(pair.community, Matter.RENEWAL, subject_of(pair), pair.id, side)
            engine.start(work, now, new)
    return len(due)


def renewed(bond: Bond, now: datetime) -> Bond:
    """Another time box."""
    return replace(
        bond, until=now + LASTS[bond.form], asked=False, renew_mentor=None, renew_trainee=None
    )


def subject_of(pair: Pair) -> str:
    """What the question whether to go on is about."""
    return f"renewal:{pair.id}"


def is_last(work: Work, left: FollowUp) -> bool:
    """Whether nobody else is still asked about the same."""
    return not work.follow_ups.about(left.subject)
