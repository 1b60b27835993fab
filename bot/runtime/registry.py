"""Every feature put together and checked against every other, before anybody can use them.

Clashing names, reused tags and declarations that some platform could not carry stop the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

from bot.errors import DeclarationError, StaleControl
from bot.runtime.caller import Caller
from bot.runtime.feature import (
    Choice,
    Command,
    Completer,
    Entry,
    Feature,
    Group,
    Handler,
    Notice,
    Sheet,
    Tick,
)
from bot.runtime.settable import CommunityText, Settable
from bot.runtime.web import Route
from bot.services.people import Leaving
from bot.ui.action import Action, asked_fields, fields_of
from bot.ui.limits import LIMITS
from bot.ui.parts import Part
from bot.ui.wire import split_wire

T = TypeVar("T")
_NAME = re.compile(r"[a-z]{1,20}( [a-z][a-z-]{0,20})?")
_ENTRY = re.compile(r"[a-z]{1,20}")


class Registry:
    """What can be asked for, by name and by tag. Raises DeclarationError."""

    def __init__(self, features: Iterable[Feature]) -> None:
        self.features = tuple(features)
        self.actions: Mapping[str, type[Action]]
        self.commands: Mapping[str, Command]
        handlers: dict[type[Action], Handler] = {}
        actions: dict[str, type[Action]] = {}
        commands: dict[str, Command] = {}
        groups: dict[str, Group] = {}
        entries: dict[str, Entry] = {}
        completers: dict[str, Completer] = {}
        notices: dict[str, Notice] = {}
        ticks: dict[str, Tick] = {}
        routes: dict[str, Route] = {}
        settings: dict[str, Settable] = {}
        texts: dict[str, CommunityText] = {}
        for feature in self.features:
            for handler in feature.handlers:
                _claim(actions, handler.action.tag, handler.action)
                handlers[handler.action] = handler
            for command in feature.commands:
                _claim(commands, command.name, command)
            for group in feature.groups:
                _claim(groups, group.name, group)
            for entry in feature.entries:
                _claim(entries, entry.name, entry)
            for completer in feature.completers:
                _claim(completers, completer.name, completer)
            for notice in feature.notices:
                _claim(notices, notice.kind, notice)
            for tick in feature.ticks:
                _claim(ticks, tick.name, tick)
            for route in feature.routes:
                _claim(routes, route.path, route)
            for settable in feature.settings:
                _claim(settings, settable.kind.name, settable)
            for text in feature.texts:
                _claim(texts, text.key, text)
        asked = (feature.conduct for feature in self.features if feature.conduct is not None)
        self.conduct: CommunityText | None = next(asked, None)
        self.actions = MappingProxyType(actions)
        self.commands = MappingProxyType(commands)
        self.groups = MappingProxyType(groups)
        self.entries = MappingProxyType(entries)
        self.completers = MappingProxyType(completers)
        self.notices = MappingProxyType(notices)
        chosen = [one.choice for one in notices.values() if one.choice is not None]
        chosen += [one for feature in self.features for one in feature.choices]
        self.choices: Mapping[str, Choice] = {one.name: one for one in chosen}
        self.ticks = MappingProxyType(ticks)
        self.routes = MappingProxyType(routes)
        self.settings = MappingProxyType(settings)
        self.texts = MappingProxyType(texts)
        self._begins = MappingProxyType(
            {action: feature.name for feature in self.features for action in feature.begins}
        )
        self._handlers = MappingProxyType(handlers)
        self._check()

    def handler(self, action: type[Action]) -> Handler:
        """Who answers an Action. Raises StaleControl if nobody does."""
        found = self._handlers.get(action)
        if found is None:
            raise StaleControl("nothing answers this any more")
        return found

    def sheet(self, action: type[Action]) -> Sheet | None:
        """What fits the form of an Action to what is known of it."""
        found = self._handlers.get(action)
        return None if found is None else found.sheet

    def is_on(self, action: type[Action], off: frozenset[str]) -> bool:
        """Whether an Action can be asked for where the features named `off` are switched off."""
        return self._begins.get(action) not in off

    def handler_of_wire(self, wire: str) -> Handler:
        """Who answers a button. Raises StaleControl."""
        action = self.actions.get(split_wire(wire).tag)
        if action is None:
            raise StaleControl("no such button in this version")
        return self.handler(action)

    def under(self, group: str) -> tuple[Command, ...]:
        """The commands of a group, in the order in which they were declared."""
        return tuple(each for each in self.commands.values() if each.group == group)

    async def panel(self, caller: Caller) -> tuple[Part, ...]:
        """A member's panel: the section of every feature that is on here."""
        if not caller.set_up:
            return ()
        sections = [
            await feature.home(caller)
            for feature in self.features
            if feature.home is not None and (not feature.begins or feature.name not in caller.off)
        ]
        return tuple(part for section in sections for part in section.parts)

    @property
    def leaving(self) -> tuple[Leaving, ...]:
        """What every feature ends when somebody leaves a community."""
        return tuple(ending for feature in self.features for ending in feature.leaving)

    @property
    def handlers(self) -> Iterable[Handler]:
        """Every handler."""
        return self._handlers.values()

    def _check(self) -> None:
        groups: dict[str, int] = {}
        for command in self.commands.values():
            if not _NAME.fullmatch(command.name):
                raise DeclarationError(f"{command.name!r} is not a command name")
            if command.action not in self._handlers:
                raise DeclarationError(f"/{command.name}: nothing answers it")
            if len(command.about.text) > LIMITS.command_about:
                raise DeclarationError(f"/{command.name}: description is too long")
            group, word = command.group, command.word
            groups[group] = groups.get(group, 0) + bool(word)
            if word and group not in self.groups:
                raise DeclarationError(f"/{group}: nobody says what it is about")
            if not word and len(self.under(group)) > 1:
                raise DeclarationError(f"/{group} cannot both act and have subcommands")
        if len(groups) > LIMITS.commands or max(groups.values(), default=0) > LIMITS.subcommands:
            raise DeclarationError("more commands than a platform carries")
        self._check_entries()
        for action in self._handlers:
            self._check_fields(action)

    def _check_entries(self) -> None:
        if len(self.entries) > LIMITS.entries:
            raise DeclarationError("more entries in the menu of a message than a platform carries")
        labels = {entry.label.text for entry in self.entries.values()}
        if len(labels) < len(self.entries):
            raise DeclarationError("two entries in the menu of a message read alike")
        for entry in self.entries.values():
            if not _ENTRY.fullmatch(entry.name):
                raise DeclarationError(f"{entry.name!r} is not the name of an entry")
            if len(entry.label.text) > LIMITS.entry_label:
                raise DeclarationError(f"{entry.name}: label is too long")
            if len(entry.about.text) > LIMITS.command_about:
                raise DeclarationError(f"{entry.name}: description is too long")

    def _check_fields(self, action: type[Action]) -> None:
        fields_of(action)
        for field in asked_fields(action):
            ask = field.ask
            if ask is None:
                continue
            where = f"{action.__name__}.{field.name}"
            if len(ask.label.text) > LIMITS.field_label:
                raise DeclarationError(f"{where}: label is too long")
            if ask.hint is not None and len(ask.hint.text) > LIMITS.command_about:
                raise DeclarationError(f"{where}: hint is too long")
            if len(ask.options) > LIMITS.select_options:
                raise DeclarationError(f"{where}: more than {LIMITS.select_options} options")
            if ask.suggest is not None and ask.suggest not in self.completers:
                raise DeclarationError(f"{where}: no completer {ask.suggest!r}")


def _claim(taken: dict[str, T], name: str, value: T) -> None:
    if name in taken:
        raise DeclarationError(f"{name!r} is declared twice")
    taken[name] = value
