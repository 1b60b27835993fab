"""chat.*: where the bot may post, and what it may change."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.slack_server import SlackServer
from tests.slack_server.bricks import Client, refused, section


async def test_a_post_is_seen_by_everybody_in_the_channel(slack: SlackServer, client: Client):
    dana, omar = slack.person("dana"), slack.person("omar")
    room = slack.channel("io", dana)
    answer = await client.chat_postMessage(channel=room.id, text="hello")
    assert answer["channel"] == room.id
    assert answer["message"]["bot_id"] == slack.workspace.bot_id
    assert [each.ts for each in dana.messages("io")] == [answer["ts"]]
    assert omar.messages("io") == []


async def test_posting_where_it_is_not_allowed(slack: SlackServer, client: Client):
    slack.channel("open", with_bot=False)
    slack.channel("closed", with_bot=False, private=True)
    slack.channel("old").archived = True
    for channel, error in (
        ("open", "not_in_channel"),
        ("closed", "channel_not_found"),
        ("old", "is_archived"),
        ("nowhere", "channel_not_found"),
        ("", "channel_not_found"),
        ("#old", "is_archived"),
    ):
        async with refused(error):
            await client.chat_postMessage(channel=channel, text="x")
    slack.workspace.scopes.add("chat:write.public")
    await client.chat_postMessage(channel="open", text="x")


async def test_something_must_be_said_and_not_too_much(slack: SlackServer, client: Client):
    async with refused("no_text"):
        await client.api_call("chat.postMessage", json={"channel": "general", "text": " "})
    await client.chat_postMessage(channel="general", text="x" * 40_000)
    async with refused("msg_too_long"):
        await client.chat_postMessage(channel="general", text="x" * 40_001)


async def test_threads_need_their_first_message(slack: SlackServer, client: Client):
    first = await client.chat_postMessage(channel="general", text="first")
    reply = await client.chat_postMessage(channel="general", text="reply", thread_ts=first["ts"])
    assert reply["message"]["thread_ts"] == first["ts"]
    async with refused("thread_not_found"):
        await client.chat_postMessage(channel="general", text="x", thread_ts="1.000001")


async def test_a_private_reply_is_for_one_and_lost_on_reload(slack: SlackServer, client: Client):
    dana, omar = slack.person("dana"), slack.person("omar")
    answer = await client.chat_postEphemeral(channel="general", user=dana.id, text="psst")
    assert [dana.words(each) for each in dana.private] == ["psst"]
    assert omar.messages() == []
    async with refused("message_not_found"):
        await client.chat_update(
            channel=slack.channel("general").id, ts=answer["message_ts"], text="x"
        )
    async with refused("message_not_found"):
        await client.chat_delete(channel=slack.channel("general").id, ts=answer["message_ts"])
    dana.reload()
    assert dana.private == []


async def test_a_private_reply_needs_both_in_the_channel(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    slack.channel("io")
    async with refused("user_not_in_channel"):
        await client.chat_postEphemeral(channel="io", user=dana.id, text="x")
    slack.channel("elsewhere", dana, with_bot=False)
    async with refused("not_in_channel"):
        await client.chat_postEphemeral(channel="elsewhere", user=dana.id, text="x")
    pair = slack.between(dana, slack.person("omar"))
    async with refused("channel_not_found"):
        await client.chat_postEphemeral(channel=pair.id, user=dana.id, text="x")


@pytest.mark.parametrize(
    ("act", "error"),
    [
        (lambda client, **where: client.chat_update(text="x", **where), "cant_update_message"),
        (lambda client, **where: client.chat_delete(**where), "cant_delete_message"),
    ],
)
async def test_the_messages_of_others_are_theirs(
    slack: SlackServer, client: Client, act: Callable[..., Any], error: str
):
    message = await slack.person("dana").says("general", "mine")
    async with refused(error):
        await act(client, channel=message.channel, ts=message.ts)
    async with refused("message_not_found"):
        await act(client, channel=message.channel, ts="1.000001")


async def test_an_update_with_text_alone_takes_the_blocks_away(slack: SlackServer, client: Client):
    posted = await client.chat_postMessage(channel="general", text="a", blocks=[section("a")])
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    await client.chat_update(**where, text="b", blocks=[section("b")])
    message = slack.person("dana").messages()[0]
    assert message.edited
    assert slack.person("dana").words(message) == "b"
    await client.chat_update(**where, text="c")
    assert message.blocks == []
    async with refused("msg_too_long"):
        await client.chat_update(**where, text="x" * 4_001)
    async with refused("no_text"):
        await client.api_call("chat.update", json={**where, "text": " "})
    await client.chat_delete(**where)
    assert slack.person("dana").messages() == []
    async with refused("message_not_found"):
        await client.chat_delete(**where)


async def test_a_permalink(slack: SlackServer, client: Client):
    posted = await client.chat_postMessage(channel="general", text="a")
    answer = await client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])
    assert answer["permalink"].endswith("/p" + posted["ts"].replace(".", ""))
    async with refused("message_not_found"):
        await client.chat_getPermalink(channel=posted["channel"], message_ts="1.000001")


async def test_one_message_a_second_in_a_channel(slack: SlackServer, client: Client):
    slack.pace.seconds_between = 1.0
    slack.channel("io")
    await client.chat_postMessage(channel="general", text="1")
    await client.chat_postMessage(channel="io", text="1")
    async with refused("ratelimited"):
        await client.chat_postMessage(channel="general", text="2")
    slack.later(1.0)
    await client.chat_postMessage(channel="general", text="2")
    refusals = [each for each in slack.requests if each.status == 429]
    assert len(refusals) == 1


async def test_marks_on_messages(slack: SlackServer, client: Client):
    posted = await client.chat_postMessage(channel="general", text="a")
    where = {"channel": posted["channel"], "timestamp": posted["ts"]}
    await client.pins_add(**where)
    async with refused("already_pinned"):
        await client.pins_add(**where)
    await client.pins_remove(**where)
    async with refused("no_pin"):
        await client.pins_remove(**where)
    await client.reactions_add(name="eyes", **where)
    async with refused("already_reacted"):
        await client.reactions_add(name="eyes", **where)
    async with refused("invalid_name"):
        await client.reactions_add(name="No Such", **where)
    async with refused("message_not_found"):
        await client.pins_add(channel=posted["channel"], timestamp="1.000001")
    slack.assert_requests_valid()
