"""One person with a Discord and a Slack account: linked from both sides, and apart again."""

from __future__ import annotations

import re

import pytest

from tests.discord_server import Can
from tests.walks.clients import OnDiscord, OnSlack
from tests.walks.conftest import Town
from tests.walks.people import host_on_discord

pytestmark = pytest.mark.timeout(300)
_CODE = re.compile(r"[a-z2-9]{10}")


def code_after(words: str, text: str) -> str:
    found = _CODE.search(text.partition(words)[2])
    assert found, text
    return found[0]


async def test_two_accounts_count_once(town: Town) -> None:
    await town.run()
    boss = town.discord.add_role(town.guild, "Boss", Can.MANAGE_GUILD)
    cleo = town.discord.person("Cleo", town.guild, roles=(boss,))
    joining = await (await cleo.slash("setup join")).reply()
    alex = town.slack.person("alex", is_admin=True)
    code = code_after("within ten minutes", joining.text)
    await alex.command("/ir-setup", f"join {code}")
    await alex.press(await alex.told("Join"), "Confirm")
    await alex.told("belongs to")

    ann, dana = OnDiscord(town, "Ann"), OnSlack(town, "dana")
    made = await ann.types("my link", "this code within ten minutes")
    code = code_after("within ten minutes", made.text)
    typed = await dana.types("my link", "Link this account with", code=code)
    await dana.press(typed, "Confirm", "One more step")
    question = await ann.gets("Is this account yours as well")
    await ann.press(question, "Yes, link them", "Both accounts are one member")

    session = await host_on_discord(cleo, town.in_days(3))
    await ann.types("hours join", "You have a seat", session=session)
    await dana.types("hours join", "You already have a seat", session=session)

    linked = await ann.types("my link", "Linked with this account")
    asked = await ann.press(linked, "Unlink Slack", "The other one begins anew")
    await ann.press(asked, "Unlink", "They are two members from now on")
    await dana.types("hours mine", "You take part in no office hour")
    await ann.types("hours mine", session)
