"""What only the store on a SQLite file promises: one process, one writer, groups, nothing lost."""

import asyncio
import sqlite3
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from itertools import count, takewhile
from pathlib import Path
from threading import Event

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Engine, event

from bot.domain.codes import code_of
from bot.domain.people import CommunityId
from bot.errors import SettingsError, StoreUnavailable
from bot.services.delivery import claim
from bot.services.ports import Work
from storage import OpenStore, migrate, open_store
from tests.storage.sample import HALL, NOON, Village, begin, connection, found, note
from tests.storage.test_deliveries import LEASE


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "introducer.sqlite3"


@pytest_asyncio.fixture
async def store(file: Path) -> AsyncIterator[OpenStore]:
    opened = await open_store(f"sqlite+aiosqlite:///{file}")
    yield opened
    await opened.close()


@pytest_asyncio.fixture
async def village(store: OpenStore) -> Village:
    return await store.write(found)


def draw(work: Work, village: Village) -> str:
    return work.codes.next(village.community)


def draw_and_fail(work: Work, village: Village) -> str:
    work.codes.next(village.community)
    raise LookupError(village.community)


class Held:
    """Keeps the writer busy until it is let go, so that others gather behind it."""

    def __init__(self, store: OpenStore) -> None:
        self._begun = Event()
        self._go = Event()
        self._done = asyncio.ensure_future(store.write(self._wait))

    def _wait(self, work: Work) -> None:
        self._begun.set()
        assert self._go.wait(10)

    async def begun(self) -> None:
        await asyncio.to_thread(self._begun.wait, 10)

    def let_go_unheard(self) -> None:
        """Let it go on after its caller was cancelled."""
        self._done.cancel()
        self._go.set()

    async def let_go(self) -> None:
        self._go.set()
        await self._done


async def test_those_who_wait_are_written_in_one_go(store: OpenStore, village: Village) -> None:
    commits: list[object] = []

    def committed(connection: Connection) -> None:
        commits.append(connection)

    held = Held(store)
    await held.begun()
    waiting = asyncio.gather(*(store.write(draw, village) for _ in range(200)))
    event.listen(Engine, "commit", committed)
    await held.let_go()
    codes = await waiting
    event.remove(Engine, "commit", committed)

    # The one that held the thread, then two groups of a hundred.
    assert len(commits) == 3
    assert codes == [code_of(number) for number in range(200)]


async def test_an_exception_hurts_nobody_else(store: OpenStore, village: Village) -> None:
    held = Held(store)
    await held.begun()
    waiting = asyncio.gather(
        *(store.write(draw_and_fail if number % 3 == 1 else draw, village) for number in range(30)),
        return_exceptions=True,
    )
    await held.let_go()
    answers = await waiting

    assert [type(answer) for answer in answers[:4]] == [str, LookupError, str, str]
    codes = [answer for answer in answers if isinstance(answer, str)]
    # Nothing of those who failed is left: the count has no gaps.
    assert codes == [code_of(number) for number in range(20)]
    assert await store.write(draw, village) == code_of(20)


async def test_a_commit_that_fails_reaches_everybody_in_the_group(
    store: OpenStore, village: Village
) -> None:
    held = Held(store)
    await held.begun()

    def postpone_a_broken_reference(work: Work) -> None:
        link = connection(work)
        link.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        link.exec_driver_sql("INSERT INTO code_counters VALUES (999, 1)")

    waiting = asyncio.gather(
        store.write(draw, village),
        store.write(postpone_a_broken_reference),
        store.write(draw_and_fail, village),
        return_exceptions=True,
    )
    await held.let_go()

    assert [type(answer) for answer in await waiting] == [StoreUnavailable] * 3
    assert await store.write(draw, village) == code_of(0)


async def test_a_full_disk_is_said_and_passes(store: OpenStore, village: Village) -> None:
    def leave_no_room(work: Work) -> None:
        link = connection(work)
        pages = link.exec_driver_sql("PRAGMA page_count").scalar_one()
        link.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill(work: Work) -> None:
        for number in range(200):
            work.communities.set_channel(village.community, f"p{number}", HALL, "x" * 500)

    await store.write(leave_no_room)
    held = Held(store)
    await held.begun()
    waiting = asyncio.gather(store.write(draw, village), store.write(fill), return_exceptions=True)
    await held.let_go()
    answers = await waiting

    assert isinstance(answers[1], StoreUnavailable)
    assert "full" in str(answers[1])
    # Whoever was acknowledged is there; whoever was not, is not.
    expected = code_of(1 if isinstance(answers[0], str) else 0)
    assert await store.write(draw, village) == expected
    assert await store.read(lambda work: work.communities.get(village.community)) is not None


async def test_a_lock_by_another_program_is_said_and_passes(
    store: OpenStore, village: Village, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hurry(work: Work) -> None:
        connection(work).exec_driver_sql("PRAGMA busy_timeout = 50")

    await store.write(hurry)
    with closing(sqlite3.connect(file, isolation_level=None)) as intruder:
        intruder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked by another program"):
            await store.write(draw, village)
        # Readers see the last snapshot meanwhile.
        assert await store.read(lambda work: work.communities.get(village.community))
        intruder.execute("ROLLBACK")

    assert await store.write(draw, village) == code_of(0)


async def test_a_cancelled_caller_neither_loses_nor_stops_anything(
    store: OpenStore, village: Village
) -> None:
    held = Held(store)
    await held.begun()
    first = asyncio.ensure_future(store.write(draw, village))
    queued = asyncio.ensure_future(store.write(draw, village))
    last = asyncio.ensure_future(store.write(draw, village))
    await asyncio.sleep(0)
    queued.cancel()
    await asyncio.sleep(0)
    await held.let_go()

    assert (await first, await last) == (code_of(0), code_of(1))
    assert queued.cancelled()

    # Cancelled while it runs: it stands, although nobody hears of it.
    busy = Held(store)
    await busy.begun()
    busy.let_go_unheard()
    assert await store.write(draw, village) == code_of(2)


async def test_a_stray_stop_iteration_reaches_its_caller(store: OpenStore) -> None:
    def careless(work: Work) -> object:
        return next(iter(()))

    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.write(careless)
    with pytest.raises(RuntimeError, match="StopIteration"):
        await store.read(careless)


async def test_a_reader_sees_one_snapshot_and_cannot_write(
    store: OpenStore, village: Village
) -> None:
    looked = Event()
    written = Event()

    def look_twice(work: Work) -> tuple[object, object]:
        before = work.communities.get(village.community)
        looked.set()
        assert written.wait(10)
        return before, work.communities.get(village.community)

    reader = asyncio.ensure_future(store.read(look_twice))
    await asyncio.to_thread(looked.wait, 10)
    await store.write(
        lambda work: work.communities.mark_set_up(village.community, "Europe/Rome", NOON)
    )
    written.set()
    before, after = await reader
    assert before == after

    home = await store.read(lambda work: work.communities.get(village.community))
    assert home is not None
    assert home.zone == "Europe/Rome"
    with pytest.raises(Exception, match="readonly"):
        await store.read(draw, village)


async def test_foreign_keys_are_kept(store: OpenStore) -> None:
    with pytest.raises(Exception, match="FOREIGN KEY"):
        await store.write(lambda work: work.codes.next(CommunityId(999)))


async def test_what_was_accepted_is_written_before_the_end(file: Path) -> None:
    store = await open_store(f"sqlite:///{file}")
    village = await store.write(found)
    waiting = [asyncio.ensure_future(store.write(draw, village)) for _ in range(250)]
    await asyncio.sleep(0)
    await store.close()
    await store.close()

    assert len(set(await asyncio.gather(*waiting))) == 250
    with pytest.raises(StoreUnavailable):
        await store.write(draw, village)
    with pytest.raises(StoreUnavailable):
        await store.read(draw, village)
    assert not file.with_name(file.name + "-wal").exists()


async def test_the_files_are_for_their_owner_alone(store: OpenStore, file: Path) -> None:
    await store.write(found)
    beside = list(file.parent.iterdir())

    assert {each.name.removeprefix(file.name) for each in beside} == {"", ".lock", "-wal", "-shm"}
    assert {stat.S_IMODE(each.stat().st_mode) for each in beside} == {0o600}


async def test_a_second_process_is_kept_out(
    store: OpenStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite._PATIENCE", 0.05)
    with pytest.raises(StoreUnavailable, match="PostgreSQL"):
        await open_store(f"sqlite:///{file}")
    await store.close()
    again = await open_store(f"sqlite:///{file}")
    await again.close()


def test_files_that_cannot_serve_are_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear all, " * 500)
    (tmp_path / "folder").mkdir()

    with pytest.raises(SettingsError, match="no folder"):
        migrate(f"sqlite:///{tmp_path}/nowhere/x.sqlite3")
    with pytest.raises(SettingsError, match="no file can be made in /proc"):
        migrate("sqlite:////proc/x.sqlite3")
    with pytest.raises(StoreUnavailable, match="cannot be opened"):
        migrate(f"sqlite:///{tmp_path}/folder")
    with pytest.raises(StoreUnavailable, match="not a SQLite database"):
        migrate(f"sqlite:///{tmp_path}/letter.txt")
    assert (tmp_path / "letter.txt").read_text() == "Dear all, " * 500


async def test_deliveries_of_a_process_that_died_are_due_at_once(file: Path) -> None:
    store = await open_store(f"sqlite:///{file}")
    village = await store.write(found)
    rows = [note(village.community, "begun"), note(village.community, "claimed")]
    await store.write(lambda work: work.deliveries.schedule(rows))
    claimed = await store.write(claim, "t", NOON, LEASE, 10)
    await store.write(begin, "t", [claimed[0].id], NOON + LEASE)
    await store.close()

    store = await open_store(f"sqlite:///{file}")
    back = await store.write(claim, "new", NOON, LEASE, 10)
    await store.close()
    assert [(row.key, row.doubtful) for row in back] == [("begun", True), ("claimed", False)]


_DRAWS = """
import asyncio, sys
from storage import open_store
from tests.storage.sample import found

async def main():
    store = await open_store(sys.argv[1])
    village = await store.write(found)

    async def draw():
        while True:
            code = await store.write(lambda work: work.codes.next(village.community))
            sys.stdout.write(code + "\\n")
            sys.stdout.flush()

    await asyncio.gather(*(draw() for _ in range(20)))

asyncio.run(main())
"""


def test_killed_between_commits_nothing_acknowledged_is_lost(file: Path) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", _DRAWS, f"sqlite:///{file}"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert program.stdout is not None
    with program:
        acknowledged = [program.stdout.readline().strip() for _ in range(300)]
        program.kill()
        acknowledged += [line.strip() for line in program.stdout if line.endswith("\n")]

    async def look() -> str:
        store = await open_store(f"sqlite:///{file}")
        following = await store.write(draw, await store.write(found))
        await store.close()
        return following

    following = asyncio.run(look())
    kept = set(takewhile(lambda code: code != following, map(code_of, count())))
    assert set(acknowledged) <= kept
    assert len(kept) < len(acknowledged) + 200
