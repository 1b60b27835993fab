"""The file of a backup: gzip, one JSON value a line. Knows no database.

    {"format": "introducer-backup", "version": 1, "revision": "0001", "tables": [...], ...}
    ["members", 42, [["id", "int"], ["zone", "text"], ...]]   a table, its last number, its columns
    [1, null, ...]                                            its rows, one a line
    ...
    {"rows": 1234}                                            the end; without it the file is cut

Values are the same whatever the engine was: instants in UTC as ISO 8601, JSON as its text, bytes in
base64. A file that cannot be read raises SettingsError with one sentence.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from bot.errors import SettingsError

FORMAT, VERSION = "introducer-backup", 1
_PRIVATE = 0o600
_CUT = "is damaged or was cut short; take an earlier one"


@dataclass(frozen=True, slots=True)
class Kind:
    """How values of one kind are written and read back."""

    name: str
    write: Callable[[Any], Any]
    read: Callable[[Any], Any]


KINDS = {
    kind.name: kind
    for kind in (
        Kind("int", int, int),
        Kind("bool", bool, bool),
        Kind("float", float, float),
        Kind("text", str, str),
        Kind("json", str, str),
        Kind("decimal", str, Decimal),
        Kind(
            "instant",
            # SQLite gives naive values; by the rule of the column type they are UTC.
            lambda at: (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(),
            datetime.fromisoformat,
        ),
        Kind("wall", datetime.isoformat, datetime.fromisoformat),
        Kind("date", date.isoformat, date.fromisoformat),
        Kind("time", time.isoformat, time.fromisoformat),
        Kind("bytes", lambda raw: base64.b64encode(bytes(raw)).decode("ascii"), base64.b64decode),
    )
}


@dataclass(frozen=True, slots=True)
class Part:
    """A table in a backup. `last` is the highest number it ever gave out, where it numbers rows."""

    table: str
    last: int | None
    columns: tuple[tuple[str, str], ...]


class Writing:
    """A backup that is being written."""

    def __init__(self, out: gzip.GzipFile) -> None:
        self._out = out
        self._kinds: list[Kind] = []
        self.rows = 0

    def part(self, part: Part) -> None:
        """A table begins."""
        self._kinds = [KINDS[kind] for _name, kind in part.columns]
        self._put([part.table, part.last, [list(column) for column in part.columns]])

    def row(self, values: Iterator[Any] | tuple[Any, ...]) -> None:
        """A row of it."""
        kinds = self._kinds
        written = [
            None if value is None else kind.write(value)
            for kind, value in zip(kinds, values, strict=True)
        ]
        self._put(written)
        self.rows += 1

    def _put(self, value: Any) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self._out.write(line.encode() + b"\n")


@contextmanager
def writing(file: Path, revision: str, made: datetime, tables: list[str]) -> Generator[Writing]:
    """Write a new backup; the file appears, whole and on disk, at the end or not at all.

    Raises SettingsError if there is such a file already, or if it cannot be written.
    """
    beside = file.with_name(f".{file.name}.part")
    begun = False
    try:
        if file.exists():
            raise SettingsError(f"{file} exists already; give the backup another name.")
        # What an earlier backup left, or somebody else put there, is not written into.
        beside.unlink(missing_ok=True)
        new = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE)
        begun = True
        with open(new, "wb") as raw:
            with gzip.GzipFile("", "wb", fileobj=raw, mtime=0, compresslevel=6) as out:
                head = {
                    "format": FORMAT,
                    "version": VERSION,
                    "revision": revision,
                    "made": made.isoformat(),
                    "tables": tables,
                }
                out.write(json.dumps(head).encode() + b"\n")
                backup = Writing(out)
                yield backup
                out.write(json.dumps({"rows": backup.rows}).encode() + b"\n")
            raw.flush()
            os.fsync(raw.fileno())
        beside.replace(file)
    except OSError as error:
        raise SettingsError(f"{file} cannot be written: {error.strerror}") from None
    finally:
        if begun:
            beside.unlink(missing_ok=True)


class Reading:
    """A backup that is being read: `revision`, `tables`, and then part by part."""

    def __init__(self, file: Path, lines: Iterator[Any]) -> None:
        self._file = file
        self._lines = lines
        first = next(lines, None)
        head = cast("dict[str, Any]", first) if isinstance(first, dict) else {}
        if head.get("format") != FORMAT:
            raise SettingsError(f"{file} is not a backup of this bot.")
        if head.get("version") != VERSION:
            raise SettingsError(
                f"{file} was made by a newer version of the bot."
                " Install that version to restore it."
            )
        made = head.get("made")
        self.made = None if made is None else datetime.fromisoformat(made)
        self.revision: str = head["revision"]
        self.tables: list[str] = head["tables"]
        self.rows = 0

    def parts(self) -> Iterator[tuple[Part, Iterator[list[Any]]]]:
        """Each table with its rows, which have to be taken before the next. Checks the end."""
        line: Any = next(self._lines, None)
        seen: list[str] = []
        while isinstance(line, list):
            table, last, columns = cast("tuple[str, int | None, list[list[str]]]", line)
            part = Part(table, last, tuple((name, kind) for name, kind in columns))
            seen.append(part.table)
            end: list[Any] = []
            yield part, self._rows_of(part, end)
            line = end[0] if end else None
        if line != {"rows": self.rows} or seen != self.tables:
            raise SettingsError(f"{self._file} {_CUT}.")

    def _rows_of(self, part: Part, end: list[Any]) -> Iterator[list[Any]]:
        reads = [KINDS[kind].read for _name, kind in part.columns]
        for line in self._lines:
            # A table's own line begins with its name and holds a list of columns.
            if isinstance(line, dict) or _is_part(line):
                end.append(line)
                return
            self.rows += 1
            yield [
                None if value is None else read(value)
                for read, value in zip(reads, line, strict=True)
            ]


def _is_part(line: list[Any]) -> bool:
    # No row has a list in it: JSON columns are written as text.
    return len(line) == 3 and isinstance(line[2], list)


@contextmanager
def reading(file: Path) -> Generator[Reading]:
    """Read a backup. Raises SettingsError."""
    try:
        with gzip.open(file, "rb") as raw:
            yield Reading(file, (json.loads(line) for line in raw))
    except FileNotFoundError:
        raise SettingsError(f"{file}: no such file") from None
    except gzip.BadGzipFile:
        raise SettingsError(f"{file} is not a backup of this bot.") from None
    except (EOFError, zlib.error, ValueError, KeyError, IndexError, TypeError) as error:
        raise SettingsError(f"{file} {_CUT}.") from error
    except OSError as error:
        raise SettingsError(f"{file} cannot be read: {error.strerror or 'damaged'}") from None
