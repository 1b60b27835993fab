"""Office hours: sessions that members find, join and ask questions for, and that hosts hold."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.people import CommunityId, Place
from bot.runtime.feature import Command, Feature, Group, Tick
from bot.runtime.inspecting import Right, Wanted
from bot.services.office_hours.called_away import host_gone
from bot.services.office_hours.feeds import gone
from bot.services.office_hours.hosting import extend as extend_series
from bot.services.office_hours.seats import leave_everything
from bot.services.office_hours.wave import MOST_STRANGERS
from bot.services.ports import Store, Work
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
from cogs.office_hours.asking import Asking
from cogs.office_hours.attendance import Attendance
from cogs.office_hours.browsing import Browsing
from cogs.office_hours.called_away import Away
from cogs.office_hours.changing import Changing
from cogs.office_hours.choosing import Choosing
from cogs.office_hours.editing import ChangeSession, Editing
from cogs.office_hours.feeds import Feeds
from cogs.office_hours.flagging import Flagging
from cogs.office_hours.group_hour import GROUP_HOUR, Invitations
from cogs.office_hours.hosting import Hosting
from cogs.office_hours.listing import Lists
from cogs.office_hours.notices import Notices
from cogs.office_hours.offering import Offering
from cogs.office_hours.on_show import OnDisplay
from cogs.office_hours.own_word import OwnWords
from cogs.office_hours.queue import LiveQueue
from cogs.office_hours.queue_desk import JoinQueue
from cogs.office_hours.reminders import Reminders
from cogs.office_hours.roster import Rosters
from cogs.office_hours.rules import SEATS_SETTING, Rules, SetRules
from cogs.office_hours.showing import BOARD_SETTING, EVENTS_SETTING, Showing, ShowShown, needs
from cogs.office_hours.suggesting import Suggesting
from cogs.office_hours.taking_part import TakingPart
from cogs.office_hours.unseen import Unseen
from cogs.office_hours.unseen_actions import LookInto
from cogs.office_hours.wave import Wave
from cogs.office_hours.word_of_change import WordOfChange


class OfficeHours:
    """The feature, put together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        public_url: str = "",
        chosen: frozenset[Right] = frozenset(),
        strangers: int = MOST_STRANGERS,
    ) -> None:
        self._wave = Wave(store, clock, strangers)
        self._chosen = chosen
        self._store = store
        self._clock = clock
        self._browsing = Browsing(store, clock, public_url)
        self._feeds = Feeds(store, clock, public_url)
        self._taking_part = TakingPart(store, clock)
        self._changing = Changing(store, clock)
        self._hosting = Hosting(store, clock, self._changing)
        self._rosters = Rosters(store, clock)
        self._unseen = Unseen(store, clock)
        self._flagging = Flagging(store, clock)
        self._queue = LiveQueue(store, clock)
        self._attendance = Attendance(store, clock)
        self._choosing = Choosing(
            store,
            clock,
            (
                *Lists(store, clock).handlers(),
                *self._browsing.handlers(),
                *self._taking_part.handlers(),
                *Asking(store, clock).handlers(),
                *self._hosting.handlers(),
                *self._changing.handlers(),
                *self._rosters.handlers(),
                *Rules(store, clock).handlers(),
                *Showing(store, clock).handlers(),
                *Away(store, clock).handlers(),
                *self._attendance.handlers(),
                *self._feeds.handlers(),
                *self._queue.handlers(),
                *self._unseen.handlers(),
                *self._flagging.handlers(),
                *Editing(store, clock).handlers(),
                *OwnWords(store, clock).handlers(),
                *self._wave.handlers(),
                GROUP_HOUR,
            ),
        )
        self._notices = Notices(store, clock)
        self._invitations = Invitations(store, clock)
        self._word_of_change = WordOfChange(store, clock)
        self._offering = Offering(store, clock)
        self._reminders = Reminders(store, clock, self._wave.course)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "office hours",
            handlers=self._choosing.handlers(),
            settings=(SEATS_SETTING, BOARD_SETTING, EVENTS_SETTING),
            asks=frozenset({Right.PIN, Right.EVENTS}),
            label=_("Office hours"),
            begins=(HostSession, JoinSession, ListSessions),
            commands=(
                Command("hours list", _("Office hours you can join"), ListSessions),
                Command("hours join", _("Take a seat, or a place on the waitlist"), JoinSession),
                Command("hours leave", _("Give your seat back"), LeaveSession),
                Command("hours mine", _("Your seats and the sessions you host"), MySessions),
                Command("hours ask", _("A question, without your name"), AskQuestion),
                Command("hours host", _("Open a session or a series"), HostSession),
                Command("hours move", _("Give your session a new time"), MoveSession),
                Command("hours change", _("Another title, place, size or co-host"), ChangeSession),
                Command("hours call-off", _("Your session will not be held"), CallOff),
                Command("hours late", _("Tell everybody that you run late"), RunLate),
                Command("hours roster", _("Who comes, and what they ask"), ShowRoster),
                Command("hours queue", _("The live queue of drop-in hours"), JoinQueue),
                Command("hours calendar", _("A calendar file of your sessions"), GetCalendar),
                Command("setup hours", _("The rules of office hours here"), SetRules),
                Command("setup show", _("Where office hours are shown"), ShowShown),
                Command("setup question", _("Look into a question without a name"), LookInto),
            ),
            groups=(Group("hours", _("Office hours with mentors")),),
            completers=Suggesting(self._store, self._clock).completers(),
            notices=(
                *self._notices.notices(),
                *self._word_of_change.notices(),
                *self._offering.notices(),
                *self._attendance.notices(),
                *self._queue.notices(),
                *self._unseen.notices(),
                *self._flagging.notices(),
                *self._reminders.notices(),
                *self._wave.notices(),
                *self._invitations.notices(),
            ),
            ticks=(Tick("extend series", timedelta(hours=1), self.extend),),
            leaving=(leave_everything, host_gone, gone),
            routes=self._feeds.routes(),
            home=self._browsing.home,
            needs=self.needs,
            stands=OnDisplay(self._store, self._clock).wants,
        )

    def needs(self, work: Work, community: CommunityId, place: Place) -> tuple[Wanted, ...]:
        """What it wants to be allowed in a place."""
        return needs(work, community, place, self._chosen)

    async def extend(self) -> None:
        """Makes the sessions of series that have come within the horizon."""
        await self._store.write(extend_series, self._clock.now())
