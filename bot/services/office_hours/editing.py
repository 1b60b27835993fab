"""Changing what a session is, apart from its time: for one, or for it and those after it.

People are told once, and only of what concerns them: title, topic and length; where it is, whoever
has a seat; and that they lead it, those who do. More seats are offered to the line at once.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.office_hours import (
    KEPT,
    ForWhom,
    Mode,
    Plan,
    Scope,
    SeatState,
    Session,
    VoiceChannel,
)
from bot.domain.people import MemberId
from bot.services.office_hours import telling
from bot.services.office_hours.changes import (
    Change,
    changed,
    concerned_by,
    confirmed,
    not_changeable,
    range_of,
    told,
)
from bot.services.office_hours.leading import beside_host, concerned, settle_leaders
from bot.services.office_hours.offers import pass_on
from bot.services.office_hours.results import Actor, Changed, Foreseen, Refused, Why
from bot.services.office_hours.telling import Kind
from bot.services.office_hours.views import Among, card_of, find
from bot.services.ports import Work
from bot.services.ports.isolation import each_statement_alone


@dataclass(frozen=True, slots=True)
class Edits:
    """What is to be different; None leaves it as it is."""

    title: str | None = None
    topic: str | None = None
    minutes: int | None = None
    seats: int | None = None
    where: str | None = None
    agenda: str | None = None
    voice: VoiceChannel | None = None
    for_whom: ForWhom | None = None
    closes: int | None = None
    fair: bool | None = None
    cohosts: tuple[MemberId, ...] | None = None

    def beside(self, plan: Plan) -> Edits:
        """Only what is different from a plan."""
        new = self.on(plan)
        return Edits(
            title=new.title if new.title != plan.title else None,
            topic=new.topic if new.topic != plan.topic else None,
            minutes=new.minutes if new.minutes != plan.minutes else None,
            seats=new.capacity if new.capacity != plan.capacity else None,
            where=new.where if new.where != plan.where else None,
            agenda=new.agenda if new.agenda != plan.agenda else None,
            voice=new.voice if new.voice != plan.voice else None,
            for_whom=new.for_whom if new.for_whom is not plan.for_whom else None,
            closes=new.closes if new.closes != plan.closes else None,
            fair=new.fair if new.fair is not plan.fair else None,
            cohosts=new.cohosts if set(new.cohosts) != set(plan.cohosts) else None,
        )

    def on(self, plan: Plan) -> Plan:
        """A plan with the edits. Drop-in hours have no number of seats."""
        return replace(
            plan,
            title=plan.title if self.title is None else self.title,
            topic=plan.topic if self.topic is None else self.topic,
            minutes=plan.minutes if self.minutes is None else self.minutes,
            capacity=plan.capacity
            if self.seats is None or plan.mode is Mode.DROP_IN
            else self.seats,
            where=plan.where if self.where is None else self.where,
            agenda=plan.agenda if self.agenda is None else self.agenda,
            voice=self._voice(plan),
            for_whom=plan.for_whom if self.for_whom is None else self.for_whom,
            closes=plan.closes if self.closes is None else self.closes,
            fair=plan.fair if self.fair is None else self.fair,
            cohosts=plan.cohosts if self.cohosts is None else self.cohosts,
        )

    def _voice(self, plan: Plan) -> VoiceChannel | None:
        # Another place in words is another place, unless a channel is named with it.
        elsewhere = self.where is not None and self.where != plan.where
        return self.voice or (None if elsewhere else plan.voice)


def foresee_edit(
    work: Work, now: datetime, actor: Actor, text: str, edits: Edits, scope: Scope
) -> Foreseen | Refused:
    """What the change would do."""
    session = find(work, now, actor, text, Among.LED)
    if (why := not_changeable(session, actor, now)) is not None or session is None:
        return Refused(why or Why.UNKNOWN, session)
    found = range_of(work, now, session, scope, hold=False)
    if (why := _problem(work, found.planned, edits)) is not None:
        return Refused(why, session)
    hear: set[MemberId] = {*_leaders(found.planned, edits, actor.member)}
    if (whom := _speaks(found.planned, edits)) is not None:
        seated = whom is _Whom.SEATED
        hear.update(concerned_by(work, found.planned, actor.member, seated=seated))
    after = Scope.LATER if found.series else Scope.ONE
    card = card_of(work, now, session, actor.member)
    return Foreseen(card, len(found.planned), len(hear), after)


@each_statement_alone
def edit(
    work: Work, now: datetime, actor: Actor, text: str, edits: Edits, change: Change
) -> Changed | Refused:
    """Changes a session, and with `Scope.LATER` those after it, also those still to be made."""
    found = confirmed(work, now, actor, text, change)
    if isinstance(found, Refused):
        return found
    if (why := _problem(work, found.planned, edits)) is not None:
        return Refused(why, found.first)
    if not work.drafts.discard(change.request):
        return Refused(Why.GONE)
    if (series := found.series) is not None:
        plan = beside_host(edits.on(series.plan), series.host, series.plan)
        work.office_hours.save_series_plan(replace(series, plan=plan))
    whom = _speaks(found.planned, edits)
    leaders = _leaders(found.planned, edits, actor.member)
    known = set(leaders)
    edited: list[Session] = []
    for one in found.planned:
        offers = _offered(work, one)
        plan = planned(one, edits)
        new = replace(one, plan=plan, revision=one.revision + 1, changed=now)
        work.office_hours.save_plan(new)
        work.office_hours.save_session(new)
        edited.append(settle_leaders(work, now, one, pass_on(work, new, now, before=one)))
        # Whoever is offered a seat by this reads in the offer how it stands.
        known |= _offered(work, new) - offers
    for one in edited:
        who = [member for member, session in leaders.items() if session.id == one.id]
        telling.cohosts(work, one, who, now)
    if whom is None:
        session = next(one for one in edited if one.id == found.first.id)
        return changed(work, now, actor, edited, session, len(leaders))
    kind = Kind.SERIES_CHANGED if found.series else Kind.CHANGED
    return told(
        *(work, now, actor, kind, edited, found.first),
        seated=whom is _Whom.SEATED,
        known=known,
    )


def planned(session: Session, edits: Edits) -> Plan:
    """What a session would be."""
    return beside_host(edits.on(session.plan), session.host, session.plan)


def _problem(work: Work, sessions: tuple[Session, ...], edits: Edits) -> Why | None:
    if all(planned(one, edits) == one.plan for one in sessions):
        return Why.NOTHING_NEW
    for one in sessions:
        capacity = edits.on(one.plan).capacity
        kept = sum(seat.state in KEPT for seat in work.office_hours.seats(one.id))
        if capacity is not None and capacity < kept:
            return Why.TOO_FEW
    return None


def _leaders(
    sessions: tuple[Session, ...], edits: Edits, but: MemberId
) -> Mapping[MemberId, Session]:
    return concerned(((one, planned(one, edits)) for one in sessions), but)


def _offered(work: Work, session: Session) -> set[MemberId]:
    seats = work.office_hours.seats(session.id)
    return {seat.member for seat in seats if seat.state is SeatState.OFFERED}


class _Whom(enum.Enum):
    """Who has something to hear."""

    ALL = enum.auto()
    SEATED = enum.auto()
    """Where it is, nobody without a seat has read, and so a new place is no news to them."""


def _speaks(sessions: tuple[Session, ...], edits: Edits) -> _Whom | None:
    """To whom a change is news."""
    both = [(one.plan, edits.on(one.plan)) for one in sessions]
    if any((a.title, a.topic, a.minutes) != (b.title, b.topic, b.minutes) for a, b in both):
        return _Whom.ALL
    elsewhere = any((a.where, a.voice) != (b.where, b.voice) for a, b in both)
    return _Whom.SEATED if elsewhere else None
