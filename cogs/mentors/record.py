"""A year as a mentor, in numbers and thanks, as a text for a file; for the mentor alone."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.mentors import inbox
from bot.services.ports import Store
from bot.ui.language import catalogue, plainly
from bot.ui.parts import File, Reply, Text
from bot.ui.words import Msg, Slash, Typed, _, ngettext
from cogs.mentors.labels import format_words
from cogs.mentors.request_actions import (
    ShowRecord,
)


class YearRecord:
    """The handler of the record."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowRecord, self.record),)

    async def record(self, caller: Caller, ask: ShowRecord) -> Reply:
        """A year in numbers, as a text; for the mentor alone."""
        now = self._clock.now()
        year = ask.year or now.astimezone(caller.zone).year
        found = await self._store.read(inbox.record, now, caller.community, caller.member, year)
        if not (found.pairs or found.accepted or found.sessions or found.thanks):
            return _nothing(year)
        lines: list[Msg] = [
            _("{name}, mentor in {year}", name=Typed(caller.name), year=Typed(str(year))),
            ngettext("{count} pair over the year", "{count} pairs over the year", found.pairs),
        ]
        for form, count in sorted(found.accepted.items()):
            lines.append(_("Accepted, {format}: {count}", format=format_words(form), count=count))
        hours = timedelta(minutes=found.session_minutes) / timedelta(hours=1)
        lines.append(
            ngettext(
                "{count} office hour held, {hours} hours in all, {people} seats taken",
                "{count} office hours held, {hours} hours in all, {people} seats taken",
                found.sessions,
                hours=Typed(f"{hours:.1f}"),
                people=found.attended,
            )
        )
        if found.thanks:
            lines.append(ngettext("{count} thank-you", "{count} thank-yous", found.thanks))
        lines.extend(_("“{line}”", line=Typed(line)) for line in found.lines)
        lines.append(_("Numbers as this community's bot counted them; nobody else is named."))
        words = "\n".join(plainly(line, catalogue(caller.language), caller.zone) for line in lines)
        name = f"mentor-record-{year}.txt"
        about = _("As a text, for a promotion file.")
        return Reply(
            (
                *(Text(line) for line in lines),
                File(name, f"{words}\n".encode(), "text/plain", about),
            )
        )


def _nothing(year: int) -> Reply:
    said = _(
        "Nothing is counted for {year} yet. Pairs, requests you said yes to, office hours you held"
        " and thanks you got gather here by themselves, as a text for a promotion file;"
        " {command} shows another year.",
        year=Typed(str(year)),
        command=Slash("mentor record", str(year - 1)),
    )
    return Reply((Text(said),))
