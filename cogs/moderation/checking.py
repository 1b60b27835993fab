"""`setup check`: what the bot needs here, what is missing, and where it is granted."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery, NewDelivery
from bot.domain.people import CommunityId, MemberId, Place, Role
from bot.errors import PlatformUnavailable
from bot.runtime.caller import Caller
from bot.runtime.changing import Everything
from bot.runtime.feature import Command, Handler, Moot, Notice, Tick
from bot.runtime.inspecting import Inspect, Lack, Right, Wanted
from bot.runtime.state import Ask
from bot.services.hold import look
from bot.services.people import staff_roles
from bot.services.ports import Store, Work
from bot.ui.action import Action
from bot.ui.parts import Button, Part, Reply, Style, Text
from bot.ui.words import Msg, Slash, Typed, When, _
from cogs.moderation.running import running

ALERT, ALERT_TO_ONE = "ck.alert", "ck.alert_one"
STAFF = "staff"
PRIVATE = frozenset({STAFF, "review"})
"""What is said in these channels is for moderators and reviewers."""
HELP = "help"
KEPT = "checked"
_EVERY = timedelta(hours=1)
_SOON = timedelta(minutes=1)
_MOST = 12


@dataclass(frozen=True)
class ShowCheck(Action, tag="su.check.1"):
    """Look at everything again."""


def wanted_channels(work: Work, community: CommunityId, place: Place) -> tuple[Wanted, ...]:
    """What every chosen channel of a place needs."""
    found: list[Wanted] = []
    staff = staff_roles(work, community, place)
    for purpose, channel in work.communities.channels(community, place).items():
        rights = {Right.SEE, Right.POST}
        if purpose == HELP:
            rights = {Right.SEE, Right.HISTORY}
        found.append(Wanted(channel, frozenset(rights), purpose in PRIVATE, staff))
    return tuple(found)


class CheckScreens:
    """Handlers of the check, and what runs by itself."""

    def __init__(
        self, store: Store, clock: Clock, everything: Everything, inspect: Inspect, state: Ask
    ) -> None:
        self._store = store
        self._state = state
        self._clock = clock
        self._everything = everything
        self._inspect = inspect
        self._looked: dict[Place, datetime] = {}
        self._again: set[Place] = set()

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (Handler(ShowCheck, self.show, Role.MODERATOR, before_setup=True),)

    def commands(self) -> tuple[Command, ...]:
        """What is typed."""
        return (Command("setup check", _("What is missing, and where to grant it"), ShowCheck),)

    def notices(self) -> tuple[Notice, ...]:
        """What is sent."""
        return (Notice(ALERT, self.compose), Notice(ALERT_TO_ONE, self.compose))

    def ticks(self) -> tuple[Tick, ...]:
        """What runs by itself, whatever the platforms tell."""
        return (Tick("check", _EVERY, self.look_everywhere), Tick("check soon", _SOON, self.soon))

    async def show(self, caller: Caller, ask: ShowCheck) -> Reply:
        """Everything that is missing."""
        lacks, silent = await self._lacks(caller.community)
        held = await self._store.read(look, caller.community)
        parts: list[Part] = [Text(_("What the bot needs here"), Style.HEADING)]
        if not caller.set_up:
            start = Slash("setup start")
            parts.append(Text(_("Nothing is active yet: {start} opens it.", start=start)))
        if not await self._store.read(_has_staff, caller.community):
            channels = Slash("setup channels")
            parts.append(
                Text(
                    _(
                        "No channel for moderators is chosen, so reports and alerts have nowhere to"
                        " go. Choose one with {channels}.",
                        channels=channels,
                    )
                )
            )
        if held.since is not None:
            said = _("Direct messages are on hold since {when}.", when=When(held.since))
            parts.append(Text(said))
        parts += _listed(lacks)
        for place in silent:
            name = Typed(place.platform)
            parts.append(Text(_("{name} did not answer, so nothing is known of it.", name=name)))
        if len(parts) == 1:
            parts.append(Text(_("Nothing is missing.")))
        lost = await self._store.read(_undeliverable, self._clock.now(), caller.community)
        runs = running(await self._state(), lost)
        return Reply((*parts, *runs, Button(_("Look again"), ShowCheck())))

    async def changed(self, place: Place) -> None:
        """A platform tells that permissions or channels of a place changed."""
        now = self._clock.now()
        last = self._looked.get(place)
        if last is not None and timedelta() <= now - last < _SOON / 2:
            self._again.add(place)
            return
        home = await self._store.read(lambda work: work.communities.of(place))
        if home is not None and home.set_up_at is not None:
            await self._look(home.id)

    async def soon(self) -> None:
        """Places where changes came too fast to look at each."""
        again, self._again = self._again, set()
        for place in again:
            self._looked.pop(place, None)
            await self.changed(place)

    async def look_everywhere(self) -> None:
        """Every community that is set up."""
        for community in await self._store.read(lambda work: work.communities.open()):
            await self._look(community)

    async def _look(self, community: CommunityId) -> None:
        """Look, and send one alert if something is missing that was not when it was last looked."""
        now = self._clock.now()
        places = await self._store.read(lambda work: work.communities.places(community))
        self._looked.update(dict.fromkeys(places, now))
        lacks, silent = await self._lacks(community)
        if silent:
            return  # half an answer is no news
        text = "\n".join(sorted(repr(one) for one in lacks))
        mark = hashlib.sha256(text.encode()).hexdigest()[:16] if lacks else ""
        await self._store.write(_alert, now, community, mark)

    async def compose(self, row: Delivery, late: bool) -> Reply | Moot:
        """What is missing at the moment of sending."""
        lacks, _silent = await self._lacks(row.community)
        if not lacks:
            return Moot.MOOT
        return Reply(
            (
                Text(_("Something the bot needs is missing"), Style.HEADING),
                *_listed(lacks),
                Text(_("Everything else goes on."), Style.QUIET),
                Button(_("Look again"), ShowCheck()),
            )
        )

    async def _lacks(self, community: CommunityId) -> tuple[list[Lack], list[Place]]:
        """What is missing, and the places that did not answer."""

        def wanted(work: Work) -> dict[Place, tuple[Wanted, ...]]:
            features = self._everything().features
            return {
                place: tuple(
                    one
                    for feature in features
                    if feature.needs is not None
                    for one in feature.needs(work, community, place)
                )
                for place in work.communities.places(community)
            }

        def own(work: Work) -> list[Lack]:
            features = self._everything().features
            return [
                one
                for feature in features
                if feature.lacks is not None
                for one in feature.lacks(work, community)
            ]

        lacks = await self._store.read(own)
        silent: list[Place] = []
        for place, needs in (await self._store.read(wanted)).items():
            try:
                lacks += await self._inspect(place, needs)
            except PlatformUnavailable:
                silent.append(place)
        return lacks, silent


def _listed(lacks: list[Lack]) -> list[Part]:
    parts: list[Part] = []
    for lack in lacks[:_MOST]:
        parts += [Text(lack.what), Text(lack.grant, Style.QUIET)]
    if len(lacks) > _MOST:
        parts.append(Text(_more(len(lacks) - _MOST)))
    return parts


def _more(count: int) -> Msg:
    return _("And {count} more.", count=count)


def _undeliverable(work: Work, now: datetime, community: CommunityId) -> int:
    return work.figures.undeliverable(community, now - timedelta(weeks=1))


def _has_staff(work: Work, community: CommunityId) -> bool:
    places = work.communities.places(community)
    return any(work.communities.channel(community, STAFF, place) for place in places)


def _alert(work: Work, now: datetime, community: CommunityId, mark: str) -> None:
    if work.chosen.get(community, KEPT) == mark:
        return
    work.chosen.set(community, KEPT, "", mark)
    if not mark:
        return
    subject, key = f"{ALERT}:{community}", f"{ALERT}:{community}:{mark}:{now.isoformat()}"
    work.deliveries.cancel(subject)
    if _has_staff(work, community):
        work.deliveries.schedule([NewDelivery(ALERT, community, subject, key, now, channel=STAFF)])
    # The channel itself may be what cannot be reached: whoever last changed something hears too.
    to = _last_moderator(work, community)
    if to is not None:
        row = NewDelivery(ALERT_TO_ONE, community, subject, f"{key}:{to}", now, to)
        work.deliveries.schedule([row])


def _last_moderator(work: Work, community: CommunityId) -> MemberId | None:
    for change in work.audit.latest(community, 50):
        if change.by is not None and work.people.profiles(community, (change.by,)):
            return change.by
    return None
