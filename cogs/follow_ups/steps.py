"""Next steps with a date, promised within a pair."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.pairs import PromisedStep, StepId, StepState
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import pair_views, promises
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Button, Reply, Style, Text
from bot.ui.words import Slash, Typed, _
from cogs.follow_ups.actions import MarkStep, OpenPostpone, OpenStep, PostponeStep, PromiseStep
from cogs.follow_ups.days import evening
from cogs.follow_ups.noting import noted, reminder
from cogs.follow_ups.own_pair import unknown


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
        now, code = self._clock.now(), ask.pair.strip().lower()

        def run(work: Work) -> PromisedStep | None:
            pair = pair_views.find(work, caller.member, caller.community, code)
            if pair is None:
                return None
            return promises.promise(work, now, caller.member, pair.id, ask.text, due)

        step = await self._store.write(run)
        if step is None:
            return unknown()
        # "Next Friday" is read in two ways, so the day that was understood can be changed here.
        return Reply(
            (
                Text(noted(due, await reminder(self._store, now, caller, due))),
                Text(Typed(step.text), Style.QUIET),
                Text(_("Both of you see it in {list}.", list=Slash("checkin status")), Style.QUIET),
                Button(_("New date"), OpenPostpone(step.id)),
                Button(_("Drop it"), MarkStep(step.id, StepState.DROPPED)),
            )
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
