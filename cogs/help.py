"""What a person can do here: a short first page, and one page for each topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.checker_page import CHECKER_PAGE, look_before_upload
from bot.runtime.feature import Command, Completer, Feature, Group, Handler
from bot.runtime.settable import CommunityText, spoken
from bot.services.ports import Store
from bot.ui.action import Action, Ask, Option
from bot.ui.parts import Button, Can, IfCan, Part, Reply, Style, Text
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

Groups = Callable[[], Mapping[str, Group]]
"""What the first words of commands are about."""

_SHORT = 6
"""So many commands are read at a glance; more are listed by what they are about."""
_ORDER, _TIMES = "order", "times"
_OWN = {_ORDER: _("Who comes first, and why"), _TIMES: _("How times work")}


@dataclass(frozen=True)
class ShowHelp(Action, tag="he.show.1"):
    """What can I do here? `topic`: the first word of commands, or one of the own topics."""

    topic: Annotated[str | None, Ask(_("Topic"), suggest="help", most=40)] = None


class Help:
    """The cog. `allowed`, `rules` and `groups` are asked at each use, so it always tells what holds
    now."""

    def __init__(self, allowed: Allowed, rules: Rules, groups: Groups, store: Store) -> None:
        self._allowed = allowed
        self._rules = rules
        self._groups = groups
        self._store = store

    def feature(self) -> Feature:
        """Its declaration."""
        return Feature(
            "help",
            handlers=(Handler(ShowHelp, self.show, Role.GUEST, before_setup=True),),
            commands=(Command("help", _("What you can do here"), ShowHelp),),
            completers=(Completer("help", self.complete),),
            texts=(WELCOME, CHECKER_PAGE),
        )

    async def show(self, caller: Caller, ask: ShowHelp) -> Reply:
        """One topic, or what topics there are."""
        topic = (ask.topic or "").strip().lstrip("/").casefold().partition(" ")[0]
        topics = self._topics(caller)
        if topic not in topics and topic.removesuffix("s") in topics:
            topic = topic.removesuffix("s")  # people name a topic in the plural
        if topic in topics:
            return Reply((*self._topic(caller, topic, topics[topic]), *_back()))
        parts: list[Part] = []
        if topic:
            parts.append(Text(_("I have no topic of that name. These I have:")))
        parts += [Text(_("What you can do here"), Style.HEADING), *await self._welcome(caller)]
        commands = list(self._allowed(caller))
        page = await look_before_upload(self._store, caller.community) if caller.set_up else ()
        if not topics:
            parts += [Text(_lines(commands)), *page, *_times(caller), _PLATFORM]
            return Reply(tuple(parts))
        groups = self._groups()
        alone = [one for one in commands if one.group not in groups]
        parts.append(Text(_lines(alone)))
        parts.append(Text(_("The rest by topic:")))
        parts += [Button(label, ShowHelp(name)) for name, label in topics.items()]
        return Reply((*parts, *page, _PLATFORM))

    async def complete(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Topics there are for whoever asks."""
        wanted = text.strip().casefold()
        topics = self._topics(caller).items()
        return tuple(Option(name, label) for name, label in topics if name.startswith(wanted))[:25]

    def _topics(self, caller: Caller) -> dict[str, Msg]:
        """None where everything fits on one page."""
        commands = list(self._allowed(caller))
        if len(commands) <= _SHORT:
            return {}
        groups = self._groups()
        found = {one.group: groups[one.group].about for one in commands if one.group in groups}
        own = _OWN if caller.set_up and Role.MEMBER in caller.roles else {_TIMES: _OWN[_TIMES]}
        return {**found, **own}

    def _topic(self, caller: Caller, topic: str, label: Msg) -> tuple[Part, ...]:
        if topic == _ORDER:
            return tuple(self._rules())
        if topic == _TIMES:
            return _times(caller)
        commands = [one for one in self._allowed(caller) if one.group == topic]
        return (Text(label, Style.HEADING), Text(_lines(commands)))

    async def _welcome(self, caller: Caller) -> tuple[Part, ...]:
        if caller.set_up:
            return (Text(await spoken(self._store, caller.community, WELCOME)),)
        says = _(
            "This place is not set up yet. Whoever manages it begins with {command}.",
            command=Slash("setup start"),
        )
        return (Text(says),)


_PLATFORM = IfCan(
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


def _back() -> tuple[Part, ...]:
    return (Button(_("All topics"), ShowHelp()),)


def _times(caller: Caller) -> tuple[Part, ...]:
    parts: list[Part] = [
        Text(_("How times work"), Style.HEADING),
        Text(_("You see every time in your own zone.")),
    ]
    if Role.MEMBER in caller.roles:
        says = _(
            "When you type one, plain words are fine: Thu 6pm, tomorrow 18:00 London."
            " Say where you are with {zone}.",
            zone=Slash("my zone"),
        )
        parts.append(Text(says))
    return tuple(parts)


def _lines(commands: list[Command]) -> Msg:
    names = {f"c{index}": Slash(command.name) for index, command in enumerate(commands)}
    abouts = {f"a{index}": command.about for index, command in enumerate(commands)}
    template = "\n".join(f"{{c{index}}} – {{a{index}}}" for index in range(len(commands)))
    return Msg(template, tuple(sorted({**names, **abouts}.items())))
