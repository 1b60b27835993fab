"""Changing what stands: moving, calling off, running late. What needs it is confirmed first."""

from __future__ import annotations

from dataclasses import replace

from bot.clock import Clock
from bot.domain.office_hours import Scope
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Handler
from bot.runtime.pending import Pending
from bot.services.office_hours import changes, views
from bot.services.office_hours.results import Card, Foreseen, Refused, Why
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Part, Reply, Style, Text
from bot.ui.words import Typed, When, _, ngettext
from cogs.office_hours.actions import CallOff, MoveSession, OpenCallOff, OpenMove, RunLate
from cogs.office_hours.outcomes import question, told, will_tell
from cogs.office_hours.planning import clock_notes, first_on, read_as, two_ways, zone_note
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of


class Changing:
    """Handlers for people who lead a session that stands."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._pending = Pending(store, clock, (MoveSession, CallOff))

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(MoveSession, self.move),
            Handler(OpenMove, self.open_move, opens=True),
            Handler(CallOff, self.call_off),
            Handler(OpenCallOff, self.open_call_off, opens=True),
            Handler(RunLate, self.late),
        )

    async def move(self, caller: Caller, request: MoveSession) -> Reply:
        """Shows what moving would do."""
        found = await self._store.read(
            changes.foresee_move,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.starts.at,
            request.scope,
        )
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        said = _(
            "Move {title} from {old} to {new}?",
            title=title_of(session),
            old=When(session.starts),
            new=When(request.starts.at),
        )
        parts: list[Part] = [
            Text(said),
            Text(_("The new time was read as {time}.", time=read_as(request.starts, caller))),
            *zone_note(request.starts, caller),
        ]
        if found.rule is not None:
            parts.append(Text(first_on(found.rule)))
            parts.extend(clock_notes(found.rule))
        return await self._ask(caller, request, found, parts)

    async def open_move(self, caller: Caller, request: OpenMove) -> Answer:
        """The form for a new time."""
        card = await self._manageable(caller, request.session)
        if isinstance(card, Refused):
            return refusal(card)
        return Form(
            _("Move a session"),
            MoveSession,
            asks=("starts", "scope") if card.session.series else ("starts",),
            given={"session": card.session.code},
            intro=_(
                "{title}, now at {when}.",
                title=title_of(card.session),
                when=When(card.session.starts),
            ),
        )

    async def call_off(self, caller: Caller, request: CallOff) -> Reply:
        """Shows what calling off would do."""
        found = await self._store.read(
            changes.foresee_call_off,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.scope,
        )
        if isinstance(found, Refused):
            return refusal(found)
        session = found.card.session
        said = _("Call off {title} on {when}?", title=title_of(session), when=When(session.starts))
        parts: list[Part] = [Text(said)]
        if request.reason:
            parts.append(Text(_("Reason given: {reason}", reason=Typed(request.reason))))
        return await self._ask(caller, request, found, parts)

    async def open_call_off(self, caller: Caller, request: OpenCallOff) -> Answer:
        """The form for calling off."""
        card = await self._manageable(caller, request.session)
        if isinstance(card, Refused):
            return refusal(card)
        return Form(
            _("Call off a session"),
            CallOff,
            asks=("reason", "scope") if card.session.series else ("reason",),
            given={"session": card.session.code},
            intro=_(
                "{title} on {when}.",
                title=title_of(card.session),
                when=When(card.session.starts),
            ),
        )

    async def late(self, caller: Caller, request: RunLate) -> Reply:
        """Tells everybody concerned at once: there is no time to lose."""
        result = await self._store.write(
            changes.late, self._clock.now(), actor_of(caller), request.session, request.minutes
        )
        if isinstance(result, Refused):
            return refusal(result)
        said = _(
            "{title} begins about {minutes} min later.",
            title=title_of(result.card.session),
            minutes=request.minutes,
        )
        return Reply((Text(said), Text(told(result.told), Style.QUIET)))

    async def _ask(
        self,
        caller: Caller,
        request: MoveSession | CallOff,
        found: Foreseen,
        parts: list[Part],
    ) -> Reply:
        if found.scope is Scope.LATER:
            said = ngettext(
                "This is about {count} session.",
                "This is about {count} sessions, this one and those after it.",
                found.sessions,
            )
            parts.append(Text(said))
        parts.append(Text(will_tell(found.told)))
        draft = await self._pending.keep(
            caller,
            replace(request, session=found.card.session.code),
            found.card.session.revision,
        )
        ways: tuple[Part, ...] = ()
        if isinstance(request, MoveSession) and found.scope is not Scope.LATER:
            ways = two_ways(request.starts, draft)
        return Reply((*parts, *ways, *question(draft)))

    async def _manageable(self, caller: Caller, text: str) -> Card | Refused:
        card = await self._store.read(
            views.look, self._clock.now(), actor_of(caller), text, views.Among.LED
        )
        if isinstance(card, Card) and not card.manageable(caller.roles):
            return Refused(Why.NOT_YOURS, card.session)
        return card
