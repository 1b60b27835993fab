"""`my link`: a Discord and a Slack account of one person, and taking them apart again."""

from __future__ import annotations

from collections.abc import Callable

from bot.clock import Clock
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature
from bot.runtime.registry import Registry
from bot.services import own_data
from bot.services.ports import Store
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.words import Listing, Typed, _
from cogs.linking.actions import LinkMine
from cogs.linking.asunder import Asunder
from cogs.linking.together import Together


class Linking:
    """The feature, put together. `everything`: what every feature brings."""

    def __init__(self, store: Store, clock: Clock, everything: Callable[[], Registry]) -> None:
        self._store = store
        self._together = Together(store, clock)
        self._asunder = Asunder(store, clock, everything)

    def feature(self) -> Feature:
        """What the registry needs to know."""
        return Feature(
            "linking",
            handlers=(*self._together.handlers(), *self._asunder.handlers()),
            commands=(
                Command("my link", _("Your Discord and Slack accounts as one member"), LinkMine),
            ),
            notices=self._together.notices(),
            home=self.home,
        )

    async def home(self, caller: Caller) -> Reply:
        """Which accounts are this member's."""
        accounts = await self._store.read(own_data.accounts, caller.member)
        names = tuple(Typed(one.platform.capitalize()) for one in accounts)
        parts: list[Part] = [
            Text(_("Your accounts"), Style.HEADING),
            Facts(((_("Linked"), _("{accounts}", accounts=Listing(names))),)),
        ]
        if Role.MEMBER in caller.roles:
            parts.append(Button(_("Link another account"), LinkMine()))
        return Reply(tuple(parts))
