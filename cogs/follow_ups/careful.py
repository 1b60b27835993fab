"""Words that would go out in somebody's name are looked through for what tells who a patient is.

Nothing of them is sent or kept until it is replaced: by the writer, or with one tap. What waits for
the tap is the text without what was found.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.office_hours import SessionId
from bot.identifiers.text.replacing import replacements
from bot.runtime import patients
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.finding_words import kinds_of
from bot.runtime.pending import Pending
from bot.services import pair_views
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Typed, _
from cogs.follow_ups.actions import (
    AskCommunity,
    ClosePair,
    PromiseStep,
    SendUpdate,
    WriteFirst,
)
from cogs.follow_ups.after_actions import NoteStep, SayThanks

CARRIES: Mapping[type[Action], Sequence[str]] = {
    SendUpdate: ("text", "question"),
    WriteFirst: ("text", "question"),
    PromiseStep: ("text",),
    ClosePair: ("note",),
    AskCommunity: ("question",),
    SayThanks: ("text",),
    NoteStep: ("text",),
}
"""The Actions that carry words, and which of their fields do."""


@dataclass(frozen=True)
class UseInstead(Action, tag="fu.instead.1"):
    """What was written, with what was found replaced."""

    draft: str


class Careful:
    """Looks at words before they go, and offers them without what was found."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._pending = Pending(store, clock, CARRIES)
        self._goes: dict[type[Action], Callable[[Caller, Action], Awaitable[Answer]]] = {}

    def before(self, handlers: Iterable[Handler]) -> tuple[Handler, ...]:
        """The handlers, those of Actions with words after a look at them."""
        return (
            *(self._looking(one) if one.action in CARRIES else one for one in handlers),
            Handler(UseInstead, self.instead),
        )

    def _looking(self, handler: Handler) -> Handler:
        async def run(caller: Caller, ask: Action) -> Answer:
            refused = await self._refusal(caller, ask)
            return await handler.run(caller, ask) if refused is None else refused

        self._goes[handler.action] = run
        return replace(handler, run=run)

    async def instead(self, caller: Caller, ask: UseInstead) -> Answer:
        """One tap: it goes without what was found."""
        found = await self._pending.find(caller, ask.draft)
        if found is None or not await self._pending.drop(caller, ask.draft):
            return Reply((Text(_("That was some time ago. Please write it once more.")),))
        answer = await self._goes[type(found[0])](caller, found[0])
        return replace(answer, replaces=True) if isinstance(answer, Reply) else answer

    async def _refusal(self, caller: Caller, ask: Action) -> Reply | None:
        texts = {
            name: value
            for name in CARRIES[type(ask)]
            if isinstance(value := getattr(ask, name), str)
        }
        if not texts:
            return None
        names = await self._store.read(_known_to_readers, caller, ask)
        found = await asyncio.to_thread(patients.findings, tuple(texts.values()), names)
        if not any(found):
            return None
        better = {
            name: replacements(text, here)
            for (name, text), here in zip(texts.items(), found, strict=True)
        }
        draft = await self._pending.keep(caller, replace(ask, **better))
        return Reply(
            (
                Text(
                    _(
                        "This may say who a patient is: {kinds}. Nothing was sent or kept.",
                        kinds=kinds_of(one for here in found for one in here),
                    )
                ),
                Text(_("Without it, it reads:")),
                *(Text(_("{text}", text=Typed(text))) for text in better.values() if text),
                Button(_("Send it like this"), UseInstead(draft), Look.MAIN),
                Text(
                    _("If it is a colleague's name, a title such as Dr in front of it helps."),
                    Style.QUIET,
                ),
            ),
            correctable=True,
            memory_only=True,
            waits=draft,
        )


def _known_to_readers(work: Work, caller: Caller, ask: Action) -> tuple[str, ...]:
    """The writer's own name, and of whom they write to."""
    match ask:
        case SendUpdate() | WriteFirst() | PromiseStep() | ClosePair():
            pair = pair_views.find(work, caller.member, caller.community, ask.pair.strip().lower())
            other = None if pair is None else pair.other(caller.member)
        case SayThanks() | NoteStep():
            session = work.office_hours.session(SessionId(ask.about))
            other = None if session is None else session.host
        case _:
            other = None
    return (caller.name,) if other is None else (caller.name, work.people.someone(other).name)
