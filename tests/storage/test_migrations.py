"""Migrations: from nothing and from every earlier revision, with data, up and down again."""

import asyncio
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import SettingsError
from storage import migrate, open_store
from storage.migrating import bring_up, configuration, newest, revision_of, take_down
from storage.models import metadata
from tests.storage.ground import NO_REVISION, WORDS, count, fill, on, schema
from tests.storage.sample import HALL, found


@pytest.fixture(params=["bare_sqlite_url", "bare_postgres_url"])
def bare_url(request: pytest.FixtureRequest) -> str:
    """The URL of a database without any table."""
    return request.getfixturevalue(request.param)


def revisions() -> list[str]:
    """Every revision, oldest first."""
    script = ScriptDirectory.from_config(configuration())
    return [each.revision for each in script.walk_revisions()][::-1]


def differences(connection: Connection) -> list[object]:
    # The full-text index of listings is the engine's own.
    options = {"include_object": lambda _thing, name, *_more: not f"{name}".startswith(WORDS)}
    return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


def tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


async def test_from_nothing_to_exactly_the_tables_of_the_code(bare_url: str) -> None:
    await on(bare_url, metadata.create_all)
    made = await on(bare_url, schema)
    await on(bare_url, metadata.drop_all)

    await on(bare_url, bring_up)

    assert await on(bare_url, differences) == []
    assert await on(bare_url, schema) == made


@pytest.mark.parametrize("start", revisions())
async def test_from_every_revision_with_data_and_back(bare_url: str, start: str) -> None:
    await on(bare_url, lambda connection: bring_up(connection, start))
    before = await on(bare_url, fill)

    await on(bare_url, bring_up)
    after = await on(bare_url, count)
    assert {table: after[table] for table in before if table in after} == {
        table: number for table, number in before.items() if table in after
    }

    # Step by step once; from the others the same steps in one go.
    steps = revisions()[:-1][::-1] if start == revisions()[0] else []
    for back in [*steps, "base"]:
        await on(bare_url, lambda connection, to=back: take_down(connection, to))
    assert await on(bare_url, tables) == {NO_REVISION}


async def test_opening_brings_a_database_up_to_date(bare_url: str) -> None:
    store = await open_store(bare_url)
    await store.write(found)
    await store.close()

    await asyncio.to_thread(migrate, bare_url)
    again = await open_store(bare_url, upgrade=False)
    home = await again.read(lambda work: work.communities.of(HALL))
    await again.close()
    assert home is not None


async def test_looking_changes_nothing(bare_url: str) -> None:
    with pytest.raises(SettingsError, match="bot migrate"):
        await open_store(bare_url, upgrade=False)
    assert await on(bare_url, tables) == set()


async def test_a_newer_database_is_left_alone(bare_url: str) -> None:
    await on(bare_url, bring_up)
    await on(bare_url, lambda c: c.execute(text("UPDATE alembic_version SET version_num = 'z9'")))

    back = f"newer version.*migrate --to {newest()}"
    with pytest.raises(SettingsError, match=back):
        await open_store(bare_url)
    with pytest.raises(SettingsError, match="newer version"):
        await open_store(bare_url, upgrade=False)
    assert await on(bare_url, revision_of) == "z9"


async def test_processes_that_start_together_migrate_once(bare_postgres_url: str) -> None:
    stores = await asyncio.gather(*(open_store(bare_postgres_url) for _ in range(4)))
    for store in stores:
        await store.close()
    assert await on(bare_postgres_url, revision_of) == newest()


async def test_rows_that_refer_to_nothing_stop_a_migration(bare_sqlite_url: str) -> None:
    def break_a_reference(connection: Connection) -> None:
        metadata.create_all(connection, tables=[metadata.tables["communities"]])
        connection.execute(text("CREATE TABLE odd (c INTEGER REFERENCES communities (id))"))
        connection.execute(text("INSERT INTO odd VALUES (7)"))
        connection.execute(text("DROP TABLE communities"))

    await on(bare_sqlite_url, break_a_reference)
    with pytest.raises(SettingsError, match="refer to nothing"):
        await on(bare_sqlite_url, bring_up)
    assert await on(bare_sqlite_url, tables) == {"odd"}


async def test_down_for_an_earlier_version_and_up_again(bare_url: str) -> None:
    first = revisions()[0]
    await asyncio.to_thread(migrate, bare_url)
    assert await asyncio.to_thread(migrate, bare_url, first) == first
    assert await on(bare_url, revision_of) == first
    assert await asyncio.to_thread(migrate, bare_url) == newest()
    with pytest.raises(SettingsError, match="no revision z9"):
        await asyncio.to_thread(migrate, bare_url, "z9")


def test_every_revision_is_named_in_order() -> None:
    files = sorted((Path(__file__).parents[2] / "storage/migrations/versions").glob("*.py"))
    assert [file.name.split("_")[0] for file in files] == revisions()
