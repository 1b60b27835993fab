"""What the server refuses in messages: too much, malformed, not allowed, not there."""

import io
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.discord_server import Can, DiscordServer, Guild
from tests.discord_server.bare import Bare, refused
from tests.discord_server.fixtures import connected

Json = dict[str, Any]
V2 = 1 << 15


class Sender(Bare):
    """Sends raw bodies, past what the library itself would catch."""

    async def post(self, channel_id: int, **body: object) -> Json:
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        return await self.http.request(route, json=body)

    async def patch(self, channel_id: int, message_id: int, **body: object) -> Json:
        route = Route(
            "PATCH",
            "/channels/{channel_id}/messages/{message_id}",
            channel_id=channel_id,
            message_id=message_id,
        )
        return await self.http.request(route, json=body)


def button(custom_id: str = "b", **more: object) -> Json:
    return {"type": 2, "style": 1, "label": "Press", "custom_id": custom_id, **more}


def row(*components: Json) -> Json:
    return {"type": 1, "components": list(components)}


def select(count: int = 1, **more: object) -> Json:
    options = [{"label": f"l{i}", "value": f"v{i}"} for i in range(count)]
    return {"type": 3, "custom_id": "s", "options": options, **more}


def text(content: str) -> Json:
    return {"type": 10, "content": content}


CLASSIC: list[tuple[str, list[Json]]] = [
    ("BASE_TYPE_BAD_LENGTH", [row(button(str(i))) for i in range(6)]),
    ("BASE_TYPE_BAD_LENGTH", [row(*[button(str(i)) for i in range(6)])]),
    ("BASE_TYPE_BAD_LENGTH", [row()]),
    ("COMPONENT_LAYOUT_WIDTH_EXCEEDED", [row(select(), button())]),
    ("BASE_TYPE_BAD_LENGTH", [row(select(26))]),
    ("BASE_TYPE_BAD_LENGTH", [row(select(0))]),
    ("SELECT_COMPONENT_MAX_VALUES_EXCEEDS_OPTIONS", [row(select(1, max_values=2))]),
    (
        "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED",
        [row({"type": 3, "custom_id": "s", "options": [{"label": "a", "value": "v"}] * 2})],
    ),
    ("BASE_TYPE_BAD_LENGTH", [row(button("x" * 101))]),
    ("BASE_TYPE_MAX_LENGTH", [row(button(label="x" * 81))]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 1, "label": "no id"})]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 5, "label": "no url"})]),
    ("BASE_TYPE_REQUIRED", [row({"type": 2, "style": 1, "custom_id": "nothing on it"})]),
    ("URL_TYPE_INVALID_SCHEME", [row({"type": 2, "style": 5, "label": "x", "url": "ftp://x"})]),
    (
        "MUTUALLY_EXCLUSIVE",
        [row({"type": 2, "style": 5, "label": "x", "url": "https://x.org", "custom_id": "b"})],
    ),
    ("COMPONENT_CUSTOM_ID_DUPLICATED", [row(button("same")), row(button("same"))]),
    ("UNION_TYPE_CHOICES", [button()]),
    ("UNION_TYPE_CHOICES", [text("needs the flag")]),
    ("UNION_TYPE_CHOICES", [row({"type": 4, "custom_id": "t", "style": 1})]),
]

LAYOUT: list[tuple[str, list[Json]]] = [
    (
        "COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED",
        [
            {"type": 17, "components": [text(str(i)) for i in range(20)]},
            {"type": 17, "components": [text(str(i)) for i in range(19)]},
        ],
    ),
    ("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", [text("x" * 2001), text("x" * 2000)]),
    (
        "COMPONENT_CUSTOM_ID_DUPLICATED",
        [
            row(button("same")),
            {"type": 9, "components": [text("a")], "accessory": button("same")},
        ],
    ),
    ("BASE_TYPE_REQUIRED", [{"type": 9, "components": [text("no accessory")]}]),
    ("UNION_TYPE_CHOICES", [{"type": 17, "components": [{"type": 17, "components": []}]}]),
    ("ATTACHMENT_NOT_FOUND", [{"type": 13, "file": {"url": "attachment://missing.txt"}}]),
    ("BASE_TYPE_BAD_LENGTH", [text("")]),
    ("COMPONENT_ID_DUPLICATED", [{**text("a"), "id": 7}, {**text("b"), "id": 7}]),
]


async def test_bodies(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        for code, components in CLASSIC:
            with refused(50035, 400, code):
                await bot.post(channel.id, content="x", components=components)
        for code, components in LAYOUT:
            with refused(50035, 400, code):
                await bot.post(channel.id, components=components, flags=V2)
        embed = {"title": "t" * 256, "description": "d" * 4096}
        for code, body in (
            ("content", {"content": "x" * 2001}),
            ("content", {"content": 5}),
            ("LEGACY_FIELDS", {"content": "x", "components": [text("a")], "flags": V2}),
            ("LEGACY_FIELDS", {"embeds": [embed], "components": [text("a")], "flags": V2}),
            ("MAX_EMBED_SIZE_EXCEEDED", {"embeds": [embed, embed]}),
            ("BASE_TYPE_MAX_LENGTH", {"embeds": [{"title": "x"}] * 11}),
            ("BASE_TYPE_MAX_LENGTH", {"embeds": [{"fields": [{"name": "n", "value": "v"}] * 26}]}),
            ("value", {"embeds": [{"fields": [{"name": "n", "value": "v" * 1025}]}]}),
            (
                "PARSE_EXCLUSIVE",
                {
                    "content": "x",
                    "allowed_mentions": {"parse": ["users"], "users": ["1"]},
                },
            ),
            ("nonce", {"content": "x", "nonce": "n" * 26}),
            ("ATTACHMENT_NOT_FOUND", {"content": "x", "attachments": [{"id": "0"}]}),
        ):
            with refused(50035, 400, code):
                await bot.post(channel.id, **body)
        for body in ({}, {"content": ""}, {"content": "  \n "}, {"embeds": []}):
            with refused(50006, 400):
                await bot.post(channel.id, **body)
    assert channel.messages == {}


async def test_the_shape_of_a_form_error(
    discord_server: DiscordServer, discord_guild: Guild, requests_unchecked: None
):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        with refused(50035):
            await bot.post(channel.id, content="x", components=[row(button(), button())])
    assert discord_server.requests[-1].response == {
        "code": 50035,
        "message": "Invalid Form Body",
        "errors": {
            "components": {
                "0": {
                    "components": {
                        "1": {
                            "custom_id": {
                                "_errors": [
                                    {
                                        "code": "COMPONENT_CUSTOM_ID_DUPLICATED",
                                        "message": "Component custom id cannot be duplicated",
                                    }
                                ]
                            }
                        }
                    }
                }
            }
        },
    }


async def test_what_just_fits(discord_server: DiscordServer, discord_guild: Guild):
    bot = Sender()
    (channel,) = discord_guild.channels.values()
    async with connected(discord_server, bot):
        rows = [row(*[button(f"{i}{j}") for j in range(5)]) for i in range(4)]
        rows.append(row(select(25)))
        await bot.post(channel.id, content="x" * 2000, components=rows)
        inside = [text("x" * 100) for _ in range(39)]
        sent = await bot.post(channel.id, components=[{"type": 17, "components": inside}], flags=V2)
        await bot.patch(channel.id, int(sent["id"]), components=[text("x" * 4000)])
        with refused(50035, path="LEGACY_FIELDS"):
            await bot.patch(channel.id, int(sent["id"]), content="back to classic")
        classic = await bot.post(channel.id, content="classic")
        with refused(50035, path="LEGACY_FIELDS"):
            await bot.patch(channel.id, int(classic["id"]), components=[text("a")], flags=V2)
        await bot.patch(
            channel.id, int(classic["id"]), content=None, components=[text("a")], flags=V2
        )


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
