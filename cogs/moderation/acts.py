"""Words for what moderators did in somebody else's matter; see bot/services/staff.py."""

from __future__ import annotations

from collections.abc import Mapping

from bot.services.staff import Act, NotDone
from bot.ui.words import Msg, Slash, _

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
}

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
    Act.MOVE_CASE.value: _("Nobody can read it there who could not read it before."),
}
"""What the person can do then."""

ASK = _("If this is a mistake, answer to a moderator of your community.")
STUCK = _("One of its messages is still there: the platform did not let me change it.")
