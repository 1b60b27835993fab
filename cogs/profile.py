"""A member's own settings: the zone in which times are read and shown, and the language."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from bot.clock import Clock
from bot.domain.moment import Moment
from bot.domain.people import Role
from bot.domain.wall_clock import wall_at
from bot.domain.zones import ZoneChoices, find_zones, zone_of
from bot.errors import StaleControl
from bot.runtime.caller import Caller
from bot.runtime.feature import Command, Completer, Feature, Group, Handler
from bot.services import people
from bot.services.ports import Store
from bot.ui.action import Action, Ask, Option
from bot.ui.form import Form
from bot.ui.language import languages, on_the_wall
from bot.ui.parts import Button, Facts, Part, Reply, Style, Text
from bot.ui.place_words import unknown_place, which_place
from bot.ui.words import Strong, Typed, _


@dataclass(frozen=True)
class SetZone(Action, tag="my.zone.1"):
    """Say where I am."""

    place: Annotated[
        str,
        Ask(
            _("City or zone"),
            hint=_("For example: Boston, or Europe/London"),
            most=80,
            suggest="zone",
        ),
    ]


@dataclass(frozen=True)
class OpenZone(Action, tag="my.open_zone.1"):
    """The form of where I am."""


@dataclass(frozen=True)
class ShowLanguages(Action, tag="my.languages.1"):
    """Which languages there are."""


@dataclass(frozen=True)
class SetLanguage(Action, tag="my.language.1"):
    """Speak to me in this one; empty: in that of my platform."""

    language: str


class Profile:
    """The cog."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def feature(self) -> Feature:
        """Its declaration."""
        return Feature(
            "profile",
            handlers=(
                Handler(SetZone, self.set_zone, Role.MEMBER),
                Handler(OpenZone, self.open_zone, Role.MEMBER, opens=True),
                Handler(ShowLanguages, self.languages, Role.MEMBER),
                Handler(SetLanguage, self.set_language, Role.MEMBER),
            ),
            commands=(Command("my zone", _("Say where you are, so times fit"), SetZone),),
            groups=(Group("my", _("Your own settings and data")),),
            completers=(Completer("zone", self.complete),),
            home=self.home,
        )

    async def set_zone(self, caller: Caller, ask: SetZone) -> Reply:
        """Remember the zone, and show what it means."""
        # Whoever says where they are may have moved: their zone so far settles nothing.
        found = await asyncio.to_thread(zone_of, ask.place, language=caller.language)
        match found:
            case None:
                return unknown_place(ask.place)
            case ZoneChoices():
                return which_place(found, SetZone)
            case _:
                await self._store.write(
                    people.set_zone, self._clock.now(), caller.member, found.zone.key
                )
                local = self._clock.now().astimezone(found.zone)
                # A small place far away may have the same name: which one it is has to be seen.
                place = _("I read this as {place}.", place=Typed(found.place))
                return Reply(
                    (
                        *((Text(place),) if found.place else ()),
                        Text(
                            _(
                                "Your zone is {zone}; it is {time} there now."
                                " Times you type are read in it.",
                                zone=Strong(found.zone.key),
                                time=Strong(f"{local:%H:%M}"),
                            )
                        ),
                    )
                )

    async def open_zone(self, caller: Caller, ask: OpenZone) -> Form:
        """The form, with what stands."""
        return Form(_("Where I am"), SetZone, given={"place": caller.zone.key})

    async def languages(self, caller: Caller, ask: ShowLanguages) -> Reply:
        """The choice."""
        known = languages()
        buttons = (
            Button(_("{language}", language=Typed(name)), SetLanguage(code))
            for code, name in known.items()
        )
        return Reply(
            (
                Text(_("In which language shall I speak to you?"), Style.HEADING),
                *buttons,
                Button(_("As my platform is set"), SetLanguage("")),
            )
        )

    async def set_language(self, caller: Caller, ask: SetLanguage) -> Reply:
        """From now on."""
        known = languages()
        if ask.language and ask.language not in known:
            raise StaleControl("no such language")
        await self._store.write(people.set_language, caller.member, ask.language or None)
        if not ask.language:
            return Reply((Text(_("I go by the language that your platform is set to.")),))
        # Said in the language that is meant, whatever this answer is worded in.
        return Reply((Text(_("From now on: {language}.", language=Strong(known[ask.language]))),))

    async def complete(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Places that begin with what was typed."""
        matches = await asyncio.to_thread(find_zones, text, caller.language, 25)
        return tuple(Option(match.zone, Typed(match.label)) for match in matches)

    async def home(self, caller: Caller) -> Reply:
        """The settings part of the panel."""
        # By the zone that stands above it, whatever the clock of the reader's device says.
        now = self._clock.now()
        local = Moment(now, caller.zone, wall_at(now, caller.zone))
        parts: list[Part] = [
            Text(_("Your settings"), Style.HEADING),
            Facts(
                (
                    (_("Zone"), Typed(caller.zone.key)),
                    (_("Your time now"), Typed(on_the_wall(local, caller.language))),
                    (_("Language"), Typed(languages().get(caller.language, "English"))),
                )
            ),
        ]
        if Role.MEMBER in caller.roles:
            parts.append(Button(_("Another zone"), OpenZone()))
            parts.append(Button(_("Another language"), ShowLanguages()))
        return Reply(tuple(parts))
