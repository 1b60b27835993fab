"""Opening a community: `setup start`, with defaults that one tap accepts; later, its zone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from bot.clock import Clock
from bot.domain.audit import Setting
from bot.domain.people import Role
from bot.domain.zones import ZoneChoices, ZoneFound, zone_of
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.changing import Changing, NextStep, onward
from bot.runtime.feature import Command, Feature, Group, Handler
from bot.runtime.registry import Registry
from bot.services import communities, kinds
from bot.services.ports import Store, Work
from bot.ui.form import Form
from bot.ui.language import languages
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.place_words import unknown_place, which_place
from bot.ui.words import Msg, Slash, Strong, Typed, When, Words, _
from cogs.setup.actions import (
    AskOtherZone,
    AskZone,
    ProposeLanguage,
    ProposeOtherZone,
    ProposeZone,
    ShowLanguages,
    StartSetup,
    UseDefaults,
)
from cogs.setup.settings import LANGUAGE_SETTING, OPEN_SETTING, OTHER_ZONE, ZONE_SETTING

Everything: TypeAlias = Callable[[], Registry]
"""The registry, complete by the time anybody asks."""
_NOTHING: Everything = partial(Registry, ())


class Setup:
    """The cog."""

    def __init__(self, store: Store, clock: Clock, everything: Everything = _NOTHING) -> None:
        self._everything = everything
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
                Handler(NextStep, self.next_step, moderator, before_setup=True),
                Handler(ShowLanguages, self.languages, moderator, before_setup=True),
                Handler(ProposeLanguage, self.propose_language, moderator, before_setup=True),
            ),
            groups=(Group("setup", _("For moderators of this community")),),
            commands=(Command("setup start", _("Open this community to its members"), StartSetup),),
            settings=(ZONE_SETTING, LANGUAGE_SETTING, OPEN_SETTING),
        )

    async def start(self, caller: Caller, ask: StartSetup) -> Reply:
        """The proposal, or how things stand."""
        home = await self._store.read(communities.look, caller.community)
        if home is None or not caller.set_up:
            # Where the moderator is, until another zone is chosen.
            zone = caller.zone.key if home is None or home.zone == "UTC" else home.zone
            return await self._proposal(caller, zone, replaces=False)
        zone = Typed(home.zone)
        stands = _("This community is open with the defaults. Its zone is {zone}.", zone=zone)
        if home.set_up_at is not None:
            when = When(home.set_up_at)
            stands = _(
                "This community was set up on {when}. Its zone is {zone}.", when=when, zone=zone
            )
        begin = _("Members can begin with {hours}.", hours=Slash("hours list"))
        chosen = await self._chosen(caller)
        return Reply((Text(stands), Text(begin), *chosen, _CHANGE, *self._panels()))

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
                key = found.zone.key
                given = (self._clock.now(), caller.community, key, caller.member)
                if not await self._store.write(communities.choose_zone, *given):
                    return await self.start(caller, StartSetup())
                return await self._proposal(caller, key, replaces=True)

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
                    notes=OTHER_ZONE,
                )

    async def next_step(self, caller: Caller, ask: NextStep) -> Reply:
        """The panel of the next step; after the last one, how it would open."""
        everything = self._everything()
        steps = [name for name in _STEPS if name in everything.settings]
        at = steps.index(ask.after) + 1 if ask.after in steps else 0
        if ask.after == kinds.LANGUAGE.name or caller.set_up:
            return await self.start(caller, StartSetup())
        if at == len(steps):
            return await self.languages(caller, ShowLanguages())
        panel = everything.settings[steps[at]].panel
        shown = await everything.handler(type(panel)).run(caller, panel)
        return shown if isinstance(shown, Reply) else await self.start(caller, StartSetup())

    async def languages(self, caller: Caller, ask: ShowLanguages) -> Reply:
        """The choice."""
        buttons = (
            Button(_("{language}", language=Typed(name)), ProposeLanguage(code))
            for code, name in languages().items()
        )
        who = _("What is said in channels, and to members who have chosen none of their own.")
        heading = Text(_("The community's language"), Style.HEADING)
        on = onward(caller, kinds.LANGUAGE.name)
        return Reply((heading, Text(who, Style.QUIET), *buttons, *on))

    async def propose_language(self, caller: Caller, ask: ProposeLanguage) -> Reply:
        """Old and new."""
        if ask.language not in languages():
            raise StaleControl("no such language")
        setting = Setting(kinds.LANGUAGE.name)
        return await self._changing.propose(caller, LANGUAGE_SETTING, setting, ask.language)

    async def _proposal(self, caller: Caller, zone: str, *, replaces: bool) -> Reply:
        return Reply(
            (
                Text(_("Set up this community"), Style.HEADING),
                Text(
                    _(
                        "Nothing is active yet, and everything can be changed later. This is how it"
                        " would open; look at what you would like to have otherwise."
                    )
                ),
                Facts(((_("Zone"), Strong(zone)),)),
                *await self._chosen(caller),
                Text(_("This opens the community with the zone {zone}.", zone=Strong(zone))),
                Button(_("Use the defaults"), UseDefaults(zone), Look.MAIN),
                Button(_("Step by step"), NextStep()),
                Button(_("Another zone"), AskZone()),
                *self._panels(),
            ),
            replaces=replaces,
        )

    async def _chosen(self, caller: Caller) -> tuple[Part, ...]:
        """Who may what, what is on, and which channels are chosen, as it stands."""
        settings = self._everything().settings

        def look(work: Work) -> list[tuple[Msg, Words]]:
            return [
                (settable.named(one), settable.worded(one, settable.kind.read(work, home, one)))
                for settable in (settings[name] for name in _STEPS if name in settings)
                for one in settable.every(work, home)
            ]

        home = caller.community
        found = await self._store.read(look)
        return (Facts(tuple(found[:_MOST_FACTS])),) if found else ()

    def _panels(self) -> tuple[Button, ...]:
        settings = self._everything().settings
        steps = (
            Button(label, settings[name].panel)
            for name, label in _STEPS.items()
            if name in settings
        )
        return (*steps, Button(_("Language"), ShowLanguages()))


_STEPS = {
    kinds.ROLES.name: _("Roles"),
    kinds.SWITCH.name: _("What is on"),
    kinds.CHANNEL.name: _("Channels"),
}
"""What a moderator is walked through, and the button that leads there."""
_MOST_FACTS = 20
_CHANGE = Button(_("Change the zone"), AskOtherZone())


async def _look_up(caller: Caller, place: str) -> ZoneFound | ZoneChoices | None:
    """The list of places takes a moment to read the first time, so not on the loop."""
    return await asyncio.to_thread(zone_of, place, language=caller.language)
