"""People in one place, through the real core, for tests of what they read and press."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.delivery import Delivery
from bot.domain.listings import Offer
from bot.domain.people import Account, CommunityId, MemberId, Place, Standing
from bot.domain.taxonomy import Format, taxonomy
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen
from bot.services.mentors import listing
from bot.ui.action import Action
from bot.ui.form import Picked, Raw
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Facts, Reply, Text
from bot.ui.wire import to_wire
from bot.ui.words import Words
from storage import MemoryStore, memory_store
from tests.storage.sample import NOON

HALL = Place("discord", "100")
OFFER = Offer(("career",), ("oncology",), (Format.TALK, Format.ONGOING))


def spoken(words: Words) -> str:
    return plainly(words, catalogue("en"), ZoneInfo("UTC"))


def words(shown: object) -> str:
    assert isinstance(shown, Screen)
    said: list[Words] = []
    for part in shown.parts:
        if isinstance(part, Text):
            said.append(part.body)
        elif isinstance(part, Facts):
            said.extend(one for row in part.rows for one in row)
    return " ".join(spoken(one) for one in said)


def labels(shown: object) -> list[str]:
    assert isinstance(shown, Screen)
    return [spoken(one.label) for one in shown.parts if isinstance(one, Button)]


def buttons(shown: object, label: str) -> list[Button]:
    assert isinstance(shown, Screen)
    return [one for one in shown.parts if isinstance(one, Button) and label in one.label.text]


@dataclass
class Village:
    """People in one place, through the real core."""

    core: Core
    store: MemoryStore
    clock: HandMovedClock
    arrivals: dict[str, Arrival]
    members: dict[str, MemberId]
    home: CommunityId
    _waiting: list[Delivery] = field(default_factory=list[Delivery])

    @classmethod
    async def opened(cls, *names: str, moderator: str = "") -> Village:
        store, clock = memory_store(), HandMovedClock(NOON)
        core = Core(registry_of(store, clock, Scanning()), store, clock, Doors(), set_up=True)
        arrivals: dict[str, Arrival] = {}
        members: dict[str, MemberId] = {}
        for name in names:
            account = Account("discord", "", name)
            arrivals[name] = Arrival(
                account, name, HALL, "c",
                Standing.MANAGER if name == moderator else Standing.NONE,
            )  # fmt: skip
            assert isinstance(await core.command(arrivals[name], "help", {}), Screen)
            profile = await store.read(lambda work, account=account: work.people.find(account))
            assert profile is not None
            members[name] = profile.member
        home = await store.read(lambda work: work.communities.of(HALL))
        assert home is not None
        return cls(core, store, clock, arrivals, members, home.id)

    async def offers(self, name: str, offer: Offer = OFFER) -> None:
        given = (self.clock.now(), taxonomy(), self.home, self.members[name], offer)
        await self.store.write(lambda work: listing.publish(work, *given, background=False))

    async def types(self, name: str, command: str, given: dict[str, Raw] | None = None) -> object:
        return await self.core.command(self.arrivals[name], command, given or {})

    async def press(self, name: str, shown: object, label: str) -> object:
        assert isinstance(shown, Screen), shown
        every = [one for one in shown.parts if isinstance(one, Button)]
        [button] = [one for one in every if spoken(one.label) == label]
        return await self.does(name, button.does)

    async def does(self, name: str, action: Action) -> object:
        return await self.core.press(self.arrivals[name], to_wire(action, self.home))

    async def fills(self, name: str, form: object, given: dict[str, Raw]) -> object:
        """A form, over as many pages as it has."""
        assert isinstance(form, FormScreen), words(form)
        here = {one.id for one in form.form.fields}
        page = {one: value for one, value in given.items() if one in here}
        said = await self.core.submit(self.arrivals[name], form.form.key, page)
        if going_on := buttons(said, "Continue"):
            rest = {one: value for one, value in given.items() if one not in here}
            return await self.fills(name, await self.does(name, going_on[0].does), rest)
        return said

    def picked(self, name: str) -> Raw:
        return (Picked(self.arrivals[name].account, name),)

    async def told(self, name: str) -> dict[str, str]:
        """What is due for somebody by now, worded, by kind; it is taken as sent."""
        member, now = self.members[name], self.clock.now()
        rows = await self.store.write(
            lambda work: work.deliveries.claim("t", now, timedelta(days=900), 900)
        )
        self._waiting.extend(rows)
        found: dict[str, str] = {}
        for row in [one for one in self._waiting if one.member == member]:
            self._waiting.remove(row)
            said = await self.core.registry.notices[row.kind].compose(row, False)
            if isinstance(said, Reply):
                texts = [part.body for part in said.parts if isinstance(part, Text)]
                found[row.kind] = " ".join(spoken(one) for one in texts)
        return found
