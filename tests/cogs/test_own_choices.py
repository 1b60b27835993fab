"""What members choose for themselves: conduct agreed to once, kinds of messages, a language."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest_asyncio

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, MemberId, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.services import delivery
from bot.ui.parts import Button, Can, Facts, Select, Text
from storage import MemoryStore, memory_store
from tests.messages_read import plain

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
HERE = Place("preview", "preview")


@dataclass
class Desk:
    """One person at a community whose conduct is asked for."""

    store: MemoryStore
    clock: HandMovedClock
    core: Core
    standing: Standing = Standing.NONE

    def arrival(self, who: str = "ana") -> Arrival:
        account = Account("preview", "preview", who)
        can = frozenset({Can.LONG_FORM})
        return Arrival(account, who.title(), HERE, "general", self.standing, can=can)

    async def types(self, name: str, **raw: str) -> Shown:
        return await self.core.command(self.arrival(), name, raw)

    async def presses(self, shown: Shown, label: str) -> Shown:
        assert isinstance(shown, Screen)
        found = [one for one in shown.parts if isinstance(one, Button)]
        button = next(one for one in found if plain(one.label) == label)
        return await self.core.press(self.arrival(), shown.voice.wire(button))

    async def chooses(self, shown: Shown, label: str, option: str) -> Shown:
        assert isinstance(shown, Screen)
        found = [one for one in shown.parts if isinstance(one, Select)]
        lists = next(one for one in found if plain(one.label) == label)
        value = next(one.value for one in lists.options if plain(one.label) == option)
        return await self.core.press(self.arrival(), shown.voice.wire(lists), chosen=(value,))

    def member(self, who: str = "ana") -> MemberId:
        profile = self.store.read_now(lambda work: work.people.find(self.arrival(who).account))
        assert profile is not None
        return profile.member


def says(shown: Shown) -> str:
    assert isinstance(shown, Screen)
    said = [plain(one.body) for one in shown.parts if isinstance(one, Text)]
    facts = [row for one in shown.parts if isinstance(one, Facts) for row in one.rows]
    return "\n".join([*said, *(f"{plain(name)}: {plain(value)}" for name, value in facts)])


@pytest_asyncio.fixture
async def desk() -> AsyncIterator[Desk]:
    store, clock = memory_store(), HandMovedClock(NOW)
    registry = registry_of(store, clock, Scanning(), conduct=True)
    yield Desk(store, clock, Core(registry, store, clock, Doors(), set_up=True))
    await store.close()


async def test_conduct_is_shown_once_before_the_first_post_and_dated(desk: Desk) -> None:
    asked = await desk.types("ask", question="Which loupes?", topic="career")
    assert "Before your first request or post" in says(asked)
    assert "Never name or show a patient" in says(asked)
    desk.clock.set(NOW.replace(minute=20))
    again = await desk.types("mentor request")
    assert "Before your first request or post" in says(again)
    # What was typed goes on as it was, and what was pressed before opens as well.
    done = await desk.presses(asked, "I agree")
    assert "Before your first" not in says(done)
    assert "Which loupes?" in says(done) or "question" in says(done).lower()
    assert isinstance(await desk.presses(again, "I agree"), FormScreen)
    shown = says(await desk.presses(await desk.types("my panel"), "Professional conduct"))
    assert "You agreed on" in shown
    ana = desk.member()
    kept = desk.store.read_now(lambda work: work.own_data.export(ana))
    rows = {one.table: one.rows for one in kept}["conduct"]
    assert [row["at"] for row in rows] == [NOW.replace(minute=20)]
    assert isinstance(await desk.types("mentor request"), FormScreen)


async def test_what_cannot_be_read_is_not_forgotten_by_the_agreement(desk: Desk) -> None:
    options = {"question": "Which loupes?", "topic": "career", "anonymous": "maybe"}
    done = await desk.presses(await desk.types("ask", **options), "I agree")
    assert "Answer yes or no" in says(done)
    form = await desk.presses(done, "Correct it")
    assert isinstance(form, FormScreen)
    assert {one.id: one.value for one in form.form.fields}["anonymous"] is True


async def test_a_button_that_was_pressed_goes_on_after_the_agreement(desk: Desk) -> None:
    asked = await desk.types("case post")
    assert "Before your first request or post" in says(asked)
    start = await desk.presses(asked, "I agree")
    assert isinstance(await desk.presses(start, "Continue"), FormScreen)


async def test_kinds_of_messages_are_the_readers_own_choice(desk: Desk) -> None:
    panel = await desk.presses(await desk.types("my notify"), "Kinds of messages")
    label = "Reminders an hour before a session of yours"
    assert f"{label}: by direct message" in says(panel)
    assert isinstance(panel, Screen)
    lists = [one for one in panel.parts if isinstance(one, Button | Select)]
    assert len(lists) == 1, "one list to choose from, not a button for each"
    off = await desk.chooses(panel, "Do without", label)
    assert f"{label}: off" in says(off)
    home = desk.store.read_now(lambda work: work.communities.of(HERE))
    assert home is not None
    reach = desk.store.read_now(delivery.reach, [desk.member()], home.id)
    assert reach[desk.member()].without == {"session hour"}
    on = await desk.chooses(off, "Have it sent again", label)
    assert f"{label}: by direct message" in says(on)
    assert desk.core.registry.notices["oh.reminder_hour"].choice is not None
    off = await desk.chooses(on, "Do without", "Check-ins with people you are paired with")
    assert "I ask the other side alone" in says(off)
    # What was agreed is told in any case.
    for kind in ("oh.moved", "oh.called_off", "oh.offer", "mn.declined", "pair.closed"):
        assert desk.core.registry.notices[kind].choice is None


async def test_a_language_of_ones_own_and_one_of_the_community(desk: Desk) -> None:
    shown = await desk.presses(await desk.types("my panel"), "Another language")
    await desk.presses(shown, "Deutsch")
    answer = await desk.types("my zone", place="Berlin")
    assert isinstance(answer, Screen)
    assert answer.voice.language == "de"
    await desk.presses(shown, "As my platform is set")
    desk.standing = Standing.MANAGER
    shown = await desk.presses(await desk.types("setup start"), "Language")
    done = await desk.presses(await desk.presses(shown, "Deutsch"), "Confirm")
    assert isinstance(done, Screen)
    answer = await desk.types("my zone", place="Berlin")
    assert isinstance(answer, Screen)
    assert answer.voice.language == "de"
    assert "language" in says(await desk.types("setup audit")).lower()
