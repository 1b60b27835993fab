"""Tokens and scopes: what the server refuses before it looks at anything else."""

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.slack_server import SlackServer
from tests.slack_server.bricks import Client, refused


async def test_auth_test_names_the_bot_and_its_scopes(slack: SlackServer, client: Client):
    answer = await client.auth_test()
    assert answer["user_id"] == slack.workspace.bot.id
    assert "chat:write" in answer.headers["x-oauth-scopes"].split(",")


async def test_a_token_is_asked_for(slack: SlackServer):
    async with refused("not_authed"):
        await AsyncWebClient(base_url=slack.api_base).auth_test()


async def test_a_foreign_token_is_refused(slack: SlackServer):
    async with refused("invalid_auth"):
        await AsyncWebClient(token="xoxb-else", base_url=slack.api_base).auth_test()


async def test_a_revoked_token_is_refused(slack: SlackServer, client: Client):
    slack.workspace.token_revoked = True
    async with refused("token_revoked"):
        await client.auth_test()


async def test_only_the_app_token_opens_connections(slack: SlackServer, client: Client):
    answer = await client.apps_connections_open(app_token=slack.app.app_token)
    assert answer["url"].startswith(f"ws://127.0.0.1:{slack.port}/link/")
    async with refused("not_allowed_token_type"):
        await client.apps_connections_open(app_token=slack.workspace.bot_token)
    async with refused("not_allowed_token_type"):
        await client.auth_test(token=slack.app.app_token)
    slack.app.app_scopes.clear()
    async with refused("missing_scope", needed="connections:write"):
        await client.apps_connections_open(app_token=slack.app.app_token)


@pytest.mark.parametrize(
    ("method", "scope", "arguments"),
    [
        ("chat.postMessage", "chat:write", {"channel": "general", "text": "x"}),
        ("chat.postEphemeral", "chat:write", {"channel": "general", "user": "U", "text": "x"}),
        ("chat.update", "chat:write", {"channel": "general", "ts": "1", "text": "x"}),
        ("chat.delete", "chat:write", {"channel": "general", "ts": "1"}),
        ("conversations.open", "im:write", {"users": "U"}),
        ("conversations.info", "channels:read", {"channel": "general"}),
        ("conversations.members", "channels:read", {"channel": "general"}),
        ("conversations.list", "channels:read", {}),
        ("conversations.list", "groups:read", {"types": "private_channel"}),
        ("conversations.list", "mpim:read", {"types": "mpim"}),
        ("conversations.join", "channels:join", {"channel": "general"}),
        ("users.info", "users:read", {"user": "U"}),
        ("users.list", "users:read", {}),
        ("files.getUploadURLExternal", "files:write", {"filename": "a", "length": "1"}),
        ("files.completeUploadExternal", "files:write", {"files": "[]"}),
        ("files.info", "files:read", {"file": "F"}),
        ("files.delete", "files:write", {"file": "F"}),
        ("pins.add", "pins:write", {"channel": "general", "timestamp": "1"}),
        ("pins.remove", "pins:write", {"channel": "general", "timestamp": "1"}),
        ("reactions.add", "reactions:write", {"channel": "general", "name": "x", "timestamp": "1"}),
        ("team.info", "team:read", {}),
    ],
)
async def test_each_method_needs_its_scope(
    slack: SlackServer,
    client: Client,
    method: str,
    scope: str,
    arguments: dict[str, str],
):
    slack.workspace.scopes.discard(scope)
    if arguments.get("channel"):
        arguments = arguments | {"channel": slack.channel("general").id}
    provided = ",".join(sorted(slack.workspace.scopes))
    async with refused("missing_scope", needed=scope, provided=provided):
        await client.api_call(method, data=arguments)


async def test_a_method_that_does_not_exist(client: Client):
    async with refused("unknown_method"):
        await client.api_call("chat.postMassage", json={})


async def test_bodies_arrive_as_json_form_or_query(slack: SlackServer, client: Client):
    words = {"channel": "general", "text": "hello"}
    await client.api_call("chat.postMessage", json=words)
    await client.api_call("chat.postMessage", data=words)
    await client.api_call("chat.postMessage", params=words)
    assert [each.args for each in slack.called("chat.postMessage")] == [words] * 3


async def test_broken_json_is_refused(slack: SlackServer):
    headers = {"Authorization": f"Bearer {slack.workspace.bot_token}"}
    headers["Content-Type"] = "application/json"
    async with aiohttp.ClientSession(headers=headers) as session:
        for body, error in (("{", "invalid_json"), ("[]", "json_not_object")):
            async with session.post(f"{slack.api_base}auth.test", data=body) as response:
                assert (await response.json())["error"] == error


async def test_two_workspaces_keep_apart(slack: SlackServer, client: Client):
    other = slack.world.add_workspace("Second", "second")
    slack.world.add_channel(other, "general")
    stranger = slack.person("dana", workspace=other)
    theirs: Client = AsyncWebClient(token=other.bot_token, base_url=slack.api_base)
    assert (await theirs.users_info(user=stranger.id))["user"]["name"] == "dana"
    async with refused("user_not_found"):
        await client.users_info(user=stranger.id)
    await theirs.chat_postMessage(channel="general", text="only here")
    assert stranger.messages(other.channel_named("general") or "")
    assert slack.person("omar").messages() == []
