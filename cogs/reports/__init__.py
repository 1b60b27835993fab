"""Reports of conduct: `report`, the entry of every message, and what moderators see of them."""

from __future__ import annotations

from collections.abc import Mapping

from bot.clock import Clock
from bot.domain.people import MemberId, Role
from bot.domain.reports import Category
from bot.runtime.caller import Caller, Message
from bot.runtime.feature import Command, Completer, Entry, Feature, Handler
from bot.services import reports
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Code, Typed, _
from cogs.reports.actions import (
    CloseReport,
    MakeReport,
    OpenAnswer,
    ShowReport,
    ShowReports,
    TakeBackReport,
)
from cogs.reports.naming import Named, Naming
from cogs.reports.staff import StaffScreens


class Reports:
    """The cog. `days`: the retention."""

    def __init__(self, store: Store, clock: Clock, days: Mapping[str, int]) -> None:
        self._store = store
        self._clock = clock
        self._days = days
        self._naming = Naming(store)
        self._staff = StaffScreens(store, clock)

    def feature(self) -> Feature:
        """Its declaration."""
        staff, moderator = self._staff, Role.MODERATOR
        return Feature(
            "reports",
            handlers=(
                Handler(MakeReport, self.make),
                Handler(TakeBackReport, self.take_back),
                Handler(ShowReports, staff.every, moderator),
                Handler(ShowReport, staff.one, moderator),
                Handler(OpenAnswer, staff.open_answer, moderator, opens=True),
                Handler(CloseReport, staff.close, moderator),
            ),
            commands=(
                Command("report", _("Privately, to moderators who are not involved"), MakeReport),
                Command("setup reports", _("Reports that wait"), ShowReports),
            ),
            completers=(Completer("reported", self._naming.complete),),
            notices=staff.notices(),
            entries=(
                Entry(
                    "report",
                    _("Report"),
                    _("Privately, to moderators who are not involved"),
                    self.point,
                    opens=True,
                ),
            ),
        )

    async def point(self, caller: Caller, message: Message) -> Form | Reply:
        """The form, about a message."""
        author: MemberId | None = None
        if message.author is not None and not message.ours:
            author = await self._store.read(reports.behind, caller.community, message.author)
        given: dict[str, object] = {"what": message.link or message.id, "pointed": True}
        if author is not None:
            given["author"] = int(author)
        return Form(
            _("Report"),
            MakeReport,
            ("category", "text"),
            given,
            intro=_("Moderators who are not involved read this. Your name is shown to nobody."),
        )

    async def make(self, caller: Caller, ask: MakeReport) -> Reply:
        """On its way, and what happens with it."""
        named = await self._named(caller, ask)
        if named is None:
            said = _(
                "I know no member called {what}. Choose one of the list, or paste the link of a"
                " message.",
                what=Typed(ask.what),
            )
            return Reply((Text(said),), correctable=True)
        if named.member == caller.member:
            return Reply((Text(_("That is you.")),), correctable=True)
        made = await self._store.write(
            reports.make,
            self._clock.now(),
            caller.community,
            caller.member,
            named.member,
            Category(ask.category),
            named.link,
            (ask.text or "").strip(),
        )
        heard = (
            _("Moderators who are not involved were told that a report waits.")
            if made.heard
            else _(
                "I know of no moderator who is not involved. The report waits for one; if it is"
                " urgent, please write to somebody you trust."
            )
        )
        code = Code(made.report.code)
        return Reply(
            (
                Text(_("Thank you. Your report {code} is kept.", code=code), Style.HEADING),
                Text(heard),
                Text(
                    _(
                        "Your name is shown to nobody. Whoever it is about, and the pairs they are"
                        " in, see nothing of it. You hear from me when it was looked at."
                    )
                ),
                Text(
                    _(
                        "It is kept for {count} days after that. If you erase yourself, it stays"
                        " that long without your name.",
                        count=self._days["reports"],
                    ),
                    Style.QUIET,
                ),
                Button(_("Take it back"), TakeBackReport(made.report.id), Look.PLAIN),
            )
        )

    async def _named(self, caller: Caller, ask: MakeReport) -> Named | None:
        if not ask.pointed:
            return await self._naming.read(caller, ask.what)
        author = MemberId(ask.author)
        known = await self._store.read(reports.called, caller.community, author)
        return Named(None if known is None else known.member, ask.what)

    async def take_back(self, caller: Caller, ask: TakeBackReport) -> Reply:
        """Nobody reads it."""
        done = await self._store.write(
            reports.take_back, caller.member, self._clock.now(), reports.ReportId(ask.report)
        )
        if done is None:
            return Reply((Text(_("This report was looked at already.")),))
        said = _("Your report {code} is taken back.", code=Code(done.code))
        return Reply((Text(said),), replaces=True)
