"""Use cases of a case from yes to its end: written down, posted, taken down, lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cases import (
    HELD,
    SHOWN,
    Act,
    Case,
    CaseId,
    CaseState,
    NewCase,
    Reading,
    Rules,
    Stands,
    Why,
)
from bot.domain.codes import tidy
from bot.domain.follow_ups import NewFollowUp
from bot.domain.people import CommunityId, MemberId, Someone
from bot.domain.policies import Matter
from bot.services.cases import telling
from bot.services.cases.telling import Kind
from bot.services.follow_ups import engine
from bot.services.ports import Work
from bot.services.ports.cases import Noted

_JUST_BEGUN = timedelta(seconds=30)
READING = "case_reading"
DURABLE = "case_durable"


def rules(work: Work, community: CommunityId, channel: str = "") -> Rules:
    """What moderators decided about cases; `channel`: about those that appear there."""
    own = work.chosen.get(community, READING, channel) if channel else ""
    reading = own or work.chosen.get(community, READING)
    return Rules(
        Reading(reading) if reading else Rules().reading, bool(work.chosen.get(community, DURABLE))
    )


def read_in(work: Work, community: CommunityId) -> dict[str, Reading]:
    """Channels with a rule of their own about second readers."""
    chosen = work.chosen.all(community, READING)
    return {channel: Reading(value) for channel, value in chosen.items() if channel}


def find(work: Work, community: CommunityId, typed: str) -> Case | None:
    """A case by its code, or by a link to its message."""
    code = tidy(typed)
    found = work.cases.by_code(community, code)
    if found is None:
        found = work.cases.by_message(community, typed.strip().rsplit("/", 1)[-1])
    return found


def by_message(work: Work, community: CommunityId, message: str) -> Case | None:
    """The case that stands in a message."""
    return work.cases.by_message(community, message)


def get(work: Work, id: CaseId) -> Case | None:
    """By id."""
    return work.cases.get(id)


def author(work: Work, case: Case) -> Someone:
    """Whose it is, as others may see them."""
    return work.people.someone(case.author)


def mine(work: Work, member: MemberId, community: CommunityId) -> tuple[Case, ...]:
    """An author's cases that are held or shown."""
    return work.cases.of(member, community)


def confirm(work: Work, now: datetime, new: NewCase, sealed: str | None) -> tuple[Case, bool]:
    """The author said yes. Whether anybody could be told that it waits for a second reader."""
    case = work.cases.add(work.codes.next(new.community), new, now)
    noted = Noted(case.id, new.author, now, Act.CONFIRMED, new.found, new.kept, new.drawn)
    work.cases.note(noted)
    if sealed is not None and case.expires is not None:
        work.cases.seal(case.id, sealed, case.expires)
    if new.state is CaseState.REVIEW:
        return case, ask_readers(work, now, case)
    if new.state is CaseState.COOLING and new.due is not None:
        telling.to_author(work, case, Kind.DUE, new.due)
    return case, True


def ask_readers(work: Work, now: datetime, case: Case) -> bool:
    """A second reader is wanted from now on; False if there is nobody to tell."""
    subject = telling.subject_of(case)
    new = NewFollowUp(
        case.community,
        Matter.CASE_REVIEW,
        subject,
        case.id,
        owes=None,
        waits=case.author,
        about="case",
    )
    opened = engine.start(work, now, new)
    times = (now, opened.remind_at, opened.last_at)
    known = [at for at in times if at is not None]
    return telling.to_readers(work, case, Kind.WAITS, known, str(opened.id))


def take(work: Work, id: CaseId) -> Case | None:
    """Its time has come: whoever gets it posts it; None if it is not to be posted any more."""
    case = work.cases.get(id)
    if case is None or not work.cases.move(id, CaseState.COOLING, CaseState.POSTING):
        return None
    return replace(case, state=CaseState.POSTING)


def give_back(work: Work, id: CaseId) -> bool:
    """It could not be posted just now: it waits on."""
    return work.cases.move(id, CaseState.POSTING, CaseState.COOLING)


def posted(work: Work, now: datetime, id: CaseId, stands: Stands) -> Case | None:
    """It stands in its channel."""
    case = work.cases.get(id)
    if case is None or not work.cases.move(id, CaseState.POSTING, CaseState.POSTED):
        return None
    case = replace(case, state=CaseState.POSTED, stands=stands)
    work.cases.put(case)
    work.cases.unseal(id)
    work.cases.note(Noted(id, case.author, now, Act.POSTED))
    return case


def stands_now(work: Work, id: CaseId, stands: Stands) -> None:
    """Its message was changed, and consists of other parts."""
    case = work.cases.get(id)
    if case is not None:
        work.cases.put(replace(case, stands=stands))


def not_posted(work: Work, now: datetime, id: CaseId) -> None:
    """It could not be posted: it ends, and what was sealed goes."""
    case = work.cases.get(id)
    if case is not None and work.cases.move(id, CaseState.POSTING, CaseState.EXPIRED):
        work.cases.unseal(id)


def withdraw(work: Work, now: datetime, id: CaseId, member: MemberId) -> Case | None:
    """The author takes it back, in whatever state; None if it is not theirs or has ended."""
    case = work.cases.get(id)
    on_its_way = {CaseState.POSTING}  # whoever posts it finds it withdrawn, and takes it down
    if case is None or case.author != member or case.state not in HELD | SHOWN | on_its_way:
        return None
    if not _end(work, now, case, CaseState.WITHDRAWN):
        return None
    work.cases.note(Noted(id, member, now, Act.WITHDRAWN))
    return case


def remove(work: Work, now: datetime, case: Case, moderator: MemberId) -> bool:
    """A moderator takes it down for good, in whatever state; False if it ended meanwhile."""
    if not _end(work, now, case, CaseState.REMOVED):
        return False
    work.cases.note(Noted(case.id, moderator, now, Act.REMOVED))
    return True


def move(work: Work, before: Case, channel: str, stands: Stands | None) -> Case | None:
    """It belongs into another channel of its place; None if it is not as it was `before`."""
    case = work.cases.get(before.id)
    if case is None or (case.state, case.stands) != (before.state, before.stands):
        return None
    # Whoever ends it in this moment waits until this is written, or was faster.
    if not work.cases.move(case.id, case.state, case.state):
        return None
    moved = replace(case, new=replace(case.new, channel=channel), stands=stands)
    work.cases.put(moved)
    return moved


def leave(work: Work, now: datetime, member: MemberId, community: CommunityId) -> None:
    """Somebody left the community: what is not posted yet will not be."""
    for case in work.cases.of(member, community):
        if case.state in HELD and _end(work, now, case, CaseState.WITHDRAWN):
            work.cases.note(Noted(case.id, member, now, Act.WITHDRAWN))
    work.cases.set_reader(community, member, told=False)


def lost(work: Work, now: datetime, held: Collection[CaseId]) -> int:
    """Drafts that were in the memory of a process that ended, and those whose time is over.

    `held`: what this process has. Their authors are told; how many there were.
    """
    count = 0
    for case in work.cases.in_state((*HELD, CaseState.POSTING)):
        if case.at > now - _JUST_BEGUN:
            continue  # its content is on its way into the memory of this process
        over = case.expires is not None and case.expires <= now
        if not over and (case.id in held or work.cases.sealed(case.id) is not None):
            continue
        to = CaseState.EXPIRED if over else CaseState.LOST
        if _end(work, now, case, to):
            count += 1
            work.cases.note(Noted(case.id, case.author, now, Act.LOST))
            telling.to_author(work, case, Kind.LOST, now)
    work.cases.forget_words(now)
    return count


def flag(
    work: Work, now: datetime, id: CaseId, member: MemberId, why: Why | None = None
) -> Case | None:
    """Somebody asks for a second look: it is hidden until a moderator took one.

    None if it is not shown, or a moderator looked already after this member asked before.
    """
    case = work.cases.get(id)
    if case is None or _judged_before(work, case, member):
        return None
    if not work.cases.move(id, CaseState.POSTED, CaseState.HIDDEN):
        return None
    case = replace(case, state=CaseState.HIDDEN, flagged=member, why=why)
    work.cases.put(case)
    work.cases.note(Noted(id, member, now, Act.FLAGGED))
    turn = str(len(work.cases.notes(id)))
    telling.to_readers(work, case, Kind.FLAGGED, (now,), turn)
    if member != case.author:
        telling.to_author(work, case, Kind.HIDDEN, now, turn)
    return case


def say_why(work: Work, id: CaseId, member: MemberId, why: Why) -> bool:
    """Whoever asked for a second look says why, as long as nobody took it."""
    case = work.cases.get(id)
    if case is None or case.state is not CaseState.HIDDEN or case.flagged != member:
        return False
    work.cases.put(replace(case, why=why))
    return True


def judge(work: Work, now: datetime, id: CaseId, moderator: MemberId, *, show: bool) -> Case | None:
    """A moderator looked: shown again, or taken down for good. None if another was faster."""
    case = work.cases.get(id)
    to = CaseState.POSTED if show else CaseState.REMOVED
    if case is None or not work.cases.move(id, CaseState.HIDDEN, to):
        return None
    case = replace(case, state=to, reader=moderator, why=None)
    work.cases.put(case)
    work.cases.note(Noted(id, moderator, now, Act.SHOWN_AGAIN if show else Act.REMOVED))
    telling.to_author(work, case, Kind.JUDGED, now, str(len(work.cases.notes(id))))
    return case


def _judged_before(work: Work, case: Case, member: MemberId) -> bool:
    asked = [note for note in work.cases.notes(case.id) if note.act is Act.FLAGGED]
    return any(note.member == member for note in asked)


def _end(work: Work, now: datetime, case: Case, to: CaseState) -> bool:
    if not work.cases.move(case.id, case.state, to):
        return False
    subject = telling.subject_of(case)
    work.deliveries.cancel(subject)
    engine.withdraw(work, now, subject)
    work.cases.unseal(case.id)
    work.cases.forget_word(case.id)
    return True
