"""Slash commands made from the registry: one for each `Command`, its options from the Action.

What an option cannot carry (lists, and what is `form_only`) is left to the form. Where a form is
part of the command anyway, nothing is required beforehand: what is missing is asked in it.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, Protocol, cast

import discord
from discord import app_commands

from adapters.discord.forms import enum_options
from adapters.discord.languages import SHORT, everywhere, plain, said, shortened
from bot.runtime.feature import Command, Entry
from bot.runtime.registry import Registry
from bot.ui.action import Field, Kind, asked_fields
from bot.ui.words import Catalogue

CHOICES, TEXT, MOST_FILES, MOST_OPTIONS = 25, 6000, 10, 25
SETUP = "setup"
"""The group that only whoever manages the server is offered at first."""

_TYPES = {
    Kind.TEXT: discord.AppCommandOptionType.string,
    Kind.WHOLE: discord.AppCommandOptionType.integer,
    Kind.YES_NO: discord.AppCommandOptionType.boolean,
    Kind.CHOICE: discord.AppCommandOptionType.string,
    Kind.MOMENT: discord.AppCommandOptionType.string,
    Kind.DAY: discord.AppCommandOptionType.string,
    Kind.MEMBER: discord.AppCommandOptionType.user,
    Kind.CHANNEL: discord.AppCommandOptionType.channel,
    Kind.ROLE: discord.AppCommandOptionType.role,
    Kind.FILES: discord.AppCommandOptionType.attachment,
}


class TakesCommands(Protocol):
    """Whoever answers what is typed."""

    async def command(
        self, interaction: discord.Interaction[Any], name: str, options: Mapping[str, object]
    ) -> None:
        """A command with what was filled in, by field, as discord.py gives it; files in a list."""
        ...

    async def complete(
        self, interaction: discord.Interaction[Any], suggest: str, text: str
    ) -> list[app_commands.Choice[str]]:
        """Suggestions while somebody types."""
        ...

    async def point(
        self, interaction: discord.Interaction[Any], name: str, message: discord.Message
    ) -> None:
        """An entry in the menu of a message."""
        ...


class Option(app_commands.Transformer):
    """One option as Discord is told of it; values are handed on untouched."""

    def __init__(self, field: Field) -> None:
        self._field = field
        self._choices = _closed(field)

    @property
    def type(self) -> discord.AppCommandOptionType:
        """Discord's type."""
        return _TYPES[self._field.kind]

    @property
    def choices(self) -> list[app_commands.Choice[str]] | None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """A closed list that fits."""
        return self._choices if self._choices and len(self._choices) <= CHOICES else None

    @property
    def min_value(self) -> int | None:
        """The least number, or the fewest characters."""
        return self._bound("least")

    @property
    def max_value(self) -> int | None:
        """The greatest number, or the most characters."""
        return self._bound("most")

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Channels that messages can be written to."""
        return [discord.ChannelType.text, discord.ChannelType.news]

    async def transform(self, interaction: discord.Interaction[Any], value: Any, /) -> Any:
        """As it came."""
        return value

    def _bound(self, which: str) -> int | None:
        ask = self._field.ask
        if ask is None or self._field.kind not in (Kind.TEXT, Kind.WHOLE):
            return None
        bound = ask.least if which == "least" else ask.most
        if self._field.kind is Kind.TEXT and bound is not None:
            return max(min(bound, TEXT), 1) if which == "most" else bound
        return bound


class Suggested(Option):
    """An option that is completed while somebody types."""

    def __init__(self, field: Field, suggest: str, door: TakesCommands) -> None:
        super().__init__(field)
        self._suggest = suggest
        self._door = door

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, interaction: discord.Interaction[Any], value: str | int | float, /
    ) -> list[app_commands.Choice[str]]:
        """What the core suggests."""
        return await self._door.complete(interaction, self._suggest, str(value))


class Listed(Option):
    """A closed list too long for choices: its entries that hold what is typed."""

    async def autocomplete(  # pyright: ignore[reportIncompatibleMethodOverride]
        self, interaction: discord.Interaction[Any], value: str | int | float, /
    ) -> list[app_commands.Choice[str]]:
        """The entries that fit."""
        sought = str(value).casefold()
        return [one for one in self._choices if sought in one.name.casefold()][:CHOICES]


def add_commands(
    tree: app_commands.CommandTree[Any], registry: Registry, door: TakesCommands
) -> None:
    """Give the tree every command of the registry."""
    groups: dict[str, app_commands.Group] = {}
    for command in registry.commands.values():
        group = command.group
        if not command.word:
            tree.add_command(_command(command, group, door))
            continue
        if group not in groups:
            groups[group] = _group(group, said(registry.groups[group].about))
            tree.add_command(groups[group])
        groups[group].add_command(_command(command, command.word, door))
    for entry in registry.entries.values():
        tree.add_command(_entry(entry, door))


def _entry(entry: Entry, door: TakesCommands) -> app_commands.ContextMenu:
    async def callback(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await door.point(interaction, entry.name, message)

    return app_commands.ContextMenu(
        name=said(entry.label), callback=callback, auto_locale_strings=False
    )


def _group(name: str, about: app_commands.locale_str) -> app_commands.Group:
    managed = name == SETUP
    return app_commands.Group(
        name=name,
        description=about,
        default_permissions=discord.Permissions(manage_guild=True) if managed else None,
        guild_only=managed,
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=not managed, private_channel=False
        ),
        auto_locale_strings=False,
    )


def _command(
    command: Command, name: str, door: TakesCommands
) -> app_commands.Command[Any, Any, None]:
    fields = asked_fields(command.action)
    carried = [field for field in fields if carries(field)]
    asks_the_rest = any(not carries(field) for field in fields)
    names: dict[str, str] = {}
    fills: dict[str, Field] = {}
    about: dict[str, str | app_commands.locale_str] = {}
    parameters: list[inspect.Parameter] = [
        inspect.Parameter("interaction", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    ]
    for field in carried:
        required = field.required and not asks_the_rest
        for count, option in enumerate(_options_of(field, len(carried))):
            attribute = f"{field.attribute}_{count + 1}" if count else field.attribute
            names[attribute] = option
            fills[attribute] = field
            about[attribute] = _about(field)
            parameters.append(
                inspect.Parameter(
                    attribute,
                    inspect.Parameter.KEYWORD_ONLY,
                    annotation=_transformer(field, door),
                    default=inspect.Parameter.empty if required and not count else None,
                )
            )

    callback = _callback(command.name, fills, door)
    callback.__signature__ = inspect.Signature(parameters)  # pyright: ignore[reportFunctionMemberAccess]
    if names:
        app_commands.describe(**about)(callback)
        app_commands.rename(**names)(callback)
    return app_commands.Command(
        name=name,
        description=said(command.about),
        callback=callback,
        auto_locale_strings=False,
    )


def carries(field: Field) -> bool:
    """Whether a slash option can carry the field."""
    return field.ask is not None and not field.ask.form_only and field.kind in _TYPES


def _callback(
    name: str, fills: Mapping[str, Field], door: TakesCommands
) -> Callable[..., Coroutine[Any, Any, None]]:
    async def callback(interaction: discord.Interaction[Any], **values: object) -> None:
        given: dict[str, object] = {}
        for attribute, value in values.items():
            if value is None:
                continue
            field = fills[attribute]
            if field.kind is Kind.FILES:
                given[field.name] = [*cast(list[object], given.get(field.name, [])), value]
            else:
                given[field.name] = value
        await door.command(interaction, name, given)

    return callback


def _options_of(field: Field, beside: int) -> list[str]:
    """The names of a field's options: a list of files takes one for each file."""
    if field.kind is not Kind.FILES:
        return [field.name]
    most = (field.ask.most if field.ask else None) or 5
    most = min(most, MOST_FILES, MOST_OPTIONS - beside + 1)
    return [field.name, *(f"{field.name}_{count}" for count in range(2, most + 1))]


def _transformer(field: Field, door: TakesCommands) -> Option:
    suggest = field.ask.suggest if field.ask else None
    closed = _closed(field)
    if suggest is not None and not closed and _TYPES[field.kind] is _TYPES[Kind.TEXT]:
        return Suggested(field, suggest, door)
    return Listed(field) if len(closed) > CHOICES else Option(field)


def _closed(field: Field) -> list[app_commands.Choice[str]]:
    if field.kind is not Kind.CHOICE:
        return []
    if field.ask and field.ask.options:
        return [
            app_commands.Choice(name=said(one.label), value=one.value) for one in field.ask.options
        ]
    return [
        app_commands.Choice(name=shortened(label), value=value)
        for value, label in enum_options(field)
    ]


def _about(field: Field) -> str | app_commands.locale_str:
    ask = field.ask
    if ask is None:
        return field.name
    label, hint = ask.label, ask.hint

    def wording(known: Catalogue) -> str:
        short = plain(label, known)
        both = short if hint is None else f"{short}: {plain(hint, known)}"
        return both if len(both) <= SHORT else shortened(short)

    return everywhere(wording)
