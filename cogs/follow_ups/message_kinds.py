"""Which kinds of messages somebody wants: each is switched off and on by its reader alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.people import MemberId
from bot.domain.policies import AFTERWARDS, CHECK_INS, FIRST_MEETINGS, LISTINGS, STEPS
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.feature import Choice, Handler
from bot.services.ports import Store, Work
from bot.ui.action import Action, Option
from bot.ui.parts import Facts, Part, Reply, Select, Style, Text
from bot.ui.words import Slash, _

OWN = (
    Choice(
        CHECK_INS,
        _("Check-ins with people you are paired with"),
        _(
            "I ask the other side alone. If you both do without, a pair goes on until one of you"
            " ends it: {status}.",
            status=Slash("checkin status"),
        ),
    ),
    Choice(
        FIRST_MEETINGS,
        _("Whether a first meeting came about"),
        _(
            "A new pair still closes after four weeks, unless one of you says that you met:"
            " {status}.",
            status=Slash("checkin status"),
        ),
    ),
    Choice(
        STEPS,
        _("Reminders of steps you planned"),
        _("They stand in {status}, with their dates.", status=Slash("checkin status")),
    ),
    Choice(
        AFTERWARDS,
        _("A word after a session you were in"),
        _("Thanks and a next step stand in {status} for a week.", status=Slash("checkin status")),
    ),
    Choice(
        LISTINGS,
        _("Whether your listing as a mentor still holds"),
        _(
            "It then hides itself after a year without a question; {resume} brings it back.",
            resume=Slash("mentor resume"),
        ),
    ),
)
"""What the engine asks and reminds of, as its readers may do without (bot/domain/policies.py)."""

Choices = Callable[[], Mapping[str, Choice]]


@dataclass(frozen=True)
class ShowKinds(Action, tag="my.kinds.1"):
    """Which kinds of messages I get."""


@dataclass(frozen=True)
class SwitchKind(Action, tag="my.kind.1"):
    """One of them, or none of it."""

    name: str
    on: bool


class KindScreens:
    """Handlers of the list. `choices`: what every feature lets people do without."""

    def __init__(self, store: Store, choices: Choices) -> None:
        self._store = store
        self._choices = choices

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowKinds, self.show), Handler(SwitchKind, self.switch))

    async def show(self, caller: Caller, ask: ShowKinds) -> Reply:
        """The list."""
        return _list(self._choices(), await self._store.read(_of, caller.member))

    async def switch(self, caller: Caller, ask: SwitchKind) -> Reply:
        """One is changed; the list as it stands then."""
        choices = self._choices()
        if ask.name not in choices:
            raise StaleControl("no such kind of message")
        now = await self._store.write(_switch, caller.member, ask.name, on=ask.on)
        return _list(choices, now, replaces=True)


def _list(
    choices: Mapping[str, Choice], without: frozenset[str], *, replaces: bool = False
) -> Reply:
    by_message, off = _("by direct message"), _("off")
    rows = tuple(
        (one.label, off if name in without else by_message) for name, one in choices.items()
    )
    parts: list[Part] = [Text(_("Kinds of messages"), Style.HEADING), Facts(rows)]
    for name, one in choices.items():
        if name in without and one.then is not None:
            parts.append(Text(_("{kind}: {then}", kind=one.label, then=one.then), Style.QUIET))
    for label, on in ((_("Do without"), False), (_("Have it sent again"), True)):
        which = tuple(
            Option(name, one.label) for name, one in choices.items() if (name in without) is on
        )
        if which:
            parts.append(Select(label, SwitchKind("", on), "name", which))
    note = _(
        "What was agreed, or promised to somebody else, is told in any case: a request to you, a"
        " new time, an answer, an end."
    )
    return Reply((*parts, Text(note, Style.QUIET)), replaces=replaces)


def _of(work: Work, member: MemberId) -> frozenset[str]:
    return work.without.of(member)


def _switch(work: Work, member: MemberId, name: str, *, on: bool) -> frozenset[str]:
    kinds = work.without.of(member)
    kinds = kinds - {name} if on else kinds | {name}
    work.without.set(member, kinds)
    return kinds
