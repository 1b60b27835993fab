"""What a database URL means, and what a person reads when it means nothing."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from storage import open_store
from storage.urls import InFile, InMemory, OnServer, understand


@pytest.mark.parametrize(
    ("url", "file"),
    [
        ("sqlite:///introducer.sqlite3", "introducer.sqlite3"),
        ("sqlite+aiosqlite:///data/x.db", "data/x.db"),
        ("sqlite:////var/lib/introducer/x.db", "/var/lib/introducer/x.db"),
    ],
)
def test_a_file(url: str, file: str) -> None:
    assert understand(url) == InFile(Path(file))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite+aiosqlite://", "sqlite:///:memory:"])
def test_memory(url: str) -> None:
    assert understand(url) == InMemory()


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+asyncpg"])
def test_a_server(scheme: str) -> None:
    where = understand(f"{scheme}://ana:secret@db.example:5433/introducer?sslmode=require")

    assert isinstance(where, OnServer)
    assert where.url.drivername == "postgresql+asyncpg"
    assert (where.url.host, where.url.port) == ("db.example", 5433)
    assert dict(where.url.query) == {"ssl": "require"}


@pytest.mark.parametrize(
    "url",
    ["", "junk", "mysql://ana:secret@db/x", "sqlite://x.db", "sqlite:///x.db?mode=ro"],
)
def test_anything_else_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(SettingsError, match=r"^database_url: ") as refused:
        understand(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("/introducer_template?", "/nowhere?"), "no such database"),
        (("//postgres:", "//stranger:"), "refuses this user"),
        (("?host", "?speed=fast&host"), "option"),
        (("?host", "?sslmode=perhaps&host"), "option"),
    ],
)
async def test_a_server_that_refuses_is_a_matter_of_settings(
    postgres_server: str, change: tuple[str, str], why: str
) -> None:
    url = postgres_server.format("introducer_template").replace(*change)
    with pytest.raises(SettingsError, match=why):
        await open_store(url)
