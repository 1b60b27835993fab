"""The form of a request lists what its mentor offers; a group hour is proposed and filled in."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.listings import Offer
from bot.domain.people import Account, CommunityId, MemberId, Place, Standing
from bot.domain.requests import Introduction
from bot.domain.taxonomy import Format, taxonomy
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.forms import RUNTIME_ACTIONS, Page, Reopen
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen
from bot.services.mentors import listing, requesting
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Text
from bot.ui.wire import from_wire, to_wire
from cogs.mentors.request_actions import OpenRequest
from storage import MemoryStore, memory_store
from tests.storage.sample import NOON

HALL = Place("discord", "100")
OFFER = Offer(("career",), ("oncology",), (Format.TALK, Format.ONGOING))


def formats(shown: object) -> tuple[str, ...]:
    assert isinstance(shown, FormScreen)
    [field] = [one for one in shown.form.fields if one.id == "format"]
    return tuple(option.value for option in field.options)


@dataclass
class Village:
    """People in one place, through the real core."""

    core: Core
    store: MemoryStore
    clock: HandMovedClock
    arrivals: dict[str, Arrival]
    members: dict[str, MemberId]
    home: CommunityId

    @classmethod
    async def opened(cls, *names: str) -> Village:
        store, clock = memory_store(), HandMovedClock(NOON)
        core = Core(registry_of(store, clock, Scanning()), store, clock, Doors(), set_up=True)
        arrivals: dict[str, Arrival] = {}
        members: dict[str, MemberId] = {}
        for name in names:
            account = Account("discord", "", name)
            arrivals[name] = Arrival(account, name, HALL, "c", Standing.NONE)
            assert isinstance(await core.command(arrivals[name], "help", {}), Screen)
            profile = await store.read(lambda work, account=account: work.people.find(account))
            assert profile is not None
            members[name] = profile.member
        home = await store.read(lambda work: work.communities.of(HALL))
        assert home is not None
        return cls(core, store, clock, arrivals, members, home.id)

    async def offers(self, name: str) -> None:
        given = (self.clock.now(), taxonomy(), self.home, self.members[name], OFFER)
        await self.store.write(lambda work: listing.publish(work, *given, background=False))


async def test_only_what_this_mentor_offers_is_listed():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    ana = hall.arrivals["Ana"]
    form = await hall.core.press(ana, to_wire(OpenRequest(hall.members["Mara"]), hall.home))
    assert formats(form) == ("talk", "ongoing")
    assert isinstance(form, FormScreen)
    page = from_wire(form.form.key, RUNTIME_ACTIONS).action
    assert isinstance(page, Page)
    again = await hall.core.press(ana, to_wire(Reopen(page.draft, 1), hall.home))
    assert formats(again) == ("talk", "ongoing")
    await hall.store.close()


async def test_a_group_hour_is_proposed_in_the_inbox_and_filled_in():
    hall = await Village.opened("Mara", "Ana", "Ben", "Cem")
    await hall.offers("Mara")
    for name in ("Ana", "Ben", "Cem"):
        text = Introduction("I train here.", "You know.", "May we talk?", Format.TALK, "", None,
                            "oncology")  # fmt: skip
        given = (hall.clock.now(), hall.home, hall.members[name], hall.members["Mara"], text)
        await hall.store.write(lambda work, given=given: requesting.send(work, *given))
    inbox = await hall.core.command(hall.arrivals["Mara"], "mentor inbox", {})
    assert isinstance(inbox, Screen)
    said = [part.body for part in inbox.parts if isinstance(part, Text)]
    english = [plainly(one, catalogue("en"), ZoneInfo("UTC")) for one in said]
    assert "3 people ask about Interventional oncology at the moment. One group hour may help" in (
        " ".join(english)
    )
    [button] = [one for one in inbox.parts if isinstance(one, Button) and "group" in one.label.text]
    form = await hall.core.press(hall.arrivals["Mara"], to_wire(button.does, hall.home))
    assert isinstance(form, FormScreen)
    stands = {one.id: one.value for one in form.form.fields}
    assert stands["title"] == "Group hour: Interventional oncology"
    assert stands["topic"] == "Interventional oncology"
    await hall.store.close()
