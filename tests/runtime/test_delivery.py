"""What is due goes out: on time, once, in the reader's words, and never about a closed matter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import HandMovedClock
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import Account, CommunityId, MemberId, Place, Standing
from bot.errors import PlatformUnavailable, StoreUnavailable
from bot.metrics import Metrics
from bot.runtime import sentences
from bot.runtime.bell import Ring
from bot.runtime.core import Core
from bot.runtime.delivery import LEASE, Dispatcher, Left
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
from bot.runtime.feature import Course, Moot, Notice
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.services import delivery as use_cases
from bot.services import people
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from bot.ui.words import Typed, _
from storage import MemoryStore, memory_store

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
HERE = Place("preview", "here")


@dataclass
class SilentBell:
    """Rings only when the test says so; remembers what it was asked."""

    asked: dict[str, float] = field(default_factory=dict[str, float])
    rings: dict[str, Ring] = field(default_factory=dict[str, Ring])

    def once(self, name: str, seconds: float, ring: Ring) -> None:
        self.asked[name] = seconds
        self.rings[name] = ring

    def every(self, name: str, seconds: float, ring: Ring) -> None:
        self.rings[name] = ring

    def start(self) -> None: ...

    def stop(self) -> None: ...


@dataclass
class PaperDoor:
    """Writes down what it was asked to carry; `answer` decides what the platform says."""

    platform: str = "preview"
    connected: bool = True
    carried: list[tuple[Target, Screen, str]] = field(
        default_factory=list[tuple[Target, Screen, str]]
    )
    answer: Callable[[Target, str], Sent] = lambda target, key: Delivered(key)
    hold: asyncio.Event | None = None
    gone: set[Account] = field(default_factory=set[Account])
    away: bool = False
    asked: int = 0

    async def start(self, core: Core) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        if self.hold is not None:
            await self.hold.wait()
        self.carried.append((target, screen, key))
        return self.answer(target, key)

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        return Undeliverable("nothing was sent")

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> Readers | None:
        return None

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        self.asked += 1
        if self.away:
            raise PlatformUnavailable
        return None if account in self.gone else Presence(Standing.NONE, frozenset(), "Ana")

    @property
    def keys(self) -> list[str]:
        return [key for _target, _screen, key in self.carried]


@dataclass
class Post:
    """A post office with one community, some members and one kind of notice."""

    store: MemoryStore
    clock: HandMovedClock
    door: PaperDoor
    bell: SilentBell
    dispatcher: Dispatcher
    community: CommunityId
    members: list[MemberId]
    notices: dict[str, Notice]
    moot: set[str] = field(default_factory=set[str])
    broken: set[str] = field(default_factory=set[str])
    late: list[str] = field(default_factory=list[str])
    metrics: Metrics = field(default_factory=Metrics)

    async def compose(self, delivery: Delivery, late: bool) -> Reply | Moot:
        if delivery.subject in self.broken:
            raise RuntimeError
        if late:
            self.late.append(delivery.key)
        if delivery.subject in self.moot:
            return Moot.MOOT
        return Reply((Text(_("About {subject}.", subject=Typed(delivery.subject))),))

    async def plan(self, *rows: NewDelivery) -> None:
        await self.store.write(lambda work: work.deliveries.schedule(rows))

    def row(self, key: str, member: int = 0, due: datetime | None = None) -> NewDelivery:
        when = due or self.clock.now()
        to = self.members[member]
        return NewDelivery("note", self.community, f"subject:{key}", key, when, member=to)

    def in_channel(self, key: str) -> NewDelivery:
        subject = f"subject:{key}"
        now = self.clock.now()
        return NewDelivery("note", self.community, subject, key, now, channel="hours")


class Trouble:
    """A store that is away for the first transaction."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._away = True

    async def write(self, use_case: Callable[..., object], *given: object) -> object:
        if self._away:
            self._away = False
            raise StoreUnavailable
        return self._store.write_now(use_case, *given)

    async def read(self, use_case: Callable[..., object], *given: object) -> object:
        return self._store.read_now(use_case, *given)


def _left(store: MemoryStore, clock: HandMovedClock) -> Left:
    async def left(account: Account, community: CommunityId) -> None:
        await store.write(people.leave, clock.now(), account, community, ())

    return left


def _doors(door: PaperDoor) -> Doors:
    doors = Doors()
    doors.add(door)
    return doors


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    store: MemoryStore = memory_store()
    clock = HandMovedClock(NOW)
    bell = SilentBell()
    door = PaperDoor()

    def found(work: Work) -> tuple[CommunityId, list[MemberId]]:
        home = work.communities.add(HERE, "Here", NOW)
        members: list[MemberId] = []
        for number in range(3):
            account = Account("preview", "here", str(number))
            member = work.people.add(account, f"Member {number}", NOW).member
            work.people.join(member, home.id, NOW)
            members.append(member)
        return home.id, members

    community, members = await store.write(found)
    notices: dict[str, Notice] = {}
    metrics = Metrics()
    dispatcher = Dispatcher(
        *(store, clock, notices, _doors(door), bell, _left(store, clock)),
        batch=10,
        at_once=4,
        metrics=metrics,
    )
    office = Post(
        *(store, clock, door, bell, dispatcher, community, members, notices), metrics=metrics
    )
    notices["note"] = Notice("note", office.compose, stale_after=timedelta(hours=2))
    yield office
    await store.close()


async def test_what_is_due_goes_out_once(post: Post) -> None:
    await post.plan(post.row("a"), post.row("b", 1))
    await post.dispatcher.ring()
    await post.dispatcher.ring()
    assert sorted(post.door.keys) == ["a", "b"]
    target = post.door.carried[0][0]
    assert isinstance(target, ToPerson)
    assert target.account.platform == "preview"


async def test_what_is_not_due_waits_and_the_bell_is_set(post: Post) -> None:
    await post.plan(post.row("a", due=NOW + timedelta(minutes=5)))
    await post.dispatcher.ring()
    assert post.door.keys == []
    assert post.bell.asked["delivery"] == pytest.approx(300)
    post.clock.move(timedelta(minutes=5))
    await post.bell.rings["delivery"]()
    assert post.door.keys == ["a"]


async def test_the_same_cause_twice_is_one_message(post: Post) -> None:
    await post.plan(post.row("a"))
    await post.plan(post.row("a"))
    await post.dispatcher.ring()
    assert post.door.keys == ["a"]


async def test_what_was_cancelled_stays_unsaid(post: Post) -> None:
    await post.plan(post.row("a"), post.row("b"))
    await post.store.write(lambda work: work.deliveries.cancel("subject:a"))
    await post.dispatcher.ring()
    assert post.door.keys == ["b"]


async def test_what_is_cancelled_between_claim_and_send_stays_unsaid(post: Post) -> None:
    """Four at a time: the fifth is looked at after the first four went out."""
    await post.plan(*(post.row(f"k{number}") for number in range(8)))

    def cancel(target: Target, key: str) -> Sent:
        if post.door.keys == ["k0"]:
            post.store.write_now(lambda work: work.deliveries.cancel("subject:k7"))
        return Delivered(key)

    post.door.answer = cancel
    await post.dispatcher.ring()
    assert "k7" not in post.door.keys
    assert len(post.door.keys) == 7


async def test_moot_at_the_moment_of_sending(post: Post) -> None:
    post.moot.add("subject:a")
    await post.plan(post.row("a"))
    await post.dispatcher.ring()
    await post.dispatcher.ring()
    assert post.door.keys == []


async def test_late_is_told_and_stale_is_dropped(post: Post) -> None:
    await post.plan(post.row("late"), post.row("stale"))
    await post.plan(post.row("stale2", due=NOW - timedelta(hours=1)))
    post.clock.move(timedelta(hours=1, minutes=30))
    await post.dispatcher.ring()
    assert sorted(post.late) == ["late", "stale"]
    assert sorted(post.door.keys) == ["late", "stale"]
    assert 'deliveries_total{outcome="stale"} 1.0' in post.metrics.text().decode()


async def test_passing_trouble_is_tried_again_later(post: Post) -> None:
    answers: list[Sent] = [Again(90), Delivered("1")]
    post.door.answer = lambda target, key: answers.pop(0)
    await post.plan(post.row("a"))
    await post.dispatcher.ring()
    assert post.bell.asked["delivery"] == pytest.approx(90)
    post.clock.move(timedelta(seconds=91))
    await post.dispatcher.ring()
    assert post.door.keys == ["a", "a"]
    last = post.door.carried[-1][1]
    assert all(part != Text(sentences.PERHAPS_AGAIN) for part in last.parts), (
        "a refused try is known not to have gone out"
    )


async def test_a_long_outage_loses_nothing_that_still_makes_sense(post: Post) -> None:
    away = True
    post.door.answer = lambda target, key: Again(1) if away else Delivered(key)
    await post.plan(post.row("a"))
    for _minute in range(90):
        await post.dispatcher.ring()
        post.clock.move(timedelta(minutes=1))
    assert 15 < len(post.door.keys) < 40, "asked less and less often"
    away = False
    post.clock.move(timedelta(minutes=5))
    await post.dispatcher.ring()
    await post.dispatcher.ring()
    assert post.late[-1] == "a"
    assert await post.store.read(use_cases.next_due) is None


async def test_who_has_just_begun_does_not_wait_long_for_a_door(post: Post) -> None:
    await post.plan(post.row("a", due=NOW - timedelta(minutes=30)))
    post.door.away = True
    await post.dispatcher.ring()
    post.door.away = False
    assert post.bell.asked["delivery"] == pytest.approx(5)
    post.clock.move(timedelta(seconds=6))
    await post.dispatcher.ring()
    assert post.door.keys == ["a"]


async def test_what_follows_one_message_cannot_undo_the_others(post: Post) -> None:
    heard: list[str] = []

    def sent(work: Work, now: datetime, delivery: Delivery) -> None:
        if delivery.key == "b":
            raise RuntimeError
        heard.append(delivery.key)

    def admit(work: Work, now: datetime, delivery: Delivery) -> bool:
        return True

    def undelivered(work: Work, now: datetime, delivery: Delivery) -> None: ...

    course = Course(admit, sent, undelivered)
    post.notices["note"] = Notice("note", post.compose, course=course)
    await post.plan(*(post.row(key) for key in "abc"))
    await post.dispatcher.ring()
    await post.dispatcher.ring()
    assert sorted(post.door.keys) == ["a", "b", "c"]
    assert heard[-2:] == ["a", "c"], "the first time all of them were undone together"
    assert await post.store.read(use_cases.next_due) is None


async def test_what_may_go_out_is_decided_for_all_at_once(post: Post) -> None:
    """And by itself for each, where a decision fails: nobody waits for another's trouble."""
    asked: list[str] = []

    def admit(work: Work, now: datetime, delivery: Delivery) -> bool:
        asked.append(delivery.key)
        if delivery.key == "broken":
            raise RuntimeError
        return delivery.key != "moot"

    def after(work: Work, now: datetime, delivery: Delivery) -> None: ...

    post.notices["note"] = Notice("note", post.compose, course=Course(admit, after, after))
    await post.plan(post.row("a"), post.row("moot"), post.row("b"))
    await post.dispatcher.ring()
    assert sorted(post.door.keys) == ["a", "b"]
    assert sorted(asked) == ["a", "b", "moot"], "each of them was decided once"
    await post.plan(post.row("broken"), post.row("c"))
    await post.dispatcher.ring()
    assert sorted(post.door.keys) == ["a", "b", "c"]


async def test_closed_messages_are_undeliverable_and_not_repeated(post: Post) -> None:
    post.door.answer = lambda target, key: Undeliverable("closed")
    await post.plan(post.row("a"))
    await post.dispatcher.ring()
    post.clock.move(timedelta(days=1))
    await post.dispatcher.ring()
    assert post.door.keys == ["a"]


async def test_who_left_the_community_gets_nothing(post: Post) -> None:
    await post.plan(post.row("a"))
    await post.store.write(lambda work: work.people.leave(post.members[0], post.community, NOW))
    await post.dispatcher.ring()
    assert post.door.keys == []


async def test_a_broken_notice_does_not_stop_the_others(post: Post) -> None:
    post.broken.add("subject:a")
    await post.plan(post.row("a"), post.row("b"))
    await post.dispatcher.ring()
    assert post.door.keys == ["b"]
    post.broken.clear()
    post.clock.move(timedelta(minutes=1))
    await post.dispatcher.ring()
    assert post.door.keys == ["b", "a"]


async def test_a_notice_that_stays_broken_is_given_up(post: Post) -> None:
    unreached: list[Delivery] = []

    def admit(work: Work, now: datetime, delivery: Delivery) -> bool:
        return True

    def sent(work: Work, now: datetime, delivery: Delivery) -> None: ...

    def undelivered(work: Work, now: datetime, delivery: Delivery) -> None:
        unreached.append(delivery)

    course = Course(admit, sent, undelivered)
    post.notices["note"] = Notice("note", post.compose, course=course)
    post.broken.add("subject:a")
    await post.plan(post.row("a"))
    for _try in range(12):
        await post.dispatcher.ring()
        post.clock.move(timedelta(hours=2))
    assert await post.store.read(use_cases.next_due) is None
    assert unreached == [], "a flaw of ours is not told as somebody who cannot be reached"


async def test_a_dead_process_gives_its_rows_back(post: Post) -> None:
    await post.plan(post.row("a"), post.row("b"))
    now = post.clock.now()
    claimed = await post.store.write(use_cases.claim, "dead", now, LEASE, 10)
    begun = await post.store.write(use_cases.go_on, "dead", (), now, claimed[:1], None)
    assert len(begun) == 1
    await post.dispatcher.ring()
    assert post.door.keys == []
    post.clock.move(LEASE + timedelta(seconds=1))
    await post.dispatcher.ring()
    assert sorted(post.door.keys) == ["a", "b"]
    marked = [
        key
        for _target, shown, key in post.door.carried
        if Text(sentences.PERHAPS_AGAIN) in shown.parts
    ]
    assert len(marked) == 1, "only what was under way may have gone out before"


async def test_a_clock_set_back_sends_nothing_twice(post: Post) -> None:
    await post.plan(post.row("a"), post.row("b", due=NOW + timedelta(minutes=30)))
    await post.dispatcher.ring()
    post.clock.move(timedelta(hours=-5))
    await post.dispatcher.ring()
    assert post.door.keys == ["a"]
    post.clock.move(timedelta(hours=6))
    await post.dispatcher.ring()
    assert post.door.keys == ["a", "b"]


async def test_channels_are_looked_up_when_it_is_time(post: Post) -> None:
    await post.plan(post.in_channel("a"))
    await post.store.write(
        lambda work: work.communities.set_channel(post.community, "hours", HERE, "c1")
    )
    await post.dispatcher.ring()
    assert {target for target, _screen, _key in post.door.carried} == {ToChannel(HERE, "c1")}


async def test_closing_waits_for_what_is_under_way_and_returns_the_rest(post: Post) -> None:
    await post.plan(*(post.row(f"k{number}") for number in range(8)))
    post.door.hold = asyncio.Event()
    passing = asyncio.ensure_future(post.dispatcher.ring())
    await asyncio.sleep(0)
    closing = asyncio.ensure_future(post.dispatcher.close())
    await asyncio.sleep(0.01)
    post.door.hold.set()
    await closing
    await passing
    assert len(post.door.keys) == 4
    due = await post.store.read(use_cases.next_due)
    assert due == NOW, "what was claimed and not begun is due at once for the next process"


async def test_a_database_that_is_away_is_asked_again(post: Post) -> None:
    await post.plan(post.row("a"))
    trouble = Trouble(post.store)
    troubled = Dispatcher(
        trouble,  # pyright: ignore[reportArgumentType]
        post.clock,
        {"note": Notice("note", post.compose)},
        _doors(post.door),
        post.bell,
        _left(post.store, post.clock),
    )
    await troubled.ring()
    assert post.door.keys == []
    await post.bell.rings["delivery"]()
    assert post.door.keys == ["a"]


async def test_who_left_the_place_gets_nothing_and_is_noted(post: Post) -> None:
    post.door.gone.add(Account("preview", "here", "0"))
    await post.plan(post.row("a"), post.row("b", 1))
    await post.dispatcher.ring()
    assert post.door.keys == ["b"]
    mine = await post.store.read(lambda work: work.people.communities(post.members[0]))
    assert mine == ()


async def test_the_platform_is_not_asked_again_for_everybody(post: Post) -> None:
    await post.plan(post.row("a"), post.row("b"))
    await post.dispatcher.ring()
    await post.plan(post.row("c"))
    await post.dispatcher.ring()
    assert post.door.asked <= 2


async def test_a_platform_that_is_away_costs_no_try(post: Post) -> None:
    post.door.away = True
    await post.plan(post.row("a"))
    for _minute in range(30):
        await post.dispatcher.ring()
        post.clock.move(timedelta(minutes=1))
    assert post.door.keys == []
    post.door.away = False
    post.clock.move(timedelta(minutes=5))
    await post.dispatcher.ring()
    assert post.door.keys == ["a"]
    assert post.late == ["a"]


async def test_waiting_for_ones_turn_costs_no_try(post: Post) -> None:
    """Four hundred first contacts at twenty a minute: nobody is given up."""
    post.door.answer = lambda target, key: Again(60)
    await post.plan(post.row("a"))
    for _minute in range(60):
        await post.dispatcher.ring()
        post.clock.move(timedelta(minutes=1))
    post.door.answer = lambda target, key: Delivered(key)
    before = len(post.door.keys)
    post.clock.move(timedelta(minutes=5))
    await post.dispatcher.ring()
    assert before > 10
    assert len(post.door.keys) == before + 1
