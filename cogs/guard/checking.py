"""`Check for identifiers` in the menu of a message, and notes that waited for their author."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import Role
from bot.identifiers.findings import Finding, Kind
from bot.runtime.caller import Caller, Message
from bot.runtime.feature import Entry, Handler
from bot.runtime.finding_words import kinds_of
from bot.runtime.scanning import Lane, Scanning
from bot.runtime.warden import Wardens
from bot.ui.parts import Part, Reply, Style, Text
from bot.ui.words import _
from cogs.guard.actions import ShowNote
from cogs.guard.looking import Looking, everything
from cogs.guard.memory import Notes
from cogs.guard.words import POST


class Checking:
    """Answers whoever asks about one message."""

    def __init__(self, scans: Scanning, clock: Clock, notes: Notes, wardens: Wardens) -> None:
        self._looking = Looking(scans, Lane.PERSON)
        self._clock = clock
        self._notes = notes
        self._wardens = wardens

    def entries(self) -> tuple[Entry, ...]:
        """In the menu of every message."""
        about = _("Looks for what can tell who a patient is; only you read the answer")
        return (Entry("check", _("Check for identifiers"), about, self.check, files=True),)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowNote, self.show_note, Role.GUEST),)

    async def check(self, caller: Caller, message: Message) -> Reply:
        """What was found in one message: kinds and places, never what it says."""
        parts = everything(message)
        if parts.none:
            return Reply((Text(_("There is nothing in this message that I could look at.")),))
        looked = await self._looking.look(message, parts)
        heaps = [heap for heap in looked.heaps if _named(heap.findings)]
        shown: list[Part] = [Text(_("Check for identifiers"), Style.HEADING)]
        if heaps:
            shown += [
                Text(_("{where}: {kinds}", where=heap.where, kinds=kinds_of(heap.findings)))
                for heap in heaps
            ]
            shown.append(Text(_("Not all of it need be about a patient; you know what it is.")))
        else:
            shown.append(Text(_("I found nothing. That is not to say that nothing is there.")))
        if looked.unread:
            shown.append(Text(_("There are parts that I could not look at.")))
        shown += [
            Text(
                _(
                    "I cannot read everything: look at the four corners yourself. Nothing of it is"
                    " kept."
                ),
                Style.QUIET,
            ),
            Text(
                _("For a case, begin with {post}: such places are hidden first.", post=POST),
                Style.QUIET,
            ),
        ]
        return Reply(tuple(shown))

    async def show_note(self, caller: Caller, ask: ShowNote) -> Reply:
        """A note that waited; it is shown to its author alone, and once read it is gone."""
        note = self._notes.find(ask.code, self._clock.now())
        if note is None:
            return Reply((Text(_("This note is not kept any longer.")),))
        if note.author != caller.account:
            return Reply((Text(_("This note is for somebody else.")),))
        self._notes.drop(ask.code)
        if note.message:
            await self._wardens.remove(note.place, note.where, note.message)
        return note.reply


def _named(findings: tuple[Finding, ...]) -> bool:
    return any(one.kind is not Kind.UNREADABLE for one in findings)
