from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.recurrence import Occurrence, Recurrence, Repeat, Shift, occurrences
from bot.domain.wall_clock import wall_at

NEW_YORK = ZoneInfo("America/New_York")
FAR = date(2040, 1, 1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def in_zone(found: list[Occurrence], key: str) -> list[str]:
    return [f"{wall_at(one.at, ZoneInfo(key)):%m-%d %H:%M}" for one in found]


def test_london_host_on_thursdays_read_in_new_york_in_march_2027():
    rule = Recurrence(date(2027, 3, 11), time(18), "Europe/London", Repeat.WEEKLY)
    found = occurrences(rule, date(2027, 3, 11), date(2027, 4, 8))
    # New York changes on the 14th, London on the 28th: two weeks are an hour later over there.
    assert in_zone(found, "America/New_York") == [
        "03-11 13:00",
        "03-18 14:00",
        "03-25 14:00",
        "04-01 13:00",
    ]
    assert in_zone(found, "Europe/London") == [
        "03-11 18:00",
        "03-18 18:00",
        "03-25 18:00",
        "04-01 18:00",
    ]
    assert {one.shift for one in found} == {Shift.NORMAL}


@pytest.mark.parametrize(
    ("zone", "first_day", "wall", "night", "at"),
    [
        (
            "Europe/London",
            date(2027, 3, 21),
            time(1, 30),
            date(2027, 3, 28),
            utc("2027-03-28 01:00"),
        ),
        (
            "America/New_York",
            date(2027, 3, 7),
            time(2, 30),
            date(2027, 3, 14),
            utc("2027-03-14 07:00"),
        ),
    ],
)
def test_the_missing_night_is_held_when_clocks_resume_and_says_so(
    zone: str, first_day: date, wall: time, night: date, at: datetime
):
    rule = Recurrence(first_day, wall, zone, Repeat.WEEKLY)
    week_before, missing, week_after = occurrences(rule, first_day, night + timedelta(8))
    assert missing == Occurrence(night, at, Shift.MOVED_FORWARD)
    assert week_before.shift is week_after.shift is Shift.NORMAL
    assert wall_at(week_after.at, ZoneInfo(zone)).time() == wall


def test_half_past_one_exists_in_new_york_on_the_night_london_skips_it():
    rule = Recurrence(date(2027, 3, 28), time(1, 30), "America/New_York")
    (only,) = occurrences(rule, date(2027, 3, 1), FAR)
    assert only == Occurrence(date(2027, 3, 28), utc("2027-03-28 05:30"), Shift.NORMAL)


@pytest.mark.parametrize(
    ("zone", "night", "at"),
    [
        ("Europe/London", date(2027, 10, 31), utc("2027-10-31 00:30")),
        ("America/New_York", date(2027, 11, 7), utc("2027-11-07 05:30")),
    ],
)
def test_the_doubled_night_is_held_once_at_the_first_of_the_two(
    zone: str, night: date, at: datetime
):
    rule = Recurrence(night - timedelta(7), time(1, 30), zone, Repeat.WEEKLY)
    found = occurrences(rule, night, night + timedelta(1))
    assert found == [Occurrence(night, at, Shift.DOUBLED)]


def test_phoenix_keeps_its_instant_all_year_and_moves_for_new_york():
    rule = Recurrence(date(2027, 1, 7), time(18), "America/Phoenix", Repeat.WEEKLY)
    year = occurrences(rule, date(2027, 1, 1), date(2028, 1, 1))
    assert len(year) == 52
    assert {one.at.time() for one in year} == {time(1)}
    assert {wall_at(one.at, NEW_YORK).time() for one in year} == {time(20), time(21)}
    assert {one.shift for one in year} == {Shift.NORMAL}


def test_a_series_over_new_year():
    rule = Recurrence(date(2026, 12, 17), time(18), "Europe/London", Repeat.WEEKLY)
    found = occurrences(rule, date(2026, 12, 20), date(2027, 1, 10))
    assert [one.local_day for one in found] == [
        date(2026, 12, 24),
        date(2026, 12, 31),
        date(2027, 1, 7),
    ]


def test_southern_hemisphere_springs_forward_in_october():
    rule = Recurrence(date(2027, 9, 26), time(2, 30), "Australia/Sydney", Repeat.WEEKLY)
    found = occurrences(rule, date(2027, 9, 26), date(2027, 10, 11))
    assert [one.shift for one in found] == [Shift.NORMAL, Shift.MOVED_FORWARD, Shift.NORMAL]
    assert in_zone(found, "Australia/Sydney") == ["09-26 02:30", "10-03 03:00", "10-10 02:30"]


def test_the_hosts_day_counts_even_when_utc_is_a_day_ahead():
    rule = Recurrence(date(2027, 3, 11), time(20), "America/Los_Angeles")
    (only,) = occurrences(rule, date(2027, 3, 11), date(2027, 3, 12))
    assert only.local_day == date(2027, 3, 11)
    assert only.at == utc("2027-03-12 04:00")


def test_monthly_keeps_the_second_thursday():
    rule = Recurrence(date(2027, 1, 14), time(18), "Europe/London", Repeat.MONTHLY)
    found = occurrences(rule, date(2027, 1, 1), date(2027, 6, 1))
    assert [one.local_day.isoformat() for one in found] == [
        "2027-01-14",
        "2027-02-11",
        "2027-03-11",
        "2027-04-08",
        "2027-05-13",
    ]


def test_a_fifth_weekday_means_the_last_of_each_month():
    rule = Recurrence(date(2027, 4, 29), time(18), "Europe/London", Repeat.MONTHLY)
    found = occurrences(rule, date(2027, 4, 1), date(2027, 9, 1))
    assert [one.local_day.isoformat() for one in found] == [
        "2027-04-29",
        "2027-05-27",
        "2027-06-24",
        "2027-07-29",
        "2027-08-26",
    ]


def test_the_last_day_is_included_and_the_window_is_half_open():
    rule = Recurrence(
        date(2027, 3, 4), time(18), "Europe/London", Repeat.WEEKLY, until=date(2027, 3, 18)
    )
    days = [one.local_day.day for one in occurrences(rule, date(2027, 1, 1), FAR)]
    assert days == [4, 11, 18]
    assert [o.local_day.day for o in occurrences(rule, date(2027, 3, 4), date(2027, 3, 18))] == [
        4,
        11,
    ]
    assert occurrences(rule, date(2027, 3, 18), date(2027, 3, 18)) == []
    assert occurrences(rule, date(2027, 3, 18), date(2027, 3, 4)) == []


def test_without_repeat_there_is_one_occurrence():
    rule = Recurrence(date(2027, 3, 11), time(18), "Europe/London", until=date(2027, 1, 1))
    assert len(occurrences(rule, date(2020, 1, 1), FAR)) == 1
    assert occurrences(rule, date(2027, 3, 12), FAR) == []


def test_a_wall_time_with_a_zone_of_its_own_is_refused():
    with pytest.raises(ValueError, match="naive"):
        Recurrence(date(2027, 3, 11), time(18, tzinfo=UTC), "Europe/London")


DAYS = st.dates(date(2025, 1, 1), date(2032, 12, 31))
RULES = st.builds(
    Recurrence,
    first_day=DAYS,
    wall=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    zone=st.sampled_from(
        [
            "Europe/London",
            "America/New_York",
            "America/Phoenix",
            "Australia/Sydney",
            "Australia/Lord_Howe",
            "America/Santiago",
            "Africa/Cairo",
            "Asia/Kolkata",
        ]
    ),
    repeat=st.sampled_from(Repeat),
    until=st.none() | DAYS,
)


@given(RULES, DAYS, st.integers(0, 500))
def test_every_occurrence_shows_the_rules_wall_time_unless_shifted(
    rule: Recurrence, after: date, length: int
):
    found = occurrences(rule, after, after + timedelta(length))
    zone = ZoneInfo(rule.zone)
    for one in found:
        shown = wall_at(one.at, zone)
        planned = datetime.combine(one.local_day, rule.wall)
        if one.shift is Shift.MOVED_FORWARD:
            assert planned < shown <= planned + timedelta(hours=1)
        else:
            assert shown == planned
        assert after <= one.local_day < after + timedelta(length)
        assert one.local_day >= rule.first_day
        assert rule.repeat is Repeat.NONE or rule.until is None or one.local_day <= rule.until
    instants = [one.at for one in found]
    assert instants == sorted(set(instants))
    assert len({one.local_day for one in found}) == len(found)


@given(RULES, DAYS, st.integers(0, 200), st.integers(0, 200))
def test_the_window_never_changes_what_is_in_it(rule: Recurrence, after: date, one: int, two: int):
    middle, end = after + timedelta(one), after + timedelta(one + two)
    assert occurrences(rule, after, middle) + occurrences(rule, middle, end) == occurrences(
        rule, after, end
    )


@given(RULES.filter(lambda r: r.repeat is Repeat.TWO_WEEKLY), DAYS)
def test_two_weekly_keeps_its_phase_across_years_whatever_is_asked(rule: Recurrence, after: date):
    for one in occurrences(rule, after, after + timedelta(900)):
        assert (one.local_day - rule.first_day).days % 14 == 0
