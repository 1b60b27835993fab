"""Busy periods of one's own: what is opened for somebody in that time stays open for longer."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.hours import Span
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.follow_ups import own
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import _
from cogs.follow_ups.days import fits, not_a_period, spans, today
from cogs.follow_ups.manner_actions import DropMySeason, MySeason, OpenMySeason, ShowMySeasons

TWICE = 2
"""How many times as long; nobody has to choose a number."""
_SHOWN = 5


class BusyScreens:
    """Handlers of one's own busy periods."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowMySeasons, self.show),
            Handler(OpenMySeason, self.open, opens=True),
            Handler(MySeason, self.mark),
            Handler(DropMySeason, self.drop),
        )

    async def show(self, caller: Caller, ask: ShowMySeasons) -> Reply:
        """The list."""
        found = await self._store.read(
            own.my_seasons, caller.member, caller.community, today(self._clock, caller.zone)
        )
        parts: list[Part] = [
            Text(_("Your busy periods"), Style.HEADING),
            Text(_("What is opened for you in such a time stays open twice as long.")),
        ]
        for season in found[:_SHOWN]:
            days = spans((Span(season.first, season.last),))
            parts.append(Text(_("{days}", days=days)))
            parts.append(Button(_("Remove"), DropMySeason(season.id)))
        parts.append(Button(_("Mark a busy period"), OpenMySeason()))
        return Reply(tuple(parts))

    async def open(self, caller: Caller, ask: OpenMySeason) -> Form:
        """The form of a period."""
        return Form(_("A busy period"), MySeason)

    async def mark(self, caller: Caller, ask: MySeason) -> Reply:
        """More patience with what is asked of me."""
        if not fits(today(self._clock, caller.zone), ask.from_, ask.until):
            return not_a_period()
        season = Season(
            SeasonId(0),
            caller.community,
            caller.member,
            SeasonKind.OTHER,
            ask.from_,
            ask.until,
            TWICE,
        )
        await self._store.write(own.mark_my_season, season)
        return await self.show(caller, ShowMySeasons())

    async def drop(self, caller: Caller, ask: DropMySeason) -> Reply:
        """Taken back; what is open already keeps its dates."""
        await self._store.write(
            own.drop_my_season, caller.member, caller.community, SeasonId(ask.season)
        )
        return await self.show(caller, ShowMySeasons())
