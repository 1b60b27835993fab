"""The author hears from a second reader: changes the words of a case, or keeps waiting."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.clock import Clock
from bot.domain.cases import CaseId, CaseState
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.cases import posting, reviewing
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from cogs.cases.covering import gone
from cogs.cases.drafts import Drafts
from cogs.cases.keeping import Keeping
from cogs.cases.wording import words_screen


@dataclass(frozen=True)
class OpenChange(Action, tag="ca.change.1"):
    """The author changes the words of a case that was sent back."""

    case: int


@dataclass(frozen=True)
class WaitOn(Action, tag="ca.waiton.1"):
    """The author keeps waiting."""

    case: int


class Mending:
    """Handlers of the author."""

    def __init__(self, store: Store, clock: Clock, keeping: Keeping, drafts: Drafts) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._drafts = drafts

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(OpenChange, self.change), Handler(WaitOn, self.wait_on))

    async def change(self, caller: Caller, ask: OpenChange) -> Reply:
        """The words of a case that was sent back; its covered pictures stay as they are."""
        case = await self._store.read(posting.get, CaseId(ask.case))
        if case is None or case.author != caller.member or case.state is not CaseState.CHANGE:
            return Reply((Text(_("This case does not wait for a change any more.")),))
        content = await self._keeping.content(case)
        if content is None:
            return gone()
        texts = {
            "title": content.title,
            "teaching": content.teaching,
            "question": content.question,
            "history": content.history,
        }
        draft = self._drafts.start(caller, case.new.place, case.new.channel, (), texts, {})
        draft = self._drafts.keep(replace(draft, pictures=content.pictures, case=case.id))
        return words_screen(draft)

    async def wait_on(self, caller: Caller, ask: WaitOn) -> Reply:
        """The author keeps waiting: second readers are asked again."""
        waits = await self._store.write(
            reviewing.wait_on, self._clock.now(), CaseId(ask.case), caller.member
        )
        if not waits:
            return Reply((Text(_("This case does not wait any more.")),), replaces=True)
        return Reply((Text(_("It stays open, and I ask second readers again.")),), replaces=True)
