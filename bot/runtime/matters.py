"""How a feature words matters of its own within the messages of the follow-up engine."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.services.follow_ups.views import Seen
from bot.ui.parts import Part

Says: TypeAlias = Callable[[Seen], Awaitable[tuple[Part, ...]]]


@dataclass(frozen=True)
class Speaks:
    """`step`: a whole message about the matter, or nothing, and then the engine's own words stand.
    `controls`: what can be tapped below the engine's words. `after`: what stands below the words
    about how it ended.
    """

    step: Says
    controls: Says
    after: Says
