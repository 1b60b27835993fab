"""`setup seasons`: times in which everybody is busier."""

from __future__ import annotations

from datetime import date

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.hours import Span
from bot.domain.people import CommunityId, Role
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Handler
from bot.runtime.settable import Settable
from bot.services.follow_ups import own
from bot.services.kinds import SEASONS, only, seasons_in, seasons_text
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Listing, Msg, Words, _
from cogs.follow_ups.days import fits, not_a_period, spans
from cogs.follow_ups.manner_actions import (
    SEASON_KINDS,
    AddSeason,
    DropSeason,
    OpenSeason,
    ShowSeasons,
)

_LABELS = {option.value: option.label for option in SEASON_KINDS}
_SHOWN = 8


class SeasonScreens:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowSeasons, self.seasons, moderator),
            Handler(OpenSeason, self.open_season, moderator, opens=True),
            Handler(AddSeason, self.add_season, moderator),
            Handler(DropSeason, self.drop_season, moderator),
        )

    async def seasons(self, caller: Caller, ask: ShowSeasons) -> Reply:
        """The panel."""
        found = await self._store.read(own.seasons, caller.community)
        parts: list[Part] = [
            Text(_("Seasons"), Style.HEADING),
            Text(
                _(
                    "In a season every period is longer; requests with a hard date can keep theirs"
                    " and be reminded of earlier instead. What is open already keeps its dates."
                )
            ),
        ]
        for season in [one for one in found if one.last >= self._today(caller)][:_SHOWN]:
            parts.append(Text(_season(season)))
            parts.append(Button(_("Remove"), DropSeason(season.id)))
        parts.append(Button(_("Mark a season"), OpenSeason()))
        return Reply((*parts, test_of(SEASONS.name)))

    async def open_season(self, caller: Caller, ask: OpenSeason) -> Form:
        """The form of a season."""
        return Form(_("Mark a season"), AddSeason)

    async def add_season(self, caller: Caller, ask: AddSeason) -> Reply:
        """Old and new, with one more."""
        if not fits(self._today(caller), ask.from_, ask.until):
            return not_a_period()
        new = Season(
            *(SeasonId(0), caller.community, None, SeasonKind(ask.kind)),
            *(ask.from_, ask.until, ask.patience, ask.early),
        )
        found = await self._store.read(own.seasons, caller.community)
        return await self._propose(caller, (*found, new))

    async def drop_season(self, caller: Caller, ask: DropSeason) -> Reply:
        """Old and new, with one less."""
        found = await self._store.read(own.seasons, caller.community)
        left = tuple(one for one in found if one.id != ask.season)
        if len(left) == len(found):
            raise StaleControl("this season is gone")
        return await self._propose(caller, left)

    async def _propose(self, caller: Caller, seasons: tuple[Season, ...]) -> Reply:
        return await self._changing.propose(
            *(caller, SEASONS_SETTING, Setting(SEASONS.name), seasons_text(seasons))
        )

    def _today(self, caller: Caller) -> date:
        return self._clock.now().astimezone(caller.zone).date()


def _season(season: Season) -> Msg:
    kind, days = _LABELS[season.kind], spans((Span(season.first, season.last),))
    if season.early:
        return _(
            "{kind}, {days}: {patience} times as long; hard dates are reminded of earlier",
            kind=kind,
            days=days,
            patience=season.patience,
        )
    return _(
        "{kind}, {days}: {patience} times as long", kind=kind, days=days, patience=season.patience
    )


def _worded(_setting: Setting, value: str) -> Words:
    found = seasons_in(CommunityId(0), value)
    if not found:
        return _("none")
    said = tuple(_season(one) for one in found[:_SHOWN])
    return _("{seasons}", seasons=Listing(said))


SEASONS_SETTING = Settable(
    SEASONS, only(SEASONS.name), lambda _setting: _("Seasons"), _worded, ShowSeasons()
)
