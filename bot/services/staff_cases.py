"""What moderators do with somebody's case: take it down, or move it; on record, its author is told.

A case never moves to readers whom its author did not agree to; whether it would is asked of the
platform before any of this.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import ChangeId
from bot.domain.cases import HELD, SHOWN, Case, CaseState, Stands
from bot.domain.people import CommunityId, MemberId
from bot.services import staff
from bot.services.cases import posting
from bot.services.ports import Work
from bot.services.staff import Act, NotDone, Trace


def look(work: Work, community: CommunityId, about: MemberId, code: str) -> Case | NotDone:
    """The case that is meant, if it is this member's and has not ended."""
    case = posting.find(work, community, code)
    if case is None:
        return NotDone.NO_CASE
    if case.author != about:
        return NotDone.CASE_OF_ANOTHER
    return case if case.state in HELD | SHOWN else NotDone.CASE_OVER


def remove(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    about: MemberId,
    code: str,
    why: str,
) -> Case | NotDone:
    """Down for good, in whatever state; the case as it was."""
    case = look(work, community, about, code)
    if isinstance(case, NotDone):
        return case
    if not posting.remove(work, now, case, by):
        return NotDone.CASE_OVER
    trace = Trace(case.code, old=case.new.channel)
    staff.record(work, now, by, community, Act.REMOVE_CASE, about, trace, why)
    return case


def move(
    work: Work, now: datetime, by: MemberId, before: Case, channel: str, stands: Stands | None,
    why: str, undoes: ChangeId | None = None,
) -> Case | None:  # fmt: skip
    """It stands, or will appear, in another channel of the same place. None if it changed
    meanwhile. `stands`: its messages there, where it is shown. `undoes`: what this takes back.
    """
    if undoes is not None:
        done = work.audit.get(before.community, undoes)
        if done is None or done.undone:
            return None
    moved = posting.move(work, before, channel, stands)
    if moved is None:
        return None
    trace = Trace(before.code, before.new.channel, channel)
    given = (before.community, Act.MOVE_CASE, before.author, trace, why, undoes)
    staff.record(work, now, by, *given)
    return moved


def can_move(case: Case) -> bool:
    """Whether it is shown, or on its way to be."""
    return case.state is CaseState.POSTED or case.state in HELD
