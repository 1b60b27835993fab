"""What Discord accepts as application commands when a bot registers them."""

import re

from tests.discord_server.limits import Limits
from tests.discord_server.refusal import FormErrors, Path
from tests.discord_server.world import Json

_LOCALES = (
    "ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro"
    " ru sv-SE th tr uk vi zh-CN zh-TW"
)
LOCALES = frozenset(_LOCALES.split())
CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, NUMBER = 1, 2, 3, 4, 10
NAME = re.compile(r"[-_'\w]{1,32}")


def check_commands(form: FormErrors, limits: Limits, commands: list[Json]) -> None:
    """A bulk registration."""
    seen: set[tuple[int, object]] = set()
    for index, raw in enumerate(commands):
        path: Path = (index,)
        command = form.model(path, raw)
        if command is None:
            continue
        check_command(form, limits, command, path)
        key = (command.get("type") or CHAT, command.get("name"))
        if key in seen:
            form.add(
                (*path, "name"),
                "APPLICATION_COMMANDS_DUPLICATE_NAME",
                "Application command names must be unique",
            )
        seen.add(key)


def check_command(form: FormErrors, limits: Limits, command: Json, path: Path = ()) -> None:
    """One command with its options."""
    kind = command.get("type") or CHAT
    if kind not in (CHAT, USER, MESSAGE):
        form.choices((*path, "type"), "(1, 2, 3, 4)")
        return
    if kind != CHAT:
        form.text((*path, "name"), command.get("name"), 1, 32, required=True)
        _localizations(form, path, command, "name", 32)
        if command.get("description"):
            form.add(
                (*path, "description"),
                "APPLICATION_COMMAND_INVALID_DESCRIPTION",
                "Context menu commands cannot have a description",
            )
        return
    _name(form, (*path, "name"), command.get("name"))
    _description(form, limits, path, command)
    _options(form, limits, path, command.get("options"), depth=0)
    if _size(command) > limits.command_total:
        form.add(
            path,
            "APPLICATION_COMMAND_TOO_LARGE",
            f"Command exceeds maximum size ({limits.command_total})",
        )


def _name(form: FormErrors, path: Path, raw: object) -> None:
    name = form.text(path, raw, 1, 32, required=True)
    if name is not None and (not NAME.fullmatch(name) or name != name.lower()):
        form.add(path, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")


def _description(form: FormErrors, limits: Limits, path: Path, model: Json) -> None:
    where = (*path, "description")
    form.text(where, model.get("description"), 1, limits.description, required=True)
    _localizations(form, path, model, "description", limits.description)


def _localizations(form: FormErrors, path: Path, model: Json, key: str, most: int) -> None:
    where = (*path, f"{key}_localizations")
    for locale, text in (form.model(where, model.get(where[-1]) or {}) or {}).items():
        if locale not in LOCALES:
            form.choices((*where, locale), tuple(sorted(LOCALES)))
        form.text((*where, locale), text, 1, most, required=True)


def _options(form: FormErrors, limits: Limits, path: Path, raw: object, *, depth: int) -> None:
    where = (*path, "options")
    options = form.items(where, raw, 0, limits.options)
    names: set[object] = set()
    optional_seen = False
    kinds = {o.get("type") in (SUBCOMMAND, GROUP) for o in options if isinstance(o, dict)}
    if len(kinds) > 1:
        form.add(
            where,
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other "
            "types",
        )
    for index, item in enumerate(options):
        here = (*where, index)
        option = form.model(here, item)
        if option is None:
            continue
        _name(form, (*here, "name"), option.get("name"))
        _description(form, limits, here, option)
        if option.get("name") in names:
            form.add(
                here,
                "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
                f'Option name "{option.get("name")}" already exists',
            )
        names.add(option.get("name"))
        kind = option.get("type")
        if kind in (SUBCOMMAND, GROUP):
            if (kind == GROUP and depth > 0) or depth > 1:
                form.choices((*here, "type"), "the option types without groups")
            _options(form, limits, here, option.get("options"), depth=depth + 1 + (kind == 1))
            continue
        if not isinstance(kind, int) or not 1 <= kind <= 11:
            form.choices((*here, "type"), "(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)")
            continue
        if option.get("required") and optional_seen:
            form.add(
                here,
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional_seen = optional_seen or not option.get("required")
        _value_option(form, limits, here, option)


def _value_option(form: FormErrors, limits: Limits, path: Path, option: Json) -> None:
    kind = option["type"]
    choices = form.items((*path, "choices"), option.get("choices"), 0, limits.choices)
    if choices and option.get("autocomplete"):
        form.add(
            (*path, "autocomplete"),
            "APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES_EXCLUSIVE",
            "autocomplete may not be set to true if choices are present",
        )
    for index, item in enumerate(choices):
        here = (*path, "choices", index)
        choice = form.model(here, item)
        if choice is None:
            continue
        form.text((*here, "name"), choice.get("name"), 1, 100, required=True)
        _localizations(form, here, choice, "name", 100)
        if kind == STRING:
            form.text((*here, "value"), choice.get("value"), 1, 100, required=True)
    if kind == STRING:
        form.number((*path, "min_length"), option.get("min_length"), 0, 6000)
        form.number((*path, "max_length"), option.get("max_length"), 1, 6000)


def _size(node: Json) -> int:
    """Names, descriptions and choice values in the longest language, as Discord adds them up."""
    own = sum(_longest(node, key) for key in ("name", "description"))
    own += sum(
        _longest(choice, "name") + len(str(choice.get("value") or ""))
        for choice in node.get("choices") or []
        if isinstance(choice, dict)
    )
    return own + sum(_size(o) for o in node.get("options") or [] if isinstance(o, dict))


def _longest(node: Json, key: str) -> int:
    said = (node.get(f"{key}_localizations") or {}).values()
    return max(len(str(text or "")) for text in (node.get(key), *said))
