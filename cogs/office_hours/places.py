"""Where a session is, and the way in: for those alone who may know."""

from __future__ import annotations

from bot.domain.office_hours import Plan
from bot.services.office_hours.results import Card
from bot.ui.parts import Link, Part
from bot.ui.words import InChannel, Typed, Words, _

_LONGEST_LINK = 500


def where_words(plan: Plan) -> Words:
    """Where it is, for those who may know."""
    if plan.voice is None:
        return Typed(plan.where)
    channel = InChannel(plan.voice.channel, plan.voice.place.platform)
    return _("{where}, {channel}", where=Typed(plan.where), channel=channel)


def way_in(card: Card) -> tuple[Part, ...]:
    """A button that opens the place, where it is an address and the reader may know it."""
    where = card.session.plan.where
    fits = len(where) <= _LONGEST_LINK and where.isprintable() and " " not in where
    if card.sees_where and fits and where.startswith(("https://", "http://")):
        return (Link(_("Open the link"), where),)
    return ()
