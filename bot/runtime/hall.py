"""The hall where the doors hang: whole adapters, addressed by platform.

Knows no platform by name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from bot.domain.people import Account, Place
from bot.domain.showing import Happening
from bot.errors import PlatformUnavailable
from bot.runtime.core import Core
from bot.runtime.doors import (
    Again,
    Channels,
    Directory,
    Messenger,
    Presence,
    Readers,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Trace,
    Windows,
)
from bot.runtime.inspecting import Inspector, Lack, Wanted
from bot.runtime.screen import Screen
from bot.ui.parts import Can


class Door(Messenger, Directory, Channels, Protocol):
    """A whole adapter: people come in through it, and unrequested messages go out."""

    @property
    def platform(self) -> str:
        """`discord`, `slack` or `preview`."""
        ...

    @property
    def connected(self) -> bool:
        """Whether the platform can be reached through it at this moment."""
        ...

    async def start(self, core: Core) -> None:
        """Open; returns once people can come in."""
        ...

    async def stop(self) -> None:
        """Take nothing new, finish within 10 s what is held, close."""
        ...


class Doors:
    """Every open door, addressed by platform. A platform that is not open here reaches nobody."""

    def __init__(self) -> None:
        self._open: dict[str, Door] = {}

    def add(self, door: Door) -> None:
        """Hang a door."""
        self._open[door.platform] = door

    def __iter__(self) -> Iterator[Door]:
        return iter(self._open.values())

    @property
    def platforms(self) -> frozenset[str]:
        """Which platforms can be reached from this process."""
        return frozenset(self._open)

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        """Carry a message to the platform of its target."""
        platform = target.account if isinstance(target, ToPerson) else target.place
        door = self._open.get(platform.platform)
        return Again(60.0) if door is None else await door.send(target, screen, key)

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        """What is missing in a place. Raises PlatformUnavailable if it cannot be asked."""
        door = self._open.get(place.platform)
        if door is None:
            raise PlatformUnavailable(place.platform)
        return await door.inspect(place, wanted) if isinstance(door, Inspector) else ()

    async def change(self, at: ToChannel, trace: Trace, screen: Screen) -> Sent:
        """Put a screen in place of what stands in a channel."""
        door = self._open.get(at.place.platform)
        return Again(60.0) if door is None else await door.change(at, trace, screen)

    async def forget(self, account: Account, passing: str) -> None:
        """Delete what was shown to a person in passing, where it would stay."""
        door = self._open.get(account.platform)
        if door is not None:
            await door.forget(account, passing)

    async def readers(self, place: Place, channel: str) -> Readers | None:
        """Who can read a channel. Raises PlatformUnavailable if it cannot be asked."""
        door = self._open.get(place.platform)
        if door is None:
            raise PlatformUnavailable(place.platform)
        return await door.readers(place, channel)

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        """Ask the platform of the place. Raises PlatformUnavailable if it cannot be asked."""
        door = self._open.get(place.platform)
        if door is None:
            raise PlatformUnavailable(place.platform)
        return await door.look_up(place, account)

    def keeps(self, place: Place) -> frozenset[Can]:
        """What can be shown in the place beyond a message."""
        window = self._window(place)
        return frozenset() if window is None else window.keeps(place)

    async def keep_posted(
        self, place: Place, channel: str, message: str | None, screen: Screen
    ) -> Sent:
        """Keep a message of the place up to date."""
        window = self._window(place)
        if window is None:
            return Again(60.0)
        return await window.keep_posted(place, channel, message, screen)

    async def take_down(self, place: Place, channel: str, message: str) -> Sent:
        """Remove a message of the place."""
        window = self._window(place)
        return Again(60.0) if window is None else await window.take_down(place, channel, message)

    async def keep_event(
        self, place: Place, event: str | None, happening: Happening | None
    ) -> Sent:
        """Keep an event of the place up to date."""
        window = self._window(place)
        return Again(60.0) if window is None else await window.keep_event(place, event, happening)

    def _window(self, place: Place) -> Windows | None:
        door = self._open.get(place.platform)
        return door if isinstance(door, Windows) else None
