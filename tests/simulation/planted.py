"""Bugs that the simulation must find: each is put in, and a few seeds have to notice it."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain import budget
from bot.domain.delivery import Attempt, DeliveryId, Outcome
from bot.domain.follow_ups import Ending, FollowUp
from bot.domain.hours import Hours
from bot.domain.office_hours import Seat, SeatState, Session
from bot.domain.people import MemberId
from bot.services.follow_ups import engine, leaving, sending, telling
from bot.services.office_hours.results import Actor
from bot.services.ports import Work
from storage.repositories.deliveries import DeliveriesTable
from tests.simulation import acts

_BEGIN = DeliveriesTable.begin


@dataclass(frozen=True)
class Planted:
    """A bug: `within` seeds at most until it is found, from seed 0 on."""

    what: str
    within: int
    _put_in: Callable[[contextlib.ExitStack], None]

    @contextmanager
    def plant(self) -> Iterator[None]:
        with contextlib.ExitStack() as stack:
            self._put_in(stack)
            yield


def _swap(holder: Any, name: str, value: Any) -> Callable[[contextlib.ExitStack], None]:
    def put_in(stack: contextlib.ExitStack) -> None:
        stack.callback(setattr, holder, name, getattr(holder, name))
        setattr(holder, name, value)

    return put_in


def _sent_before_sending(self: DeliveriesTable, token: str, ids: Sequence[int]) -> frozenset[int]:
    """Rows are marked as sent first and sent then: a crash in between loses them."""
    begun = _BEGIN(self, token, ids)
    self.record(token, [Attempt(DeliveryId(id), Outcome.SENT) for id in begun], acts.START)
    return begun


def _join_after_looking(work: Work, now: datetime, actor: Actor, session: Session) -> None:
    """Free seats are counted in one transaction, and a seat is taken in another."""
    if session.full or session.led_by(actor.member) or now >= session.starts:
        return
    mine = work.office_hours.seat(session.id, actor.member)
    if mine is None or mine.state is SeatState.LEFT:
        turn = work.office_hours.line_up(session.id)[0]
        work.office_hours.put_seat(Seat(session.id, actor.member, SeatState.HELD, turn, "", now))


def _naive(self: Hours, at: datetime) -> bool:
    """Hours are read on the wall of UTC."""
    return at.weekday() < 5 and self.opens <= at.time() < self.closes


def _says_anything(
    work: Work, kind: str, ref: int, member: MemberId
) -> tuple[FollowUp, Any] | None:
    """No look at the matter before something is said about it."""
    found = work.follow_ups.get(ref)  # pyright: ignore[reportArgumentType]
    return None if found is None else (found, telling.KIND_STEP[telling.Kind(kind)])


def _hasty(work: Work, now: datetime, follow_up: FollowUp, step: Any, due: datetime) -> FollowUp:
    """The deadline stays where it is, however late the last word comes."""
    return follow_up


def _forgets_digest(work: Work, now: datetime, items: Any, morning: datetime) -> None:
    """What may not go out now is dropped."""


def _no_stop(work: Work, now: datetime, closers: Any, limit: int = 50) -> int:
    """Closes at the deadline, whether or not anything was said."""
    due = work.follow_ups.due(now, limit)
    for one in due:
        ended = engine.end(work, now, one, Ending.CLOSED)
        if (closer := closers.get(one.matter)) is not None:
            closer(work, now, ended)
    return len(due)


PLANTED = {
    "row marked before sending": Planted(
        "a row counts as sent before it was",
        6,
        _swap(DeliveriesTable, "begin", _sent_before_sending),
    ),
    "capacity outside the transaction": Planted(
        "free seats are looked up first", 10, _swap(acts, "join_seat", _join_after_looking)
    ),
    "no budget": Planted(
        "everything may be sent at any time of the day",
        2,
        _swap(budget, "allows", lambda hours, now, sent: True),
    ),
    "naive local time": Planted("hours are those of UTC", 2, _swap(Hours, "awake", _naive)),
    "no deadline moves": Planted("the close comes first", 6, _swap(engine, "keep_room", _hasty)),
    "closes in silence": Planted("nobody hears the end", 3, _swap(telling, "closed", lambda *_: 0)),
    "closed matters are spoken of": Planted(
        "nothing is cancelled or looked at again",
        4,
        lambda stack: (
            _swap(engine, "hush", lambda *_: None)(stack),
            _swap(sending, "live", _says_anything)(stack),
        )[0],
    ),
    "undeliverable is silence": Planted(
        "a closed way counts as having been told",
        4,
        _swap(
            sending,
            "_stop",
            lambda work, now, kind, ref, member: sending._said(work, now, kind, ref, member),
        ),
    ),
    "what waits is dropped": Planted(
        "no digest is written", 4, _swap(sending, "_leave", _forgets_digest)
    ),
    "leaving leaves things open": Planted(
        "nothing ends when somebody leaves", 10, _swap(leaving, "gone", lambda *_: None)
    ),
    "closes unheard": Planted(
        "closes although nothing was said", 8, _swap(engine, "advance", _no_stop)
    ),
}
