"""Who gets which answer, in time, through every kind of trouble."""

import asyncio
import re

import pytest

from bot.runtime.places import Places
from bot.ui.parts import Can
from tests.adapters.discord.conftest import Bot
from tests.adapters.discord.gallery import Chosen, Press, Say, Topic
from tests.discord_server import Can as Permission
from tests.discord_server.faults import Fault

CALLBACK = "/callback"


async def test_every_part_arrives(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("gallery show", {"what": "every"})).reply()
    assert reply.private
    assert r"### Heading \# a b" in reply.text
    assert [one.filename for one in reply.attachments] == ["one.png", "two.png", "hour.ics"]
    assert reply.labels[:3] == ["Plain", "Main", "Grave"]
    assert len(reply.selects) == 2
    assert "I can remove it." not in reply.text or Can.REMOVE_OTHERS_MESSAGES in (
        bot.gallery.callers[-1].can
    )


@pytest.mark.parametrize(
    ("bits", "says"),
    [(Permission.MANAGE_MESSAGES, "I can remove it."), (0, "I cannot remove it.")],
)
async def test_both_branches_of_a_capability(bot: Bot, bits: int, says: str):
    bot.server.set_bot_permissions(bot.guild, bits)
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("gallery show", {"what": "every"})).reply()
    assert says in reply.text


async def test_what_people_type_calls_nobody_and_changes_nothing(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    typed = f"@everyone <@{ann.id}> **b** [x](https://evil.example)\n# big\n<#1> <t:1:R>"
    reply = await (await ann.slash("say", {"text": typed})).reply()
    assert not reply.mentions
    assert not reply.mention_everyone
    assert reply.text == (
        f"@\u200beveryone \\<@{ann.id}> \\*\\*b\\*\\* \\[x\\](<https://evil.example>)\n"
        "\\# big\n\\<#1> \\<t:1:R>"
    )


async def test_only_who_should_be_called_is_called(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("gallery show", {"what": "ping"})).reply()
    assert [one.id for one in reply.mentions] == [ann.id]


async def test_a_long_answer_comes_in_several_messages(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    turn = await ann.slash("gallery show", {"what": "lines"})
    messages = await turn.settled()
    assert len(messages) > 2
    assert all(one.private for one in messages)
    assert sum(one.text.count("line of many") for one in messages) == 400


async def test_twenty_people_at_once_are_acknowledged_in_time(bot: Bot):
    bot.gallery.hold = asyncio.Event()
    people = [bot.server.person(f"P{n}", bot.guild) for n in range(20)]
    turns = [await one.slash("gallery show", {"what": "hold"}) for one in people]
    for turn in turns:
        await turn.answered()
    slowest = max(
        (turn.interaction.answered_at or 1e9) - turn.interaction.started for turn in turns
    )
    assert slowest < 2
    bot.gallery.hold.set()
    assert [(await turn.reply()).text for turn in turns] == ["At last."] * 20


async def test_a_public_answer_is_public_and_a_private_one_makes_way(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    turn = await ann.slash("gallery public")
    assert not (await turn.reply()).private
    turn = await ann.slash("gallery public", {"quietly": True})
    reply = await turn.reply()
    assert reply.private
    assert not turn.thinking
    bob = bot.server.person("Bob", bot.guild)
    assert [one.text for one in bob.messages()] == ["For all to see."]


async def test_a_private_answer_never_replaces_what_everybody_sees(bot: Bot):
    ann, bob = (bot.server.person(name, bot.guild) for name in ("Ann", "Bob"))
    shown = await (await ann.slash("gallery public")).reply()
    turn = await bob.press(shown, "Replace")
    reply = await turn.reply()
    assert reply.private
    assert reply.text == "Replaced."
    assert shown.text == "For all to see."


async def test_buttons_and_lists(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    assert (await (await ann.press(shown, "Press")).reply()).text == "Pressed again."
    topic, topics = (one["custom_id"] for one in shown.selects)
    assert (
        await (await ann.choose(shown, "EVAR", custom_id=topic)).reply()
    ).text == "Pressed select."
    await (await ann.choose(shown, ["TIPS", "PAE"], custom_id=topics)).reply()
    assert bot.gallery.seen[-2:] == [
        Press("select", Topic.EVAR),
        Chosen((Topic.TIPS, Topic.PAE)),
    ]
    await (await ann.choose(shown, [], custom_id=topics)).reply()
    assert bot.gallery.seen[-1] == Chosen(())


async def test_an_answer_replaces_the_message_of_its_button(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    changed = await (await ann.press(shown, "Replace")).update()
    assert (changed.text, changed.labels) == ("Replaced.", ["Press"])
    assert (await (await ann.press(changed, "Press")).reply()).text == "Pressed again."


async def test_a_classic_message_becomes_a_layout_and_stays_one(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    changed = await (await ann.press(shown, "Replace with pictures")).update()
    assert [one.filename for one in changed.attachments] == ["one.png"]
    changed = await (await ann.press(changed, "Back")).update()
    assert changed.text == "Replaced."
    assert not changed.attachments
    assert (await (await ann.press(changed, "Press")).reply()).text == "Pressed again."


async def test_old_buttons_work_after_a_restart_and_after_an_edit(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    old = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    changed = await (await ann.press(old, "Replace")).update()
    other = await (await ann.slash("gallery show", {"what": "every"})).reply()
    await bot.restart()
    assert (await (await ann.press(changed, "Press")).reply()).text == "Pressed again."
    assert (await (await ann.press(other, "Grave")).reply()).text == "Pressed grave."


async def test_a_button_that_nobody_can_read_is_answered(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    shown.components[0]["components"][0]["custom_id"] = "{something: else}"
    reply = await (await ann.press(shown, custom_id="{something: else}")).reply()
    assert "earlier version" in reply.text
    assert reply.private


async def test_in_a_crowd_everybody_is_acknowledged_and_forms_are_let_by(bot: Bot):
    bot.core.places = Places(1, seconds=60)
    bot.gallery.hold = asyncio.Event()
    ann, ben = (bot.server.person(name, bot.guild) for name in ("Ann", "Ben"))
    shown = await (await ben.slash("gallery show", {"what": "classic"})).reply()
    first = await ann.slash("gallery show", {"what": "hold"})
    await first.answered()
    second = await ben.slash("say", {"text": "next"})
    await second.answered()
    await (await ben.press(shown, "Form")).modal()
    assert Say("next") not in bot.gallery.seen
    bot.gallery.hold.set()
    assert (await first.reply()).text == "At last."
    assert (await second.reply()).text == "next"


async def test_a_lost_acknowledgement_counts(bot: Bot, requests_unchecked: None):
    ann = bot.server.person("Ann", bot.guild)
    bot.server.faults.error("POST", CALLBACK, after=True)
    turn = await ann.slash("say", {"text": "twice"})
    assert (await turn.reply()).text == "twice"
    assert len(bot.gallery.seen) == 1


async def test_too_late_to_be_acknowledged_nothing_happens(bot: Bot, requests_unchecked: None):
    bot.server.limits.ack_seconds = 0.0
    ann = bot.server.person("Ann", bot.guild)
    await ann.slash("say", {"text": "late"})
    await asyncio.sleep(0.3)
    assert bot.gallery.seen == []


async def test_an_answer_whose_token_has_expired_goes_to_direct_messages(
    bot: Bot, requests_unchecked: None
):
    bot.gallery.hold = asyncio.Event()
    ann = bot.server.person("Ann", bot.guild)
    turn = await ann.slash("gallery show", {"what": "hold"})
    await turn.answered()
    bot.server.clock.advance(901)
    bot.gallery.hold.set()
    await ann.sees("At last.", channel=ann.dm)


async def test_a_dismissed_answer_is_sent_afresh(bot: Bot, requests_unchecked: None):
    bot.gallery.hold = asyncio.Event()
    ann = bot.server.person("Ann", bot.guild)
    turn = await ann.slash("gallery show", {"what": "hold"})
    await turn.answered()
    original = turn.interaction.original
    assert original is not None
    original.deleted = True
    bot.gallery.hold.set()
    assert (await turn.reply()).text == "At last."


async def test_trouble_in_a_feature_and_in_the_adapter_ends_in_one_sentence(
    bot: Bot, caplog: pytest.LogCaptureFixture, requests_unchecked: None
):
    ann = bot.server.person("Ann", bot.guild)
    reply = await (await ann.slash("gallery show", {"what": "fail"})).reply()
    assert "Something went wrong" in reply.text
    bot.server.faults.error("PATCH", "@original", status=400)
    reply = await (await ann.slash("say", {"text": "DOE, JANE"})).reply()
    assert "Something went wrong" in reply.text
    assert "DOE" not in caplog.text


async def test_a_text_of_which_nothing_can_be_seen(bot: Bot):
    ann = bot.server.person("Ann", bot.guild)
    assert (await (await ann.slash("say", {"text": "\u3164\u3164"})).reply()).text == "\u2013"


async def test_an_acknowledgement_that_never_arrived(bot: Bot, requests_unchecked: None):
    bot.server.faults.drop("POST", CALLBACK)
    ann = bot.server.person("Ann", bot.guild)
    await ann.slash("say", {"text": "asked"})
    await ann.sees("asked", channel=ann.dm)


async def test_a_message_too_old_to_be_changed_is_followed_by_a_new_one(
    bot: Bot, requests_unchecked: None
):
    ann = bot.server.person("Ann", bot.guild)
    shown = await (await ann.slash("gallery show", {"what": "classic"})).reply()
    refusal = {"code": 30046, "message": "Maximum number of edits to messages older than 1 hour"}
    bot.server.faults._add(Fault("PATCH", re.compile("@original"), status=429, body=refusal))
    turn = await ann.press(shown, "Replace")
    assert (await turn.reply()).text == "Replaced."


async def test_a_gateway_that_does_not_say_goodbye_does_not_hold_up_the_end(bot: Bot):
    bot.server.gateway.freeze()
    loop = asyncio.get_running_loop()
    began = loop.time()
    await bot.stop()
    assert loop.time() - began < 5
    bot.server.gateway.thaw()


async def test_stopping_finishes_what_is_held(bot: Bot):
    bot.gallery.hold = asyncio.Event()
    ann = bot.server.person("Ann", bot.guild)
    turn = await ann.slash("gallery show", {"what": "hold"})
    await turn.answered()
    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0.1)
    assert not stopping.done()
    bot.gallery.hold.set()
    await stopping
    assert (await turn.reply()).text == "At last."
    assert not bot.server.gateway.connected
