"""Rates and faults: what a bot meets when Discord is busy or broken."""

import asyncio

import aiohttp
import discord
import pytest
from discord.http import Route

from tests.discord_server import DiscordServer, Guild
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected

MESSAGES = ("POST", "/channels/{channel_id}/messages")


async def test_an_emptied_bucket_holds_the_last_call(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, server = Bare(), discord_server
    server.rates.set(*MESSAGES, limit=2, per=0.5)
    (channel,) = discord_guild.channels.values()
    async with connected(server, bot):
        place, loop = bot.get_partial_messageable(channel.id), asyncio.get_running_loop()
        started = loop.time()
        await place.send("1")
        assert loop.time() - started < 0.3
        await place.send("2")
        assert loop.time() - started > 0.3
        await place.send("3")
    assert server.rates.refused == 0


async def test_too_many_requests(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    (channel,) = discord_guild.channels.values()
    async with connected(server, bot):
        place = bot.get_partial_messageable(channel.id)
        server.faults.limit(0.05, *MESSAGES[:1], path="/messages", times=2)
        await place.send("after two refusals")
        statuses = [r.status for r in server.requests if r.path.endswith("/messages")]
        assert statuses == [429, 429, 200]

        async def raw() -> int:
            async with aiohttp.ClientSession() as session:
                headers = {"Authorization": f"Bot {server.token}"}
                url = f"{server.api_base}/users/@me"
                async with session.get(url, headers=headers) as answer:
                    return answer.status

        server.clock.advance(2)
        server.rates.set("GET", "/users/@me", limit=1, per=60)
        server.rates.everything = (2, 60)
        assert [await raw() for _ in range(3)] == [200, 429, 429]
        body = server.requests[-1].response
        assert body["global"] is True
        assert 0 < body["retry_after"] <= 60
        assert server.requests[-2].response["global"] is False


async def test_errors_before_and_after_the_effect(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, server = Bare(), discord_server
    (channel,) = discord_guild.channels.values()
    async with connected(server, bot):
        place = bot.get_partial_messageable(channel.id)
        server.faults.error("POST", "/messages", status=502)
        await place.send("once")
        assert len(channel.messages) == 1
        server.faults.error("POST", "/messages", after=True)
        await place.send("twice")
        assert [m.text for m in channel.messages.values()] == ["once", "twice"]  # by its nonce
        server.faults.error("POST", "/messages", after=True)
        route = Route(*MESSAGES, channel_id=channel.id)
        await bot.http.request(route, json={"content": "no nonce"})
        assert [m.text for m in channel.messages.values()][2:] == ["no nonce", "no nonce"]
        server.faults.error("POST", "/messages", status=503)
        with pytest.raises(discord.DiscordServerError):
            await place.send("503 is not tried again")
        server.faults.drop("POST", "/messages", after=True)
        with pytest.raises(aiohttp.ClientError):
            await place.send("lost answer")
        assert channel.last_message_id is not None
        assert channel.messages[channel.last_message_id].text == "lost answer"
        server.faults.drop("POST", "/messages")
        with pytest.raises(aiohttp.ClientError):
            await place.send("never arrived")
        assert channel.messages[channel.last_message_id].text == "lost answer"


async def test_a_lost_acknowledgement_is_repeated_and_refused(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)

    async def hello(interaction: discord.Interaction) -> None:
        with refused(40060):
            await interaction.response.send_message("hello")
        await interaction.followup.send("and on")

    bot.command("hello", hello)
    async with connected(discord_server, bot):
        discord_server.faults.error("POST", "/callback", after=True)
        turn = await ann.slash("hello")
        assert (await turn.reply()).text == "hello"
        assert (await turn.follow_up()).text == "and on"
    assert not bot.errors


async def test_a_delayed_answer(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    async with connected(server, bot):
        server.faults.delay(0.2, "GET", "/oauth2/applications/@me")
        loop = asyncio.get_running_loop()
        started = loop.time()
        await bot.application_info()
        assert loop.time() - started > 0.19
        assert [r.status for r in server.requests[-1:]] == [200]


async def test_what_is_not_there(discord_server: DiscordServer, requests_unchecked: None):
    bot = Bare()
    async with connected(discord_server, bot):
        with refused(0, 404):
            await bot.http.request(Route("GET", "/nothing/here"))
        with refused(0, 405):
            await bot.http.request(Route("DELETE", "/gateway"))
        with refused(50035, 400, "NUMBER_TYPE_COERCE"):
            await bot.http.request(Route("GET", "/channels/abc"))
    assert len(discord_server.violations()) == 3
    with pytest.raises(AssertionError, match="unknown path /nothing/here"):
        discord_server.assert_requests_valid()


async def test_real_rates_do_not_refuse_a_bot_that_waits(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, server = Bare(), discord_server
    (channel,) = discord_guild.channels.values()
    async with connected(server, bot):
        server.rates.realistic()
        place = bot.get_partial_messageable(channel.id)
        for number in range(4):
            await place.send(str(number))
        (last,) = server.sent(*MESSAGES)[-1:]
        assert last.status == 200
    assert server.rates.refused == 0
