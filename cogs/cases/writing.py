"""`case post` up to the findings: the checklist and the form."""

from __future__ import annotations

from typing import Final

from bot.domain.people import CommunityId, Place
from bot.runtime.caller import Caller
from bot.runtime.checker_page import look_before_upload
from bot.runtime.feature import Command, Handler
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.scanning import Unread
from bot.runtime.settable import CommunityText, spoken
from bot.services import delivery
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Reply, Style, Text
from bot.ui.words import Slash, _
from cogs.cases import words
from cogs.cases.actions import OpenCase, StartCase, WriteCase
from cogs.cases.checking import STOPPED
from cogs.cases.covering import sheet
from cogs.cases.drafts import Drafts
from cogs.cases.looking import Looking, Stopped
from cogs.cases.reasons import in_words
from cogs.cases.wording import look, texts_of

PURPOSE: Final = "cases"
"""The channel where cases appear."""
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
                *await look_before_upload(self._store, caller.community),
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
        found = await look(self._looking, texts)
        if isinstance(found, Unread):
            return Reply((Text(in_words(found.why)),), correctable=True)
        draft = self._drafts.start(caller, *target, looked, texts, found)
        return sheet(draft, 1)
