"""A draft that holds: its pairs come to be a few at a time, and everybody who took part hears it.

Checked again here: nobody's capacity is ever exceeded, whatever the draft says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.listings import accepted
from bot.domain.people import MemberId
from bot.domain.requests import LASTS
from bot.domain.rounds import MatchRound, RoundId, RoundState
from bot.domain.seekers import Seeker
from bot.domain.taxonomy import Format
from bot.services import pairs
from bot.services.mentors import telling
from bot.services.mentors.keeping import keep
from bot.services.mentors.rounds import apart_in, places
from bot.services.mentors.telling import Kind
from bot.services.ports import Work
from bot.services.ports.mentors import Bond


def publish(work: Work, id: RoundId, revision: int) -> bool:
    """The draft holds; `introduce` does the rest. False if somebody was faster, or changed it."""
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.DRAFT or found.revision != revision:
        return False
    work.rounds.put(replace(found, state=RoundState.PUBLISHING, revision=revision + 1))
    return True


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a draft. `left_out`: drafted, and not a pair; `already`: they are one by now;
    `unmatched`: trainees without a pair, whatever the draft said; `free`: mentors without one.
    """

    pairs: int = 0
    left_out: int = 0
    already: int = 0
    unmatched: int = 0
    free: int = 0

    def __add__(self, other: Published) -> Published:
        return Published(
            self.pairs + other.pairs,
            self.left_out + other.left_out,
            self.already + other.already,
            self.unmatched + other.unmatched,
            self.free + other.free,
        )


def introduce(work: Work, now: datetime, id: RoundId, most: int = 20) -> Published | None:
    """The next few people of a published draft get their pair, each only if the mentor has a place
    at this moment, or hear that there is none; at the end the mentors whom nobody was paired with.
    None: everybody was told.

    A few at a time, so that nobody waits for a whole round; after a crash it goes on where it was.
    """
    found = work.rounds.get(id)
    if found is None or found.state is not RoundState.PUBLISHING:
        return None
    everybody = work.rounds.people(id)
    trainees = [one for one in everybody if not one.mentors][:most]
    if not trainees:
        return _without(work, now, found, [one.member for one in everybody][:most])
    home, draft = found.community, found.draft
    members = [one.member for one in trainees]
    seekers = work.seekers.several(home, members)
    listings = work.listings.several(home, {draft[one] for one in members if one in draft})
    apart = apart_in(work, trainees, listings, seekers, work.rounds.apart(home))
    done = Published()
    for one in members:
        mentor = draft.get(one)
        seeker = seekers.get(one) or Seeker(one, home, now)
        if mentor is not None and _are_pair(work, found, one, mentor):
            done += Published(already=1)
            _tell(work, now, Kind.ROUND_OVER, found, one)
            work.rounds.leave(id, mentor, mentors=True)
        elif mentor is not None and (one, mentor) not in apart and _pair(
            work, now, found, one, mentor):  # fmt: skip
            done += Published(pairs=1)
            seeker = replace(seeker, matched=True, unmatched=0)
            work.rounds.leave(id, mentor, mentors=True)
        else:
            done += Published(left_out=int(mentor is not None), unmatched=1)
            seeker = replace(seeker, unmatched=seeker.unmatched + 1)
            _tell(work, now, Kind.UNMATCHED, found, one)
        work.seekers.put(seeker)
        # Who is not in the list any more was told.
        work.rounds.leave(id, one, mentors=False)
    return done


def cancel(work: Work, now: datetime, id: RoundId) -> int | None:
    """Nothing comes of a round; how many people hear it. None: it was over already."""
    found = work.rounds.get(id)
    if found is None or not found.going_on:
        return None
    work.rounds.put(replace(found, state=RoundState.CANCELLED, revision=found.revision + 1))
    members = {one.member for one in work.rounds.people(id)}
    for one in sorted(members):
        _tell(work, now, Kind.ROUND_OFF, found, one)
    return len(members)


def _without(
    work: Work, now: datetime, round_: MatchRound, mentors: list[MemberId]
) -> Published | None:
    if not mentors:
        work.rounds.put(replace(round_, state=RoundState.PUBLISHED))
        return None
    for one in mentors:
        _tell(work, now, Kind.UNCHOSEN, round_, one)
        work.rounds.leave(round_.id, one, mentors=True)
    return Published(free=len(mentors))


def _tell(work: Work, now: datetime, kind: Kind, round_: MatchRound, member: MemberId) -> None:
    subject = f"round:{round_.id}"
    telling.tell(work, now, kind, round_.community, member, round_.id, subject, once=True)


def _are_pair(work: Work, round_: MatchRound, trainee: MemberId, mentor: MemberId) -> bool:
    mine = work.pairs.of(trainee, round_.community)
    return any(one.open and mentor in one.sides for one in mine)


def _pair(
    work: Work, now: datetime, round_: MatchRound, trainee: MemberId, mentor: MemberId
) -> bool:
    here = all(round_.community in work.people.communities(one) for one in (trainee, mentor))
    listing = work.listings.of(round_.community, mentor, hold=True)
    if listing is None or not here or places(listing, now) == 0:
        return False
    taken = accepted(listing, Format.ONGOING, now)
    if taken is None:
        return False
    keep(work, taken, now)
    pair = pairs.open_pair(work, now, round_.community, mentor, trainee)
    until = now + LASTS[Format.ONGOING]
    work.requests.bond(Bond(pair.id, listing.id, Format.ONGOING, "", until, holds=True))
    return True
