"""What is said around a request before it goes: how it closes, how long it is, gentle hints."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.policies import POLICIES, Matter
from bot.domain.request_text import Hint, sentences
from bot.domain.requests import Introduction
from bot.services.mentors.requesting import Ground
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import Msg, Typed, _, ngettext
from cogs.mentors.finding_actions import SuggestMentors
from cogs.mentors.request_actions import (
    ShowInbox,
)

_HINTS = {
    Hint.RANKING: _(
        "It speaks of ranking. The rules of the Match leave rank lists out of such talks, and"
        " mentors have to, too."
    ),
    Hint.LETTER: _(
        "It asks for a letter or a position at once. Mentors say yes more easily to a first talk;"
        " the rest may follow."
    ),
    Hint.FLATTERY: _(
        "A concrete thing of theirs that helped you says more than praise that fits anybody."
    ),
    Hint.LONG: _("Three to four sentences in all are read to the end most often."),
    Hint.SHORT: _("A little more about you and the ask makes an answer easier."),
}


def hint_words(hint: Hint) -> Msg:
    """What might be said differently; the writer decides."""
    return _HINTS[hint]


CLOSES = _(
    "{closes} Three to four sentences in all are plenty.",
    closes=_("A request stays open for two weeks; with a date that cannot move, for six days."),
)


def intro(ground: Ground) -> Msg:
    """Above the form: how this mentor works, and when a request closes."""
    if not ground.about:
        return CLOSES
    about = _("How they like to work: {about}", about=Typed(ground.about))
    return _("{about}\n{closes}", about=about, closes=CLOSES)


def counter(text: Introduction) -> Msg:
    """How long it is."""
    written = (text.who, text.why, text.ask)
    return ngettext(
        "{count} sentence, {signs} characters; three to four sentences are plenty.",
        "{count} sentences, {signs} characters; three to four sentences are plenty.",
        sum(sentences(one) for one in written),
        signs=sum(len(one) for one in written),
    )


def closing(text: Introduction) -> Msg:
    """When it closes by itself."""
    matter = Matter.REQUEST if text.hard_date is None else Matter.DATED_REQUEST
    days = POLICIES[matter].close // timedelta(days=1)
    return ngettext(
        "It closes after {count} day without an answer; in their own busy weeks later.",
        "It closes after {count} days without an answer; in their own busy weeks later.",
        days,
    )


def left(left: int) -> Msg:
    """How many more may be open."""
    return ngettext(
        "{count} more request may be open at the same time.",
        "{count} more requests may be open at the same time.",
        left,
    )


def old() -> Reply:
    """A preview that was sent, or is from a while ago."""
    return Reply(
        (
            Text(_("This was sent already, or it is from a while ago. Your requests show which.")),
            Button(_("My requests"), ShowInbox(), Look.MAIN),
            Button(_("Suggestions"), SuggestMentors()),
        )
    )
