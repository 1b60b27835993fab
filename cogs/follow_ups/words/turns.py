"""What an open matter is called, whose turn it is and until when: the list of `checkin status`.

The voice is the one of `words`.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.follow_ups import Step
from bot.domain.policies import Matter
from bot.services.follow_ups.views import Seen
from bot.ui.words import Code, Msg, Person, Typed, When, _
from cogs.follow_ups.words import somebody

TURNS: Mapping[Matter, tuple[Msg, Msg]] = {
    Matter.REQUEST: (_("a request to you"), _("your request")),
    Matter.DATED_REQUEST: (_("a request to you, with a date"), _("your request, with a date")),
    Matter.SEAT_OFFER: (_("a seat offered to you"), _("a seat offered")),
    Matter.AFTER_SESSION: (_("a word after your session"), _("a word after your session")),
    Matter.FIRST_MEETING: (_("a question about your first meeting"), _("a first meeting")),
    Matter.CHECK_IN: (_("a check-in"), _("a check-in")),
    Matter.NOT_HEARD: (_("a line from you"), _("a word on your behalf")),
    Matter.NEXT_STEP: (_("a step you planned"), _("a planned step")),
    Matter.SESSION_STEP: (_("a step you planned"), _("a planned step")),
    Matter.QUESTION: (_("a question you may answer"), _("your question")),
    Matter.CASE_REVIEW: (_("a case to review"), _("your case")),
    Matter.HELP: (_("a call for help"), _("a moderator's help with a pair")),
    Matter.LISTING: (_("whether your listing holds"), _("a listing")),
    Matter.RENEWAL: (_("whether you would like to go on"), _("whether to go on")),
}
"""What an open matter is called: when it is one's own turn, and when it is not."""


def turn(seen: Seen) -> Msg:
    """One line of the list: what, with whom, whose turn, until when."""
    mine, theirs = TURNS[seen.follow_up.matter]
    when = When(seen.follow_up.deadline)
    step = seen.promised or seen.session_step
    if step is not None:
        # Its own date is the one that counts; until when I ask is nothing to plan by.
        planned = When(step.due)
        return _("a step you planned, for {when}: {text}", when=planned, text=Typed(step.text))
    if seen.asked is not None:
        named = _("{what} {code}", what=theirs, code=Code(seen.asked.code))
        return _("{what}: open until {when}", what=mine if seen.owes else named, when=when)
    if seen.follow_up.matter is Matter.HELP and seen.other is not None:
        what = _("{what}, {who}", what=theirs, who=Person(seen.other))
        return _("{what}: moderators were told; open until {when}", what=what, when=when)
    what = mine if seen.owes else theirs
    if seen.other is not None:
        what = _("{what}, {who}", what=what, who=Person(seen.other))
    if seen.follow_up.stopped and not seen.owes:
        return _("{what}: not delivered yet; the clock stands.", what=what)
    first = seen.follow_up.next_step
    if seen.owes and first is not None and seen.follow_up.said is None and first[0] is Step.REMIND:
        # Nothing was asked yet, so nothing can be owed.
        return _("{what}: I ask around {when}", what=what, when=When(seen.asks or first[1]))
    if seen.owes:
        return _("{what}: your turn, until {when}", what=what, when=when)
    return _("{what}: their turn, until {when}", what=what, when=when)


def moved(seen: Seen) -> Msg:
    """The date moved; for whoever waits, or has heard the last word."""
    if seen.owes or seen.other is None:
        mine, theirs = TURNS[seen.follow_up.matter]
        what, when = mine if seen.owes else theirs, When(seen.follow_up.deadline)
        return _("The date of this moved to {when}: {what}.", what=what, when=when)
    return _(
        "What is open with {who} has a new date: {when}. There is nothing you need to do.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )
