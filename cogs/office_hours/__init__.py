"""Office hours: sessions that members find, join and ask questions for, and that hosts hold."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.runtime.feature import Command, Feature, Group, Tick
from bot.services.office_hours.hosting import extend as extend_series
from bot.services.office_hours.seats import leave_everything
from bot.services.ports import Store
from bot.ui.words import _
from cogs.office_hours.actions import (
    AskQuestion,
    CallOff,
    GetCalendar,
    HostSession,
    JoinSession,
    LeaveSession,
    ListSessions,
    MoveSession,
    MySessions,
    RunLate,
    ShowRoster,
)
from cogs.office_hours.browsing import Browsing
from cogs.office_hours.choosing import Choosing
from cogs.office_hours.hosting import Hosting
from cogs.office_hours.notices import Notices
from cogs.office_hours.reminders import Reminders
from cogs.office_hours.roster import Rosters
from cogs.office_hours.taking_part import TakingPart


class OfficeHours:
    """The feature, put together."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._browsing = Browsing(store, clock)
        self._taking_part = TakingPart(store, clock)
        self._hosting = Hosting(store, clock)
        self._rosters = Rosters(store, clock)
        self._choosing = Choosing(
            store,
            clock,
            (
                *self._browsing.handlers(),
                *self._taking_part.handlers(),
                *self._hosting.handlers(),
                *self._rosters.handlers(),
            ),
        )
        self._notices = Notices(store, clock)
        self._reminders = Reminders(store, clock)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "office hours",
            handlers=self._choosing.handlers(),
            commands=(
                Command("hours list", _("Office hours you can join"), ListSessions),
                Command("hours join", _("Take a seat, or a place on the waitlist"), JoinSession),
                Command("hours leave", _("Give your seat back"), LeaveSession),
                Command("hours mine", _("Your seats and the sessions you host"), MySessions),
                Command("hours ask", _("A question, without your name"), AskQuestion),
                Command("hours host", _("Open a session or a series"), HostSession),
                Command("hours move", _("Give your session a new time"), MoveSession),
                Command("hours call-off", _("Your session will not be held"), CallOff),
                Command("hours late", _("Tell everybody that you run late"), RunLate),
                Command("hours roster", _("Who comes, and what they ask"), ShowRoster),
                Command("hours calendar", _("A calendar file of your sessions"), GetCalendar),
            ),
            groups=(Group("hours", _("Office hours with mentors")),),
            completers=self._browsing.completers(),
            notices=(*self._notices.notices(), *self._reminders.notices()),
            ticks=(Tick("extend series", timedelta(hours=1), self.extend),),
            leaving=(leave_everything,),
            home=self._browsing.home,
        )

    async def extend(self) -> None:
        """Makes the sessions of series that have come within the horizon."""
        await self._store.write(extend_series, self._clock.now())
