"""Calls for help that stand in the channel of staff: what is settled does not go on calling."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from bot.domain.cases import Case, CaseId, CaseState
from bot.services.cases import posting
from bot.services.cases.telling import Kind
from bot.services.ports import Store
from bot.ui.parts import Reply, Text
from bot.ui.words import Code, Msg, _

_CALLS: Final = {Kind.WAITS: CaseState.REVIEW, Kind.FLAGGED: CaseState.HIDDEN}
"""As long as the case is in this state, the call holds."""


def over(store: Store, kind: Kind) -> Callable[[int, bool], Awaitable[Reply | None]]:
    """What stands in place of a call that holds no more, or was repeated."""

    async def says(ref: int, again: bool) -> Reply | None:
        case = await store.read(posting.get, CaseId(ref))
        if case is None:
            return Reply((Text(_("This case is gone. There is nothing to do.")),))
        if case.state is not _CALLS[kind]:
            return Reply((Text(_settled(case, kind)),))
        return Reply((Text(_repeated(case)),)) if again else None

    return says


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
