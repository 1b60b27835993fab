"""What the program says about every table: whose it is, what erasing does, how long it is kept.

Values only; `storage/repositories/own_data.py` carries them out, `docs/privacy.md` prints them.
Knows no database connection.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import MappingProxyType

from sqlalchemy import Column, ColumnElement, Table

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
"""Put in the place of a moment that says something about somebody and cannot be empty."""


class Fate(enum.Enum):
    """What becomes of a row when the person in it is erased."""

    DELETE = "deleted"
    EMPTY = "emptied; the row stays for the other side"
    UNNAME = "the name is taken out of it"
    STAND = "stays, under the number of a former member"


@dataclass(frozen=True)
class Who:
    """What a column means that names a member (or, with `via`, a row of theirs).

    `shown`: in the member's own export. `empties`: what stands in these columns afterwards.
    `own`: columns that are shown to this person alone, never to the other side.
    """

    fate: Fate
    empties: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    shown: bool = True
    why: str = ""
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Via:
    """Rows without a member of their own that belong to a row of another table that has one."""

    column: str
    table: str
    owner: str
    fate: Fate
    shown: bool = True
    own: tuple[str, ...] = ()
    empties: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class After:
    """Rows go `retention.<setting>` days after `since`, if `over` says that they are settled."""

    setting: str
    since: Column[datetime] | Column[date]
    over: ColumnElement[bool] | None = None
    says: str = ""


@dataclass(frozen=True)
class With:
    """Rows go together with what they belong to."""

    table: str


@dataclass(frozen=True)
class Until:
    """Rows go by a rule of their own, in words."""

    says: str


Keep = After | With | Until


@dataclass(frozen=True)
class Rule:
    """One table. Every column stands in exactly one of the lists.

    `who`: columns that name a member. `said`: what people gave. `noted`: what the program notes.
    `links`: rows of other tables. `hidden`: secrets and machinery, in nobody's export.
    `by_account`: rows name an account (`platform`, `workspace`, `ref`) instead of a member.
    """

    table: Table
    holds: str
    keep: Keep
    who: Mapping[str, Who] = field(default_factory=lambda: MappingProxyType({}))
    via: tuple[Via, ...] = ()
    said: tuple[str, ...] = ()
    noted: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    by_account: bool = False

    @property
    def personal(self) -> bool:
        """Whether anything in it is about somebody."""
        return bool(self.who or self.via or self.by_account)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that is spoken for."""
        return (*self.who, *self.said, *self.noted, *self.links, *self.hidden)


def words(text: str) -> tuple[str, ...]:
    """Column names, written in one line."""
    return tuple(text.split())


DELETE = Who(Fate.DELETE)
STAND = Who(Fate.STAND)
UNNAME = Who(Fate.UNNAME)
