"""Socket Mode under bad weather: cut, frozen, refreshed, doubled."""

import time
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp

from tests.slack_server import SlackServer
from tests.slack_server.fixtures import connected


async def test_a_ticket_is_good_for_one_connection(slack: SlackServer):
    address = slack.sockets.new_address()
    async with aiohttp.ClientSession() as session:
        async with session.ws_connect(address) as socket:
            hello = await socket.receive_json()
            assert hello["type"] == "hello"
            assert hello["num_connections"] == 1
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(address)


async def test_ten_connections_and_no_more(slack: SlackServer):
    async with aiohttp.ClientSession() as session:
        sockets = [await session.ws_connect(slack.sockets.new_address()) for _ in range(11)]
        first = [await socket.receive_json() for socket in sockets]
        assert [each["type"] for each in first] == ["hello"] * 10 + ["disconnect"]
        assert first[10]["reason"] == "too_many_websockets"


@pytest.mark.parametrize("weather", ["drop", "freeze", "refresh"])
async def test_bolt_comes_back(slack: SlackServer, bolt: AsyncApp, weather: str):
    slack.ack_seconds = 0.3
    dana = slack.person("dana")

    @bolt.command("/ir-hours")
    async def hours(ack: Any) -> None:
        await ack()

    async with connected(slack, bolt, ping_interval=0.2):
        assert (await dana.command("/ir-hours")).acknowledged
        if weather == "drop":
            await slack.sockets.drop()
        elif weather == "refresh":
            await slack.sockets.refresh()
        else:
            slack.sockets.freeze()
            assert (await dana.command("/ir-hours")).error == "operation_timeout"
        await slack.wait_for(lambda: slack.sockets.connected_times == 2, 10.0)
        slack.sockets.thaw()
        await slack.wait_for(lambda: len(slack.sockets.connections) == 1)
        assert (await dana.command("/ir-hours")).acknowledged


async def test_a_doubled_envelope_is_answered_twice(slack: SlackServer, bolt: AsyncApp):
    calls: list[str] = []

    @bolt.command("/ir-hours")
    async def hours(ack: Any, command: Any) -> None:
        calls.append(command["trigger_id"])
        await ack()

    slack.sockets.duplicates = 1
    async with connected(slack, bolt):
        outcome = await slack.person("dana").command("/ir-hours")
        await slack.wait_for(lambda: outcome.delivery.acknowledgements == 2)
    assert len(set(calls)) == 1
    assert len(calls) == 2


async def test_an_acknowledgement_after_three_seconds_is_too_late(
    slack: SlackServer, bolt: AsyncApp
):
    slack.ack_seconds = 0.1
    dana = slack.person("dana")

    @bolt.command("/ir-slow")
    async def slow(ack: Any) -> None:
        time.sleep(0.2)  # noqa: ASYNC251 - a blocked loop is what is tested
        await ack("too late")

    async with connected(slack, bolt):
        outcome = await dana.command("/ir-slow")
        await slack.wait_for(lambda: outcome.delivery.late)
    assert outcome.error == "operation_timeout"
    assert dana.private == []
    with pytest.raises(AssertionError, match="/ir-slow: operation_timeout"):
        slack.assert_acknowledged()


async def test_what_acknowledges_nothing_is_kept(slack: SlackServer):
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(slack.sockets.new_address()) as socket,
    ):
        await socket.send_json({"envelope_id": "made-up"})
        await slack.wait_for(lambda: slack.sockets.stray)
