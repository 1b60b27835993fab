"""Counts by week: each in its week, each person once, small ones known as hidden."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.delivery import Attempt, NewDelivery, Outcome
from bot.domain.pulse import FEW, Answered, Trend, is_hidden, typical
from bot.services import pulse
from bot.services.ports import Work
from tests.services.school import School
from tests.services.village import Village


def test_answers_seekers_and_what_was_left_by_week(village: Village) -> None:
    school = School(village.store)
    for mentor in ("Mara", "Noor"):
        school.offers(mentor)
    first = school.sent("Ana", "Mara")
    school.sent("Ana", "Noor")
    second = school.sent("Ben", "Mara")
    school.clock.move(timedelta(days=2))
    school.accepts(first)
    school.clock.move(timedelta(days=6))
    school.declines(second)

    def lose(work: Work) -> None:
        row = NewDelivery("x", school.community, "x", "x", school.now, school.members["Ana"])
        work.deliveries.schedule([row])
        for one in work.deliveries.claim("t", school.now, timedelta(minutes=1), 90):
            if one.kind == "x":
                lost = Attempt(one.id, Outcome.UNDELIVERABLE)
                work.deliveries.record("t", [lost], school.now)

    school.do(lose)
    found = school.see(pulse.look, school.now, school.community)
    weeks = {
        trend: {week.first: (week.one, week.other) for week in found.trends[trend]}
        for trend in Trend
    }
    then, now = date(2027, 3, 1), date(2027, 3, 8)
    # Two requests by Ana count once; she has a mentor, Ben has none.
    assert weeks[Trend.MATCHES][then] == (2, 1)
    assert weeks[Trend.ANSWERS][then] == (1, 0)
    assert weeks[Trend.ANSWERS][now] == (0, 1)
    assert weeks[Trend.LEFT][now] == (0, 1)
    lengths = {trend: len(each) for trend, each in weeks.items()}
    assert lengths.pop(Trend.SEATS) == 9, "what is free next week can still be filled"
    assert set(lengths.values()) == {8}
    assert is_hidden(1)
    assert not is_hidden(0)


def test_answer_times_are_ranges_and_no_counts_to_subtract() -> None:
    """Counts by range would add up to those by week, and tell the small ones among them."""
    answers = {Answered.A_DAY: 11, Answered.THREE_DAYS: 3, Answered.LONGER: 6}
    assert typical(answers, 1 / 2, FEW) is Answered.A_DAY
    assert typical(answers, 3 / 4, 4 * FEW) is Answered.LONGER
    assert typical({Answered.A_DAY: 4}, 1 / 2, FEW) is None
    assert typical({Answered.A_WEEK: 5}, 1 / 2, FEW) is Answered.A_WEEK
    assert typical({}, 1 / 2, FEW) is None
