"""What is said about pairs beside the engine's questions: introductions, notes, rhythm, farewells.

The voice is the one of `words`.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.pairs import Note
from bot.domain.people import MemberId, Someone
from bot.services.pair_views import Shown
from bot.ui.words import Code, Msg, Person, Typed, When, _, ngettext


def pair_new(other: Someone, code: str, *, first: bool, asked: datetime | None) -> tuple[Msg, ...]:
    """The introduction; `first`: for whoever writes first. `asked`: when they are asked."""
    begin = (
        _("You write first: two lines on who you are and one question are a good start.")
        if first
        else _("They write first, so there is nothing you need to do.")
    )
    return (
        _("You and {who} are a pair now ({code}).", who=Person(other), code=Code(code)),
        begin,
        _(
            "A first talk often goes like this: where you are, where you would like to be, one"
            " thing to try, when to speak again."
        ),
        *(
            ()
            if asked is None
            else (_("On {when} I ask each of you, privately, whether you met.", when=When(asked)),)
        ),
    )


def instead(shown: Shown, reader: MemberId) -> Msg:
    """What a line to the bot can become: a trainee's second message is a progress note."""
    who = Person(shown.other)
    if shown.begins:
        return _("For {who}: two lines on who you are, and one question?", who=who)
    if reader == shown.pair.trainee:
        return _("For {who}: what you did since, and one question?", who=who)
    return _("For {who}: a line, whenever you like?", who=who)


def pair_note(who: Someone, note: Note, *, first: bool) -> tuple[Msg, ...]:
    """A progress note; or the first lines of a trainee."""
    begin = (
        _("First lines from {who}:", who=Person(who))
        if first
        else _("An update from {who}:", who=Person(who))
    )
    said = (begin, _("{text}", text=Typed(note.text)))
    if not note.question:
        return said
    return (*said, _("One question: {text}", text=Typed(note.question)))


def farewell(who: Someone, note: Note) -> tuple[Msg, ...]:
    """The word with which the other side closed the pair."""
    return _("A word from {who}:", who=Person(who)), _("{text}", text=Typed(note.text))


RHYTHM_WISH = _("What would you like? Each of you says so for yourself.")


RHYTHM_RULE = _(
    "The longer of your two wishes holds, so nobody is asked more often than they like. A longer"
    " time holds at once, a shorter one from the next question on."
)


def rhythm(other: Someone, weeks: int, *, new: bool) -> Msg:
    """How often both sides are asked; `new`: they have not met yet."""
    if new:
        return ngettext(
            "Once you have met, I ask {who} and you every week.",
            "Once you have met, I ask {who} and you every {count} weeks.",
            weeks,
            who=Person(other),
        )
    return ngettext(
        "At present I ask {who} and you every week.",
        "At present I ask {who} and you every {count} weeks.",
        weeks,
        who=Person(other),
    )


def again_in(weeks: int) -> Msg:
    """After "we met"."""
    return ngettext(
        "Good to hear. I ask again in about {count} week.",
        "Good to hear. I ask again in about {count} weeks.",
        weeks,
    )


def rhythm_mine(weeks: int) -> Msg:
    """What the reader wished for."""
    return ngettext("You would like {count} week.", "You would like {count} weeks.", weeks)


def pair_quiet(other: Someone) -> tuple[Msg, ...]:
    """Check-ins rest."""
    return (
        _("You and {who}: I ask less often from now on.", who=Person(other)),
        _("One tap, or an update, and all is as before."),
    )


def pair_kept(other: Someone) -> tuple[Msg, ...]:
    """Nothing more is asked for now, and nothing closes."""
    return (_("You and {who}: it stays open, and I ask again in some weeks.", who=Person(other)),)


def pair_rests(other: Someone, until: datetime) -> tuple[Msg, ...]:
    """The other side chose that nothing is asked for a while."""
    return (
        _("You and {who}: no check-ins until {when}.", who=Person(other), when=When(until)),
        _("Whoever likes to write can do so at any time."),
    )


def pair_closed(other: Someone) -> tuple[Msg, ...]:
    """Closed with thanks."""
    return (
        _("You and {who}: this is closed for now, with thanks to both of you.", who=Person(other)),
        _("Either of you can reopen it at any time."),
    )


def pair_reopened(other: Someone) -> tuple[Msg, ...]:
    """Open again."""
    return (_("You and {who} are a pair again.", who=Person(other)),)
