"""What it means that questions of a help channel are followed, and what that takes here."""

from __future__ import annotations

from bot.runtime.caller import Caller
from bot.ui.parts import Can, Part, Style, Text
from bot.ui.words import Slash, _

MEANS = _(
    "Messages there that look like questions and get no reply are followed: I keep where they"
    " stand, never what they say. They are shown to people who like such questions, and in the end"
    " whoever asked chooses what becomes of it; {policies} says when.",
    policies=Slash("setup policies"),
)
HEARS = _("The app is allowed to hear channels here. It also has to be a member of this one.")
CANNOT_HEAR = _(
    "At present the app is not allowed to hear any channel here, so nothing is followed."
)


def means(caller: Caller) -> tuple[Part, ...]:
    """Before it is switched on."""
    return (Text(MEANS), *takes(caller))


def takes(caller: Caller) -> tuple[Part, ...]:
    """What is granted, or has to be."""
    if Can.HEAR_CHANNELS in caller.can:
        return (Text(HEARS, Style.QUIET),)
    grant = caller.lacking.get(Can.HEAR_CHANNELS)
    return (Text(CANNOT_HEAR), *(() if grant is None else (Text(grant, Style.QUIET),)))
