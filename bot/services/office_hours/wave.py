"""Reminders for many people whom the bot never wrote to: named once where their session is listed,
not all at once by direct message, which platforms take for spam.

Decided for each reminder right before it goes out, in a transaction of its own. Everybody is either
written to or named; whoever asks for it is written to, at the platform's pace like everybody else.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from bot.domain.delivery import Delivery, DeliveryId, DeliveryState, NewDelivery
from bot.domain.office_hours import Seat, SeatState, Session, SessionId, admitted
from bot.domain.people import MemberId, Place, Someone
from bot.services import delivery
from bot.services.office_hours.results import Actor, Card, Refused, Why
from bot.services.office_hours.rules import CHANNEL
from bot.services.office_hours.telling import Kind, subject
from bot.services.office_hours.views import card, card_of
from bot.services.ports import Work

MOST_STRANGERS = 30
"""So many people who were never written to get a first direct message for one session, if nothing
else is set."""

_IN_CHANNEL: Mapping[str, Kind] = MappingProxyType(
    {Kind.REMINDER_DAY: Kind.WAVE_DAY, Kind.REMINDER_HOUR: Kind.WAVE_HOUR}
)
_REMINDERS = {wave: reminder for reminder, wave in _IN_CHANNEL.items()}


def channel_of(work: Work, session: Session) -> Place | None:
    """Where people with a seat may be named: the place of a channel for office hours that everybody
    who reads it may know the session from.
    """
    if session.plan.for_whom not in admitted(frozenset()):
        return None
    found = delivery.channel(work, session.community, CHANNEL)
    return None if found is None else found.place


def admit(work: Work, now: datetime, row: Delivery, most: int) -> bool:
    """Whether a reminder goes out as a direct message; if not, the person is named instead.

    `most`: so many strangers are written to for one session.
    """
    session = work.office_hours.session(SessionId(row.ref))
    if session is None or row.member is None or session.taken <= most:
        return True
    place = channel_of(work, session)
    if place is None or work.deliveries.reached([row.member]):
        return True
    if not all(place.holds(one) for one in work.people.accounts(row.member)):
        return True
    kind = _IN_CHANNEL[row.kind]
    key = f"{kind}:{session.id}:{session.revision}:{int(session.starts.timestamp())}"
    if not work.deliveries.known(key):
        if len(_strangers(work, place, _holders(work, session))) <= most:
            return True
        work.deliveries.schedule(
            [
                NewDelivery(
                    *(kind, session.community, subject(session), key, now),
                    channel=CHANNEL,
                    ref=session.id,
                )
            ]
        )
    return False


def admit_all(
    work: Work, now: datetime, rows: Sequence[Delivery], most: int
) -> frozenset[DeliveryId]:
    """The same for many at once: which of them go out. What one session has in common is looked up
    once; only those who are left are decided one by one.
    """
    to: defaultdict[int, list[Delivery]] = defaultdict(list)
    for row in rows:
        to[row.ref].append(row)
    out: set[DeliveryId] = set()
    for ref, same in to.items():
        session = work.office_hours.session(SessionId(ref))
        wave = session is not None and session.taken > most and channel_of(work, session)
        written = (
            work.deliveries.reached([row.member for row in same if row.member is not None])
            if wave
            else frozenset[MemberId]()
        )
        for row in same:
            if not wave or row.member in written or admit(work, now, row, most):
                out.add(row.id)
    return frozenset(out)


def named(
    work: Work, now: datetime, row: Delivery, choice: str
) -> tuple[Card, tuple[Someone, ...]] | None:
    """The session, and whom a message in the channel names: holders who get no direct one.

    `choice`: what somebody who does without these reminders does without.
    """
    session = work.office_hours.session(SessionId(row.ref))
    place = None if session is None else channel_of(work, session)
    if session is None or place is None:
        return None
    holders = _holders(work, session)
    states = work.deliveries.states(_REMINDERS[Kind(row.kind)], subject(session), holders)
    strangers = _strangers(work, place, holders)
    spared = [
        one
        for one in holders
        if states.get(one) is DeliveryState.MOOT
        or (one in strangers and states.get(one) is not DeliveryState.SENT)
    ]
    without = work.without.several(spared)
    spared = [one for one in spared if choice not in without.get(one, frozenset())]
    people = work.people.several(spared)
    found = card_of(work, now, session, session.host)
    return found, tuple(people[one] for one in spared)


def not_posted(work: Work, now: datetime, row: Delivery, choice: str) -> None:
    """What should name people could not be posted: each is written to after all, at the pace that
    the platform allows."""
    session = work.office_hours.session(SessionId(row.ref))
    if session is None or session.called_off or session.starts <= now:
        return
    seats = {one.member: one for one in work.office_hours.seats(session.id)}
    holders = tuple(one for one, seat in seats.items() if seat.state is SeatState.HELD)
    states = work.deliveries.states(_REMINDERS[Kind(row.kind)], subject(session), holders)
    spared = [one for one in holders if states.get(one) is DeliveryState.MOOT]
    if (place := channel_of(work, session)) is not None:
        # Their reminders are still to be looked at, and will be held back for the post.
        spared.extend(
            one
            for one in _strangers(work, place, holders)
            if states.get(one) in (DeliveryState.PENDING, DeliveryState.CLAIMED)
        )
    without = work.without.several(spared)
    work.deliveries.schedule(
        _asked(session, seats[one], now, row.kind)
        for one in spared
        if choice not in without.get(one, frozenset())
    )


def write_to(work: Work, now: datetime, actor: Actor, code: str) -> Card | Refused:
    """Somebody with a seat wants to be written to: the reminder goes out, and later ones do."""
    session = work.office_hours.by_code(actor.community, code)
    found = None if session is None else card(work, now, session.id, actor.member)
    if session is None or found is None or not found.holds or found.seat is None:
        return Refused(Why.NOT_IN, session)
    work.deliveries.schedule([_asked(session, found.seat, now)])
    return found


def _asked(session: Session, seat: Seat, now: datetime, instead: str = "") -> NewDelivery:
    kind = Kind.REMINDER_ASKED
    key = f"{kind}:{session.id}:{seat.member}:{seat.turn}:{session.revision}:{instead}".rstrip(":")
    return NewDelivery(
        *(kind, session.community, subject(session), key, now), member=seat.member, ref=session.id
    )


def _holders(work: Work, session: Session) -> tuple[MemberId, ...]:
    seats = work.office_hours.seats(session.id)
    return tuple(seat.member for seat in seats if seat.state is SeatState.HELD)


def _strangers(work: Work, place: Place, members: tuple[MemberId, ...]) -> frozenset[MemberId]:
    """Those who were never written to, and can be named in the place."""
    unknown = frozenset(members) - work.deliveries.reached(members)
    people = work.people.several(unknown)
    return frozenset(
        one for one in unknown if all(place.holds(each) for each in people[one].accounts)
    )
