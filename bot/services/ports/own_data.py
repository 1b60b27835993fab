"""What members' control of their own data needs from storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import MemberId

YOU = "you"
"""What stands for the member in their own rows."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything of one table that is about a member, in plain values: text, dates, lists."""

    table: str
    rows: tuple[Mapping[str, object], ...]


@dataclass(frozen=True, slots=True)
class Expiry:
    """Rows of one table that are beyond their retention, by primary key."""

    table: str
    keys: tuple[tuple[object, ...], ...]


class OwnData(Protocol):
    """All tables at once, by the registry of tables."""

    def export(self, member: MemberId) -> tuple[Kept, ...]:
        """Everything about a member, table by table; tables without a row are left out."""
        ...

    def erase(self, member: MemberId) -> None:
        """Take the member out of every table. What hangs on others has been ended before."""
        ...

    def expired(self, now: datetime, days: Mapping[str, int], limit: int) -> tuple[Expiry, ...]:
        """Rows beyond their retention, some of each table; `days` by the name of the setting."""
        ...

    def remove(self, expiry: Sequence[Expiry]) -> None:
        """Remove these rows and what belongs to them."""
        ...

    def left(self, before: datetime, limit: int) -> tuple[MemberId, ...]:
        """Members who belong to no community, and did not act or leave since then."""
        ...
