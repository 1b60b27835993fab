"""`case check`: looks for identifiers in files and reports to whoever asked; nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Final

from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler
from bot.ui.action import Action, Ask, Upload
from bot.ui.form import Form
from bot.ui.parts import Button, Can, Divider, Drawing, IfCan, Image, Part, Reply, Style, Text
from bot.ui.words import Slash, _
from cogs.cases import words
from cogs.cases.looking import Looked, Looking, StopLooking, Stopped
from cogs.cases.reasons import in_words

MOST_FILES = 10
_MOST_LISTED = 25
PASSING = "case check"


_FILES: Final = Ask(
    _("Files"), hint=_("They are uploaded to the platform first"), least=1, most=MOST_FILES
)


@dataclass(frozen=True)
class StartCheck(Action, tag="ca.checking.1"):
    """Look for patient identifiers; without a file, asks for some."""

    files: Annotated[tuple[Upload, ...], _FILES] = ()


@dataclass(frozen=True)
class CheckFiles(Action, tag="ca.check.1", memory_only=True):
    """Look for patient identifiers; nothing is kept or posted."""

    files: Annotated[tuple[Upload, ...], _FILES]


@dataclass(frozen=True)
class Done(Action, tag="ca.done.1"):
    """The report was read: it goes."""


class Checking:
    """Handlers of `case check`, and of stopping any search."""

    def __init__(self, looking: Looking) -> None:
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(StartCheck, self.start, opens=True),
            Handler(CheckFiles, self.check),
            Handler(StopLooking, self.stop),
            Handler(Done, self.done),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        about = _("Look for patient identifiers; files are uploaded to the platform, not posted")
        return (Command("case check", about, StartCheck),)

    async def start(self, caller: Caller, ask: StartCheck) -> Reply | Form:
        """At once, or after a form where no file came with the command."""
        if ask.files:
            # no form came before, which would have said where the files are
            return await self._report(caller, ask.files, Text(words.UPLOADED, Style.QUIET))
        intro = words.UPLOADED
        return Form(_("Look through files"), CheckFiles, intro=intro)

    async def check(self, caller: Caller, ask: CheckFiles) -> Reply:
        """The report, with the covered copy as a picture."""
        return await self._report(caller, ask.files)

    async def _report(self, caller: Caller, files: tuple[Upload, ...], *said: Part) -> Reply:
        try:
            looked = await self._looking.files(caller, files)
        except Stopped:
            return STOPPED
        parts: list[Part] = [Text(_("What I found"), Style.HEADING)]
        for one in looked:
            if one.number > 1:
                parts.append(Divider())
            parts.extend(report(one, len(looked)))
        notes = [note for one in looked for note in one.outcome.not_checked]
        looked_at = any(one.unread is None for one in looked)
        parts += [*words.not_checked(notes, looked=looked_at), *said]
        says = _("Nothing was kept or posted. {command} posts a case.", command=Slash("case post"))
        parts += [Text(says, Style.QUIET), Button(_("Done"), Done())]
        return Reply(tuple(parts), passing=PASSING)

    async def stop(self, caller: Caller, ask: StopLooking) -> Reply:
        """The search ends; its own screen says so."""
        self._looking.stop(caller, ask)
        return Reply((Text(_("I stop.")),), replaces=True)

    async def done(self, caller: Caller, ask: Done) -> Reply:
        """The report goes, and its pictures with it."""
        return Reply((Text(_("The report is gone.")),), replaces=True, passing=PASSING)


STOPPED = Reply((Text(_("Stopped. Nothing was kept or posted.")),))


def report(one: Looked, count: int, draws: Drawing | None = None) -> Iterator[Part]:
    """Findings of one file, one by one, and its covered copy; the original at home alone."""
    if count > 1:
        yield Text(_("File {number} of {count}", number=one.number, count=count), Style.HEADING)
    if one.unread is not None:
        yield Text(_("This file was not looked through. {why}", why=in_words(one.unread)))
    elif not one.findings:
        part = _("I found nothing in what I could read of this file.")
        yield Text(part if one.outcome.not_checked else _("I found nothing in this file."))
    for number, finding in one.numbered[:_MOST_LISTED]:
        yield words.finding_line(number, finding, one.outcome.size)
    left = len(one.numbered) - _MOST_LISTED
    if left > 0:
        yield Text(_("And {count} more of the same sort.", count=left))
    if one.outcome.refused is not None:
        yield Text(_("I can show no covered copy. {why}", why=in_words(one.outcome.refused)))
    if one.outcome.marked is not None:
        yield IfCan(Can.AT_HOME, _original(one, one.outcome.marked, draws), Divider())
    if one.outcome.preview is not None:
        yield preview(one)


def _original(one: Looked, content: bytes, draws: Drawing | None) -> Image:
    what = _("Your picture as it is.")
    if one.boxed:
        what = _("Your picture as it is, with what was found marked.")
    alt = _("{what} Nobody but this page on your own machine shows it.", what=what)
    if draws is not None:
        alt = _(
            "{what} Nobody but this page on your own machine shows it. Draw over it with the mouse"
            " to cover more.",
            what=what,
        )
    return Image(f"original-{one.number}.png", content, alt, draws)


def preview(one: Looked) -> Image:
    """The covered copy with numbered boxes; never the original."""
    alt = _("Your picture, with letters and numbers along its edges to name a place by.")
    if any(number not in one.shown for number, _finding in one.boxed):
        alt = _(
            "Your picture with black boxes over what was found, numbered as in the list, and"
            " letters and numbers along its edges to name a place by."
        )
    elif one.drawn:
        alt = _(
            "Your picture with black boxes over what you covered, and letters and numbers along its"
            " edges to name a place by."
        )
    return Image(f"preview-{one.number}.png", one.outcome.preview or b"", alt)
