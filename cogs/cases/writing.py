"""`case post` up to the findings: the checklist, the form, and the words of a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.domain.people import CommunityId, Place
from bot.identifiers.findings import Finding, Kind
from bot.identifiers.text.softening import softened
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Handler
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.scanning import Unread
from bot.runtime.settable import CommunityText, spoken
from bot.services import delivery
from bot.services.ports import Store, Work
from bot.ui.action import Option
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Select, Style, Text
from bot.ui.words import Msg, Slash, Typed, _
from cogs.cases import words
from cogs.cases.actions import (
    OpenCase,
    OpenDetails,
    OpenWords,
    SetReplaced,
    ShowSheet,
    ShowWords,
    StartCase,
    ThrowAway,
    WriteCase,
    WriteWords,
)
from cogs.cases.checking import STOPPED
from cogs.cases.covering import gone, sheet
from cogs.cases.drafts import FIELDS, Draft, Drafts
from cogs.cases.looking import Looking, Stopped

PURPOSE: Final = "cases"
"""The channel where cases appear."""
_MOST_OPTIONS: Final = 25
_LABELS: Final[Mapping[str, Msg]] = {
    "title": _("title"),
    "teaching": _("teaching point"),
    "question": _("question"),
    "history": _("history"),
}
CHECKLIST: Final = CommunityText(
    "case_checklist",
    _("Checklist before a case"),
    _("Shown before anybody can choose a file for a case."),
    _(
        "\u2022 The patient agreed, or your institution's policy allows it.\n"
        "\u2022 An age band instead of the age.\n"
        "\u2022 No dates: not of birth, not of the examination, no \u201cyesterday\u201d.\n"
        "\u2022 No place: no town, no hospital, no department.\n"
        "\u2022 Not a rare disease or a small community in which people would know who it is.\n"
        "\u2022 No unique device, scar, tattoo or piece of jewellery.\n"
        "\u2022 No \u201cfirst\u201d, \u201clargest\u201d or \u201cnever seen\u201d, and not on"
        " the day it happened.\n"
        "\u2022 Nothing that was in the news.\n"
        "\u2022 A teaching point, not a trophy."
    ),
)


def where(work: Work, caller: Caller) -> tuple[Place, str] | None:
    """Where cases of this community appear: the channel chosen for them, else this one."""
    if caller.place is not None:
        chosen = work.communities.channel(caller.community, PURPOSE, caller.place)
        if chosen is not None:
            return caller.place, chosen
        if caller.channel is not None:
            return caller.place, caller.channel
    found = delivery.channel(work, caller.community, PURPOSE)
    return None if found is None else (found.place, found.channel)


RIGHTS: Final = frozenset({Right.SEE, Right.POST, Right.FILES})


def needs(work: Work, community: CommunityId, place: Place) -> tuple[Wanted, ...]:
    """What the bot has to be allowed where cases appear."""
    channel = work.communities.channel(community, PURPOSE, place)
    return () if channel is None else (Wanted(channel, RIGHTS),)


class Writing:
    """Handlers of the first half."""

    def __init__(self, store: Store, drafts: Drafts, looking: Looking) -> None:
        self._store = store
        self._drafts = drafts
        self._looking = looking

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(StartCase, self.start, conduct=True),
            Handler(OpenCase, self.open, opens=True, conduct=True),
            Handler(WriteCase, self.write),
            Handler(ShowWords, self.show_words),
            Handler(SetReplaced, self.replace),
            Handler(OpenWords, self.open_words, opens=True),
            Handler(WriteWords, self.rewrite),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("case post", _("Post a case: first a checklist, no file yet"), StartCase),)

    async def start(self, caller: Caller, ask: StartCase) -> Reply:
        """The checklist. There is no field for a file yet."""
        said = await spoken(self._store, caller.community, CHECKLIST)
        return Reply(
            (
                Text(_("Before you choose a picture"), Style.HEADING),
                Text(said),
                Text(words.UPLOADED),
                Text(
                    _(
                        "I look through what you hand over, show you what I found, and post nothing"
                        " before you have seen exactly what will appear. {command} only looks.",
                        command=Slash("case check"),
                    ),
                    Style.QUIET,
                ),
                Button(_("Continue"), OpenCase(), Look.MAIN),
            )
        )

    async def open(self, caller: Caller, ask: OpenCase) -> Form:
        """The form with the field for pictures."""
        return Form(_("Your case"), WriteCase, send=_("Look through it"))

    async def write(self, caller: Caller, ask: WriteCase) -> Reply:
        """Everything is looked through; nothing is posted."""
        target = await self._store.read(where, caller)
        if target is None:
            says = _(
                "This community has no channel for cases yet. A moderator can choose one with"
                " {command}.",
                command=Slash("setup channels"),
            )
            return Reply((Text(says),), correctable=True)
        texts = texts_of(ask)
        try:
            looked = await self._looking.files(caller, ask.pictures)
        except Stopped:
            return STOPPED
        found = await self.look(texts)
        if isinstance(found, Unread):
            return Reply((Text(Typed(found.why)),), correctable=True)
        draft = self._drafts.start(caller, *target, looked, texts, found)
        return sheet(draft, 1)

    async def look(self, texts: Mapping[str, str]) -> dict[str, tuple[Finding, ...]] | Unread:
        """What is found in words, with kinder suggestions."""
        found = await self._looking.texts(texts)
        if isinstance(found, Unread):
            return found
        return {name: softened(texts[name], each) for name, each in found.items()}

    # The words ----------------------------------------------------------------------------------

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
        found = await self.look(texts)
        if isinstance(found, Unread):
            return Reply((Text(Typed(found.why)),), correctable=True)
        changed = replace(
            draft, texts=texts, found=found, as_written=frozenset[int](), content=None
        )
        return words_screen(self._drafts.keep(changed))


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
            why=Typed(finding.why),
            sure=words.sureness(finding),
            instead=Typed(finding.suggestion or "\u2013"),
        )
        if finding.kind is Kind.UNREADABLE:
            says = _("Not looked at: {what}", what=Typed(finding.why))
        parts.append(Text(says))
    if not numbered:
        parts.append(Text(_("I found nothing in your words.")))
    if draft.as_written:
        parts.append(Text(_("What you keep is posted as you wrote it; it is not repeated here.")))
    else:
        parts.append(Text(_("So they would read:"), Style.QUIET))
        for name in FIELDS:
            if said := draft.said(name):
                parts.append(Text(_("{field}: {text}", field=_LABELS[name], text=Typed(said))))
    parts.append(Text(words.NOT_ALL, Style.QUIET))
    listed = numbered[:_MOST_OPTIONS]
    if listed:
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
