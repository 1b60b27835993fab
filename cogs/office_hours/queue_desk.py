"""The live queue on a screen: one's place with an honest guess, the host's desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from bot.domain.live_queue import QueueState, TurnState
from bot.services.office_hours.queue import Desk, Place
from bot.services.office_hours.results import Refused
from bot.ui.action import Action, Ask
from bot.ui.parts import Button, Facts, Look, Part, Reply, Style, Text
from bot.ui.words import Msg, Person, Typed, When, _, ngettext
from cogs.office_hours.actions import SESSION, SESSION_HINT, OpenQuestion
from cogs.office_hours.dropping_in import OpenQueue
from cogs.office_hours.places import way_in, where_words
from cogs.office_hours.refusals import refusal
from cogs.office_hours.wording import title_of

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


def shown(found: Place | Desk | Refused, *, replaces: bool = False) -> Reply:
    """The desk for whoever leads, their place for everybody else."""
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
        return (Text(said), *way_in(place.card), *where_it_is(place), done)
    if place.turn is None or place.turn.state is not TurnState.WAITING:
        said = _("You are not in the queue of {title}.", title=title)
        return (Text(said), Button(_("Line up"), OpenQueue(session.code), Look.MAIN))
    return (Text(_("You are in the queue of {title}.", title=title)), *waiting(place))


def waiting(place: Place) -> tuple[Part, ...]:
    """Somebody in line: how many are ahead, and how long that may take."""
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


def where_it_is(place: Place) -> tuple[Part, ...]:
    """Where to come, for those who may know."""
    if not place.card.sees_where:
        return ()
    where = where_words(place.card.session.plan)
    return (Facts(((_("Where"), where),)),)


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
