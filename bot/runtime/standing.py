"""What a feature wants to be seen in a place by everybody: a message, an event. Values."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.domain.people import Community
from bot.domain.showing import Happening, Spot
from bot.runtime.screen import Screen, Voice, screen_of
from bot.ui.parts import Reply, settle


@dataclass(frozen=True, slots=True)
class Posted:
    """A message that should stand in a channel, for everybody there."""

    spot: Spot
    channel: str
    community: Community
    reply: Reply

    @property
    def screen(self) -> Screen:
        """As it is sent: like anything unasked, it relies on no capability."""
        voice = Voice(self.community.id, self.community.language, ZoneInfo(self.community.zone))
        return screen_of(self.reply, settle(self.reply.parts, frozenset()), voice)

    @property
    def digest(self) -> str:
        """Differs where the message would."""
        return _digest(repr(self.screen))


@dataclass(frozen=True, slots=True)
class Announced:
    """An event that should stand, until it begins."""

    spot: Spot
    happening: Happening
    channel = ""

    @property
    def digest(self) -> str:
        """Differs where the event would."""
        return _digest(repr(self.happening))


Wanted: TypeAlias = Posted | Announced
Wants: TypeAlias = Callable[[], Awaitable[tuple[Wanted, ...]]]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
