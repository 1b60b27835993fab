"""Moderators in control: what was changed and undoing it, roles, wordings, checks, the hold."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.runtime.feature import Feature
from bot.runtime.registry import Registry
from bot.services.ports import Store
from cogs.moderation.audit import AuditScreens
from cogs.moderation.texts import TextScreens

Everything = Callable[[], Registry]
"""The registry, which is complete by the time anybody asks."""


class Moderation:
    """The feature, put together."""

    def __init__(self, store: Store, clock: Clock, everything: Everything) -> None:
        self._audit = AuditScreens(store, clock, everything)
        self._texts = TextScreens(store, clock, everything)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        screens = (self._audit, self._texts)
        return Feature(
            "moderation",
            handlers=tuple(one for each in screens for one in each.handlers()),
            commands=tuple(one for each in screens for one in each.commands()),
            notices=self._audit.notices(),
            settings=self._texts.settings(),
        )
