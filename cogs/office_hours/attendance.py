"""Who was there: the host's marks on the roster. Nobody but the host and the person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.office_hours import Came, Seat
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.runtime.feature import Course, Handler, Moot, Notice
from bot.services.office_hours import after
from bot.services.office_hours.results import Refused, Roster
from bot.services.office_hours.telling import Kind
from bot.services.ports import Store, Work
from bot.ui.action import Action, Option
from bot.ui.limits import LIMITS
from bot.ui.parts import Button, Part, Reply, Select, Style, Text
from bot.ui.words import Msg, Typed, _, ngettext
from cogs.office_hours.actions import ShowRoster
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of


@dataclass(frozen=True)
class MarkCame(Action, tag="oh.came.1"):
    """One person, or everybody who has no mark yet."""

    session: str
    came: Came
    who: str = ""


class Attendance:
    """The handler, and the moment at which what comes after a session begins."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(MarkCame, self.mark),)

    def notices(self) -> tuple[Notice, ...]:
        """No message: only its moment counts."""
        course = Course(after.begin, _nothing, _nothing)
        return (Notice(Kind.OVER, self.over, None, course=course),)

    async def mark(self, caller: Caller, request: MarkCame) -> Reply:
        """The host says who was there."""
        if request.who and not request.who.isdecimal():
            return refusal(Refused(after.Why.UNKNOWN))
        done = await self._store.write(
            after.mark,
            self._clock.now(),
            actor_of(caller),
            request.session,
            MemberId(int(request.who)) if request.who else None,
            request.came,
        )
        if isinstance(done, Refused):
            return refusal(done)
        said = _("Noted for {title}. Everybody can correct what is said about them.",
                 title=title_of(done))  # fmt: skip
        return Reply((Text(said), Button(_("Roster"), ShowRoster(done.code))))

    async def over(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """Never said."""
        return Moot.MOOT


def came_words(seat: Seat) -> Msg | None:
    """What is known about one person, for those who lead the session."""
    if seat.own is not None and seat.own is not seat.marked:
        if seat.own is Came.HERE:
            return _("was there, in their own word")
        return _("could not come, in their own word")
    match seat.came:
        case Came.HERE:
            return _("was there")
        case Came.ABSENT:
            return _("did not come")
        case None:
            return None


def marking(roster: Roster, now: datetime) -> tuple[Part, ...]:
    """The marks that can be set from the start on; for those who lead it."""
    session = roster.card.session
    if not roster.card.leads or session.called_off or now < session.starts or not roster.held:
        return ()
    code = session.code
    people = tuple(
        Option(str(who.member), _("{name}", name=Typed(who.name[: LIMITS.option_label])))
        for _seat, who in roster.held[: LIMITS.select_options]
    )
    parts: list[Part] = [Text(_("Who was there? Only you and each of them see it."), Style.QUIET)]
    if any(seat.marked is None for seat, _who in roster.held):
        parts.append(Button(_("Everybody else was there"), MarkCame(code, Came.HERE)))
    parts.append(Select(_("Did not come"), MarkCame(code, Came.ABSENT), "who", people))
    parts.append(Select(_("Was there"), MarkCame(code, Came.HERE), "who", people))
    return tuple(parts)


def late_note(roster: Roster) -> tuple[Part, ...]:
    """Seats that were given back late are no no-shows: they are counted apart."""
    if not roster.late:
        return ()
    said = ngettext(
        "{count} seat was given back less than 12 hours before.",
        "{count} seats were given back less than 12 hours before.",
        len(roster.late),
    )
    return (Text(said, Style.QUIET),)


def _nothing(work: Work, now: datetime, row: Delivery) -> None:
    return None
