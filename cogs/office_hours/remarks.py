"""Remarks that go with a session: how its waitlist works, what else is then, clocks that shift."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.office_hours import Session
from bot.services.office_hours.results import Card
from bot.ui.parts import Button, Text
from bot.ui.words import Msg, When, _, ngettext
from cogs.office_hours.actions import ListSessions
from cogs.office_hours.wording import place_in_line, short_line, title_of


def line_rules(card: Card) -> Msg:
    """How the waitlist works, for whoever stands in it."""
    rules = _(
        "A seat that frees up is offered to the first in line, who has 12 hours to answer. What"
        " frees up during your night is offered to you in your morning, and your 12 hours begin"
        " then, so that nobody has to be awake for it. From two hours before the start it is for"
        " whoever comes first."
    )
    if card.session.series is None or not card.session.plan.fair:
        return rules
    return _(
        "{rules} On this waitlist, who had no seat in the session before comes first.", rules=rules
    )


def one_date(card: Card) -> tuple[Text, ...]:
    """Of a series: that joining is for this one alone."""
    if card.session.series is None:
        return ()
    return (Text(_("It is for this date alone; the other dates of the series are joined apart.")),)


def other_dates(card: Card) -> tuple[Button, ...]:
    """The way to them."""
    if card.session.series is None:
        return ()
    return (Button(_("Other dates"), ListSessions(series=card.session.code)),)


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


def with_standing(card: Card) -> Msg:
    """A session in one line, and the place in line of who waits: who has a seat keeps it."""
    said = short_line(card)
    if not card.waits or card.session.called_off:
        return said
    return _("{session}\n{standing}", session=said, standing=place_in_line(card))
