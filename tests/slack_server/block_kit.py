"""Block Kit as Slack checks it: which blocks exist, what stands where, and every limit.

Limits are those of the Block Kit reference (docs.slack.dev). It knows JSON only, no world.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from tests.slack_server.checks import (
    Check,
    Found,
    anything,
    boolean,
    both,
    by_type,
    integer,
    many,
    one_of,
    shape,
    string,
    wrong,
)

Surface = Literal["message", "modal", "home"]
Json = dict[str, Any]

MESSAGE_BLOCKS = 50
VIEW_BLOCKS = 100
MESSAGE_CHARACTERS = 13_200
VIEW_BYTES = 250_000

TYPE = {"type": string(255)}
BLOCK_ID = {"block_id": string(255, 1)}
ACTION_ID = {"action_id": string(255, 1)}


def plain(most: int) -> Check:
    """A plain_text object of 1 to `most` characters."""
    return shape({"type": one_of("plain_text"), "text": string(most, 1)}, {"emoji": boolean})


def text(most: int) -> Check:
    """A plain_text or mrkdwn object of 1 to `most` characters."""
    kinds = {
        "plain_text": plain(most),
        "mrkdwn": shape({**TYPE, "text": string(most, 1)}, {"verbatim": boolean}),
    }
    return by_type(kinds)


CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = shape(
    {"text": text(75), "value": string(150, 1)}, {"description": text(75), "url": string(3000, 1)}
)
OPTIONS = many(OPTION, 100)
OPTION_GROUPS = many(shape({"label": plain(75), "options": OPTIONS}), 100)
DISPATCH = shape({}, {"trigger_actions_on": many(string(255), 2)})
COMMON = {**ACTION_ID, "confirm": CONFIRM, "focus_on_load": boolean}
PLACEHOLDER = {"placeholder": plain(150)}
MOST = {"max_selected_items": integer(1, 100)}


def _options_or_groups(value: Any, pointer: str, found: Found) -> None:
    if isinstance(value, dict) and ("options" in value) == ("option_groups" in value):
        wrong(found, pointer, "must define either options or option_groups")


def _select(
    own: dict[str, Check], *, multi: bool, required: dict[str, Check] | None = None
) -> Check:
    optional = {**COMMON, **PLACEHOLDER, **own, **(MOST if multi else {})}
    if not multi:
        optional.update({"response_url_enabled": boolean})
    return shape({**TYPE, **(required or {})}, optional)


def _static(initial: dict[str, Check], *, multi: bool) -> Check:
    own = {"options": OPTIONS, "option_groups": OPTION_GROUPS, **initial}
    return both(_select(own, multi=multi), _options_or_groups)


_USERS = many(string(30, 1), 100)
_QUERY = {"min_query_length": integer(0, 100)}
_CONVERSATIONS = {"filter": anything, "default_to_current_conversation": boolean}
_TEXT_FIELD = {
    **ACTION_ID,
    **PLACEHOLDER,
    "initial_value": string(3000),
    "focus_on_load": boolean,
    "dispatch_action_config": DISPATCH,
}
_FEW_OPTIONS = {**TYPE, "options": many(OPTION, 10)}

ELEMENTS: dict[str, Check] = {
    "button": shape(
        {**TYPE, "text": plain(75)},
        {
            **ACTION_ID,
            "value": string(2000),
            "url": string(3000, 1),
            "style": one_of("primary", "danger"),
            "confirm": CONFIRM,
            "accessibility_label": string(75),
        },
    ),
    "static_select": _static({"initial_option": OPTION}, multi=False),
    "multi_static_select": _static({"initial_options": OPTIONS}, multi=True),
    "external_select": _select({"initial_option": OPTION, **_QUERY}, multi=False),
    "multi_external_select": _select({"initial_options": OPTIONS, **_QUERY}, multi=True),
    "users_select": _select({"initial_user": string(30, 1)}, multi=False),
    "multi_users_select": _select({"initial_users": _USERS}, multi=True),
    "conversations_select": _select(
        {"initial_conversation": string(30, 1), **_CONVERSATIONS}, multi=False
    ),
    "multi_conversations_select": _select(
        {"initial_conversations": _USERS, **_CONVERSATIONS}, multi=True
    ),
    "channels_select": _select({"initial_channel": string(30, 1)}, multi=False),
    "multi_channels_select": _select({"initial_channels": _USERS}, multi=True),
    "overflow": shape({**TYPE, "options": many(OPTION, 5)}, {**ACTION_ID, "confirm": CONFIRM}),
    "checkboxes": shape(_FEW_OPTIONS, {**COMMON, "initial_options": many(OPTION, 10)}),
    "radio_buttons": shape(_FEW_OPTIONS, {**COMMON, "initial_option": OPTION}),
    "datepicker": shape(TYPE, {**COMMON, **PLACEHOLDER, "initial_date": string(10, 10)}),
    "timepicker": shape(
        TYPE, {**COMMON, **PLACEHOLDER, "initial_time": string(5, 5), "timezone": string(100)}
    ),
    "datetimepicker": shape(TYPE, {**COMMON, "initial_date_time": integer(10**9, 10**10 - 1)}),
    "plain_text_input": shape(
        TYPE,
        {
            **_TEXT_FIELD,
            "multiline": boolean,
            "min_length": integer(0, 3000),
            "max_length": integer(1, 3000),
        },
    ),
    "email_text_input": shape(TYPE, _TEXT_FIELD),
    "url_text_input": shape(TYPE, _TEXT_FIELD),
    "number_input": shape(
        {**TYPE, "is_decimal_allowed": boolean},
        {**_TEXT_FIELD, "min_value": string(30), "max_value": string(30)},
    ),
    "file_input": shape(
        TYPE, {**ACTION_ID, "filetypes": many(string(20, 1), 200), "max_files": integer(1, 10)}
    ),
    "rich_text_input": shape(TYPE, {**_TEXT_FIELD, "initial_value": anything}),
    "image": shape(
        {**TYPE, "alt_text": string(2000)}, {"image_url": string(3000, 1), "slack_file": anything}
    ),
}

_SINGLE_SELECTS = frozenset(
    f"{kind}_select" for kind in ("static", "external", "users", "conversations", "channels")
)
_MULTI_SELECTS = frozenset(f"multi_{kind}" for kind in _SINGLE_SELECTS)
_PICKERS = frozenset({"datepicker", "timepicker", "checkboxes", "radio_buttons"})
IN_ACTIONS = _SINGLE_SELECTS | _PICKERS | {"button", "overflow", "datetimepicker"}
IN_SECTION = _SINGLE_SELECTS | _MULTI_SELECTS | _PICKERS | {"button", "overflow", "image"}
IN_INPUT = (
    _SINGLE_SELECTS
    | _MULTI_SELECTS
    | _PICKERS
    | {"datetimepicker", "plain_text_input", "email_text_input", "url_text_input"}
    | {"number_input", "rich_text_input"}
)


def _same_action_ids(value: Any, pointer: str, found: Found) -> None:
    ids = Counter(
        element["action_id"]
        for element in value.get("elements", [])
        if isinstance(element, dict) and "action_id" in element
    )
    for action_id, times in ids.items():
        if times > 1:
            wrong(found, f"{pointer}/elements", f"`action_id` {action_id} already exists")


def _text_or_fields(value: Any, pointer: str, found: Found) -> None:
    if "text" not in value and "fields" not in value:
        wrong(found, pointer, "must define either text or fields")


def _blocks(surface: Surface) -> dict[str, Check]:
    in_input = IN_INPUT | ({"file_input"} if surface == "modal" else frozenset())
    context = {"plain_text": text(3000), "mrkdwn": text(3000), "image": ELEMENTS["image"]}
    kinds: dict[str, Check] = {
        "section": both(
            shape(
                TYPE,
                {
                    **BLOCK_ID,
                    "text": text(3000),
                    "fields": many(text(2000), 10),
                    "accessory": by_type(ELEMENTS, IN_SECTION),
                    "expand": boolean,
                },
            ),
            _text_or_fields,
        ),
        "actions": both(
            shape({**TYPE, "elements": many(by_type(ELEMENTS, IN_ACTIONS), 25)}, BLOCK_ID),
            _same_action_ids,
        ),
        "context": shape({**TYPE, "elements": many(by_type(context), 10)}, BLOCK_ID),
        "divider": shape(TYPE, BLOCK_ID),
        "header": shape({**TYPE, "text": plain(150)}, BLOCK_ID),
        "image": shape(
            {**TYPE, "alt_text": string(2000, 1)},
            {
                **BLOCK_ID,
                "image_url": string(3000, 1),
                "slack_file": anything,
                "title": plain(2000),
            },
        ),
        "input": shape(
            {**TYPE, "label": plain(2000), "element": by_type(ELEMENTS, in_input)},
            {**BLOCK_ID, "hint": plain(2000), "optional": boolean, "dispatch_action": boolean},
        ),
        "rich_text": shape({**TYPE, "elements": many(anything, 100)}, BLOCK_ID),
    }
    if surface == "message":
        kinds["markdown"] = shape({**TYPE, "text": string(12_000, 1)}, BLOCK_ID)
    return kinds


_CHECKS: dict[Surface, Check] = {
    "message": many(by_type(_blocks("message")), MESSAGE_BLOCKS, 0),
    "modal": many(by_type(_blocks("modal")), VIEW_BLOCKS),
    "home": many(by_type(_blocks("home")), VIEW_BLOCKS, 0),
}


def block_problems(blocks: Any, surface: Surface, pointer: str = "/blocks") -> Found:
    """What Slack would say about these blocks; empty when it would take them."""
    found: Found = []
    _CHECKS[surface](blocks, pointer, found)
    if found:
        return found
    ids = Counter(block["block_id"] for block in blocks if "block_id" in block)
    found += [
        f"`block_id` {block_id} already exists [json-pointer:{pointer}]"
        for block_id, times in ids.items()
        if times > 1
    ]
    if sum(bool(element.get("focus_on_load")) for _, element in elements(blocks)) > 1:
        wrong(found, pointer, "only one element may have focus_on_load")
    return found


_VIEW_FIELDS: dict[str, Check] = {
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
    "blocks": anything,
}
_VIEWS: dict[str, Check] = {
    "modal": shape(
        {**TYPE, "title": plain(24), "blocks": anything},
        {
            **_VIEW_FIELDS,
            "submit": plain(24),
            "close": plain(24),
            "clear_on_close": boolean,
            "notify_on_close": boolean,
            "submit_disabled": boolean,
        },
    ),
    "home": shape({**TYPE, "blocks": anything}, _VIEW_FIELDS),
}


def view_problems(view: Any, kinds: frozenset[str] = frozenset({"modal"})) -> Found:
    """What Slack would say about this view; empty when it would take it."""
    found: Found = []
    by_type(_VIEWS, kinds)(view, "/view", found)
    if found:
        return found
    found = block_problems(view["blocks"], view["type"], "/view/blocks")
    has_inputs = not found and any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_inputs and "submit" not in view:
        wrong(found, "/view", "a submit button is required when there are input blocks")
    return found


def elements(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with the block it stands in."""
    for block in blocks:
        if block["type"] == "input":
            yield block, block["element"]
        elif block["type"] == "actions":
            for element in block["elements"]:
                yield block, element
        elif "accessory" in block and block["accessory"]["type"] != "image":
            yield block, block["accessory"]


def texts(part: Any) -> Iterator[Json]:
    """Every text object in these blocks, wherever it stands."""
    if isinstance(part, list):
        for item in part:
            yield from texts(item)
    elif isinstance(part, dict):
        if part.get("type") in ("plain_text", "mrkdwn", "markdown") and "text" in part:
            yield part
        else:
            for item in part.values():
                yield from texts(item)


def characters(blocks: list[Json]) -> int:
    """How much text these blocks hold together, the way `msg_blocks_too_long` counts it."""
    return sum(len(part["text"]) for part in texts(blocks))
