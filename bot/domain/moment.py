"""A moment as a person meant it: the instant, and the wall clock they read it from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is the instant in UTC; `wall` the naive local time that was meant in `zone`."""

    at: datetime
    zone: ZoneInfo
    wall: datetime
