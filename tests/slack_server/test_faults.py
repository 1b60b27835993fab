"""Faults: what happens to the effect when an answer goes wrong."""

import aiohttp
import pytest
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler

from tests.slack_server import Fault, SlackServer
from tests.slack_server.bricks import Client, refused


async def test_an_error_before_the_effect(slack: SlackServer, client: Client):
    slack.faults.add(Fault("chat.postMessage"))
    async with refused("internal_error"):
        await client.chat_postMessage(channel="general", text="x")
    assert slack.person("dana").messages() == []
    await client.chat_postMessage(channel="general", text="x")
    assert [each.status for each in slack.called("chat.postMessage")] == [500, 200]


async def test_an_error_after_the_effect(slack: SlackServer, client: Client):
    slack.faults.add(Fault("*", when="after", error="fatal_error"))
    async with refused("fatal_error"):
        await client.chat_postMessage(channel="general", text="x")
    assert len(slack.person("dana").messages()) == 1
    assert slack.called("chat.postMessage")[0].ok, "the effect is what the record tells"


async def test_a_connection_lost_after_the_effect(slack: SlackServer, client: Client):
    client.retry_handlers = []
    slack.faults.add(Fault("chat.postMessage", when="after", drop=True))
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="general", text="x")
    assert len(slack.person("dana").messages()) == 1


async def test_rate_limits_are_retried_by_the_handler_only(slack: SlackServer, client: Client):
    slack.faults.ratelimit("chat.postMessage", retry_after=1, times=2)
    async with refused("ratelimited"):
        await client.chat_postMessage(channel="general", text="x")
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    await client.chat_postMessage(channel="general", text="x")
    assert [each.status for each in slack.called("chat.postMessage")] == [429, 429, 200]


async def test_slowness(slack: SlackServer, client: Client):
    slack.faults.slow("auth.test", 0.2)
    client.timeout = 0.1
    with pytest.raises(TimeoutError):
        await client.auth_test()
    await client.auth_test()
