"""The one place that reads the time of day.

Everything else receives `now` as a value or asks the `Clock` it was given. A rehearsal clock adds
seconds from a file, so that months can be walked through without waiting.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol


class Clock(Protocol):
    """Tells the time as an aware UTC datetime."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class SystemClock:
    """Real time."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)


class HandMovedClock:
    """A clock that stands still until somebody moves it: for tests and the simulation."""

    def __init__(self, start: datetime) -> None:
        if start.tzinfo is None:
            raise ValueError("a clock starts at an aware moment")
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """The moment the clock was last moved to, in UTC."""
        return self._now

    def move(self, by: timedelta) -> None:
        """Move by `by`; backwards as well, because real clocks do."""
        self._now += by

    def set(self, to: datetime) -> None:
        """Move to the aware moment `to`."""
        self._now = to.astimezone(UTC)


class RehearsalClock:
    """Real time plus the number of seconds in a file; a missing or empty file means none.

    `refresh` reads the file again and says whether the offset changed; the owner calls it every
    half second and rings the bell at a change. An unreadable number leaves the offset as it was.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._offset = timedelta()
        self.refresh()

    def now(self) -> datetime:
        """Real time plus the offset, in UTC."""
        return datetime.now(UTC) + self._offset

    def refresh(self) -> bool:
        """Read the file again; True if the offset changed."""
        try:
            text = self._file.read_text(encoding="ascii").strip()
            offset = timedelta(seconds=float(text or "0"))
        except FileNotFoundError:
            offset = timedelta()
        except (OSError, ValueError, OverflowError):
            return False
        changed = offset != self._offset
        self._offset = offset
        return changed

    def move(self, by: timedelta) -> None:
        """Write a new offset, `by` further than today's."""
        self._offset += by
        self._file.write_text(f"{self._offset.total_seconds():.3f}", encoding="ascii")
