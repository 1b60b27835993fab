"""The gateway: who is let in, what is told to whom, and what survives trouble."""

import asyncio

import aiohttp
import discord
import pytest

from tests.discord_server import DiscordServer, Guild
from tests.discord_server.bare import Bare
from tests.discord_server.fixtures import connected
from tests.discord_server.gateway import MEMBERS, MESSAGE_CONTENT
from tests.discord_server.streams import encoder


class Listener(Bare):
    """Keeps what it hears."""

    def __init__(self, intents: discord.Intents | None = None) -> None:
        super().__init__(intents=intents)
        self.heard: list[discord.Message] = []
        self.joined: list[str] = []
        self.resumed = asyncio.Event()

    async def on_message(self, message: discord.Message) -> None:
        if message.author != self.user:
            self.heard.append(message)

    async def on_member_join(self, member: discord.Member) -> None:
        self.joined.append(member.name)

    async def on_resumed(self) -> None:
        self.resumed.set()

    async def until_heard(self, count: int) -> list[str]:
        async with asyncio.timeout(10):
            while len(self.heard) < count:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        return [m.content for m in self.heard]


async def test_a_wrong_token(discord_server: DiscordServer):
    bot = Bare()
    with pytest.raises(discord.LoginFailure):
        await bot.start("another")
    await bot.close()


async def _close_code(server: DiscordServer, *frames: object, query: str = "v=10&encoding=json"):
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{server.gateway_url}?{query}") as ws,
    ):
        for frame in frames:
            if isinstance(frame, str):
                await ws.send_str(frame)
            else:
                await ws.send_json(frame)
        while not ws.closed:
            message = await ws.receive(timeout=5)
            if message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED):
                break
        return ws.close_code


async def test_close_codes(discord_server: DiscordServer):
    server = discord_server

    def identify(**data: object) -> dict[str, object]:
        return {"op": 2, "d": {"token": server.token, "intents": 1, "properties": {}, **data}}

    assert await _close_code(server, identify(token="another")) == 4004
    assert await _close_code(server, identify(intents=1 << 40)) == 4013
    assert await _close_code(server, identify(intents=1 | MEMBERS)) == 4014
    assert await _close_code(server, identify(), identify()) == 4005
    assert await _close_code(server, {"op": 8, "d": {}}) == 4003
    assert await _close_code(server, identify(), {"op": 42, "d": {}}) == 4001
    assert await _close_code(server, "no json") == 4002
    assert await _close_code(server, identify(), query="v=9&encoding=json") == 4012
    brotli = "v=10&encoding=json&compress=brotli"
    assert await _close_code(server, identify(), query=brotli) == 4002
    resume = {"op": 6, "d": {"token": "another", "session_id": "x", "seq": 1}}
    assert await _close_code(server, resume) == 4004
    server.limits.gateway_commands = 5
    assert await _close_code(server, identify(), *[{"op": 1, "d": None}] * 5) == 4008
    server.limits.gateway_commands = 120
    server.limits.heartbeat_seconds = 0.05
    assert await _close_code(server, identify()) == 4009


async def test_privileged_intents_must_be_granted(
    discord_server: DiscordServer, discord_guild: Guild
):
    for name in ("members", "message_content", "presences"):
        bot = Bare(intents=discord.Intents(guilds=True, **{name: True}))
        with pytest.raises(discord.PrivilegedIntentsRequired):
            async with connected(discord_server, bot):
                pass
    discord_server.world.application.privileged_intents = MEMBERS
    bot = Bare(intents=discord.Intents(guilds=True, members=True))
    discord_server.person("Ann", discord_guild)
    async with connected(discord_server, bot):
        (guild,) = bot.guilds
        assert sorted(m.name for m in guild.members) == [
            "ann",
            "introducer",
            "owner_of_trainees",
        ]


async def test_content_only_with_the_intent(discord_server: DiscordServer, discord_guild: Guild):
    ann = discord_server.person("Ann", discord_guild)
    bot = Listener()
    async with connected(discord_server, bot):
        assert bot.user is not None
        message = await ann.says("in public", files=(ann.upload(b"x", "x.txt"),))
        await ann.says(f"to <@{bot.user.id}>")
        await ann.says("in private", channel=ann.dm)
        assert await bot.until_heard(3) == ["", f"to <@{bot.user.id}>", "in private"]
        assert bot.heard[0].attachments == []
        (channel,) = bot.guilds[0].text_channels
        assert (await channel.fetch_message(message.id)).content == ""

    discord_server.world.application.privileged_intents = MESSAGE_CONTENT
    bot = Listener(discord.Intents(guilds=True, messages=True, message_content=True))
    async with connected(discord_server, bot):
        await ann.says("in public", files=(ann.upload(b"x", "x.txt"),))
        assert await bot.until_heard(1) == ["in public"]
        assert [a.filename for a in bot.heard[0].attachments] == ["x.txt"]


async def test_intents_decide_what_is_told(discord_server: DiscordServer, discord_guild: Guild):
    server = discord_server
    ann = server.person("Ann", discord_guild)
    closed = server.add_channel(discord_guild, "closed")
    server.hide_from_bot(closed)
    bot = Listener(discord.Intents(guilds=True, dm_messages=True))
    async with connected(server, bot):
        await ann.says("in public")
        server.person("Bob", discord_guild)
        await ann.says("in private", channel=ann.dm)
        assert await bot.until_heard(1) == ["in private"]
        assert bot.joined == []
    bot = Listener()
    async with connected(server, bot):
        await ann.says("hidden", channel=closed)
        await ann.says("seen", channel=ann.dm)
        assert await bot.until_heard(1) == ["seen"]


async def test_resume_after_a_drop(discord_server: DiscordServer, discord_guild: Guild):
    server, bot = discord_server, Listener()
    ann = server.person("Ann", discord_guild)
    async with connected(server, bot):
        await ann.says("before", channel=ann.dm)
        await bot.until_heard(1)
        server.gateway.drop()
        await server.until(lambda: not server.gateway.connected)
        await ann.says("meanwhile", channel=ann.dm)
        await asyncio.wait_for(bot.resumed.wait(), 10)
        await ann.says("after", channel=ann.dm)
        assert await bot.until_heard(3) == ["before", "meanwhile", "after"]
        assert (server.gateway.identifies, server.gateway.resumes) == (1, 1)


async def test_reconnect_on_request(discord_server: DiscordServer, discord_guild: Guild):
    server, bot = discord_server, Listener()
    async with connected(server, bot):
        server.gateway.ask_reconnect()
        await asyncio.wait_for(bot.resumed.wait(), 10)
        assert server.gateway.identifies == 1


async def test_an_invalid_session(discord_server: DiscordServer, discord_guild: Guild):
    server, bot = discord_server, Listener()
    ann = server.person("Ann", discord_guild)
    async with connected(server, bot):
        server.gateway.invalidate()
        await server.until(lambda: server.gateway.identifies == 2, 15)
        await server.until_connected()
        await ann.says("after", channel=ann.dm)
        assert await bot.until_heard(1) == ["after"]


async def test_a_session_that_is_too_old(discord_server: DiscordServer, discord_guild: Guild):
    server = discord_server
    url = f"{server.gateway_url}?v=10&encoding=json"
    async with aiohttp.ClientSession() as session:

        async def first_after_hello(
            frame: dict[str, object], closing: int = 4000
        ) -> dict[str, object]:
            ws = await session.ws_connect(url)
            assert (await ws.receive_json())["op"] == 10
            await ws.send_json(frame)
            answer = await ws.receive_json()
            await ws.close(code=closing)
            return answer

        ready = await first_after_hello({"op": 2, "d": {"token": server.token, "intents": 1}})
        assert ready["t"] == "READY"
        (known,) = server.gateway.sessions
        resume = {"token": server.token, "session_id": known, "seq": 1}
        await server.until(lambda: not server.gateway.connected)
        again = await first_after_hello({"op": 6, "d": resume})
        assert (again["t"], again["s"]) == ("GUILD_CREATE", 2)
        await server.until(lambda: not server.gateway.connected)
        server.clock.advance(server.limits.resume_seconds + 1)
        assert await first_after_hello({"op": 6, "d": resume}) == {"op": 9, "d": False}
        unknown = {**resume, "session_id": "unknown"}
        assert await first_after_hello({"op": 6, "d": unknown}) == {"op": 9, "d": False}
        identify = {"op": 2, "d": {"token": server.token, "intents": 1}}
        await first_after_hello(identify, closing=1000)  # a goodbye ends the session at once
        await server.until(lambda: not server.gateway.sessions)


async def test_a_frozen_gateway(discord_server: DiscordServer, discord_guild: Guild):
    server, bot = discord_server, Listener()
    ann = server.person("Ann", discord_guild)
    async with connected(server, bot):
        server.gateway.freeze()
        await ann.says("kept back", channel=ann.dm)
        await asyncio.sleep(0.1)
        assert bot.heard == []
        server.gateway.thaw()
        assert await bot.until_heard(1) == ["kept back"]


async def test_the_bot_is_told_of_changes(discord_server: DiscordServer, discord_guild: Guild):
    server = discord_server
    server.world.application.privileged_intents = MEMBERS
    bot = Listener(discord.Intents(guilds=True, members=True))
    async with connected(server, bot):
        ann = server.person("Ann", discord_guild)
        role = server.add_role(discord_guild, "Mentors")
        server.give_role(discord_guild, ann.user, role)
        channel = server.add_channel(discord_guild, "cases")
        other = server.add_guild("Another")
        await bot.wait_for("guild_join", timeout=5)
        (guild,) = (g for g in bot.guilds if g.id == discord_guild.id)
        member = guild.get_member(ann.id)
        assert member is not None
        assert [r.name for r in member.roles] == ["@everyone", "Mentors"]
        assert guild.get_channel(channel.id) is not None
        server.leave(discord_guild, ann.user)
        server.remove_bot(other)
        await bot.wait_for("guild_remove", timeout=5)
        assert guild.get_member(ann.id) is None
        assert bot.joined == ["ann"]


def test_a_zstd_stream_is_stored_blocks():
    """Checked byte by byte, as the library for reading it is not installed everywhere."""
    encode = encoder("zstd-stream")
    assert encode is not None
    first, second = encode("ab"), encode("x" * 70_000)
    assert first == bytes.fromhex("28b52ffd 0038 100000") + b"ab"
    assert isinstance(second, bytes)
    head, tail = (1 << 16) << 3, (70_000 - (1 << 16)) << 3
    assert second[:3] == head.to_bytes(3, "little")
    assert second[3 + (1 << 16) :][:3] == tail.to_bytes(3, "little")
