"""Opening a community: `setup start`, with defaults that one tap accepts; later, its zone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import Role
from bot.domain.zones import ZoneChoices, ZoneFound, zone_of
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing
from bot.runtime.feature import Command, Feature, Group, Handler
from bot.runtime.settable import Settable
from bot.services import communities, kinds
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Reply, Style, Text
from bot.ui.place_words import unknown_place, which_place
from bot.ui.words import Slash, Strong, Typed, When, _

PlaceName: TypeAlias = Annotated[
    str, Ask(_("City or zone"), hint=_("For example: Boston, or Europe/London"), most=80)
]


@dataclass(frozen=True)
class StartSetup(Action, tag="su.start.1"):
    """What setting up means, and the defaults."""


@dataclass(frozen=True)
class UseDefaults(Action, tag="su.defaults.1"):
    """Open the community with the defaults, in this zone."""

    zone: str = "UTC"


@dataclass(frozen=True)
class AskZone(Action, tag="su.askzone.1"):
    """Ask for the community's zone."""


@dataclass(frozen=True)
class ProposeZone(Action, tag="su.zone.1"):
    """Show the defaults with another zone."""

    place: PlaceName


@dataclass(frozen=True)
class AskOtherZone(Action, tag="su.askother.1"):
    """Ask where an open community moves its zone to."""


@dataclass(frozen=True)
class ProposeOtherZone(Action, tag="su.other.1"):
    """Show what another zone would change, before it does."""

    place: PlaceName


class Setup:
    """The cog."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._changing = Changing(store, clock)

    def feature(self) -> Feature:
        """Its declaration."""
        moderator = Role.MODERATOR
        return Feature(
            "setup",
            handlers=(
                Handler(StartSetup, self.start, moderator, before_setup=True),
                Handler(UseDefaults, self.use_defaults, moderator, before_setup=True),
                Handler(AskZone, self.ask_zone, moderator, opens=True, before_setup=True),
                Handler(ProposeZone, self.propose_zone, moderator, before_setup=True),
                Handler(AskOtherZone, self.ask_other_zone, moderator, opens=True),
                Handler(ProposeOtherZone, self.propose_other_zone, moderator),
            ),
            groups=(Group("setup", _("For moderators of this community")),),
            commands=(Command("setup start", _("Open this community to its members"), StartSetup),),
            settings=(ZONE_SETTING, OPEN_SETTING),
        )

    async def start(self, caller: Caller, ask: StartSetup) -> Reply:
        """The proposal, or how things stand."""
        home = await self._store.read(communities.look, caller.community)
        if home is None or not caller.set_up:
            return _proposal(caller.zone.key, replaces=False)
        zone = Typed(home.zone)
        stands = _("This community is open with the defaults. Its zone is {zone}.", zone=zone)
        if home.set_up_at is not None:
            when = When(home.set_up_at)
            stands = _(
                "This community was set up on {when}. Its zone is {zone}.", when=when, zone=zone
            )
        begin = _("Members can begin with {hours}.", hours=Slash("hours list"))
        return Reply((Text(stands), Text(begin), _CHANGE))

    async def use_defaults(self, caller: Caller, ask: UseDefaults) -> Reply:
        """Open the community."""
        zone = ask.zone if zone_of(ask.zone) is not None else "UTC"
        stands = await self._store.write(
            communities.set_up, self._clock.now(), caller.community, zone, caller.member
        )
        if stands is not None:
            said = _(
                "It is set up already, with the zone {zone}, so nothing was changed.",
                zone=Strong(stands),
            )
            return Reply((Text(said), _CHANGE), replaces=True)
        return Reply(
            (
                Text(_("Done. Members can use the bot from now on."), Style.HEADING),
                Text(_("The community's zone is {zone}.", zone=Strong(zone))),
                Text(
                    _(
                        "A first office hour makes a good start: {host}."
                        " Everybody finds their way with {help}.",
                        host=Slash("hours host"),
                        help=Slash("help"),
                    )
                ),
            ),
            replaces=True,
        )

    async def ask_zone(self, caller: Caller, ask: AskZone) -> Form:
        """The form for another zone."""
        return Form(_("Community zone"), ProposeZone)

    async def propose_zone(self, caller: Caller, ask: ProposeZone) -> Reply:
        """The proposal again, with the zone of a place."""
        found = await _look_up(caller, ask.place)
        match found:
            case None:
                return unknown_place(ask.place)
            case ZoneChoices():
                return which_place(found, ProposeZone)
            case _:
                return _proposal(found.zone.key, replaces=True)

    async def ask_other_zone(self, caller: Caller, ask: AskOtherZone) -> Form:
        """The form for the zone of an open community."""
        return Form(_("Community zone"), ProposeOtherZone)

    async def propose_other_zone(self, caller: Caller, ask: ProposeOtherZone) -> Reply:
        """Old and new, and what the change means to others."""
        found = await _look_up(caller, ask.place)
        match found:
            case None:
                return unknown_place(ask.place)
            case ZoneChoices():
                return which_place(found, ProposeOtherZone)
            case _:
                return await self._changing.propose(
                    *(caller, ZONE_SETTING, Setting(kinds.ZONE.name), found.zone.key),
                    notes=_OTHER_ZONE,
                )


_CHANGE = Button(_("Change the zone"), AskOtherZone())


async def _look_up(caller: Caller, place: str) -> ZoneFound | ZoneChoices | None:
    """The list of places takes a moment to read the first time, so not on the loop."""
    return await asyncio.to_thread(zone_of, place, language=caller.language)


_OTHER_ZONE = (
    Text(
        _(
            "For members who have not said where they are, the times they type are read in"
            " the new zone from then on."
        )
    ),
    Text(_("Sessions that are planned already stay when they are; nobody is written to.")),
)
ZONE_SETTING = Settable(
    kinds.ZONE,
    kinds.only(kinds.ZONE.name),
    lambda _setting: _("The community's zone"),
    lambda _setting, value: Strong(value),
    StartSetup(),
)
OPEN_SETTING = Settable(
    kinds.OPEN,
    kinds.only(kinds.OPEN.name),
    lambda _setting: _("Open to members"),
    lambda _setting, value: _("yes") if value == kinds.ON else _("no"),
    StartSetup(),
    undoable=False,
)


def _proposal(zone: str, *, replaces: bool) -> Reply:
    return Reply(
        (
            Text(_("Set up this community"), Style.HEADING),
            Text(_("Nothing is active yet. Choose another zone first if this one is not yours.")),
            Facts(
                (
                    (_("Zone"), Strong(zone)),
                    (_("Who may host"), _("every full member")),
                    (_("Who moderates"), _("whoever manages this place")),
                    (_("Office hours"), _("on; reminders 24 hours and 1 hour before")),
                )
            ),
            Text(_("The defaults open this community with the zone {zone}.", zone=Strong(zone))),
            Button(_("Use the defaults"), UseDefaults(zone), Look.MAIN),
            Button(_("Another zone"), AskZone()),
        ),
        replaces=replaces,
    )
