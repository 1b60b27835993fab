"""What the guard of a place watches, how strictly, and whom it lets pass."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.people import CommunityId, Place, Role


class Watch(enum.Enum):
    """What happens to a message that tells who a patient is."""

    OFF = "off"
    WARN = "warn"
    """Its author is told privately, moderators get a link."""
    HOLD = "hold"
    """It is taken down as well, where the platform lets the bot do that."""


ELSEWHERE = ""
"""Stands for every channel that has no rule of its own."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Whose messages are not looked at: a role of the community or one of the platform's own."""

    role: Role | None = None
    ref: str = ""


@dataclass(frozen=True)
class Guarded:
    """The rules of one place. `staff` is the channel in which its moderators are told."""

    community: CommunityId
    place: Place
    channels: Mapping[str, Watch] = field(default_factory=lambda: MappingProxyType({}))
    passes: frozenset[Pass] = frozenset()
    pass_refs: frozenset[str] = frozenset()
    """The platform's own roles whose messages pass, those behind roles of the community included.
    """
    staff: str | None = None
    zone: str = "UTC"
    language: str = "en"

    def of(self, channel: str) -> Watch:
        """What holds in a channel; a thread counts as the channel it belongs to."""
        return self.channels.get(channel, self.channels.get(ELSEWHERE, Watch.OFF))

    def lets_pass(self, roles: frozenset[Role], refs: frozenset[str]) -> bool:
        """Whether somebody's messages are not looked at."""
        return any(one.role in roles or (one.ref and one.ref in refs) for one in self.passes)

    @property
    def held(self) -> tuple[frozenset[str], frozenset[str]]:
        """The channels named for holding, and those named for something else."""
        holding = {name for name, watch in self.channels.items() if watch is Watch.HOLD}
        named = frozenset(self.channels) - {ELSEWHERE}
        return frozenset(holding) - {ELSEWHERE}, named - holding

    @property
    def holds_elsewhere(self) -> bool:
        """Whether every channel without a rule of its own is set to hold."""
        return self.channels.get(ELSEWHERE) is Watch.HOLD

    @property
    def watches(self) -> bool:
        """Whether anything is watched at all."""
        return any(watch is not Watch.OFF for watch in self.channels.values())
