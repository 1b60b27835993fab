"""Next steps with a date, promised within a pair."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.pairs import StepId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import promises
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from cogs.follow_ups.actions import MarkStep, OpenPostpone, OpenStep, PostponeStep, PromiseStep
from cogs.follow_ups.days import evening
from cogs.follow_ups.noting import noted, reminder
from cogs.follow_ups.own_pair import unknown, with_pair


class StepScreens:
    """Handlers of promised steps."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(PromiseStep, self.promise),
            Handler(OpenStep, self.open_step, opens=True),
            Handler(OpenPostpone, self.open_postpone, opens=True),
            Handler(MarkStep, self.mark),
            Handler(PostponeStep, self.postpone),
        )

    async def promise(self, caller: Caller, ask: PromiseStep) -> Reply:
        """A next step."""
        due = evening(ask.due, caller.zone)
        if due <= self._clock.now():
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        reminded = await reminder(self._store, self._clock.now(), caller, due)
        return await with_pair(
            self._store,
            caller,
            ask.pair,
            lambda work, pair: promises.promise(
                work, self._clock.now(), caller.member, pair.id, ask.text, due
            ),
            noted(due, reminded),
        )

    async def open_step(self, caller: Caller, ask: OpenStep) -> Form:
        """The form of a next step."""
        return Form(_("Next step"), PromiseStep, ("text", "due"), {"pair": ask.pair})

    async def open_postpone(self, caller: Caller, ask: OpenPostpone) -> Form:
        """The form of a new date."""
        return Form(_("New date"), PostponeStep, ("due",), {"step": ask.step})

    async def mark(self, caller: Caller, ask: MarkStep) -> Reply:
        """A step is done, or dropped."""
        now = self._clock.now()
        step = await self._store.write(
            promises.settle_step, now, caller.member, StepId(ask.step), ask.state
        )
        return unknown() if step is None else Reply((Text(_("Noted, and off your list.")),))

    async def postpone(self, caller: Caller, ask: PostponeStep) -> Reply:
        """A new date."""
        now, due = self._clock.now(), evening(ask.due, caller.zone)
        if due <= now:
            return Reply((Text(_("That day is over. Which one do you mean?")),), correctable=True)
        step = await self._store.write(
            promises.postpone_step, now, caller.member, StepId(ask.step), due
        )
        if step is None:
            return unknown()
        reminded = await reminder(self._store, now, caller, due)
        return Reply((Text(noted(due, reminded)),))
