"""Content of cases that wait, wherever it is; and what becomes of what was lost."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.cases import HELD, Case, CaseId, CaseState
from bot.runtime.doors import Channels
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.services.cases.content import Content
from bot.services.ports import Store
from cogs.cases.drafts import Drafts


class Keeping:
    """Finds content in memory or opens what was sealed."""

    def __init__(
        self, store: Store, clock: Clock, vault: Vault, drafts: Drafts, doors: Channels
    ) -> None:
        self._store = store
        self._clock = clock
        self._vault = vault
        self._drafts = drafts
        self._doors = doors

    async def content(self, case: Case) -> Content | None:
        """What the case shows; None if it is gone."""
        held = self._vault.get(case.id)
        if held is not None:
            return held
        sealed = await self._store.read(lambda work: work.cases.sealed(case.id))
        opened = None if sealed is None else await self._vault.open(sealed)
        if opened is not None and opened.digest() == case.digest:
            self._vault.hold(case.id, opened, opened.size)
            return opened
        return None

    def drop(self, case: CaseId) -> None:
        """It is not needed any more."""
        self._vault.drop(case)

    async def upkeep(self) -> None:
        """Previews of forgotten drafts go; authors hear of drafts that are lost."""
        for draft in self._drafts.expired():
            await self._doors.forget(draft.account, draft.passing)
        held = self._vault.held
        await self._store.write(posting.lost, self._clock.now(), held)
        states = (*HELD, CaseState.POSTING)
        waiting = await self._store.read(lambda work: work.cases.in_state(states))
        for id in held - {case.id for case in waiting}:
            # Withdrawn elsewhere, or posted meanwhile, and then it is held as that.
            self._vault.drop_held(id)
