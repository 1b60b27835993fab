"""Use cases of the second reader: who waits, and one decision that holds."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cases import COOL_OFF, Act, Case, CaseId, CaseState
from bot.domain.delivery import Delivery
from bot.domain.people import CommunityId, MemberId, Someone
from bot.services.cases import telling
from bot.services.cases.posting import ask_readers
from bot.services.cases.telling import Kind
from bot.services.follow_ups import engine
from bot.services.follow_ups.sending import told_news
from bot.services.ports import Work
from bot.services.ports.cases import Noted


class Decision(enum.Enum):
    """What a second reader can say."""

    APPROVE = "approve"
    CHANGE = "change"
    DECLINE = "decline"


_ACTS = {
    Decision.APPROVE: Act.APPROVED,
    Decision.CHANGE: Act.CHANGE_ASKED,
    Decision.DECLINE: Act.DECLINED,
}


@dataclass(frozen=True, slots=True)
class Faster:
    """Another reader decided before."""

    who: Someone | None
    state: CaseState


def waiting(work: Work, community: CommunityId) -> tuple[Case, ...]:
    """Cases that want a second reader, oldest first."""
    return work.cases.in_state((CaseState.REVIEW,), community)


def hidden(work: Work, community: CommunityId) -> tuple[Case, ...]:
    """Cases that want a moderator's look, oldest first."""
    return work.cases.in_state((CaseState.HIDDEN,), community)


def decide(
    work: Work, now: datetime, seen: Case, reader: MemberId, decision: Decision, word: str = ""
) -> Case | Faster:
    """The second reader's word about what they saw; the first one holds.

    An approved case is in `POSTING` (whoever called posts it) or, for later, in `COOLING`.
    """
    id = seen.id
    case = work.cases.get(id)
    if case is None:
        return Faster(None, CaseState.EXPIRED)
    if case.digest != seen.digest:
        return Faster(None, case.state)
    to = _next(case, decision)
    if case.author == reader or not work.cases.move(id, CaseState.REVIEW, to):
        who = None if case.reader is None else work.people.someone(case.reader)
        return Faster(who, case.state)
    engine.settle(work, now, telling.subject_of(case), reader)
    work.deliveries.cancel(telling.subject_of(case))
    case = replace(case, state=to, reader=reader, word=word)
    if to is CaseState.COOLING:
        due = max(now, case.at + COOL_OFF)
        case = replace(case, due=due)
        telling.to_author(work, case, Kind.DUE, due)
    work.cases.put(case)
    work.cases.note(Noted(id, reader, now, _ACTS[decision]))
    if decision is Decision.DECLINE:
        work.cases.unseal(id)
    telling.to_author(work, case, Kind.ANSWERED, now, str(len(work.cases.notes(id))))
    return case


def told(work: Work, now: datetime, row: Delivery) -> None:
    """The author has the second reader's word: it is not kept here any longer."""
    told_news(work, now, row)
    read(work, now, row)


def read(work: Work, now: datetime, row: Delivery) -> None:
    """The author read it beside something else."""
    work.cases.forget_word(CaseId(row.ref))


def resubmit(
    work: Work, now: datetime, id: CaseId, author: MemberId, digest: str, sealed: str | None
) -> tuple[Case, bool] | None:
    """The author changed it: a second reader is asked again. None if it is not waiting for that."""
    case = work.cases.get(id)
    if case is None or case.author != author:
        return None
    if not work.cases.move(id, CaseState.CHANGE, CaseState.REVIEW):
        return None
    case = replace(case, state=CaseState.REVIEW, digest=digest, word="", reader=None)
    work.cases.forget_word(id)
    work.cases.put(case)
    if sealed is not None and case.expires is not None:
        work.cases.seal(id, sealed, case.expires)
    return case, ask_readers(work, now, case)


def wait_on(work: Work, now: datetime, id: CaseId, author: MemberId) -> bool:
    """The author keeps waiting for a second reader: they are asked again."""
    case = work.cases.get(id)
    if case is None or case.author != author or case.state is not CaseState.REVIEW:
        return False
    if not work.follow_ups.about(telling.subject_of(case)):
        ask_readers(work, now, case)
    return True


def tell_me(work: Work, community: CommunityId, member: MemberId, *, told: bool) -> None:
    """Whether a second reader wants to be told directly."""
    work.cases.set_reader(community, member, told=told)


def is_told(work: Work, community: CommunityId, member: MemberId) -> bool:
    """Whether they are."""
    return member in work.cases.readers(community)


def _next(case: Case, decision: Decision) -> CaseState:
    match decision:
        case Decision.APPROVE:
            return CaseState.COOLING if case.new.later else CaseState.POSTING
        case Decision.CHANGE:
            return CaseState.CHANGE
        case Decision.DECLINE:
            return CaseState.DECLINED
