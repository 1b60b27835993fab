"""What moderators ask for while a community is opened, and about its zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from bot.ui.action import Action, Ask
from bot.ui.words import _

PlaceName: TypeAlias = Annotated[
    str, Ask(_("City or zone"), hint=_("For example: Boston, or Europe/London"), most=80)
]


@dataclass(frozen=True)
class StartSetup(Action, tag="su.start.1"):
    """What setting up means, and the defaults."""


@dataclass(frozen=True)
class UseDefaults(Action, tag="su.defaults.1"):
    """Open the community with the defaults, in this zone."""

    zone: str = "UTC"


@dataclass(frozen=True)
class AskZone(Action, tag="su.askzone.1"):
    """Ask for the community's zone."""


@dataclass(frozen=True)
class ProposeZone(Action, tag="su.zone.1"):
    """Show the defaults with another zone."""

    place: PlaceName


@dataclass(frozen=True)
class ShowLanguages(Action, tag="su.languages.1"):
    """Which languages the community may speak."""


@dataclass(frozen=True)
class ProposeLanguage(Action, tag="su.language.1"):
    """Old and new, before it changes."""

    language: str


@dataclass(frozen=True)
class AskOtherZone(Action, tag="su.askother.1"):
    """Ask where an open community moves its zone to."""


@dataclass(frozen=True)
class ProposeOtherZone(Action, tag="su.other.1"):
    """Show what another zone would change, before it does."""

    place: PlaceName
