"""A slash command to the core's command: prefix, group, subcommand, words. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from adapters.slack.words import Given, plain, read_words
from bot.runtime.registry import Registry
from bot.ui.action import asked_fields
from bot.ui.parts import Part, Text
from bot.ui.words import Code, Listing, Msg, Slash, Words, _

PANEL = "my"
"""The group that opens the member's panel when nothing follows it."""
_PANEL_COMMAND = "my panel"


@dataclass(frozen=True)
class Call:
    """A command of the registry, with what was given to it."""

    name: str
    given: Given = field(default_factory=lambda: Given({}))


@dataclass(frozen=True)
class Panel:
    """The member's panel."""


@dataclass(frozen=True)
class Unclear:
    """No such command; `known` are those that exist under what was typed."""

    typed: str
    known: tuple[str, ...]


Read: TypeAlias = Call | Panel | Unclear


def read_command(registry: Registry, prefix: str, command: str, text: str, workspace: str) -> Read:
    """What `/ir-hours list tomorrow` asks for."""
    group = command.removeprefix("/").removeprefix(prefix)
    if group in registry.commands:
        return _call(registry, group, text, workspace)
    sub, rest = (*text.split(None, 1), "", "")[:2]
    name = f"{group} {sub.lower()}"
    if sub and name in registry.commands:
        return _call(registry, name, rest, workspace)
    if group == PANEL and not sub:
        return Call(_PANEL_COMMAND) if _PANEL_COMMAND in registry.commands else Panel()
    known = tuple(each.name for each in registry.under(group))
    typed = plain(f"{command} {sub}").strip() if sub or not known else ""
    return Unclear(typed, known or tuple(registry.commands))


def _call(registry: Registry, name: str, text: str, workspace: str) -> Call:
    fields = asked_fields(registry.commands[name].action)
    return Call(name, read_words(text, fields, workspace))


def unclear_parts(unclear: Unclear) -> tuple[Part, ...]:
    """A kind sentence about what there is."""
    known = Listing(tuple(Slash(name) for name in unclear.known), either=True)
    says: Msg
    if unclear.typed:
        says = _(
            "There is no {typed} here. You can type {known}.",
            typed=Code(unclear.typed),
            known=known,
        )
    else:
        says = _("You can type {known}.", known=known)
    return (Text(says),)


def left_over(given: Given) -> Words | None:
    """What to say above the form about words that fitted nowhere."""
    if not given.left:
        return None
    words = Listing(tuple(Code(word) for word in given.left))
    return _("I was not sure where these words belong: {words}", words=words)
