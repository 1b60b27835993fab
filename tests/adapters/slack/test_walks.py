"""People at their Slack client and the real bolt app between them and the core."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime

from bot.runtime.places import Places
from tests.adapters.slack.conftest import Bot
from tests.adapters.slack.feature import Every, Note, Pick, Size
from tests.slack_server import SlackServer, Upload


async def test_every_part_in_private(slack: SlackServer, bot: Bot):
    dana = slack.person("dana", tz="Asia/Tokyo")
    outcome = await dana.command("/ir-kit", "look")
    assert outcome.acknowledged
    reply = await dana.told("Everything")
    words = dana.words(reply)
    assert "From @dana at Mar 12, 2027 03:00" in words
    assert "Try" in words
    assert "`/ir-kit note text:hello`" in words
    assert "The answer" in words
    assert "Long forms" in words
    assert "It goes" in words
    assert dana.labels(reply) == ["Swap", "Write", "Read more", "Fail"]


async def test_every_part_for_all_hides_in_the_thread(slack: SlackServer, bot: Bot):
    dana, omar = slack.person("dana"), slack.person("omar")
    await dana.command("/ir-kit", "post")
    post = await omar.reads("Everything")
    assert post.only_for is None
    assert "The answer" not in omar.words(post)
    below = await omar.reads("The answer")
    assert below.thread_ts == post.ts
    assert post.pings == []


async def test_words_fill_the_options_and_the_form_asks_for_the_rest(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "note I < you & TIPS: at 18:00")
    await dana.told("Noted: I < you & TIPS: at 18:00")
    assert bot.kit.seen == [Note("I < you & TIPS: at 18:00")]
    await dana.command("/ir-kit", "note seats:3")
    form = await dana.gets_form("/ir-kit note")
    assert (await dana.submit(form, {"text": "hello\nworld"})).acknowledged
    await dana.told("Noted: hello\nworld")
    assert bot.kit.seen[-1] == Note("hello\nworld", 3)
    assert dana.views == []


async def test_doubt_opens_the_form_filled_in(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "note text:hello seats:many")
    form = await dana.gets_form("seats:many")
    assert form.values["text"]["value"]["value"] == "hello"
    assert bot.kit.seen == []


async def test_a_yes_or_no_that_was_typed_stands_in_the_form(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    for typed, stands in (("true", "yes"), ("false", "no")):
        await dana.command("/ir-kit", f"every public: {typed}")
        form = await dana.gets_form("/ir-kit every")
        assert form.values["public"]["value"]["selected_option"]["value"] == stands
        dana.views.clear()
    await dana.command("/ir-kit", "every public: perhaps")
    form = await dana.gets_form("public:perhaps")
    assert form.values["public"]["value"]["selected_option"] is None


async def test_every_kind_of_field(slack: SlackServer, bot: Bot):
    dana, omar = slack.person("dana"), slack.person("omar")
    await dana.command("/ir-kit", "every")
    form = await dana.gets_form("/ir-kit every")
    values = {
        "title": "A title",
        "body": "Two\nlines",
        "seats": 5,
        "public": "Yes",
        "size": "Large",
        "sizes": ["Small", "Large"],
        "day": "2027-03-11",
        "start": "2027-03-11 18:00",
        "host": omar.id,
        "guests": [dana.id, omar.id],
        "where": slack.channel("general").id,
        "role": "S123",
        "dish": "soup",
        "town": "Bern",
        "pictures": [Upload("a.png", b"AAA", "image/png"), Upload("b.png", b"BB", "image/png")],
    }
    outcome = await dana.submit(form, values)
    assert outcome.errors == {}
    await dana.told("Noted: A title")
    (seen,) = bot.kit.seen
    assert isinstance(seen, Every)
    assert (seen.title, seen.body, seen.seats, seen.public) == ("A title", "Two\nlines", 5, True)
    assert (seen.size.value, [size.value for size in seen.sizes]) == ("large", ["small", "large"])
    assert seen.day == date(2027, 3, 11)
    assert seen.start is not None
    assert seen.start.at == datetime(2027, 3, 11, 23, 0, tzinfo=UTC)  # typed in New York
    assert len(seen.guests) == 2
    assert seen.host in seen.guests
    assert seen.where == slack.channel("general").id
    assert (seen.role, seen.dish, seen.town) == ("S123", "soup", "Bern")
    assert [(one.name, one.content, one.media_type) for one in seen.pictures] == [
        ("a.png", b"AAA", "image/png"),
        ("b.png", b"BB", "image/png"),
    ]


async def test_what_is_wrong_stands_at_the_field(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "every")
    form = await dana.gets_form()
    omar = slack.person("omar")
    good = {
        "title": "Fine",
        "body": "b",
        "seats": 2,
        "public": "No",
        "size": "Small",
        "sizes": ["Small"],
        "guests": [omar.id],
        "host": omar.id,
        "where": slack.channel("general").id,
        "dish": "stew",
        "town": "Paris",
        "pictures": [Upload("a.png", b"AAA", "image/png")],
    }
    outcome = await dana.submit(form, {**good, "body": "  ", "start": "whenever"})
    assert list(outcome.errors) == ["body", "start"]
    assert outcome.errors["body"] == "This is needed."
    assert bot.kit.seen == []
    outcome = await dana.submit(dana.view, {"body": "words", "start": "2027-06-01 10:00"})
    assert outcome.errors == {}
    await dana.told("Noted: Fine")
    assert len(bot.kit.seen) == 1


async def test_lists_buttons_and_steps(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "look")
    reply = await dana.told("Everything")
    await dana.choose(reply, "Large", label="One size")
    await dana.choose(reply, ["Small", "Large"], label="Some sizes")
    await slack.wait_for(lambda: len(bot.kit.seen) == 2)
    assert bot.kit.seen == [Pick((), Size.LARGE), Pick((Size.SMALL, Size.LARGE))]
    assert (await dana.press(reply, "Read more")).acknowledged
    await dana.press(reply, "Swap")
    step = await dana.told("Step 1")
    assert step is reply  # a private reply is replaced by the act in it
    await dana.press(step, "Again")
    await dana.told("Step 2")
    assert len(dana.private) == 3


async def test_a_public_message_is_replaced_by_public_words_only(slack: SlackServer, bot: Bot):
    dana, omar = slack.person("dana"), slack.person("omar")
    await dana.command("/ir-kit", "loud")
    message = await omar.reads("Loud 0")
    await omar.press(message, "Louder")
    assert (await omar.reads("Loud 1")) is message
    await omar.press(message, "Mine")
    step = await omar.told("Step 9")
    assert step is not message
    assert "Loud 1" in dana.words(message)
    assert not dana.private


async def test_in_a_crowd_everybody_is_acknowledged_and_forms_are_let_by(
    slack: SlackServer, bot: Bot
):
    bot.core.places = Places(1, seconds=60)
    bot.kit.hold = asyncio.Event()
    dana, omar = slack.person("dana"), slack.person("omar")
    await omar.command("/ir-kit", "look")
    look = await omar.told("Everything")
    assert (await dana.command("/ir-kit", "note hold")).acknowledged
    await slack.wait_for(lambda: bot.kit.seen)
    assert (await omar.command("/ir-kit", "note next")).acknowledged
    assert (await omar.command("/ir-kit", "note")).acknowledged
    await omar.gets_form("/ir-kit note")
    omar.views.clear()
    await omar.press(look, "Write")
    await omar.gets_form("A note")
    assert Note("next") not in bot.kit.seen
    bot.kit.hold.set()
    await dana.told("Noted: hold")
    await omar.told("Noted: next")


async def test_a_form_from_a_button_and_a_refusal_to_mend(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "open")
    form = await dana.gets_form("Tell me.")
    assert form.title == "A note"
    await dana.submit(form, {"text": "stone", "seats": 2})
    reply = await dana.told("Stones are out.")
    await dana.press(reply, "Correct it")
    form = await dana.gets_form("A note")
    assert form.values["text"]["value"]["value"] == "stone"
    assert form.values["seats"]["value"]["value"] == "2"
    await dana.submit(form, {"text": "flower"})
    await dana.told("Noted: flower")


async def test_a_form_after_a_form(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "chain")
    form = await dana.gets_form("First")
    await dana.submit(form, {"text": "again"})
    form = await dana.gets_form("And now a note")
    await dana.submit(form, {"text": "done"})
    await dana.told("Noted: done")


async def test_suggestions_come_while_typing(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "every")
    form = await dana.gets_form()
    outcome = await dana.suggest(form, "town", "Ba")
    assert [option["text"]["text"] for option in outcome.options] == ["Basel", "Bari"]
    assert (await dana.suggest(form, "town", "zzz")).options == []


async def test_a_late_trigger_gives_a_button_instead(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    slack.triggers.seconds = -1.0
    outcome = await dana.command("/ir-kit", "note seats:3")
    assert outcome.acknowledged
    reply = await dana.told("The form is ready now.")
    slack.triggers.seconds = 3.0
    await dana.press(reply, "Continue")
    form = await dana.gets_form("/ir-kit note")
    assert form.values["seats"]["value"]["value"] == "3"


async def test_a_private_reply_with_a_file_is_a_direct_message(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "keep")
    await dana.told("I sent you a direct message")
    await dana.gets_dm("Your receipt")
    dm = await dana.gets_dm("[file seat.ics]")
    assert "[file chart.png]" in dana.words(dm)
    files = [slack.workspace.files[each] for each in dm.files]
    assert [(file.title, file.alt_txt) for file in files] == [
        ("For your calendar", None),
        ("A chart of seats", "A chart of seats"),
    ]
    # In the conversation with the bot nothing has to be said about it.
    await dana.command("/ir-kit", "keep", "dm")
    await slack.wait_for(lambda: len([m for m in dana.dms if m.files]) == 2)
    assert len(dana.private) == 1


async def test_a_file_instead_of_the_message_that_was_acted_on(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "swap")
    card = await dana.told("Step 0")
    await dana.press(card, "Keep")
    assert (await dana.told("I sent you a direct message")) is card  # nothing to press twice
    await dana.gets_dm("[file seat.ics]")
    await dana.command("/ir-kit", "swap", "dm")
    card = await dana.gets_dm("Step 0")
    await dana.press(card, "Keep")
    await slack.wait_for(lambda: len([m for m in dana.dms if m.files]) == 2)
    assert dana.words(card) == "Your receipt"
    assert len(dana.private) == 1


async def test_a_file_for_somebody_whose_messages_are_closed(slack: SlackServer, bot: Bot):
    dana = slack.person("dana", dms_refused_with="cannot_dm_bot")
    await dana.command("/ir-kit", "keep")
    await dana.told("Your receipt")
    await dana.told("which I could not send you")


async def test_in_the_conversation_with_the_bot_answers_stay(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "swap", "dm")
    message = await dana.gets_dm("Step 0")
    assert message.only_for is None
    await dana.press(message, "Again")
    assert (await dana.gets_dm("Step 1")) is message


async def test_a_long_answer_comes_whole(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "long")
    await dana.told("59 & long words", within=10.0)
    read = "\n".join(dana.words(message) for message in dana.private)
    assert all(f"{n} & long words" in read for n in range(60))
    assert len(dana.private) > 5  # more than Slack's address for answers takes


async def test_where_the_bot_is_not_a_member(slack: SlackServer, bot: Bot):
    dana, omar = slack.person("dana"), slack.person("omar")
    slack.channel("quiet", dana, omar, with_bot=False)
    await dana.command("/ir-kit", "note hello", "quiet")
    await dana.told("Noted: hello")
    await dana.command("/ir-kit", "open", "quiet")
    await dana.submit(await dana.gets_form(), {"text": "from a form"})
    reply = await dana.told("Noted: from a form")
    assert reply.channel == slack.channel("quiet").id
    await dana.command("/ir-echo", "hello all", "quiet")
    await omar.reads("hello all", "quiet")
    # What is covered cannot be posted as it is meant: the reply becomes private.
    await dana.command("/ir-kit", "post", "quiet")
    reply = await dana.told("Everything")
    assert reply.only_for == dana.id
    await dana.told("Invite me first")
    assert "Everything" not in "".join(omar.words(m) for m in omar.messages("quiet"))


async def test_nothing_typed_pings_or_pretends(slack: SlackServer, bot: Bot):
    dana, omar = slack.person("dana"), slack.person("omar")
    for attack in ("<!channel>", "&lt;!here&gt;", "@omar", "<!subteam^S1>", "https://x.y/?a=1&b=2"):
        await dana.command("/ir-echo", f"hear {attack}")
        await omar.reads(f": hear {attack}")
    slack.assert_nobody_pinged()
    await dana.command("/ir-echo", "text:louder loud:yes")
    message = await omar.reads(": louder")
    assert message.pings == [f"<@{dana.id}>"]


async def test_unknown_words_after_a_command(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "notte hello")
    reply = await dana.told("There is no `/ir-kit notte` here. You can type")
    assert "`/ir-kit note`" in dana.words(reply)
    await dana.command("/ir-kit", "")
    reply = await dana.told("You can type")
    assert "`/ir-kit look`" in dana.words(dana.private[-1])


async def test_who_may(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    boss = slack.person("boss", is_admin=True)
    guest = slack.person("guest", is_restricted=True)
    slack.channel("general", guest)
    await dana.command("/ir-kit", "rule")
    await dana.told("for moderators")
    await boss.command("/ir-kit", "rule")
    await boss.told("Noted")
    await guest.command("/ir-kit", "note hello")
    await guest.told("Guests can look at")


async def test_a_failure_is_told_without_what_was_in_it(slack: SlackServer, bot: Bot, caplog):
    dana = slack.person("dana")
    await dana.command("/ir-kit", "look")
    await dana.press(await dana.told("Everything"), "Fail")
    await dana.told("Something went wrong on our side")
    assert "DOE" not in caplog.text


async def test_the_panel_follows_what_happens(slack: SlackServer, bot: Bot):
    dana = slack.person("dana")
    await dana.open_home()
    home = await dana.gets_home("0 things happened.")
    await dana.command("/ir-kit", "note hello")
    await dana.gets_home("1 thing happened.")
    await dana.press(home, "Write")
    form = await dana.gets_form("Tell me.")
    await dana.submit(form, {"text": "from home"})
    await dana.gets_dm("Noted: from home")
    await dana.gets_home("2 things happened.")
    await dana.press(await dana.gets_home(), "Swap")
    await dana.gets_dm("Step 5")
