"""What is registered with Discord, when, and what typed options become."""

import asyncio

import pytest

from adapters.discord.syncing import alike
from bot.domain.people import Standing
from bot.ui.action import Upload
from tests.adapters.discord.conftest import Bot
from tests.adapters.discord.gallery import Options, Topic
from tests.discord_server import Can, NotOffered

PUT = ("PUT", "/applications/{application_id}/commands")


def leaf(bot: Bot, group: str, sub: str) -> dict[str, dict[str, object]]:
    commands = bot.server.world.global_commands.values()
    found = next(one for one in commands if one["name"] == group)
    inner = next(one for one in found["options"] if one["name"] == sub)
    return {one["name"]: one for one in inner["options"]}


async def test_options_say_what_they_take(bot: Bot):
    options = leaf(bot, "gallery", "options")
    assert list(options)[:2] == ["word", "session"]
    assert options["word"]["required"]
    assert (options["word"]["min_length"], options["word"]["max_length"]) == (2, 8)
    assert options["session"]["autocomplete"]
    assert (options["number"]["min_value"], options["number"]["max_value"]) == (1, 9)
    assert not options["number"].get("required")
    assert [one["value"] for one in options["topic"]["choices"]] == ["tips", "evar", "pae"]  # pyright: ignore[reportGeneralTypeIssues]
    kinds = {name: one["type"] for name, one in options.items()}
    assert kinds == {
        "word": 3,
        "session": 3,
        "number": 4,
        "sure": 5,
        "topic": 3,
        "day": 3,
        "from": 3,
        "who": 6,
        "where": 7,
        "role": 8,
        "files": 11,
        "files_2": 11,
        "files_3": 11,
    }


async def test_a_command_with_a_form_requires_nothing_beforehand(bot: Bot):
    options = leaf(bot, "gallery", "form")
    assert not any(one.get("required") for one in options.values())
    assert not {"topics", "others", "story"} & set(options)


async def test_setup_is_for_managers_and_not_for_direct_messages(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    with pytest.raises(NotOffered):
        await ann.slash("setup gallery")
    with pytest.raises(NotOffered):
        await ann.slash("setup gallery", channel=ann.dm)
    boss = bot.server.add_role(bot.guild, "Boss", Can.MANAGE_GUILD)
    bob = bot.server.person("Bob", bot.guild, roles=(boss,))
    assert "Pressed" in (await (await bob.slash("setup gallery")).reply()).text
    assert Standing.MANAGER in bot.gallery.callers[-1].roles or bot.gallery.callers


async def test_commands_are_registered_only_when_they_differ(bot: Bot):
    assert len(bot.server.sent(*PUT)) == 1
    await bot.restart()
    assert len(bot.server.sent(*PUT)) == 1
    one = next(iter(bot.server.world.global_commands.values()))
    one["description"] = "Something else"
    await bot.restart()
    assert len(bot.server.sent(*PUT)) == 2


async def test_a_rate_limit_does_not_hold_up_the_start(idle: Bot):
    idle.server.faults.limit(8, *PUT[:1], "/commands")
    loop = asyncio.get_running_loop()
    began = loop.time()
    await idle.start()
    assert loop.time() - began < 7
    assert idle.open is not None


def test_comparing_leaves_aside_what_discord_adds():
    ours = [
        {
            "name": "say",
            "type": 1,
            "description": "Says",
            "options": [{"type": 3, "name": "text", "description": "T", "required": True}],
            "default_member_permissions": 32,
            "contexts": [1, 0],
            "dm_permission": True,
        }
    ]
    theirs = [
        {
            "id": "5",
            "version": "6",
            "name": "say",
            "type": 1,
            "description": "Says",
            "nsfw": False,
            "options": [
                {
                    "type": 3,
                    "name": "text",
                    "description": "T",
                    "required": True,
                    "autocomplete": False,
                    "name_localizations": None,
                }
            ],
            "default_member_permissions": "32",
            "contexts": [0, 1],
        }
    ]
    assert alike(ours, theirs)
    theirs[0]["options"][0]["required"] = False
    assert not alike(ours, theirs)


async def test_options_arrive_typed(bot: Bot):
    ann, bob = (bot.server.person(name, bot.guild) for name in ("Ann", "Bob"))
    role = bot.server.add_role(bot.guild, "Hosts")
    channel = next(iter(bot.guild.channels.values()))
    turn = await ann.slash(
        "gallery options",
        {
            "word": "abc",
            "session": "k3",
            "number": 7,
            "sure": True,
            "topic": "EVAR",
            "from": "home",
            "who": bob,
            "where": channel,
            "role": role,
            "files": ann.upload(b"one", "a.png"),
            "files_3": ann.upload(b"three", "c.png"),
        },
    )
    reply = await turn.reply()
    assert reply.text == "Noted."
    assert reply.private
    (ask,) = bot.gallery.seen
    assert isinstance(ask, Options)
    assert (ask.word, ask.session, ask.number, ask.sure) == ("abc", "k3", 7, True)
    assert (ask.topic, ask.from_) == (Topic.EVAR, "home")
    assert ask.who is not None
    assert (ask.where, ask.role) == (str(channel.id), str(role.id))
    assert ask.files == (
        Upload("a.png", b"one", "image/png"),
        Upload("c.png", b"three", "image/png"),
    )


async def test_suggestions_fit_and_trouble_gives_none(bot: Bot, caplog: pytest.LogCaptureFixture):
    ann = bot.server.person("Ann", bot.guild)
    offered = await ann.autocomplete("gallery options", "session", "k1")
    assert [one["value"] for one in offered][:2] == ["k1", "k10"]
    assert all(len(one["name"]) <= 100 for one in offered)
    assert await ann.autocomplete("gallery options", "session", "boom") == []
    assert "DOE" not in caplog.text


async def test_a_command_typed_in_a_direct_message(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    await (await ann.slash("say", {"text": "here"})).reply()
    reply = await (await ann.slash("say", {"text": "there"}, channel=ann.dm)).reply()
    assert reply.text == "there"
    assert not reply.private
    caller = bot.gallery.callers[-1]
    assert caller.place is None
    assert caller.community == bot.gallery.callers[0].community


async def test_somebody_who_belongs_nowhere_is_told_so(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("say", {"text": "there"}, channel=ann.dm)).reply()
    assert "not a member" in reply.text


async def test_a_command_that_is_gone_is_answered(bot: Bot):
    bot.server.world.global_commands[999] = {
        **next(c for c in bot.server.world.global_commands.values() if c["name"] == "say"),
        "id": "999",
        "name": "gone",
    }
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("gone", {"text": "x"})).reply()
    assert "earlier version" in reply.text
    assert reply.private
