"""Looking at office hours: lists, one session, the roster. Nothing here writes."""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.codes import tidy
from bot.domain.office_hours import (
    MARKED_FOR,
    Question,
    QuestionId,
    Seat,
    SeatState,
    Session,
    SessionId,
    admitted,
    bundled,
    may_manage,
)
from bot.domain.people import MemberId, Role, Someone
from bot.domain.seats import line
from bot.services.office_hours.offers import missed_last_time, place_of
from bot.services.office_hours.results import Actor, Card, Refused, Roster, Why
from bot.services.ports import Work

_SEARCHED = 200
_OVER = 5


class Among(enum.Enum):
    """Which sessions a title means first."""

    ALL = enum.auto()
    ATTENDED = enum.auto()
    """Those where the actor has a seat or waits."""
    LED = enum.auto()


class SeveralFit(Exception):
    """A title that several sessions have: which one is meant has to be asked."""

    def __init__(self, sessions: tuple[Session, ...]) -> None:
        super().__init__("several sessions have this title")
        self.sessions = sessions


@dataclass(frozen=True, slots=True)
class Mine:
    """What a member takes part in, by part."""

    seats: tuple[Card, ...]
    offered: tuple[Card, ...]
    waiting: tuple[Card, ...]
    leading: tuple[Card, ...]
    unmarked: tuple[Card, ...]
    """Sessions the member led that are over, where it is not noted yet who was there."""
    attended: tuple[Card, ...]
    """Sessions that are over in which the member had a seat, while they can say a word about it."""


def mine(work: Work, now: datetime, actor: Actor, limit: int = 25) -> Mine:
    """Seats, places in line, and sessions the actor leads."""
    after = now - MARKED_FOR
    attending = work.office_hours.attending(actor.member, actor.community, now, limit)
    recent = work.office_hours.attending(actor.member, actor.community, after, limit)
    cards = cards_of(work, now, attending, actor.member)
    past = cards_of(work, now, (one for one in recent if one.ends <= now), actor.member)
    led = work.office_hours.led_by(actor.member, actor.community, after, limit)
    leading = tuple(one for one in led if one.ends > now)
    over = [one for one in led if one.ends <= now and unmarked(work, one)]
    return Mine(
        tuple(card for card in cards if card.holds),
        tuple(card for card in cards if card.offered_until is not None),
        tuple(card for card in cards if card.waits),
        cards_of(work, now, leading, actor.member),
        cards_of(work, now, over[-_OVER:], actor.member),
        tuple(card for card in past if card.holds)[-_OVER:],
    )


def unmarked(work: Work, session: Session) -> bool:
    """Whether somebody with a seat has no mark and has not said a word themselves."""
    seats = work.office_hours.seats(session.id)
    return any(one.state is SeatState.HELD and one.came is None for one in seats)


def look(
    work: Work, now: datetime, actor: Actor, text: str, among: Among = Among.ALL
) -> Card | Refused:
    """One session, by what was typed for it."""
    session = find(work, now, actor, text, among)
    return Refused(Why.UNKNOWN) if session is None else card_of(work, now, session, actor.member)


def find(
    work: Work,
    now: datetime,
    actor: Actor,
    text: str,
    among: Among = Among.ALL,
    *,
    hold: bool = False,
) -> Session | None:
    """A session of this community by its code or its title, if the actor may see it.

    A title is looked for among those meant first. Raises SeveralFit if it leaves a choice.
    """
    session = work.office_hours.by_code(actor.community, tidy(text), hold=hold)
    if session is not None:
        return session if _visible(work, session, actor) else None
    wanted = text.strip().casefold()
    fit: list[Session] = []
    if among is not Among.ALL:
        near = (
            work.office_hours.attending if among is Among.ATTENDED else work.office_hours.led_by
        )(actor.member, actor.community, now, _SEARCHED)
        fit = [one for one in near if one.plan.title.casefold() == wanted]
    if not fit:
        upcoming = work.office_hours.upcoming(
            actor.community, now, admitted(actor.roles), limit=_SEARCHED
        )
        fit = [one for one in upcoming if one.plan.title.casefold() == wanted]
        if among is Among.ATTENDED or (among is Among.LED and Role.MODERATOR not in actor.roles):
            del fit[1:]  # whichever it is, it is none of those that were meant
    if len(fit) > 1:
        raise SeveralFit(tuple(fit))
    found = fit[0] if fit else None
    return work.office_hours.session(found.id, hold=True) if found and hold else found


def _visible(work: Work, session: Session, actor: Actor) -> bool:
    """Whether the session is meant for the actor, or they have to do with it already."""
    if session.plan.for_whom in admitted(actor.roles):
        return True
    if may_manage(session, actor.member, actor.roles):
        return True
    seat = work.office_hours.seat(session.id, actor.member)
    return seat is not None and seat.state is not SeatState.LEFT


def roster(work: Work, now: datetime, actor: Actor, text: str) -> Roster | Refused:
    """Who comes and what was asked: for the host, co-hosts and moderators."""
    session = find(work, now, actor, text, Among.LED)
    if session is None:
        return Refused(Why.UNKNOWN)
    if not may_manage(session, actor.member, actor.roles):
        return Refused(Why.NOT_YOURS, session)
    return roster_of(work, now, session, actor.member)


def roster_for(work: Work, now: datetime, id: SessionId, leader: MemberId) -> Roster | None:
    """The same for a reminder: None if the session is gone or the member leads it no more."""
    session = work.office_hours.session(id)
    if session is None or not session.led_by(leader):
        return None
    return roster_of(work, now, session, leader)


def roster_of(work: Work, now: datetime, session: Session, viewer: MemberId) -> Roster:
    """The roster as its reader sees it, who has been let in."""
    seats = work.office_hours.seats(session.id)
    people = work.people.several({seat.member for seat in seats})
    named = {seat.member: (seat, people[seat.member]) for seat in seats}
    late = work.office_hours.given_back_late(session.id) if session.led_by(viewer) else ()
    others = work.people.several({seat.member for seat in late})
    around = work.blocks.around(viewer)
    order = line(seats, missed_last_time(work, now, session))
    questions = work.office_hours.questions(session.id)
    asked = [one for one in questions if one.author not in around]
    return Roster(
        card_of(work, now, session, viewer),
        tuple(pair for pair in named.values() if pair[0].state is SeatState.HELD),
        tuple(pair for pair in named.values() if pair[0].state is SeatState.OFFERED),
        tuple(named[seat.member] for seat in order if seat.member not in around),
        tuple(one for one in asked if not one.aside),
        tuple((seat, others[seat.member]) for seat in late if not seat.takes_part),
        tuple(one for one in asked if one.aside),
    )


def card(work: Work, now: datetime, id: SessionId, viewer: MemberId) -> Card | None:
    """One session by id, as a member sees it."""
    session = work.office_hours.session(id)
    return None if session is None else card_of(work, now, session, viewer)


def cards_at(
    work: Work, now: datetime, asked: Sequence[tuple[SessionId, MemberId]]
) -> dict[tuple[SessionId, MemberId], Card]:
    """Sessions by id, each as one of its members sees it; without those that are gone."""
    viewers: defaultdict[SessionId, set[MemberId]] = defaultdict(set)
    for id, viewer in asked:
        viewers[id].add(viewer)
    known = (work.office_hours.session(id) for id in viewers)
    sessions = [session for session in known if session is not None]
    leaders = {one for each in sessions for one in (each.host, *each.plan.cohosts)}
    people = work.people.several(leaders) if leaders else {}
    found: dict[tuple[SessionId, MemberId], Card] = {}
    for session in sessions:
        seats = work.office_hours.seats_in(session.id, viewers[session.id])
        for viewer in viewers[session.id]:
            found[session.id, viewer] = _card(
                *(work, now, session, viewer, people, seats.get(viewer)),
                in_queue=session.drop_in and bool(work.queues.lined_up(viewer, [session.id])),
            )
    return found


def made(work: Work, now: datetime, actor: Actor, request: str) -> Card | None:
    """What the actor's own confirmation made before."""
    session = work.office_hours.by_request(request)
    mine = session is not None and session.host == actor.member
    return card_of(work, now, session, actor.member) if mine and session else None


def named(work: Work, members: tuple[MemberId, ...]) -> tuple[Someone, ...]:
    """Members as others may see them."""
    people = work.people.several(members)
    return tuple(people[one] for one in members)


def questions_together(
    work: Work, now: datetime, id: QuestionId, viewer: MemberId
) -> tuple[tuple[Question, ...], Card] | None:
    """The questions that are told together with this one, and their session; None if none of them
    is to be read."""
    question = work.office_hours.question(id)
    found = card(work, now, question.session, viewer) if question else None
    if question is None or found is None:
        return None
    bundles = bundled(work.office_hours.questions(question.session))
    together = next(each.questions for each in bundles if question in each.questions)
    around = work.blocks.around(viewer)
    shown = tuple(one for one in together if not one.aside and one.author not in around)
    return (shown, found) if shown else None


def series_cards(work: Work, now: datetime, id: SessionId, viewer: MemberId) -> tuple[Card, ...]:
    """A session and those after it in its series that concern the viewer, in order of time."""
    session = work.office_hours.session(id)
    if session is None:
        return ()
    together = (session,)
    if session.series is not None and session.slot is not None:
        together = work.office_hours.of_series(session.series, session.slot)
    cards = cards_of(work, now, together, viewer)
    mine = [one for one in cards if (one.leads or one.seat) and one.session.ends > now]
    return tuple(sorted(mine, key=lambda one: one.session.starts))


def card_of(work: Work, now: datetime, session: Session, viewer: MemberId) -> Card:
    """One session as a member sees it."""
    return cards_of(work, now, (session,), viewer)[0]


def cards_of(
    work: Work, now: datetime, sessions: Iterable[Session], viewer: MemberId
) -> tuple[Card, ...]:
    """Sessions as a member sees them, in the same order."""
    sessions = tuple(sessions)
    if not sessions:
        return ()
    seats = work.office_hours.seats_of(viewer, [session.id for session in sessions])
    leaders = {one for each in sessions for one in (each.host, *each.plan.cohosts)}
    people = work.people.several(leaders)
    queued = work.queues.lined_up(viewer, [one.id for one in sessions if one.drop_in])
    return tuple(
        _card(work, now, one, viewer, people, seats.get(one.id), in_queue=one.id in queued)
        for one in sessions
    )


def card_with(
    work: Work,
    now: datetime,
    session: Session,
    viewer: MemberId,
    seat: Seat | None,
    position: int | None = None,
) -> Card:
    """A session as a member sees it whose seat (and place in the line) is known."""
    people = work.people.several((session.host, *session.plan.cohosts))
    queued = bool(session.drop_in and work.queues.lined_up(viewer, [session.id]))
    return _card(work, now, session, viewer, people, seat, position, in_queue=queued)


def _card(
    work: Work,
    now: datetime,
    session: Session,
    viewer: MemberId,
    people: Mapping[MemberId, Someone],
    seat: Seat | None,
    position: int | None = None,
    *,
    in_queue: bool = False,
) -> Card:
    if position is None and seat is not None and seat.state is SeatState.WAITING:
        position = place_of(work, now, session, seat)
    return Card(
        session,
        people[session.host],
        viewer,
        tuple(people[one] for one in session.plan.cohosts),
        seat,
        position,
        in_queue,
    )


def calendar(work: Work, now: datetime, actor: Actor) -> tuple[Card, ...]:
    """Everything a member attends or leads from now on, in order of time."""
    found = mine(work, now, actor, limit=100)
    return tuple(
        sorted((*found.seats, *found.leading), key=lambda one: (one.session.starts, one.session.id))
    )
