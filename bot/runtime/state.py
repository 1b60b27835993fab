"""How this process runs, as a moment's facts that can be said in words; the figures of `/metrics`.

Knows no platform, no database and no words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeAlias

from bot.metrics import Timed


@dataclass(frozen=True, slots=True)
class State:
    """What works; what waits past its time, in all communities; how long things take.

    `works`: by name, `database` or a platform's. `within`: seconds, as `Metrics.within` has them.
    """

    works: Mapping[str, bool] = field(default_factory=dict[str, bool])
    due: int = 0
    oldest: timedelta = timedelta()
    within: Mapping[Timed, float] = field(default_factory=dict[Timed, float])


Ask: TypeAlias = Callable[[], Awaitable[State]]


async def nothing_watched() -> State:
    """Where nobody watches."""
    return State()
