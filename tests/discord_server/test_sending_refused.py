"""What the server refuses by place, person and time: who may send, read, edit or ping, where."""

import io

import discord
import pytest

from tests.discord_server import Can, DiscordServer, Guild
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected
from tests.discord_server.world import CATEGORY, FORUM


async def test_who_may_send_where(discord_server: DiscordServer, discord_guild: Guild):
    bot, server, guild = Bare(), discord_server, discord_guild
    closed = server.add_channel(guild, "closed")
    server.hide_from_bot(closed)
    quiet = server.add_channel(guild, "quiet")
    server.overwrite(quiet, server.world.bot, deny=Can.SEND_MESSAGES)
    plain = server.add_channel(guild, "plain")
    server.overwrite(plain, guild.roles[guild.id], deny=Can.ATTACH_FILES | Can.EMBED_LINKS)
    server.overwrite(plain, server.world.bot, deny=Can.ATTACH_FILES | Can.EMBED_LINKS)
    elsewhere = server.add_guild("Elsewhere", bot_permissions=None)
    (foreign,) = elsewhere.channels.values()
    async with connected(server, bot):

        def at(channel_id: int) -> discord.PartialMessageable:
            return bot.get_partial_messageable(channel_id)

        with refused(10003, 404):
            await at(1).send("x")
        for place in (closed, foreign):
            with refused(50001, 403):
                await at(place.id).send("x")
            with refused(50001, 403):
                await bot.fetch_channel(place.id)
        with refused(50013, 403):
            await at(quiet.id).send("x")
        with refused(50013, 403):
            await at(plain.id).send(file=discord.File(io.BytesIO(b"x"), "x.txt"))
        with refused(50013, 403):
            await at(plain.id).send(embed=discord.Embed(title="x"))
        sent = await at(plain.id).send("x")
        server.set_bot_permissions(guild, int(Can.VIEW_CHANNEL | Can.SEND_MESSAGES))
        server.overwrite(plain, guild.roles[guild.id], deny=Can.READ_MESSAGE_HISTORY)
        with refused(50001, 403):
            await at(plain.id).fetch_message(sent.id)
        assert [m async for m in at(plain.id).history()] == []
        with refused(160002, 400):
            await sent.reply("x")
        with refused(50013, 403):
            await sent.pin()
        for kind, code in ((CATEGORY, 50008), (FORUM, 40058)):
            place = server.add_channel(guild, "no place to write", kind=kind)
            with refused(code, 400):
                await at(place.id).send("x")
        everyone, role = guild.roles[guild.id], server.add_role(guild, "Staff")
        staff = server.add_channel(guild, "staff")
        server.overwrite(staff, everyone, deny=Can.VIEW_CHANNEL)
        with refused(50001, 403):
            await at(staff.id).send("x")
        server.overwrite(staff, role, allow=Can.VIEW_CHANNEL)
        server.give_role(guild, server.world.bot, role)
        await at(staff.id).send("x")
        server.take_role(guild, server.world.bot, role)
        with refused(50001, 403):
            await at(staff.id).send("x")
        server.remove_channel(staff)
        with refused(10003, 404):
            await at(staff.id).send("x")
        server.remove_bot(guild)
        with refused(50001, 403):
            await at(plain.id).send("x")
        with refused(10004, 404):
            await bot.fetch_guild(guild.id)


async def test_messages_of_others(discord_server: DiscordServer, discord_guild: Guild):
    bot, server, guild = Bare(), discord_server, discord_guild
    ann = server.person("Ann", guild)
    async with connected(server, bot):
        (channel,) = (c for g in bot.guilds for c in g.text_channels)
        written = await ann.says("mine")
        found = channel.get_partial_message(written.id)
        with refused(50005, 403):
            await found.edit(content="yours")
        server.set_bot_permissions(guild, 0)
        with refused(50013, 403):
            await found.delete()
        server.set_bot_permissions(guild, int(Can.MANAGE_MESSAGES))
        await found.delete()
        assert written.deleted
        for lost in (found.delete(), found.edit(content="x"), found.pin()):
            with refused(10008 if lost.__name__ != "pin" else 50013):
                await lost
        direct = await ann.says("to the bot", channel=ann.dm)
        with refused(50003, 403):
            await bot.get_partial_messageable(ann.dm.id).get_partial_message(direct.id).delete()


async def test_direct_messages(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    ann = server.person("Ann", discord_guild, dms_open=False)
    bob = server.person("Bob", discord_guild)
    eve = server.person("Eve")
    async with connected(server, bot):

        async def write(person_id: int) -> None:
            await (await bot.fetch_user(person_id)).send("hello")

        with refused(50007, 403):
            await write(ann.id)
        with refused(50278, 403):
            await write(eve.id)
        await write(bob.id)
        bob.user.dms_open = False
        with refused(50007, 403):
            await write(bob.id)
        ann.user.dms_open = True
        await write(ann.id)
        server.leave(discord_guild, ann.user)
        with refused(50278, 403):
            await write(ann.id)
        with refused(10013, 404):
            await bot.http.start_private_message(1)
    assert [m.text for m in bob.direct_messages] == ["hello"]


async def test_opening_direct_channels_too_fast(
    discord_server: DiscordServer, discord_guild: Guild
):
    bot, server = Bare(), discord_server
    server.limits.new_dms = 2
    people = [server.person(f"P{i}", discord_guild) for i in range(3)]
    async with connected(server, bot):
        for person in people[:2]:
            await (await bot.fetch_user(person.id)).send("hello")
        last = await bot.fetch_user(people[2].id)
        with refused(40003):
            await last.send("hello")
        await bot.http.start_private_message(people[0].id)  # known ones do not count
        server.clock.advance(server.limits.new_dms_seconds + 1)
        await last.send("hello")


async def test_edits_of_old_messages(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    server.limits.old_message_edits = 2
    async with connected(server, bot):
        (channel,) = (c for g in bot.guilds for c in g.text_channels)
        sent = await channel.send("0")
        for number in range(5):
            await sent.edit(content=str(number))
        server.clock.advance(3601)
        for number in range(2):
            await sent.edit(content=f"old {number}")
        with refused(30046, 429):
            await sent.edit(content="one too many")
        server.clock.advance(3601)
        await sent.edit(content="later")


async def test_files_and_links(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    server.limits.file_bytes = 1000
    async with connected(server, bot):
        (channel,) = (c for g in bot.guilds for c in g.text_channels)
        with refused(40005, 413):
            await channel.send(file=discord.File(io.BytesIO(b"x" * 1001), "big.bin"))
        file = discord.File(io.BytesIO(b"abc"), "a b.txt", description="three letters")
        sent = await channel.send(
            file=file, embed=discord.Embed().set_image(url="attachment://a_b.txt")
        )
        (attachment,) = sent.attachments
        assert (attachment.filename, attachment.description) == ("a_b.txt", "three letters")
        assert sent.embeds[0].image.url == attachment.url
        assert await attachment.read() == b"abc"
        server.clock.advance(24 * 3600 + 1)
        with pytest.raises(discord.NotFound):
            await attachment.read()
        again = await channel.fetch_message(sent.id)
        assert await again.attachments[0].read() == b"abc"
        with pytest.raises(discord.NotFound):
            await bot.http.get_from_cdn(again.attachments[0].url.replace("hm=", "hm=0"))
        await sent.edit(attachments=[])
        assert server.world.channels[channel.id].messages[sent.id].attachments == []


async def test_a_nonce_is_sent_once(discord_server: DiscordServer, discord_guild: Guild):
    bot, server = Bare(), discord_server
    (channel,) = discord_guild.channels.values()
    async with connected(server, bot):
        place = bot.get_partial_messageable(channel.id)
        first, second = await place.send("x", nonce="k1"), await place.send("x", nonce="k1")
        assert first.id == second.id
        assert len(channel.messages) == 1
        server.clock.advance(server.limits.nonce_seconds + 1)
        await place.send("x", nonce="k1")
        assert len(channel.messages) == 2


async def test_pings_are_those_allowed(discord_server: DiscordServer, discord_guild: Guild):
    bot, ann = Bare(), discord_server.person("Ann", discord_guild)
    (channel,) = discord_guild.channels.values()
    loud_role = discord_server.add_role(discord_guild, "Loud", mentionable=True)
    quiet_role = discord_server.add_role(discord_guild, "Quiet")
    async with connected(discord_server, bot):
        place = bot.get_partial_messageable(channel.id)
        words = f"{ann.mention} @everyone <@&{loud_role.id}> <@&{quiet_role.id}>"
        loud = await place.send(words)
        silent = await place.send(words, allowed_mentions=discord.AllowedMentions.none())
    stored = channel.messages
    assert stored[loud.id].mentions == [ann.user]
    assert not stored[loud.id].mention_everyone  # the bot lacks the permission
    assert stored[loud.id].mention_roles == [loud_role.id]
    assert stored[silent.id].mentions == []
    assert stored[silent.id].mention_roles == []
