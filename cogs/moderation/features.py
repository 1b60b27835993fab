"""What is on in this community, and switching it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import CommunityId, Role
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, onward, test_of
from bot.runtime.feature import Handler
from bot.runtime.registry import Registry
from bot.runtime.settable import Settable
from bot.services.kinds import OFF, ON, SWITCH
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Msg, _


@dataclass(frozen=True)
class ShowFeatures(Action, tag="su.features.1"):
    """What is on."""


@dataclass(frozen=True)
class SwitchFeature(Action, tag="su.switch.1"):
    """Old and new, before something is switched."""

    name: str
    on: bool


class FeatureScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._changing = Changing(store, clock)
        self._everything = everything
        self._settable = Settable(SWITCH, self._every, self._named, _worded, ShowFeatures())

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowFeatures, self.features, moderator, before_setup=True),
            Handler(SwitchFeature, self.switch, moderator, before_setup=True),
        )

    def settings(self) -> tuple[Settable, ...]:
        """What can be changed here."""
        return (self._settable,)

    async def features(self, caller: Caller, ask: ShowFeatures) -> Reply:
        """The panel."""
        parts: list[Part] = [Text(_("What is on"), Style.HEADING)]
        for name, label in self._switches().items():
            on = name not in caller.off
            stands = _worded(Setting(SWITCH.name, name), ON if on else OFF)
            parts.append(Text(_("{feature}: {stands}", feature=label, stands=stands)))
            turn = (
                _("Switch off: {feature}", feature=label)
                if on
                else _("Switch on: {feature}", feature=label)
            )
            parts.append(Button(turn, SwitchFeature(name, not on)))
        return Reply((*parts, test_of(SWITCH.name), *onward(caller, SWITCH.name)))

    async def switch(self, caller: Caller, ask: SwitchFeature) -> Reply:
        """Old and new."""
        if ask.name not in self._switches():
            raise StaleControl("no such feature")
        notes: tuple[Part, ...] = ()
        if not ask.on:
            notes = (Text(_("Nothing new begins then. What was agreed before goes on.")),)
        setting = Setting(SWITCH.name, ask.name)
        return await self._changing.propose(
            caller, self._settable, setting, ON if ask.on else OFF, notes=notes
        )

    def _switches(self) -> dict[str, Msg]:
        return {
            one.name: one.label
            for one in self._everything().features
            if one.begins and one.label is not None
        }

    def _every(self, _work: Work, _community: CommunityId) -> tuple[Setting, ...]:
        return tuple(Setting(SWITCH.name, name) for name in self._switches())

    def _named(self, setting: Setting) -> Msg:
        return self._switches().get(setting.name, _("A feature of an earlier version"))


def _worded(_setting: Setting, value: str) -> Msg:
    return _("on") if value == ON else _("off")
