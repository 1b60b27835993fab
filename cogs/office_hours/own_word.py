"""What somebody says themselves about whether they were there: it counts, for the host alone."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.office_hours import Came, Seat, SessionId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours import after
from bot.services.office_hours.results import Card, Refused
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Msg, _
from cogs.office_hours.actions import MySessions
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of


@dataclass(frozen=True)
class SayWhetherCame(Action, tag="oh.own_word.1"):
    """Below a session that is over."""

    about: int
    came: Came


class OwnWords:
    """The handler."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(SayWhetherCame, self.say),)

    async def say(self, caller: Caller, request: SayWhetherCame) -> Reply:
        """Noted beside the host's mark."""
        session = await self._store.write(
            after.own_word,
            self._clock.now(),
            actor_of(caller),
            SessionId(request.about),
            request.came,
        )
        if isinstance(session, Refused):
            return refusal(session)
        title = title_of(session)
        if request.came is Came.HERE:
            said = _("Noted for {title}: you were there.", title=title)
        else:
            said = _("Noted for {title}: you could not come.", title=title)
        counts = Text(_("Your own word counts; only the host sees it."), Style.QUIET)
        return Reply((Text(said), counts, Button(_("My sessions"), MySessions())))


def own_word(card: Card) -> tuple[Part, ...]:
    """How it stands about somebody who had a seat, and the other answer."""
    seat = card.seat
    if seat is None:
        return ()
    about = card.session.id
    if seat.came is Came.ABSENT:
        here = Button(_("I was there"), SayWhetherCame(about, Came.HERE))
        return (Text(_stands(seat), Style.QUIET), here)
    absent = Button(_("I could not come"), SayWhetherCame(about, Came.ABSENT))
    return (Text(_stands(seat), Style.QUIET), absent)


def _stands(seat: Seat) -> Msg:
    if seat.own is Came.HERE:
        return _("You said that you were there.")
    if seat.own is Came.ABSENT:
        return _("You said that you could not come.")
    match seat.marked:
        case Came.HERE:
            return _("The host noted that you were there.")
        case Came.ABSENT:
            return _("The host noted that you did not come. Your own word counts.")
        case None:
            return _("Nobody noted whether you were there.")
