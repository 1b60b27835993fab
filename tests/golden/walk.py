"""A morning in a sample community, screen by screen, through the real core and the real features.

The clock stands where it is put, so the same walk gives the same screens on every run.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Standing
from bot.domain.taxonomy import List
from bot.runtime.bell import Ring
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import (
    Delivered,
    Presence,
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
from bot.ui.action import Action
from bot.ui.form import Picked, Raw
from bot.ui.language import plainly
from bot.ui.parts import Button, Can
from bot.ui.words import Msg
from cogs.mentors.round_actions import OpenJoin
from cogs.mentors.staff_actions import ShowList
from storage import MemoryStore, memory_store

NOW = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
SESSION: Mapping[str, Raw] = {
    "title": "First year in IR",
    "topic": "career",
    "starts": "2027-03-04 18:00",
    "minutes": 60,
    "seats": 1,
    "where": "https://meet.example/ir",
}
CHANNEL = "The channel"
SAME: Mapping[str, Raw] = {"session": "First year in IR"}


@dataclass(frozen=True)
class Platform:
    """Where the walk takes place: names of accounts, and what is possible there."""

    name: str
    workspace: str
    can: frozenset[Can]
    accounts: Mapping[str, str]


@dataclass
class _Silent:
    """A bell that never rings by itself."""

    def once(self, name: str, seconds: float, ring: Ring) -> None: ...

    def every(self, name: str, seconds: float, ring: Ring) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class _Catching:
    """A door that keeps what it is asked to carry."""

    platform: str
    names: Mapping[str, str]
    carried: list[tuple[str, Screen]] = field(default_factory=list[tuple[str, Screen]])
    connected: bool = True

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        reader = self.names[target.account.user] if isinstance(target, ToPerson) else CHANNEL
        self.carried.append((reader, screen))
        return Delivered(key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        return Undeliverable("nothing was sent")

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        return Presence(Standing.NONE, frozenset(), self.names[account.user])


@dataclass
class Walk:
    """People act; what each of them is shown is kept under a title."""

    platform: Platform
    clock: HandMovedClock
    store: MemoryStore
    core: Core
    door: _Catching
    dispatcher: Dispatcher
    scenes: list[tuple[str, Shown]] = field(default_factory=list[tuple[str, Shown]])

    def arrival(self, who: str) -> Arrival:
        standing = {"Mia": Standing.MANAGER, "Gus": Standing.GUEST}.get(who, Standing.NONE)
        here = self.platform
        return Arrival(
            account=Account(here.name, "" if here.name == "discord" else here.workspace,
                            here.accounts[who]),
            name=who,
            place=Place(here.name, here.workspace),
            channel="C1",
            standing=standing,
            can=here.can,
            zone="Europe/London",
            language="en",
            place_name="IR Trainees",
        )  # fmt: skip

    async def types(self, title: str, who: str, name: str, /, **raw: Raw) -> Shown:
        """A typed command."""
        return self._keep(title, await self.core.command(self.arrival(who), name, raw))

    async def presses(self, title: str, who: str, shown: Shown, label: str) -> Shown:
        """A button of a screen."""
        return self._keep(title, await self.core.press(self.arrival(who), wire_of(shown, label)))

    async def asks(self, title: str, who: str, shown: Shown, action: Action) -> Shown:
        """Something that a button elsewhere asks for, or a choice in a list of this screen."""
        wire = shown.voice.wire(Button(Msg("x"), action))
        return self._keep(title, await self.core.press(self.arrival(who), wire))

    async def sends(self, title: str, who: str, shown: Shown, /, **raw: Raw) -> Shown:
        """A form, all of it at once."""
        assert isinstance(shown, FormScreen), shown
        return self._keep(title, await self.filled(who, shown, raw))

    async def filled(self, who: str, shown: Shown, raw: Mapping[str, Raw]) -> Shown:
        """What comes of a form; the pages of a short one after each other."""
        assert isinstance(shown, FormScreen), shown
        answer = await self.core.submit(self.arrival(who), shown.form.key, raw)
        while isinstance(answer, Screen) and _label(answer, "Continue") is not None:
            form = await self.core.press(self.arrival(who), wire_of(answer, "Continue"))
            assert isinstance(form, FormScreen), form
            answer = await self.core.submit(self.arrival(who), form.form.key, raw)
        return answer

    async def waits(self, until: datetime) -> Shown:
        """Time passes; what falls due arrives. The last of it, in the order of names."""
        self.clock.set(until)
        await self.dispatcher.ring()
        for who, screen in sorted(self.door.carried, key=lambda each: each[0]):
            self._keep(f"{who} gets a message on {until:%d %B, %H:%M} UTC", screen)
        self.door.carried.clear()
        return self.scenes[-1][1]

    def _keep(self, title: str, shown: Shown) -> Shown:
        self.scenes.append((title, shown))
        return shown


@asynccontextmanager
async def walk_on(platform: Platform) -> AsyncGenerator[Walk]:
    """An empty community and nobody in it."""
    clock, store, doors = HandMovedClock(NOW), memory_store(), Doors()
    door = _Catching(platform.name, {id: name for name, id in platform.accounts.items()})
    doors.add(door)
    scans = Scanning()
    registry = registry_of(store, clock, scans, strangers=1)
    core = Core(registry, store, clock, doors)
    dispatcher = Dispatcher(store, clock, registry.notices, doors, _Silent(), core.left)
    yield Walk(platform, clock, store, core, door, dispatcher)
    await scans.close()
    await store.close()


async def setting_up(walk: Walk) -> None:
    await walk.types("Ana lists office hours before anybody set anything up", "Ana", "hours list")
    await walk.types("Mia lists them", "Mia", "hours list")
    await walk.types("Mia asks for help", "Mia", "help")
    await walk.types("Ana begins to set up", "Ana", "setup start")
    start = await walk.types("Mia begins to set up", "Mia", "setup start")
    form = await walk.presses("Mia wants another zone", "Mia", start, "Another zone")
    await walk.sends("Mia names a place that nobody knows", "Mia", form, place="Xyzzyville")
    form = await walk.core.press(walk.arrival("Mia"), wire_of(start, "Another zone"))
    await walk.sends("Mia names a place that is in several zones", "Mia", form, place="Springfield")
    await walk.presses("Mia uses the defaults", "Mia", start, "Use the defaults")
    await walk.presses("Mia presses it again", "Mia", start, "Use the defaults")
    again = await walk.types("Mia begins to set up once more", "Mia", "setup start")
    form = await walk.presses("Mia would change the zone", "Mia", again, "Change the zone")
    change = await walk.sends("Mia names another city", "Mia", form, place="Berlin")
    form = await walk.core.press(walk.arrival("Mia"), wire_of(again, "Change the zone"))
    assert isinstance(form, FormScreen)
    other = await walk.core.submit(walk.arrival("Mia"), form.form.key, {"place": "Tokyo"})
    await walk.presses("Mia confirms it", "Mia", change, "Confirm")
    await walk.presses("Somebody else confirms another change", "Mia", other, "Confirm")


async def looking_around(walk: Walk) -> None:
    await set_up(walk)
    await walk.types("Ana asks for help", "Ana", "help")
    await walk.types("Gus, a guest, asks for help", "Gus", "help")
    await walk.types("Ana says where she is", "Ana", "my zone")
    await walk.types("Ana is in Boston", "Ana", "my zone", place="Boston")
    await walk.types("Ana is somewhere unknown", "Ana", "my zone", place="Xyzzyville")
    several = await walk.types(
        "Ana is in one of several places", "Ana", "my zone", place="Springfield"
    )
    label = "Springfield, Illinois (America/Chicago)"
    await walk.presses("Ana presses the right one", "Ana", several, label)
    walk.scenes.append(("Ana's panel", await walk.core.home(walk.arrival("Ana"))))
    await walk.types("Ana lists office hours", "Ana", "hours list")
    await walk.types("Ana lists them by topic", "Ana", "hours list", topic="Lymphatics")
    await walk.types("Ana looks at her own", "Ana", "hours mine")
    await walk.types("Gus tries to join", "Gus", "hours join", session="k3f9")
    await walk.types("Ana joins what is not there", "Ana", "hours join", session="k3f9")


async def hosting(walk: Walk) -> None:
    await set_up(walk)
    form = await walk.types("Ben opens the form of a session", "Ben", "hours host")
    await walk.sends("Ben leaves most of it out", "Ben", form, title="IR", starts="yesterday")
    await walk.types("Ben chooses a time that has passed", "Ben", "hours host",
                     **{**SESSION, "starts": "2020-03-04 18:00"})  # fmt: skip
    series = {**SESSION, "repeat": "weekly", "until": "2027-06-30", "seats": 6, "closes": 2}
    echo = await walk.types("Ben plans a series across the clock change", "Ben", "hours host",
                            **series, audience="residents_up")  # fmt: skip
    await walk.presses("Ben cancels it", "Ben", echo, "Cancel")
    echo = await walk.types("Ben plans one session", "Ben", "hours host", **SESSION)
    opened = await walk.presses("Ben confirms", "Ben", echo, "Confirm")
    await walk.presses("Ben confirms again", "Ben", echo, "Confirm")
    await walk.presses("Ben looks at the roster", "Ben", opened, "Roster")
    form = await walk.presses("Ben wants to move it", "Ben", opened, "Move")
    move = await walk.sends("Ben moves it", "Ben", form, starts="Fri 7pm")
    await walk.presses("Ben confirms the new time", "Ben", move, "Confirm")
    early = {"session": "First year in IR", "minutes": 10}
    await walk.types("Ben runs late, two days too early", "Ben", "hours late", **early)
    form = await walk.presses("Ben wants to call it off", "Ben", opened, "Call off")
    off = await walk.sends("Ben calls it off", "Ben", form, reason="On call that night")
    await walk.presses("Ben confirms that", "Ben", off, "Confirm")


async def taking_part(walk: Walk) -> None:
    await set_up(walk)
    await _session(walk)
    await walk.types("Ana lists office hours", "Ana", "hours list")
    receipt = await walk.types("Ana joins", "Ana", "hours join", session="First year in IR",
                               about="How to read a contract")  # fmt: skip
    await walk.types("Ana joins again", "Ana", "hours join", session="First year in IR")
    waiting = await walk.types(
        "Mia joins a full session", "Mia", "hours join", session="First year in IR"
    )
    await walk.presses("Mia wants to ask a question", "Mia", waiting, "Ask a question")
    await walk.types("Mia asks", "Mia", "hours ask", session="First year in IR",
                     question="How many nights a month?")  # fmt: skip
    await walk.waits(NOW + timedelta(minutes=1))
    await walk.types("Ben looks at the roster", "Ben", "hours roster", session="First year in IR")
    await walk.types("Ana looks at the roster", "Ana", "hours roster", session="First year in IR")
    await walk.types("Ben joins his own session", "Ben", "hours join", session="First year in IR")
    await walk.types("Ana looks at her own", "Ana", "hours mine")
    await walk.types("Ana wants a calendar file", "Ana", "hours calendar")
    walk.scenes.append(("Ana's panel", await walk.core.home(walk.arrival("Ana"))))
    await walk.presses("Ana leaves", "Ana", receipt, "Leave")
    await walk.presses("Ana leaves again", "Ana", receipt, "Leave")
    await walk.waits(NOW + timedelta(minutes=2))
    await walk.types("Ana takes a place at the end", "Ana", "hours join", **SAME)
    mine = await walk.types("Mia looks at her own", "Mia", "hours mine")
    await walk.presses("Mia says not now", "Mia", mine, "Not now")
    await walk.waits(NOW + timedelta(minutes=3))
    await walk.types("Mia takes a place at the end", "Mia", "hours join", **SAME)
    # Nobody answers for twelve hours.
    await walk.waits(NOW + timedelta(hours=12, minutes=4))
    await walk.waits(datetime(2027, 3, 2, 8, 0, tzinfo=UTC))
    mine = await walk.types("Mia finds the offer", "Mia", "hours mine")
    rules = await walk.types("Mia allows one seat a week", "Mia", "setup hours", seats_a_week=1)
    await walk.presses("Mia confirms that", "Mia", rules, "Confirm")
    await walk.presses("Mia takes the seat", "Mia", mine, "Take the seat")
    await walk.types("Ana waits again", "Ana", "hours join", **SAME)
    await walk.core.command(walk.arrival("Mia"), "hours leave", SAME)
    await walk.waits(walk.clock.now())
    await walk.waits(datetime(2027, 3, 4, 16, 30, tzinfo=UTC))


async def messages(walk: Walk) -> None:
    await set_up(walk)
    await _session(walk)
    joins = {"session": "First year in IR", "about": "How to read a contract"}
    await walk.core.command(walk.arrival("Ana"), "hours join", joins)
    await walk.waits(datetime(2027, 3, 3, 18, 0, tzinfo=UTC))
    await walk.waits(datetime(2027, 3, 4, 17, 30, tzinfo=UTC))
    await walk.types("Ben runs late", "Ben", "hours late", session="First year in IR", minutes=10)
    await walk.waits(datetime(2027, 3, 4, 17, 31, tzinfo=UTC))
    await confirmed(walk, "hours move", session="First year in IR", starts="2027-03-05 19:00")
    await walk.waits(datetime(2027, 3, 4, 17, 40, tzinfo=UTC))
    await confirmed(walk, "hours call-off", session="First year in IR", reason="On call that night")
    await walk.waits(datetime(2027, 3, 4, 18, 10, tzinfo=UTC))


async def called_away(walk: Walk) -> None:
    await set_up(walk)
    await confirmed(walk, "hours host", **{**SESSION, "seats": 3})
    await walk.core.command(walk.arrival("Ana"), "hours join", SAME)
    roster = await walk.core.command(walk.arrival("Ben"), "hours roster", SAME)
    away = await walk.presses("Ben is pulled into a case", "Ben", roster, "Pulled into a case")
    await walk.presses("Ben needs 15 minutes", "Ben", away, "15 min later")
    await walk.presses("Ben presses it again", "Ben", away, "15 min later")
    await walk.waits(NOW + timedelta(minutes=1))
    away = await walk.core.press(walk.arrival("Ben"), wire_of(roster, "Pulled into a case"))
    await walk.presses("Ben cannot come", "Ben", away, "Open it without me")
    await walk.waits(NOW + timedelta(minutes=2))
    form = await walk.presses("Ben wants to change it", "Ben", roster, "Change")
    change = await walk.sends("Ben names a room", "Ben", form, title="First year in IR",
                              minutes=60, seats=3, where="Room 7", closes=0)  # fmt: skip
    await walk.presses("Ben confirms", "Ben", change, "Confirm")
    await walk.waits(NOW + timedelta(minutes=3))


async def afterwards(walk: Walk) -> None:
    await set_up(walk)
    await confirmed(walk, "hours host", **{**SESSION, "seats": 3})
    for who in ("Ana", "Mia"):
        await walk.core.command(walk.arrival(who), "hours join", SAME)
    question = {**SAME, "question": "How many nights a month?"}
    await walk.core.command(walk.arrival("Ana"), "hours ask", question)
    await walk.dispatcher.ring()
    walk.door.carried.clear()
    await walk.types("Mia, a moderator, looks at the roster", "Mia", "hours roster", **SAME)
    walk.clock.set(datetime(2027, 3, 4, 18, 30, tzinfo=UTC))
    await walk.dispatcher.ring()
    walk.door.carried.clear()
    roster = await walk.types("Ben looks at the roster", "Ben", "hours roster", **SAME)
    await walk.presses("Ben marks everybody", "Ben", roster, "Everybody was there")
    await walk.types("Ben looks again", "Ben", "hours roster", **SAME)
    await walk.waits(datetime(2027, 3, 4, 19, 1, tzinfo=UTC))
    await walk.waits(datetime(2027, 3, 8, 9, 0, tzinfo=UTC))


async def dropping_in(walk: Walk) -> None:
    await set_up(walk)
    await confirmed(walk, "hours host", **{**SESSION, "mode": "drop-in"})
    await walk.types("Ana comes too early", "Ana", "hours queue", **SAME)
    walk.clock.set(datetime(2027, 3, 4, 18, 0, tzinfo=UTC))
    await walk.dispatcher.ring()
    walk.door.carried.clear()
    place = await walk.types("Ana lines up", "Ana", "hours queue", **SAME, question="Which wire?")
    await walk.types("Mia lines up", "Mia", "hours queue", **SAME)
    desk = await walk.types("Ben looks at the queue", "Ben", "hours queue", **SAME)
    called = await walk.presses("Ben takes the next one", "Ben", desk, "Next")
    await walk.waits(datetime(2027, 3, 4, 18, 1, tzinfo=UTC))
    await walk.presses("Ana looks", "Ana", place, "Where am I")
    await walk.presses("Ben pauses", "Ben", called, "Pause")
    await walk.waits(datetime(2027, 3, 4, 18, 2, tzinfo=UTC))
    await walk.waits(datetime(2027, 3, 4, 19, 1, tzinfo=UTC))


OFFER: Mapping[str, Raw] = {
    "help_with": ("career", "match"),
    "topics": ("oncology", "research"),
    "formats": ("talk", "ongoing"),
    "stage": "Attending or consultant",
    "region": "Europe",
    "languages": ("en", "de"),
    "meeting": "Write two lines first; then a call on a Thursday.",
    "places": 1,
    "backgrounds": ("first_generation",),
}
ASKING: Mapping[str, Raw] = {
    "who": "I am in my third year and there is no IR where I train.",
    "why": "You help with first steps into oncology research.",
    "ask": "Could we talk for 20 minutes about a first project?",
    "format": "ongoing",
    "times": "Evenings",
}


async def offering(walk: Walk) -> None:
    await set_up(walk)
    empty = await walk.types("Ana looks before there are mentors", "Ana", "mentor find")
    form = await walk.presses("Ana opens the questions", "Ana", empty, "A few questions")
    await walk.sends("Ana answers some", "Ana", form, topics=("research",), home_programme="no")
    form = await walk.types("Ben offers mentoring", "Ben", "mentor offer")
    shown = await walk.sends("Ben sees what others will see", "Ben", form, **OFFER)
    agree = "Publish, and use my backgrounds for matching"
    done = await walk.presses("Ben publishes", "Ben", shown, agree)
    mine = await walk.presses("Ben looks at his listing", "Ben", done, "My listing")
    await walk.presses("Ben takes one consent back", "Ben", mine, "Stop using my backgrounds")
    await walk.presses("Ben edits", "Ben", mine, "Edit")
    await walk.types("Mia verifies Ben", "Mia", "setup verify", member=picked(walk, "Ben"),
                     how="met at the annual meeting")  # fmt: skip
    await walk.waits(NOW + timedelta(minutes=1))
    found = await walk.types("Ana looks for mentors", "Ana", "mentor find", topic="oncology")
    await walk.presses("Ana looks at the card", "Ana", found, "Card of Ben")
    await walk.types("Ana looks for what nobody offers", "Ana", "mentor find", topic="trauma")
    await walk.types("Ana types a topic that is none", "Ana", "mentor find", topic="Xyzzy")
    await walk.types("Ana blocks Ben", "Ana", "my block", member=picked(walk, "Ben"))
    await walk.types("Ana looks at Ben's card", "Ana", "mentor show", member=picked(walk, "Ben"))
    paused = await walk.types("Ben pauses", "Ben", "mentor pause", until="2027-03-20")
    await walk.presses("Ben is back", "Ben", paused, "Back now")
    asked = await walk.types("Ben withdraws", "Ben", "mentor withdraw")
    await walk.presses("Ben means it", "Ben", asked, "Withdraw")
    await walk.types("Ben withdraws again", "Ben", "mentor withdraw")
    await walk.types("Ben wants his record", "Ben", "mentor record", year=2027)


async def asking(walk: Walk) -> None:
    await set_up(walk)
    await offers(walk, "Ben")
    found = await walk.core.command(walk.arrival("Ana"), "mentor find", {})
    form = await walk.presses("Ana asks Ben", "Ana", found, "Ask Ben")
    rash = {**ASKING, "ask": "Would you write me a letter? I will rank you first."}
    hinted = await walk.sends("Ana writes rashly", "Ana", form, **rash)
    form = await walk.presses("Ana changes it", "Ana", hinted, "Change")
    named = {**ASKING, "why": "My patient John Doe, MRN 1234567, made me think of you."}
    await walk.sends("Ana names a patient", "Ana", form, **named)
    form = await walk.core.press(walk.arrival("Ana"), wire_of(hinted, "Change"))
    shown = await walk.sends("Ana writes three sentences", "Ana", form, **ASKING)
    sent = await walk.presses("Ana sends it", "Ana", shown, "Send")
    await walk.presses("Ana sends it again", "Ana", shown, "Send")
    request = await walk.waits(NOW + timedelta(minutes=1))
    form = await walk.presses("Ben asks a question", "Ben", request, "Ask a question")
    await walk.sends("Ben sends his question", "Ben", form, question="Which year are you in?")
    question = await walk.waits(NOW + timedelta(minutes=2))
    form = await walk.presses("Ana answers", "Ana", question, "Answer")
    await walk.sends("Ana sends her answer", "Ana", form, answer="The third; two more to go.")
    request = await walk.waits(NOW + timedelta(minutes=3))
    await walk.types("Ana looks at her requests", "Ana", "mentor inbox")
    await walk.presses("Ben accepts", "Ben", request, "Accept")
    await walk.presses("Ben accepts on another device", "Ben", request, "Accept")
    await walk.waits(NOW + timedelta(minutes=4))
    await walk.presses("Ana would take it back", "Ana", sent, "Take it back")
    await walk.types("Mia asks a mentor who is full", "Mia", "mentor request",
                     **{**ASKING, "mentor": picked(walk, "Ben")})  # fmt: skip


async def declining(walk: Walk) -> None:
    await set_up(walk)
    await offers(walk, "Ben")
    await offers(walk, "Mia")
    for who, name in (("Ana", "Ben"), ("Mia", "Ben")):
        raw = {**ASKING, "mentor": picked(walk, name)}
        shown = await walk.core.command(walk.arrival(who), "mentor request", raw)
        await walk.core.press(walk.arrival(who), wire_of(shown, "Send"))
    requests = await walk.waits(NOW + timedelta(minutes=1))
    await walk.types("Ben looks at his requests", "Ben", "mentor inbox")
    screen = await walk.types("Ben wants a pause", "Ben", "mentor pause")
    screen = await walk.presses("Ben accepts one", "Ben", screen, "Accept Mia")
    await walk.presses("Ben pauses with the rest", "Ben", screen, "Pause now")
    await walk.presses("Ben presses an old button", "Ben", requests, "Not now")
    await walk.waits(NOW + timedelta(minutes=2))
    await walk.types("Ana wants suggestions", "Ana", "mentor suggest")


async def matching(walk: Walk) -> None:
    await set_up(walk)
    await offers(walk, "Ben")
    await offers(walk, "Mia")
    none = await walk.types("Mia looks at matching", "Mia", "setup match")
    opened = await walk.presses("Mia opens a round", "Mia", none, "Open a round")
    for who, mentors in (("Ana", False), ("Ben", True), ("Mia", True)):
        form = await walk.asks(f"{who} takes part", who, opened, OpenJoin(1, mentors))
        wish = {"first": picked(walk, "Ana")} if who == "Mia" else {}
        await walk.sends(f"{who} is in", who, form, **wish)
    stands = await walk.types("Mia sees who takes part", "Mia", "setup match")
    form = await walk.presses("Mia keeps two apart", "Mia", stands, "Do not pair two people")
    apart = await walk.sends("It is confidential", "Mia", form, one=picked(walk, "Ana"),
                             other=picked(walk, "Ben"))  # fmt: skip
    drafted = await walk.presses("Mia makes a draft", "Mia", apart, "Make a draft")
    form = await walk.presses("Mia would change a pair", "Mia", drafted, "Change Ana")
    await walk.sends("Those two are kept apart", "Mia", form, mentor=picked(walk, "Ben"))
    sure = await walk.presses("Mia would publish", "Mia", drafted, "Publish")
    await walk.presses("Mia publishes", "Mia", sure, "Publish now")
    await walk.presses("Mia drafts on an old screen", "Mia", opened, "Make a draft")
    await walk.waits(NOW + timedelta(minutes=1))


async def directory(walk: Walk) -> None:
    await set_up(walk)
    panel = await walk.types("Mia looks at the directory", "Mia", "setup mentors")
    form = await walk.presses("Mia limits who may look", "Mia", panel, "Limit who may look")
    asked = await walk.sends("Ben alone may look", "Mia", form, people=picked(walk, "Ben"))
    await walk.presses("Mia confirms it", "Mia", asked, "Confirm")
    await walk.types("Ana may not look", "Ana", "mentor find")
    limited = await walk.types("Mia looks again", "Mia", "setup mentors")
    await walk.presses("Mia opens it again", "Mia", limited, "Open to every member")
    topics = await walk.asks("Mia looks at the topics", "Mia", panel, ShowList(List.TOPICS))
    form = await walk.presses("Mia adds one", "Mia", topics, "Add an entry")
    await walk.sends("It reads like another", "Mia", form, label="research")
    form = await walk.presses("Mia adds another", "Mia", topics, "Add an entry")
    added = await walk.sends("Old and new", "Mia", form, label="Genicular artery")
    await walk.presses("It is in the list", "Mia", added, "Confirm")


async def offers(walk: Walk, who: str) -> None:
    form = await walk.core.command(walk.arrival(who), "mentor offer", {})
    shown = await walk.filled(who, form, OFFER)
    await walk.core.press(walk.arrival(who), wire_of(shown, "Publish"))


def picked(walk: Walk, who: str) -> Raw:
    return (Picked(walk.arrival(who).account, who),)


async def set_up(walk: Walk) -> None:
    start = await walk.core.command(walk.arrival("Mia"), "setup start", {})
    await walk.core.press(walk.arrival("Mia"), wire_of(start, "Use the defaults"))


async def _session(walk: Walk) -> None:
    await confirmed(walk, "hours host", **SESSION)


async def confirmed(walk: Walk, name: str, **raw: Raw) -> None:
    echo = await walk.core.command(walk.arrival("Ben"), name, raw)
    await walk.core.press(walk.arrival("Ben"), wire_of(echo, "Confirm"))


def wire_of(shown: Shown, label: str) -> str:
    assert isinstance(shown, Screen), shown
    wire = _label(shown, label)
    assert wire is not None, f"no {label!r} in {shown}"
    return wire


def _label(shown: Screen, label: str) -> str | None:
    for part in shown.parts:
        if isinstance(part, Button):
            text = plainly(part.label, shown.voice.catalogue, shown.voice.zone)
            if text == label:
                return shown.voice.wire(part)
    return None
