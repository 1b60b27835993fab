"""The door itself: acknowledgements, repetitions, connections, HTTP mode, messages, stopping."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from adapters.slack.door import SlackDoor
from adapters.slack.line import SlackSettings
from bot.clock import SystemClock
from bot.domain.people import Account, Place, Standing
from bot.errors import PlatformUnavailable, SettingsError
from bot.runtime.doors import (
    Again,
    Delivered,
    Presence,
    Target,
    ToChannel,
    ToPerson,
    Undeliverable,
)
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen, Voice
from bot.ui.parts import File, Hidden, Part, Text, settle
from bot.ui.words import Typed, When, _
from tests.adapters.slack.conftest import Bot, running, settings_for
from tests.adapters.slack.feature import AT, Note
from tests.slack_server import Fault, Person, SlackServer, Upload
from tests.slack_server.transport import Forgery


def screen(bot: Bot, *parts: Part) -> Screen:
    voice = Voice(bot.community, "en", ZoneInfo("Europe/London"))
    return Screen(settle(parts, frozenset()), voice)


def to(bot: Bot, person: Person) -> ToPerson:
    return ToPerson(Account("slack", bot.slack.workspace.id, person.id))


# Acknowledgements ---------------------------------------------------------------------------------


async def test_twenty_people_at_once_are_all_heard_in_time(slack: SlackServer, bot: Bot):
    people = [slack.person(f"p{n}") for n in range(20)]
    for method in ("users.info", "views.open"):
        slack.faults.slow(method, 1.0, times=20)
    outcomes = await asyncio.gather(
        *(one.command("/ir-kit", f"note hello {n}") for n, one in enumerate(people))
    )
    assert all(outcome.acknowledged for outcome in outcomes)
    for n, one in enumerate(people):
        await one.told(f"Noted: hello {n}", within=10.0)
    assert len(bot.kit.seen) == 20


async def test_a_slow_check_does_not_hold_a_form_up(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "open")
    form = await dana.gets_form()
    bot.slack.faults.slow("users.info", 4.0, times=9)
    bot.forget_people()
    outcome = await dana.submit(form, {"text": "in time"})
    assert outcome.acknowledged
    await dana.told("Noted: in time", within=10.0)


async def test_what_comes_twice_happens_once(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    slack.sockets.duplicates = 1
    await dana.command("/ir-kit", "note once")
    await dana.told("Noted: once")
    await dana.command("/ir-kit", "open")
    form = await dana.gets_form()
    slack.sockets.duplicates = 1
    await dana.submit(form, {"text": "sent once"})
    await dana.told("Noted: sent once")
    await dana.command("/ir-kit", "look")
    reply = await dana.told("Everything")
    slack.sockets.duplicates = 1
    await dana.choose(reply, "Large", label="One size")
    await dana.told("Noted: …")
    await asyncio.sleep(0.2)
    assert len(bot.kit.seen) == 3
    assert len([message for message in dana.private if "Noted" in dana.words(message)]) == 3


async def test_slack_away_for_a_moment(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    slack.faults.add(Fault("users.info", status=500))
    await dana.command("/ir-kit", "note hello")
    await dana.told("does not answer right now")
    await dana.command("/ir-kit", "note hello")
    await dana.told("Noted: hello")


async def test_an_answer_finds_another_way(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    slack.addresses.most_uses = 0
    await dana.command("/ir-kit", "note hello")
    assert (await dana.told("Noted: hello")).only_for == dana.id
    slack.faults.add(Fault("chat.postEphemeral", error="user_not_in_channel"))
    await dana.command("/ir-kit", "note again")
    await dana.gets_dm("Noted: again")
    await dana.command("/ir-kit", "loud")
    message = await dana.reads("Loud 0")
    await dana.press(message, "Louder")
    assert (await dana.reads("Loud 1")) is message


async def test_what_people_type_is_in_no_log(
    slack: SlackServer, bot: Bot, caplog: pytest.LogCaptureFixture
):
    dana = slack.person("dana")
    with caplog.at_level(logging.DEBUG):
        await dana.command("/ir-kit", "note Jane Roe")
        await dana.told("Noted")
        await dana.command("/ir-kit", "hand")
        upload = Upload("roe.png", b"PIXELS", "image/png")
        await dana.submit(await dana.gets_form(), {"pictures": [upload]})
        await slack.wait_for(lambda: len(bot.kit.seen) == 2)
        await dana.command("/ir-kit", "keep")
        await dana.gets_dm("[file seat.ics]")
    for secret in ("Roe", "roe.png", "PIXELS", "seat.ics", "xoxb", "xapp"):
        assert secret not in caplog.text


async def test_a_file_that_slack_does_not_hand_over(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "hand")
    form = await dana.gets_form()
    slack.workspace.scopes.discard("files:read")
    await dana.submit(form, {"pictures": [Upload("a.png", b"AAA", "image/png")]})
    reply = await dana.told("Slack did not hand this file over")
    assert bot.kit.seen == []
    slack.workspace.scopes.add("files:read")
    await dana.press(reply, "Correct it")
    form = await dana.gets_form()
    await dana.submit(form, {"pictures": [Upload("b.png", b"BBB", "image/png")]})
    await dana.told("Noted")
    assert len(bot.kit.seen) == 1


# Connections --------------------------------------------------------------------------------------


async def test_back_soon_after_the_connection_breaks(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    loop = asyncio.get_running_loop()
    await slack.sockets.drop()
    at = loop.time()
    await slack.connected(within=8.0)
    assert loop.time() - at < 5.0
    assert (await dana.command("/ir-kit", "note back")).acknowledged
    await dana.told("Noted: back")


async def test_back_soon_after_the_peer_freezes(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    before = slack.sockets.connected_times
    slack.sockets.freeze()
    await slack.wait_for(lambda: slack.sockets.connected_times > before, within=9.0)
    assert (await dana.command("/ir-kit", "note thawed")).acknowledged
    await dana.told("Noted: thawed")


async def test_back_after_slack_asks_for_a_new_connection(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await slack.sockets.refresh()
    await slack.connected(within=8.0)
    assert (await dana.command("/ir-kit", "note back")).acknowledged
    await dana.told("Noted: back")


async def test_stopping_finishes_what_is_held(slack: SlackServer):
    dana = slack.person("dana")
    async with running(slack, settings_for(slack)) as bot:
        await slack.connected()
        slack.faults.slow("users.info", 0.5)
        assert (await dana.command("/ir-kit", "note last words")).acknowledged
    assert bot.kit.seen == [Note("last words")]
    await dana.told("Noted: last words")
    assert slack.sockets.connections == []
    assert isinstance(await bot.door.send(to(bot, dana), screen(bot, Text(_("Hi"))), "k"), Again)
    await bot.door.stop()  # once more is harmless


@pytest.mark.parametrize("spoilt", ["bot_token", "app_token"])
async def test_a_refused_token_is_one_readable_line(slack: SlackServer, spoilt: str):
    settings = replace(settings_for(slack), **{spoilt: "xoxb-wrong"})
    with pytest.raises(SettingsError, match=rf"slack\.{spoilt}: Slack refuses it \(invalid_auth\)"):
        async with running(slack, settings):
            pass
    assert "xoxb" not in repr(settings)


async def test_starting_waits_for_slack(slack: SlackServer, caplog: pytest.LogCaptureFixture):
    slack.faults.add(Fault("auth.test", status=503))
    with caplog.at_level(logging.WARNING):
        async with running(slack, settings_for(slack)):
            await slack.connected()
    assert "trying again" in caplog.text


# HTTP mode ----------------------------------------------------------------------------------------


async def test_http_mode_and_forged_requests(slack: SlackServer):
    settings = replace(settings_for(slack), mode="http", http_port=0, http_host="127.0.0.1")
    async with running(slack, settings) as bot:
        slack.app.request_url = f"http://127.0.0.1:{bot.door.http_port}/slack/events"
        assert await slack.http.challenge()
        dana = slack.person("dana")
        assert (await dana.command("/ir-kit", "note by post")).acknowledged
        await dana.told("Noted: by post")
        await dana.command("/ir-kit", "open")
        form = await dana.gets_form()
        await dana.submit(form, {"text": "form by post"})
        await dana.told("Noted: form by post")
        await dana.command("/ir-kit", "every")
        suggested = await dana.suggest(await dana.gets_form(), "town", "Be")
        assert [option["value"] for option in suggested.options] == ["Bern"]
        await dana.open_home()
        await dana.gets_home("2 things happened.")
        for forged in (Forgery(secret="x" * 32), Forgery(age=600), Forgery(unsigned=True)):
            slack.http.forge = forged
            outcome = await dana.command("/ir-kit", "note forged")
            assert outcome.error == "http_401"
        assert len(bot.kit.seen) == 2
    slack.assert_requests_valid()


# Messages -----------------------------------------------------------------------------------------


async def test_unrequested_messages(slack: SlackServer, bot: Bot):
    dana = slack.person("dana", tz="America/New_York")
    words = Text(_("It starts {at}", at=When(AT)))
    file = File("seat.ics", b"BEGIN", "text/calendar", _("For your calendar"))
    sent = await bot.door.send(to(bot, dana), screen(bot, words, file), "d:1")
    dm = await dana.gets_dm("It starts Mar 11, 2027 13:00")
    assert sent == Delivered(dm.ts)
    assert dm.metadata == {"event_type": "delivery", "event_payload": {"key": "d:1"}}
    await dana.gets_dm("[file seat.ics]")
    general = ToChannel(Place("slack", slack.workspace.id), slack.channel("general").id)
    hidden = Hidden(_("Answer"), (Text(_("It is B")),))
    sent = await bot.door.send(general, screen(bot, Text(_("A case")), hidden), "d:2")
    post = await dana.reads("A case")
    assert sent == Delivered(post.ts)
    assert (await dana.reads("It is B")).thread_ts == post.ts


@pytest.mark.parametrize("refusal", ["cannot_dm_bot", "user_not_found", "is_archived"])
async def test_closed_messages_are_undeliverable(slack: SlackServer, bot: Bot, refusal: str):
    dana = slack.person("dana", dms_refused_with=refusal)
    sent = await bot.door.send(to(bot, dana), screen(bot, Text(_("Hello"))), "d:1")
    assert sent == Undeliverable(refusal)


async def test_what_cannot_be_reached_from_here(slack: SlackServer, bot: Bot):
    hello = screen(bot, Text(_("Hello")))
    elsewhere = ToPerson(Account("slack", "T999", "U999"))
    assert await bot.door.send(elsewhere, hello, "d:1") == Undeliverable("other_workspace")
    quiet = slack.channel("quiet", with_bot=False)
    target = ToChannel(Place("slack", slack.workspace.id), quiet.id)
    assert await bot.door.send(target, hello, "d:2") == Undeliverable("not_in_channel")


@pytest.mark.parametrize(
    ("fault", "seconds"),
    [
        (Fault("chat.postMessage", status=500), 10.0),
        (Fault("chat.postMessage", error="fatal_error"), 10.0),
        (Fault("chat.postMessage", error="token_revoked"), 300.0),
        (Fault("chat.postMessage", drop=True, times=2), 5.0),
        (Fault("chat.postMessage", status=429, retry_after=1, times=3), 1.0),
    ],
    ids=["500", "fatal", "token", "broken off", "rate"],
)
async def test_passing_trouble(slack: SlackServer, bot: Bot, fault: Fault, seconds: float):
    dana = slack.person("dana")
    target: Target = to(bot, dana)
    slack.faults.add(replace(fault))
    hello = screen(bot, Text(Typed("Hello")))
    assert await bot.door.send(target, hello, "d:1") == Again(seconds)
    assert isinstance(await bot.door.send(target, hello, "d:1"), Delivered)
    assert len(dana.dms) == 1


async def test_who_somebody_is(slack: SlackServer, bot: Bot):
    here = Place("slack", slack.workspace.id)

    async def standing(person: Person) -> Presence | None:
        return await bot.door.look_up(here, Account("slack", here.workspace, person.id))

    assert await standing(slack.person("dana")) == Presence(Standing.NONE, frozenset(), "dana")
    boss = slack.person("boss", is_owner=True)
    assert await standing(boss) == Presence(Standing.MANAGER, frozenset(), "boss")
    guest = slack.person("guest", is_ultra_restricted=True)
    assert await standing(guest) == Presence(Standing.GUEST, frozenset(), "guest")
    assert await standing(slack.person("gone", deleted=True)) is None
    assert await bot.door.look_up(here, Account("slack", here.workspace, "U404")) is None
    with pytest.raises(PlatformUnavailable):
        await bot.door.look_up(Place("slack", "T9"), Account("slack", "T9", boss.id))
    asked = len(slack.called("users.info"))
    await standing(boss)
    assert len(slack.called("users.info")) == asked  # remembered for a minute
    slack.faults.add(Fault("users.info", status=500))
    with pytest.raises(PlatformUnavailable):
        await standing(slack.person("new"))


async def test_before_it_is_open() -> None:
    door = SlackDoor(SlackSettings("xoxb-none"), SystemClock())
    doors = Doors()
    doors.add(door)
    assert doors.platforms == {"slack"}
    with pytest.raises(PlatformUnavailable):
        await door.look_up(Place("slack", "T1"), Account("slack", "T1", "U1"))
    await door.stop()
