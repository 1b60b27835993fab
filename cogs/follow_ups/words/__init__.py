"""Every sentence of the engine, in one place, so that they can be read together: what is asked of
whoever has the turn stands here, the list of what is open in `turns`, how a matter ended in
`endings`, what is said about pairs in `pairs`, about questions in `asked`, and what stands around
several matters or tells of the way to somebody in `notes`.

The voice (docs/follow-ups.md): the bot speaks for itself, names a date, and asks for one tap. It
blames nobody, counts nothing, tells nobody what the other side did or did not do, and never says
who is waiting.
"""

from __future__ import annotations

from bot.domain.follow_ups import Step
from bot.domain.people import Someone
from bot.domain.policies import POLICIES, Matter
from bot.services.follow_ups.views import Seen
from bot.ui.topics import topic_words
from bot.ui.words import Argument, InChannel, Msg, Person, Strong, Typed, When, _

ONLY_ME = _("What you answer stays with me; an update or a farewell goes to them.")
NOTHING_OPEN = _("Nothing is open between you and anybody. Enjoy that.")


def somebody(who: Someone | None) -> Argument:
    """The other side, as it is named in a sentence."""
    return _("somebody") if who is None else Person(who)


def until(seen: Seen) -> Msg:
    """When it closes."""
    return _("It is open until {when}.", when=When(seen.follow_up.deadline))


def step(seen: Seen) -> tuple[Msg, ...]:
    """What is said to whoever has the turn."""
    said = _LAST if seen.step is Step.LAST else _FIRST
    first = said[seen.follow_up.matter](seen)
    named = any(isinstance(one, When) for _name, one in first.arguments)
    return (first, *_moved_here(seen, named=named))


def _moved_here(seen: Seen, *, named: bool) -> tuple[Msg, ...]:
    """A date that moved since it was read; a step has the one that its owner chose. `named`: it
    stands there already."""
    one = seen.follow_up
    if not one.moved or one.said is None or POLICIES[one.matter].dated:
        return ()
    if named:
        return (_("That date was moved, so that enough time is left."),)
    moved = _(
        "It is open until {when}; that date was moved, so that enough time is left.",
        when=When(seen.follow_up.deadline),
    )
    return (moved,)


def _request(seen: Seen) -> Msg:
    if seen.follow_up.about == "question":
        return _(
            "A question about your request to {who} is open until {when}. A line is enough.",
            who=somebody(seen.other),
            when=When(seen.follow_up.deadline),
        )
    return _(
        "A request from {who} is open until {when}. One tap is enough.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _request_last(seen: Seen) -> Msg:
    return _(
        'The request from {who} closes on {when}. "Not now" is a fine answer, and so is none.',
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _dated(seen: Seen) -> Msg:
    return _(
        "A request from {who} has a date that cannot move; it is open until {when}."
        " One tap is enough.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _seat(seen: Seen) -> Msg:
    return _(
        "A seat is kept for you until {when}. If you leave it, it goes to the next in line.",
        when=When(seen.follow_up.deadline),
    )


def _after(seen: Seen) -> Msg:
    if seen.session is None:
        return _("An office hour is over that you were at.")
    return _(
        "You were at {title} with {host} on {when}. If you would like to say thanks or note one"
        " next step, this is a good moment.",
        title=Strong(seen.session.plan.title),
        host=somebody(seen.host),
        when=When(seen.session.starts),
    )


def _first_meeting(seen: Seen) -> Msg:
    return _("Have you and {who} been in touch? One tap is enough.", who=somebody(seen.other))


def _first_meeting_last(seen: Seen) -> Msg:
    return _(
        "You and {who}: keep, pause or close? If nobody chooses, I close the pair with thanks on"
        " {when}; either of you can reopen it at any time.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _check_in(seen: Seen) -> Msg:
    return _("How is it going with {who}? One tap is enough.", who=somebody(seen.other))


def _check_in_last(seen: Seen) -> Msg:
    return _(
        'The question about you and {who} is open until {when}. "Not yet" is a fine answer.',
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _not_heard(seen: Seen) -> Msg:
    return _(
        "Is there something you would like {who} to know? A line is enough, and so is one tap.",
        who=somebody(seen.other),
    )


def _not_heard_last(seen: Seen) -> Msg:
    return _(
        "A line to {who} is possible here until {when}; after that I ask no more.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _planned(seen: Seen) -> Msg:
    step = seen.promised or seen.session_step
    if step is None:
        return _("A step you planned comes up.")
    return _("You planned this for {when}: {text}", when=When(step.due), text=Typed(step.text))


def _planned_last(seen: Seen) -> Msg:
    step = seen.promised or seen.session_step
    if step is None:
        return _("A step you planned comes up.")
    # It may be read a day or two later, so it names the day.
    return _(
        "Planned for {when}: {text}. Done, a new date or dropped are all fine.",
        when=When(step.due),
        text=Typed(step.text),
    )


def _question(seen: Seen) -> Msg:
    if seen.asked is None:
        return _("A question is open.")
    if seen.asked.link and seen.channel is not None:
        place, channel = seen.channel
        return _(
            "A question in {channel} is open. A line there is enough.",
            channel=InChannel(channel, place.platform),
        )
    if seen.asked.link:
        return _("A question in the help channel is open. A line there is enough.")
    return _(
        "A question about {topic} is open: {text}",
        topic=topic_words(seen.asked.topic),
        text=Typed(seen.asked.text),
    )


def _listing(seen: Seen) -> Msg:
    return _("Your listing as a mentor is a year old. Does all of it hold? One tap is enough.")


def _listing_last(seen: Seen) -> Msg:
    return _(
        "Your listing as a mentor hides itself on {when}, unless one tap says that it holds."
        " It can be brought back at any time.",
        when=When(seen.follow_up.deadline),
    )


def _renewal(seen: Seen) -> Msg:
    return _(
        "The time that you and {who} began with is over. Would you like to go on?",
        who=somebody(seen.other),
    )


def _renewal_last(seen: Seen) -> Msg:
    return _(
        "You and {who}: on {when} this closes with thanks, unless both of you would like to go on."
        " Either of you can reopen it at any time.",
        who=somebody(seen.other),
        when=When(seen.follow_up.deadline),
    )


def _case(seen: Seen) -> Msg:
    return _("A case is open for review until {when}.", when=When(seen.follow_up.deadline))


def _help(seen: Seen) -> Msg:
    return _(
        "A call for a moderator's help is open until {when}.", when=When(seen.follow_up.deadline)
    )


_FIRST = {
    Matter.REQUEST: _request,
    Matter.DATED_REQUEST: _dated,
    Matter.SEAT_OFFER: _seat,
    Matter.AFTER_SESSION: _after,
    Matter.FIRST_MEETING: _first_meeting,
    Matter.CHECK_IN: _check_in,
    Matter.NOT_HEARD: _not_heard,
    Matter.NEXT_STEP: _planned,
    Matter.SESSION_STEP: _planned,
    Matter.QUESTION: _question,
    Matter.CASE_REVIEW: _case,
    Matter.HELP: _help,
    Matter.LISTING: _listing,
    Matter.RENEWAL: _renewal,
}
_LAST = {
    **_FIRST,
    Matter.REQUEST: _request_last,
    Matter.DATED_REQUEST: _request_last,
    Matter.FIRST_MEETING: _first_meeting_last,
    Matter.CHECK_IN: _check_in_last,
    Matter.NOT_HEARD: _not_heard_last,
    Matter.NEXT_STEP: _planned_last,
    Matter.SESSION_STEP: _planned_last,
    Matter.LISTING: _listing_last,
    Matter.RENEWAL: _renewal_last,
}
