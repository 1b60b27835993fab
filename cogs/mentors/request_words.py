"""What is said around a request before it goes: how it closes, how long it is, gentle hints."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.domain.request_text import Hint, sentences
from bot.domain.requests import LASTS, Introduction
from bot.services.mentors.requesting import Ground
from bot.ui.parts import Button, Look, Reply, Text
from bot.ui.words import Listing, Msg, Typed, When, _, ngettext
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


def address_hint(found: tuple[str, ...]) -> Msg:
    """An address in what was written."""
    return _(
        "It has an address in it: {what}. No address is needed here: what you write to each other"
        " goes through me, and after a yes you decide for yourselves.",
        what=Listing(tuple(Typed(one) for one in found[:3])),
    )


PLENTY = _("Three to four sentences in all are plenty: about 600 characters.")
UNKNOWN = _(
    "When it closes without an answer stands on the next screen, before it goes. {plenty}",
    plenty=PLENTY,
)
"""Above a form that does not know the mentor yet."""


def intro(ground: Ground) -> Msg:
    """Above the form: how this mentor works, and when a request closes."""
    closes = _(
        "Without an answer it closes by itself on {when}; with a date that cannot move and is near,"
        " on {hurried} at the latest. {plenty}",
        when=_day(ground.closes),
        hurried=_day(ground.hurried),
        plenty=PLENTY,
    )
    if not ground.about:
        return closes
    about = _("How they like to work: {about}", about=Typed(ground.about))
    return _("{about}\n{closes}", about=about, closes=closes)


def counter(text: Introduction) -> Msg:
    """How long it is."""
    written = (text.who, text.why, text.ask)
    return ngettext(
        "{count} sentence, {signs} characters; three to four sentences are plenty.",
        "{count} sentences, {signs} characters; three to four sentences are plenty.",
        sum(sentences(one) for one in written),
        signs=sum(len(one) for one in written),
    )


def closing(ground: Ground) -> Msg:
    """When it closes by itself, if it goes now: by the rules and hours of this mentor."""
    return _("Without an answer it closes by itself on {when}.", when=_day(ground.closes))


def lasting(text: Introduction) -> Msg:
    """For how long a yes would be."""
    weeks = LASTS[text.form] // timedelta(weeks=1)
    return ngettext(
        "A yes is for {count} week at first; then both of you are asked whether to go on.",
        "A yes is for {count} weeks at first; then both of you are asked whether to go on.",
        weeks,
    )


def _day(at: datetime) -> When:
    return When(at, with_time=False)


def left(left: int) -> Msg:
    """How many more may be open."""
    if left == 0:
        return _("That is as many as may be open at the same time.")
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
