"""The guard: pictures and text that go round the helper into watched channels."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.runtime.doors import Messenger
from bot.runtime.feature import Command, Feature, Tick
from bot.runtime.inspecting import Inspect, Right, nothing_lacks
from bot.runtime.scanning import Scanning
from bot.runtime.warden import Wardens
from bot.services.ports import Store
from bot.ui.words import _
from cogs.guard.actions import ShowGuard
from cogs.guard.checking import Checking
from cogs.guard.lookout import Lookout
from cogs.guard.panel import Panel
from cogs.guard.settings import REF_SETTING, ROLE_SETTING, WATCH_SETTING, needs
from cogs.guard.sieve import SieveScreens


class Guard:
    """The feature, put together."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        scans: Scanning,
        messenger: Messenger,
        wardens: Wardens,
        inspect: Inspect = nothing_lacks,
    ) -> None:
        self.lookout = Lookout(store, clock, scans, messenger, wardens)
        self._checking = Checking(scans, clock, self.lookout.notes, wardens)
        self._panel = Panel(store, clock, wardens, inspect)
        self._sieve = SieveScreens(store, wardens)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "guard",
            handlers=(
                *self._panel.handlers(),
                *self._sieve.handlers(),
                *self._checking.handlers(),
            ),
            commands=(
                Command("setup guard", _("What is watched for patient identifiers"), ShowGuard),
            ),
            entries=self._checking.entries(),
            needs=needs,
            asks=frozenset({Right.SEE, Right.POST, Right.HISTORY, Right.REMOVE, Right.RULES}),
            settings=(WATCH_SETTING, ROLE_SETTING, REF_SETTING),
            ticks=(Tick("notes of the guard", timedelta(minutes=1), self.lookout.sweep),),
            watch=self.lookout.watch,
            close=self.lookout.close,
        )
