"""Forms as Slack views, and what came back in them as Raw values.

Pure, but for one thing handed in: which names are commands. The id of an input (`block_id`) is the
option's name. A view carries the form's key and where the answer goes in its private metadata.
"""

from __future__ import annotations

import enum
import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

from adapters.slack import PLATFORM
from adapters.slack.dialect import Reader, cut, shortened
from adapters.slack.render import LIMITS, Block, mrkdwn, option_object, plain_text, typed_option
from adapters.slack.spot import Spot
from bot.domain.people import Account
from bot.runtime.screen import FormScreen
from bot.ui.action import Ask, Field, Kind, Option, Upload
from bot.ui.form import FormView, Picked, Raw, ShownField
from bot.ui.words import Slash, Typed, Words, _

SUGGEST = "suggest:"
"""Begins the action id of a list that is completed while typing; the completer's name follows."""
VALUE = "value"
"""The action id of every other input."""

_TITLE = 24
_BUTTON = 24
_INPUT = 3_000
_HINT = 2_000
_WHOLE = re.compile(r"-?[0-9]{1,9}")
_MOST_FILES = 10

FileJson: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class Sent:
    """A view that was sent back. Files are still only described: they have to be fetched."""

    key: str
    spot: Spot
    raw: Mapping[str, Raw]
    files: Mapping[str, tuple[FileJson, ...]]


def view_of(
    shown: FormScreen, reader: Reader, commands: Container[str], spot: Spot, note: Words | None
) -> Block:
    """The view of a form. `note` stands above it, beside the form's own introduction."""
    form = shown.form
    blocks: list[Block] = []
    for words in (form.intro, note):
        if words is not None:
            marked = cut(reader.mrkdwn(words), LIMITS.section)
            blocks += [{"type": "section", "text": mrkdwn(piece)} for piece in marked]
    for field in form.fields:
        blocks += _input(field, reader)
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain_text(shortened(_title(form, reader, commands), _TITLE)),
        "submit": plain_text(shortened(reader.plain(form.send), _BUTTON)),
        "close": plain_text(shortened(reader.plain(_("Cancel")), _BUTTON)),
        "private_metadata": json.dumps({"form": form.key, "to": spot.as_json()}),
        "blocks": blocks[: LIMITS.view_blocks],
    }


def _title(form: FormView, reader: Reader, commands: Container[str]) -> str:
    title = reader.plain(form.title)
    name = title.removeprefix("/")
    return reader.plain(Slash(name)) if title != name and name in commands else title


def _input(shown: ShownField, reader: Reader) -> list[Block]:
    ask = shown.field.ask
    label = ask.label if ask else Typed(shown.id)
    block: Block = {
        "type": "input",
        "block_id": shown.id,
        "label": plain_text(shortened(reader.plain(label), _HINT)),
        "element": {**_element(shown, reader)},
        "optional": not shown.field.required or _holds_files(shown),
    }
    if _holds_files(shown):
        kept = _("What you chose before is kept unless you choose again.")
        block["hint"] = plain_text(reader.plain(kept))
    elif ask and ask.hint:
        block["hint"] = plain_text(shortened(reader.plain(ask.hint), _HINT))
    if shown.problem is None:
        return [block]
    says = cut(reader.mrkdwn(shown.problem), LIMITS.section)[:1]
    return [block, {"type": "context", "elements": [mrkdwn(piece) for piece in says]}]


def _holds_files(shown: ShownField) -> bool:
    return shown.field.kind is Kind.FILES and bool(shown.value)


def _element(shown: ShownField, reader: Reader) -> Block:
    field = shown.field
    match field.kind:
        case Kind.TEXT if field.ask and (field.ask.suggest or field.ask.options):
            return _one_of(shown, reader)
        case Kind.TEXT | Kind.ROLE | Kind.MOMENT | Kind.DAY:
            return _text_input(shown)
        case Kind.WHOLE:
            return _number_input(shown)
        case Kind.YES_NO | Kind.CHOICE:
            return _one_of(shown, reader)
        case Kind.CHOICES:
            return _several_of(shown, reader)
        case Kind.MEMBER:
            chosen = _users(shown.value)
            first = {"initial_user": chosen[0]} if chosen else {}
            return {"type": "users_select", "action_id": VALUE, **first}
        case Kind.MEMBERS:
            chosen = _users(shown.value)
            first = {"initial_users": chosen} if chosen else {}
            return {
                "type": "multi_users_select",
                "action_id": VALUE,
                **first,
                **_most(field.ask),
            }
        case Kind.CHANNEL:
            first = {"initial_conversation": shown.value} if shown.value else {}
            return {
                "type": "conversations_select",
                "action_id": VALUE,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
                **first,
            }
        case Kind.FILES:
            most = min(field.ask.most or _MOST_FILES, _MOST_FILES) if field.ask else _MOST_FILES
            return {"type": "file_input", "action_id": VALUE, "max_files": most}


def _text_input(shown: ShownField) -> Block:
    ask = shown.field.ask
    value = _typed(shown.value)[:_INPUT]
    most = min(ask.most or _INPUT, _INPUT) if ask and shown.field.kind is Kind.TEXT else _INPUT
    element: Block = {
        "type": "plain_text_input",
        "action_id": VALUE,
        "multiline": bool(ask and ask.lines > 1) or "\n" in value,
        # What was typed already stays whole, even if it is too long: the check says so.
        "max_length": max(most, len(value)),
    }
    least = min(ask.least or 0, _INPUT) if ask and shown.field.kind is Kind.TEXT else 0
    if least and (not value or len(value) >= least):
        element["min_length"] = least
    if value:
        element["initial_value"] = value
    return element


def _number_input(shown: ShownField) -> Block:
    ask = shown.field.ask
    value = _typed(shown.value).strip()
    if value and not _is_within(value, ask):
        return _text_input(shown)  # Slack refuses a first value outside the bounds
    element: Block = {"type": "number_input", "action_id": VALUE, "is_decimal_allowed": False}
    for name, bound in (("min_value", ask and ask.least), ("max_value", ask and ask.most)):
        if bound is not None:
            element[name] = str(bound)
    if value:
        element["initial_value"] = value
    return element


def _is_within(value: str, ask: Ask | None) -> bool:
    if not _WHOLE.fullmatch(value):
        return False
    least, most = (ask.least, ask.most) if ask else (None, None)
    return (least is None or int(value) >= least) and (most is None or int(value) <= most)


def _one_of(shown: ShownField, reader: Reader) -> Block:
    value = _typed(shown.value)
    options = [option_object(option, reader) for option in _options(shown)]
    first = [option for option in options if option["value"] == value]
    if not first and value and shown.field.kind is Kind.TEXT:
        first = [typed_option(value)]
    chosen = {"initial_option": first[0]} if first else {}
    if options:
        offered = options if not first or first[0] in options else [*first, *options]
        return {"type": "static_select", "action_id": VALUE, "options": offered, **chosen}
    return {"type": "external_select", **_completed(shown.field.ask), **chosen}


def _several_of(shown: ShownField, reader: Reader) -> Block:
    values = shown.value if isinstance(shown.value, tuple) else ()
    if isinstance(shown.value, str):
        values = tuple(part.strip() for part in shown.value.split(",") if part.strip())
    options = [option_object(option, reader) for option in _options(shown)]
    if options:
        first = [option for option in options if option["value"] in values]
        chosen = {"initial_options": first} if first else {}
        element = {"type": "multi_static_select", "action_id": VALUE, "options": options}
    else:
        first = [typed_option(value) for value in values if isinstance(value, str)]
        chosen = {"initial_options": first} if first else {}
        element = {"type": "multi_external_select", **_completed(shown.field.ask)}
    return {**element, **chosen, **_most(shown.field.ask)}


def _completed(ask: Ask | None) -> Block:
    name = ask.suggest if ask and ask.suggest else ""
    return {"action_id": f"{SUGGEST}{name}", "min_query_length": 1}


def _most(ask: Ask | None) -> Block:
    return {"max_selected_items": min(ask.most, 100)} if ask and ask.most else {}


def _options(shown: ShownField) -> tuple[Option, ...]:
    if shown.field.kind is Kind.YES_NO:
        return (Option("yes", _("Yes")), Option("no", _("No")))
    if shown.options:
        return shown.options
    return _enum_options(shown.field)


def _enum_options(field: Field) -> tuple[Option, ...]:
    """The members of an enumeration that was declared without words of its own."""
    inner = field.type
    if isinstance(inner, type) and issubclass(inner, enum.Enum):
        return tuple(Option(str(one.value), Typed(str(one.value))) for one in inner)
    return ()


def _typed(value: Raw | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value) if isinstance(value, str | int) else ""


def _users(value: Raw | None) -> list[str]:
    if not isinstance(value, tuple):
        return []
    return [
        one.account.user
        for one in value
        if isinstance(one, Picked) and one.account.platform == PLATFORM
    ]


# What came back ---------------------------------------------------------------------------------


def sent_view(view: Mapping[str, Any], workspace: str, user: str) -> Sent:
    """A view that was sent, taken apart. One of an earlier version has an unreadable key."""
    try:
        kept = json.loads(view.get("private_metadata") or "{}")
    except ValueError:
        kept = {}
    kept = cast(dict[str, Any], kept) if isinstance(kept, dict) else {}
    raw: dict[str, Raw] = {}
    files: dict[str, tuple[FileJson, ...]] = {}
    for name, actions in view["state"]["values"].items():
        for value in actions.values():
            if value["type"] != "file_input":
                raw[name] = _raw(value, workspace)
            elif value.get("files"):
                # Nothing chosen leaves what was chosen before.
                files[name] = tuple(value["files"])
    return Sent(str(kept.get("form", "")), Spot.from_json(kept.get("to"), user), raw, files)


def _raw(value: Mapping[str, Any], workspace: str) -> Raw:
    """The value of one input; an empty one is an empty answer, not a missing one."""

    def picked(users: list[str]) -> Raw:
        return tuple(Picked(Account(PLATFORM, workspace, user), "") for user in users)

    match value["type"]:
        case "static_select" | "external_select":
            option = value.get("selected_option")
            return option["value"] if option else ""
        case "multi_static_select" | "multi_external_select":
            return tuple(str(option["value"]) for option in value.get("selected_options") or ())
        case "users_select":
            user = value.get("selected_user")
            return picked([user] if user else [])
        case "multi_users_select":
            return picked(value.get("selected_users") or [])
        case "conversations_select":
            return value.get("selected_conversation") or ""
        case _:
            return value.get("value") or ""


def announced(files: tuple[FileJson, ...]) -> tuple[Upload, ...]:
    """Stand-ins for files not fetched yet: enough to check that there are some."""
    return tuple(Upload(str(file.get("name", "")), b"") for file in files)
