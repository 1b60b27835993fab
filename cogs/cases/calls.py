"""Calls for help that stand in the channel of staff: what is settled does not go on calling.

Where they stand is known for as long as this process lives; a button on one that stayed says how
things are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.domain.cases import Case, CaseId, CaseState
from bot.domain.delivery import Delivery
from bot.runtime.doors import Again, ToChannel, Trace
from bot.services.cases import posting
from bot.services.cases.telling import Kind
from bot.services.ports import Store
from bot.ui.parts import Text
from bot.ui.words import Code, Msg, _
from cogs.cases.poster import Poster

_MOST: Final = 500
_CALLS: Final[Mapping[str, CaseState]] = {
    Kind.WAITS: CaseState.REVIEW,
    Kind.FLAGGED: CaseState.HIDDEN,
}
"""As long as the case is in this state, the call holds."""


class Calls:
    """One for the program."""

    def __init__(self, store: Store, poster: Poster) -> None:
        self._store = store
        self._poster = poster
        self._standing: dict[tuple[int, str], list[tuple[ToChannel, Trace]]] = {}

    def stands(self, row: Delivery, at: ToChannel, trace: Trace) -> None:
        """A call was put into a channel."""
        while len(self._standing) >= _MOST:
            del self._standing[next(iter(self._standing))]
        self._standing.setdefault((row.ref, row.kind), []).append((at, trace))

    async def settle(self) -> None:
        """Calls that hold no more say so, and of those that were repeated only the last calls."""
        for key, standing in list(self._standing.items()):
            ref, kind = key
            case = await self._store.read(posting.get, CaseId(ref))
            holds = case is not None and case.state is _CALLS[kind]
            over = standing[:-1] if holds else list(standing)
            for one in over:
                if case is None or await self._ended(case, kind, one, again=holds):
                    standing.remove(one)
            if not standing:
                self._standing.pop(key, None)

    async def _ended(
        self, case: Case, kind: str, one: tuple[ToChannel, Trace], *, again: bool
    ) -> bool:
        says = _repeated(case) if again else _settled(case, kind)
        at, trace = one
        return not isinstance(await self._poster.say_instead(case, at, trace, (Text(says),)), Again)


def _repeated(case: Case) -> Msg:
    return _("Case {code}: there is a newer message about it below.", code=Code(case.code))


def _settled(case: Case, kind: str) -> Msg:
    code = Code(case.code)
    if kind == Kind.WAITS:
        return _(
            "Case {code} does not wait for a second reader any more. There is nothing to do.",
            code=code,
        )
    return _("Case {code} is not hidden any more. There is nothing to do.", code=code)
