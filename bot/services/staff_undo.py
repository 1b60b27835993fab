"""Taking back what a moderator did: the reverse act, once, whoever of the moderators is faster.

The same rules hold as for the act itself. Nobody is told of what they had not been told yet; from
then on they are told of both. What a person alone can do again (post a case that is not kept) is
left to them: they are told that they may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.audit import Change, ChangeId
from bot.domain.listings import State, Verified
from bot.domain.people import CommunityId, MemberId
from bot.domain.taxonomy import Taxonomy, over
from bot.services import hold, staff
from bot.services.mentors import listing, lists, sealing
from bot.services.mentors.keeping import keep
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from bot.services.staff import FULL, LINE, Act, NotDone, Trace

REVERSE: Mapping[str, str] = {
    Act.ADD_SEAT.value: Act.REMOVE_SEAT.value,
    Act.REMOVE_SEAT.value: Act.ADD_SEAT.value,
    Act.MOVE_SEAT.value: Act.MOVE_SEAT.value,
    Act.PAUSE_LISTING.value: Act.WAKE_LISTING.value,
    Act.INVITE_MENTOR.value: Act.UNINVITE.value,
    Act.REMOVE_LISTING.value: Act.LIST_AGAIN.value,
    Act.MOVE_CASE.value: Act.MOVE_CASE.value,
    Act.REMOVE_CASE.value: Act.POST_AGAIN.value,
    sealing.VERIFY: sealing.UNVERIFY,
    sealing.UNVERIFY: sealing.VERIFY,
    hold.HOLD: hold.RESUME,
    hold.RESUME: hold.HOLD,
}
"""What takes an act back, as it stands on record afterwards."""
_UNSAID = frozenset({Act.ADD_SEAT, Act.MOVE_SEAT, Act.REMOVE_SEAT, Act.UNINVITE})
"""After these everything is as it was, so whoever had not heard of it needs to hear nothing."""
_LOOKED_AT = 200


def undo(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    id: ChangeId,
    shipped: Taxonomy,
) -> Trace | NotDone:
    """Take an act back, unless it was by now. A case that moves is left to `staff_cases.move`."""
    change = stands(work, community, id)
    if isinstance(change, NotDone):
        return change
    kind = change.setting.kind
    if kind in (hold.HOLD, hold.RESUME):
        return _let_go_on_or_hold(work, now, by, change)
    about = change.about
    if about is None or community not in work.people.communities(about):
        return NotDone.NO_MEMBER
    if kind in (sealing.VERIFY, sealing.UNVERIFY):
        return _seal(work, now, by, about, change, shipped)
    trace = _reverse(work, now, about, change)
    if isinstance(trace, NotDone):
        return trace
    act = Act(REVERSE[kind])
    unread = act in _UNSAID and _unsaid(work, about, change)
    if act is Act.UNINVITE and not unread:
        return NotDone.READ
    given = (work, now, by, community, act, about, trace, "", id)
    staff.record(*given, silent=unread)
    return trace


def stands(work: Work, community: CommunityId, id: ChangeId) -> Change | NotDone:
    """A record that can be taken back and was not."""
    change = work.audit.get(community, id)
    if change is None or change.setting.kind not in REVERSE:
        return NotDone.OTHERWISE
    return NotDone.TAKEN_BACK if change.undone else change


def _unsaid(work: Work, about: MemberId, change: Change) -> bool:
    """Whether the person was not told yet, and now never will be."""
    key = staff.subject_of(change)
    if work.deliveries.in_doubt(key, about):
        return False
    return work.deliveries.cancel(key, member=about) > 0


def _reverse(work: Work, now: datetime, about: MemberId, change: Change) -> Trace | NotDone:
    actor = Actor(about, change.community, FULL)
    match change.setting.kind:
        case Act.ADD_SEAT.value:
            if _own(work, change):
                return NotDone.OTHERWISE
            return staff.take_back(work, now, actor, change.new)
        case Act.REMOVE_SEAT.value:
            line = change.setting.name == LINE
            return staff.give(work, now, actor, change.old, line=line)
        case Act.MOVE_SEAT.value:
            if _own(work, change):
                return NotDone.OTHERWISE
            return staff.move(work, now, actor, change.new, change.old)
        case Act.PAUSE_LISTING.value:
            return _wake(work, now, about, change)
        case Act.REMOVE_LISTING.value:
            known = listing.mine(work, change.community, about)
            if known is not None and known.state is not State.WITHDRAWN:
                return NotDone.LISTED
            return _list_again(work, now, about, change)
        case Act.REMOVE_CASE.value:
            return Trace(change.setting.name)
        case _:
            return Trace()


def _own(work: Work, change: Change) -> bool:
    """Whether the person gave up what they were given, and took it again of their own will."""
    session = work.office_hours.by_code(change.community, change.new)
    if session is None or change.about is None:
        return False
    seat = work.office_hours.seat(session.id, change.about)
    return seat is not None and seat.takes_part and seat.since > change.at


def _wake(work: Work, now: datetime, about: MemberId, change: Change) -> Trace | NotDone:
    """As it was before, if it rests as the moderator said and not as its mentor did later."""
    known = work.listings.of(change.community, about, hold=True)
    until = None if known is None else known.paused_until
    if known is None or until is None or until.isoformat() != change.new:
        return NotDone.OTHERWISE
    # What its mentor confirmed stays confirmed when they did.
    keep(work, replace(known, state=State(change.old), paused_until=None), now)
    return Trace(old=change.new, new=change.old)


def _list_again(work: Work, now: datetime, about: MemberId, change: Change) -> Trace | NotDone:
    """As its mentor had it, if they did nothing with it since: what they agreed to holds again."""
    until = datetime.fromisoformat(change.new) if change.new else None
    given = (work, now, change.community, about, change.at, State(change.old), until)
    return NotDone.OTHERWISE if listing.put_back(*given) is None else Trace(new=change.old)


def _let_go_on_or_hold(work: Work, now: datetime, by: MemberId, change: Change) -> Trace | NotDone:
    home = work.communities.get(change.community)
    held = home is not None and home.held_at is not None
    if change.setting.kind == hold.HOLD:
        if home is None or home.held_at != change.at:
            return NotDone.OTHERWISE
        hold.resume(work, now, change.community, by, change.id)
        return Trace()
    if held:
        return NotDone.OTHERWISE
    hold.hold(work, now, change.community, by, "", change.id)
    return Trace()


def _seal(
    work: Work, now: datetime, by: MemberId, about: MemberId, change: Change, shipped: Taxonomy
) -> Trace | NotDone:
    known = over(shipped, lists.own(work, change.community))
    given = (work, now, known, change.community, about, by)
    listed = work.listings.of(change.community, about, hold=True)
    if listed is None or listed.state is State.WITHDRAWN:
        return NotDone.NO_LISTING
    if change.setting.kind == sealing.VERIFY:
        seal = listed.verified
        if seal is None or seal.how != change.why:
            return NotDone.OTHERWISE
        sealing.unverify(*given, change.id)
        return Trace()
    before = _sealed(work, about, change)
    if before is None or sealing.restore(*given, before, change.id) is None:
        return NotDone.OTHERWISE
    return Trace()


def _sealed(work: Work, about: MemberId, change: Change) -> Verified | None:
    """The seal that was taken back: the last one that somebody gave before."""
    for one in work.audit.latest(change.community, _LOOKED_AT, change.id):
        given = one.setting.kind == sealing.VERIFY and one.undoes is None
        if given and one.about == about and one.by is not None:
            return Verified(one.by, one.at, one.why)
    return None
