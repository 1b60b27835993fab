"""The section of follow-ups in a member's panel: when the bot may write, with a button for each."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.ui.action import Action
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Reply, Style, Text
from bot.ui.words import _
from cogs.follow_ups.manner_actions import GoAway, ShowWishes
from cogs.follow_ups.manners import MannersScreens


@dataclass(frozen=True)
class OpenAway(Action, tag="my.open_away.1"):
    """The form of days away."""


class PanelSection:
    """What of one's own hours stands in the panel."""

    def __init__(self, manners: MannersScreens) -> None:
        self._manners = manners

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(OpenAway, self.open_away, opens=True),)

    async def open_away(self, caller: Caller, ask: OpenAway) -> Form:
        """The form of days off."""
        return Form(_("Days away"), GoAway)

    async def home(self, caller: Caller) -> Reply:
        """How things stand, and the ways to change them."""
        said = await self._manners.wishes(caller, ShowWishes())
        facts = tuple(part for part in said.parts if isinstance(part, Facts))
        heading = Text(_("When I write to you unasked"), Style.HEADING)
        if Role.MEMBER not in caller.roles:
            return Reply((heading, *facts))
        buttons = (Button(_("Notifications"), ShowWishes()), Button(_("Days away"), OpenAway()))
        return Reply((heading, *facts, *buttons))
