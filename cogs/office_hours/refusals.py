"""Why something was not done, and what to do next: one kind sentence for each reason."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.live_queue import opens_at
from bot.domain.office_hours import QUESTIONS_EACH
from bot.services.office_hours.results import Refused, Why
from bot.ui.parts import Button, Part, Reply, Text
from bot.ui.words import Msg, Strong, When, _, ngettext
from cogs.office_hours.actions import LeaveSession, ListSessions, MySessions, OpenQuestion
from cogs.office_hours.dropping_in import not_in

_LIST = Button(_("Office hours"), ListSessions())
_MINE = Button(_("My sessions"), MySessions())

_PLAIN: Mapping[Why, Msg] = {
    Why.UNKNOWN: _("There is no session with this code or title here. The list shows all of them."),
    Why.NOT_A_HOST: _(
        "Sessions are opened by hosts. If you would like to be one, ask a moderator."
    ),
    Why.PAST: _("This time has passed already. Please choose one that is still ahead."),
    Why.UNTIL_TOO_EARLY: _(
        "The last day of the series is before its first one. Please choose a later day."
    ),
    Why.UNTIL_WITHOUT_REPEAT: _(
        "A last day needs a repetition. Choose how often it repeats, or leave the last day empty."
    ),
    Why.NEVER_OPEN: _(
        "Sign-up would close before anybody could use it."
        " Let it close later, or choose a later start."
    ),
    Why.GONE: _(
        "This was done already, or the question has expired. Your sessions show what stands."
    ),
}
_LOOK_AGAIN = frozenset(
    {
        Why.NO_COHOST,
        Why.NOT_NOW_MARK,
        Why.MUTED,
        Why.NOTHING_NEW,
        Why.TOO_FEW,
        Why.WEEK_FULL,
        Why.OWN,
        Why.GONE,
        Why.CHANGED,
        Why.NOT_NOW,
        Why.SAME_TIME,
    }
)
_LIST_NEXT = frozenset(
    {
        Why.NO_QUEUE,
        Why.QUEUE_LATER,
        Why.UNKNOWN,
        Why.CALLED_OFF,
        Why.OVER,
        Why.NOT_IN,
        Why.ENOUGH_ASKED,
    }
)
_MENDABLE = frozenset(
    {
        Why.UNKNOWN,
        Why.PAST,
        Why.SAME_TIME,
        Why.UNTIL_TOO_EARLY,
        Why.UNTIL_WITHOUT_REPEAT,
        Why.NEVER_OPEN,
    }
)


def refusal(refused: Refused) -> Reply:
    """The screen for a refusal; mendable ones offer the form again."""
    return Reply((Text(_says(refused)), *_next(refused)), correctable=refused.why in _MENDABLE)


def _says(refused: Refused) -> Msg:
    session = refused.session
    if session is None:
        return _PLAIN.get(refused.why, _PLAIN[Why.UNKNOWN])
    title = Strong(session.plan.title)
    match refused.why:
        case Why.CALLED_OFF:
            return _("{title} was called off. Other sessions may suit you.", title=title)
        case Why.OVER:
            return _("{title} is over. The list shows what comes next.", title=title)
        case Why.CLOSED:
            # No hour: whoever is kept apart reads the same words, of an hour that is to come.
            return _(
                "Sign-up for {title} is closed. You can still leave a question for it.",
                title=title,
            )
        case Why.OWN:
            return _("You lead {title} yourself, so a place is kept for you.", title=title)
        case Why.ENOUGH_ASKED:
            return ngettext(
                "You have left {count} question for {title} already, and others ask as well."
                " More can be asked when it begins.",
                "You have left {count} questions for {title} already, and others ask as well."
                " More can be asked when it begins.",
                QUESTIONS_EACH,
                title=title,
            )
        case Why.NOT_IN:
            return not_in(session)
        case Why.HELD:
            return _("You have a seat in {title}. You can give it back.", title=title)
        case Why.WEEK_FULL:
            return ngettext(
                "You have {count} seat in the week of {title}, as many as one person can have"
                " here, so that others find one as well. If you give it back, you can take this"
                " one.",
                "You have {count} seats in the week of {title}, as many as one person can have"
                " here, so that others find one as well. If you give one of them back, you can take"
                " this one.",
                refused.most or 1,
                title=title,
            )
        case Why.NOT_NOW_MARK:
            return _(
                "Who was there is noted from the start of {title} on, for two weeks.", title=title
            )
        case Why.NO_QUEUE:
            return _(
                "{title} has seats, so there is no queue. The list shows drop-in hours.",
                title=title,
            )
        case Why.QUEUE_LATER:
            return _(
                "The queue of {title} opens at {when}, a quarter of an hour before it begins.",
                title=title,
                when=When(opens_at(session)),
            )
        case Why.QUEUE_CLOSED:
            return _(
                "The queue of {title} takes nobody new for today. You can leave a question.",
                title=title,
            )
        case Why.MUTED:
            return _(
                "Questions without a name are paused for you here. {title} can be talked about when"
                " it begins, and a moderator can say more.",
                title=title,
            )
        case Why.TOO_FEW:
            return _(
                "More people than that have a seat in {title}. Choose as many seats or more; the"
                " roster shows who comes.",
                title=title,
            )
        case Why.NOTHING_NEW:
            return _("{title} is like that already. Nothing was changed.", title=title)
        case Why.NO_COHOST:
            return _("That person leads {title} no more. Please look at it again.", title=title)
        case Why.NOT_YOURS:
            return _(
                "This is for the host, the co-hosts and moderators of {title}."
                " You can leave a question for it.",
                title=title,
            )
        case Why.SAME_TIME:
            return _(
                "{title} is at {when} already. Nothing was changed.",
                title=title,
                when=When(session.starts),
            )
        case Why.CHANGED:
            return _(
                "{title} was changed in the meantime; it is at {when} now."
                " Please look at it again before you go on.",
                title=title,
                when=When(session.begins),
            )
        case Why.NOT_NOW:
            return _(
                "{title} begins at {when}. A delay can be announced from two hours before;"
                " until then you can move it.",
                title=title,
                when=When(session.starts),
            )
        case _:
            return _PLAIN[refused.why]


def _next(refused: Refused) -> tuple[Part, ...]:
    session = refused.session
    match refused.why:
        case Why.CLOSED | Why.NOT_YOURS | Why.QUEUE_CLOSED if session is not None:
            return (Button(_("Ask a question"), OpenQuestion(session.code)), _LIST)
        case Why.HELD if session is not None:
            return (Button(_("Leave"), LeaveSession(session.code)), _MINE)
        case (
            Why.NO_COHOST
            | Why.NOTHING_NEW
            | Why.TOO_FEW
            | Why.WEEK_FULL
            | Why.OWN
            | Why.GONE
            | Why.CHANGED
            | Why.NOT_NOW
            | Why.SAME_TIME
        ):
            return (_MINE,)
        case (
            Why.NO_QUEUE
            | Why.QUEUE_LATER
            | Why.UNKNOWN
            | Why.CALLED_OFF
            | Why.OVER
            | Why.NOT_IN
            | Why.ENOUGH_ASKED
        ):
            return (_LIST,)
        case _:
            return ()
