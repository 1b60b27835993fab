"""Between the form and the yes: what was found in each file, and what is covered of it.

The picture that is shown is always the covered copy. Everything that was found is covered from the
start; each finding can be shown again, and more can be covered by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.identifiers.pictures.order import Mark
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.ui.action import Action, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Drawing, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Typed, _
from cogs.cases import places, words
from cogs.cases.actions import (
    CoverCells,
    CoverDrawn,
    CoverPlace,
    DropDrawn,
    OpenCells,
    OpenDetails,
    SetCovered,
    ShowSheet,
    ShowWords,
    ThrowAway,
)
from cogs.cases.checking import STOPPED, report
from cogs.cases.drafts import Draft, Drafts
from cogs.cases.looking import Looked, Looking, Stopped
from cogs.cases.swap_actions import LeaveOut, OpenFile

_MOST_OPTIONS: Final = 25


class Covering:
    """Handlers of the screens with one file each."""

    def __init__(self, drafts: Drafts, looking: Looking) -> None:
        self._drafts = drafts
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowSheet, self.show),
            Handler(SetCovered, self.cover),
            Handler(CoverPlace, self.place),
            Handler(CoverDrawn, self.draw),
            Handler(OpenCells, self.open_cells, opens=True),
            Handler(CoverCells, self.cells),
            Handler(DropDrawn, self.undraw),
            Handler(ThrowAway, self.throw_away),
        )

    async def show(self, caller: Caller, ask: ShowSheet) -> Reply:
        """One file."""
        draft = self._drafts.find(caller, ask.draft)
        return gone() if draft is None else sheet(draft, ask.number)

    async def cover(self, caller: Caller, ask: SetCovered) -> Reply:
        """Other findings are covered."""
        draft = self._drafts.find(caller, ask.draft)
        one = None if draft is None else draft.sheet(ask.number)
        if draft is None or one is None:
            return gone()
        listed = {str(number) for number, _finding in one.boxed[:_MOST_OPTIONS]}
        shown = {int(number) for number in listed - set(ask.covered)}
        return await self._again(caller, draft, replace(one, shown=frozenset(shown)))

    async def place(self, caller: Caller, ask: CoverPlace) -> Reply:
        """A corner or an edge."""
        return await self._cover(caller, ask.draft, ask.number, places.named(ask.place))

    async def draw(self, caller: Caller, ask: CoverDrawn) -> Reply:
        """Places drawn with the mouse."""
        return await self._cover(caller, ask.draft, ask.number, places.drawn(ask.edges))

    async def open_cells(self, caller: Caller, ask: OpenCells) -> Form:
        """The form for a place by its letter and number."""
        given = {"draft": ask.draft, "number": ask.number}
        return Form(_("Cover a place"), CoverCells, ("cells",), given)

    async def cells(self, caller: Caller, ask: CoverCells) -> Reply:
        """Cells of the grid."""
        spots = places.in_cells(ask.cells)
        if not spots:
            says = _(
                "Name a place by the letters and numbers along the edges: {one}, or {many} for"
                " everything between two cells.",
                one=Typed("B3"),
                many=Typed("A1-F1"),
            )
            return Reply((Text(says),), correctable=True)
        return await self._cover(caller, ask.draft, ask.number, spots)

    async def undraw(self, caller: Caller, ask: DropDrawn) -> Reply:
        """Only what was found is covered."""
        draft = self._drafts.find(caller, ask.draft)
        one = None if draft is None else draft.sheet(ask.number)
        if draft is None or one is None:
            return gone()
        return await self._again(caller, draft, replace(one, drawn=()))

    async def throw_away(self, caller: Caller, ask: ThrowAway) -> Reply:
        """The draft goes, and its previews."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        self._drafts.take(draft)
        says = _("The draft is gone. Nothing was posted, nothing was kept.")
        return Reply((Text(says),), replaces=True, passing=draft.passing)

    async def _cover(
        self, caller: Caller, id: str, number: int, spots: Sequence[places.Spot]
    ) -> Reply:
        draft = self._drafts.find(caller, id)
        one = None if draft is None else draft.sheet(number)
        if draft is None or one is None or one.outcome.size is None:
            return gone()
        width, height = one.outcome.size
        marks = tuple(
            Mark((x0 * width, y0 * height, x1 * width, y1 * height)) for x0, y0, x1, y1 in spots
        )
        drawn = tuple(dict.fromkeys((*one.drawn, *marks)))
        return await self._again(caller, draft, replace(one, drawn=drawn))

    async def _again(self, caller: Caller, draft: Draft, one: Looked) -> Reply:
        try:
            (seen,) = await self._looking.again(caller, (one,), replaces=True)
        except Stopped:
            return replace(STOPPED, replaces=True)
        if self._drafts.find(caller, draft.id) is None:
            return gone()
        return sheet(self._drafts.keep(draft.with_sheet(seen)), one.number)


def sheet(draft: Draft, number: int) -> Reply:
    """One file of a draft: findings, covered copy, and what can be done about them."""
    one = draft.sheet(number)
    if one is None:
        return gone()
    count = len(draft.looked)
    parts: list[Part] = []
    if count == 1:
        parts.append(Text(_("What I found"), Style.HEADING))
    drawing = Drawing(_("Cover what I drew"), CoverDrawn(draft.id, number), "edges")
    parts += report(one, count, drawing)
    parts += words.not_checked(one.outcome.not_checked, looked=one.unread is None)
    parts += _choices(draft, one)
    if one.outcome.copy is None:
        parts.append(Button(_("Choose another file"), OpenFile(draft.id, number)))
        if count > 1:
            parts.append(Button(_("Leave this file out"), LeaveOut(draft.id, number)))
    if number < count:
        parts.append(Button(_("Next file"), ShowSheet(draft.id, number + 1), Look.MAIN))
    if number > 1:
        parts.append(Button(_("File before"), ShowSheet(draft.id, number - 1)))
    if number == count:
        parts += _go_on(draft)
    parts.append(Button(_("Throw away"), ThrowAway(draft.id), Look.GRAVE))
    return Reply(tuple(parts), replaces=True, passing=draft.passing)


def _choices(draft: Draft, one: Looked) -> list[Part]:
    if one.outcome.size is None or one.unread is not None:
        return []
    parts: list[Part] = []
    boxed = one.boxed[:_MOST_OPTIONS]
    if len(boxed) == 1:
        # A list with one choice cannot be emptied everywhere.
        ((only, _finding),) = boxed
        again = only in one.shown
        label = _("Cover it again") if again else _("Show what I covered")
        covered = (str(only),) if again else ()
        parts.append(Button(label, SetCovered(draft.id, one.number, covered)))
    elif boxed:
        options = tuple(
            Option(
                str(number),
                _("{number}. {kind}", number=number, kind=words.KINDS[finding.kind]),
            )
            for number, finding in boxed
        )
        chosen = tuple(str(number) for number, _one in boxed if number not in one.shown)
        action: Action = SetCovered(draft.id, one.number)
        parts.append(Select(_("Covered"), action, "covered", options, chosen, most=len(options)))
    cover: Action = CoverPlace(draft.id, one.number)
    parts += [
        Select(_("Cover a place yourself"), cover, "place", places.OPTIONS),
        Button(_("Cover by letter and number"), OpenCells(draft.id, one.number)),
    ]
    if one.drawn:
        parts.append(Button(_("Undo what I covered"), DropDrawn(draft.id, one.number)))
    return parts


def _go_on(draft: Draft) -> list[Part]:
    out = sum(one.outcome.copy is None for one in draft.looked)
    if not out:
        return [_next(draft)]
    if out == len(draft.looked) and not draft.pictures:
        says = _(
            "No file of this case can be posted. What you wrote is kept: choose another file, or go"
            " on with the words alone."
        )
        return [Text(says), Button(_("Go on without pictures"), ShowWords(draft.id), Look.MAIN)]
    return [Text(_("Files without a covered copy are left out of the case.")), _next(draft)]


def _next(draft: Draft) -> Button:
    if draft.numbered_words:
        return Button(_("Go on to the words"), ShowWords(draft.id), Look.MAIN)
    return Button(_("Go on"), OpenDetails(draft.id), Look.MAIN)


def gone() -> Reply:
    """The draft is not there any more."""
    return Reply((Text(words.gone()),), replaces=True)
