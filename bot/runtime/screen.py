"""What an adapter is handed: a settled answer together with whose language and zone it is for."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.domain.people import CommunityId
from bot.ui.form import FormView
from bot.ui.language import GettextCatalogue, catalogue
from bot.ui.parts import Audience, Button, Drawing, Reply, Select, SettledPart
from bot.ui.wire import to_wire


@dataclass(frozen=True)
class Voice:
    """Whose eyes a screen is for. Buttons carry `community`, or a home of their own."""

    community: CommunityId
    language: str
    zone: ZoneInfo

    @property
    def catalogue(self) -> GettextCatalogue:
        """The reader's sentences."""
        return catalogue(self.language)

    def wire(self, control: Button | Select | Drawing) -> str:
        """The payload of a control."""
        if isinstance(control, Button):
            return to_wire(control.does, control.home or self.community)
        return to_wire(control.does, self.community, control.fills)


@dataclass(frozen=True)
class Screen:
    """A settled reply. `parts` hold no `IfCan` any more; the audience was checked."""

    parts: tuple[SettledPart, ...]
    voice: Voice
    audience: Audience = Audience.ONLY_YOU
    replaces: bool = False
    passing: str | None = None


@dataclass(frozen=True)
class FormScreen:
    """A form to be opened as the first response."""

    form: FormView
    voice: Voice


Shown = Screen | FormScreen


def screen_of(reply: Reply, parts: tuple[SettledPart, ...], voice: Voice) -> Screen:
    """A reply whose capabilities are settled, as an adapter shows it."""
    return Screen(parts, voice, reply.audience, reply.replaces, reply.passing)
