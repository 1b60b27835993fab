"""What is said about a place that somebody typed when it is not clear which zone is meant.

Knows nothing of who asks or what for: the caller brings the Action that a choice leads to.
"""

from __future__ import annotations

from collections.abc import Callable

from bot.domain.zones import ZoneChoices
from bot.ui.action import Action
from bot.ui.parts import Button, Reply, Text
from bot.ui.words import Strong, Typed, _

_MOST = 5
_LONGEST_LABEL = 75


def unknown_place(typed: str) -> Reply:
    """No place is called so."""
    said = _(
        "I do not know a place called {place}."
        " Try a larger city nearby, or a zone such as {example}.",
        place=Typed(typed),
        example=Strong("Europe/London"),
    )
    return Reply((Text(said),), correctable=True)


def which_place(found: ZoneChoices, chosen: Callable[[str], Action]) -> Reply:
    """The places that could be meant, each a button; `chosen` is asked with what to type for it."""
    buttons = [
        Button(_("{place}", place=Typed(match.label[:_LONGEST_LABEL])), chosen(match.typed))
        for match in found.matches[:_MOST]
    ]
    return Reply((Text(_("Which one do you mean?")), *buttons), correctable=True)
