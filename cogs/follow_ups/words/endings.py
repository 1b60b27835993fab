"""How a matter ended, for either side: neutral, and the same words whatever came of it.

The voice is that of `words`.
"""

from __future__ import annotations

from bot.domain.follow_ups import Ending
from bot.domain.policies import Matter
from bot.services.follow_ups.views import Seen
from bot.ui.topics import topic_words
from bot.ui.words import Code, Msg, Typed, When, _
from cogs.follow_ups.words import somebody


def closed(seen: Seen) -> tuple[Msg, ...]:
    """How it ended, for either side."""
    return _closed_owes(seen) if seen.owes else _closed_waits(seen)


def _closed_owes(seen: Seen) -> tuple[Msg, ...]:
    step = seen.promised or seen.session_step
    if step is not None:
        return (
            _("I stop asking about this: {text}", text=Typed(step.text)),
            _("Done, a new date or dropped: whatever fits."),
        )
    match seen.follow_up.matter:
        case Matter.REQUEST | Matter.DATED_REQUEST:
            return (
                _(
                    "The request from {who} is closed and off your list. Nothing is left to do.",
                    who=somebody(seen.other),
                ),
            )
        case Matter.SEAT_OFFER:
            return (_("The seat went to the next in line. You may line up again."),)
        case Matter.NOT_HEARD:
            return (
                _(
                    "I ask no more about {who}. A line is welcome at any time.",
                    who=somebody(seen.other),
                ),
            )
        case _:
            return (_("This is closed now. Nothing is left to do."),)


def _closed_waits(seen: Seen) -> tuple[Msg, ...]:
    if seen.follow_up.ending is Ending.GONE:
        return (_("{who} is not here any more, so this is closed.", who=somebody(seen.other)),)
    if seen.follow_up.ending is Ending.UNREACHED:
        return (
            _(
                "I could not bring this to {who}, so it is closed. That says nothing about an"
                " answer.",
                who=somebody(seen.other),
            ),
        )
    match seen.follow_up.matter:
        case Matter.REQUEST | Matter.DATED_REQUEST:
            return (
                _(
                    "Your request to {who} is closed. This happens often and has many reasons;"
                    " it takes up none of your open requests any more.",
                    who=somebody(seen.other),
                ),
            )
        case Matter.NOT_HEARD:
            # The same words whatever came of it: what one side says stays with that side.
            return (
                _(
                    "You and {who}: I ask no more now. The next step is yours to choose.",
                    who=somebody(seen.other),
                ),
                _("You may leave it, send an update, close the pair, or ask a moderator."),
            )
        case Matter.QUESTION:
            if seen.asked is not None and seen.asked.heard:
                then = _("It can be asked again. If it helped, one tap says so.")
            else:
                then = _("It can be asked again, or closed.")
            return (_question_closed(seen), then)
        case Matter.CASE_REVIEW:
            return (_("Nobody has reviewed your case yet. You may withdraw it or leave it open."),)
        case Matter.HELP:
            return (
                _(
                    "Moderators have not taken up your call for help with {who} so far. I tell them"
                    " once more if you like, or you write to one of them yourself.",
                    who=somebody(seen.other),
                ),
            )
        case _:
            return (_("This is closed now."),)


def _question_closed(seen: Seen) -> Msg:
    since = When(seen.follow_up.since)
    if seen.asked is None:
        return _("Your question has been open since {when}.", when=since)
    what = _("in the help channel") if seen.asked.link else topic_words(seen.asked.topic)
    if seen.asked.heard:
        return _(
            "Somebody told me that they answered your question {code} ({what}).",
            code=Code(seen.asked.code),
            what=what,
        )
    return _(
        "Your question {code} ({what}) has been open since {when}.",
        code=Code(seen.asked.code),
        what=what,
        when=since,
    )
