"""Cases: looked through for patient identifiers, covered, agreed to, posted, taken down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.clock import Clock
from bot.domain.policies import Matter
from bot.runtime.feature import Feature, Group, Tick
from bot.runtime.matters import Speaks
from bot.runtime.scanning import Scanning
from bot.runtime.vault import Vault
from bot.services.cases.posting import leave
from bot.services.ports import Store
from bot.ui.words import _
from cogs.cases.actions import OpenCase, StartCase, WriteCase
from cogs.cases.agreeing import Agreeing
from cogs.cases.checking import CheckFiles, Checking, StartCheck
from cogs.cases.covering import Covering
from cogs.cases.desk import Desk
from cogs.cases.drafts import Drafts
from cogs.cases.keeping import Keeping
from cogs.cases.looking import Looking
from cogs.cases.mending import Mending
from cogs.cases.notices import Notices
from cogs.cases.poster import Outside, Poster
from cogs.cases.reviewing import Reviewing
from cogs.cases.second_looks import SecondLooks
from cogs.cases.sending import Sending
from cogs.cases.settings import ReviewSettings
from cogs.cases.swapping import Swapping
from cogs.cases.taking_down import TakingDown
from cogs.cases.waiting import Waiting
from cogs.cases.wording import Wording
from cogs.cases.writing import CHECKLIST, RIGHTS, Writing, needs


class Cases:
    """The feature, put together."""

    def __init__(
        self, store: Store, clock: Clock, scans: Scanning, doors: Outside, vault: Vault
    ) -> None:
        self._looking = looking = Looking(scans)
        drafts = Drafts(clock)
        poster = Poster(store, clock, doors, vault)
        self._keeping = Keeping(store, clock, vault, drafts, doors)
        self._checking = Checking(looking)
        self._writing = Writing(store, drafts, looking)
        self._covering = Covering(drafts, looking)
        self._swapping = Swapping(drafts, looking)
        self._wording = Wording(drafts, looking)
        self._agreeing = Agreeing(store, drafts, looking, vault, doors)
        self._sending = Sending(store, clock, drafts, poster, vault)
        self._desk = Desk(store, clock, self._keeping, poster, looking)
        self._taking_down = TakingDown(store, clock, poster, vault)
        self._waiting = Waiting(store)
        self._reviewing = Reviewing(store, clock, self._keeping, poster, looking)
        self._mending = Mending(store, clock, self._keeping, drafts)
        self._settings = ReviewSettings(store, clock, vault)
        self._notices = Notices(store, clock, self._keeping, poster)
        self._second_looks = SecondLooks(store)

    @property
    def desk(self) -> Desk:
        """What moderators do with somebody's case."""
        return self._desk

    def feature(self) -> Feature:
        """What the registry needs to know."""
        parts = (
            self._checking,
            self._writing,
            self._covering,
            self._swapping,
            self._wording,
            self._agreeing,
            self._sending,
            self._taking_down,
            self._waiting,
            self._reviewing,
            self._mending,
            self._settings,
        )
        return Feature(
            "cases",
            handlers=tuple(handler for part in parts for handler in part.handlers()),
            commands=(
                *self._checking.commands(),
                *self._writing.commands(),
                *self._taking_down.commands(),
                *self._waiting.commands(),
                *self._settings.commands(),
            ),
            groups=(Group("case", _("Cases, without what tells who it is")),),
            completers=self._taking_down.completers(),
            notices=(*self._notices.notices(), *self._second_looks.notices()),
            ticks=(Tick("cases", timedelta(minutes=1), self._keeping.upkeep),),
            leaving=(leave,),
            label=_("Cases"),
            begins=(StartCase, OpenCase, WriteCase, CheckFiles, StartCheck),
            settings=self._settings.settings(),
            texts=(CHECKLIST,),
            needs=needs,
            lacks=self._settings.lacks,
            asks=RIGHTS,
            entries=self._taking_down.entries(),
            close=self._looking.close,
        )

    def speaks(self) -> Mapping[Matter, Speaks]:
        """Its part in the messages of the follow-up engine."""
        return self._notices.speaks()
