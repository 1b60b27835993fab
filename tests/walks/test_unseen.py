"""Questions without a name at each platform's client, of sessions and of `ask`: whoever asked is
muted unseen, and is known to two moderators together, never to one.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest

from tests.walks.clients import CLIENTS, Client, Shown
from tests.walks.conftest import Town
from tests.walks.people import code_in, typed

pytestmark = pytest.mark.timeout(300)
MUTED = "no questions without a name here"


QUESTION = "What does a partner earn?"
NAME = "ann"
CODE = re.compile(r"Your question `?([0-9a-z]+)`?")


def tells(shown: Shown, person: Client) -> bool:
    """Whether it says who somebody is, in either of their names."""
    return NAME in shown.text or person.account in shown.text


async def looked_into(first: Client, seen: Shown, author: Client) -> None:
    """What one moderator can do alone: mute, take that back, and wish to know."""
    assert not tells(seen, author)
    muted = await first.press(seen, "Mute whoever asked", MUTED)
    assert not tells(muted, author)
    back = await first.press(muted, "Take that back", "Learning who asked takes two")
    wished = await first.press(back, "Ask to learn who it was", "when a second moderator agrees")
    assert "Agree" not in wished.labels, "nobody agrees with themselves"
    assert not tells(wished, author)


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_question_of_a_session(town: Town, platform: str) -> None:
    bot = await town.run()
    at = CLIENTS[platform]
    hana, ann, mia, moe = (at(town, name) for name in ("hana", "ann", "mia", "moe"))
    for moderator in (mia, moe):
        moderator.moderates()
    starts = (datetime.now(UTC) + timedelta(days=4)).replace(hour=15, minute=0)
    plan = {"title": "Contracts", "topic": "career", "starts": typed(starts), "where": "Room 12"}
    echo = await hana.types("hours host", "Is this right?", **plan)
    code = code_in((await hana.press(echo, "Confirm", "is open for sign-up")).text)
    ask = {"session": code, "question": QUESTION}
    await ann.types("hours ask", "never who asked it", **ask)
    assert not tells(await hana.types("hours roster", QUESTION, session=code), ann)

    roster = await mia.types("hours roster", QUESTION, session=code)
    seen = await mia.picks(roster, "Look into a question", QUESTION, "takes two moderators")
    await looked_into(mia, seen, ann)
    await ann.types("hours ask", "is noted", session=code, question="And in a hospital?")
    roster = await moe.types("hours roster", QUESTION, session=code)
    seen = await moe.picks(roster, "Look into a question", QUESTION, "would like to learn who")
    both = await moe.press(seen, "Agree", "a second moderator agreed")
    assert tells(both, ann)
    agreed = await mia.gets("A second moderator agreed")
    assert not tells(agreed, ann), "whoever reads it may be no moderator any more"
    assert tells(await mia.press(agreed, "Show who asked", "a second moderator agreed"), ann)
    assert QUESTION in (await ann.gets("learned that it is yours")).text
    await moe.press(both, "Mute whoever asked", MUTED)
    await ann.types("hours ask", "without a name", session=code, question="One more?")
    left = await hana.types("hours roster", "And in a hospital?", session=code)
    assert QUESTION not in left.text, "what a moderator muted is off the roster"
    assert not tells(left, ann)
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_question_to_the_community(town: Town, platform: str) -> None:
    bot = await town.run()
    at = CLIENTS[platform]
    ann, mia, moe = (at(town, name) for name in ("ann", "mia", "moe"))
    for moderator in (mia, moe):
        moderator.moderates()
    hall = next(iter(town.guild.channels.values())) if platform == "discord" else None
    panel = await mia.types("setup channels", "Channels of this place")
    form = await mia.press_for_form(panel, "Choose a channel")
    channel = hall or town.slack.channel("general").id
    change = await mia.fills(form, {"use": "questions", "channel": channel}, "questions")
    await mia.press(change, "Confirm", "From now on")

    ask = {"question": QUESTION, "topic": "career", "anonymous": True}
    asked = await ann.types("ask", "Nobody is told who asked", **ask)
    post = await moe.sees(QUESTION)
    assert not tells(post, ann)
    found = CODE.search(asked.text)
    assert found is not None
    code = {"question": found[1]}
    seen = await mia.types("setup question", "takes two moderators", **code)
    await looked_into(mia, seen, ann)
    seen = await moe.types("setup question", "would like to learn who", **code)
    both = await moe.press(seen, "Agree", "a second moderator agreed")
    assert tells(both, ann)
    agreed = await mia.gets("A second moderator agreed")
    assert not tells(agreed, ann), "whoever reads it may be no moderator any more"
    assert tells(await mia.press(agreed, "Show who asked", "a second moderator agreed"), ann)
    assert QUESTION in (await ann.gets("learned that it is yours")).text
    assert tells(await mia.types("setup question", "a second moderator agreed", **code), ann)
    await moe.press(both, "Mute whoever asked", MUTED)
    await ann.types("ask", "without a name", **(ask | {"question": "One more question?"}))
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
