"""Follow-ups: check-ins, questions, personal hours and seasons. Every sentence of the engine itself
is in `words`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from bot.clock import Clock
from bot.domain.policies import Matter
from bot.runtime.feature import Command, Feature, Group, Tick
from bot.runtime.inspecting import Inspect, nothing_lacks
from bot.runtime.matters import Speaks
from bot.services import pairs, questions
from bot.services.follow_ups import engine
from bot.services.follow_ups.leaving import gone
from bot.services.ports import Store
from bot.ui.words import _
from cogs.follow_ups.actions import (
    AskCommunity,
    ClosePair,
    GetHelp,
    PromiseStep,
    RestPair,
    SendUpdate,
    ShowStatus,
)
from cogs.follow_ups.after import AfterSessions
from cogs.follow_ups.asked import AskedNotices
from cogs.follow_ups.asking import Asking
from cogs.follow_ups.busy import BusyScreens
from cogs.follow_ups.careful import Careful
from cogs.follow_ups.channels import CHANNEL_SETTING, ChannelScreens
from cogs.follow_ups.checkin import PairScreens
from cogs.follow_ups.closing import Closing
from cogs.follow_ups.hearing import Hearing
from cogs.follow_ups.helping import Helping
from cogs.follow_ups.manner_actions import GoAway, ShowSeasons, ShowWishes
from cogs.follow_ups.manners import MannersScreens
from cogs.follow_ups.message_kinds import OWN, Choices, KindScreens
from cogs.follow_ups.news import Beside, News, nothing_beside
from cogs.follow_ups.notices import Notices
from cogs.follow_ups.panel import PanelSection
from cogs.follow_ups.policies import PATIENCE_SETTING, PolicyScreens
from cogs.follow_ups.rhythm import RhythmScreens
from cogs.follow_ups.seasons import SEASONS_SETTING, SeasonScreens
from cogs.follow_ups.status import StatusScreen
from cogs.follow_ups.steps import StepScreens

CLOSERS = {**pairs.CLOSERS, **questions.CLOSERS}
_AT_ONCE = 50


class FollowUps:
    """The feature, put together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        closers: Mapping[Matter, engine.Closer] = MappingProxyType({}),
        speaks: Mapping[Matter, Speaks] = MappingProxyType({}),
        inspect: Inspect = nothing_lacks,
        choices: Choices = dict,
        beside: Beside = nothing_beside,
    ) -> None:
        """`closers` and `speaks` come from features with matters of their own; `choices`: what
        each reader may do without; `beside`: what stands beside an introduction."""
        self._store = store
        self._clock = clock
        self._pairs = PairScreens(store, clock)
        self._closing = Closing(store, clock)
        self._helping = Helping(store, clock)
        self._steps = StepScreens(store, clock)
        self._rhythm = RhythmScreens(store, clock)
        self._manners = MannersScreens(store, clock)
        self._kinds = KindScreens(store, choices)
        self._panel = PanelSection(self._manners)
        self._asking = Asking(store, clock)
        self._after = AfterSessions(store, clock)
        self._notices = Notices(store, speaks)
        self._news = News(store, beside)
        self._asked = AskedNotices(store)
        self._status = StatusScreen(store, clock)
        self._closers = {**CLOSERS, **closers}
        self._policies = PolicyScreens(store, clock)
        self._channels = ChannelScreens(store, clock, inspect)
        self._seasons = SeasonScreens(store, clock)
        self._careful = Careful(store, clock)
        self._busy = BusyScreens(store, clock)
        self._hearing = Hearing(store, clock)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "follow-ups",
            handlers=self._careful.before(
                (
                    *self._status.handlers(),
                    *self._pairs.handlers(),
                    *self._closing.handlers(),
                    *self._helping.handlers(),
                    *self._steps.handlers(),
                    *self._rhythm.handlers(),
                    *self._manners.handlers(),
                    *self._panel.handlers(),
                    *self._kinds.handlers(),
                    *self._asking.handlers(),
                    *self._policies.handlers(),
                    *self._channels.handlers(),
                    *self._seasons.handlers(),
                    *self._busy.handlers(),
                    *self._after.handlers(),
                )
            ),
            commands=(
                Command("checkin status", _("My pairs, and whose turn it is"), ShowStatus),
                Command("checkin update", _("A progress note to the other side"), SendUpdate),
                Command("checkin step", _("A next step with a date"), PromiseStep),
                Command("checkin quiet", _("No check-ins for a while"), RestPair),
                Command("checkin close", _("End a pair kindly; it can be reopened"), ClosePair),
                Command("checkin help", _("Not heard back, or a moderator's help"), GetHelp),
                Command("ask", _("A question to the community, followed up"), AskCommunity),
                Command("my away", _("Days on which I am away, on call or on leave"), GoAway),
                Command("my notify", _("When the bot may write to me"), ShowWishes),
                Command("setup seasons", _("Times in which everybody is busier"), ShowSeasons),
                *self._policies.commands(),
                *self._channels.commands(),
            ),
            groups=(Group("checkin", _("Pairs, next steps, and whose turn it is")),),
            completers=self._pairs.completers(),
            notices=(
                *self._notices.notices(),
                *self._news.notices(),
                *self._asked.notices(),
                *self._helping.notices(),
                *self._after.notices(),
            ),
            leaving=(gone,),
            home=self._panel.home,
            label=_("Check-ins and questions"),
            choices=OWN,
            settings=(PATIENCE_SETTING, CHANNEL_SETTING, SEASONS_SETTING),
            ear=self._hearing.ear(),
            ticks=(Tick("follow-ups", timedelta(minutes=1), self.upkeep),),
        )

    async def upkeep(self) -> None:
        """Closes what nobody answered, and begins check-ins whose time has come."""
        now = self._clock.now()
        while await self._store.write(engine.advance, now, self._closers) == _AT_ONCE:
            pass
        while await self._store.write(pairs.begin_rounds, now) == _AT_ONCE:
            pass
