"""What stands beside the introduction of a pair: for how long it is, and what else is open."""

from __future__ import annotations

from bot.domain.pairs import Pair
from bot.domain.people import MemberId, Someone
from bot.domain.requests import Request
from bot.services.ports import Store, Work
from bot.services.ports.mentors import Bond
from bot.ui.parts import Divider, Part, Style, Text
from cogs.mentors.cards import time_box
from cogs.mentors.sent_requests import released


class Beside:
    """Reads what the directory knows of a pair."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def parts(self, pair: Pair, reader: MemberId) -> tuple[Part, ...]:
        """For one side, at the moment of sending."""

        def look(work: Work) -> tuple[Bond | None, list[tuple[Request, Someone]]]:
            bond = work.requests.bond_of(pair.id)
            if bond is None or reader != pair.trainee:
                return bond, []
            pending = work.requests.pending_by(pair.trainee, pair.community)
            before = [one for one in pending if one.opened <= pair.opened]
            return bond, [(one, work.people.someone(one.mentor)) for one in before]

        bond, others = await self._store.read(look)
        if bond is None:
            return ()
        box = Text(time_box(bond.form, bond.until), Style.QUIET)
        return (box, Divider(), *released(others, pair.id)) if others else (box,)
