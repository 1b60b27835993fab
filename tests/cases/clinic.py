"""A community in which cases are posted: the real core, store, dispatcher and search; a door that
keeps what it is asked to carry. Every screen is also read for planted values."""

from __future__ import annotations

import io
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from PIL import Image as Pillow

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Role, RoleGrant, Standing
from bot.runtime.bell import Ring
from bot.runtime.caller import Arrival
from bot.runtime.calls import Calls
from bot.runtime.core import Core
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import (
    Delivered,
    Presence,
    Reach,
    Readers,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Trace,
    Undeliverable,
)
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.runtime.upkeep import Upkeep
from bot.runtime.vault import Vault
from bot.services.ports import Store
from bot.ui.action import Upload
from bot.ui.form import Raw
from bot.ui.language import plainly
from bot.ui.parts import Button, Can, Facts, Hidden, Image, Select, SettledPart, Text
from storage import MemoryStore, memory_store
from tests.identifiers.pictures.drawing import saved, scene

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
PLACE = Place("discord", "7")
CASES, STAFF = "C9", "C8"
WORDS: Mapping[str, Raw] = {"title": "A stent in a curve", "teaching": "Measure twice."}
HOW: Mapping[str, Raw] = {
    "alt": "A grey shape in a grey field",
    "permission": "consent",
    "time": "now",
    "reader": False,
    "anonymous": False,
}


def ordinary() -> Upload:
    return Upload("run7.png", saved(scene(named=False), "PNG"), "image/png")


def plain_grey() -> Upload:
    """Nothing in it, and quickly looked through."""
    return Upload("grey.png", saved(Pillow.new("L", (64, 48), 120), "PNG"), "image/png")


def telling() -> Upload:
    return Upload("MRN_48210937.png", saved(scene(), "PNG"), "image/png")


class Silent:
    """A bell that never rings by itself."""

    def once(self, name: str, seconds: float, ring: Ring) -> None: ...

    def every(self, name: str, seconds: float, ring: Ring) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Board:
    """A platform as values: what stands in channels, what people were sent."""

    platform: str = "discord"
    connected: bool = True
    refuses: bool = False
    closed: bool = False
    """Whether direct messages are."""
    standing: dict[str, tuple[str, Screen]] = field(default_factory=dict[str, tuple[str, Screen]])
    mail: list[tuple[str, Screen]] = field(default_factory=list[tuple[str, Screen]])
    threads: list[str] = field(default_factory=list[str])
    forgotten: list[str] = field(default_factory=list[str])

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        if isinstance(target, ToPerson) and self.closed:
            return Undeliverable("50007")
        if isinstance(target, ToPerson):
            self.mail.append((target.account.user, screen))
            return Delivered(key)
        if self.refuses:
            return Undeliverable("50013")
        number = str(len(self.standing) + 1)
        self.standing[number] = target.channel, screen
        self.threads += [target.thread] if target.thread else []
        return Delivered(number, Trace((number,)))

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        self.standing[trace.messages[0]] = at.channel, screen
        return Delivered(trace.messages[0], trace)

    async def forget(self, account: Account, passing: str) -> None:
        self.forgotten.append(passing)

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return Readers(Reach.PLACE, 41, guests=True)

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        return Presence(Standing.NONE, frozenset(), account.user)


@dataclass
class Clinic:
    """People act; what they are shown is returned."""

    clock: HandMovedClock
    store: Store
    core: Core
    board: Board
    dispatcher: Dispatcher
    upkeep: Upkeep
    vault: Vault
    meanwhile: list[Screen] = field(default_factory=list[Screen])
    can: frozenset[Can] = frozenset()

    def arrival(self, who: str) -> Arrival:
        async def note(screen: Screen) -> None:
            self.meanwhile.append(screen)

        return Arrival(
            Account("discord", "", who),
            who,
            PLACE,
            "C1",
            Standing.MANAGER if who == "Mia" else Standing.NONE,
            frozenset({"readers"}) if who in ("Ria", "Rob") else frozenset(),
            can=self.can,
            meanwhile=note,
        )

    async def types(self, who: str, name: str, /, **raw: Raw) -> Shown:
        return await self.core.command(self.arrival(who), name, raw)

    async def presses(self, who: str, shown: Shown, label: str) -> Shown:
        return await self.core.press(self.arrival(who), wire(shown, label))

    async def chooses(self, who: str, shown: Shown, label: str, *values: str) -> Shown:
        return await self.core.press(self.arrival(who), wire(shown, label), values)

    async def sends(self, who: str, shown: Shown, /, **raw: Raw) -> Shown:
        assert isinstance(shown, FormScreen), words(shown)
        answer = await self.core.submit(self.arrival(who), shown.form.key, raw)
        while isinstance(answer, Screen) and "Continue" in labels(answer):
            form = await self.presses(who, answer, "Continue")
            assert isinstance(form, FormScreen)
            answer = await self.core.submit(self.arrival(who), form.form.key, raw)
        return answer

    async def writes(self, who: str, *files: Upload, **more: Raw) -> Shown:
        """From the checklist to the findings."""
        start = await self.types(who, "case post")
        form = await self.presses(who, start, "Continue")
        return await self.sends(who, form, pictures=files, **{**WORDS, **more})

    async def last_look(self, who: str, shown: Shown, **how: Raw) -> Shown:
        """From the last file to what will appear."""
        while "Next file" in labels(shown):
            shown = await self.presses(who, shown, "Next file")
        if "Go on to the words" in labels(shown):
            shown = await self.presses(who, shown, "Go on to the words")
        form = await self.presses(who, shown, "Go on")
        return await self.sends(who, form, **{**HOW, **how})

    async def posts(self, who: str, *files: Upload, **how: Raw) -> Shown:
        """All the way."""
        look = await self.last_look(who, await self.writes(who, *files), **how)
        label = "Post" if "Post" in labels(look) else "Send to a second reader"
        return await self.presses(who, look, label)

    async def passes(self, by: timedelta) -> list[tuple[str, Screen]]:
        """Time passes; what arrived meanwhile."""
        self.clock.set(self.clock.now() + by)
        self.board.mail.clear()
        await self.upkeep.run_all()
        await self.dispatcher.ring()
        return list(self.board.mail)

    @property
    def cases(self) -> list[Screen]:
        """What stands in the channel for cases."""
        return [screen for channel, screen in self.board.standing.values() if channel == CASES]

    @property
    def staff(self) -> list[Screen]:
        """What stands in the channel of the moderators."""
        return [screen for channel, screen in self.board.standing.values() if channel == STAFF]


async def _leading() -> bool:
    return True


@asynccontextmanager
async def clinic(
    scans: Scanning,
    store: Store | None = None,
    vault: Vault | None = None,
    *,
    furnished: bool = True,
) -> AsyncGenerator[Clinic]:
    """A community that is set up, with channels for cases and staff. `store`: after a restart."""
    from bot.metrics import Metrics

    own: MemoryStore | None = None
    fresh = store is None or not furnished
    if store is None:
        store = own = memory_store()
    clock, doors, board, vault = HandMovedClock(NOW), Doors(), Board(), vault or Vault()
    doors.add(board)
    registry = registry_of(store, clock, scans, doors=doors, vault=vault)
    core = Core(registry, store, clock, doors, set_up=True)
    calls = Calls(store, doors, registry.notices)
    dispatcher = Dispatcher(store, clock, registry.notices, doors, Silent(), core.left)
    upkeep = Upkeep((*registry.ticks.values(), calls.tick), _leading, Metrics())
    made = Clinic(clock, store, core, board, dispatcher, upkeep, vault)
    if fresh:
        await made.types("Mia", "help")
        await store.write(_furnish)
    try:
        yield made
    finally:
        if own is not None:
            await own.close()


def _furnish(work: object) -> None:
    from typing import cast

    from bot.services.ports import Work

    here = cast(Work, work)
    home = here.communities.of(PLACE)
    assert home is not None
    here.communities.set_channel(home.id, "cases", PLACE, CASES)
    here.communities.set_channel(home.id, "staff", PLACE, STAFF)
    here.communities.grant(
        home.id, (RoleGrant(Role.REVIEWER, "discord", "7", "readers"),), Role.REVIEWER
    )


def words(shown: Shown) -> str:
    """Everything that can be read on a screen."""
    if isinstance(shown, FormScreen):
        return " ".join(plain(one.field.ask.label) for one in shown.form.fields if one.field.ask)
    return "\n".join(_lines(shown.parts))


def _lines(parts: tuple[SettledPart, ...]) -> list[str]:
    found: list[str] = []
    for part in parts:
        match part:
            case Text(body):
                found.append(plain(body))
            case Facts(rows):
                found += [f"{plain(label)}: {plain(value)}" for label, value in rows]
            case Button(label) | Select(label):
                found.append(f"[{plain(label)}]")
            case Hidden(label, inside):
                found += [plain(label), *_lines(inside)]
            case Image(name, _content, alt):
                found.append(f"<{name}: {plain(alt)}>")
            case _:
                pass
    return found


def labels(shown: Shown) -> list[str]:
    if isinstance(shown, FormScreen):
        return []
    return [plain(part.label) for part in shown.parts if isinstance(part, Button)]


def pictures(shown: Shown) -> list[Pillow.Image]:
    assert isinstance(shown, Screen)
    return [
        Pillow.open(io.BytesIO(part.content)) for part in shown.parts if isinstance(part, Image)
    ]


def select(shown: Shown, label: str) -> Select:
    assert isinstance(shown, Screen)
    return next(
        part for part in shown.parts if isinstance(part, Select) and plain(part.label) == label
    )


def wire(shown: Shown, label: str) -> str:
    assert isinstance(shown, Screen), shown
    for part in shown.parts:
        if isinstance(part, Button | Select) and plain(part.label) == label:
            return shown.voice.wire(part)
    raise AssertionError(f"no {label!r} in:\n{words(shown)}")


def plain(what: object) -> str:
    from bot.ui.language import catalogue

    return plainly(what, catalogue("en"), ZoneInfo("UTC"))  # pyright: ignore[reportArgumentType]
