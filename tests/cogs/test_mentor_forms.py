"""The form of a request lists what its mentor offers, also when it is opened again."""

from __future__ import annotations

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.listings import Offer
from bot.domain.people import Account, MemberId, Place, Standing
from bot.domain.taxonomy import Format, taxonomy
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.forms import RUNTIME_ACTIONS, Page, Reopen
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen
from bot.services.mentors import listing
from bot.ui.wire import from_wire, to_wire
from cogs.mentors.request_actions import OpenRequest
from storage import memory_store
from tests.storage.sample import NOON

HALL = Place("discord", "100")
OFFER = Offer(("career",), ("oncology",), (Format.TALK, Format.ONGOING))


def formats(shown: object) -> tuple[str, ...]:
    assert isinstance(shown, FormScreen)
    [field] = [one for one in shown.form.fields if one.id == "format"]
    return tuple(option.value for option in field.options)


async def test_only_what_this_mentor_offers_is_listed():
    store, clock = memory_store(), HandMovedClock(NOON)
    core = Core(registry_of(store, clock, Scanning()), store, clock, Doors(), set_up=True)
    arrivals = {
        name: Arrival(Account("discord", "", name), name, HALL, "c", Standing.NONE)
        for name in ("Mara", "Ana")
    }
    members: dict[str, MemberId] = {}
    for name, arrival in arrivals.items():
        assert isinstance(await core.command(arrival, "help", {}), Screen)
        profile = await store.read(lambda work, who=arrival: work.people.find(who.account))
        assert profile is not None
        members[name] = profile.member
    home = await store.read(lambda work: work.communities.of(HALL))
    assert home is not None
    given = (clock.now(), taxonomy(), home.id, members["Mara"], OFFER)
    await store.write(lambda work: listing.publish(work, *given, background=False))
    asked = to_wire(OpenRequest(members["Mara"]), home.id)
    form = await core.press(arrivals["Ana"], asked)
    assert formats(form) == ("talk", "ongoing")
    assert isinstance(form, FormScreen)
    page = from_wire(form.form.key, RUNTIME_ACTIONS).action
    assert isinstance(page, Page)
    again = await core.press(arrivals["Ana"], to_wire(Reopen(page.draft, 1), home.id))
    assert formats(again) == ("talk", "ongoing")
    await store.close()
