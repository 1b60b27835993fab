"""Use cases of pairs: opened by a match, asked now and then, ended kindly, reopened at any time.

What one side taps is kept for the next decision and never shown to the other.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from bot.domain.delivery import NewDelivery
from bot.domain.follow_ups import Ending, FollowUp, NewFollowUp
from bot.domain.pairs import (
    CLOSE_AFTER,
    LEAST_WEEKS,
    MOST_WEEKS,
    QUIET_AFTER,
    USUAL_WEEKS,
    Note,
    Pair,
    PairId,
    PairState,
    PromisedStep,
    Said,
    StepState,
)
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import CHECK_INS, FIRST_MEETINGS, Matter
from bot.services.follow_ups import telling
from bot.services.follow_ups.engine import Closer, restart, settle, start, withdraw
from bot.services.mentors import bonds
from bot.services.ports import Work

LONGEST_REST = timedelta(days=366)
"""The longest pause that one side can choose for both."""
SOON = timedelta(weeks=2)
"""When a pair that has not met yet is asked again."""


class Kind(enum.StrEnum):
    """The kinds of deliveries about pairs; `ref` is the pair, or the note."""

    NEW = "pair.new"
    NOTE = "pair.note"
    QUIET = "pair.quiet"
    CLOSED = "pair.closed"
    FAREWELL = "pair.farewell"
    REST = "pair.rest"
    REOPENED = "pair.reopened"
    KEPT = "pair.kept"


def subject_of(pair: Pair) -> str:
    """What check-ins of a pair are about."""
    return f"pair:{pair.id}"


def open_pair(
    work: Work,
    now: datetime,
    community: CommunityId,
    mentor: MemberId,
    trainee: MemberId,
    weeks: int = USUAL_WEEKS,
    *,
    knows: MemberId | None = None,
) -> Pair:
    """Two people were matched: both are introduced, and asked later on whether they met.

    `weeks` between two check-ins is kept within 4 and 6. `knows`: who reads of it elsewhere at this
    moment, so that no message is sent to them.
    """
    weeks = min(max(weeks, LEAST_WEEKS), MOST_WEEKS)
    code = work.codes.next(community)
    pair = work.pairs.add(community, code, mentor, trainee, weeks, now)
    _tell(work, now, pair, Kind.NEW, tuple(one for one in pair.sides if one != knows))
    _ask_both(work, now, pair, Matter.FIRST_MEETING)
    return pair


def answer(work: Work, now: datetime, member: MemberId, id: PairId, said: Said) -> Pair | None:
    """One tap about a pair of one's own; the pair as it stands then."""
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    pair = _alive(work, now, pair, member)
    _came_of_it(work, now, pair, member)
    mentor = member == pair.mentor
    pair = replace(
        pair,
        mentor_said=said if mentor else pair.mentor_said,
        trainee_said=pair.trainee_said if mentor else said,
    )
    if said is Said.MET:
        withdraw(work, now, f"heard:{pair.id}")
        _hush_end(work, pair, (member,))
        pair = replace(pair, state=PairState.RUNNING)
        # What was planned before they met was for a pair that had not.
        again = now + pair.rhythm
        pair = replace(pair, next_round=max(pair.next_round or again, again))
    pair = _planned(work, now, pair)
    work.pairs.put(pair)
    if said is Said.NOT_HEARD and ask_other(work, now, pair, member) and pair.disagrees:
        # The other side has answered, and that stays with them: nobody is asked, and whoever waits
        # sees and hears the same as if somebody were.
        settle(work, now, f"heard:{pair.id}", pair.other(member))
        _came_of_it(work, now, pair, pair.other(member))
    return pair


def ask_other(work: Work, now: datetime, pair: Pair, member: MemberId) -> bool:
    """The other side is asked once, without blame; False if that is under way."""
    subject = f"heard:{pair.id}"
    if work.follow_ups.about(subject):
        return False
    start(
        work,
        now,
        NewFollowUp(pair.community, Matter.NOT_HEARD, subject, pair.id, pair.other(member), member),
    )
    return True


def alive(work: Work, now: datetime, member: MemberId, other: MemberId) -> None:
    """An act in the product that shows that two people are in touch, such as a signup."""
    for pair in work.pairs.of(member):
        if pair.open and other in pair.sides:
            work.pairs.put(_planned(work, now, _alive(work, now, pair, member)))
            _came_of_it(work, now, pair, member)


def in_touch(work: Work, member: MemberId, other: MemberId) -> bool:
    """Whether two people are a pair somewhere, so that an act of one is a sign of life."""
    return any(pair.open and other in pair.sides for pair in work.pairs.of(member))


def send_note(
    work: Work, now: datetime, member: MemberId, id: PairId, text: str, question: str = ""
) -> Note | None:
    """A progress note to the other side; it is a sign of life, too."""
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    note = work.pairs.add_note(pair.id, member, text, now, question)
    _tell_one(work, now, pair, Kind.NOTE, pair.other(member), note.id)
    if pair.state is PairState.NEW:
        _asked_later(work, now, pair, member)
        return note
    work.pairs.put(_planned(work, now, _alive(work, now, pair, member)))
    return note


def rest(work: Work, now: datetime, member: MemberId, id: PairId, until: datetime) -> Pair | None:
    """No check-ins for both until then."""
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    withdraw(work, now, subject_of(pair))
    pair = replace(pair, next_round=until, silent_rounds=0)
    work.pairs.put(pair)
    work.deliveries.cancel(f"pair.rest:{pair.id}")
    _tell_one(work, now, pair, Kind.REST, pair.other(member), pair.id, "pair.rest")
    return pair


def set_rhythm(work: Work, now: datetime, member: MemberId, id: PairId, weeks: int) -> Pair | None:
    """How many weeks one side would like between two check-ins, kept within 4 and 6.

    A longer time holds at once, a shorter one from the next check-in on.
    """
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    weeks = min(max(weeks, LEAST_WEEKS), MOST_WEEKS)
    if member == pair.mentor:
        wished = replace(pair, mentor_weeks=weeks)
    else:
        wished = replace(pair, trainee_weeks=weeks)
    longer = wished.rhythm - pair.rhythm
    if pair.next_round is not None and pair.state is not PairState.NEW and longer > timedelta():
        wished = replace(wished, next_round=pair.next_round + longer)
    work.pairs.put(wished)
    return wished


def close(work: Work, now: datetime, member: MemberId, id: PairId, words: str = "") -> Pair | None:
    """Ends a pair with thanks; both hear it."""
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    other = pair.other(member)
    if not words:
        return end_pair(work, now, pair, tell=(other,))
    farewell = work.pairs.add_note(pair.id, member, words, now)
    pair = end_pair(work, now, pair, tell=())
    # One message says both: that it is closed, and the words.
    _tell_one(work, now, pair, Kind.FAREWELL, other, farewell.id)
    return pair


def reopen(work: Work, now: datetime, member: MemberId, id: PairId) -> Pair | None:
    """A closed pair goes on."""
    pair = own(work, member, id)
    if pair is None or pair.open or not _both_here(work, pair):
        return None
    if pair.other(member) in work.blocks.around(member):
        return None
    if not bonds.may_go_on(work, now, pair):
        return None
    pair = replace(
        pair,
        state=PairState.RUNNING,
        silent_rounds=0,
        round=pair.round + 1,
        mentor_said=None,
        trainee_said=None,
        next_round=now + timedelta(weeks=pair.every),
    )
    work.pairs.put(pair)
    for step in work.pairs.steps([pair.id], StepState.DROPPED):
        _go_on(work, now, step)
    _tell(work, now, pair, Kind.REOPENED, pair.sides)
    return pair


def _go_on(work: Work, now: datetime, step: PromisedStep) -> None:
    """A step ahead that nobody dropped: the end of the pair took it off the list."""
    for left in work.follow_ups.about(f"step:{step.id}", ended=True)[-1:]:
        if left.ending is Ending.WITHDRAWN and step.due > now:
            work.pairs.set_step(step.id, StepState.OPEN, step.due)
            restart(work, now, left, step.due)


def begin_rounds(work: Work, now: datetime, limit: int = 50) -> int:
    """Check-ins whose time has come are opened; how many."""
    due = work.pairs.due(now, limit)
    for pair in due:
        withdraw(work, now, subject_of(pair))
        begun = replace(
            pair, round=pair.round + 1, next_round=None, mentor_said=None, trainee_said=None
        )
        work.pairs.put(begun)
        _ask_both(work, now, begun, Matter.CHECK_IN)
    return len(due)


def _first_meeting_left(work: Work, now: datetime, left: FollowUp) -> None:
    pair = work.pairs.get(PairId(left.ref))
    if pair is None or not pair.open:
        return
    if pair.state is not PairState.NEW or Said.KEEP in (pair.mentor_said, pair.trainee_said):
        pair = _planned(work, now, pair)
        work.pairs.put(pair)
        silent = () if left.owes is None or left.ending is not Ending.CLOSED else (left.owes,)
        asked = [one for one in silent if FIRST_MEETINGS not in work.without.of(one)]
        _tell(work, now, pair, Kind.KEPT, asked)
        return
    if work.follow_ups.about(left.subject):
        return
    bonds.left_silent(work, now, pair)
    end_pair(work, now, pair)


def _check_in_left(work: Work, now: datetime, left: FollowUp) -> None:
    pair = work.pairs.get(PairId(left.ref))
    if pair is None or not pair.open or work.follow_ups.about(left.subject):
        return
    answered = pair.mentor_said is not None or pair.trainee_said is not None
    without = work.without.several(pair.sides)
    nobody_asked = all(CHECK_INS in without.get(side, ()) for side in pair.sides)
    if answered or nobody_asked or pair.next_round is not None or left.ending is Ending.UNREACHED:
        # Not to be reached, or not to be asked, is not the same as silent.
        work.pairs.put(_planned(work, now, pair))
        return
    pair = replace(pair, silent_rounds=pair.silent_rounds + 1)
    if pair.silent_rounds >= CLOSE_AFTER:
        end_pair(work, now, pair)
        return
    if pair.silent_rounds >= QUIET_AFTER:
        pair = replace(pair, state=PairState.QUIET)
        _tell(work, now, pair, Kind.QUIET, pair.sides)
    work.pairs.put(replace(pair, next_round=now + pair.rhythm))


CLOSERS: Mapping[Matter, Closer] = MappingProxyType(
    {Matter.FIRST_MEETING: _first_meeting_left, Matter.CHECK_IN: _check_in_left}
)
"""What pairs do when nobody answered."""


def own(work: Work, member: MemberId, id: PairId) -> Pair | None:
    """A pair that one is part of."""
    pair = work.pairs.get(id)
    return pair if pair is not None and member in pair.sides else None


def _both_here(work: Work, pair: Pair) -> bool:
    return all(pair.community in work.people.communities(side) for side in pair.sides)


def _alive(work: Work, now: datetime, pair: Pair, member: MemberId) -> Pair:
    settle(work, now, subject_of(pair), member)
    settle(work, now, f"heard:{pair.id}", member)
    if pair.state is PairState.QUIET:
        return replace(pair, silent_rounds=0, state=PairState.RUNNING)
    return replace(pair, silent_rounds=0)


def _asked_later(work: Work, now: datetime, pair: Pair, member: MemberId) -> None:
    """Somebody wrote: whether they met is still asked, on the day that was said if it is ahead."""
    settle(work, now, f"heard:{pair.id}", member)
    for one in work.follow_ups.about(subject_of(pair)):
        if one.owes == member and one.said is not None:
            restart(work, now, one)


def _came_of_it(work: Work, now: datetime, pair: Pair, member: MemberId) -> None:
    """Whoever had not heard back learns that nothing more is asked, in the words of any end, and on
    the day on which it would have ended without a word: when the other side acted is theirs."""
    ended = work.follow_ups.about(f"heard:{pair.id}", ended=True)[-1:]
    for one in ended:
        if one.owes == member and one.waits is not None and one.ended_at == now:
            telling.closed(work, max(now, one.deadline), one, one.waits)


def _hush_end(work: Work, pair: Pair, members: tuple[MemberId, ...]) -> None:
    """Whoever of them had not heard back needs no word any more about what came of it."""
    for one in work.follow_ups.about(f"heard:{pair.id}", ended=True)[-1:]:
        if one.waits in members:
            work.deliveries.cancel(telling.closing_of(one))


def _planned(work: Work, now: datetime, pair: Pair) -> Pair:
    """With a next check-in, unless a question is open or one is planned."""
    if pair.next_round is not None:
        return pair
    if pair.state is not PairState.NEW:
        return replace(pair, next_round=now + pair.rhythm)
    if work.follow_ups.about(subject_of(pair)):
        return pair
    return replace(pair, next_round=now + SOON)


def end_pair(
    work: Work, now: datetime, pair: Pair, tell: tuple[MemberId, ...] | None = None
) -> Pair:
    """Nothing is asked about a pair any more; whoever of them is here hears that it is closed.

    `tell`: who has not read so already; None for both.
    """
    withdraw(work, now, subject_of(pair))
    withdraw(work, now, f"heard:{pair.id}")
    _hush_end(work, pair, pair.sides)
    for step in work.pairs.steps([pair.id]):
        withdraw(work, now, f"step:{step.id}")
        work.pairs.set_step(step.id, StepState.DROPPED, step.due)
    pair = replace(pair, state=PairState.CLOSED, next_round=None)
    work.pairs.put(pair)
    bonds.ended(work, now, pair)
    _tell(work, now, pair, Kind.CLOSED, pair.sides if tell is None else tell)
    return pair


def _ask_both(work: Work, now: datetime, pair: Pair, matter: Matter) -> None:
    for side in pair.sides:
        start(work, now, NewFollowUp(pair.community, matter, subject_of(pair), pair.id, side))


def _tell(work: Work, now: datetime, pair: Pair, kind: Kind, members: Iterable[MemberId]) -> None:
    for member in members:
        if pair.community in work.people.communities(member):
            _tell_one(work, now, pair, kind, member, pair.id)


def _tell_one(
    work: Work,
    now: datetime,
    pair: Pair,
    kind: Kind,
    member: MemberId,
    ref: int,
    about: str = "pair.news",
) -> None:
    key = f"{kind}:{ref}:{pair.round}:{int(now.timestamp())}:{member}"
    subject = f"{about}:{pair.id}"
    work.deliveries.schedule(
        [NewDelivery(kind, pair.community, subject, key, now, member, ref=ref)]
    )
