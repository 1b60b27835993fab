"""`setup review`: whether a second reader looks first, and whether drafts outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.cases import Reading
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.settable import Settable
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.services.kinds import choice, only
from bot.services.ports import Store
from bot.ui.action import Action, Ask, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.words import Msg, Slash, _

READINGS = (
    Option("off", _("never")),
    Option("on_request", _("when the author asks for it")),
    Option("always", _("always")),
)
KEEPINGS = (
    Option("memory", _("in memory only")),
    Option("sealed", _("encrypted in the database")),
)


@dataclass(frozen=True)
class ShowReview(Action, tag="su.review.1"):
    """How cases are reviewed, and where drafts wait."""


@dataclass(frozen=True)
class OpenReading(Action, tag="su.open_read.1"):
    """The form for second readers."""


@dataclass(frozen=True)
class ProposeReading(Action, tag="su.read.1"):
    """When a second reader looks."""

    reading: Annotated[Reading, Ask(_("A second reader looks first"), options=READINGS)]


@dataclass(frozen=True)
class OpenKeeping(Action, tag="su.open_keep.1"):
    """The form for drafts that wait."""


@dataclass(frozen=True)
class ProposeKeeping(Action, tag="su.keep_case.1"):
    """Where drafts wait."""

    drafts: Annotated[str, Ask(_("Drafts that wait"), options=KEEPINGS)]


def _reading(_setting: Setting, value: str) -> Msg:
    return _labels(READINGS)[value or Reading.ON_REQUEST.value]


def _keeping(_setting: Setting, value: str) -> Msg:
    return _labels(KEEPINGS)["sealed" if value else "memory"]


def _labels(options: tuple[Option, ...]) -> dict[str, Msg]:
    return {one.value: one.label for one in options if isinstance(one.label, Msg)}


READING = Settable(
    choice(posting.READING),
    only(posting.READING),
    lambda _setting: _("A second reader for cases"),
    _reading,
    ShowReview(),
)
DURABLE = Settable(
    choice(posting.DURABLE),
    only(posting.DURABLE),
    lambda _setting: _("Where drafts of cases wait"),
    _keeping,
    ShowReview(),
)


class ReviewSettings:
    """Handlers of the panel."""

    def __init__(self, store: Store, clock: Clock, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._changing = Changing(store, clock)

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        moderator = Role.MODERATOR
        return (
            Handler(ShowReview, self.show, moderator),
            Handler(OpenReading, self.open_reading, moderator, opens=True),
            Handler(ProposeReading, self.propose_reading, moderator),
            Handler(OpenKeeping, self.open_keeping, moderator, opens=True),
            Handler(ProposeKeeping, self.propose_keeping, moderator),
        )

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        about = _("A second reader for cases, and where drafts wait")
        return (Command("setup review", about, ShowReview),)

    def settings(self) -> tuple[Settable, ...]:
        """What can be changed here."""
        return (READING, DURABLE)

    async def show(self, caller: Caller, ask: ShowReview) -> Reply:
        """The panel."""
        rules = await self._store.read(posting.rules, caller.community)
        facts = Facts(
            (
                (_("A second reader looks first"), _labels(READINGS)[rules.reading.value]),
                (
                    _("Drafts that wait"),
                    _labels(KEEPINGS)["sealed" if rules.durable else "memory"],
                ),
            )
        )
        parts: list[Part] = [Text(_("Cases before they appear"), Style.HEADING), facts]
        parts += self._what_is_missing(durable=rules.durable)
        parts += [
            Text(
                _(
                    "Second readers are those whom {roles} names as reviewers, and moderators. The"
                    " checklist is worded with {texts}, the channel chosen with {channels}.",
                    roles=Slash("setup roles"),
                    texts=Slash("setup texts"),
                    channels=Slash("setup channels"),
                ),
                Style.QUIET,
            ),
            Button(_("Second reader"), OpenReading()),
            Button(_("Where drafts wait"), OpenKeeping()),
            test_of(posting.READING),
        ]
        return Reply(tuple(parts))

    def _what_is_missing(self, *, durable: bool) -> tuple[Text, ...]:
        if durable and not self._vault.can_seal:
            return (Text(NO_KEY),)
        if not durable and not self._vault.alone:
            return (Text(SEVERAL),)
        return ()

    async def open_reading(self, caller: Caller, ask: OpenReading) -> Form:
        """The form."""
        return Form(_("A second reader"), ProposeReading)

    async def propose_reading(self, caller: Caller, ask: ProposeReading) -> Reply:
        """Old and new."""
        value = "" if ask.reading is Reading.ON_REQUEST else ask.reading.value
        return await self._changing.propose(caller, READING, Setting(posting.READING), value)

    async def open_keeping(self, caller: Caller, ask: OpenKeeping) -> Form:
        """The form."""
        return Form(_("Where drafts wait"), ProposeKeeping)

    async def propose_keeping(self, caller: Caller, ask: ProposeKeeping) -> Reply:
        """Old and new; encrypted drafts need a key."""
        sealed = ask.drafts == "sealed"
        if sealed and not self._vault.can_seal:
            return Reply((Text(NO_KEY),), correctable=True)
        notes = (Text(_("An encrypted draft is deleted when its case ends."), Style.QUIET),)
        return await self._changing.propose(
            *(caller, DURABLE, Setting(posting.DURABLE), "sealed" if sealed else ""), notes=notes
        )


NO_KEY = _(
    "Encrypted drafts need a key in the environment of the bot (setting cases.keys); whoever runs"
    " it can set one. Until then drafts wait in memory and are lost with a restart."
)
SEVERAL = _(
    "Several processes serve this community, so cases that wait need encrypted drafts. Until then a"
    " case can only be posted at once."
)
