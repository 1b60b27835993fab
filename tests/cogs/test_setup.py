"""Setting a community up, and changing its zone later, through the dispatcher."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Facts, Text
from storage import MemoryStore, memory_store
from tests.services.village import LONDON
from tests.storage.sample import NOON

HALL = Place("discord", "100")


@dataclass
class Office:
    """Moderators who talk to the real core."""

    core: Core
    store: MemoryStore

    def arrival(self, who: str) -> Arrival:
        account = Account("discord", "", who)
        return Arrival(account, who, HALL, "general", Standing.MANAGER, zone="Europe/London")

    async def start(self, who: str) -> Screen:
        return screen(await self.core.command(self.arrival(who), "setup start", {}))

    async def press(self, who: str, shown: Shown, label: str) -> Shown:
        found = next(
            part
            for part in screen(shown).parts
            if isinstance(part, Button) and plainly(part.label, catalogue("en"), LONDON) == label
        )
        return await self.core.press(self.arrival(who), screen(shown).voice.wire(found))

    async def say(self, who: str, shown: Shown, place: str) -> Screen:
        assert isinstance(shown, FormScreen)
        return screen(await self.core.submit(self.arrival(who), shown.form.key, {"place": place}))

    async def opened(self) -> Screen:
        """How things stand after the defaults were used."""
        await self.press("mia", await self.start("mia"), "Use the defaults")
        return await self.start("mia")


def screen(shown: Shown) -> Screen:
    assert isinstance(shown, Screen)
    return shown


def said(shown: Shown) -> str:
    lines: list[str] = []
    for part in screen(shown).parts:
        match part:
            case Text(body):
                lines.append(plainly(body, catalogue("en"), LONDON))
            case Facts(rows):
                lines += [
                    f"{plainly(label, catalogue('en'), LONDON)}:"
                    f" {plainly(value, catalogue('en'), LONDON)}"
                    for label, value in rows
                ]
            case Button(label):
                lines.append(f"[{plainly(label, catalogue('en'), LONDON)}]")
            case _:
                pass
    return "\n".join(lines)


@pytest.fixture(params=[False, True], ids=["opened by hand", "open by a setting"])
def set_up(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
async def office(set_up: bool) -> AsyncIterator[Office]:
    store, clock = memory_store(), HandMovedClock(NOON)
    core = Core(registry_of(store, clock, Scanning()), store, clock, Doors(), set_up=set_up)
    yield Office(core, store)
    await store.close()


@pytest.mark.parametrize("set_up", [False])
async def test_the_button_says_its_zone_before_it_is_pressed(office: Office):
    proposal = await office.start("mia")
    lines = said(proposal).splitlines()
    button = lines.index("[Use the defaults]")
    assert "Europe/London" in lines[button - 1]


@pytest.mark.parametrize("set_up", [False])
async def test_an_old_proposal_changes_nothing_and_says_how_things_stand(office: Office):
    old = await office.start("mia")
    form = await office.press("ben", old, "Another zone")
    other = await office.say("ben", form, "Berlin")
    await office.press("ben", other, "Use the defaults")
    late = await office.press("mia", old, "Use the defaults")
    assert "Europe/Berlin, so nothing was changed" in said(late)


async def test_the_zone_of_an_open_community_is_changed_after_a_look(office: Office, set_up: bool):
    stands = await office.start("mia") if set_up else await office.opened()
    before = "UTC" if set_up else "Europe/London"
    assert before in said(stands)
    assert "Nothing is active yet" not in said(stands)
    proposal = await office.say("mia", await office.press("mia", stands, "Change the zone"), "Rome")
    assert f"Now: {before}\nThen: Europe/Rome" in said(proposal)
    assert "have not said where they are" in said(proposal)
    assert "planned already stay" in said(proposal)
    assert before in said(await office.start("mia"))  # nothing has happened yet
    done = await office.press("mia", proposal, "Confirm")
    assert "From now on it is:\nEurope/Rome" in said(done)
    assert "Europe/Rome" in said(await office.start("ben"))
    # A second press of the same button changes nothing.
    assert "has expired. Nothing changed" in said(await office.press("mia", proposal, "Confirm"))


async def test_of_two_changes_at_once_the_second_hears_of_the_first(office: Office, set_up: bool):
    stands = await office.start("mia") if set_up else await office.opened()
    form = await office.press("mia", stands, "Change the zone")
    rome = await office.say("mia", form, "Rome")
    form = await office.press("ben", stands, "Change the zone")
    berlin = await office.say("ben", form, "Berlin")
    await office.press("ben", berlin, "Confirm")
    late = await office.press("mia", rome, "Confirm")
    assert "ben has changed this in the meantime" in said(late)
    assert "It is: Europe/Berlin\nYou wanted: Europe/Rome" in said(late)
    assert "Europe/Berlin" in said(await office.start("mia"))
    panel = await office.press("mia", late, "Look again")
    again = await office.say("mia", await office.press("mia", panel, "Change the zone"), "Rome")
    assert "Now: Europe/Berlin" in said(again)


async def test_a_change_can_be_left(office: Office, set_up: bool):
    stands = await office.start("mia") if set_up else await office.opened()
    form = await office.press("mia", stands, "Change the zone")
    same = await office.say("mia", form, "UTC" if set_up else "London")
    assert "already" in said(same)
    assert "[Correct it]" in said(same)
    form = await office.press("mia", stands, "Change the zone")
    proposal = await office.say("mia", form, "Tokyo")
    assert "Nothing was changed" in said(await office.press("mia", proposal, "Cancel"))
    assert "Tokyo" not in said(await office.start("mia"))


async def test_places_that_are_unknown_or_several(office: Office, set_up: bool):
    stands = await office.start("mia") if set_up else await office.opened()
    form = await office.press("mia", stands, "Change the zone")
    unknown = await office.say("mia", form, "Xyzzyville")
    assert "Xyzzyville" in said(unknown)
    assert "[Correct it]" in said(unknown)
    form = await office.press("mia", stands, "Change the zone")
    several = await office.say("mia", form, "Portland")
    assert "Which one do you mean?" in said(several)
    first = next(part for part in several.parts if isinstance(part, Button))
    chosen = await office.core.press(office.arrival("mia"), several.voice.wire(first))
    assert "Then: America/" in said(chosen)


@pytest.mark.parametrize("set_up", [False])
async def test_step_by_step_and_nothing_is_active_before(office: Office):
    form = await office.press("mia", await office.start("mia"), "Another zone")
    proposal = await office.say("mia", form, "Berlin")
    shown = changed = await office.press("mia", proposal, "Step by step")
    for heading in ("Who may what", "What is on", "Channels of this place", "language"):
        assert heading in said(shown).splitlines()[0]
        if heading == "What is on":
            off = await office.press("mia", shown, "Switch off: Cases")
            shown = changed = await office.press("mia", off, "Confirm")
        shown = await office.press("mia", shown, "Next step")
    # What was chosen on the way stands there, the zone as well.
    assert "Zone: Europe/Berlin" in said(shown)
    assert "Cases: off" in said(shown)
    # A change before opening is on record, and whoever made it can undo it at once.
    back = await office.press("mia", changed, "Undo")
    assert "Now: off\nThen: on" in said(back)
    await office.press("mia", back, "Confirm")
    member = Arrival(Account("discord", "", "ana"), "ana", HALL, "general", Standing.NONE)
    assert "not set up yet" in said(await office.core.command(member, "hours list", {}))
    opened = await office.press("mia", await office.start("mia"), "Use the defaults")
    assert "Members can use the bot from now on" in said(opened)
    assert "Cases: on" in said(await office.start("mia")), "what was undone before"
    audit = said(await office.core.command(office.arrival("ben"), "setup audit", {}))
    assert "on → off" in audit
    assert "UTC → Europe/Berlin" in audit
    # A button of the walk, pressed later, says how things stand.
    assert "was set up on" in said(await office.press("mia", shown, "Step by step"))
