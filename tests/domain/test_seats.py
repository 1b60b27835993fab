"""The line, offers and free seats as pure rules: for any crowd, at any time."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office_hours import KEPT, Mode, Plan, Seat, SeatState, Session, SessionId
from bot.domain.people import CommunityId, MemberId
from bot.domain.seats import (
    ANSWER,
    LAST_HOURS,
    ROOM,
    Settled,
    first_come,
    line,
    offer,
    overlap,
    position,
    settle,
    week_of,
)

STARTS = datetime(2027, 3, 11, 18, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
LIVE = (SeatState.HELD, SeatState.OFFERED, SeatState.WAITING)


def session(seats: int, starts: datetime = STARTS, minutes: int = 45, id: int = 1) -> Session:
    plan = Plan("A talk", "career", minutes, Mode.SEATS, seats, "Room 1")
    one = MemberId(1)
    return Session(SessionId(id), "aaaa", CommunityId(1), one, plan, starts, "UTC", "u", starts)


@st.composite
def crowds(draw: st.DrawFn) -> tuple[Session, tuple[Seat, ...], frozenset[MemberId], datetime]:
    """A session that is not overbooked, its people, who missed out last time, and the present."""
    capacity = draw(st.integers(1, 5))
    now = STARTS - draw(st.integers(0, 200)) * timedelta(minutes=30)
    chosen = draw(st.lists(st.sampled_from(LIVE), max_size=9))
    seats: list[Seat] = []
    kept = 0
    for number, state in enumerate(chosen):
        if state in KEPT:
            if kept == capacity:
                state = SeatState.WAITING
            kept += state in KEPT
        until = None
        if state is SeatState.OFFERED:
            until = min(now + draw(st.integers(-5, 12)) * HOUR, STARTS - LAST_HOURS)
        turn = draw(st.integers(1, 50)) * 10 + number
        seats.append(Seat(SessionId(1), MemberId(10 + number), state, turn, "", now, until))
    missed = draw(st.frozensets(st.sampled_from([MemberId(10 + n) for n in range(9)])))
    return replace(session(capacity), taken=kept), tuple(seats), missed, now


def after(seats: tuple[Seat, ...], settled: Settled) -> tuple[Seat, ...]:
    changed = {seat.member: seat for seat in settled.changed}
    found = (changed.get(seat.member, seat) for seat in seats)
    return tuple(seat for seat in found if seat.state in LIVE)


@given(crowds(), st.integers(0, 20))
def test_whoever_is_there_the_rules_hold(
    crowd: tuple[Session, tuple[Seat, ...], frozenset[MemberId], datetime], sleep: int
) -> None:
    here, seats, missed, now = crowd

    def awake(_member: MemberId) -> datetime:
        return now + sleep * HOUR

    settled = settle(here, seats, missed, now, awake)
    then = after(seats, settled)
    kept = sum(seat.state in KEPT for seat in then)
    assert settled.taken == kept <= (here.plan.capacity or 0)
    for seat in then:
        if seat.state is SeatState.OFFERED:
            assert seat.until is not None
            assert now < seat.until <= STARTS - LAST_HOURS
    waits = any(seat.state is SeatState.WAITING for seat in then)
    if waits and not first_come(STARTS, now):
        assert kept == here.plan.capacity
    # In order: nobody who still waits stood before somebody who was offered a seat now.
    order = [seat.member for seat in line(seats, missed)]
    offered = [order.index(member) for member in settled.offers]
    assert offered == list(range(len(offered)))
    # Asked again at once, nothing more happens and nobody hears anything a second time.
    again = settle(replace(here, taken=settled.taken), then, missed, now, awake)
    assert (again.changed, again.tell) == ((), ())
    assert {seat.member for seat in settled.lapsed} == {
        seat.member
        for seat in seats
        if seat.state is SeatState.OFFERED and seat.until is not None and seat.until <= now
    }


@given(st.integers(0, 400), st.integers(0, 72))
def test_an_offer_leaves_time_and_ends_before_the_last_hours(before: int, sleep: int) -> None:
    now = STARTS - before * timedelta(minutes=30)
    made = offer(STARTS, now, now + sleep * HOUR)
    assert (made is None) == first_come(STARTS, now)
    if made is not None:
        assert now <= made.told < made.until <= STARTS - LAST_HOURS
        assert made.until - made.told <= ANSWER
        assert made.told == now or made.until - made.told >= min(ANSWER, ROOM)


def test_position_counts_from_one_and_who_missed_out_comes_first() -> None:
    seats = tuple(
        Seat(SessionId(1), MemberId(number), SeatState.WAITING, number, "", STARTS)
        for number in (1, 2, 3)
    )
    assert [position(seats, frozenset(), MemberId(n)) for n in (1, 2, 3, 4)] == [1, 2, 3, None]
    assert position(seats, frozenset({MemberId(3)}), MemberId(3)) == 1
    assert position(seats, frozenset({MemberId(3)}), MemberId(1)) == 2


def test_touching_is_no_overlap() -> None:
    first = session(1)
    assert overlap(first, session(1, STARTS + timedelta(minutes=44), id=2))
    assert not overlap(first, session(1, STARTS + timedelta(minutes=45), id=2))
    assert not overlap(first, first)


def test_a_week_is_the_one_where_somebody_lives() -> None:
    from zoneinfo import ZoneInfo

    sunday_night = datetime(2027, 3, 14, 23, 30, tzinfo=UTC)
    assert week_of(sunday_night, ZoneInfo("UTC")) == (2027, 10)
    assert week_of(sunday_night, ZoneInfo("Europe/Berlin")) == (2027, 11)
    silvester = datetime(2027, 12, 31, 12, 0, tzinfo=UTC)
    assert week_of(silvester, ZoneInfo("UTC")) == week_of(
        silvester + timedelta(days=2), ZoneInfo("UTC")
    )
