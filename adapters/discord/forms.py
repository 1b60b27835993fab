"""Forms as Discord modals, and what comes back from one.

The id of an input is the option's name and the modal's own id is the form's key, so a submit is
read from its data alone: the library keeps no modal in memory and a restart loses none.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import Any, cast

import discord
from discord import ui

from adapters.discord.controls import words
from adapters.discord.dialect import PLATFORM, Markdown, Registered
from adapters.discord.people import account_of
from bot.runtime.screen import FormScreen, Voice
from bot.ui.action import Field, Kind, Option
from bot.ui.form import FormView, Picked, Raw, ShownField
from bot.ui.limits import LIMITS
from bot.ui.words import Msg, Typed, _

TITLE, LABEL, DESCRIPTION, OPTION, TEXT, ITEMS = 45, 45, 100, 100, 4000, 5
SHORT = 100
"""A number, a day or a moment is never longer."""
FEW = 5
"""Up to so many choices stand open; more fold into a list."""
GROUP = 10
"""The most that a group of boxes holds."""

YES, NO = _("Yes"), _("No")


class OpenForm(ui.Modal):
    """A modal. "Finished" from the start, so that the library does not keep it (see above)."""

    def is_finished(self) -> bool:
        """Never to be stored."""
        return True


def modal_of(screen: FormScreen) -> OpenForm:
    """The modal that shows one page of a form."""
    form, voice = screen.form, screen.voice
    modal = OpenForm(title=_title(form, voice), custom_id=form.key)
    intro = None if form.intro is None else words_of(form, voice)
    if intro is not None and len(form.fields) < ITEMS:
        modal.add_item(ui.TextDisplay(intro[:TEXT]))
        intro = None
    for shown in form.fields:
        # A modal of five inputs has no room for a text: it stands at the first of them.
        modal.add_item(_label(shown, voice, intro))
        intro = None
    return modal


def words_of(form: FormView, voice: Voice) -> str:
    """The text above the inputs."""
    return Markdown(voice.catalogue, Registered()).say(form.intro or Msg(""))


def _title(form: FormView, voice: Voice) -> str:
    title = words(form.title, voice)
    pages = f" ({form.page}/{form.pages})" if form.pages > 1 else ""
    return title[: TITLE - len(pages)] + pages


def _label(shown: ShownField, voice: Voice, intro: str | None) -> ui.Label[Any]:
    ask = shown.field.ask
    label = words(ask.label if ask else Typed(shown.id), voice)
    about = shown.problem or (ask.hint if ask else None)
    description = words(about, voice)[:DESCRIPTION] if about else (intro or "")[:DESCRIPTION]
    return ui.Label(
        text=label[:LABEL],
        description=description or None,
        component=_input(shown, voice),
    )


def _input(shown: ShownField, voice: Voice) -> ui.Item[Any]:
    field = shown.field
    match field.kind:
        case Kind.TEXT if shown.options and _offered(shown):
            return _list(shown, _choices(shown, voice))
        case Kind.TEXT | Kind.WHOLE | Kind.MOMENT | Kind.DAY:
            return _text(shown)
        case Kind.YES_NO:
            return _yes_no(shown, voice)
        case Kind.CHOICE:
            choices = _choices(shown, voice)
            if not choices or not _offered(shown):
                return _text(shown)
            return _radio(shown, choices) if 2 <= len(choices) <= FEW else _list(shown, choices)
        case Kind.CHOICES:
            choices = _choices(shown, voice)
            if not choices:
                return _text(shown)
            return _boxes(shown, choices) if len(choices) <= GROUP else _list(shown, choices)
        case Kind.MEMBER | Kind.MEMBERS:
            low, high = _bounds(field, 25)
            return ui.UserSelect(
                custom_id=shown.id,
                required=field.required,
                min_values=low,
                max_values=high,
                default_values=[
                    discord.SelectDefaultValue(
                        id=int(one.account.user), type=discord.SelectDefaultValueType.user
                    )
                    for one in _picked(shown.value)[:high]
                ],
            )
        case Kind.CHANNEL:
            return ui.ChannelSelect(
                custom_id=shown.id,
                required=field.required,
                min_values=int(field.required),
                channel_types=[
                    discord.ChannelType.text,
                    discord.ChannelType.news,
                    discord.ChannelType.voice,
                    discord.ChannelType.stage_voice,
                ],
                default_values=[
                    discord.SelectDefaultValue(
                        id=int(one), type=discord.SelectDefaultValueType.channel
                    )
                    for one in _ids(shown.value)
                ],
            )
        case Kind.ROLE:
            return ui.RoleSelect(
                custom_id=shown.id,
                required=field.required,
                min_values=int(field.required),
                default_values=[
                    discord.SelectDefaultValue(
                        id=int(one), type=discord.SelectDefaultValueType.role
                    )
                    for one in _ids(shown.value)
                ],
            )
        case Kind.FILES:
            low, high = _bounds(field, 10)
            return ui.FileUpload(
                custom_id=shown.id, required=field.required, min_values=low, max_values=high
            )


def _text(shown: ShownField) -> ui.TextInput[Any]:
    field, ask = shown.field, shown.field.ask
    bounded = field.kind is Kind.TEXT and ask is not None
    most = min((ask.most if ask else None) or LIMITS.text_input, TEXT)
    if not bounded:
        most = SHORT
    value = shown.value if isinstance(shown.value, tuple) else (shown.value,)
    default = ", ".join(str(one) for one in value if isinstance(one, str | int))
    least = ask.least if bounded and ask and field.required else None
    return ui.TextInput(
        custom_id=shown.id,
        style=discord.TextStyle.long if ask and ask.lines > 1 else discord.TextStyle.short,
        required=field.required,
        min_length=min(least, most) if least else None,
        max_length=most,
        default=default[:most],
    )


def _yes_no(shown: ShownField, voice: Voice) -> ui.Item[Any]:
    if isinstance(shown.value, bool) and not shown.field.required:
        return ui.Checkbox(custom_id=shown.id, default=shown.value)
    value = {True: "yes", False: "no"}.get(cast(bool, shown.value), shown.value)
    options = [
        discord.RadioGroupOption(label=words(says, voice), value=word, default=word == value)
        for says, word in ((YES, "yes"), (NO, "no"))
    ]
    return ui.RadioGroup(custom_id=shown.id, required=shown.field.required, options=options)


def _radio(shown: ShownField, choices: list[tuple[str, str]]) -> ui.RadioGroup[Any]:
    chosen = _ids(shown.value)[:1]
    return ui.RadioGroup(
        custom_id=shown.id,
        required=shown.field.required,
        options=[
            discord.RadioGroupOption(label=label, value=value, default=value in chosen)
            for value, label in choices
        ],
    )


def _boxes(shown: ShownField, choices: list[tuple[str, str]]) -> ui.CheckboxGroup[Any]:
    low, high = _bounds(shown.field, len(choices))
    chosen = _ids(shown.value)[:high]
    return ui.CheckboxGroup(
        custom_id=shown.id,
        required=shown.field.required,
        min_values=low,
        max_values=high,
        options=[
            discord.CheckboxGroupOption(label=label, value=value, default=value in chosen)
            for value, label in choices
        ],
    )


def _list(shown: ShownField, choices: list[tuple[str, str]]) -> ui.Select[Any]:
    low, high = _bounds(shown.field, len(choices))
    chosen = _ids(shown.value)[:high]
    return ui.Select(
        custom_id=shown.id,
        required=shown.field.required,
        min_values=low,
        max_values=high,
        options=[
            discord.SelectOption(label=label, value=value, default=value in chosen)
            for value, label in choices
        ],
    )


def _bounds(field: Field, most: int) -> tuple[int, int]:
    """How many may be chosen."""
    if not field.kind.many:
        return int(field.required), 1
    ask = field.ask
    high = min((ask.most if ask else None) or most, most)
    least = max((ask.least if ask else None) or 0, 1) if field.required else 0
    return min(least, high), high


def _offered(shown: ShownField) -> bool:
    """Whether what was typed before is among the choices; if not, it must stay in a text input."""
    known = {option.value for option in shown.options}
    known = known or {value for value, _label in enum_options(shown.field)}
    return all(one in known for one in _ids(shown.value))


def _choices(shown: ShownField, voice: Voice) -> list[tuple[str, str]]:
    if shown.options:
        return labelled(shown.options, voice)
    return enum_options(shown.field)[:25]


def labelled(options: tuple[Option, ...], voice: Voice) -> list[tuple[str, str]]:
    """Value and label of each option that Discord can carry, each value once."""
    listed: dict[str, str] = {}
    for option in options:
        if 1 <= len(option.value) <= OPTION:
            listed.setdefault(option.value, words(option.label, voice)[:OPTION])
    return list(listed.items())[:25]


def enum_options(field: Field) -> list[tuple[str, str]]:
    """Value and label of each member of an enumeration, where the field has one."""
    inner: Any = field.type
    if field.kind is Kind.CHOICES:
        inner = inner.__args__[0]
    if not (isinstance(inner, type) and issubclass(inner, enum.Enum)):
        return []
    return [(str(member.value), str(member.value)) for member in inner]


def _ids(value: Raw | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, tuple):
        return tuple(one for one in value if isinstance(one, str))
    return () if value is None else (str(value),)


def _picked(value: Raw | None) -> tuple[Picked, ...]:
    if not isinstance(value, tuple):
        return ()
    return tuple(
        one for one in value if isinstance(one, Picked) and one.account.platform == PLATFORM
    )


# What comes back ----------------------------------------------------------------------------------

_USERS, _FILES, _LISTS = {5, 7}, {19}, {3, 6, 8, 22}


def answers(data: Mapping[str, Any]) -> tuple[dict[str, Raw], dict[str, list[str]]]:
    """What was filled in, by option name; files by the ids of their attachments."""
    raw: dict[str, Raw] = {}
    files: dict[str, list[str]] = {}
    resolved: Mapping[str, Any] = data.get("resolved") or {}
    for item in _inputs(data.get("components") or []):
        name, kind = str(item["custom_id"]), item["type"]
        values = [str(one) for one in item.get("values") or []]
        if kind in _FILES:
            files[name] = values
        elif kind in _USERS:
            raw[name] = tuple(Picked(account_of(int(one)), _name(resolved, one)) for one in values)
        elif kind in _LISTS:
            raw[name] = tuple(values)
        else:
            value = item.get("value")
            raw[name] = value if isinstance(value, bool) else str(value or "")
    return raw, files


def _inputs(components: list[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for one in components:
        if "component" in one:
            yield from _inputs([one["component"]])
        elif "components" in one:
            yield from _inputs(one["components"])
        elif one.get("custom_id"):
            yield one


def _name(resolved: Mapping[str, Any], user: str) -> str:
    member = (resolved.get("members") or {}).get(user) or {}
    known = (resolved.get("users") or {}).get(user) or {}
    return str(member.get("nick") or known.get("global_name") or known.get("username") or user)
