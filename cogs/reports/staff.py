"""What moderators who are not involved see of reports."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.reports import Report, ReportId
from bot.runtime.caller import Caller
from bot.runtime.feature import Course, Moot, Notice
from bot.services import reports
from bot.services.follow_ups import sending
from bot.services.ports import Store
from bot.services.reports import Kind
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Code, Msg, Person, Typed, When, Words, _, ngettext
from cogs.reports.actions import CATEGORIES, CloseReport, OpenAnswer, ShowReport, ShowReports

_NEWS = Course(sending.admit_news, sending.told_news, sending.missed_news)


class StaffScreens:
    """Handlers of moderators, and messages about reports."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        return (
            Notice(Kind.NEW, self.new, None, course=_NEWS),
            Notice(Kind.ANSWERED, self.answered, None, course=_NEWS),
        )

    async def every(self, caller: Caller, ask: ShowReports) -> Reply:
        """Those that wait."""
        found = await self._store.read(reports.waiting, caller.community, caller.member)
        if not found:
            return Reply((Text(_("No report waits.")),))
        parts: list[Part] = [
            Text(
                ngettext("{count} report waits", "{count} reports wait", len(found)), Style.HEADING
            ),
        ]
        for report in found:
            label = _("Open {code}", code=Code(report.code))
            parts += [Text(_line(report)), Button(label, ShowReport(report.id))]
        return Reply(tuple(parts))

    async def one(self, caller: Caller, ask: ShowReport) -> Reply:
        """One of them."""
        found = await self._store.read(
            reports.look, caller.community, caller.member, ReportId(ask.report)
        )
        if found is None:
            return _none()
        report = found.report
        if report.subject is None and report.link and not found.case and not ask.sure:
            return Reply(
                (
                    Text(_("This is about a message, and I do not know who wrote it.")),
                    Text(
                        _(
                            "Please read on only if it is not yours, nor by somebody you are a pair"
                            " with."
                        )
                    ),
                    Button(_("It is not my matter"), ShowReport(report.id, sure=True), Look.MAIN),
                    Button(_("All reports"), ShowReports()),
                )
            )
        rows: list[tuple[Msg, Words]] = [
            (_("Category"), CATEGORIES[report.category]),
            (_("Since"), When(report.at)),
        ]
        if found.subject is not None:
            rows.append((_("About"), Person(found.subject)))
        if found.case:
            rows.append((_("About"), _("Whoever posted case {code}", code=Code(found.case))))
        if report.link:
            rows.append((_("Message"), Typed(report.link)))
        said = Text(Typed(report.text)) if report.text else Text(_("Nothing more was written."))
        done = (
            (Button(_("It was looked at"), OpenAnswer(report.id), Look.MAIN),)
            if report.open
            else (Text(_("It was looked at."), Style.QUIET),)
        )
        return Reply(
            (
                Text(_("Report {code}", code=Code(report.code)), Style.HEADING),
                Facts(tuple(rows)),
                said,
                Text(
                    _(
                        "Who reported it is shown to nobody. You can send them a word through me."
                        " Whoever it is about is told nothing by me."
                    ),
                    Style.QUIET,
                ),
                *done,
            )
        )

    async def open_answer(self, caller: Caller, ask: OpenAnswer) -> Form | Reply:
        """The form of a word to the reporter."""
        found = await self._store.read(
            reports.look, caller.community, caller.member, ReportId(ask.report)
        )
        if found is None:
            return _none()
        given: dict[str, object] = {"report": ask.report}
        return Form(_("It was looked at"), CloseReport, ("answer",), given)

    async def close(self, caller: Caller, ask: CloseReport) -> Reply:
        """Done; the reporter hears it."""
        done = await self._store.write(
            reports.close,
            self._clock.now(),
            caller.community,
            caller.member,
            ReportId(ask.report),
            (ask.answer or "").strip(),
        )
        if done is None:
            return _none()
        said = _("Report {code} is closed. Whoever made it is told.", code=Code(done.code))
        return Reply((Text(said), Button(_("All reports"), ShowReports())), replaces=True)

    async def new(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """To moderators: that one waits, and nothing of it."""
        found = await self._store.read(reports.news, ReportId(delivery.ref), delivery.member)
        if found is None:
            return Moot.MOOT
        return Reply(
            (
                Text(_("A report waits for a moderator who is not involved.")),
                Button(_("Reports"), ShowReports(), Look.MAIN),
            )
        )

    async def answered(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """To the reporter."""
        found = await self._store.read(reports.news, ReportId(delivery.ref), delivery.member)
        if found is None:
            return Moot.MOOT
        said = _("A moderator looked at your report {code}. Thank you.", code=Code(found.code))
        word = (Text(Typed(found.answer)),) if found.answer else ()
        return Reply((Text(said), *word))


def _line(report: Report) -> Msg:
    return _(
        "{code}: {category}, {when}",
        code=Code(report.code),
        category=CATEGORIES[report.category],
        when=When(report.at),
    )


def _none() -> Reply:
    # The same for what is not there and what is not for them.
    return Reply((Text(_("There is no such report.")), Button(_("All reports"), ShowReports())))
