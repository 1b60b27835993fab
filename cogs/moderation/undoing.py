"""`Undo` below an act in the record: what it would mean, then the reverse act, once."""

from __future__ import annotations

from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.audit import Change, ChangeId
from bot.domain.people import MemberId, Role
from bot.domain.taxonomy import Taxonomy
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import staff_undo
from bot.services.ports import Store, Work
from bot.services.staff import Act, NotDone
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Slash, _
from cogs.moderation.acts import ACTS, BACK, NOT_DONE, STAYS, STUCK, TOLD_OF_IT, titles_of, trace_of
from cogs.moderation.members import Desk


@dataclass(frozen=True)
class AskBack(Action, tag="au.ask_back.1"):
    """Show what taking back an act would mean."""

    change: int


@dataclass(frozen=True)
class TakeBack(Action, tag="au.back.1"):
    """Take back an act that was shown."""

    change: int


@dataclass(frozen=True)
class LeaveAct(Action, tag="au.leave.1"):
    """Leave it as it is."""

    change: int


class Undoing:
    """Asks, and takes back."""

    def __init__(self, store: Store, clock: Clock, shipped: Taxonomy, cases: Desk) -> None:
        self._store = store
        self._clock = clock
        self._shipped = shipped
        self._cases = cases

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(AskBack, self.ask, Role.MODERATOR),
            Handler(TakeBack, self.take_back, Role.MODERATOR),
            Handler(LeaveAct, self.leave, Role.MODERATOR),
        )

    async def ask(self, caller: Caller, ask: AskBack) -> Reply:
        """What it would mean, before anything is done."""
        id = ChangeId(ask.change)

        def look(work: Work) -> tuple[Change | NotDone, Msg | None, Msg | None]:
            found = staff_undo.stands(work, caller.community, id)
            if isinstance(found, NotDone) or found.about is None:
                return found, None, None
            someone = Person(work.people.someone(found.about))
            trace = trace_of(found, titles_of(work, (found,)))
            return found, _("About {who}", who=someone), trace

        found, about, trace = await self._store.read(look)
        if isinstance(found, NotDone):
            return Reply((Text(NOT_DONE[found]),))
        kind = found.setting.kind
        parts: list[Part] = [Text(ACTS[kind], Style.HEADING)]
        if about is not None:
            parts.append(Text(about, Style.QUIET))
        if trace is not None:
            parts.append(Text(trace, Style.QUIET))
        parts.append(Text(BACK[kind]))
        if about is not None:
            parts.append(Text(TOLD_OF_IT))
        return Reply(
            (
                *parts,
                Button(_("Confirm"), TakeBack(id), Look.MAIN),
                Button(_("Cancel"), LeaveAct(id)),
            )
        )

    async def take_back(self, caller: Caller, ask: TakeBack) -> Reply:
        """The reverse act; of two moderators the second reads that it was done."""
        id = ChangeId(ask.change)
        found = await self._store.read(staff_undo.stands, caller.community, id)
        if isinstance(found, NotDone):
            return Reply((Text(NOT_DONE[found]),), replaces=True)
        stuck = False
        if found.setting.kind == Act.MOVE_CASE.value and found.about is not None:
            done = await self._move_back(caller, found, found.about)
            stuck = done is False
        else:
            given = (self._clock.now(), caller.member, caller.community, id, self._shipped)
            done = await self._store.write(staff_undo.undo, *given)
        if isinstance(done, NotDone):
            parts = (Text(NOT_DONE[done]), Text(_("Nothing was changed.")))
            return Reply(parts, replaces=True)
        audit = Slash("setup audit")
        record = Text(_("It is on record in {audit}.", audit=audit), Style.QUIET)
        back = Text(_("It is taken back."))
        return Reply((back, *((Text(STUCK),) if stuck else ()), record), replaces=True)

    async def leave(self, caller: Caller, ask: LeaveAct) -> Reply:
        """Nothing happens."""
        return Reply((Text(_("Nothing was changed.")),), replaces=True)

    async def _move_back(self, caller: Caller, change: Change, about: MemberId) -> bool | NotDone:
        return await self._cases.move(
            caller, about, change.setting.name, change.old, "", undoes=change.id
        )


def below(change: Change) -> tuple[Part, ...]:
    """What stands below an act in the record: taken back, the button, or why there is none."""
    if change.undone:
        return (Text(_("Taken back."), Style.QUIET),)
    if (why := STAYS.get(change.setting.kind)) is not None:
        return (Text(why, Style.QUIET),)
    if change.setting.kind not in staff_undo.REVERSE:
        return ()
    return (Button(_("Undo"), AskBack(change.id)),)
