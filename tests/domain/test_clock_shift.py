"""A series on its host's wall, seen from clocks that change on other nights or never."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_shift import shift
from bot.domain.recurrence import Recurrence, Repeat, occurrences
from bot.domain.wall_clock import wall_at

HOUR = timedelta(hours=1)
LONDON = Recurrence(date(2027, 1, 7), time(18), "Europe/London", Repeat.WEEKLY)


def seen(rule: Recurrence, zone: str, first: date, weeks: int) -> list[tuple[str, str, timedelta]]:
    """Day, time on the wall over there, and the shift, for so many weeks."""
    there = ZoneInfo(zone)
    found = occurrences(rule, first, first + timedelta(weeks=weeks))
    return [
        (f"{one.local_day:%m-%d}", f"{wall_at(one.at, there):%H:%M}", shift(
            rule, one.local_day, one.at, there))
        for one in found
    ]  # fmt: skip


def test_london_thursdays_at_six_seen_from_new_york_in_march_2027():
    none = timedelta()
    assert seen(LONDON, "America/New_York", date(2027, 3, 11), 4) == [
        ("03-11", "13:00", none),
        ("03-18", "14:00", HOUR),
        ("03-25", "14:00", none),
        ("04-01", "13:00", -HOUR),
    ]
    assert all(
        by == none for _day, _wall, by in seen(LONDON, "Europe/London", date(2027, 1, 7), 52)
    )


def test_phoenix_never_changes_its_clocks_and_sees_london_move_twice_a_year():
    moves = [
        (day, wall, by)
        for day, wall, by in seen(LONDON, "America/Phoenix", date(2027, 1, 7), 52)
        if by
    ]
    assert moves == [("04-01", "10:00", -HOUR), ("11-04", "11:00", HOUR)]


def test_a_host_in_phoenix_is_what_others_see_moving():
    rule = Recurrence(date(2027, 1, 7), time(11), "America/Phoenix", Repeat.WEEKLY)
    moves = [
        (day, by) for day, _wall, by in seen(rule, "America/Denver", date(2027, 1, 7), 52) if by
    ]
    assert moves == [("03-18", HOUR), ("11-11", -HOUR)]
    assert not any(by for *_rest, by in seen(rule, "America/Phoenix", date(2027, 1, 7), 52))


def test_half_past_one_on_the_night_that_hour_is_missing_and_on_the_one_it_is_doubled():
    rule = Recurrence(date(2027, 3, 14), time(1, 30), "Europe/London", Repeat.WEEKLY)
    half = timedelta(minutes=30)
    assert seen(rule, "Europe/London", date(2027, 3, 21), 3) == [
        ("03-21", "01:30", timedelta()),
        ("03-28", "02:00", half),
        ("04-04", "01:30", -half),
    ]
    assert seen(rule, "Europe/London", date(2027, 10, 24), 3) == [
        ("10-24", "01:30", timedelta()),
        ("10-31", "01:30", timedelta()),
        ("11-07", "01:30", timedelta()),
    ]
    # Seen from Phoenix the doubled night is as ever, and the week after it is an hour later.
    assert [by for *_rest, by in seen(rule, "America/Phoenix", date(2027, 10, 31), 2)] == [
        timedelta(),
        HOUR,
    ]


def test_a_series_over_new_year_does_not_shift():
    rule = Recurrence(date(2027, 12, 17), time(18), "Europe/London", Repeat.TWO_WEEKLY)
    found = seen(rule, "America/New_York", date(2027, 12, 17), 6)
    assert [(day, by) for day, _wall, by in found] == [
        ("12-17", timedelta()),
        ("12-31", timedelta()),
        ("01-14", timedelta()),
    ]


def test_the_first_one_and_a_moved_one_shift_for_nobody():
    there = ZoneInfo("America/New_York")
    first, second = occurrences(LONDON, date(2027, 1, 7), date(2027, 1, 21))
    assert shift(LONDON, first.local_day, first.at, there) == timedelta()
    assert shift(LONDON, second.local_day, second.at + HOUR, there) == timedelta()


@given(
    st.dates(date(2025, 1, 1), date(2030, 1, 1)),
    st.times(),
    st.sampled_from(["Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe"]),
    st.sampled_from(["America/Phoenix", "Europe/Berlin", "Pacific/Auckland", "Asia/Kathmandu"]),
    st.sampled_from([Repeat.WEEKLY, Repeat.TWO_WEEKLY, Repeat.MONTHLY]),
)
def test_shifts_add_up_to_what_the_wall_shows(
    first: date, wall: time, home: str, there: str, repeat: Repeat
) -> None:
    """Whoever adds every notice to the first time stands before the right wall."""
    rule = Recurrence(first, wall.replace(second=0, microsecond=0), home, repeat)
    zone = ZoneInfo(there)
    found = occurrences(rule, first, first + timedelta(days=400))
    start = wall_at(found[0].at, zone)
    total = timedelta()
    for one in found:
        total += shift(rule, one.local_day, one.at, zone)
        shown = wall_at(one.at, zone)
        expected = datetime.combine(start.date(), start.time()) + total
        assert (shown - expected) % timedelta(days=1) == timedelta()


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo"])
def test_a_series_in_a_zone_that_never_changes_moves_only_elsewhere(zone: str) -> None:
    rule = Recurrence(date(2027, 1, 7), time(9), zone, Repeat.WEEKLY)
    assert not any(by for *_rest, by in seen(rule, zone, date(2027, 1, 7), 52))
