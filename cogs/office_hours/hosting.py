"""Hosting: a new session or series; and `Confirm`, also for what changes one."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.moment import other_reading
from bot.domain.people import Role
from bot.domain.recurrence import Repeat
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.pending import Pending
from bot.services.office_hours import changes, editing, hosting, views
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import Changed, Opened, Refused, Why
from bot.services.ports import Store
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from cogs.office_hours.actions import (
    CallOff,
    Cancel,
    Confirm,
    HostSession,
    MoveSession,
)
from cogs.office_hours.changing import Changing
from cogs.office_hours.editing import ChangeSession, edits_of
from cogs.office_hours.outcomes import changed, opened, question
from cogs.office_hours.planning import (
    OtherReading,
    echo,
    plan_of,
    rule_in,
    two_ways,
)
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of


class Hosting:
    """Handlers for people who hold sessions."""

    def __init__(self, store: Store, clock: Clock, changing: Changing) -> None:
        self._changing = changing
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (HostSession, MoveSession, CallOff, ChangeSession))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(HostSession, self.host, may=Role.HOST),
            Handler(Confirm, self.confirm),
            Handler(OtherReading, self.other),
            Handler(Cancel, self.cancel),
        )

    async def host(self, caller: Caller, request: HostSession) -> Reply:
        """Echoes what was understood; nothing is saved yet."""
        rule = rule_in(request)
        why = hosting.problem(self._clock.now(), plan_of(request, caller), request.starts, rule)
        if why is not None:
            return refusal(Refused(why))
        cohosts = await self._store.read(views.named, request.cohosts)
        draft = await self._pending.keep(caller, request)
        return Reply(
            (
                Text(_("Is this right? Nothing is saved before you confirm.")),
                *echo(request, cohosts, caller),
                *(two_ways(request.starts, draft) if rule.repeat is Repeat.NONE else ()),
                *question(draft),
            ),
            correctable=True,
            waits=draft,
        )

    async def other(self, caller: Caller, request: OtherReading) -> Reply:
        """The other reading of a time, shown again before anything is saved."""
        found = await self._pending.find(caller, request.draft)
        action = found[0] if found is not None else None
        if not isinstance(action, HostSession | MoveSession):
            return refusal(Refused(Why.GONE))
        if isinstance(action, HostSession) and Role.HOST not in caller.roles:
            return refusal(Refused(Why.NOT_A_HOST))
        await self._pending.drop(caller, request.draft)
        meant = replace(action, starts=other_reading(action.starts) or action.starts)
        if isinstance(meant, HostSession):
            again = await self.host(caller, meant)
        else:
            again = await self._changing.move(caller, meant)
        return replace(again, replaces=True)

    async def confirm(self, caller: Caller, request: Confirm) -> Reply:
        """Carries out what was shown, once."""
        now, actor = self._clock.now(), actor_of(caller)
        found = await self._pending.find(caller, request.draft)
        if found is None:
            card = await self._store.read(views.made, self._clock.now(), actor, request.draft)
            return refusal(Refused(Why.GONE)) if card is None else opened(Opened(card, ()), now)
        action, revision = found
        result: Opened | Changed | Refused
        match action:
            case HostSession():
                result = await self._store.write(
                    hosting.host,
                    now,
                    actor,
                    plan_of(action, caller),
                    action.starts,
                    rule_in(action),
                    request.draft,
                )
            case MoveSession():
                change = Change(action.scope, revision, request.draft)
                result = await self._store.write(
                    changes.move, now, actor, action.session, action.starts.at, change
                )
            case CallOff():
                change = Change(action.scope, revision, request.draft)
                result = await self._store.write(
                    changes.call_off, now, actor, action.session, action.reason or "", change
                )
            case ChangeSession():
                change = Change(action.scope, revision, request.draft)
                result = await self._store.write(
                    editing.edit, now, actor, action.session, edits_of(action, caller), change
                )
            case _:
                result = Refused(Why.GONE)
        match result:
            case Refused():
                return refusal(result)
            case Opened():
                return opened(result, now)
            case Changed():
                return changed(result, edited=isinstance(action, ChangeSession))

    async def cancel(self, caller: Caller, request: Cancel) -> Reply:
        """Leaves everything as it is."""
        if not await self._pending.drop(caller, request.draft):
            return refusal(Refused(Why.GONE))
        return Reply((Text(_("Nothing was changed.")),), replaces=True)
