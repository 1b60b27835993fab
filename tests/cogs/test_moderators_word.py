"""What changes for somebody, or was done about it, is read by them with messages closed as well."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.people import Account
from bot.runtime.doors import Sent, Target, ToPerson, Undeliverable
from bot.runtime.screen import Screen
from bot.ui.form import Picked
from tests.cogs.house import PLATFORM, House, press
from tests.golden.walk import NOW, SESSION, walk_on
from tests.messages_read import said

ANA = (Picked(Account("discord", "", "3"), "Ana"),)
DID_NOT = "This did not reach you before:"


@pytest.fixture
async def house() -> AsyncIterator[House]:
    """Nothing can be delivered to Ana."""
    async with walk_on(PLATFORM) as walk:
        made = House(**vars(walk))
        start = await made.types("", "Mia", "setup start")
        await made.presses("", "Mia", start, "Use the defaults")
        await made.types("", "Ana", "help")
        arrive = made.door.send

        async def send(target: Target, screen: Screen, key: str) -> Sent:
            if isinstance(target, ToPerson) and target.account.user == "3":
                return Undeliverable("closed")
            return await arrive(target, screen, key)

        made.door.send = send  # pyright: ignore[reportAttributeAccessIssue]
        yield made


async def reads(house: House) -> str:
    """Ana's next answer."""
    await house.carried(NOW + timedelta(minutes=1))
    shown = said(await house.types("", "Ana", "help"))
    assert DID_NOT not in said(await house.types("", "Ana", "help")), "once is enough"
    return shown


async def test_what_was_done_in_their_matter(house: House) -> None:
    await press(house, "Ben", await house.types("", "Ben", "hours host", **SESSION), "Confirm")
    about = {"member": ANA, "session": SESSION["title"], "why": "She asked me to"}
    await house.types("", "Mia", "setup members", act="seat.add", **about)
    shown = await reads(house)
    assert DID_NOT in shown
    assert "She asked me to" in shown


async def test_the_word_about_their_report(house: House) -> None:
    await house.types("", "Ben", "help")
    told = {"category": "pressure", "text": "Said twice, after a no."}
    await house.types("", "Ana", "report", what="Ben", **told)
    listed = await house.types("", "Mia", "setup reports")
    assert isinstance(listed, Screen)
    report = await press(house, "Mia", listed, "Open " + code(said(listed)))
    form = await press(house, "Mia", report, "It was looked at")
    await house.filled("Mia", form, {"answer": "We spoke with them."})
    shown = await reads(house)
    assert DID_NOT in shown
    assert "We spoke with them." in shown


def code(text: str) -> str:
    """The first one that stands before a colon."""
    line = next(each for each in text.splitlines() if "Harassment" in each)
    return line.partition(":")[0].strip("`* ")


async def test_that_a_session_was_called_off(house: House) -> None:
    await press(house, "Ben", await house.types("", "Ben", "hours host", **SESSION), "Confirm")
    await house.types("", "Ana", "hours join", session=SESSION["title"])
    shown = await house.types("", "Ben", "hours call-off", session=SESSION["title"])
    await press(house, "Ben", shown, "Confirm")
    await house.carried(NOW + timedelta(minutes=1))
    shown = said(await house.types("", "Ana", "hours mine"))
    assert DID_NOT in shown
    assert "was called off" in shown
