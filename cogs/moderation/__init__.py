"""Moderators in control: what was changed and undoing it, roles, wordings, checks, the hold."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.runtime.feature import Feature
from bot.runtime.registry import Registry
from bot.services.ports import Store
from bot.ui.words import _
from cogs.moderation.audit import AuditScreens
from cogs.moderation.features import FeatureScreens
from cogs.moderation.hold import HoldScreens
from cogs.moderation.roles import ROLES_SETTING, RoleScreens
from cogs.moderation.texts import TextScreens

Everything = Callable[[], Registry]
"""The registry, which is complete by the time anybody asks."""


class Moderation:
    """The feature, put together."""

    def __init__(self, store: Store, clock: Clock, everything: Everything) -> None:
        self._audit = AuditScreens(store, clock, everything)
        self._texts = TextScreens(store, clock, everything)
        self._roles = RoleScreens(store, clock)
        self._features = FeatureScreens(store, clock, everything)
        self._hold = HoldScreens(store, clock, everything)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        typed = (self._roles, self._texts, self._audit, self._hold)
        return Feature(
            "moderation",
            label=_("Messages to moderators"),
            handlers=(
                *(one for each in typed for one in each.handlers()),
                *self._features.handlers(),
            ),
            commands=tuple(one for each in typed for one in each.commands()),
            notices=self._audit.notices(),
            settings=(ROLES_SETTING, *self._features.settings(), *self._texts.settings()),
        )
