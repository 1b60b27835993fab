from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.wall_clock import Doubled, Gap, Once, resolve_wall, wall_at

LONDON = ZoneInfo("Europe/London")
NEW_YORK = ZoneInfo("America/New_York")
ZONES = st.sampled_from(
    [
        "Europe/London",
        "America/New_York",
        "America/Phoenix",
        "Australia/Lord_Howe",
        "Australia/Sydney",
        "Asia/Kathmandu",
        "America/St_Johns",
        "Pacific/Chatham",
        "Africa/Casablanca",
        "UTC",
    ]
).map(ZoneInfo)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


WALLS = st.datetimes(wall("2024-01-01 00:00"), wall("2036-12-31 00:00"))


def test_an_ordinary_evening_happens_once():
    assert resolve_wall(wall("2027-03-11 18:00"), NEW_YORK) == Once(utc("2027-03-11 23:00"))


@pytest.mark.parametrize(
    ("zone", "missing", "resumes"),
    [
        (LONDON, wall("2027-03-28 01:30"), utc("2027-03-28 01:00")),
        (LONDON, wall("2027-03-28 01:00"), utc("2027-03-28 01:00")),
        (NEW_YORK, wall("2027-03-14 02:30"), utc("2027-03-14 07:00")),
        (NEW_YORK, wall("2027-03-14 02:59:59"), utc("2027-03-14 07:00")),
        (NEW_YORK, wall("2027-03-14 02:59:59.999999"), utc("2027-03-14 07:00")),
        (NEW_YORK, wall("2027-03-14 02:00:00.000001"), utc("2027-03-14 07:00")),
    ],
)
def test_the_missing_hour_says_when_clocks_resume(
    zone: ZoneInfo, missing: datetime, resumes: datetime
):
    assert resolve_wall(missing, zone) == Gap(resumes, timedelta(hours=1))


def test_the_missing_half_hour_of_lord_howe():
    zone = ZoneInfo("Australia/Lord_Howe")
    missing = resolve_wall(wall("2027-10-03 02:15"), zone)
    assert missing == Gap(utc("2027-10-02 15:30"), timedelta(minutes=30))


def test_the_whole_day_that_samoa_skipped():
    missing = resolve_wall(wall("2011-12-30 12:00"), ZoneInfo("Pacific/Apia"))
    assert missing == Gap(utc("2011-12-30 10:00"), timedelta(hours=24))


def test_the_edges_of_the_missing_hour_exist():
    assert resolve_wall(wall("2027-03-28 00:59"), LONDON) == Once(utc("2027-03-28 00:59"))
    assert resolve_wall(wall("2027-03-28 02:00"), LONDON) == Once(utc("2027-03-28 01:00"))


@pytest.mark.parametrize(
    ("zone", "doubled", "first"),
    [
        (LONDON, wall("2027-10-31 01:30"), utc("2027-10-31 00:30")),
        (NEW_YORK, wall("2027-11-07 01:30"), utc("2027-11-07 05:30")),
    ],
)
def test_the_doubled_hour_has_both_readings(zone: ZoneInfo, doubled: datetime, first: datetime):
    assert resolve_wall(doubled, zone) == Doubled(first, first + timedelta(hours=1))


def test_a_fold_on_the_wall_time_changes_nothing():
    doubled = wall("2027-11-07 01:30")
    assert resolve_wall(doubled.replace(fold=1), NEW_YORK) == resolve_wall(doubled, NEW_YORK)


def test_zones_are_not_mixed_up_silently():
    with pytest.raises(ValueError, match="naive"):
        resolve_wall(utc("2027-03-11 18:00"), LONDON)
    with pytest.raises(ValueError, match="offset"):
        wall_at(wall("2027-03-11 18:00"), LONDON)


@given(WALLS, ZONES)
def test_every_answer_shows_the_wall_time_or_the_end_of_a_gap(shown: datetime, zone: ZoneInfo):
    match resolve_wall(shown, zone):
        case Once(at):
            assert wall_at(at, zone) == shown
        case Doubled(first, second):
            assert first < second
            assert wall_at(first, zone) == wall_at(second, zone) == shown
        case Gap(resumes, length):
            before = wall_at(resumes - timedelta(seconds=1), zone)
            assert before < shown <= wall_at(resumes, zone)
            assert wall_at(resumes, zone) - before == length + timedelta(seconds=1)


@given(WALLS, ZONES)
def test_every_instant_is_among_the_readings_of_its_wall_time(moment: datetime, zone: ZoneInfo):
    at = moment.replace(tzinfo=UTC)
    match resolve_wall(wall_at(at, zone), zone):
        case Once(only):
            assert only == at
        case Doubled(first, second):
            assert at in (first, second)
        case Gap():
            pytest.fail("a clock never shows a time that does not exist")
