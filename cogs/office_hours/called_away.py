"""Pulled into a case: the choices a host has, one tap each. A pager leaves no time for a form."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from bot.clock import Clock
from bot.domain.people import MemberId
from bot.runtime.caller import Caller
from bot.runtime.feature import Handler
from bot.services.office_hours import called_away, views
from bot.services.office_hours.results import CalledAway, Card, Refused, Why
from bot.services.ports import Store
from bot.ui.action import Action
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _
from cogs.office_hours.actions import MySessions, OpenCallOff, OpenMove
from cogs.office_hours.dropping_in import all_go_along
from cogs.office_hours.outcomes import told
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_COHOSTS = 5
_Done: TypeAlias = Callable[[Card], Msg]


@dataclass(frozen=True)
class PulledAway(Action, tag="oh.away.1"):
    """What can be done."""

    session: str


@dataclass(frozen=True)
class Delay(Action, tag="oh.delay.1"):
    """A quarter of an hour later."""

    session: str
    revision: int


@dataclass(frozen=True)
class Postpone(Action, tag="oh.postpone.1"):
    """Tomorrow, at the same time."""

    session: str
    revision: int


@dataclass(frozen=True)
class HandOver(Action, tag="oh.handover.1"):
    """A co-host leads it."""

    session: str
    to: MemberId
    revision: int


@dataclass(frozen=True)
class OpenWithout(Action, tag="oh.without.1"):
    """People meet on their own."""

    session: str
    revision: int


@dataclass(frozen=True)
class ComeAfterAll(Action, tag="oh.with.1"):
    """The host can come after all."""

    session: str
    revision: int


class Away:
    """The handlers."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(PulledAway, self.choices),
            Handler(Delay, self.delay),
            Handler(Postpone, self.postpone),
            Handler(HandOver, self.hand_over),
            Handler(OpenWithout, self.without),
            Handler(ComeAfterAll, self.after_all),
        )

    async def choices(self, caller: Caller, request: PulledAway) -> Reply:
        """One button for each."""
        card = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), request.session, views.Among.LED
        )
        if isinstance(card, Refused):
            return refusal(card)
        session = card.session
        if not card.manageable(caller.roles):
            return refusal(Refused(Why.NOT_YOURS, session))
        said = _(
            "{title}, {when}: one tap is enough, and everybody concerned is told for you.",
            title=title_of(session),
            when=When(session.begins),
        )
        return Reply((Text(said), *_choices(card)))

    async def delay(self, caller: Caller, request: Delay) -> Reply:
        """A quarter of an hour later."""
        return await self._done(
            self._store.write(
                called_away.delay,
                self._clock.now(),
                actor_of(caller),
                request.session,
                request.revision,
            ),
            lambda card: _(
                "{title} begins about {minutes} min later, at {when}.",
                title=title_of(card.session),
                minutes=card.session.delay,
                when=When(card.session.begins, with_date=False),
            ),
            more=True,
        )

    async def postpone(self, caller: Caller, request: Postpone) -> Reply:
        """Tomorrow, at the same time."""
        return await self._done(
            self._store.write(
                called_away.postpone,
                self._clock.now(),
                actor_of(caller),
                request.session,
                request.revision,
            ),
            lambda card: all_go_along(card.session),
        )

    async def hand_over(self, caller: Caller, request: HandOver) -> Reply:
        """A co-host leads it."""
        return await self._done(
            self._store.write(
                called_away.hand_over,
                self._clock.now(),
                actor_of(caller),
                request.session,
                request.to,
                request.revision,
            ),
            lambda card: _(
                "{who} leads {title} now; you stay as a co-host.",
                who=Person(card.host),
                title=title_of(card.session),
            ),
        )

    async def without(self, caller: Caller, request: OpenWithout) -> Reply:
        """People meet on their own."""
        return await self._done(
            self._store.write(
                called_away.without_host,
                self._clock.now(),
                actor_of(caller),
                request.session,
                request.revision,
            ),
            lambda card: _(
                "{title} opens without you; people know that you were called away.",
                title=title_of(card.session),
            ),
            more=True,
        )

    async def after_all(self, caller: Caller, request: ComeAfterAll) -> Reply:
        """The case took less long than it seemed."""
        return await self._done(
            self._store.write(
                called_away.with_host,
                self._clock.now(),
                actor_of(caller),
                request.session,
                request.revision,
            ),
            lambda card: _(
                "{title} is with its host again; people are told that you can come.",
                title=title_of(card.session),
            ),
        )

    async def _done(
        self, doing: Awaitable[CalledAway | Refused], says: _Done, *, more: bool = False
    ) -> Reply:
        """What was done; with `more`, what can be done beside it, as it stands by now."""
        result = await doing
        if isinstance(result, Refused):
            refused = refusal(result)
            if result.why is not Why.CHANGED or result.session is None:
                return refused
            again = Button(_("Look at it again"), PulledAway(result.session.code), Look.MAIN)
            return replace(refused, parts=(refused.parts[0], again, *refused.parts[1:]))
        known = _("This was done already, and everybody knows.")
        heard = known if result.told is None else told(result.told)
        mine = Button(_("My sessions"), MySessions())
        then = _choices(result.card) if more else ()
        return Reply(
            (Text(says(result.card)), Text(heard, Style.QUIET), *then, mine), replaces=True
        )


def _choices(card: Card) -> tuple[Part, ...]:
    session = card.session
    code, revision = session.code, session.revision
    later = _("Another 15 min later") if session.delay else _("15 min later")
    return (
        Button(later, Delay(code, revision)),
        Button(_("Tomorrow, same time"), Postpone(code, revision)),
        *(
            Button(_("{who} leads it", who=Typed(one.name)), HandOver(code, one.member, revision))
            for one in card.cohosts[:_COHOSTS]
            if one.member != session.host
        ),
        Button(_("I can come after all"), ComeAfterAll(code, revision))
        if session.without_host
        else Button(_("Open it without me"), OpenWithout(code, revision)),
        Button(_("Another time"), OpenMove(code)),
        Button(_("Call off"), OpenCallOff(code), Look.GRAVE),
    )
