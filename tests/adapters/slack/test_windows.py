"""What stands in a channel for everybody, with the real client: a message kept up to date."""

from collections.abc import AsyncIterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.domain.people import CommunityId, Place
from bot.runtime.doors import Again, Delivered, ToChannel, Undeliverable
from bot.runtime.screen import Screen, Voice
from bot.ui.parts import Text
from bot.ui.words import Typed, _
from tests.adapters.slack.conftest import Bot, running, settings_for
from tests.slack_server import SlackServer
from tests.slack_server.faults import Fault

VOICE = Voice(CommunityId(1), "en", ZoneInfo("UTC"))


def shows(words: str) -> Screen:
    return Screen((Text(_("{x}", x=Typed(words))),), VOICE)


@pytest_asyncio.fixture
async def pinning(slack: SlackServer) -> AsyncIterator[Bot]:
    async with running(slack, replace(settings_for(slack), pins=True)) as bot:
        slack.workspace.scopes.add("pins:write")
        await slack.connected()
        yield bot
    slack.assert_requests_valid()


async def test_one_message_is_pinned_and_changed(pinning: Bot, slack: SlackServer):
    hall, here = slack.channel("hours"), Place("slack", slack.workspace.id)
    door = pinning.door
    first = await door.keep_posted(here, hall.id, None, shows("One session"))
    assert isinstance(first, Delivered)
    assert await door.keep_posted(here, hall.id, first.message, shows("Two sessions")) == first
    (shown,) = hall.messages
    assert shown.pinned
    assert "Two sessions" in shown.text
    assert await door.take_down(here, hall.id, first.message) == first
    assert await door.take_down(here, hall.id, first.message) == first
    again = await door.keep_posted(here, hall.id, first.message, shows("Three"))
    assert isinstance(again, Delivered)
    assert again != first, "what is gone is posted afresh"


async def test_without_the_scope_it_stands_unpinned(
    pinning: Bot, slack: SlackServer, caplog: pytest.LogCaptureFixture
):
    slack.workspace.scopes.discard("pins:write")
    hall, here = slack.channel("hours"), Place("slack", slack.workspace.id)
    assert isinstance(await pinning.door.keep_posted(here, hall.id, None, shows("x")), Delivered)
    assert "cannot be pinned: missing_scope" in caplog.text


async def test_what_cannot_be_shown_is_said(pinning: Bot, slack: SlackServer):
    door, here = pinning.door, Place("slack", slack.workspace.id)
    closed = slack.channel("closed", with_bot=False)
    assert await door.keep_posted(here, closed.id, None, shows("x")) == Undeliverable(
        "not_in_channel"
    )
    other = Place("slack", "T9")
    assert isinstance(await door.keep_posted(other, closed.id, None, shows("x")), Undeliverable)
    assert isinstance(await door.take_down(other, closed.id, "1.1"), Undeliverable)
    assert isinstance(await door.keep_event(here, None, None), Undeliverable)
    assert door.keeps(here) == frozenset()
    hall = slack.channel("hours")
    slack.faults.add(Fault("chat.postMessage", status=500))
    assert isinstance(await door.keep_posted(here, hall.id, None, shows("x")), Again)
    await door.stop()
    assert isinstance(await door.keep_posted(here, hall.id, None, shows("x")), Again)


async def test_what_goes_below_the_list_is_in_its_thread(pinning: Bot, slack: SlackServer):
    hall, here = slack.channel("hours"), Place("slack", slack.workspace.id)
    first = await pinning.door.keep_posted(here, hall.id, None, shows("One session"))
    assert isinstance(first, Delivered)
    below = ToChannel(here, hall.id, thread="Reminders", below=first.message)
    for key in ("day", "hour"):
        assert isinstance(await pinning.door.send(below, shows(key), key), Delivered)
    threads = [one.thread_ts for one in hall.messages]
    assert threads == [None, first.message, first.message]
    gone = replace(below, below="1.000001")
    assert isinstance(await pinning.door.send(gone, shows("later"), "later"), Delivered)
    assert hall.messages[-1].thread_ts is None, "where the list is gone, in the channel"
    slack.faults.add(Fault("chat.postMessage", status=500))
    assert isinstance(await pinning.door.send(below, shows("x"), "x"), Again)
