"""Drop-in hours in lists and messages: people come and have a place in line, where others have a
seat; and the way to the queue while there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.live_queue import opens_at, takes_people
from bot.domain.office_hours import Session
from bot.services.office_hours.results import Card
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Text
from bot.ui.words import Msg, Strong, When, _


@dataclass(frozen=True)
class OpenQueue(Action, tag="oh.q_open.1"):
    """The form to line up. Who is in line sees their place, who leads it the desk."""

    session: str


def to_the_queue(card: Card, now: datetime) -> tuple[Button, ...]:
    """The button, while there is a queue."""
    if not takes_people(card.session, now):
        return ()
    # Who is in line is asked for nothing; the same way leads to their place.
    label = _("Where am I") if card.in_queue else _("Line up")
    label = _("Queue") if card.leads else label
    return (Button(label, OpenQueue(card.session.code), Look.MAIN),)


def queue_note(session: Session, now: datetime) -> tuple[Text, ...]:
    """How drop-in hours go, for whoever comes."""
    if not session.drop_in:
        return ()
    if takes_people(session, now):
        return (Text(_("One after the other has their turn, in the order of the queue.")),)
    said = _(
        "One after the other has their turn, in the order of the queue. It opens at {when}.",
        when=When(opens_at(session)),
    )
    return (Text(said),)


def has_joined(session: Session, *, already: bool = False) -> Msg:
    """That somebody has a seat, or comes."""
    title = Strong(session.plan.title)
    match session.drop_in, already:
        case True, False:
            return _("You are expected at {title}. Come when you like until it ends.", title=title)
        case True, True:
            return _("You are expected at {title} already.", title=title)
        case _, False:
            return _("You have a seat in {title}.", title=title)
        case _:
            return _("You already have a seat in {title}.", title=title)


def has_left(session: Session) -> Msg:
    """That a seat was given back, or that somebody does not come."""
    title, when = Strong(session.plan.title), When(session.starts)
    if session.drop_in:
        return _(
            "You are not expected at {title} on {when} any more. Thank you for saying so.",
            title=title,
            when=when,
        )
    return _(
        "Your seat in {title} on {when} is free for somebody else now. Thank you for saying so.",
        title=title,
        when=when,
    )


def is_in(session: Session) -> Msg:
    """The same in a list."""
    return _("You are expected there.") if session.drop_in else _("You have a seat.")


def not_in(session: Session) -> Msg:
    """That there is nothing to give back."""
    title = Strong(session.plan.title)
    if session.drop_in:
        return _("You are not expected at {title}, so there is nothing to leave.", title=title)
    return _("You have no seat in {title} and do not wait for one.", title=title)


def no_longer_in(session: Session) -> Msg:
    """It ended for another reason than their own word; the same words whatever the reason is."""
    title, when = Strong(session.plan.title), When(session.starts)
    if session.drop_in:
        return _(
            "{title} on {when} cannot take you after all. It happens for many reasons, and it"
            " counts for nothing against you.",
            title=title,
            when=when,
        )
    return _(
        "Your seat in {title} on {when} could not be kept. It happens for many reasons, and it"
        " counts for nothing against you.",
        title=title,
        when=when,
    )


def if_not(session: Session) -> Msg:
    """What to do when one cannot come."""
    if session.drop_in:
        return _("If you cannot come, one tap says so.")
    return _("If you cannot come, one tap gives your seat to somebody else.")


def goes_along(session: Session) -> Msg:
    """What a new time means for whoever comes."""
    if session.drop_in:
        return _("You are expected at the new time.")
    return _("Your seat moves with it.")


def all_go_along(session: Session) -> Msg:
    """The same of everybody, for the host."""
    title, when = Strong(session.plan.title), When(session.starts)
    if session.drop_in:
        return _("{title} is at {when} now. Everybody is expected then.", title=title, when=when)
    return _("{title} is at {when} now. Everybody keeps their seat.", title=title, when=when)
