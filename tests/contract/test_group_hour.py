"""A group hour from demand, the whole chain on every platform: people ask, the mentor is told how
many, opens one session, everybody who asked hears of it alone, and joins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.app import registry_of
from bot.domain.people import Account, CommunityId
from bot.runtime.bell import Ring
from bot.runtime.delivery import Dispatcher
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from tests.contract.stage import MEMBER, MODERATOR, OTHER, Stage, Value, Where, Who, seen, sheet
from tests.contract.test_mentors import TEXT, offered

ONCOLOGY = "Interventional oncology"


@dataclass
class Silent:
    """A bell that never rings by itself."""

    def once(self, name: str, seconds: float, ring: Ring) -> None: ...

    def every(self, name: str, seconds: float, ring: Ring) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


async def stays(account: Account, community: CommunityId) -> None:
    """Nobody leaves here."""


def postman(bot: Stage, scans: Scanning) -> Dispatcher:
    """What is due goes out by the adapter of this platform."""
    doors = Doors()
    doors.add(bot.door)
    notices = registry_of(bot.store, bot.clock, scans).notices
    return Dispatcher(bot.store, bot.clock, notices, doors, Silent(), stays)


async def test_from_many_who_ask_to_one_session(bot: Stage, scans: Scanning):
    panel = seen(await bot.command(MODERATOR, "setup channels", {}))
    chosen = sheet(await bot.press(MODERATOR, panel, "Choose a channel"))
    use: Mapping[str, Value] = {"use": "questions", "channel": Where()}
    await bot.press(MODERATOR, seen(await bot.send(MODERATOR, chosen, use)), "Confirm")
    await offered(bot, OTHER, viewer=MODERATOR)
    request = {**TEXT, "mentor": Who(OTHER), "topic": "oncology"}
    written = seen(await bot.command(MEMBER, "mentor request", request))
    assert "is on its way" in seen(await bot.press(MEMBER, written, "Send")).text
    asked = {"question": "How do I begin?", "topic": "oncology", "anonymous": True}
    for who in (MEMBER, MODERATOR):
        assert "Nobody is told who asked" in seen(await bot.command(who, "ask", asked)).text

    inbox = seen(await bot.command(OTHER, "mentor inbox", {}))
    assert f"3 people ask about {ONCOLOGY} at the moment." in inbox.text
    form = sheet(await bot.press(OTHER, inbox, "Open a group hour"))
    assert form.fields["title"] == f"Group hour: {ONCOLOGY}"
    echo = seen(await bot.send(OTHER, form, {"starts": "2027-03-04 18:00", "where": "Room 7"}))
    opened = seen(await bot.press(OTHER, echo, "Confirm"))
    assert f"Whoever asks about {ONCOLOGY} at the moment hears of it." in opened.text
    code = re.search(r"Its code is \W*(\w{4})", opened.text)
    assert code is not None
    again = seen(await bot.command(OTHER, "mentor inbox", {}))
    assert "Open a group hour" not in again.labels

    await postman(bot, scans).ring()
    for who in (MEMBER, MODERATOR):
        [word] = [one for one in bot.direct(who) if f"You asked about {ONCOLOGY}." in one]
        assert "does not learn who got this note" in word
        assert "Room 7" not in word
    assert not any("You asked about" in one for one in bot.direct(OTHER))

    joined = seen(await bot.command(MODERATOR, "hours join", {"session": code[1]}))
    assert "You have a seat in" in joined.text
    roster = seen(await bot.press(OTHER, opened, "Roster"))
    assert "1 of 6 seats taken" in roster.text
    assert "How do I begin?" not in roster.text
