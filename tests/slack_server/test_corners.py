"""Corners: refusals that a bot meets rarely, and many people at once."""

import asyncio
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from tests.slack_server import ClientRefusal, SlackServer, Upload
from tests.slack_server.block_kit import block_problems
from tests.slack_server.bricks import (
    Client,
    actions,
    button,
    modal,
    option,
    plain,
    refused,
    section,
)
from tests.slack_server.fixtures import connected


async def test_twenty_people_at_once(slack: SlackServer, bolt: AsyncApp):
    @bolt.command("/ir-hours")
    async def hours(ack: Any, respond: Any, command: Any) -> None:
        await ack()
        await respond(f"for {command['user_id']}")

    people = [slack.person(f"p{number}") for number in range(20)]
    async with connected(slack, bolt):
        await asyncio.gather(*(person.command("/ir-hours") for person in people))
        for person in people:
            await person.told(f"for {person.id}")
    assert all(len(person.private) == 1 for person in people)
    slack.assert_acknowledged()


async def test_opening_by_channel(slack: SlackServer, client: Client):
    dana, omar = slack.person("dana"), slack.person("omar")
    opened = await client.conversations_open(users=dana.id)
    again = await client.conversations_open(channel=opened["channel"]["id"])
    assert again["already_open"] is True
    async with refused("method_not_supported_for_channel_type"):
        await client.conversations_open(channel=slack.channel("general").id)
    async with refused("missing_scope", needed="mpim:write"):
        await client.conversations_open(users=[dana.id, omar.id])
    async with refused("channel_not_found"):
        await client.conversations_open(users=omar.id, prevent_creation=True)


async def test_arguments_of_the_wrong_shape(slack: SlackServer, client: Client):
    general = slack.channel("general").id
    for method, arguments, error in (
        ("chat.postMessage", {"channel": "general", "text": {"a": 1}}, "invalid_arguments"),
        ("users.list", {"limit": "many"}, "invalid_arguments"),
        ("users.list", {"limit": 0.5}, "invalid_arguments"),
        ("users.list", {"limit": 1001}, "invalid_limit"),
        ("views.open", {"trigger_id": "1"}, "invalid_arguments"),
        ("views.open", {"trigger_id": "1", "view": "no json"}, "invalid_arguments"),
        ("files.completeUploadExternal", {"files": "[]"}, "invalid_arguments"),
        ("pins.add", {"channel": general}, "no_item_specified"),
    ):
        async with refused(error):
            await client.api_call(method, json=arguments)


async def test_where_the_bot_has_no_hand(slack: SlackServer, client: Client):
    room = slack.channel("room", slack.person("dana"), with_bot=False)
    message = await slack.person("dana").says(room, "x")
    async with refused("not_in_channel"):
        await client.reactions_add(channel=room.id, timestamp=message.ts, name="eyes")
    posted = await client.chat_postMessage(channel="general", text="x")
    slack.channel("general").archived = True
    async with refused("is_inactive"):
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="y")


async def test_an_update_of_metadata_alone_keeps_the_blocks(slack: SlackServer, client: Client):
    posted = await client.chat_postMessage(channel="general", text="x", blocks=[section("x")])
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    answer = await client.api_call("chat.update", json={**where, "attachments": [{"text": "a"}]})
    assert answer["message"]["blocks"][0]["text"]["text"] == "x"


async def test_an_address_that_was_never_handed_out(slack: SlackServer):
    async with aiohttp.ClientSession() as session:
        url = f"{slack.origin}/actions/T1/none"
        async with session.post(url, json={"text": "x"}) as response:
            assert response.status == 404
        command = await slack.person("dana").command("/ir-hours")
        url = command.delivery.payload["response_url"]
        async with session.post(url, data="no json") as response:
            assert (await response.json())["error"] == "invalid_payload"


async def test_suggestions_within_a_message(slack: SlackServer, bolt: AsyncApp, client: Client):
    slack.app.events = set()
    dana = slack.person("dana")
    select = {"type": "multi_external_select", "action_id": "who", "min_query_length": 0}
    blocks = [section("Pick", accessory=select, block_id="pick")]
    await client.chat_postMessage(channel="general", text="x", blocks=blocks)
    await client.chat_postEphemeral(channel="general", user=dana.id, text="x", blocks=blocks)
    seen: list[bool] = []

    @bolt.options("who")
    async def who(ack: Any, body: Any) -> None:
        seen.append("message" in body)
        groups = [{"label": plain("All"), "options": [option("One"), option("Two")]}]
        await ack(option_groups=groups)

    @bolt.action("who")
    async def chosen(ack: Any) -> None:
        await ack()

    async with connected(slack, bolt):
        for message in dana.messages():
            outcome = await dana.choose(message, ["One"], action_id="who")
            assert outcome is not None
            picked = outcome.delivery.payload["actions"][0]["selected_options"]
            assert [each["value"] for each in picked] == ["one"]
    assert seen == [True, False], "a private message is not in the payload"


async def test_pings_of_the_server(slack: SlackServer):
    slack.sockets.ping_seconds = 0.01
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(slack.sockets.new_address(), autoping=False) as socket,
    ):
        await socket.receive_json()
        frame = await socket.receive()
        assert frame.type is aiohttp.WSMsgType.PING
        await socket.pong(frame.data)


async def test_a_failed_wait_shows_forms_home_and_warnings(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    trigger = slack.triggers.new(slack.workspace.id, dana.id)
    view = modal("A form")
    await client.views_open(
        trigger_id=trigger, view={k: v for k, v in view.items() if k != "submit"}
    )
    await client.views_publish(
        user_id=dana.id, view={"type": "home", "blocks": [actions(button("At home"))]}
    )
    await dana.says("general", "look", files=[Upload("a.txt", b"a")])
    await dana.command("/ir-hours")
    for words in ("A form", "[At home]", "look\n[file a.txt]", "dispatch_failed"):
        assert words in dana.screen()
    with pytest.raises(ClientRefusal, match="no button to send"):
        await dana.submit()
    with pytest.raises(LookupError):
        dana.messages("nowhere")
    with pytest.raises(ValueError, match="exists already"):
        slack.person("dana", is_admin=True)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "section", "text": 7},
        {"type": "section", "text": {"type": "plain_text", "text": 7}},
        {"type": "section", "text": {"type": "mrkdwn", "text": "x", "verbatim": "yes"}},
        {"type": "section", "fields": "x"},
        {"type": "header", "text": "x"},
        field := {
            "type": "input",
            "label": {"type": "plain_text", "text": "x"},
            "element": {"type": "plain_text_input", "max_length": "long"},
        },
        field | {"element": {"type": "plain_text_input", "dispatch_action_config": 7}},
    ],
)
def test_json_of_the_wrong_type(block: Any):
    assert block_problems([block], "message")
