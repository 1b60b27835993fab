"""What waits for `Confirm`: a whole Action, kept as a draft row, with a short id for the button.

It survives a restart and is gone after an hour. The use case that carries it out discards the row
in its own transaction, so that a second press finds nothing left to do.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import cast

from bot.clock import Clock
from bot.runtime.caller import Caller
from bot.runtime.drafting import KEPT
from bot.services import drafts
from bot.services.ports import Store
from bot.services.ports.drafts import Draft
from bot.ui.action import Action
from bot.ui.wire import decode, encode


class Pending:
    """Keeps Actions of `kinds` until they are confirmed, next to a `note` of the feature's own."""

    def __init__(self, store: Store, clock: Clock, kinds: Iterable[type[Action]]) -> None:
        self._store = store
        self._clock = clock
        self._kinds: Mapping[str, type[Action]] = {kind.tag: kind for kind in kinds}

    async def keep(self, caller: Caller, action: Action, note: int = 0) -> str:
        """Write an Action down; the id that `Confirm` carries."""
        id = secrets.token_urlsafe(9)
        state = {"confirms": action.tag, "values": encode(action), "note": note, "tag": ""}
        expires = self._clock.now() + KEPT
        row = Draft(id, caller.member, caller.community, state, expires)
        await self._store.write(drafts.keep, row)
        return id

    async def find(self, caller: Caller, id: str) -> tuple[Action, int] | None:
        """The Action and its note; None if it expired, was carried out, or is not the caller's.

        Raises StaleControl if this version cannot read it any more.
        """
        row = await self._store.read(drafts.find, id, self._clock.now())
        if row is None or (row.member, row.community) != (caller.member, caller.community):
            return None
        kind = self._kinds.get(str(row.state.get("confirms", "")))
        if kind is None:
            return None
        values = cast(list[object], row.state["values"])
        return decode(kind, values), cast(int, row.state["note"])

    async def drop(self, caller: Caller, id: str) -> bool:
        """`Cancel`: whether there was anything left to cancel."""
        if await self.find(caller, id) is None:
            return False
        await self._store.write(drafts.discard, id)
        return True
