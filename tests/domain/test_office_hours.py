"""Rules of office hours that need no store."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.office_hours import (
    HORIZON,
    Ahead,
    Bar,
    ForWhom,
    Mode,
    Plan,
    Session,
    SessionId,
    SessionState,
    admitted,
    barred,
    due_slots,
    may_manage,
    moved_slots,
    reminders,
)
from bot.domain.people import CommunityId, MemberId, Role
from bot.domain.recurrence import Recurrence, Repeat, occurrences

START = datetime(2027, 3, 11, 18, tzinfo=UTC)
HOST, COHOST, OTHER = MemberId(1), MemberId(2), MemberId(3)


def session(
    mode: Mode = Mode.SEATS,
    closes: int = 0,
    state: SessionState = SessionState.PLANNED,
    capacity: int | None = 2,
    taken: int = 0,
) -> Session:
    plan = Plan("T", "t", 45, mode, capacity, "here", ForWhom.EVERYONE, closes, (COHOST,))
    return Session(
        SessionId(1),
        "bcdf",
        CommunityId(1),
        HOST,
        plan,
        START,
        "Europe/London",
        "u",
        START,
        taken=taken,
        state=state,
    )


@pytest.mark.parametrize(
    ("what", "minutes", "bar"),
    [
        (session(), -1, None),
        (session(), 0, Bar.CLOSED),
        (session(), 45, Bar.OVER),
        (session(closes=2), -121, None),
        (session(closes=2), -120, Bar.CLOSED),
        (session(Mode.DROP_IN, capacity=None), 44, None),
        (session(Mode.DROP_IN, capacity=None), 45, Bar.OVER),
        (session(Mode.DROP_IN, closes=1, capacity=None), -60, Bar.CLOSED),
        (session(state=SessionState.CALLED_OFF), -99, Bar.CALLED_OFF),
    ],
)
def test_until_when_a_session_can_be_joined(what: Session, minutes: int, bar: Bar | None):
    assert barred(what, START + timedelta(minutes=minutes)) is bar


def test_free_seats():
    assert session(taken=1).free == 1
    assert session(taken=2).full
    assert session(capacity=None).free is None
    assert not session(capacity=None, taken=99).full


def test_who_may_manage():
    member = frozenset({Role.MEMBER})
    assert may_manage(session(), HOST, member)
    assert may_manage(session(), COHOST, member)
    assert not may_manage(session(), OTHER, member | {Role.HOST})
    assert may_manage(session(), OTHER, frozenset({Role.MODERATOR}))


def test_whom_a_session_is_for():
    everybody = {ForWhom.EVERYONE, ForWhom.STUDENTS, ForWhom.RESIDENTS_UP}
    assert admitted(frozenset({Role.GUEST})) == everybody
    assert admitted(frozenset({Role.HOST, Role.MODERATOR})) == everybody | {
        ForWhom.HOSTS,
        ForWhom.MODERATORS,
    }


def test_reminders_that_lie_ahead():
    day, hour = timedelta(hours=24), timedelta(hours=1)
    assert reminders(START, START - 2 * day) == (
        (Ahead.DAY, START - day),
        (Ahead.HOUR, START - hour),
    )
    assert reminders(START, START - day) == ((Ahead.HOUR, START - hour),)
    assert reminders(START, START - hour) == ()


REPEATS = st.sampled_from([Repeat.WEEKLY, Repeat.TWO_WEEKLY, Repeat.MONTHLY])
DAYS = st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(REPEATS, DAYS, DAYS, st.integers(0, 6))
def test_each_slot_of_a_moved_series_has_one_of_its_own(
    repeat: Repeat, first: date, to: date, skip: int
):
    old = Recurrence(first, time(18), "Europe/London", repeat)
    new = Recurrence(to, time(9), "Europe/London", repeat)
    made = [one.local_day for one in occurrences(old, first, first + timedelta(days=200))]
    kept = made[:1] + made[1 + skip :]
    goals = moved_slots(old, new, kept)
    assert list(goals) == kept
    days = [goal.local_day for goal in goals.values()]
    assert days == sorted(set(days))
    assert goals[kept[0]] == occurrences(new, new.first_day, to + timedelta(days=70))[0]


@given(REPEATS, DAYS, st.lists(st.integers(0, 30), max_size=12))
def test_extending_in_any_steps_makes_each_slot_once(repeat: Repeat, first: date, steps: list[int]):
    rule = Recurrence(first, time(18), "Europe/London", repeat)
    until, slots = due_slots(rule, first, first)
    today = first
    for step in steps:
        today += timedelta(days=step)
        until, more = due_slots(rule, until, today)
        slots += more
    assert until == max(today, first) + HORIZON
    assert slots == occurrences(rule, first, until)
