"""A community on a hand-moved clock: the real dispatcher, engine and store, and a door on paper."""

import heapq
import logging
from collections import deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import HandMovedClock
from bot.domain.delivery import Delivery
from bot.domain.people import Account, CommunityId, MemberId, Place, Role, Standing
from bot.runtime.bell import Ring
from bot.runtime.core import Core
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import (
    Again,
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
from bot.runtime.feature import Moot, Notice
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.services import pairs, people, questions
from bot.services.follow_ups import engine, leaving
from bot.services.ports import Work
from bot.ui.parts import Reply
from storage.sqlite_engine import driver_of
from tests.simulation.crashes import Crash, FragileStore
from tests.simulation.people import Person, Temper

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
SPAN = timedelta(days=730)
HALL = Place("discord", "9")
ZONES = (ZoneInfo("America/Los_Angeles"), ZoneInfo("Europe/London"))
FULL = frozenset({Role.GUEST, Role.MEMBER, Role.HOST})
CLOSERS = {**pairs.CLOSERS, **questions.CLOSERS}

Check: TypeAlias = Callable[[datetime | None, datetime | None], Coroutine[Any, Any, None]]
Act: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


class SilentBell:
    """Rings for nobody: the simulation looks at the store itself."""

    def once(self, name: str, seconds: float, ring: Ring) -> None: ...

    def every(self, name: str, seconds: float, ring: Ring) -> None: ...

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class Letter:
    """Something that reached somebody, or was tried."""

    at: datetime
    person: Person
    row: Delivery
    items: tuple[tuple[str, int], ...]
    """Kinds and refs of what it said: several in a digest."""
    arrived: bool
    marked: frozenset[int] = frozenset()
    """Refs of which it said that they may have been heard before."""
    asked: bool = False
    """It stood below the answer to something they did."""


@dataclass
class World:
    """Everything that exists in one run."""

    seed: int
    store: FragileStore
    notices: dict[str, Notice]
    random: Random
    clock: HandMovedClock = field(default_factory=lambda: HandMovedClock(START))
    community: CommunityId = field(init=False)
    people: dict[MemberId, Person] = field(default_factory=dict[MemberId, Person])
    letters: list[Letter] = field(default_factory=list[Letter])
    died: set[datetime] = field(default_factory=set[datetime])
    """When a process ended; what it was sending then may not have been written down."""
    holds: bool = False
    """Whether moderators hold every message now and then."""
    held: datetime | None = None
    """Since when moderators hold every message."""
    held_before: list[tuple[datetime, datetime]] = field(
        default_factory=list[tuple[datetime, datetime]]
    )
    history: deque[str] = field(default_factory=lambda: deque(maxlen=40))
    steps: int = 0
    received: Callable[[Letter], None] = lambda letter: None
    _agenda: list[tuple[datetime, int, str, Act]] = field(
        default_factory=list[tuple[datetime, int, str, Act]]
    )
    _numbers: Any = field(default_factory=count)
    _composed: dict[str, tuple[Delivery, tuple[tuple[str, int, bool], ...]]] = field(
        default_factory=dict[str, Any]
    )

    platform = "discord"
    connected = True

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def here(self) -> list[Person]:
        return [person for person in self.people.values() if not person.gone]

    def note(self, text: str) -> None:
        self.history.append(f"{self.now:%Y-%m-%d %H:%M} {text}")

    def later(self, at: datetime, name: str, act: Act) -> None:
        heapq.heappush(self._agenda, (at, next(self._numbers), name, act))

    async def found(self, size: int) -> None:
        """The community and its people."""

        def settle(work: Work) -> CommunityId:
            home = work.communities.add(HALL, "Radiology", START)
            work.communities.mark_set_up(home.id, "Europe/London", START)
            for purpose in ("community", "questions", "staff"):
                work.communities.set_channel(home.id, purpose, HALL, purpose)
            return home.id

        self.community = await self.store.inner.write(settle)
        for number in range(size):
            await self.add_person(number)

    async def add_person(self, number: int) -> None:
        account = Account("discord", "", str(1000 + number))
        name = f"p{number}"
        zone = ZONES[number % 2]

        def join(work: Work) -> MemberId:
            profile = work.people.add(account, name, self.now)
            work.people.join(profile.member, self.community, self.now)
            work.people.set_zone(profile.member, zone.key)
            return profile.member

        member = await self.store.inner.write(join)
        temper = self.random.choice(list(Temper))
        self.people[member] = Person(name, account, member, zone, temper, number % 3 == 0)

    def dispatcher(self) -> Dispatcher:
        """A new process."""
        doors = Doors()
        doors.add(self)
        return Dispatcher(
            self.store,
            self.clock,
            {kind: self._listened(notice) for kind, notice in self.notices.items()},
            doors,
            SilentBell(),
            self._left,
            batch=20,
            at_once=1,
        )

    async def _left(self, account: Account, community: CommunityId) -> None:
        await self.store.write(people.leave, self.now, account, community, (leaving.gone,))

    def _listened(self, notice: Notice) -> Notice:
        # The door sees keys only; what a key stands for is noted when it is worded.
        async def compose(row: Delivery, late: bool) -> Reply | Moot:
            said = await notice.compose(row, late)
            items = ((row.kind, row.ref, row.doubtful),)
            if row.kind == "fu.digest":
                waiting = await self.store.read(lambda work: work.nudges.waiting(row.key))
                items = tuple((o.kind, o.ref, o.doubtful or row.doubtful) for o in waiting)
            self._composed[row.key] = (row, items)
            return said

        return Notice(notice.kind, compose, notice.late_after, notice.stale_after, notice.course)

    # The door -----------------------------------------------------------------------------------

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        return Undeliverable("nothing was sent")

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        person = next(one for one in self.people.values() if one.account == account)
        return None if person.gone else Presence(Standing.NONE, frozenset(), person.name)

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        if not isinstance(target, ToPerson):
            return Delivered(key)
        row, items = self._composed[key]
        person = next(one for one in self.people.values() if one.account == target.account)
        if self.random.random() < 0.01:
            return Again(30)
        said = tuple((kind, ref) for kind, ref, _doubtful in items)
        marked = frozenset(ref for _kind, ref, doubtful in items if doubtful)
        letter = Letter(self.now, person, row, said, not person.shut, marked)
        self.letters.append(letter)
        self.note(f"{'to' if letter.arrived else 'NOT to'} {person.name}: {key}")
        self.received(letter)
        if person.shut:
            person.trouble.append(self.now)
            return Undeliverable("closed")
        if self.random.random() < self.store.risk:
            # It went out, and nobody lived to write that down.
            self.store.crashes += 1
            raise Crash
        return Delivered(key)

    # Time ---------------------------------------------------------------------------------------

    async def run(self, until: datetime, check: Check) -> None:
        """Let everything happen in order; `check` after every step."""
        dispatcher = self.dispatcher()
        while True:
            send_at, upkeep_at = await self.store.inner.read(next_times)
            await check(send_at, upkeep_at)
            first = self._agenda[0][0] if self._agenda else until
            at = max(min(first, send_at or until, upkeep_at or until), self.now)
            if at >= until:
                break
            self.clock.set(at)
            self.steps += 1
            try:
                if self._agenda and self._agenda[0][0] <= at:
                    _at, _number, name, act = heapq.heappop(self._agenda)
                    self.note(name)
                    await act()
                if upkeep_at is not None and upkeep_at <= at:
                    await self.store.write(upkeep, self.now)
                if send_at is not None and send_at <= at:
                    await dispatcher.ring()
            except Crash:
                self.note("-- the process ends; a new one begins")
                self.died.add(at)
                dispatcher = self.dispatcher()
                self.clock.move(timedelta(seconds=self.random.choice((1, 40, 3600))))


def upkeep(work: Work, now: datetime) -> None:
    """What the ticks of the feature do."""
    engine.advance(work, now, CLOSERS)
    pairs.begin_rounds(work, now)


# Asked at every step, so in plain SQL: deliveries, leases, deadlines, bounds, check-ins. On hold
# nothing ends.
_NEXT = """
SELECT (SELECT min(wake_at) FROM deliveries WHERE state = 'pending'),
       (SELECT min(lease_until) FROM deliveries WHERE state = 'claimed'),
       (SELECT min(deadline) FROM follow_ups, communities
        WHERE ending IS NULL AND stopped_at IS NULL
        AND communities.id = community_id AND held_at IS NULL),
       (SELECT min(bound) FROM follow_ups, communities
        WHERE ending IS NULL AND stopped_at IS NOT NULL
        AND communities.id = community_id AND held_at IS NULL),
       (SELECT min(next_round) FROM pairs)
"""


def next_times(work: Work) -> tuple[datetime | None, datetime | None]:
    """When something has to be sent, and when upkeep is due."""
    connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
    if connection.dialect.name == "sqlite":
        row = driver_of(connection).execute(_NEXT).fetchone()
    else:
        row = connection.exec_driver_sql(_NEXT).one()
    found = [_moment(one) for one in row]
    return _first(found[:2]), _first(found[2:])


def _first(found: list[datetime | None]) -> datetime | None:
    return min((at for at in found if at is not None), default=None)


def _moment(value: str | datetime | None) -> datetime | None:
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=UTC)
    return value


def quiet_logs() -> None:
    logging.getLogger("bot.runtime.delivery").setLevel(logging.CRITICAL)
