"""Somebody is gone from a place, at real clients: removed on Discord, deactivated on Slack.

With the intent for members Discord tells it at once; otherwise it is found out before the next
message to them. Either way others are told of what ended, and whoever comes back is new.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.discord_server.gateway import MEMBERS
from tests.walks.clients import CLIENTS, Client, OnDiscord
from tests.walks.conftest import Town
from tests.walks.people import code_in, typed
from tests.walks.test_mentors import asks, morning, offers

pytestmark = pytest.mark.timeout(300)


async def goes(town: Town, who: Client) -> None:
    """Banned from the server; deactivated in the workspace."""
    if isinstance(who, OnDiscord):
        town.discord.leave(town.guild, who.me.user)
    else:
        await town.slack.person("ann").leaves_workspace()


def comes_back(town: Town, who: Client) -> None:
    """Let in again, with the same account."""
    if isinstance(who, OnDiscord):
        town.discord.join(town.guild, who.me.user)
    else:
        town.slack.person("ann").user.deleted = False


@pytest.mark.parametrize(
    ("platform", "told_at_once"), [("discord", True), ("discord", False), ("slack", False)]
)
async def test_whoever_is_gone_leaves_no_loose_ends(
    town: Town, platform: str, told_at_once: bool
) -> None:
    now = morning()
    town.move_clock_to(now)
    given = {"DISCORD__INTENTS": '["members"]'} if told_at_once else {}
    town.discord.world.application.privileged_intents = MEMBERS if told_at_once else 0
    bot = await town.run(**given)
    at = CLIENTS[platform]
    ann, ben, cem, mara = (at(town, name) for name in ("ann", "ben", "cem", "mara"))
    starts = typed((now + timedelta(days=4)).replace(hour=18))

    async def opens(host: Client, title: str) -> str:
        plan = {"title": title, "topic": "career", "where": "Room 7", "seats": 1}
        echo = await host.types("hours host", "Is this right?", **plan, starts=starts)
        return code_in((await host.press(echo, "Confirm", "is open for sign-up")).text)

    # Ann has a seat that ben waits for, a session that cem has a seat in, and asks mara.
    hers = await opens(ann, "Contracts")
    theirs = await opens(mara, "First year in IR")
    await ann.types("hours join", "You have a seat in", session=theirs)
    await ben.types("hours join", "on the waitlist as number 1", session=theirs)
    await cem.types("hours join", "You have a seat in", session=hers)
    await offers(mara)
    await asks(ann, "mara")
    await mara.gets("20 minutes about a first project")

    await goes(town, ann)
    if not told_at_once:
        # The day before, everybody who has a seat is reminded of it; ann would be among them.
        town.move_clock_to(now + timedelta(days=3, hours=9, minutes=5))
    offer = await ben.gets("you are first in line")
    off = await cem.gets("called off")
    for shown in (offer, off):
        assert "ban" not in shown.text
        assert "left" not in shown.text
    await mara.types("mentor inbox", "taken back")
    await ben.press(offer, "Take the seat", "You have a seat in")

    comes_back(town, ann)
    # Slack's word that somebody is gone is kept for a minute; a bot that starts has none.
    assert await bot.stop() == 0
    bot = await town.run(**given)
    await ann.types("hours mine", "You take part in no office hour")
    await ann.types("mentor inbox", "You have no requests")
    await ann.types("hours join", "on the waitlist as number 1", session=theirs)
    assert await bot.stop() == 0
    for trouble in ("ERROR", "Traceback"):
        assert trouble not in bot.said, bot.said
