"""HTTP mode: everything posted to the app's request URL, signed, or forged on purpose."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from slack_bolt.async_app import AsyncApp

from tests.slack_server import SlackServer
from tests.slack_server.bricks import Client, actions, button
from tests.slack_server.transport import Forgery


@pytest_asyncio.fixture
async def listening(slack: SlackServer, bolt: AsyncApp) -> AsyncIterator[AsyncApp]:
    """The bolt app on a port of its own, entered as the request URL."""
    runner = web.AppRunner(bolt.web_app("/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    slack.app.request_url = f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"
    yield bolt
    await runner.cleanup()


async def test_the_request_url_is_verified(slack: SlackServer, listening: AsyncApp):
    assert await slack.http.challenge()
    slack.http.forge = Forgery(secret="other")
    assert not await slack.http.challenge()


async def test_commands_buttons_and_events_arrive(
    slack: SlackServer, listening: AsyncApp, client: Client
):
    dana = slack.person("dana")
    events: list[str] = []

    @listening.command("/ir-hours")
    async def hours(ack: Any, command: Any) -> None:
        await ack(f"you said {command['text']}")

    @listening.action("press")
    async def press(ack: Any) -> None:
        await ack()

    @listening.event("message")
    async def message(event: Any) -> None:
        events.append(event["text"])

    assert (await dana.command("/ir-hours", "a & b")).acknowledged
    assert dana.words(dana.private[0]) == "you said a & b"
    await client.chat_postMessage(channel="general", text="x", blocks=[actions(button("Press"))])
    assert (await dana.press(dana.messages()[-1], "Press")).acknowledged
    await dana.says("general", "hello")
    await slack.wait_for(lambda: "hello" in events)


@pytest.mark.parametrize(
    "forgery", [Forgery(secret="other"), Forgery(age=301), Forgery(unsigned=True)]
)
async def test_forged_requests(slack: SlackServer, listening: AsyncApp, forgery: Forgery):
    called: list[bool] = []

    @listening.command("/ir-hours")
    async def hours(ack: Any) -> None:
        called.append(True)
        await ack()

    slack.http.forge = forgery
    outcome = await slack.person("dana").command("/ir-hours")
    assert outcome.error == "http_401"
    assert called == []


async def test_signatures_keep_to_the_real_clock(slack: SlackServer, listening: AsyncApp):
    @listening.command("/ir-hours")
    async def hours(ack: Any) -> None:
        await ack()

    slack.later(86_400)
    assert (await slack.person("dana").command("/ir-hours")).acknowledged


async def test_an_event_comes_again_after_an_error(slack: SlackServer, listening: AsyncApp):
    slack.events.retry_after = (0.01,)
    await slack.person("dana").says("general", "nobody listens")
    await slack.wait_for(lambda: len(slack.deliveries) == 2 and slack.deliveries[1].error)
    assert [each.error for each in slack.deliveries] == ["http_404", "http_404"]
    assert slack.deliveries[1].retry_reason == "http_error"


async def test_nobody_at_the_request_url(slack: SlackServer):
    slack.app.request_url = "http://127.0.0.1:1/slack/events"
    outcome = await slack.person("dana").command("/ir-hours")
    assert outcome.error == "dispatch_failed"
