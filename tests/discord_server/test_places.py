"""Servers, members, threads and pins."""

import asyncio

import discord
import pytest

from tests.discord_server import Can, DiscordServer, Guild, NotOffered
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected
from tests.discord_server.gateway import MEMBERS


async def test_servers_and_members(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    role = server.add_role(discord_guild, "Mentors", Can.MANAGE_GUILD)
    ann = server.person("Ann", discord_guild, roles=(role,))
    eve = server.person("Eve")
    async with connected(server, bot):
        guild = await bot.fetch_guild(discord_guild.id)
        assert guild.approximate_member_count == 3
        member = await guild.fetch_member(ann.id)
        assert [r.name for r in member.roles if not r.is_default()] == ["Mentors"]
        with refused(10007, 404):
            await guild.fetch_member(eve.id)
        with refused(10013, 404):
            await guild.fetch_member(1)
        assert [c.name for c in await guild.fetch_channels()] == ["general"]
        assert {r.name for r in await guild.fetch_roles()} == {"@everyone", "introducer", "Mentors"}
        with refused(50001, 403):
            await bot.http.get_members(guild.id, 10, None)
        server.world.application.privileged_intents = MEMBERS
        found = await bot.http.get_members(guild.id, 10, None)
        assert len(found) == 3
        assert (await bot.application_info()).name == "Introducer"
        assert [g.name async for g in bot.fetch_guilds()] == ["Trainees"]
        assert (await bot.http.get_bot_gateway())[0] == 1


async def test_threads(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot, server = Bare(), discord_server
    ann = server.person("Ann", discord_guild)
    async with connected(server, bot):
        (channel,) = bot.guilds[0].text_channels
        sent = await channel.send("a case")
        thread = await sent.create_thread(name="Case k3f9")
        inside = await thread.send("inside")
        assert (await ann.sees("inside")).channel.name == "Case k3f9"
        with refused(160004, 400):
            await sent.create_thread(name="again")
        private = await channel.create_thread(name="two of us")
        await private.add_user(discord.Object(ann.id))
        assert server.world.channels[private.id].members == {server.world.bot.id, ann.id}
        with refused(50035, 400, "name"):
            await channel.create_thread(name="x" * 101)
        await thread.edit(archived=True, locked=True)
        with refused(50083, 400):
            await thread.send("too late")
        with refused(50083, 400):
            await thread.get_partial_message(inside.id).edit(content="too late")
        with refused(50083, 400):
            await thread.add_user(discord.Object(ann.id))
        server.set_bot_permissions(discord_guild, 0)
        with refused(50013, 403):
            await channel.create_thread(name="private needs a permission")


async def test_pins(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    server.limits.pins = 2
    async with connected(server, bot):
        (channel,) = bot.guilds[0].text_channels
        sent = [await channel.send(str(i)) for i in range(3)]
        await sent[0].pin()
        await sent[1].pin()
        await sent[1].pin()
        with refused(30003, 400):
            await sent[2].pin()
        assert [m.content async for m in channel.pins()] == ["1", "0"]
        await sent[0].unpin()
        await sent[2].pin()
        stored = server.world.channels[channel.id].messages
        assert [m.pinned_at is not None for m in stored.values()] == [False, True, True]


async def test_history_and_deletion(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    async with connected(server, bot):
        (channel,) = bot.guilds[0].text_channels
        sent = [await channel.send(str(i)) for i in range(5)]
        newest = [m.content async for m in channel.history(limit=2)]
        assert newest == ["4", "3"]
        after = [m.content async for m in channel.history(after=sent[2], oldest_first=True)]
        assert after == ["3", "4"]
        before = [m.content async for m in channel.history(before=sent[2])]
        assert before == ["1", "0"]
        await sent[0].delete()
        with refused(10008, 404):
            await sent[0].delete()
        reply = await sent[1].reply("to that", mention_author=False)
        assert reply.reference is not None
        assert reply.reference.message_id == sent[1].id


async def test_menus(discord_server: DiscordServer, discord_guild: Guild):
    bot = Bare()
    ann = discord_server.person("Ann", discord_guild)
    bob = discord_server.person("Bob", discord_guild)

    @bot.tree.context_menu(name="Report")
    async def report(interaction: discord.Interaction, message: discord.Message) -> None:
        await interaction.response.send_message(f"read {message.content!r}", ephemeral=True)

    @bot.tree.context_menu(name="Show")
    async def show(interaction: discord.Interaction, member: discord.Member) -> None:
        await interaction.response.send_message(f"this is {member.display_name}", ephemeral=True)

    async with connected(discord_server, bot):
        written = await bob.says("something odd")
        assert (await (await ann.menu("Report", written)).reply()).text == "read 'something odd'"
        assert (await (await ann.menu("Show", bob)).reply()).text == "this is Bob"
    assert not bot.errors


async def test_what_people_do_and_see(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    ann = server.person("Ann", discord_guild)
    eve = server.person("Eve")
    staff = server.add_channel(discord_guild, "staff")
    server.overwrite(staff, discord_guild.roles[discord_guild.id], deny=Can.VIEW_CHANNEL)
    silent = server.add_channel(discord_guild, "silent")
    server.overwrite(silent, ann.user, deny=Can.SEND_MESSAGES)
    async with connected(server, bot):
        with pytest.raises(NotOffered, match="does not see #staff"):
            await ann.says("let me in", channel=staff)
        with pytest.raises(NotOffered, match="cannot write in #silent"):
            await ann.says("x", channel=silent)
        with pytest.raises(NotOffered, match="is in no channel"):
            await eve.says("x")
        written = await ann.says("x")
        with pytest.raises(NotOffered, match="one's own"):
            await eve.deletes(written)
        await ann.sees_nothing_new(0.01)
        await ann.deletes(written)
        with pytest.raises(NotOffered, match="does not see that message"):
            await ann.press(written, "Join")
        (general,) = (c for c in bot.guilds[0].text_channels if c.name == "general")
        await general.send("from the bot")
        answer = await ann.says("an answer", reply_to=await ann.sees("from the bot"))
        assert (await general.fetch_message(answer.id)).type is discord.MessageType.reply
        with pytest.raises(AssertionError, match=r"got \['news'\]"):
            await asyncio.gather(ann.sees_nothing_new(0.2), general.send("news"))
