"""The same steps on each platform: opening a session, taking a seat. What a walk is made of."""

from __future__ import annotations

import re
from datetime import datetime

from tests.discord_server import Message as DiscordMessage
from tests.discord_server.person import Person as DiscordPerson
from tests.slack_server.person import Person as SlackPerson
from tests.slack_server.world import Message as SlackMessage

CODE = re.compile(r"code is `?([0-9a-z]+)`?")


def typed(starts: datetime) -> str:
    return f"{starts:%Y-%m-%d %H:%M} UTC"


def code_in(text: str) -> str:
    """The code of the session that was opened."""
    found = CODE.search(text)
    assert found, text
    return found[1]


async def host_on_discord(host: DiscordPerson, starts: datetime, **more: str | int) -> str:
    """Opens a session; its code."""
    options: dict[str, str | int] = {
        "title": "First year in IR",
        "topic": "Career and training",
        "starts": typed(starts),
        "where": "https://meet.example/ir-1",
        **more,
    }
    echo = await (await host.slash("hours host", options)).reply()
    done = await (await host.press(echo, "Confirm")).update()
    return code_in(done.text)


async def join_on_discord(person: DiscordPerson, code: str, about: str) -> DiscordMessage:
    """Takes a seat; the receipt."""
    turn = await person.slash("hours join", {"session": code, "about": about})
    receipt = await turn.reply()
    assert "You have a seat in" in receipt.text
    return receipt


async def host_on_slack(host: SlackPerson, starts: datetime, **more: str | int) -> str:
    """Opens a session; its code."""
    await host.command("/ir-hours", "host")
    form = await host.gets_form()
    outcome = await host.submit(
        form,
        {
            "title": "First year in IR",
            "topic": "Career and training",
            "starts": typed(starts),
            "where": "https://meet.example/ir-2",
            **more,
        },
    )
    assert outcome.errors == {}
    echo = await host.told("Is this right?")
    await host.press(echo, "Confirm")
    done = await host.gets_dm("is open for sign-up")
    return code_in(host.words(done))


async def join_on_slack(person: SlackPerson, code: str, about: str) -> SlackMessage:
    """Takes a seat; the receipt."""
    outcome = await person.command("/ir-hours", f"join {code} {about}")
    assert outcome.acknowledged
    return await person.gets_dm("You have a seat in")
