"""Backup and restore: between the engines, under load, and every refusal in one sentence."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, MetaData, select

from bot.domain.delivery import Attempt, Outcome
from bot.domain.people import MemberId
from bot.errors import SettingsError
from bot.services import delivery as use_cases
from bot.services.ports import Work
from storage import open_store
from storage.backup import back_up, kind_of, restore
from storage.backup_file import Part, reading, writing
from storage.migrating import bring_up, newest, revision_of
from storage.models import metadata
from tests.storage.ground import NO_REVISION, fill, on
from tests.storage.sample import NOON, Village, found, note
from tests.storage.test_migrations import revisions


@pytest.fixture(params=["sqlite", "postgres"])
def from_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'before.sqlite3'}"
    return request.getfixturevalue("bare_postgres_url")


@pytest.fixture(params=["sqlite", "postgres"])
def to_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'after.sqlite3'}"
    return request.getfixturevalue("postgres_url")  # its tables are there, empty


async def backed_up(url: str, file: Path) -> int:
    return await asyncio.to_thread(back_up, url, file, NOON)


async def restored(url: str, file: Path, minutes: float = 0) -> int:
    return await asyncio.to_thread(restore, url, file, NOON + timedelta(minutes=minutes))


def content(file: Path) -> list[Any]:
    """What a backup says, apart from when it was made."""
    lines = [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()]
    del lines[0]["made"]
    return lines


def rewrite(file: Path, lines: list[Any]) -> None:
    with gzip.open(file, "wt", encoding="utf-8") as out:
        out.writelines(json.dumps(line) + "\n" for line in lines)


def test_every_column_can_be_backed_up() -> None:
    for table in metadata.sorted_tables:
        for column in table.columns:
            assert kind_of(column)


async def test_everything_goes_from_any_engine_to_any_other(
    from_url: str, to_url: str, tmp_path: Path
) -> None:
    await on(from_url, bring_up)
    counted = await on(from_url, fill)
    assert all(counted.values())
    first, second = tmp_path / "first", tmp_path / "second"

    assert await backed_up(from_url, first) == sum(counted.values())
    assert await restored(to_url, first) == sum(counted.values())
    await backed_up(to_url, second)

    assert content(second) == content(first)
    assert first.stat().st_mode & 0o777 == 0o600


async def test_numbers_that_were_given_out_never_come_back(shared_url: str, tmp_path: Path) -> None:
    store = await open_store(shared_url)
    village = await store.write(found)
    await store.write(lambda work: work.deliveries.schedule([note(village.community, "one")]))
    await store.close()
    gone = "DELETE FROM deliveries"
    await on(shared_url, lambda connection: connection.exec_driver_sql(gone))
    file, url = tmp_path / "file", f"sqlite:///{tmp_path / 'again.sqlite3'}"
    await backed_up(shared_url, file)
    await restored(url, file)

    again = await open_store(url)
    await again.write(lambda work: work.deliveries.schedule([note(village.community, "two")]))
    claimed = await again.write(use_cases.claim, "t", NOON, timedelta(seconds=30), 9)
    await again.close()
    assert [row.id for row in claimed] == [2]


async def test_the_drill(from_url: str, to_url: str, tmp_path: Path) -> None:
    """Backed up while people join, restored in an empty place: whole, and reminders fire once."""
    store = await open_store(from_url)
    village = await store.write(found)
    done = asyncio.Event()
    written = 0

    def remind(work: Work, number: int) -> None:
        # Two rows in one transaction: a snapshot has both or neither.
        work.deliveries.schedule(
            note(village.community, f"{half}{number}", 60, member=village.member) for half in "ab"
        )

    async def load() -> None:
        nonlocal written
        while not done.is_set():
            await store.write(remind, written)
            written += 1

    async with asyncio.TaskGroup() as busy:
        busy.create_task(load())
        while written < 50:  # noqa: ASYNC110 - the load tells nobody
            await asyncio.sleep(0)
        # Under way when the backup is made: claimed, and one of them begun.
        await store.write(schedule_two, village)
        rows = await store.write(use_cases.claim, "t", NOON, timedelta(seconds=30), 9)
        await store.write(use_cases.go_on, "t", (), NOON, rows[:1], None)
        before = written
        file = tmp_path / "file"
        await backed_up(from_url, file)
        done.set()
    await store.close()

    await restored(to_url, file, minutes=-1)

    again = await open_store(to_url)
    later = NOON + timedelta(hours=2)
    seen: Counter[str] = Counter()
    doubtful: set[str] = set()
    while rows := await again.write(use_cases.claim, "u", later, timedelta(seconds=30), 500):
        seen.update(row.key for row in rows)
        doubtful |= {row.key for row in rows if row.doubtful}
        sent = [Attempt(row.id, Outcome.SENT) for row in rows]
        await again.write(use_cases.go_on, "u", sent, later, (), None)
    assert await again.read(use_cases.next_due) is None
    await again.close()
    numbers = {key[1:] for key in seen if key[0] == "a"}
    assert numbers == {str(number) for number in range(len(numbers))}
    assert len(numbers) >= before
    assert numbers == {key[1:] for key in seen if key[0] == "b"}
    assert set(seen.values()) == {1}
    assert doubtful == {"now0"}, "what may have gone out already is said to be doubtful"


def schedule_two(work: Work, village: Village) -> None:
    work.deliveries.schedule(
        note(village.community, f"now{number}", member=village.member) for number in range(2)
    )


async def test_what_was_due_since_may_be_a_repetition(shared_url: str, tmp_path: Path) -> None:
    store = await open_store(shared_url)
    village = await store.write(found)

    def plan(work: Work, member: MemberId) -> None:
        work.deliveries.schedule(
            note(village.community, f"{minutes}", minutes, member=member) for minutes in (10, 90)
        )

    await store.write(plan, village.member)
    await store.close()
    file, url = tmp_path / "file", f"sqlite:///{tmp_path / 'again.sqlite3'}"
    await backed_up(shared_url, file)
    await restored(url, file, minutes=60)
    again = await open_store(url)
    later = NOON + timedelta(hours=2)
    rows = await again.write(use_cases.claim, "u", later, timedelta(seconds=30), 9)
    await again.close()
    assert {row.key: row.doubtful for row in rows} == {"10": True, "90": False}


async def test_an_earlier_backup_is_brought_up_to_date(to_url: str, tmp_path: Path) -> None:
    old, first = f"sqlite:///{tmp_path / 'old.sqlite3'}", revisions()[0]
    await on(old, lambda connection: bring_up(connection, first))
    await on(old, fill)
    file = tmp_path / "file"

    def dump(connection: Connection) -> None:
        """What the program of that time would have written."""
        there = MetaData()
        there.reflect(connection)
        tables = [table for table in there.sorted_tables if table.name != NO_REVISION]
        with writing(file, first, NOON, [table.name for table in tables]) as backup:
            for table in tables:
                today = metadata.tables[table.name].columns
                kinds = tuple((column.name, kind_of(today[column.name])) for column in table.c)
                backup.part(Part(table.name, None, kinds))
                for row in connection.execute(select(table)):
                    backup.row(
                        tuple(
                            json.dumps(value) if kind == "json" else value
                            for value, (_name, kind) in zip(row, kinds, strict=True)
                        )
                    )

    await on(old, dump)
    await restored(to_url, file)
    assert await on(to_url, revision_of) == newest()


async def test_a_database_that_is_in_use_is_left_alone(any_filled_url: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    await backed_up(any_filled_url, file)
    before = content(file)
    with pytest.raises(SettingsError, match="not empty"):
        await restored(any_filled_url, file)
    again = tmp_path / "again"
    await backed_up(any_filled_url, again)
    assert content(again) == before


@pytest.fixture
async def any_filled_url(shared_url: str) -> str:
    store = await open_store(shared_url)
    await store.write(found)
    await store.close()
    return shared_url


async def test_tables_of_another_program_are_left_alone(
    bare_sqlite_url: str, tmp_path: Path
) -> None:
    await on(
        bare_sqlite_url, lambda connection: connection.exec_driver_sql("CREATE TABLE other (a)")
    )
    file = await a_backup(tmp_path)
    with pytest.raises(SettingsError, match="another program"):
        await restored(bare_sqlite_url, file)


async def test_files_that_cannot_serve_are_said_so(to_url: str, tmp_path: Path) -> None:
    file = await a_backup(tmp_path)
    whole, lines = file.read_bytes(), content(file)

    def cut() -> None:
        file.write_bytes(whole[: len(whole) // 2])

    def endless() -> None:
        rewrite(file, lines[:-1])

    def lacking() -> None:
        rewrite(file, [*lines[:-2], lines[-1]])

    def strange() -> None:
        file.write_text("hello", encoding="ascii")

    def other() -> None:
        rewrite(file, [{"format": "something"}])

    def newer_format() -> None:
        rewrite(file, [{**lines[0], "version": 2}, *lines[1:]])

    def newer() -> None:
        rewrite(file, [{**lines[0], "revision": "z9"}, *lines[1:]])

    for spoil, says in (
        (cut, "cut short"),
        (endless, "cut short"),
        (lacking, "cut short"),
        (strange, "not a backup"),
        (other, "not a backup"),
        (newer_format, "newer version"),
        (newer, "newer version"),
        (file.unlink, "no such file"),
    ):
        spoil()
        with pytest.raises(SettingsError, match=says) as refused:
            await restored(to_url, file)
        assert "\n" not in str(refused.value)
    # Nothing of it stayed: the same place takes a whole file afterwards.
    file.write_bytes(whole)
    assert await restored(to_url, file) > 0


async def a_backup(folder: Path) -> Path:
    url, file = f"sqlite:///{folder / 'source.sqlite3'}", folder / "a-backup"
    store = await open_store(url)
    await store.write(found)
    await store.close()
    await backed_up(url, file)
    return file


async def test_a_backup_is_not_written_over(tmp_path: Path) -> None:
    file = await a_backup(tmp_path)
    with pytest.raises(SettingsError, match="another name"):
        await backed_up(f"sqlite:///{tmp_path / 'source.sqlite3'}", file)


async def test_what_somebody_put_beside_it_is_not_written_into(tmp_path: Path) -> None:
    await a_backup(tmp_path)
    url, file = f"sqlite:///{tmp_path / 'source.sqlite3'}", tmp_path / "new.backup"
    elsewhere, beside = tmp_path / "elsewhere", tmp_path / ".new.backup.part"
    elsewhere.write_text("theirs", encoding="ascii")
    beside.symlink_to(elsewhere)
    await backed_up(url, file)
    assert elsewhere.read_text(encoding="ascii") == "theirs"
    assert not file.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o600
    assert not beside.is_symlink()


@pytest.mark.parametrize("name", ["source.sqlite3/x.backup", "x" * 252])
async def test_a_place_where_no_file_can_be_is_said(name: str, tmp_path: Path) -> None:
    await a_backup(tmp_path)
    url = f"sqlite:///{tmp_path / 'source.sqlite3'}"
    with pytest.raises(SettingsError, match="cannot be written"):
        await backed_up(url, tmp_path / name)


async def test_nothing_to_back_up_is_said_and_makes_no_file(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with pytest.raises(SettingsError, match="there is no file"):
        await backed_up(f"sqlite:///{tmp_path / 'nowhere.sqlite3'}", file)
    with pytest.raises(SettingsError, match="in memory"):
        await backed_up("sqlite://", file)
    assert not file.exists()
    assert not file.with_name(".file.part").exists()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.recursive(
            st.none() | st.integers() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=4)
                | st.dictionaries(st.sampled_from(["rows", "format", "tables"]), inner, max_size=2)
            ),
            max_leaves=8,
        ),
        max_size=6,
    )
)
def test_whatever_stands_in_a_file_it_is_read_or_refused(lines: list[Any]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "file"
        head = {"format": "introducer-backup", "version": 1, "revision": "0001", "tables": []}
        rewrite(file, [head, *lines])
        # One sentence, never another kind of error.
        with suppress(SettingsError), reading(file) as backup:
            for _part, rows in backup.parts():
                list(rows)


async def test_a_backup_beyond_its_retention_is_not_restored(tmp_path: Path) -> None:
    file = await a_backup(tmp_path)
    made = datetime.fromisoformat(
        json.loads(gzip.decompress(file.read_bytes()).splitlines()[0])["made"]
    )
    empty = f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    late = made + timedelta(days=31)
    with pytest.raises(SettingsError, match="erased since"):
        await asyncio.to_thread(restore, empty, file, late, 30)
    assert await asyncio.to_thread(restore, empty, file, made + timedelta(days=29), 30) > 0
