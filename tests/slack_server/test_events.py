"""Events: what the app is told, in which shape, and how often when it does not answer."""

import re
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from tests.slack_server import ClientRefusal, SlackServer, Upload
from tests.slack_server.bricks import Client, home
from tests.slack_server.fixtures import connected


@pytest.fixture
def heard(bolt: AsyncApp) -> AsyncApp:
    """An app that acknowledges every event."""

    @bolt.event(re.compile(".*"))
    async def anything() -> None:
        pass

    return bolt


async def events_of(slack: SlackServer, count: int) -> list[dict[str, Any]]:
    """The events sent so far, once there are that many acknowledged ones."""
    sent = slack.deliveries
    await slack.wait_for(lambda: len([each for each in sent if each.seconds is not None]) >= count)
    return [each.payload["event"] for each in sent]


async def test_a_message_reaches_the_app(slack: SlackServer, bolt: AsyncApp):
    dana = slack.person("dana")
    got: list[dict[str, Any]] = []

    @bolt.event("message")
    async def message(body: Any) -> None:
        got.append(body)

    async with connected(slack, bolt):
        await dana.says("general", "a < b & c @omar")
        slack.person("omar")
        await dana.says("general", "hello @omar")
        await dana.says("dm", "psst")
        await slack.wait_for(lambda: len(got) == 3)
    texts = {each["event"]["channel_type"]: each["event"]["text"] for each in got}
    assert got[0]["event"]["text"] == "a &lt; b &amp; c @omar"
    assert texts["channel"].startswith("hello <@U")
    assert texts["im"] == "psst"
    assert len({each["event_id"] for each in got}) == 3
    assert got[0]["authorizations"][0]["user_id"] == slack.workspace.bot.id


async def test_nothing_is_told_without_membership_subscription_or_scope(
    slack: SlackServer, heard: AsyncApp
):
    dana = slack.person("dana")
    slack.channel("elsewhere", dana, with_bot=False)
    slack.channel("staff", dana, private=True)
    slack.workspace.scopes.discard("groups:history")
    slack.app.events = {"message.channels", "message.groups"}
    async with connected(slack, heard):
        await dana.says("elsewhere", "not told: no member")
        await dana.says("staff", "not told: no scope")
        await dana.says("dm", "not told: not subscribed")
        await dana.says("general", "told")
        assert [each["text"] for each in await events_of(slack, 1)] == ["told"]


async def test_the_bots_own_messages_come_back_to_it(
    slack: SlackServer, heard: AsyncApp, client: Client
):
    async with connected(slack, heard):
        await client.chat_postMessage(channel="general", text="mine")
        event = (await events_of(slack, 1))[0]
    assert event["bot_id"] == slack.workspace.bot_id


async def test_edits_deletions_mentions_and_files(slack: SlackServer, heard: AsyncApp):
    dana = slack.person("dana")
    async with connected(slack, heard):
        message = await dana.says("general", "one")
        await dana.edits(message, "two")
        await dana.deletes(message)
        await dana.says("general", "@introducer help")
        await dana.says("general", "look", files=[Upload("scan.png", b"png")])
        events = await events_of(slack, 7)
    kinds = sorted((each["type"], each.get("subtype", "")) for each in events)
    assert kinds == [
        ("app_mention", ""),
        ("file_shared", ""),
        ("message", ""),
        ("message", ""),
        ("message", "file_share"),
        ("message", "message_changed"),
        ("message", "message_deleted"),
    ]
    shared = next(each for each in events if each.get("subtype") == "file_share")
    assert shared["files"][0]["mimetype"] == "image/png"
    with pytest.raises(ClientRefusal):
        await slack.person("omar").deletes(message)


async def test_the_bots_own_changes_are_told_without_naming_it(
    slack: SlackServer, heard: AsyncApp, client: Client
):
    async with connected(slack, heard):
        posted = await client.chat_postMessage(channel="general", text="one")
        where = {"channel": posted["channel"], "ts": posted["ts"]}
        await client.chat_update(**where, text="two")
        await client.chat_delete(**where)
        _, changed, deleted = await events_of(slack, 3)
    assert changed["message"]["text"] == "two"
    assert changed["previous_message"]["text"] == "one"
    assert deleted["deleted_ts"] == posted["ts"]
    assert "bot_id" not in changed
    assert changed["message"]["bot_id"] == slack.workspace.bot_id


async def test_coming_and_going(slack: SlackServer, heard: AsyncApp):
    dana = slack.person("dana")
    slack.channel("io")
    async with connected(slack, heard):
        await dana.joins("io")
        await dana.leaves("io")
        await dana.leaves_workspace()
        events = await events_of(slack, 3)
    assert {each["type"] for each in events} == {
        "member_joined_channel",
        "member_left_channel",
        "user_change",
    }
    with pytest.raises(ClientRefusal):
        await dana.says("io", "x")


async def test_app_home_opened_carries_the_view(
    slack: SlackServer, heard: AsyncApp, client: Client
):
    dana = slack.person("dana")
    async with connected(slack, heard):
        await dana.open_home()
        await client.views_publish(user_id=dana.id, view=home())
        await events_of(slack, 1)
        await dana.open_home()
        await dana.open_home("messages")
        first, second, third = await events_of(slack, 3)
    assert "view" not in first
    assert second["view"]["type"] == "home"
    assert third["tab"] == "messages"


async def test_what_is_not_acknowledged_comes_again_with_the_same_id(
    slack: SlackServer, bolt: AsyncApp
):
    slack.ack_seconds = 0.1
    slack.events.retry_after = (0.01, 0.01)
    seen: list[tuple[str, str | None]] = []

    @bolt.middleware
    async def silent(body: Any, req: Any, next: Any) -> None:
        number = req.headers.get("x-slack-retry-num", [None])[0]
        seen.append((body["event_id"], number))
        if len(seen) == 3:
            await next()

    @bolt.event("message")
    async def message() -> None:
        pass

    async with connected(slack, bolt):
        await slack.person("dana").says("general", "hello")
        await slack.wait_for(lambda: len(slack.deliveries) == 3 and slack.deliveries[2].seconds)
    assert len({event_id for event_id, _ in seen}) == 1
    assert [number for _, number in seen] == ["0", "1", "2"]
    assert [each.retry_reason for each in slack.deliveries] == ["", "timeout", "timeout"]


async def test_an_event_can_be_sent_again_on_purpose(slack: SlackServer, heard: AsyncApp):
    event = {"type": "app_mention", "text": "x", "user": slack.person("dana").id}
    async with connected(slack, heard):
        for _ in range(2):
            await slack.events.send(slack.workspace, event, event_id="Ev1")
    assert [each.payload["event_id"] for each in slack.deliveries] == ["Ev1"] * len(
        slack.deliveries
    )


async def test_a_tab_that_is_switched_off(slack: SlackServer):
    dana = slack.person("dana")
    slack.app.messages_tab_read_only = True
    with pytest.raises(ClientRefusal):
        await dana.says("dm", "hello")
    slack.app.messages_tab = False
    with pytest.raises(ClientRefusal):
        await dana.open_home("messages")
