"""What `database_url` means: which engine, which file or server."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class InMemory:
    """SQLite in memory."""


@dataclass(frozen=True, slots=True)
class InFile:
    """SQLite in a file."""

    file: Path


@dataclass(frozen=True, slots=True)
class OnServer:
    """PostgreSQL, addressed for the driver that is used."""

    url: URL


def understand(url: str) -> InMemory | InFile | OnServer:
    """The database that `url` names.

    Takes `sqlite://` (memory), `sqlite:///FILE`, `postgresql://...`, each with or without the name
    of its asynchronous driver. Raises SettingsError; never repeats the URL, which may hold a
    password.
    """
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError("database_url: this is not a database URL") from None
    match parsed.drivername:
        case "sqlite" | "sqlite+aiosqlite":
            if parsed.host or parsed.query:
                raise SettingsError(
                    "database_url: for SQLite it is sqlite:///FILE: three slashes, no options"
                )
            if parsed.database in (None, "", ":memory:"):
                return InMemory()
            return InFile(Path(parsed.database))
        case "postgresql" | "postgresql+asyncpg":
            return OnServer(_for_asyncpg(parsed))
        case _:
            raise SettingsError("database_url: must begin with sqlite:/// or postgresql://")


def _for_asyncpg(url: URL) -> URL:
    # libpq, and so every hosting company's instructions, calls it sslmode.
    url = url.set(drivername="postgresql+asyncpg")
    mode = url.query.get("sslmode")
    if mode is None:
        return url
    return url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
