"""What a person can put into an element, in Slack's own shape, and what the client refuses.

Pure functions on JSON; who asks the app for the choices of an external select is not their matter.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from tests.slack_server.block_kit import elements

Json = dict[str, Any]

MOST_FILE_BYTES = 10 * 1024 * 1024
_TYPED = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_PICKED = {
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
_FIELD = {
    **dict.fromkeys(_TYPED, "value"),
    **_PICKED,
    **dict.fromkeys(("static_select", "external_select", "radio_buttons"), "selected_option"),
    **dict.fromkeys(
        ("multi_static_select", "multi_external_select", "checkboxes"), "selected_options"
    ),
    "file_input": "files",
    "rich_text_input": "rich_text_value",
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


class ClientRefusal(AssertionError):
    """The person's Slack client would not let them do this; nothing is sent to the app."""


@dataclass(frozen=True)
class Upload:
    """A file that a person chooses."""

    name: str
    content: bytes
    mimetype: str = ""
    """What the client calls it; guessed from the name when empty."""


def holds_value(element: Json) -> bool:
    """Whether this element has a value at all (a button has none)."""
    return element["type"] in _FIELD


def initial_values(blocks: list[Json]) -> dict[str, dict[str, Json]]:
    """What the form holds before anybody typed."""
    values: dict[str, dict[str, Json]] = {}
    for block, element in elements(blocks):
        if holds_value(element):
            actions = values.setdefault(block["block_id"], {})
            actions[element["action_id"]] = _initial(element)
    return values


def _initial(element: Json) -> Json:
    kind = element["type"]
    name = _FIELD[kind]
    many = name in ("selected_options", "files") or kind.startswith("multi_")
    given = name.replace("selected", "initial") if name.startswith("selected") else "initial_value"
    return {"type": kind, name: element.get(given, [] if many else None)}


def is_empty(value: Json) -> bool:
    """Whether nothing was filled in."""
    return value[_FIELD[value["type"]]] in (None, "", [])


def content(value: Json) -> Any:
    """The bare value: text, option value(s), id(s), date, or file ids."""
    held = value[_FIELD[value["type"]]]
    if isinstance(held, dict) and "value" in held:
        return held["value"]
    if isinstance(held, list):
        return [
            item.get("value", item.get("id")) if isinstance(item, dict) else item for item in held
        ]
    return held


def filled(element: Json, wanted: Any, offered: Sequence[Json] = ()) -> Json:
    """The element's value after the person put `wanted` in.

    Options are named by their words or their value; people and channels by id; dates and times as
    ISO text or objects. `offered` are the choices of an external select. Raises ClientRefusal.
    """
    kind = element["type"]
    name = _FIELD.get(kind)
    if name is None:
        raise ClientRefusal(f"a {kind} holds no value")
    if name in ("selected_option", "selected_options"):
        return {"type": kind, name: _options(element, wanted, offered)}
    if kind in _TYPED:
        return {"type": kind, name: _typed(element, wanted)}
    if kind.startswith("multi_"):
        items = [getattr(item, "id", item) for item in wanted or []]
        if len(items) > element.get("max_selected_items", 100):
            raise ClientRefusal("too many chosen")
        return {"type": kind, name: items}
    if kind == "datetimepicker" and isinstance(wanted, datetime):
        return {"type": kind, name: int(wanted.timestamp())}
    if isinstance(wanted, time):
        return {"type": kind, name: wanted.strftime("%H:%M")}
    if isinstance(wanted, date):
        return {"type": kind, name: wanted.isoformat()}
    if kind == "datepicker" and wanted:
        _iso_date(wanted)
    return {"type": kind, name: getattr(wanted, "id", wanted)}


def _iso_date(wanted: str) -> None:
    try:
        date.fromisoformat(wanted)
    except ValueError as error:
        raise ClientRefusal(f"the calendar has no {wanted}") from error


def _typed(element: Json, wanted: Any) -> str | None:
    if wanted is None or wanted == "":
        return None
    words = str(wanted)
    kind = element["type"]
    if kind == "plain_text_input":
        if len(words) > element.get("max_length", 3000):
            raise ClientRefusal("longer than this field takes")
        if len(words) < element.get("min_length", 0):
            raise ClientRefusal("shorter than this field asks")
        if "\n" in words and not element.get("multiline"):
            raise ClientRefusal("this field has one line")
    elif kind == "number_input":
        _number(element, words)
    elif kind == "email_text_input" and not _EMAIL.fullmatch(words):
        raise ClientRefusal("not an e-mail address")
    elif kind == "url_text_input" and "://" not in words:
        raise ClientRefusal("not a web address")
    return words


def _number(element: Json, words: str) -> None:
    try:
        number = float(words)
    except ValueError as error:
        raise ClientRefusal("not a number") from error
    if not element["is_decimal_allowed"] and not number.is_integer():
        raise ClientRefusal("not a whole number")
    if "min_value" in element and number < float(element["min_value"]):
        raise ClientRefusal("below the smallest number allowed")
    if "max_value" in element and number > float(element["max_value"]):
        raise ClientRefusal("above the largest number allowed")


def options_of(element: Json) -> list[Json]:
    """The options an element shows by itself, groups flattened."""
    groups: Iterable[Json] = element.get("option_groups", [])
    return [
        *element.get("options", []),
        *(option for group in groups for option in group["options"]),
    ]


def _options(element: Json, wanted: Any, offered: Sequence[Json]) -> Any:
    choices = [*options_of(element), *offered]
    if _FIELD[element["type"]] == "selected_option":
        return None if wanted is None else _option(choices, wanted)
    items = wanted if isinstance(wanted, (list, tuple, set, frozenset)) else [wanted]
    picked = [_option(choices, item) for item in items]
    if len(picked) > element.get("max_selected_items", 100):
        raise ClientRefusal("too many chosen")
    return picked


def _option(choices: Sequence[Json], wanted: Any) -> Json:
    for option in choices:
        if wanted in (option["text"]["text"], option["value"]):
            return option
    shown = ", ".join(option["text"]["text"] for option in choices)
    raise ClientRefusal(f"no option {wanted!r}; offered: {shown}")


def check_uploads(element: Json, uploads: Sequence[Upload]) -> None:
    """Refuse what the client refuses: too many files, too large ones, other endings."""
    if len(uploads) > element.get("max_files", 10):
        raise ClientRefusal("more files than this field takes")
    endings = element.get("filetypes")
    for upload in uploads:
        if len(upload.content) > MOST_FILE_BYTES:
            raise ClientRefusal(f"{upload.name} is larger than 10 MB")
        ending = upload.name.rpartition(".")[2].lower()
        if endings and ending not in endings:
            raise ClientRefusal(f"{upload.name} is none of: {', '.join(endings)}")


def missing_fields(blocks: list[Json], values: dict[str, dict[str, Json]]) -> list[str]:
    """Labels of the fields that must be filled in and are not."""
    missing: list[str] = []
    for block in blocks:
        if block["type"] == "input" and not block.get("optional"):
            value = values[block["block_id"]][block["element"]["action_id"]]
            if is_empty(value):
                missing.append(block["label"]["text"])
    return missing


def find(
    blocks: list[Json],
    *,
    label: str | None = None,
    action_id: str | None = None,
    block_id: str | None = None,
    value: str | None = None,
) -> tuple[Json, Json]:
    """The one element that answers the description, with its block. Raises ClientRefusal."""
    hits = [
        (block, element)
        for block, element in elements(blocks)
        if (label is None or label in (_words(element), _words(block, "label")))
        and action_id in (None, element["action_id"])
        and block_id in (None, block["block_id"])
        and value in (None, element.get("value"))
    ]
    if len(hits) == 1:
        return hits[0]
    there = ", ".join(
        f"{element['type']} {_words(element) or _words(block, 'label')!r}"
        f" (block {block['block_id']}, action {element['action_id']})"
        for block, element in elements(blocks)
    )
    asked = {"label": label, "action_id": action_id, "block_id": block_id, "value": value}
    wanted = ", ".join(f"{key}={given!r}" for key, given in asked.items() if given is not None)
    problem = "several elements answer" if hits else "nothing answers"
    raise ClientRefusal(f"{problem} {wanted}; there is: {there or 'nothing'}")


def _words(part: Json, *names: str) -> str:
    for name in names or ("text", "placeholder"):
        if name in part:
            return part[name]["text"]
    return ""
