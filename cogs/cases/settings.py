"""`setup review`: whether a second reader looks first, and whether drafts outlive a restart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.cases import Reading
from bot.domain.people import CommunityId, Role
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, test_of
from bot.runtime.feature import Command, Handler
from bot.runtime.inspecting import Lack
from bot.runtime.settable import Settable
from bot.runtime.vault import Vault
from bot.services.cases import posting
from bot.services.kinds import choice, only
from bot.services.ports import Store, Work
from bot.ui.action import Action, Ask, ChannelRef, Option
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.words import InChannel, Msg, Slash, _

_MOST_CHANNELS = 20

READINGS = (
    Option("off", _("never")),
    Option("on_request", _("when the author asks for it")),
    Option("always", _("always")),
)
READINGS_IN = (Option("same", _("as in other channels")), *READINGS)
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
class OpenReadingIn(Action, tag="su.open_read_in.1"):
    """The form for second readers of one channel."""


@dataclass(frozen=True)
class ProposeReadingIn(Action, tag="su.read_in.1"):
    """When a second reader looks at what appears in one channel."""

    channel: Annotated[ChannelRef, Ask(_("Channel"))]
    reading: Annotated[str, Ask(_("A second reader looks first"), options=READINGS_IN)]


@dataclass(frozen=True)
class OpenKeeping(Action, tag="su.open_keep.1"):
    """The form for drafts that wait."""


@dataclass(frozen=True)
class ProposeKeeping(Action, tag="su.keep_case.1"):
    """Where drafts wait."""

    drafts: Annotated[str, Ask(_("Drafts that wait"), options=KEEPINGS)]


def _reading(setting: Setting, value: str) -> Msg:
    default = "same" if setting.name else Reading.ON_REQUEST.value
    return _labels(READINGS_IN)[value or default]


def _reading_of(setting: Setting) -> Msg:
    if setting.name:
        return _("A second reader for cases in {channel}", channel=InChannel(setting.name))
    return _("A second reader for cases")


def _every_reading(work: Work, community: CommunityId) -> tuple[Setting, ...]:
    channels = posting.read_in(work, community)
    return (Setting(posting.READING), *(Setting(posting.READING, one) for one in channels))


def _keeping(_setting: Setting, value: str) -> Msg:
    return _labels(KEEPINGS)["sealed" if value else "memory"]


def _labels(options: tuple[Option, ...]) -> dict[str, Msg]:
    return {one.value: one.label for one in options if isinstance(one.label, Msg)}


READING = Settable(
    choice(posting.READING),
    _every_reading,
    _reading_of,
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
            Handler(OpenReadingIn, self.open_reading_in, moderator, opens=True),
            Handler(ProposeReadingIn, self.propose_reading_in, moderator),
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
        channels = await self._store.read(posting.read_in, caller.community)
        readings = _labels(READINGS)
        facts = Facts(
            (
                (_("A second reader looks first"), readings[rules.reading.value]),
                *(
                    (_("in {channel}", channel=InChannel(one)), readings[reading.value])
                    for one, reading in list(channels.items())[:_MOST_CHANNELS]
                ),
                (
                    _("Drafts that wait"),
                    _labels(KEEPINGS)["sealed" if rules.durable else "memory"],
                ),
            )
        )
        parts: list[Part] = [Text(_("Cases before they appear"), Style.HEADING), facts]
        parts += [Text(lack.what) for lack in self._missing(rules.durable)]
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
            Button(_("For one channel"), OpenReadingIn()),
            Button(_("Where drafts wait"), OpenKeeping()),
            test_of(posting.READING),
        ]
        return Reply(tuple(parts))

    def lacks(self, work: Work, community: CommunityId) -> tuple[Lack, ...]:
        """What cases that wait are missing, for `setup check`."""
        return self._missing(posting.rules(work, community).durable)

    def _missing(self, durable: bool) -> tuple[Lack, ...]:
        if durable and not self._vault.can_seal:
            grant = _("The page about cases in the documentation says how a key is made.")
            return (Lack("", NO_KEY, grant),)
        if not durable and not self._vault.alone:
            choose = Slash("setup review")
            grant = _("Choose where drafts wait with {command}.", command=choose)
            return (Lack("", SEVERAL, grant),)
        return ()

    async def open_reading(self, caller: Caller, ask: OpenReading) -> Form:
        """The form."""
        return Form(_("A second reader"), ProposeReading)

    async def propose_reading(self, caller: Caller, ask: ProposeReading) -> Reply:
        """Old and new."""
        value = "" if ask.reading is Reading.ON_REQUEST else ask.reading.value
        return await self._changing.propose(caller, READING, Setting(posting.READING), value)

    async def open_reading_in(self, caller: Caller, ask: OpenReadingIn) -> Form:
        """The form of one channel."""
        return Form(_("A second reader in one channel"), ProposeReadingIn)

    async def propose_reading_in(self, caller: Caller, ask: ProposeReadingIn) -> Reply:
        """Old and new."""
        value = "" if ask.reading == "same" else ask.reading
        setting = Setting(posting.READING, ask.channel)
        return await self._changing.propose(caller, READING, setting, value)

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
