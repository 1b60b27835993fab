"""A series that was moved, cut or called off in part can be changed again, and what is over or was
missed is not forgotten by that."""

from datetime import timedelta

from bot.domain.office_hours import Scope
from bot.domain.recurrence import Repeat
from bot.services.office_hours import hosting
from bot.services.office_hours.results import Changed, Why
from tests.services.test_hours_seats import why
from tests.services.village import Village, clock_of


def test_what_comes_before_a_part_that_was_called_off_can_be_moved(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    _first, second, third, fourth = village.series(session)[:4]
    assert isinstance(village.call_off(fourth, scope=Scope.LATER), Changed)
    moved = village.move(second, "2027-03-19 09:00", Scope.LATER)
    assert isinstance(moved, Changed)
    assert moved.sessions == 2
    assert clock_of(village.session(third)) == "03-26 09:00"
    village.clock.move(timedelta(weeks=12))
    assert village.do(hosting.extend, village.now) == 0


def test_a_series_is_moved_again_and_again(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    second, third = village.series(session)[1:3]
    assert isinstance(village.move(second, "2027-03-19 09:00", Scope.LATER), Changed)
    assert isinstance(village.move(third, "2027-03-27 10:00", Scope.LATER), Changed)
    assert isinstance(village.move(third, "2027-03-25 18:00", Scope.LATER), Changed)
    assert isinstance(village.move(second, "2027-03-18 18:00", Scope.LATER), Changed)
    assert [clock_of(village.session(one)) for one in (session, second, third)] == [
        "03-11 18:00",
        "03-18 18:00",
        "03-25 18:00",
    ]


def test_what_is_over_is_not_dragged_along(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    first, second, third = village.series(session)[:3]
    village.join("Ana", second)
    village.move(first, "2027-03-24 18:00")
    village.clock.set(second.ends + timedelta(hours=1))
    village.due()
    before = village.session(second)
    moved = village.move(first, "2027-03-26 10:00", Scope.LATER)
    assert isinstance(moved, Changed)
    assert village.session(second) == before
    assert village.card(second, "Ana").holds
    assert [clock_of(village.session(one)) for one in (first, third)] == [
        "03-26 10:00",
        "04-09 10:00",
    ]
    # The date between the two was held already.
    village.clock.move(timedelta(weeks=3))
    village.do(hosting.extend, village.now)
    assert "04-02 10:00" not in [clock_of(one) for one in village.series(first)]
    off = village.call_off(third, scope=Scope.LATER)
    assert isinstance(off, Changed)
    assert not village.session(second).called_off


def test_nothing_is_moved_into_the_past(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    second = village.series(session)[1]
    village.clock.set(session.ends + timedelta(hours=1))
    assert why(village.move(second, "2027-03-11 10:00", Scope.LATER)) is Why.PAST
    assert why(village.move(session, "2027-03-20 10:00", Scope.LATER)) is Why.OVER


def test_the_second_of_two_equal_hours_stays_the_second(village: Village):
    """Clocks go back in London on 31 October 2027: 01:30 comes twice."""
    session = village.host("2027-10-24 00:30", repeat=Repeat.WEEKLY)
    second = village.series(session)[1]
    twice = village.session(second).starts + timedelta(hours=2)
    moved = village.move_at(second, twice, Scope.LATER)
    assert isinstance(moved, Changed)
    assert village.session(second).starts == twice


def test_who_had_no_seat_last_time_comes_first_also_after_the_rest_was_moved(village: Village):
    session = village.host(seats=1, repeat=Repeat.WEEKLY)
    first, second = village.series(session)[:2]
    for name in ("Ana", "Cem"):
        village.join(name, first)
    village.clock.set(first.ends)
    village.due()
    village.move(second, "2027-03-19 18:00", Scope.LATER)
    village.move(second, "2027-03-19 19:00", Scope.LATER)
    for name in ("Ben", "Dot", "Cem"):
        village.join(name, second)
    assert village.card(second, "Cem").position == 1
    assert village.card(second, "Dot").position == 2
