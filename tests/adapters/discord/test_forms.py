"""Forms as modals: every kind of field, pages, corrections, restarts."""

import asyncio

from bot.ui.action import Upload
from tests.adapters.discord.conftest import Bot
from tests.adapters.discord.gallery import Everything, Say, Topic, Week


async def test_every_kind_of_field_over_three_pages(bot: Bot):
    ann, bob = (bot.server.person(name, bot.guild) for name in ("Ann", "Bob"))
    role = bot.server.add_role(bot.guild, "Hosts")
    channel = next(iter(bot.guild.channels.values()))
    modal = await (await ann.slash("gallery form", {"word": "begun"})).modal()
    assert modal.title == "/gallery form (1/3)"
    assert list(modal.fields) == ["word", "session", "topic", "week", "topics"]
    assert modal.fields["word"]["value"] == "begun"
    assert [one["type"] for one in modal.fields.values()] == [4, 3, 21, 3, 22]

    between = await (
        await ann.submit(
            modal,
            {"session": "k3", "topic": "TIPS", "week": "f", "topics": ["TIPS", "PAE"]},
        )
    ).reply()
    assert between.private
    assert between.labels == ["Continue"]
    modal = await (await ann.press(between, "Continue")).modal()
    assert [one["type"] for one in modal.fields.values()] == [4, 23, 21, 5, 5]
    turn = await ann.submit(
        modal, {"number": "5", "sure": True, "really": "yes", "who": [bob], "others": [ann, bob]}
    )
    between = await turn.update()
    modal = await (await ann.press(between, "Continue")).modal()
    assert [one["type"] for one in modal.fields.values()] == [8, 6, 19, 4]
    files = [ann.upload(b"first", "z.png"), ann.upload(b"second", "a.png")]
    turn = await ann.submit(
        modal, {"where": [channel], "role": [role], "files": files, "story": "Once\nupon"}
    )
    assert (await turn.reply()).text == "Noted."
    (ask,) = bot.gallery.seen
    assert isinstance(ask, Everything)
    assert (ask.word, ask.session, ask.topic, ask.week) == ("begun", "k3", Topic.TIPS, Week.F)
    assert ask.topics == (Topic.TIPS, Topic.PAE)
    assert (ask.number, ask.sure, ask.really) == (5, True, True)
    assert ask.who is not None
    assert len(ask.others) == 2
    assert (ask.where, ask.role) == (str(channel.id), str(role.id))
    assert ask.files == (
        Upload("z.png", b"first", "image/png"),
        Upload("a.png", b"second", "image/png"),
    )
    assert ask.story == "Once\nupon"


async def test_wrong_answers_come_back_filled_in(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    modal = await (await ann.slash("gallery form", {"number": 4})).modal()
    values = {"word": "fine", "session": "k3", "topic": "TIPS", "week": "f", "topics": ["PAE"]}
    between = await (await ann.submit(modal, values)).reply()
    modal = await (await ann.press(between, "Continue")).modal()
    wrong = await (await ann.submit(modal, {"number": "many"})).reply()
    assert "Write a whole number" in wrong.text
    modal = await (await ann.press(wrong, "Correct it")).modal()
    assert modal.fields["number"]["value"] == "many"
    assert "whole number" in modal.fields["number"]["description"]


async def test_a_submit_after_a_restart(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    modal = await (await ann.slash("gallery open")).modal()
    assert modal.fields["text"]["value"] == "hello"
    await bot.restart()
    turn = await ann.submit(modal, {"text": "after all"})
    assert (await turn.reply()).text == "after all"
    assert bot.gallery.seen == [Say("after all")]


async def test_a_form_from_a_button_and_its_words_above(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    modal = await (await ann.press(shown, "Form")).modal()
    turn = await ann.submit(modal, {"text": "from a button"})
    reply = await turn.reply()
    assert reply.text == "from a button"
    assert reply.private
    assert shown.text == "A screen."


async def test_a_form_that_takes_too_long_waits_behind_a_button(bot: Bot):
    bot.gallery.hold = asyncio.Event()
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    turn = await ann.press(shown, "Slow form")
    await turn.answered()
    bot.gallery.hold.set()
    reply = await turn.reply()
    assert reply.labels == ["Continue"]
    modal = await (await ann.press(reply, "Continue")).modal()
    assert (await (await ann.submit(modal, {"text": "x"})).reply()).text == "x"


async def test_a_form_in_a_direct_message(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    await (await ann.slash("say", {"text": "here"})).reply()
    modal = await (await ann.slash("gallery open", channel=ann.dm)).modal()
    reply = await (await ann.submit(modal, {"text": "there"})).reply()
    assert (reply.text, reply.private) == ("there", False)


async def test_a_form_whose_answer_is_for_all(bot: Bot):
    ann, bob = (bot.server.person(name, bot.guild) for name in ("Ann", "Bob"))
    modal = await (await ann.slash("gallery announce")).modal()
    turn = await ann.submit(modal, {"text": "hear"})
    reply = await turn.reply()
    assert (reply.text, reply.private, turn.thinking) == ("hear", False, False)
    assert [one.text for one in bob.messages()] == ["hear"]
