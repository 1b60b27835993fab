"""The sample community can be used at once, and filling it twice changes nothing."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from adapters.preview.people import PERSONAS, PLACE, People, arrival
from adapters.preview.sample import seed, talk
from adapters.preview.world import World
from bot.app import kept_offset, registry_of
from bot.clock import HandMovedClock, RehearsalClock
from bot.domain.people import CommunityId
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen
from bot.services import delivery
from bot.services.ports import Work
from bot.ui.language import plainly
from bot.ui.parts import Button, Text
from storage import memory_store
from tests.adapters.preview.opened import NOW


def sessions(work: Work) -> list[str]:
    community = work.communities.of(PLACE)
    assert community is not None
    assert community.set_up_at is not None
    found: list[str] = []
    for number in range(1, 100):
        session = work.office_hours.session(number)  # pyright: ignore[reportArgumentType]
        if session is not None:
            found.append(f"{session.plan.title} {session.taken}")
    return found


async def test_filled_once() -> None:
    store, clock = memory_store(), HandMovedClock(NOW)
    await seed(store, clock)
    first = await store.read(sessions)
    assert len(first) >= 5
    clock.move(timedelta(days=3))
    await seed(store, clock)
    assert await store.read(sessions) == first
    await store.close()


async def test_somebody_has_something_to_wait_for() -> None:
    store, clock = memory_store(), HandMovedClock(NOW)
    await seed(store, clock)
    due = await store.read(delivery.next_due)
    assert due is not None
    assert due < NOW + timedelta(days=7)
    await store.close()


async def test_a_trainee_finds_mentors_and_a_mentor_has_a_request() -> None:
    store, clock = memory_store(), HandMovedClock(NOW)
    await seed(store, clock)
    await seed(store, clock)
    core = Core(registry_of(store, clock, Scanning()), store, clock, Doors())
    people = {one.id: one for one in PERSONAS}

    async def read(who: str, command: str) -> str:
        shown = await core.command(arrival(people[who], "general", None), command, {})
        assert isinstance(shown, Screen)
        return "\n".join(
            plainly(part.body, shown.voice.catalogue, shown.voice.zone)
            for part in shown.parts
            if isinstance(part, Text)
        )

    found = await read("trainee", "mentor find")
    assert "4 mentors who fit and have room" in found
    assert "Hannah Weiss" in found
    assert "From Leila Moradi" in await read("mentor", "mentor inbox")
    await store.close()


async def test_every_persona_finds_the_hours() -> None:
    store, clock = memory_store(), HandMovedClock(NOW)
    await seed(store, clock)
    core = Core(registry_of(store, clock, Scanning()), store, clock, Doors())
    for persona in People().played:
        shown = await core.command(arrival(persona, "office-hours", None), "hours list", {})
        assert isinstance(shown, Screen)
        text = " ".join(
            plainly(part.body, shown.voice.catalogue, shown.voice.zone)
            for part in shown.parts
            if isinstance(part, Text)
        )
        assert "Talking through a first UFE" in text
        assert any(isinstance(part, Button) for part in shown.parts)
        assert shown.voice.community == CommunityId(1)
    await store.close()


async def test_upkeep_goes_on_as_the_clock_moves() -> None:
    store, clock = memory_store(), HandMovedClock(NOW)
    await seed(store, clock)
    before = len(await store.read(sessions))
    clock.move(timedelta(weeks=4))
    for tick in registry_of(store, clock, Scanning()).ticks.values():
        await tick.run()
    assert len(await store.read(sessions)) > before
    await store.close()


def test_the_talk_is_read_already() -> None:
    world = World(People())
    talk(world, NOW)
    assert len({message.where for one in PERSONAS for message in world.since(one, 0)}) == 4
    assert all(world.unread(one) == {} for one in PERSONAS)


def test_a_kept_sample_goes_on_at_its_own_time(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/sample.sqlite3"
    folders = [tmp_path / "first", tmp_path / "second"]
    moved = RehearsalClock(kept_offset(url, folders[0]))
    moved.move(timedelta(days=40))
    again = RehearsalClock(kept_offset(url, folders[1]))
    assert abs(again.now() - moved.now()) < timedelta(minutes=1)
    # Without a file of its own nothing is kept, and nothing is left behind.
    assert kept_offset("sqlite://", folders[0]).parent == folders[0]
