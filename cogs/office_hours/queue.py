"""The live queue of drop-in hours: one's place and an honest guess; the host's desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from bot.clock import Clock
from bot.domain.delivery import Delivery
from bot.domain.live_queue import QueueState, TurnState
from bot.domain.office_hours import SessionId
from bot.runtime.caller import Caller
from bot.runtime.feature import Course, Handler, Moot, Notice
from bot.services.follow_ups import sending
from bot.services.office_hours import queue
from bot.services.office_hours.queue import Desk, Kind, Place
from bot.services.office_hours.results import Refused
from bot.services.ports import Store
from bot.ui.action import Action, Ask
from bot.ui.parts import Button, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _, ngettext
from cogs.office_hours.actions import SESSION, SESSION_HINT, ListSessions, OpenQuestion
from cogs.office_hours.refusals import refusal
from cogs.office_hours.taking_part import actor_of
from cogs.office_hours.wording import title_of, way_in

_SHOWN = 10


@dataclass(frozen=True)
class JoinQueue(Action, tag="oh.queue.1"):
    """A place in the queue; the desk for whoever leads it."""

    session: Annotated[str, Ask(SESSION, hint=SESSION_HINT, most=100, suggest="session")]
    question: Annotated[
        str | None,
        Ask(_("Your question"), hint=_("The host reads it with your name"), most=300, lines=3),
    ] = None


@dataclass(frozen=True)
class LookQueue(Action, tag="oh.q_look.1"):
    """How it stands now."""

    session: str


@dataclass(frozen=True)
class LeaveQueue(Action, tag="oh.q_leave.1"):
    """Out of the queue."""

    session: str


@dataclass(frozen=True)
class NextInQueue(Action, tag="oh.q_next.1"):
    """The next one. `current` is who was inside when it was shown."""

    session: str
    current: int


@dataclass(frozen=True)
class SetQueue(Action, tag="oh.q_state.1"):
    """Pause, go on, close, open the floor."""

    session: str
    state: QueueState


class LiveQueue:
    """Handlers and notices."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def handlers(self) -> tuple[Handler, ...]:
        """What is answered here."""
        return (
            Handler(JoinQueue, self.join),
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
        return _shown(found)

    async def look(self, caller: Caller, request: LookQueue) -> Reply:
        """Where I stand; who is in line."""
        found = await self._store.read(
            queue.look, self._clock.now(), actor_of(caller), request.session
        )
        return _shown(found, replaces=True)

    async def leave(self, caller: Caller, request: LeaveQueue) -> Reply:
        """Somebody else comes sooner by that."""
        found = await self._store.write(
            queue.leave, self._clock.now(), actor_of(caller), request.session
        )
        if isinstance(found, Refused):
            return refusal(found)
        said = _("You left the queue of {title}.", title=title_of(found.card.session))
        again = Button(_("Line up again"), JoinQueue(found.card.session.code))
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
        return _shown(found, replaces=True)

    async def set(self, caller: Caller, request: SetQueue) -> Reply:
        """Pause, go on, close, floor."""
        found = await self._store.write(
            queue.set_state,
            self._clock.now(),
            actor_of(caller),
            request.session,
            request.state,
        )
        return _shown(found, replaces=True)

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
            return Reply((Text(said), *way_in(place.card), *_where(place), done))
        return Reply((Text(said), *_waiting(place)))

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


def _shown(found: Place | Desk | Refused, *, replaces: bool = False) -> Reply:
    match found:
        case Refused():
            return refusal(found)
        case Desk():
            return Reply(_desk(found), replaces=replaces)
        case Place():
            return Reply(_standing(found), replaces=replaces)


def _standing(place: Place) -> tuple[Part, ...]:
    session = place.card.session
    title = title_of(session)
    if place.turn is not None and place.turn.state is TurnState.IN:
        said = _("It is your turn in {title}.", title=title)
        done = Button(_("I am done"), LeaveQueue(session.code))
        return (Text(said), *way_in(place.card), *_where(place), done)
    if place.turn is None or place.turn.state is not TurnState.WAITING:
        said = _("You are not in the queue of {title}.", title=title)
        return (Text(said), Button(_("Line up"), JoinQueue(session.code), Look.MAIN))
    return (Text(_("You are in the queue of {title}.", title=title)), *_waiting(place))


def _waiting(place: Place) -> tuple[Part, ...]:
    session = place.card.session
    parts: list[Part] = []
    guess = place.estimate
    if guess is not None:
        parts.append(Text(_ahead(guess.ahead, round(guess.wait.total_seconds() / 60))))
        if not guess.fits:
            parts.append(
                Text(
                    _(
                        "It ends at {when}, so it may not be enough for you today. You can leave a"
                        " question instead.",
                        when=When(session.ends),
                    )
                )
            )
            parts.append(Button(_("Ask a question"), OpenQuestion(session.code)))
    if place.state is QueueState.PAUSED:
        parts.append(Text(_("The host pauses for a moment."), Style.QUIET))
    parts.append(Button(_("Where am I"), LookQueue(session.code)))
    parts.append(Button(_("Leave the queue"), LeaveQueue(session.code)))
    return tuple(parts)


def _ahead(ahead: int, minutes: int) -> Msg:
    if ahead == 0 and minutes == 0:
        return _("You are first in line.")
    if ahead == 0:
        return _("You are first in line; about {minutes} min at a guess.", minutes=minutes)
    return ngettext(
        "{count} person is ahead of you; about {minutes} min at a guess.",
        "{count} people are ahead of you; about {minutes} min at a guess.",
        ahead,
        minutes=minutes,
    )


def _where(place: Place) -> tuple[Part, ...]:
    if not place.card.sees_where:
        return ()
    return (Text(_("Where: {where}", where=Typed(place.card.session.plan.where))),)


def _desk(desk: Desk) -> tuple[Part, ...]:
    session = desk.card.session
    code = session.code
    parts: list[Part] = [
        Text(_("{title} until {when}", title=title_of(session), when=When(session.ends)))
    ]
    for heading, turns in ((_("With you"), desk.inside), (_("In line"), desk.line[:_SHOWN])):
        if turns:
            parts.append(Text(heading, Style.HEADING))
        for turn, who in turns:
            if turn.question:
                said = _("{who}: {question}", who=Person(who), question=Typed(turn.question))
            else:
                said = _("{who}", who=Person(who))
            parts.append(Text(said))
    if len(desk.line) > _SHOWN:
        more = len(desk.line) - _SHOWN
        parts.append(Text(ngettext("and {count} more", "and {count} more", more), Style.QUIET))
    if not desk.inside and not desk.line:
        parts.append(Text(_("Nobody is in line at the moment."), Style.QUIET))
    label = _("Next") if desk.line else _("Done")
    if desk.line or desk.inside:
        parts.append(Button(label, NextInQueue(code, desk.current), Look.MAIN))
    if desk.state is not QueueState.OPEN:
        parts.append(Button(_("Go on"), SetQueue(code, QueueState.OPEN)))
    for state, name in (
        (QueueState.PAUSED, _("Pause")),
        (QueueState.FLOOR, _("Open the floor")),
        (QueueState.CLOSED, _("Close")),
    ):
        if desk.state is not state:
            parts.append(Button(name, SetQueue(code, state)))
    parts.append(Button(_("Refresh"), LookQueue(code)))
    parts.append(Text(_STATES[desk.state], Style.QUIET))
    return tuple(parts)


_STATES = {
    QueueState.OPEN: _("The queue is open."),
    QueueState.PAUSED: _("The queue pauses; those in line were told."),
    QueueState.CLOSED: _("Nobody new can line up; those in line still have their turn."),
    QueueState.FLOOR: _("The floor is open: whoever comes is in at once."),
}
