"""`setup hours`: the rules of office hours in this community."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours import rules
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.parts import Reply, Style, Text
from bot.ui.words import Msg, _, ngettext
from cogs.office_hours.taking_part import actor_of


@dataclass(frozen=True)
class SetRules(Action, tag="oh.rules.1"):
    """How many seats one person may have in a calendar week."""

    seats_a_week: Annotated[
        int, Ask(_("Seats a week"), hint=_("For one person; 0 for any number"), least=0, most=50)
    ]


class Rules:
    """The handler for moderators."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(SetRules, self.set, may=Role.MODERATOR),)

    async def set(self, caller: Caller, request: SetRules) -> Reply:
        """Old and new."""
        most = request.seats_a_week or None
        before = await self._store.write(rules.set_seats_a_week, actor_of(caller), most)
        said = _(
            "In one calendar week, one person can have {new} here. Before: {old}.",
            new=_seats(most),
            old=_seats(before),
        )
        kept = _("Seats that people have already stay theirs.")
        return Reply((Text(said), Text(kept, Style.QUIET)))


def _seats(most: int | None) -> Msg:
    if most is None:
        return _("any number of seats")
    return ngettext("{count} seat", "{count} seats", most)
