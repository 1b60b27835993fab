"""`checkin status`: what is open, one's pairs and next steps, and whose turn it is."""

from __future__ import annotations

from bot.domain.pairs import PairState
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services import pair_views
from bot.services.follow_ups import views
from bot.services.pair_views import Shown
from bot.services.ports import Store
from bot.ui.parts import Button, Divider, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, Typed, When, _
from cogs.follow_ups import words
from cogs.follow_ups.actions import (
    GetHelp,
    OpenStep,
    OpenUpdate,
    ReopenPair,
    ShowRhythm,
    ShowStatus,
)

_SHOWN = 5
"""Pairs in the list."""


class StatusScreen:
    """Its handler."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowStatus, self.status),)

    async def status(self, caller: Caller, ask: ShowStatus) -> Reply:
        """My pairs, steps, and whose turn it is."""
        mine = await self._store.read(pair_views.mine, caller.member, caller.community)
        turns = await self._store.read(views.open_of, caller.member, caller.community)
        parts: list[Part] = [Text(_("What is open"), Style.HEADING)]
        parts.extend(Text(words.turn(seen)) for seen in turns[:10])
        if not turns:
            parts.append(Text(words.NOTHING_OPEN))
        for shown in mine[:_SHOWN]:
            parts.extend((Divider(), Text(_line(shown)), *_steps(shown)))
            code = shown.pair.code
            if shown.pair.open:
                begin = _("Write first") if shown.begins else _("Send an update")
                parts.append(Button(begin, OpenUpdate(code)))
                parts.append(Button(_("Next step"), OpenStep(code)))
                parts.append(Button(_("Rhythm"), ShowRhythm(code)))
                parts.append(Button(_("Help"), GetHelp(code)))
            else:
                parts.append(Button(_("Reopen"), ReopenPair(code)))
        return Reply(tuple(parts))


def _line(shown: Shown) -> Msg:
    said = {
        PairState.NEW: _("new"),
        PairState.RUNNING: _("going on"),
        PairState.QUIET: _("resting"),
        PairState.CLOSED: _("closed"),
    }[shown.pair.state]
    return _(
        "You and {who} ({code}): {state}",
        who=Person(shown.other),
        code=Code(shown.pair.code),
        state=said,
    )


def _steps(shown: Shown) -> list[Part]:
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
        for step in shown.steps[:3]
    ]
