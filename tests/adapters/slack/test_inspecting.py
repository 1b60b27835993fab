"""What the app lacks in a Slack team, and who can read a channel."""

from __future__ import annotations

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.inspecting import inspect
from bot.runtime.inspecting import Lack, Right, Wanted
from tests.messages_read import plain
from tests.slack_server.server import SlackServer

POST = frozenset({Right.SEE, Right.POST})


async def lacks(slack: SlackServer, *wanted: Wanted) -> tuple[Lack, ...]:
    token = slack.environment()["INTRODUCER_SLACK__BOT_TOKEN"]
    api = AsyncWebClient(token=token, base_url=slack.api_base)
    return await inspect(api, wanted, hears_channels=False)


async def test_an_open_channel_is_none_for_moderators(slack: SlackServer) -> None:
    general = slack.channel("general").id
    assert await lacks(slack, Wanted(general, POST)) == ()
    [lack] = await lacks(slack, Wanted(general, POST, private=True))
    assert lack.readable
    [lack] = await lacks(slack, Wanted(general, frozenset({Right.SEE, Right.HISTORY})))
    assert "help_channels" in plain(lack.grant)


async def test_a_channel_that_the_app_is_not_in(slack: SlackServer) -> None:
    [lack] = await lacks(slack, Wanted("C0NOWHERE", POST))
    assert "/invite @Introducer" in plain(lack.grant)


async def test_a_scope_that_is_missing(slack: SlackServer) -> None:
    slack.workspace.scopes.discard("channels:read")
    [lack] = await lacks(slack, Wanted(slack.channel("general").id, POST))
    assert "manifest" in plain(lack.grant)


async def test_a_list_that_is_to_be_pinned_needs_the_scope_for_it(slack: SlackServer) -> None:
    wanted = Wanted(slack.channel("general").id, POST | {Right.PIN})
    slack.workspace.scopes.add("pins:write")
    assert await lacks(slack, wanted) == ()
    slack.workspace.scopes.discard("pins:write")
    [lack] = await lacks(slack, wanted)
    assert "may not pin its list" in plain(lack.what)
    assert "manifest" in plain(lack.grant)
