"""What a person can do here: every command they may use, in one screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature, Handler
from bot.runtime.settable import CommunityText, spoken
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Can, IfCan, Part, Reply, Style, Text
from bot.ui.words import Msg, Slash, _

WELCOME = CommunityText(
    "welcome",
    _("Welcome"),
    _("Read by everybody who asks for help, above the list of commands"),
    _("Everything here is voluntary, and a no needs no reason."),
    most=600,
)

Allowed = Callable[[Caller], Iterable[Command]]
"""The commands a caller may use, in the order in which they were declared."""

Rules = Callable[[], Iterable[Text]]
"""Whom the features put before whom."""


@dataclass(frozen=True)
class ShowHelp(Action, tag="he.show.1"):
    """What can I do here?"""


class Help:
    """The cog. `allowed` and `rules` are asked at each use, so it always tells what holds now."""

    def __init__(self, allowed: Allowed, rules: Rules, store: Store) -> None:
        self._allowed = allowed
        self._rules = rules
        self._store = store

    def feature(self) -> Feature:
        """Its declaration."""
        return Feature(
            "help",
            handlers=(Handler(ShowHelp, self.show, Role.GUEST, before_setup=True),),
            commands=(Command("help", _("What you can do here"), ShowHelp),),
            texts=(WELCOME,),
        )

    async def show(self, caller: Caller, ask: ShowHelp) -> Reply:
        """The list, by group."""
        groups: dict[str, list[Command]] = {}
        allowed = list(self._allowed(caller))
        for command in allowed:
            groups.setdefault(command.group, []).append(command)
        parts: list[Part] = [Text(_("What you can do here"), Style.HEADING)]
        if not caller.set_up:
            parts.append(
                Text(
                    _(
                        "This place is not set up yet. Whoever manages it begins with {command}.",
                        command=Slash("setup start"),
                    )
                )
            )
        else:
            parts.append(Text(await spoken(self._store, caller.community, WELCOME)))
        parts.extend(Text(_lines(group)) for group in groups.values())
        if caller.set_up and Role.MEMBER in caller.roles:
            parts.extend(self._rules())
        parts.append(Text(_("How times work"), Style.HEADING))
        parts.append(Text(_("You see every time in your own zone.")))
        if Role.MEMBER in caller.roles:
            parts.append(
                Text(
                    _(
                        "When you type one, plain words are fine: Thu 6pm, tomorrow 18:00 London."
                        " Say where you are with {zone}.",
                        zone=Slash("my zone"),
                    )
                )
            )
        parts.append(
            IfCan(
                Can.LINGER,
                Text(_("What only you can see stays here."), Style.QUIET),
                Text(
                    _(
                        "What only you can see disappears when you reload;"
                        " what you need again also comes as a direct message."
                    ),
                    Style.QUIET,
                ),
            )
        )
        return Reply(tuple(parts))


def _lines(commands: list[Command]) -> Msg:
    names = {f"c{index}": Slash(command.name) for index, command in enumerate(commands)}
    abouts = {f"a{index}": command.about for index, command in enumerate(commands)}
    template = "\n".join(f"{{c{index}}} – {{a{index}}}" for index in range(len(commands)))
    return Msg(template, tuple(sorted({**names, **abouts}.items())))
