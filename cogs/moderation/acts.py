"""Words for what moderators did in somebody else's matter; see bot/services/staff.py."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bot.domain.audit import Change
from bot.services.ports import Work
from bot.services.staff import Act, NotDone
from bot.ui.words import Code, InChannel, Msg, Slash, Strong, _

ACTS: Mapping[str, Msg] = {
    "seat.add": _("Gave a seat"),
    "seat.move": _("Moved a seat"),
    "seat.remove": _("Took a seat back"),
    "listing.remove": _("Took a mentor's listing down"),
    "listing.invite": _("Invited somebody to be a mentor"),
    "listing.pause": _("Let a mentor's listing rest"),
    "verify": _("Vouched for a mentor"),
    "unverify": _("Took a verification back"),
    "hold": _("Put messages on hold"),
    "resume": _("Let messages go on"),
    "join": _("Joined two places"),
    "case.remove": _("Took a case down"),
    "case.move": _("Moved a case"),
    "listing.wake": _("Ended the rest of a mentor's listing"),
    "listing.uninvite": _("Took an invitation back unread"),
    "listing.again": _("Put a mentor's listing up again"),
    "case.again": _("Told an author that they may post again"),
}

BACK: Mapping[str, Msg] = {
    "seat.add": _("Undo takes this seat back; it goes to whoever is next in line."),
    "seat.move": _("Undo moves them back, if there is still a seat."),
    "seat.remove": _("Undo gives the seat again, if nobody else has it by now."),
    "listing.remove": _(
        "Undo puts the listing up again as its mentor had it, if they did nothing with it since."
        " Requests that were answered meanwhile stay so."
    ),
    "listing.invite": _("Undo takes the invitation back, as long as it was not sent."),
    "listing.pause": _(
        "Undo lets the listing be found again. Requests that were answered meanwhile stay so."
    ),
    "verify": _("Undo takes the verification off the card."),
    "unverify": _("Undo puts the same name, date and words on the card again."),
    "hold": _("Undo lets messages go on, one after another."),
    "resume": _("Undo stops every direct message again. What went out meanwhile stays."),
    "case.remove": _(
        "What was taken down is not kept, so I cannot put it back. Undo tells its author that they"
        " may post it again."
    ),
    "case.move": _("Undo moves it back, if nobody else can read it there."),
}
"""What `Undo` would do, before it does."""

STAYS: Mapping[str, Msg] = {
    "join": _(
        "This cannot be undone: members, roles and lists of both places are one from then on, and"
        " nothing tells any more what was whose."
    ),
    "listing.uninvite": _("They never heard of it; to invite them again is a new act."),
    "listing.again": _("To take it down again is a new act, with a reason."),
    "case.again": _("They were told; there is nothing to undo."),
    "listing.wake": _("To let it rest again is a new act, with a reason."),
}
"""Why there is no `Undo`."""

TOLD_OF_IT = _("They are told, unless they had not heard of it yet and everything is as before.")

NOT_DONE: Mapping[NotDone, Msg] = {
    NotDone.NO_SESSION: _("There is no such session."),
    NotDone.SEVERAL: _("Several sessions have this title; give the code."),
    NotDone.NO_SEAT: _("They have no seat in that session."),
    NotDone.HAS_ONE: _("They have a seat or a place in line there already."),
    NotDone.FULL: _("That session is full, and stays so for moderators as well."),
    NotDone.RULES: _("The rules that hold for everybody do not allow it."),
    NotDone.NO_LISTING: _("They have no listing."),
    NotDone.LISTED: _("They have a listing already."),
    NotDone.INVITED: _("A moderator invited them less than four weeks ago; once is enough."),
    NotDone.RESTS: _("Their listing rests already."),
    NotDone.NO_CASE: _("There is no such case."),
    NotDone.CASE_OF_ANOTHER: _("This case is not theirs."),
    NotDone.CASE_OVER: _("This case has ended already, or is changing at this moment."),
    NotDone.CASE_HIDDEN: _("This case waits for a second look; it can be moved after that."),
    NotDone.CASE_GONE: _(
        "I do not hold this case any more, so I cannot post it there. Its author may post it again."
    ),
    NotDone.SAME_CHANNEL: _("It is in that channel already."),
    NotDone.ELSEWHERE: _("This case belongs to another place of this community; move it there."),
    NotDone.MORE_READERS: _(
        "Others could read it there than those its author agreed to, or I cannot tell. Only its"
        " author can decide that: they can withdraw it and post it there."
    ),
    NotDone.NO_MEMBER: _("They are no member of this community any more."),
    NotDone.TAKEN_BACK: _("It was taken back already, by you or another moderator."),
    NotDone.OTHERWISE: _("It does not stand as it did then, so there is nothing to take back."),
    NotDone.READ: _(
        "The invitation was sent already. It asks for nothing and ends by itself, so it is not"
        " taken back."
    ),
    NotDone.CANNOT_POST: _("I may not post in that channel."),
    NotDone.TELLS: _(
        "Your reason holds something that looks like an identifier. Say what the matter is, not"
        " what it says."
    ),
}
"""Why nothing was changed."""

THEN: Mapping[str, Msg] = {
    Act.INVITE_MENTOR.value: _(
        "{offer} shows what it would mean; you set every limit yourself. If it is not for you,"
        " nothing needs to be done, and nobody asks why.",
        offer=Slash("mentor offer"),
    ),
    Act.PAUSE_LISTING.value: _(
        "Requests that waited got a kind answer. {resume} brings it back at any time.",
        resume=Slash("mentor resume"),
    ),
    Act.LIST_AGAIN.value: _(
        "It stands as you had written it. If you would rather not, {withdraw} takes it down at any"
        " time.",
        withdraw=Slash("mentor withdraw"),
    ),
    Act.POST_AGAIN.value: _(
        "Nothing of it is kept, so only you can post it again: {post}.", post=Slash("case post")
    ),
    Act.MOVE_CASE.value: _("Nobody can read it there who could not read it before."),
}
"""What the person can do then."""

ASK = _("If this is a mistake, answer to a moderator of your community.")


def titles_of(work: Work, changes: Iterable[Change]) -> Mapping[str, str]:
    """How the sessions are called that seats were given and taken in, by code."""
    found: dict[str, str] = {}
    for one in changes:
        for code in (one.old, one.new) if one.setting.kind in _SEATS else ():
            session = work.office_hours.by_code(one.community, code) if code else None
            if session is not None:
                found[code] = session.plan.title
    return found


def trace_of(change: Change, titles: Mapping[str, str]) -> Msg | None:
    """From what to what, by the titles, codes and channels that moderators know."""
    if not (change.old or change.new):
        return None
    if change.setting.kind in _SEATS:
        seat = tuple(_session(one, titles) for one in (change.old, change.new))
        return _("{old} → {new}", old=seat[0], new=seat[1])
    if change.setting.kind in _CASES:
        old, new = (InChannel(one) if one else _NONE for one in (change.old, change.new))
        trace = _("{old} → {new}", old=old, new=new)
        return _("Case {code}: {trace}", code=Code(change.setting.name), trace=trace)
    return None


def _session(code: str, titles: Mapping[str, str]) -> Msg:
    if not code:
        return _NONE
    return _("{title} ({code})", title=Strong(titles.get(code, "?")), code=Code(code))


_NONE = _("nothing")
_SEATS = frozenset({Act.ADD_SEAT.value, Act.MOVE_SEAT.value, Act.REMOVE_SEAT.value})
_CASES = frozenset({Act.MOVE_CASE.value, Act.REMOVE_CASE.value})
STUCK = _("One of its messages is still there: the platform did not let me change it.")
