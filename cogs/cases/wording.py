"""The words of a case: what was found in them, what stands there instead, and other words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.identifiers.findings import Finding, Kind
from bot.identifiers.text.softening import softened
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.runtime.scanning import Unread
from bot.ui.action import Option
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Msg, Typed, _
from cogs.cases import words
from cogs.cases.actions import (
    OpenDetails,
    OpenWords,
    SetReplaced,
    ShowSheet,
    ShowWords,
    ThrowAway,
    WriteCase,
    WriteWords,
)
from cogs.cases.covering import gone
from cogs.cases.drafts import FIELDS, Draft, Drafts
from cogs.cases.looking import Looking
from cogs.cases.reasons import in_words

_MOST_OPTIONS: Final = 25
_HEADS: Final[Mapping[str, Msg]] = {
    "title": _("Title"),
    "teaching": _("Teaching point"),
    "question": _("Question"),
    "history": _("History"),
}
_LABELS: Final[Mapping[str, Msg]] = {
    "title": _("title"),
    "teaching": _("teaching point"),
    "question": _("question"),
    "history": _("history"),
}


class Wording:
    """Handlers of the words."""

    def __init__(self, drafts: Drafts, looking: Looking) -> None:
        self._drafts = drafts
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(ShowWords, self.show_words),
            Handler(SetReplaced, self.replace),
            Handler(OpenWords, self.open_words, opens=True),
            Handler(WriteWords, self.rewrite),
        )

    async def show_words(self, caller: Caller, ask: ShowWords) -> Reply:
        """What was found in them."""
        draft = self._drafts.find(caller, ask.draft)
        return gone() if draft is None else words_screen(draft)

    async def replace(self, caller: Caller, ask: SetReplaced) -> Reply:
        """Others are replaced."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        listed = [number for number, _name, _one in draft.numbered_words[:_MOST_OPTIONS]]
        kept = frozenset(number for number in listed if str(number) not in ask.replaced)
        return words_screen(self._drafts.keep(replace(draft, as_written=kept, content=None)))

    async def open_words(self, caller: Caller, ask: OpenWords) -> Form | Reply:
        """The words as they would be posted, to be written better."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        given: dict[str, object] = {"draft": draft.id}
        given |= {name: draft.said(name) for name in FIELDS if draft.said(name)}
        return Form(_("The words"), WriteWords, FIELDS, given)

    async def rewrite(self, caller: Caller, ask: WriteWords) -> Reply:
        """Other words are looked through like the first."""
        draft = self._drafts.find(caller, ask.draft)
        if draft is None:
            return gone()
        texts = texts_of(ask)
        found = await look(self._looking, texts)
        if isinstance(found, Unread):
            return Reply((Text(in_words(found.why)),), correctable=True)
        changed = replace(
            draft, texts=texts, found=found, as_written=frozenset[int](), content=None
        )
        return words_screen(self._drafts.keep(changed))


async def look(
    looking: Looking, texts: Mapping[str, str]
) -> dict[str, tuple[Finding, ...]] | Unread:
    """What is found in words, with kinder suggestions."""
    found = await looking.texts(texts)
    if isinstance(found, Unread):
        return found
    return {name: softened(texts[name], each) for name, each in found.items()}


def texts_of(ask: WriteCase | WriteWords) -> dict[str, str]:
    """The words of a form."""
    given = {name: getattr(ask, name) for name in FIELDS}
    return {name: str(text).strip() for name, text in given.items() if text}


def words_screen(draft: Draft) -> Reply:
    """Findings in words, and how they would read with everything replaced."""
    parts: list[Part] = [Text(_("Your words"), Style.HEADING)]
    numbered = draft.numbered_words
    for number, name, finding in numbered:
        says = _(
            "{number}. {kind}, in the {field}. {why} {sure} Instead: {instead}",
            number=number,
            kind=words.KINDS[finding.kind],
            field=_LABELS[name],
            why=in_words(finding.why),
            sure=words.sureness(finding),
            instead=Typed(finding.suggestion or "\u2013"),
        )
        if finding.kind is Kind.UNREADABLE:
            says = _("Not looked at: {what}", what=in_words(finding.why))
        parts.append(Text(says))
    if not numbered:
        parts.append(Text(_("I found nothing in your words.")))
    if draft.as_written:
        parts.append(Text(_("What you keep is posted as you wrote it; it is not repeated here.")))
    else:
        parts.append(Text(_("So they would read:"), Style.QUIET))
        for name in FIELDS:
            if said := draft.said(name):
                parts.append(Text(_("{field}: {text}", field=_HEADS[name], text=Typed(said))))
    parts.append(Text(words.NOT_ALL, Style.QUIET))
    listed = numbered[:_MOST_OPTIONS]
    if len(listed) == 1:
        # A list with one choice cannot be emptied everywhere.
        ((only, _name, _finding),) = listed
        again = only in draft.as_written
        label = _("Replace it after all") if again else _("Keep it as I wrote it")
        replaced = (str(only),) if again else ()
        parts.append(Button(label, SetReplaced(draft.id, replaced)))
    elif listed:
        options = tuple(
            Option(
                str(number),
                _("{number}. {kind}", number=number, kind=words.KINDS[finding.kind]),
            )
            for number, _name, finding in listed
        )
        chosen = tuple(
            str(number) for number, _name, _one in listed if number not in draft.as_written
        )
        parts.append(
            Select(_("Replaced"), SetReplaced(draft.id), "replaced", options, chosen, len(options))
        )
    parts.append(Button(_("Go on"), OpenDetails(draft.id), Look.MAIN))
    parts.append(Button(_("Write it differently"), OpenWords(draft.id)))
    if draft.looked:
        parts.append(Button(_("Back to the pictures"), ShowSheet(draft.id, 1)))
    parts.append(Button(_("Throw away"), ThrowAway(draft.id), Look.GRAVE))
    return Reply(tuple(parts), replaces=True, passing=draft.passing)
