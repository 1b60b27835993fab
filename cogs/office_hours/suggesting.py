"""Suggestions while somebody types: topics, and sessions by title or code."""

from __future__ import annotations

from bot.clock import Clock
from bot.domain.people import Role
from bot.runtime.caller import Caller
from bot.runtime.feature import Completer
from bot.services.office_hours import listing, views
from bot.services.office_hours.results import Card
from bot.services.ports import Store
from bot.ui.action import Option
from bot.ui.limits import LIMITS
from bot.ui.topics import topic_options
from bot.ui.words import Msg, Typed, When, _
from cogs.office_hours.taking_part import actor_of

_TITLE = 30


class Suggesting:
    """Completers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def completers(self) -> tuple[Completer, ...]:
        """What is suggested here."""
        return (
            Completer("topic", self.topics),
            Completer("session", self.any_session),
            Completer("my_session", self.my_sessions),
            Completer("led_session", self.led_sessions),
        )

    async def topics(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Topics that fit."""
        return topic_options(text)[: LIMITS.select_options]

    async def any_session(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Sessions that are listed."""
        found = await self._store.read(listing.every, self._clock.now(), actor_of(caller), 200)
        return _fitting(found, text)

    async def my_sessions(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Sessions where the caller has a seat or waits."""
        found = await self._store.read(views.mine, self._clock.now(), actor_of(caller))
        return _fitting((*found.seats, *found.waiting), text)

    async def led_sessions(self, caller: Caller, text: str) -> tuple[Option, ...]:
        """Sessions that the caller leads; all of them for a moderator."""
        if Role.MODERATOR in caller.roles:
            return await self.any_session(caller, text)
        found = await self._store.read(views.mine, self._clock.now(), actor_of(caller))
        return _fitting((*found.leading, *found.unmarked), text)


def _fitting(cards: tuple[Card, ...], text: str) -> tuple[Option, ...]:
    wanted = text.strip().casefold()
    return tuple(
        Option(card.session.code, _label(card))
        for card in cards
        if wanted in card.session.plan.title.casefold() or card.session.code.startswith(wanted)
    )[: LIMITS.select_options]


def _label(card: Card) -> Msg:
    title = card.session.plan.title
    short = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return _("{title} · {when}", title=Typed(short), when=When(card.session.starts))
