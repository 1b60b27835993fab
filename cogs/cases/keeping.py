"""Content of cases that wait, wherever it is; and what becomes of what was lost."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.cases import HELD, Case, CaseId, CaseState
from bot.domain.people import Account
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
        self._showed: dict[CaseId, dict[Account, str]] = {}

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

    def showed(self, case: CaseId, account: Account, passing: str) -> None:
        """A second reader was shown it: their screen goes when it does not wait any more."""
        self._showed.setdefault(case, {})[account] = passing

    async def upkeep(self) -> None:
        """Previews of forgotten drafts go; authors hear of drafts that are lost."""
        for account, passing in self._drafts.gone():
            await self._doors.forget(account, passing)
        held = self._vault.held
        await self._store.write(posting.lost, self._clock.now(), held)
        states = (*HELD, CaseState.POSTING)
        waiting = await self._store.read(lambda work: work.cases.in_state(states))
        unread = {case.id for case in waiting if case.state is CaseState.REVIEW}
        for id in self._showed.keys() - unread:
            for account, passing in self._showed.pop(id).items():
                await self._doors.forget(account, passing)
        for id in held - {case.id for case in waiting}:
            # Withdrawn elsewhere, or posted meanwhile, and then it is held as that.
            self._vault.drop_held(id)
