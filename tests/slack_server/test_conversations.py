"""Channels, people and direct conversations."""

import pytest

from tests.slack_server import SlackServer
from tests.slack_server.bricks import Client, refused


async def test_opening_a_dm_and_writing_into_it(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    opened = await client.conversations_open(users=dana.id)
    again = await client.conversations_open(users=[dana.id], return_im=True)
    assert opened["channel"]["id"] == again["channel"]["id"]
    assert again["already_open"] is True
    await client.chat_postMessage(channel=opened["channel"]["id"], text="hello")
    await client.chat_postMessage(channel=dana.id, text="by user id")
    assert [dana.words(each) for each in dana.dms] == ["hello", "by user id"]


@pytest.mark.parametrize("error", ["cannot_dm_bot", "user_not_found", "user_not_visible"])
async def test_dms_that_are_closed(slack: SlackServer, client: Client, error: str):
    dana = slack.person("dana", dms_refused_with=error)
    async with refused(error):
        await client.conversations_open(users=dana.id)
    with_id = "cannot_dm_bot" if error == "cannot_dm_bot" else "channel_not_found"
    async with refused(with_id):
        await client.chat_postMessage(channel=dana.id, text="x")


async def test_a_dm_closed_later_is_archived(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    channel = (await client.conversations_open(users=dana.id))["channel"]["id"]
    dana.user.dms_refused_with = "is_archived"
    async with refused("is_archived"):
        await client.chat_postMessage(channel=channel, text="x")
    dana.user.dms_refused_with = None
    await client.chat_postMessage(channel=channel, text="x")


async def test_who_cannot_be_written_to(slack: SlackServer, client: Client):
    gone = slack.person("gone")
    await gone.leaves_workspace()
    for users, error in (
        (gone.id, "user_disabled"),
        ("U404", "user_not_found"),
        (slack.workspace.bot.id, "cannot_dm_bot"),
        ("", "users_list_not_supplied"),
    ):
        async with refused(error):
            await client.conversations_open(users=users)


async def test_without_a_messages_tab_nothing_can_be_sent(slack: SlackServer, client: Client):
    slack.app.messages_tab = False
    async with refused("messages_tab_disabled"):
        await client.chat_postMessage(channel=slack.person("dana").id, text="x")


async def test_what_the_bot_may_know_of_channels(slack: SlackServer, client: Client):
    dana = slack.person("dana")
    hidden = slack.channel("hidden", dana, private=True, with_bot=False)
    room = slack.channel("room", dana, private=True)
    async with refused("channel_not_found"):
        await client.conversations_info(channel=hidden.id)
    async with refused("channel_not_found"):
        await client.conversations_members(channel=hidden.id)
    info = await client.conversations_info(channel=room.id, include_num_members=True)
    assert info["channel"]["is_private"] is True
    assert info["channel"]["num_members"] == 2
    slack.workspace.scopes.discard("groups:read")
    async with refused("missing_scope", needed="groups:read"):
        await client.conversations_info(channel=room.id)


async def test_lists_come_in_pages(slack: SlackServer, client: Client):
    for number in range(5):
        slack.person(f"p{number}")
    first = await client.users_list(limit=4)
    cursor = first["response_metadata"]["next_cursor"]
    rest = await client.users_list(limit=4, cursor=cursor)
    assert len(first["members"]) == 4
    assert len(rest["members"]) == 2
    assert rest["response_metadata"]["next_cursor"] == ""
    members = await client.conversations_members(channel=slack.channel("general").id)
    assert len(members["members"]) == 6
    listed = await client.conversations_list(types="public_channel,private_channel")
    assert [each["name"] for each in listed["channels"]] == ["general"]
    async with refused("invalid_cursor"):
        await client.users_list(cursor="x")
    async with refused("invalid_types"):
        await client.conversations_list(types="secret")


async def test_joining(slack: SlackServer, client: Client):
    room = slack.channel("open", with_bot=False)
    await client.conversations_join(channel=room.id)
    await client.chat_postMessage(channel=room.id, text="x")
    room.archived = True
    async with refused("is_archived"):
        await client.conversations_join(channel=room.id)
    private = slack.channel("private", private=True)
    async with refused("method_not_supported_for_channel_type"):
        await client.conversations_join(channel=private.id)


async def test_what_is_told_of_a_person(slack: SlackServer, client: Client):
    guest = slack.person("guest", is_ultra_restricted=True, tz="Asia/Kolkata", locale="de-DE")
    user = (await client.users_info(user=guest.id, include_locale=True))["user"]
    assert user["tz"] == "Asia/Kolkata"
    assert user["locale"] == "de-DE"
    assert user["is_restricted"] is True
    assert "email" not in user["profile"]
    assert "locale" not in (await client.users_info(user=guest.id))["user"]
    slack.workspace.scopes.add("users:read.email")
    assert (await client.users_info(user=guest.id))["user"]["profile"]["email"]
    async with refused("user_not_found"):
        await client.users_info(user="U404")


async def test_the_workspace(slack: SlackServer, client: Client):
    assert (await client.team_info())["team"]["name"] == slack.workspace.name
    async with refused("team_not_found"):
        await client.team_info(team="T404")
