"""`checkin status`: what is open, one's pairs and next steps, and whose turn it is."""

from __future__ import annotations

from collections.abc import Container

from bot.clock import Clock
from bot.domain.pairs import PairState, Said, StepId
from bot.domain.policies import Matter
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import pair_views
from bot.services.follow_ups import views
from bot.services.follow_ups.views import Seen
from bot.services.pair_views import Shown
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, Typed, When, _
from cogs.follow_ups import words
from cogs.follow_ups.actions import (
    Answer,
    GetHelp,
    ItHelped,
    OpenStep,
    OpenUpdate,
    ReopenPair,
    ShowRhythm,
    ShowStatus,
    TakeHelpBack,
)
from cogs.follow_ups.controls import controls
from cogs.follow_ups.words import turns

_ROOM = 34
"""Parts on a page beside its heading and the way to others, on the tightest platform."""


class StatusScreen:
    """Its handler."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowStatus, self.status),)

    async def status(self, caller: Caller, ask: ShowStatus) -> Reply:
        """My pairs, steps, and whose turn it is."""
        mine = await self._store.read(pair_views.mine, caller.member, caller.community)
        turns = await self._store.read(
            views.open_of, self._clock.now(), caller.member, caller.community
        )
        groups = [_turn(seen) for seen in turns] or [[Text(words.NOTHING_OPEN)]]
        above = {seen.promised.id for seen in turns if seen.promised is not None}
        pages = _pages([*groups, *(_pair(shown, above) for shown in mine)])
        page = min(max(0, ask.page), len(pages) - 1)
        parts: list[Part] = [Text(_("What is open"), Style.HEADING), *pages[page]]
        if len(pages) > 1:
            parts.append(Divider())
        if page:
            parts.append(Button(_("Earlier"), ShowStatus(page - 1)))
        if page + 1 < len(pages):
            parts.append(Button(_("More"), ShowStatus(page + 1)))
        return Reply(tuple(parts))


def _pages(groups: list[list[Part]]) -> list[list[Part]]:
    """What belongs together stays together."""
    pages: list[list[Part]] = [[]]
    taken = 0
    for group in groups:
        # Buttons that stand together take up one more.
        size = len(group) + any(isinstance(part, Button) for part in group)
        if taken + size > _ROOM:
            pages.append([])
            taken = 0
        pages[-1].extend(group)
        taken += size
    return pages


def _turn(seen: Seen) -> list[Part]:
    line = Text(turns.turn(seen))
    if seen.promised is not None or seen.session_step is not None:
        return [line, *controls(seen)]
    if seen.follow_up.matter is Matter.HELP and not seen.owes:
        return [line, Button(_("I need no help any more"), TakeHelpBack(seen.follow_up.id))]
    if seen.asked is None or seen.owes:
        return [line]
    have = _("I have my answer ({code})", code=Code(seen.asked.code))
    return [line, Button(have, ItHelped(seen.asked.id))]


def _pair(shown: Shown, above: Container[StepId]) -> list[Part]:
    """`above`: steps that stand there with their buttons."""
    code = shown.pair.code
    head: list[Part] = [Divider(), Text(_line(shown)), *_steps(shown, above)]
    if not shown.pair.open:
        return [*head, Button(_("Reopen"), ReopenPair(code))]
    begin = _("Write first") if shown.begins else _("Send an update")
    return [
        *head,
        Button(begin, OpenUpdate(code)),
        Button(_("Next step"), OpenStep(code)),
        Button(_("We spoke elsewhere"), Answer(code, Said.MET)),
        Button(_("Rhythm"), ShowRhythm(code)),
        Button(_("Help"), GetHelp(code)),
    ]


def _line(shown: Shown) -> Msg:
    said = {
        # That the other side said you met is theirs, so both read the same.
        PairState.NEW: _("open"),
        PairState.RUNNING: _("open"),
        PairState.QUIET: _("resting"),
        PairState.CLOSED: _("closed"),
    }[shown.pair.state]
    return _(
        "You and {who} ({code}): {state}",
        who=Person(shown.other),
        code=Code(shown.pair.code),
        state=said,
    )


def _steps(shown: Shown, above: Container[StepId]) -> list[Part]:
    return [
        Text(
            _(
                "{who}, {when}: {text}",
                who=Person(shown.other) if step.owner == shown.other.member else _("You"),
                when=When(step.due),
                text=Typed(step.text),
            ),
            Style.QUIET,
        )
        for step in [one for one in shown.steps if one.id not in above][:3]
    ]
