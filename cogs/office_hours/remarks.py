"""Remarks that go with a session: how its waitlist works, what else is then, clocks that shift."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.office_hours import Session
from bot.services.office_hours.results import Card
from bot.ui.parts import Text
from bot.ui.words import Msg, When, _, ngettext
from cogs.office_hours.wording import title_of


def line_rules(card: Card) -> Msg:
    """How the waitlist works, for whoever stands in it."""
    if card.session.series is not None and card.session.plan.fair:
        return _(
            "A seat that frees up is offered to the first in line, who has 12 hours to answer."
            " From two hours before the start it is for whoever comes first. On this waitlist, who"
            " had no seat in the session before comes first."
        )
    return _(
        "A seat that frees up is offered to the first in line, who has 12 hours to answer. From two"
        " hours before the start it is for whoever comes first."
    )


def clash_note(sessions: tuple[Session, ...]) -> tuple[Text, ...]:
    """What else the reader has at that time."""
    return tuple(
        Text(
            _(
                "At the same time you have {title}, at {when}.",
                title=title_of(session),
                when=When(session.starts),
            )
        )
        for session in sessions
    )


def shift_words(card: Card, by: timedelta) -> Msg:
    """That it is at another hour of the reader's own clock this time."""
    minutes = abs(round(by.total_seconds() / 60))
    if minutes % 60 == 0:
        much = ngettext("{count} hour", "{count} hours", minutes // 60)
    else:
        much = ngettext("{count} minute", "{count} minutes", minutes)
    said = {
        True: _(
            "Clocks have changed: {title} is {much} later for you than the time before, at {when}.",
            title=title_of(card.session),
            much=much,
            when=When(card.session.starts),
        ),
        False: _(
            "Clocks have changed: {title} is {much} earlier for you than the time before, at"
            " {when}.",
            title=title_of(card.session),
            much=much,
            when=When(card.session.starts),
        ),
    }
    return said[by > timedelta()]
