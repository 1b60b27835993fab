"""Block Kit limits: each one refused through chat.postMessage, and its neighbour taken."""

from typing import Any

import pytest

from tests.slack_server import SlackServer
from tests.slack_server.block_kit import block_problems, view_problems
from tests.slack_server.bricks import (
    Client,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    refused,
    section,
    text_field,
)

Blocks = list[dict[str, Any]]
DIVIDER = {"type": "divider"}
SELECT = {"type": "static_select", "action_id": "pick"}


def header(text: str) -> dict[str, Any]:
    return {"type": "header", "text": plain(text)}


def context(*texts: str) -> dict[str, Any]:
    return {"type": "context", "elements": [plain(text) for text in texts]}


def numbered(count: int) -> list[dict[str, Any]]:
    return [option(f"o{number}") for number in range(count)]


TAKEN: dict[str, Blocks] = {
    "50 blocks": [DIVIDER] * 50,
    "section of 3000": [section("x" * 3000)],
    "ten fields": [{"type": "section", "fields": [plain("x" * 100)] * 10}],
    "header of 150": [header("x" * 150)],
    "button of 75": [actions(button("x" * 75, value="x" * 2000, action_id="x" * 255))],
    "25 elements": [actions(*(button("x", f"a{number}") for number in range(25)))],
    "100 options": [actions({**SELECT, "options": numbered(100)})],
    "option of 75": [actions({**SELECT, "options": [option("x" * 75)]})],
    "context of ten": [context(*"0123456789")],
    "link button": [actions(button("Open", url="https://example.org"))],
    "same action id in two blocks": [actions(button("a")), actions(button("b"))],
}
REFUSED: dict[str, tuple[Blocks, str]] = {
    "51 blocks": ([DIVIDER] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
    "section of 3001": (
        [section("x" * 3001)],
        "must be less than 3001 characters [json-pointer:/blocks/0/text/text]",
    ),
    "empty section": ([section("")], "must be more than 0 characters"),
    "section without words": ([{"type": "section"}], "must define either text or fields"),
    "eleven fields": ([{"type": "section", "fields": [plain("x")] * 11}], "no more than 10"),
    "field of 2001": ([{"type": "section", "fields": [plain("x" * 2001)]}], "less than 2001"),
    "header of 151": ([header("x" * 151)], "less than 151"),
    "header in mrkdwn": ([{**header("x"), "text": {"type": "mrkdwn", "text": "x"}}], "one of"),
    "button of 76": ([actions(button("x" * 76))], "less than 76"),
    "value of 2001": ([actions(button("x", value="x" * 2001))], "less than 2001"),
    "action id of 256": ([actions(button("x", action_id="x" * 256))], "less than 256"),
    "block id of 256": ([section("x", block_id="x" * 256)], "less than 256"),
    "26 elements": (
        [actions(*(button("x", f"a{number}") for number in range(26)))],
        "no more than 25 items allowed [json-pointer:/blocks/0/elements]",
    ),
    "no elements": ([actions()], "no fewer than 1"),
    "101 options": ([actions({**SELECT, "options": numbered(101)})], "no more than 100"),
    "no options": ([actions({**SELECT, "options": []})], "no fewer than 1"),
    "option of 76": ([actions({**SELECT, "options": [option("x" * 76)]})], "less than 76"),
    "option value of 151": (
        [actions({**SELECT, "options": [option("x", "x" * 151)]})],
        "less than 151",
    ),
    "options and groups": (
        [actions({**SELECT, "options": numbered(1), "option_groups": []})],
        "either options or option_groups",
    ),
    "eleven checkboxes": (
        [actions({"type": "checkboxes", "options": numbered(11)})],
        "no more than 10",
    ),
    "six in an overflow": (
        [section("x", accessory={"type": "overflow", "options": numbered(6)})],
        "no more than 5",
    ),
    "eleven in a context": ([context(*"0123456789a")], "no more than 10"),
    "twice the same action id": ([actions(button("a"), button("b"))], "already exists"),
    "twice the same block id": (
        [section("a", block_id="one"), section("b", block_id="one")],
        "`block_id` one already exists",
    ),
    "unknown block": ([{"type": "carousel"}], "unsupported type: carousel"),
    "unknown field": ([section("x", colour="red")], "invalid additional property: colour"),
    "text field in actions": ([actions({"type": "plain_text_input"})], "unsupported type"),
    "multi select in actions": (
        [actions({"type": "multi_static_select", "options": numbered(1)})],
        "unsupported type",
    ),
    "file field in a message": ([field("file", {"type": "file_input"})], "unsupported type"),
    "bare string as text": ([{"type": "section", "text": "x"}], "missing required field: type"),
    "style of its own": ([actions(button("x", style="green"))], "must be one of"),
}


@pytest.mark.parametrize("name", TAKEN)
async def test_what_is_just_within_the_limits_is_taken(
    slack: SlackServer, client: Client, name: str
):
    await client.chat_postMessage(channel="general", text="x", blocks=TAKEN[name])
    assert slack.person("dana").messages()


@pytest.mark.parametrize("name", REFUSED)
async def test_what_is_over_a_limit_is_refused(client: Client, name: str):
    blocks, why = REFUSED[name]
    with pytest.raises(Exception, match="invalid_blocks") as caught:
        await client.chat_postMessage(channel="general", text="x", blocks=blocks)
    answer = caught.value.response  # pyright: ignore[reportAttributeAccessIssue]
    assert answer["error"] == "invalid_blocks"
    assert any(why in line for line in answer["errors"]), answer["errors"]
    assert answer["response_metadata"]["messages"][0].startswith("[ERROR] ")


async def test_all_text_together(client: Client):
    fitting = [section("x" * 2640, block_id=f"b{number}") for number in range(5)]
    await client.chat_postMessage(channel="general", text="x", blocks=fitting)
    async with refused("msg_blocks_too_long"):
        await client.chat_postMessage(channel="general", text="x", blocks=[*fitting, section("x")])


@pytest.mark.parametrize("blocks", ['{"type": "divider"}', "[[]]", "no json", '["a"]'])
async def test_what_is_no_list_of_blocks(client: Client, blocks: str):
    async with refused("invalid_blocks_format"):
        await client.chat_postMessage(channel="general", text="x", blocks=blocks)


async def test_blocks_given_as_a_string(slack: SlackServer, client: Client):
    await client.chat_postMessage(channel="general", text="x", blocks='[{"type": "divider"}]')
    assert slack.person("dana").messages()[0].blocks[0]["block_id"]


def test_every_kind_of_field_passes_in_a_form():
    user_ids = {"initial_users": ["U1"]}
    kinds: list[dict[str, Any]] = [
        {"type": "plain_text_input", "multiline": True, "max_length": 3000},
        {"type": "number_input", "is_decimal_allowed": False, "min_value": "0"},
        {"type": "email_text_input"},
        {"type": "url_text_input"},
        {"type": "static_select", "options": numbered(2), "initial_option": option("o1")},
        {"type": "static_select", "option_groups": [{"label": plain("g"), "options": numbered(2)}]},
        {"type": "multi_static_select", "options": numbered(2), "max_selected_items": 2},
        {"type": "external_select", "min_query_length": 0, "placeholder": plain("Type")},
        {"type": "multi_external_select"},
        {"type": "users_select", "initial_user": "U1"},
        {"type": "multi_users_select", **user_ids},
        {"type": "conversations_select", "default_to_current_conversation": True},
        {"type": "multi_conversations_select", "filter": {"include": ["private"]}},
        {"type": "channels_select"},
        {"type": "multi_channels_select"},
        {"type": "checkboxes", "options": numbered(10)},
        {"type": "radio_buttons", "options": numbered(10)},
        {"type": "datepicker", "initial_date": "2027-03-11"},
        {"type": "timepicker", "initial_time": "18:00", "timezone": "Europe/London"},
        {"type": "datetimepicker", "initial_date_time": 1_700_000_000},
        {"type": "file_input", "filetypes": ["png"], "max_files": 10},
        {"type": "rich_text_input"},
    ]
    fields = [field(f"f{number}", kind) for number, kind in enumerate(kinds)]
    assert view_problems(modal("All", *fields)) == []


@pytest.mark.parametrize(
    ("view", "why"),
    [
        (modal("x" * 25), "less than 25"),
        (modal("x", private_metadata="x" * 3001), "less than 3001"),
        (modal("x", callback_id="x" * 256), "less than 256"),
        (modal("x", submit=plain("x" * 25)), "less than 25"),
        (modal("x", *[DIVIDER] * 101), "no more than 100"),
        (modal("x") | {"blocks": []}, "no fewer than 1"),
        (modal("x", text_field("a", max_length=3001)), "between 1 and 3000"),
        (modal("x", field("a", {"type": "file_input", "max_files": 11})), "between 1 and 10"),
        (modal("x", text_field("a"), text_field("a")), "`block_id` a already exists"),
        (modal("x", {"type": "markdown", "text": "x"}), "unsupported type"),
        ({k: v for k, v in modal("x", text_field("a")).items() if k != "submit"}, "submit"),
        ({k: v for k, v in modal("x").items() if k != "title"}, "required field: title"),
        (home(section("x")), "unsupported type: home"),
        (
            modal("x", text_field("a", focus_on_load=True), text_field("b", focus_on_load=True)),
            "only one",
        ),
        ("x", "missing required field: type"),
    ],
)
def test_forms_over_a_limit(view: Any, why: str):
    found = view_problems(view)
    assert any(why in problem for problem in found), found


def test_a_hundred_blocks_fit_a_home():
    assert view_problems(home(*[DIVIDER] * 100), frozenset({"home"})) == []
    assert block_problems([DIVIDER] * 101, "home") != []
