"""Cases that wait for a second reader: which there are, without what they show, and who of the
readers is told directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.domain.people import Role
from bot.runtime import sentences
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler
from bot.services.cases import reviewing
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Code, When, _

_MOST: Final = 10


@dataclass(frozen=True)
class ShowWaiting(Action, tag="ca.review.1"):
    """Cases that wait for a second reader."""


@dataclass(frozen=True)
class ReadCase(Action, tag="ca.read.1"):
    """One case, in front of a second reader."""

    case: int


@dataclass(frozen=True)
class TellMe(Action, tag="ca.tellme.1"):
    """Whether this second reader is told directly."""

    told: bool


class Waiting:
    """Handlers of the list."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowWaiting, self.waiting), Handler(TellMe, self.tell_me))

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("case review", _("Cases that wait for a second reader"), ShowWaiting),)

    async def waiting(self, caller: Caller, ask: ShowWaiting) -> Reply:
        """Which cases wait, without what they show."""
        if not reads(caller):
            return sentences.not_allowed(Role.REVIEWER)
        found = await self._store.read(reviewing.waiting, caller.community)
        told = await self._store.read(reviewing.is_told, caller.community, caller.member)
        parts: list[Part] = [Text(_("Cases that wait for a second reader"), Style.HEADING)]
        if not found:
            parts.append(Text(_("None at present.")))
        for case in found[:_MOST]:
            says = _("{code}, since {when}", code=Code(case.code), when=When(case.at))
            parts.append(Text(says))
            if case.author != caller.member:
                label = _("Look at {code}", code=Code(case.code))
                parts.append(Button(label, ReadCase(case.id), Look.MAIN))
            else:
                parts.append(Text(_("Your own."), Style.QUIET))
        label = _("Do not tell me directly") if told else _("Tell me when a case waits")
        parts.append(Button(label, TellMe(not told)))
        return Reply(tuple(parts))

    async def tell_me(self, caller: Caller, ask: TellMe) -> Reply:
        """A second reader's own wish."""
        if not reads(caller):
            return sentences.not_allowed(Role.REVIEWER)
        await self._store.write(reviewing.tell_me, caller.community, caller.member, told=ask.told)
        says = (
            _("I write to you when a case waits.")
            if ask.told
            else _("I do not write to you about cases that wait.")
        )
        return Reply((Text(says),))


def reads(caller: Caller) -> bool:
    """Second readers, and moderators, who stand in for them."""
    return bool(caller.roles & {Role.REVIEWER, Role.MODERATOR})
