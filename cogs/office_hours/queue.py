"""The live queue of drop-in hours: lining up, calling the next, and what is said unasked."""

from __future__ import annotations

from datetime import timedelta

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.live_queue import QueueState, TurnState
from bot.domain.office_hours import SessionId
from bot.runtime.caller import Caller
from bot.runtime.feature import Answer, Course, Handler, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.office_hours import queue
from bot.services.office_hours.queue import Place
from bot.services.office_hours.results import Refused, Why
from bot.services.office_hours.turns import Kind
from bot.services.ports import Store
from bot.ui.form import Form
from bot.ui.parts import Button, Look, Part, Reply, Text
from bot.ui.words import Typed, _
from cogs.office_hours.actions import ListSessions
from cogs.office_hours.dropping_in import OpenQueue
from cogs.office_hours.places import way_in
from cogs.office_hours.queue_desk import (
    JoinQueue,
    LeaveQueue,
    LookQueue,
    NextInQueue,
    SetQueue,
    shown,
    waiting,
    where_it_is,
)
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of

_SHOWN = 10


class LiveQueue:
    """Handlers and notices."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(JoinQueue, self.join),
            Handler(OpenQueue, self.open, opens=True),
            Handler(LookQueue, self.look),
            Handler(LeaveQueue, self.leave),
            Handler(NextInQueue, self.next),
            Handler(SetQueue, self.set),
        )

    def notices(self) -> tuple[Notice, ...]:
        """The kinds of deliveries."""
        soon = timedelta(minutes=30)
        over = Course(queue.end, sending.told_news, sending.missed_news)
        return (
            Notice(Kind.TURN, self.turn, late_after=None, stale_after=soon),
            Notice(Kind.NEXT, self.turn, late_after=None, stale_after=soon),
            Notice(Kind.PAUSED, self.turn, late_after=None, stale_after=soon),
            Notice(Kind.FLOOR, self.turn, late_after=None, stale_after=soon),
            Notice(Kind.END, self.end, late_after=None, course=over),
        )

    async def join(self, caller: Caller, request: JoinQueue) -> Reply:
        """Lines up."""
        found = await self._store.write(
            queue.enter,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.question or "",
        )
        return shown(found)

    async def open(self, caller: Caller, request: OpenQueue) -> Answer:
        """The form to line up; how it stands, for whoever is in line or leads it."""
        found = await self._store.read(
            queue.look, self._clock.now(), actor_of(caller), request.session
        )
        if not isinstance(found, Place):
            return shown(found)
        if found.turn is not None and found.turn.state in (TurnState.WAITING, TurnState.IN):
            return shown(found)
        session = found.card.session
        if found.state is QueueState.CLOSED:
            return refusal(Refused(Why.QUEUE_CLOSED, session))
        earlier = found.turn.question if found.turn is not None else ""
        return Form(
            _("Line up"),
            JoinQueue,
            asks=("question",),
            given={"session": session.code, **({"question": earlier} if earlier else {})},
            intro=_(
                "For {title}. A word on your question helps the host; it can stay empty.",
                title=title_of(session),
            ),
            send=_("Line up"),
        )

    async def look(self, caller: Caller, request: LookQueue) -> Reply:
        """Where I stand; who is in line."""
        found = await self._store.read(
            queue.look, self._clock.now(), actor_of(caller), request.session
        )
        return shown(found, replaces=True)

    async def leave(self, caller: Caller, request: LeaveQueue) -> Reply:
        """Somebody else comes sooner by that."""
        found = await self._store.write(
            queue.leave, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(found, Refused):
            return refusal(found)
        title = title_of(found.card.session)
        if found.turn is not None and found.turn.state is TurnState.DONE:
            said = _("Thank you for coming to {title}. Your turn is over.", title=title)
        else:
            said = _("You left the queue of {title}.", title=title)
        again = Button(_("Line up again"), OpenQueue(found.card.session.code))
        return Reply((Text(said), again), replaces=True)

    async def next(self, caller: Caller, request: NextInQueue) -> Reply:
        """Calls the next one."""
        found = await self._store.write(
            queue.call_next,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.current,
        )
        return shown(found, replaces=True)

    async def set(self, caller: Caller, request: SetQueue) -> Reply:
        """Pause, go on, close, floor."""
        found = await self._store.write(
            queue.set_state,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.state,
        )
        return shown(found, replaces=True)

    async def turn(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """It is your turn, or nearly; a pause; the open floor."""
        place = await self._place(delivery)
        if place is None or place.turn is None or place.card.session.ends <= self._clock.now():
            return Moot.MOOT
        inside = place.turn.state is TurnState.IN
        waits = place.turn.state is TurnState.WAITING
        title = title_of(place.card.session)
        done = Button(_("I am done"), LeaveQueue(place.card.session.code))
        match Kind(delivery.kind):
            case Kind.TURN if inside:
                said = _("It is your turn in {title}.", title=title)
            case Kind.FLOOR if inside:
                said = _("The floor of {title} is open: come in, all of you.", title=title)
            case Kind.NEXT if waits:
                said = _("You are next in {title}.", title=title)
            case Kind.PAUSED if waits and place.state is QueueState.PAUSED:
                said = _("{title} pauses for a moment. You keep your place.", title=title)
            case _:
                return Moot.MOOT
        if inside:
            return Reply((Text(said), *way_in(place.card), *where_it_is(place), done))
        return Reply((Text(said), *waiting(place)))

    async def end(self, delivery: Delivery, late: bool) -> Reply | Moot:
        """The hours are over before somebody's turn came."""
        place = await self._place(delivery)
        if place is None or place.turn is None or place.turn.state is not TurnState.ENDED:
            return Moot.MOOT
        said = _(
            "{title} is over, and your turn did not come. We are sorry; thank you for waiting. Your"
            " question can be asked for one of the next hours.",
            title=title_of(place.card.session),
        )
        parts: list[Part] = [Text(said)]
        if place.turn.question:
            parts.append(Text(_("“{question}”", question=Typed(place.turn.question))))
        parts.append(Button(_("Office hours"), ListSessions(), Look.MAIN))
        return Reply(tuple(parts))

    async def _place(self, delivery: Delivery) -> Place | None:
        if delivery.member is None:
            return None
        return await self._store.read(
            queue.place, self._clock.now(), SessionId(delivery.ref), delivery.member
        )
