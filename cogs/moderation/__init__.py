"""Moderators in control: what was changed and undoing it, roles, wordings, checks, the hold."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.taxonomy import Taxonomy
from bot.runtime.changing import Everything
from bot.runtime.feature import Feature
from bot.runtime.inspecting import Inspect, Right, nothing_lacks
from bot.runtime.state import Ask, nothing_watched
from bot.services.ports import Store
from bot.ui.words import _
from cogs.moderation.audit import AuditScreens
from cogs.moderation.checking import CheckScreens, wanted_channels
from cogs.moderation.features import FeatureScreens
from cogs.moderation.hold import HoldScreens
from cogs.moderation.joining import JoinScreens
from cogs.moderation.members import Desk, MemberScreens
from cogs.moderation.pulse import PulseScreens
from cogs.moderation.roles import ROLES_SETTING, RoleScreens
from cogs.moderation.texts import TextScreens
from cogs.moderation.undoing import Undoing


class Moderation:
    """The feature, put together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        everything: Everything,
        cases: Desk,
        shipped: Taxonomy,
        inspect: Inspect = nothing_lacks,
        state: Ask = nothing_watched,
    ) -> None:
        self._audit = AuditScreens(store, clock, everything)
        self._undoing = Undoing(store, clock, shipped, cases)
        self._texts = TextScreens(store, clock, everything)
        self._roles = RoleScreens(store, clock)
        self._features = FeatureScreens(store, clock, everything)
        self._check = CheckScreens(store, clock, everything, inspect, state)
        self._pulse = PulseScreens(store, clock)
        self._members = MemberScreens(store, clock, cases)
        self._join = JoinScreens(store, clock)
        self._hold = HoldScreens(store, clock, everything)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        typed = (
            *(self._roles, self._texts, self._check, self._pulse),
            *(self._members, self._join, self._audit, self._hold),
        )
        told = (self._audit, self._check, self._pulse, self._members, self._join)
        return Feature(
            "moderation",
            label=_("Messages to moderators"),
            handlers=(
                *(one for each in typed for one in each.handlers()),
                *self._features.handlers(),
                *self._undoing.handlers(),
            ),
            commands=tuple(one for each in typed for one in each.commands()),
            notices=tuple(one for each in told for one in each.notices()),
            ticks=(*self._check.ticks(), *self._pulse.ticks()),
            needs=wanted_channels,
            asks=frozenset({Right.SEE, Right.POST, Right.HISTORY, Right.FILES}),
            changed=self._check.changed,
            settings=(ROLES_SETTING, *self._features.settings(), *self._texts.settings()),
        )
