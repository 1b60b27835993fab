"""What members ask for about their own data."""

from __future__ import annotations

from dataclasses import dataclass

from bot.ui.action import Action


@dataclass(frozen=True)
class ShowPanel(Action, tag="my.panel.1"):
    """My settings, and everything that is mine."""


@dataclass(frozen=True)
class ExportMine(Action, tag="my.export.1"):
    """Everything that is kept about me, as files."""


@dataclass(frozen=True)
class EraseMine(Action, tag="my.erase.1"):
    """What erasing would do, before it does."""


@dataclass(frozen=True)
class EraseForGood(Action, tag="my.erased.1"):
    """Erase it."""


@dataclass(frozen=True)
class KeepMine(Action, tag="my.keep.1"):
    """Erase nothing."""
