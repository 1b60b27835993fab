"""Next steps with a date, promised within a pair: kept, done, moved or dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.follow_ups import NewFollowUp
from bot.domain.pairs import PairId, PromisedStep, StepId, StepState
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import POLICIES, Matter
from bot.services.follow_ups.engine import hours_of, restart, settle, start
from bot.services.pairs import own
from bot.services.ports import Work


def reminded_on(
    work: Work, now: datetime, member: MemberId, community: CommunityId, due: datetime
) -> datetime | None:
    """When the reminder of a step comes: the day before, or the last window before that day.

    None if it is too late for one before the day itself.
    """
    before = POLICIES[Matter.NEXT_STEP].reminder or timedelta()
    if due + before < now:
        return None
    return hours_of(work, member, community).last_awake(due + before, now)


def promise(
    work: Work, now: datetime, member: MemberId, id: PairId, text: str, due: datetime
) -> PromisedStep | None:
    """A next step with a date."""
    pair = own(work, member, id)
    if pair is None or not pair.open:
        return None
    step = work.pairs.add_step(pair.id, member, text, due)
    new = NewFollowUp(
        pair.community, Matter.NEXT_STEP, f"step:{step.id}", step.id, member, date=due
    )
    start(work, now, new)
    return step


def settle_step(
    work: Work, now: datetime, member: MemberId, id: StepId, state: StepState
) -> PromisedStep | None:
    """A step is done, or dropped."""
    step = work.pairs.step(id)
    if step is None or step.owner != member:
        return None
    settle(work, now, f"step:{id}", member)
    work.pairs.set_step(id, state, step.due)
    return replace(step, state=state)


def postpone_step(
    work: Work, now: datetime, member: MemberId, id: StepId, due: datetime
) -> PromisedStep | None:
    """A step gets a new date, also after it was left."""
    step = work.pairs.step(id)
    pair = None if step is None else work.pairs.get(step.pair)
    if step is None or step.owner != member or pair is None or not pair.open:
        return None
    work.pairs.set_step(id, StepState.OPEN, due)
    for one in work.follow_ups.about(f"step:{id}", ended=True)[-1:]:
        restart(work, now, one, due)
    return replace(step, state=StepState.OPEN, due=due)
