"""`setup hours`: the rules of office hours in this community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing
from bot.runtime.feature import Handler
from bot.runtime.settable import Settable
from bot.services.kinds import SEATS_A_WEEK, only
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Reply, Style, Text
from bot.ui.words import Msg, _, ngettext


@dataclass(frozen=True)
class SetRules(Action, tag="oh.rules.1"):
    """How many seats one person may have in a calendar week."""

    seats_a_week: Annotated[
        int, Ask(_("Seats a week"), hint=_("For one person; 0 for any number"), least=0, most=50)
    ]


@dataclass(frozen=True)
class OpenRules(Action, tag="oh.open_rules.1"):
    """The form of the rules."""


class Rules:
    """The handler for moderators."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(SetRules, self.set, may=Role.MODERATOR),
            Handler(OpenRules, self.open, may=Role.MODERATOR, opens=True),
        )

    async def open(self, caller: Caller, request: OpenRules) -> Form:
        """The form."""
        return Form(_("Rules of office hours"), SetRules)

    async def set(self, caller: Caller, request: SetRules) -> Reply:
        """Old and new."""
        return await self._changing.propose(
            *(caller, SEATS_SETTING, Setting(SEATS_A_WEEK.name), str(request.seats_a_week)),
            notes=(Text(_("Seats that people have already stay theirs."), Style.QUIET),),
        )


def _seats(most: int) -> Msg:
    if not most:
        return _("any number of seats")
    return ngettext("{count} seat", "{count} seats", most)


SEATS_SETTING = Settable(
    SEATS_A_WEEK,
    only(SEATS_A_WEEK.name),
    lambda _setting: _("Seats for one person in a calendar week"),
    lambda _setting, value: _seats(int(value)),
    OpenRules(),
)
