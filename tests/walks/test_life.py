"""Starting, stopping and starting again; and what a person reads who set something wrongly."""

from __future__ import annotations

import asyncio
import socket
import time

import pytest

from tests.discord_server import Can
from tests.slack_server.transport import Forgery
from tests.walks.conftest import Town
from tests.walks.people import (
    code_in,
    host_on_discord,
    host_on_slack,
    join_on_discord,
    join_on_slack,
    typed,
)

pytestmark = pytest.mark.timeout(300)


async def test_old_buttons_work_after_a_restart(town: Town) -> None:
    bot = await town.run()
    starts = town.in_days(3)
    hana, ann = (town.discord.person(name, town.guild) for name in ("Hana", "Ann"))
    code = await host_on_discord(hana, starts)
    receipt = await join_on_discord(ann, code, "Contracts")
    dana = town.slack.person("dana")
    await dana.command("/ir-help")
    await dana.told("What you can do here")
    await dana.command("/ir-hours", "list")
    empty = await dana.told("No office hours are planned yet.")

    began = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - began < 10
    await town.run()

    left = await (await ann.press(receipt, "Leave")).reply()
    assert "is free for somebody else now" in left.text
    assert "office hours" in dana.words(empty)
    listed = await (await ann.slash("hours list")).reply()
    assert "6 free seats" in listed.text
    assert len(town.discord.sent("PUT", "/applications/{application_id}/commands")) == 1, (
        "commands that did not change are not registered again"
    )


async def test_stopping_finishes_what_was_begun(town: Town) -> None:
    """Twenty people ask at the moment the bot is told to stop: who was heard gets an answer."""
    bot = await town.run()
    people = [town.discord.person(f"P{n}", town.guild) for n in range(20)]
    turns = [await person.slash("help") for person in people]
    for turn in turns:
        await turn.answered()
    assert await bot.stop() == 0
    for turn in turns:
        assert "What you can do here" in (await turn.reply()).text


async def test_setting_up_by_hand(town: Town) -> None:
    await town.run(SETUP__DEFAULTS="")
    ann = town.discord.person("Ann", town.guild)
    boss = town.discord.add_role(town.guild, "Boss", Can.MANAGE_GUILD)
    cleo = town.discord.person("Cleo", town.guild, roles=(boss,))
    told = await (await ann.slash("hours list")).reply()
    assert told.private
    assert "not set up" in told.text
    proposal = await (await cleo.slash("setup start")).reply()
    assert proposal.private
    form = await (await cleo.press(proposal, "Another zone")).modal()
    proposal = await (await cleo.submit(form, {"place": "Zürich"})).reply()
    assert "Europe/Zurich" in proposal.text
    done = await (await cleo.press(proposal, "Use the defaults")).reply()
    assert "Members can use the bot from now on" in done.text
    assert "No office hours" in (await (await ann.slash("hours list")).reply()).text
    # A time without a zone is one of the community's.
    starts = town.in_days(3)
    options = {"title": "A talk", "topic": "Research", "where": "Room 1"}
    echo = await (
        await cleo.slash("hours host", options | {"starts": f"{starts:%Y-%m-%d} 18:00"})
    ).reply()
    done = await (await cleo.press(echo, "Confirm")).update()
    assert code_in(done.text)

    dana, alex = town.slack.person("dana"), town.slack.person("alex", is_admin=True)
    await dana.command("/ir-hours", "mine")
    await dana.told("not set up")
    await dana.command("/ir-setup", "start")
    refused = await dana.told("moderators")
    assert not dana.labels(refused)
    await alex.command("/ir-setup", "start")
    await alex.press(await alex.told("Set up this community"), "Use the defaults")
    await alex.told("Members can use the bot from now on")
    await dana.command("/ir-hours", "mine")
    await dana.told("no office hour")


async def test_a_code_of_one_place_opens_nothing_in_another(town: Town) -> None:
    await town.run()
    hana = town.discord.person("Hana", town.guild)
    code = await host_on_discord(hana, town.in_days(3))
    dana = town.slack.person("dana")
    await dana.command("/ir-hours", f"join {code}")
    await dana.told("There is no session with this code or title here")


async def test_stopping_while_a_platform_is_away(town: Town, requests_unchecked: None) -> None:
    """One platform does not answer: the other is open all the same, and stopping is quick."""
    town.discord.faults.error(path="/users/@me", status=503, times=1000)
    bot = await town.begin()
    await bot.says("Slack is open")
    omar, dana = town.slack.person("omar", tz="UTC"), town.slack.person("dana")
    starts = town.in_days(3)
    await omar.command(
        "/ir-hours",
        f'host title:"A talk" topic:career starts:"{typed(starts)}" where:"Room 1"',
    )
    await omar.press(await omar.told("Is this right?"), "Confirm")
    code = code_in(omar.words(await omar.gets_dm("is open for sign-up")))
    await join_on_slack(dana, code, "Contracts")
    # Deliveries go out as well, although not every door is open.
    await dana.command("/ir-hours", f'ask {code} "How many nights a month?"')
    await omar.gets_dm("How many nights a month?")
    began = time.monotonic()
    assert await bot.stop() == 0
    assert time.monotonic() - began < 10


async def test_wrong_tokens(town: Town, requests_unchecked: None) -> None:
    said = await town.fails(DISCORD__TOKEN="wrong.token.here")
    assert "discord.token: Discord does not accept it" in said
    said = await town.fails(DISCORD__TOKEN="", SLACK__BOT_TOKEN="xoxb-wrong")
    assert "slack.bot_token: Slack refuses it (invalid_auth)" in said
    said = await town.fails(DISCORD__TOKEN="", SLACK__APP_TOKEN="xapp-wrong")
    assert "slack.app_token: Slack refuses it (invalid_auth)" in said
    for words in ("Traceback", "wrong.token", "xoxb-wrong", "xapp-wrong"):
        assert words not in said


async def test_wrong_settings_are_one_readable_line(town: Town) -> None:
    for name, text, line in (
        ("DISCORD__TOKN", "x", "discord.tokn: there is no such setting"),
        ("SLACK__MODE", "carrier pigeon", "slack.mode: "),
        ("DATABASE_URL", "mysql://somewhere", "database_url: must begin with sqlite"),
        (
            "DISCORD__API_BASE",
            "https://discord.com/api/v10",
            "clock.offset_file: this is for rehearsals",
        ),
    ):
        said = await town.fails(**{name: text})
        assert line in said
        assert len(said.splitlines()) == 1, said
    nothing = dict.fromkeys(("DISCORD__TOKEN", "SLACK__BOT_TOKEN"), "")
    assert "no platform is configured" in await town.fails(**nothing)
    for text, line in (
        ("[slack\n", "config.toml: not valid TOML"),
        ('colour = "red"\n', "colour: there is no such setting"),
    ):
        (town.folder / "config.toml").write_text(text, encoding="utf-8")
        said = await town.fails()
        assert line in said
        assert len(said.splitlines()) == 1, said


async def test_slack_over_http(town: Town) -> None:
    """The whole bot behind a request URL: signed requests count, forged and old ones do not."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    bot = await town.begin(SLACK__MODE="http", SLACK__HTTP_PORT=str(port), SLACK__APP_TOKEN="")
    await bot.says("ready on discord, slack")
    town.slack.app.request_url = f"http://127.0.0.1:{port}/slack/events"
    assert await town.slack.http.challenge()
    omar, dana = town.slack.person("omar", tz="UTC"), town.slack.person("dana")
    code = await host_on_slack(omar, town.in_days(3))
    for forged in (Forgery(secret="other"), Forgery(age=301), Forgery(unsigned=True)):
        town.slack.http.forge = forged
        assert not await town.slack.http.challenge()
        outcome = await dana.command("/ir-hours", f"join {code}")
        assert outcome.error == "http_401"
    town.slack.http.forge = None
    await omar.command("/ir-hours", f"roster {code}")
    assert "dana" not in omar.words(await omar.told("First year in IR"))
    await join_on_slack(dana, code, "Contracts")
    await omar.command("/ir-hours", f"roster {code}")
    await omar.told("Contracts")
    assert await bot.stop() == 0


async def test_two_on_one_file(town: Town) -> None:
    first = await town.run()
    said = await town.fails()
    assert len(said.splitlines()) == 1, said
    assert "introducer.sqlite3" in said
    ann = town.discord.person("Ann", town.guild)
    assert "What you can do" in (await (await ann.slash("help")).reply()).text
    assert await first.stop() == 0
    again = await town.run()
    assert await again.stop() == 0


async def test_debug_lines_keep_what_people_type_to_themselves(town: Town) -> None:
    bot = await town.run(LOG__LEVEL="debug")
    code = await host_on_discord(town.discord.person("Hana", town.guild), town.in_days(3))
    ann, dana = town.discord.person("Ann", town.guild), town.slack.person("dana")
    await join_on_discord(ann, code, "About DOE, JANE")
    await dana.command("/ir-hours", "join DOE-JANE")
    await dana.told("There is no session")
    await asyncio.sleep(0.3)
    assert await bot.stop() == 0
    assert "JANE" not in bot.said
