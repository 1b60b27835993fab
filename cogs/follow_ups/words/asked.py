"""What is said of a question where it was posted, and to its asker.

The voice is the one of `words`.
"""

from __future__ import annotations

from bot.domain.follow_ups import FollowUp
from bot.domain.people import Someone
from bot.domain.questions import Asked, AskedState
from bot.ui.topics import OTHER, topic_words
from bot.ui.words import Code, Msg, Person, When, _

MUTED = _(
    "Questions without a name are paused for you here. With your name you can ask at any time, and"
    " a moderator can say more."
)
TAP = _("Answer below, and tap once so that I know.")
NOT_FOUND = _("A question stood here. There is nothing to do.")


def head(asked: Asked, who: Someone | None) -> Msg:
    """Above the question itself; `who`: unless it was asked without a name."""
    topic, code = topic_words(asked.topic), Code(asked.code)
    if asked.topic == OTHER:
        if who is None:
            return _("A question ({code}):", code=code)
        return _("{who} asks ({code}):", who=Person(who), code=code)
    if who is None:
        return _("A question about {topic} ({code}):", topic=topic, code=code)
    return _("{who} asks about {topic} ({code}):", who=Person(who), topic=topic, code=code)


def settled(state: AskedState) -> Msg:
    """Below the question, once it asks no more."""
    if state is AskedState.ANSWERED:
        return _("This question is answered. There is nothing left to do.")
    return _("This question is closed for now. There is nothing left to do.")


def newer(code: str) -> Msg:
    """In its place, once it was asked again; what it says stands below, if it still stands."""
    return _("Question {code}: there is a newer message about it below.", code=Code(code))


def not_posted(code: str) -> Msg:
    """For the asker, instead of what was promised."""
    return _(
        "I could not post your question {code}: its channel is gone, or I may not write there."
        " A moderator can mend that.",
        code=Code(code),
    )


def taken_back(code: str) -> Msg:
    """In its place, once its asker took it back."""
    return _("Question {code} was taken back. There is nothing to do.", code=Code(code))


def heard(code: str) -> Msg:
    """For the asker: did it help?"""
    return _("Somebody answered your question {code}.", code=Code(code))


def question_dates(one: FollowUp) -> tuple[Msg, ...]:
    """When a question is shown to others, and when its asker chooses."""
    choose = _("On {when} you choose what becomes of it.", when=When(one.deadline))
    if one.remind_at is None:
        return (choose,)
    shown = _(
        "From {when} on it is shown to people who like such questions.", when=When(one.remind_at)
    )
    return shown, choose
