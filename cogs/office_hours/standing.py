"""What somebody can do who is offered a seat or stands in line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.seats import first_come
from bot.services.office_hours.results import Card
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Part
from bot.ui.words import Msg, _
from cogs.office_hours.actions import DeclineOffer, JoinSession, LeaveSession


@dataclass(frozen=True)
class TakeSeat(Action, tag="oh.take.1"):
    """A seat that is offered, or free for whoever comes first, from the message that says so: it
    goes when it is answered."""

    session: str


def answer_offer(card: Card, *, here: bool = False) -> tuple[Part, ...]:
    """The two answers to an offer. `here`: in a message about it alone, whose place the answer
    takes."""
    code = card.session.code
    return (
        Button(_("Take the seat"), TakeSeat(code) if here else JoinSession(code), Look.MAIN),
        Button(_("Not now"), DeclineOffer(code, here)),
    )


def free_at_once(card: Card, now: datetime) -> Msg | None:
    """That somebody in line may take a seat at this moment, if so."""
    if card.session.full or not first_come(card.session.starts, now):
        return None
    return _("A seat is free for whoever comes first.")


def waiting_choices(card: Card, now: datetime) -> tuple[Part, ...]:
    """In line; in the last hours a free seat can be taken at once."""
    code = card.session.code
    leave = Button(_("Leave the waitlist"), LeaveSession(code))
    if free_at_once(card, now) is not None:
        return (Button(_("Take the seat"), JoinSession(code), Look.MAIN), leave)
    return (leave,)
