"""Opening a community: `setup start`, with defaults that one tap accepts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.people import Role
from bot.domain.zones import ZoneChoices, zone_of
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Feature, Group, Handler
from bot.services import communities
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.form import Form
from bot.ui.parts import Button, Facts, Look, Reply, Style, Text
from bot.ui.words import Slash, Strong, Typed, When, _


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

    place: Annotated[str, Ask(_("City or zone"), hint=_("For example: Boston, or Europe/London"))]


class Setup:
    """The cog."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

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
            ),
            groups=(Group("setup", _("For moderators of this community")),),
            commands=(Command("setup start", _("Open this community to its members"), StartSetup),),
        )

    async def start(self, caller: Caller, ask: StartSetup) -> Reply:
        """The proposal, or how things stand."""
        home = await self._store.read(communities.look, caller.community)
        if home is not None and home.set_up_at is not None:
            return Reply(
                (
                    Text(
                        _(
                            "This community was set up on {when}. Its zone is {zone}.",
                            when=When(home.set_up_at),
                            zone=Typed(home.zone),
                        )
                    ),
                    Text(_("Members can begin with {hours}.", hours=Slash("hours list"))),
                )
            )
        return _proposal(caller.zone.key, replaces=False)

    async def use_defaults(self, caller: Caller, ask: UseDefaults) -> Reply:
        """Open the community."""
        zone = ask.zone if zone_of(ask.zone) is not None else "UTC"
        done = await self._store.write(
            communities.set_up, self._clock.now(), caller.community, zone
        )
        if not done:
            return Reply((Text(_("It is set up already, so nothing was changed.")),), replaces=True)
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
        found = zone_of(ask.place)
        match found:
            case None:
                return Reply(
                    (
                        Text(
                            _(
                                "I do not know a place called {place}. Try a larger city nearby.",
                                place=Typed(ask.place),
                            )
                        ),
                    ),
                    correctable=True,
                )
            case ZoneChoices(matches):
                several = [
                    Button(_("{place}", place=Typed(match.label[:70])), ProposeZone(match.zone))
                    for match in matches[:5]
                ]
                return Reply((Text(_("Which one do you mean?")), *several))
            case _:
                return _proposal(found.zone.key, replaces=True)


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
            Button(_("Use the defaults"), UseDefaults(zone), Look.MAIN),
            Button(_("Another zone"), AskZone()),
        ),
        replaces=replaces,
    )
