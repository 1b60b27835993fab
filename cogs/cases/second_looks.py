"""What is said unasked about cases that somebody flagged: to moderators, and to their authors."""

from __future__ import annotations

from bot.domain.cases import Case, CaseId, CaseState
from bot.domain.delivery import Delivery
from bot.runtime.feature import Moot, Notice
from bot.services.cases import posting
from bot.services.cases.telling import Kind
from bot.services.ports import Store
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Code, InChannel, _
from cogs.cases import words
from cogs.cases.actions import WithdrawCase
from cogs.cases.calls import over
from cogs.cases.notices import NEWS
from cogs.cases.taking_down import LookAtHidden


class SecondLooks:
    """Words about hidden cases at the moment of sending."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def notices(self) -> tuple[Notice, ...]:
        """Every kind of a second look."""
        return (
            Notice(Kind.FLAGGED, self.flagged, None, over=over(self._store, Kind.FLAGGED)),
            Notice(Kind.HIDDEN, self.hidden, None, course=NEWS),
            Notice(Kind.JUDGED, self.judged, None, course=NEWS),
        )

    async def flagged(self, row: Delivery, late: bool) -> Reply | Moot:
        """To moderators: something is hidden."""
        case = await self._case(row)
        if case is None or case.state is not CaseState.HIDDEN:
            return Moot.MOOT
        says = _(
            "Somebody asked for a second look at case {code} in {where}. It is hidden until a"
            " moderator has looked.",
            code=Code(case.code),
            where=InChannel(case.new.channel),
        )
        parts: list[Part] = [Text(says)]
        if case.why is not None:
            parts.append(Text(words.asked_because(case.why)))
        return Reply((*parts, Button(_("Look at it"), LookAtHidden(case.id), Look.MAIN)))

    async def hidden(self, row: Delivery, late: bool) -> Reply | Moot:
        """To the author."""
        case = await self._case(row)
        if case is None or case.state is not CaseState.HIDDEN:
            return Moot.MOOT
        says = _(
            "Somebody asked for a second look at your case {code}, so it is hidden for now. A"
            " moderator looks at it; you hear from me.",
            code=Code(case.code),
        )
        return Reply((Text(says), Button(_("Withdraw"), WithdrawCase(case.code))))

    async def judged(self, row: Delivery, late: bool) -> Reply | Moot:
        """To the author: what a moderator decided."""
        case = await self._case(row)
        if case is None:
            return Moot.MOOT
        if case.state is CaseState.POSTED:
            says = _(
                "A moderator looked at your case {code}. It is shown again.", code=Code(case.code)
            )
        elif case.state is CaseState.REMOVED:
            says = _(
                "A moderator looked at your case {code} and took it down. If you would like to know"
                " why, write to a moderator. What somebody saved is out of my reach.",
                code=Code(case.code),
            )
        else:
            return Moot.MOOT
        return Reply((Text(says),))

    async def _case(self, row: Delivery) -> Case | None:
        return await self._store.read(posting.get, CaseId(row.ref))
