"""A file that cannot be posted makes way: for another one, or for the words alone.

What its author typed is never lost over a file.
"""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.ui.form import Form
from bot.ui.parts import Reply
from bot.ui.words import _
from cogs.cases.covering import gone, sheet
from cogs.cases.drafts import Drafts
from cogs.cases.looking import Looked, Looking, Stopped
from cogs.cases.swap_actions import GiveFile, LeaveOut, OpenFile
from cogs.cases.wording import words_screen


class Swapping:
    """Handlers of one file of a draft that goes."""

    def __init__(self, drafts: Drafts, looking: Looking) -> None:
        self._drafts = drafts
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(OpenFile, self.open, opens=True),
            Handler(GiveFile, self.give),
            Handler(LeaveOut, self.leave_out),
        )

    async def open(self, caller: Caller, ask: OpenFile) -> Form | Reply:
        """The form with one field for a file."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None or draft.sheet(ask.number) is None:
            return gone()
        given = {"draft": ask.draft, "number": ask.number}
        return Form(_("Another file"), GiveFile, ("file",), given, send=_("Look through it"))

    async def give(self, caller: Caller, ask: GiveFile) -> Reply:
        """It is looked through like the first."""
        draft = self._drafts.find(caller, ask.draft)
        old = None if draft is None else draft.sheet(ask.number)
        if draft is None or old is None:
            return gone()
        # Numbers of findings stay what they are on the other sheets, and are never given twice.
        last = draft.looked[-1] is old and old.first + len(old.findings) == draft.next_number
        first = old.first if last else draft.next_number
        new = Looked(old.number, ask.file[0], first=first)
        try:
            (seen,) = await self._looking.again(caller, (new,), replaces=True)
        except Stopped:
            return sheet(draft, ask.number)
        draft = self._drafts.find(caller, ask.draft)
        if draft is None or draft.sheet(ask.number) is None:
            return gone()
        changed = replace(draft.with_sheet(seen), as_written=frozenset[int]())
        return sheet(self._drafts.keep(changed), ask.number)

    async def leave_out(self, caller: Caller, ask: LeaveOut) -> Reply:
        """The others move up; without any, the words are left."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None or draft.sheet(ask.number) is None:
            return gone()
        left = [one for one in draft.looked if one.number != ask.number]
        looked = tuple(replace(one, number=number) for number, one in enumerate(left, 1))
        none = frozenset[int]()
        draft = self._drafts.keep(replace(draft, looked=looked, as_written=none, content=None))
        if not looked:
            return words_screen(draft)
        return sheet(draft, min(ask.number, len(looked)))
