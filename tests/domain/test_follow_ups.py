"""Rules of follow-ups that need no store: policies, hours, budget."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import allows, next_chance
from bot.domain.follow_ups import Step, plan, room_needed
from bot.domain.hours import Hours, Span, holidays_of, is_region
from bot.domain.people import CommunityId
from bot.domain.policies import APART, POLICIES, Matter, policy_of
from bot.domain.seasons import Season, SeasonId, SeasonKind, patience_on

LONDON = ZoneInfo("Europe/London")
HOURS = Hours(LONDON)
MONDAY = datetime(2027, 3, 1, 12, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(2027, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize("matter", Matter)
def test_no_policy_says_more_than_two_reminders_or_too_soon(matter: Matter) -> None:
    policy = POLICIES[matter]
    assert policy.last_word is None or policy.last_word < policy.close
    if not policy.own_clock and policy.reminder is not None and policy.last_word is not None:
        assert policy.last_word - policy.reminder >= APART


@given(st.sampled_from(Matter), st.integers(-5, 99))
def test_patience_is_kept_between_one_and_four(matter: Matter, factor: int) -> None:
    usual, patient = POLICIES[matter], policy_of(matter, factor)
    assert usual.close <= patient.close <= 4 * usual.close


def test_a_hard_date_is_reminded_of_earlier_in_a_season() -> None:
    assert policy_of(Matter.DATED_REQUEST, 3, early=True).reminder == timedelta(days=1)
    assert policy_of(Matter.REQUEST, 3, early=True).reminder == timedelta(days=15)


def test_a_step_promised_for_tomorrow_has_no_reminder_in_the_past() -> None:
    made = plan(POLICIES[Matter.NEXT_STEP], MONDAY, MONDAY + timedelta(hours=5))
    assert made.remind is None
    assert made.last == MONDAY + timedelta(hours=5)


@given(MOMENTS)
def test_the_next_window_is_in_hours_and_not_before(at: datetime) -> None:
    found = HOURS.next_awake(at)
    assert found >= at
    assert HOURS.awake(found)
    morning = HOURS.next_morning(at)
    assert morning > at
    assert morning.astimezone(LONDON).time() == time(8)


@given(MOMENTS, st.integers(0, 30))
def test_nothing_on_days_away(at: datetime, days: int) -> None:
    first = at.astimezone(LONDON).date()
    away = Hours(LONDON, off=(Span(first, first + timedelta(days=days)),))
    assert away.next_awake(at).astimezone(LONDON).date() > first + timedelta(days=days)


def test_hours_follow_the_clock_change() -> None:
    before = HOURS.next_morning(datetime(2027, 3, 25, 12, tzinfo=UTC))
    after = HOURS.next_morning(datetime(2027, 3, 28, 12, tzinfo=UTC))
    assert (before.hour, after.hour) == (8, 7)


def test_hours_past_midnight_belong_to_the_day_they_began_on() -> None:
    late = Hours(LONDON, time(20), time(4))
    assert late.awake(datetime(2027, 3, 6, 3, tzinfo=UTC))  # Friday's night
    assert not late.awake(datetime(2027, 3, 8, 3, tzinfo=UTC))  # Sunday's


def test_holidays_and_a_pause() -> None:
    christmas = datetime(2028, 12, 25, 12, tzinfo=UTC)
    assert HOURS.awake(christmas)
    assert not Hours(LONDON, region="GB").awake(christmas)
    assert date(2027, 7, 5) in holidays_of("US-MA", 2027)
    assert is_region("DE-BE")
    assert not is_region("XX")
    paused = Hours(LONDON, paused_until=MONDAY + timedelta(days=3))
    assert paused.next_awake(MONDAY) == MONDAY + timedelta(days=3)


@given(st.lists(st.integers(0, 60 * 24 * 20), max_size=40))
def test_the_budget_holds_for_any_wishes(minutes: list[int]) -> None:
    sent: list[datetime] = []
    for minute in sorted(minutes):
        at = MONDAY + timedelta(minutes=minute)
        if HOURS.awake(at) and allows(HOURS, at, sent):
            sent.append(at)
    days = [HOURS.day_of(at) for at in sent]
    assert len(set(days)) == len(days)
    for day in days:
        assert sum(day - timedelta(days=6) <= other <= day for other in days) <= 3


def test_the_next_chance_is_a_morning_that_is_free() -> None:
    sent = [MONDAY - timedelta(days=3), MONDAY - timedelta(days=4), MONDAY]
    chance = next_chance(HOURS, MONDAY, sent)
    assert allows(HOURS, chance, sent)
    assert chance == datetime(2027, 3, 4, 8, tzinfo=UTC)


def test_there_is_room_after_every_step() -> None:
    request = POLICIES[Matter.REQUEST]
    assert request.notice == timedelta(days=2)
    assert room_needed(request, Step.REMIND) == timedelta(days=6)


def test_seasons() -> None:
    season = Season(
        SeasonId(1),
        CommunityId(1),
        None,
        SeasonKind.BOARDS,
        date(2027, 3, 1),
        date(2027, 3, 9),
        3,
        True,
    )
    assert patience_on(date(2027, 3, 9), [season], 2) == (3, True)
    assert patience_on(date(2027, 3, 10), [season], 2) == (2, False)
    with pytest.raises(ValueError, match="between"):
        Season(
            SeasonId(1),
            CommunityId(1),
            None,
            SeasonKind.BOARDS,
            date(2027, 3, 1),
            date(2027, 3, 9),
            5,
        )
