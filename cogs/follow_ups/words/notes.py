"""What is said around several matters, about the way to somebody, and after a session.

The voice is the one of `words`.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.people import Someone
from bot.services.follow_ups.views import Seen
from bot.ui.words import Msg, Person, Slash, Strong, When, _
from cogs.follow_ups.words import somebody

DIGEST = _("This is all I have for you today; each takes one tap.")
DIGEST_MORE = _("The rest is in {command}.", command=Slash("checkin status"))
ANSWER_THERE = _("To answer, open {command} there.", command=Slash("checkin status"))
AGAIN = _("You may have had this already.")
CHANGE_THIS = _("When I write, and how often: {command}.", command=Slash("my notify"))


def at_home(name: str) -> Msg:
    """Above the matters of one community, in a note about several."""
    return _("In {community}:", community=Strong(name))


def not_delivered(seen: Seen) -> Msg:
    """For whoever waits."""
    return _(
        "I could not bring this to {who} yet. The clock stands until I can; there is nothing you"
        " need to do.",
        who=somebody(seen.other),
    )


def elsewhere(who: Someone) -> Msg:
    """The second route: no content."""
    return _(
        "{who}, I could not reach you in private. {command} shows what there is.",
        who=Person(who, ping=True),
        command=Slash("checkin status"),
    )


def thanked(who: Someone, title: str, when: datetime) -> Msg:
    """For the host."""
    return _(
        "{who} thanks you for {title} on {when}.",
        who=Person(who),
        title=Strong(title),
        when=When(when),
    )


def absent(title: str, when: datetime) -> Msg:
    """For whoever the host noted as not there: they may say otherwise."""
    return _(
        "For {title} on {when} it was noted that you could not come. If you were there, one tap"
        " says so. Only you and the host see this.",
        title=Strong(title),
        when=When(when),
    )
