"""Ordinary messages, which nobody addressed to the bot: to the ears that want them and to the
watches, and an answer in a direct message at most. Nothing that was written is kept here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.domain.people import Place
from bot.errors import PlatformUnavailable, StoreUnavailable
from bot.runtime.boundary import Boundary
from bot.runtime.caller import Arrival, Caller, Message
from bot.runtime.identity import NotHere
from bot.runtime.registry import Registry
from bot.runtime.screen import Screen
from bot.runtime.settling import settled

Watch: TypeAlias = Callable[[Arrival, Message], Awaitable[None]]

_AGAIN = (1.0, 5.0, 15.0, 60.0)
"""Seconds before a watch is asked again while the database is away: nobody writes it once more."""


class Hearing:
    """`whoever`: the caller behind an arrival, in any of their communities."""

    def __init__(
        self,
        registry: Registry,
        boundary: Boundary,
        whoever: Callable[[Arrival], Awaitable[Caller]],
    ) -> None:
        self._ears = tuple(each.ear for each in registry.features if each.ear is not None)
        self._watches = tuple(each.watch for each in registry.features if each.watch is not None)
        self._boundary = boundary
        self._whoever = whoever

    async def heard(self, arrival: Arrival, message: Message) -> Screen | None:
        """A message, new or changed. In trouble there is no answer."""
        answer = None if message.again else await self._taken_in(arrival, message)
        for watch in () if message.private else self._watches:
            try:
                await self._watched(watch, arrival, message)
            except Exception as failure:
                self._boundary.apologise(arrival, failure)
        return answer

    async def _watched(self, watch: Watch, arrival: Arrival, message: Message) -> None:
        for wait in (*_AGAIN, None):
            try:
                await watch(arrival, message)
            except StoreUnavailable as trouble:
                self._boundary.troubles.met("database", str(trouble))
                if wait is not None:
                    await asyncio.sleep(wait)
            else:
                return

    async def unsaid(self, place: Place, channel: str, message: str) -> None:
        """A message was deleted. Raises StoreUnavailable."""
        for ear in self._ears:
            await ear.gone(place, channel, message)

    async def _taken_in(self, arrival: Arrival, message: Message) -> Screen | None:
        answer: Screen | None = None
        try:
            for ear in self._ears:
                if await ear.wants(arrival, message):
                    caller = await self._whoever(arrival)
                    said = await ear.hear(caller, message)
                    if said is not None and message.private:
                        answer = settled(caller, said)
        except (NotHere, PlatformUnavailable):
            return None
        except StoreUnavailable as trouble:
            self._boundary.troubles.met("database", str(trouble))
        except Exception as failure:
            self._boundary.apologise(arrival, failure)
        return answer
