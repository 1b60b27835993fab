"""`setup members`: a seat, listing or case of somebody else, with a reason; the person is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Protocol

from bot.clock import Clock
from bot.domain.audit import MOST_WHY, Change, ChangeId
from bot.domain.delivery import Delivery
from bot.domain.people import MemberId, Role
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Course, Handler, Moot, Notice
from bot.services import staff
from bot.services.follow_ups import sending
from bot.services.ports import Store, Work
from bot.services.staff import LINE, Act, NotDone
from bot.ui.action import Action, Ask, ChannelRef, Option
from bot.ui.parts import Part, Reply, Style, Text
from bot.ui.words import InChannel, Msg, Person, Slash, Strong, Typed, _
from cogs.moderation.acts import ASK, NOT_DONE, STUCK, THEN

_ACTS = (
    Option(Act.ADD_SEAT.value, _("give a seat")),
    Option(Act.MOVE_SEAT.value, _("move to another session")),
    Option(Act.REMOVE_SEAT.value, _("take the seat back")),
    Option(Act.INVITE_MENTOR.value, _("invite to be a mentor")),
    Option(Act.PAUSE_LISTING.value, _("let the mentor's listing rest")),
    Option(Act.REMOVE_LISTING.value, _("take the mentor's listing down")),
    Option(Act.MOVE_CASE.value, _("move a case to another channel")),
    Option(Act.REMOVE_CASE.value, _("take a case down")),
)

_OFFERED = {one.value: Act(one.value) for one in _ACTS}


class Desk(Protocol):
    """What the feature of cases does for moderators; False where a message could not be changed."""

    async def remove(self, caller: Caller, about: MemberId, code: str, why: str) -> bool | NotDone:
        """Down for good."""
        ...

    async def move(
        self,
        caller: Caller,
        about: MemberId,
        code: str,
        channel: str,
        why: str,
        undoes: ChangeId | None = None,
    ) -> bool | NotDone:
        """Into another channel; `undoes`: the record of the move that this takes back."""
        ...


@dataclass(frozen=True)
class ActFor(Action, tag="su.act.1", memory_only=True):
    """Do something in somebody's place. A reason about a case may hold what concerns a patient."""

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
    case: Annotated[str | None, Ask(_("Case"), hint=_("Its code, for a case"), most=40)] = None
    channel: Annotated[ChannelRef | None, Ask(_("To channel"), hint=_("For moving a case"))] = None


_NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)


class MemberScreens:
    """The handler, and the message to the person."""

    def __init__(self, store: Store, clock: Clock, cases: Desk) -> None:
        self._store = store
        self._clock = clock
        self._cases = cases

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ActFor, self.act, Role.MODERATOR),)

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup members", _("A seat, listing or case of somebody"), ActFor),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(staff.TOLD, self.compose, course=_NEWS),)

    async def act(self, caller: Caller, ask: ActFor) -> Reply:
        """Carries it out, or says why not."""
        what = _OFFERED.get(ask.act)
        if what is None:
            raise StaleControl("no act of moderators")
        if (asks := _lacks(what, ask)) is not None:
            return Reply((Text(asks),), correctable=True)
        done = await self._carry_out(caller, what, ask)
        if isinstance(done, NotDone):
            nothing = Text(_("Nothing was changed."))
            return Reply((Text(NOT_DONE[done]), nothing), correctable=True)
        someone = await self._store.read(lambda work: work.people.someone(ask.member))
        audit = Slash("setup audit")
        return Reply(
            (
                Text(_("Done. {who} is told, with your reason.", who=Person(someone))),
                *(() if done else (Text(STUCK),)),
                Text(_("It is on record in {audit}.", audit=audit), Style.QUIET),
            )
        )

    async def _carry_out(self, caller: Caller, what: Act, ask: ActFor) -> bool | NotDone:
        why = ask.why.strip()
        match what:
            case Act.REMOVE_CASE:
                return await self._cases.remove(caller, ask.member, ask.case or "", why)
            case Act.MOVE_CASE:
                given = (ask.member, ask.case or "", ask.channel or "", why)
                return await self._cases.move(caller, *given)
            case _:
                session, to = (ask.session or "").strip(), (ask.to or "").strip()
                done = await self._store.write(
                    staff.act,
                    *(self._clock.now(), caller.member, caller.community, what),
                    *(ask.member, session, to, why),
                )
                return done if isinstance(done, NotDone) else True

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """What the person reads."""

        def look(work: Work) -> tuple[Change, Msg] | None:
            change = staff.told(work, row.community, row.ref)
            return None if change is None else (change, _what(work, change))

        found = await self._store.read(look)
        if found is None:
            return Moot.MOOT
        change, what = found
        parts: list[Part] = [Text(what)]
        if change.undoes is not None:
            parts.append(Text(_("This takes back what a moderator did before.")))
        if change.why:
            parts.append(Text(_("Reason: {why}", why=Typed(change.why))))
        if (then := THEN.get(change.setting.kind)) is not None:
            parts.append(Text(then))
        return Reply((*parts, Text(ASK, Style.QUIET)))


def _lacks(what: Act, ask: ActFor) -> Msg | None:
    if what.of_seat and not (ask.session or "").strip():
        return _("Which session is it about?")
    if what is Act.MOVE_SEAT and not (ask.to or "").strip():
        return _("To which session?")
    if what in (Act.MOVE_CASE, Act.REMOVE_CASE) and not (ask.case or "").strip():
        return _("Which case is it about? Its code stands under it.")
    if what is Act.MOVE_CASE and not ask.channel:
        return _("To which channel?")
    return None


def _what(work: Work, change: Change) -> Msg:
    """What was done, to whom it concerns. Sessions are named as they are called at present."""

    def title(code: str) -> Strong:
        session = work.office_hours.by_code(change.community, code)
        return Strong(code if session is None else session.plan.title)

    case = Strong(change.setting.name)
    match change.setting.kind:
        case Act.ADD_SEAT.value if change.setting.name == LINE:
            into = title(change.new)
            return _("A moderator gave you a place in line for {session}.", session=into)
        case Act.ADD_SEAT.value:
            return _("A moderator signed you up for {session}.", session=title(change.new))
        case Act.MOVE_SEAT.value:
            old, new = title(change.old), title(change.new)
            return _("A moderator moved you from {old} to {new}.", old=old, new=new)
        case Act.REMOVE_SEAT.value if change.setting.name == LINE:
            out = title(change.old)
            return _("A moderator took back your place in line for {session}.", session=out)
        case Act.REMOVE_SEAT.value:
            out = title(change.old)
            return _("A moderator took back your seat in {session}.", session=out)
        case Act.INVITE_MENTOR.value:
            return _("A moderator thinks that others could learn from you, as a mentor.")
        case Act.PAUSE_LISTING.value:
            return _("A moderator let your listing as a mentor rest for four weeks.")
        case Act.WAKE_LISTING.value:
            return _("Your listing as a mentor rests no more.")
        case Act.LIST_AGAIN.value:
            return _("A moderator put your listing as a mentor up again.")
        case Act.MOVE_CASE.value:
            into = InChannel(change.new)
            return _("A moderator moved your case {code} to {where}.", code=case, where=into)
        case Act.REMOVE_CASE.value:
            return _("A moderator took your case {code} down.", code=case)
        case Act.POST_AGAIN.value:
            return _("Your case {code} may be posted again.", code=case)
        case _:
            return _("A moderator took your listing as a mentor down.")
