"""Which one? A typed title that several sessions have leads to a button for each of them.

What else was typed is kept until one is pressed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from bot.clock import Clock
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler, Run
from bot.runtime.pending import Pending
from bot.services.office_hours.results import Refused, Why
from bot.services.office_hours.views import SeveralFit
from bot.services.ports import Store
from bot.ui.action import Action, fields_of
from bot.ui.parts import Button, Reply, Text
from bot.ui.words import Msg, Strong, When, _
from cogs.office_hours.actions import Choose
from cogs.office_hours.refusals import refusal

_OFFERED = 10


class Choosing:
    """Wraps the handlers of Actions that name a session."""

    def __init__(self, store: Store, clock: Clock, handlers: Iterable[Handler]) -> None:
        self._inner = {each.action: each for each in handlers}
        self._asking = {
            action: each for action, each in self._inner.items() if _names_a_session(action)
        }
        self._pending = Pending(store, clock, self._asking)

    def handlers(self) -> tuple[Handler, ...]:
        """All of them, and the one for the choice."""
        wrapped = (
            replace(each, run=self._wrapped(each.run)) if each.action in self._asking else each
            for each in self._inner.values()
        )
        return (*wrapped, Handler(Choose, self.choose))

    async def choose(self, caller: Caller, request: Choose) -> Answer:
        """Goes on with what was asked for."""
        found = await self._pending.find(caller, request.draft)
        if found is None:
            return refusal(Refused(Why.GONE))
        action = cast("Any", found[0])
        handler = self._asking[type(action)]
        if handler.may not in caller.roles:
            return refusal(Refused(Why.GONE))
        return await handler.run(caller, replace(action, session=request.session))

    def _wrapped(self, run: Run) -> Run:
        async def asking(caller: Caller, request: Action) -> Answer:
            try:
                return await run(caller, request)
            except SeveralFit as several:
                draft = await self._pending.keep(caller, request)
                return _which(several, draft)

        return asking


def _which(several: SeveralFit, draft: str) -> Reply:
    title = Strong(several.sessions[0].plan.title)
    said = _("Several sessions are called {title}. Which one do you mean?", title=title)
    offered = several.sessions[:_OFFERED]
    return Reply(
        (
            Text(said),
            *(Button(_day(one.starts), Choose(draft, one.code)) for one in offered),
        )
    )


def _day(starts: datetime) -> Msg:
    return _("{when}", when=When(starts))


def _names_a_session(action: type[Action]) -> bool:
    return "session" in fields_of(action)
