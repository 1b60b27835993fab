"""`setup members`: a seat or a listing of somebody else, with a reason; the person is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import MOST_WHY, Change
from bot.domain.delivery import Delivery
from bot.domain.people import MemberId, Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler, Moot, Notice
from bot.services import staff
from bot.services.ports import Store
from bot.services.staff import Act, NotDone
from bot.ui.action import Action, Ask, Option
from bot.ui.parts import Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Slash, Strong, Typed, _

_ACTS = (
    Option(Act.ADD_SEAT.value, _("give a seat")),
    Option(Act.MOVE_SEAT.value, _("move to another session")),
    Option(Act.REMOVE_SEAT.value, _("take the seat back")),
    Option(Act.REMOVE_LISTING.value, _("take the mentor's listing down")),
)
_NOT_DONE = {
    NotDone.NO_SESSION: _("There is no such session."),
    NotDone.SEVERAL: _("Several sessions have this title; give the code."),
    NotDone.NO_SEAT: _("They have no seat in that session."),
    NotDone.HAS_ONE: _("They have a seat or a place in line there already."),
    NotDone.FULL: _("That session is full, and stays so for moderators as well."),
    NotDone.RULES: _("The rules that hold for everybody do not allow it."),
    NotDone.NO_LISTING: _("They have no listing."),
}


@dataclass(frozen=True)
class ActFor(Action, tag="su.act.1"):
    """Do something in somebody's place."""

    member: Annotated[MemberId, Ask(_("Member"))]
    act: Annotated[str, Ask(_("What to do"), options=_ACTS)]
    why: Annotated[
        str, Ask(_("Reason"), hint=_("The person reads it"), least=3, most=MOST_WHY, lines=2)
    ]
    session: Annotated[
        str | None, Ask(_("Session"), hint=_("Its code or title, for a seat"), most=80)
    ] = None
    to: Annotated[
        str | None, Ask(_("To session"), hint=_("For a move: the other one"), most=80)
    ] = None


class MemberScreens:
    """The handler, and the message to the person."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ActFor, self.act, Role.MODERATOR),)

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup members", _("A seat or listing of somebody"), ActFor),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(staff.TOLD, self.compose),)

    async def act(self, caller: Caller, ask: ActFor) -> Reply:
        """Carries it out, or says why not."""
        what = next((one for one in Act if one.value == ask.act), Act.ADD_SEAT)
        session, to = (ask.session or "").strip(), (ask.to or "").strip()
        if what is not Act.REMOVE_LISTING and not session:
            return Reply((Text(_("Which session is it about?")),), correctable=True)
        if what is Act.MOVE_SEAT and not to:
            return Reply((Text(_("To which session?")),), correctable=True)
        done = await self._store.write(
            staff.act,
            *(self._clock.now(), caller.member, caller.community, what),
            *(ask.member, session, to, ask.why.strip()),
        )
        if isinstance(done, NotDone):
            nothing = Text(_("Nothing was changed."))
            return Reply((Text(_NOT_DONE[done]), nothing), correctable=True)
        someone = await self._store.read(lambda work: work.people.someone(ask.member))
        audit = Slash("setup audit")
        return Reply(
            (
                Text(_("Done. {who} is told, with your reason.", who=Person(someone))),
                Text(_("It is on record in {audit}.", audit=audit), Style.QUIET),
            )
        )

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """What the person reads."""
        change = await self._store.read(staff.told, row.community, row.ref)
        if change is None:
            return Moot.MOOT
        parts: list[Part] = [Text(_what(change))]
        parts.append(Text(_("Reason: {why}", why=Typed(change.why))))
        ask = _("If this is a mistake, answer to a moderator of your community.")
        return Reply((*parts, Text(ask, Style.QUIET)))


def _what(change: Change) -> Msg:
    old, new = Strong(change.old), Strong(change.new)
    match change.setting.kind:
        case Act.ADD_SEAT.value:
            return _("A moderator signed you up for {session}.", session=old)
        case Act.MOVE_SEAT.value:
            return _("A moderator moved you from {old} to {new}.", old=old, new=new)
        case Act.REMOVE_SEAT.value:
            return _("A moderator took back your seat in {session}.", session=old)
        case _:
            return _("A moderator took your listing as a mentor down.")
