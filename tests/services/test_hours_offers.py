"""A freed seat is offered, with a deadline; nobody is blamed for not answering."""

from datetime import UTC, datetime, timedelta

from bot.domain.office_hours import Seat, SeatState, Session
from bot.domain.recurrence import Repeat
from bot.domain.seats import Rules
from bot.services.office_hours import offers, views
from bot.services.office_hours.results import Already, Joined, Left, Refused, Waitlisted, Why
from bot.services.ports import Work
from tests.services.village import Village

HOUR = timedelta(hours=1)


def states(village: Village, session: Session) -> dict[str, SeatState]:
    names = {id: name for name, id in village.members.items()}
    found = village.see(lambda work: work.office_hours.seats(session.id))
    return {names[seat.member]: seat.state for seat in found}


def seats_a_week(village: Village, most: int | None) -> int | None:
    """Sets how many one person may have; how many it was before."""

    def change(work: Work) -> int | None:
        before = work.office_hours.rules(village.community).seats_a_week
        work.office_hours.set_rules(village.community, Rules(most))
        return before

    return village.do(change)


def full(village: Village, *line: str, **more: object) -> Session:
    """A session whose one seat is Ana's, and people in line."""
    session = village.host(seats=1, **more)  # pyright: ignore[reportArgumentType]
    for name in ("Ana", *line):
        village.join(name, session)
    return session


def test_an_offer_that_nobody_answers_goes_on_and_nothing_is_held_against_anybody(
    village: Village,
):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    assert village.due() == [("oh.offer", "Ben")]
    assert village.told_until(village.now + 12 * HOUR - timedelta(seconds=1)) == []
    assert village.told_until(village.now + timedelta(seconds=1)) == []
    assert states(village, session) == {"Cem": SeatState.OFFERED}
    morning = village.told_until(village.now + 8 * HOUR)
    assert sorted(morning) == [("oh.lapsed", "Ben"), ("oh.offer", "Cem")]
    again = village.join("Ben", session)
    assert isinstance(again, Waitlisted)
    assert again.card.position == 1


def test_not_now_passes_the_seat_on_at_once(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.due()
    declined = village.decline("Ben", session)
    assert isinstance(declined, Left)
    assert village.due() == [("oh.offer", "Cem")]
    assert isinstance(village.decline("Ben", session), Left), "a second press is no matter"
    assert village.due() == []
    village.join("Cem", session)
    refused = village.decline("Cem", session)
    assert isinstance(refused, Refused)
    assert refused.why is Why.HELD
    assert [each for each in village.told_until(session.ends) if each[0] == "oh.lapsed"] == []


def test_an_offer_never_reaches_into_the_last_two_hours(village: Village):
    session = full(village, "Ben")
    village.clock.set(session.starts - 6 * HOUR)
    village.due()
    village.leave("Ana", session)
    assert village.card(session, "Ben").offered_until == session.starts - 2 * HOUR


def test_in_the_last_two_hours_all_in_line_are_told_and_the_first_one_has_it(village: Village):
    session = full(village, "Ben", "Cem", "Dot")
    village.clock.set(session.starts - 2 * HOUR)
    village.due()
    village.leave("Ana", session)
    assert sorted(village.due()) == [("oh.free", name) for name in ("Ben", "Cem", "Dot")]
    assert isinstance(village.join("Dot", session), Joined)
    late = village.join("Ben", session)
    assert isinstance(late, Already)
    assert late.card.position == 1
    assert village.session(session).taken == 1


def test_an_offer_that_runs_out_at_the_last_two_hours_opens_the_seat_to_all(village: Village):
    session = full(village, "Ben", "Cem")
    village.clock.set(session.starts - 6 * HOUR)
    village.due()
    village.leave("Ana", session)
    village.due()
    said = village.told_until(session.starts - 2 * HOUR)
    assert sorted(said) == [("oh.free", "Cem"), ("oh.lapsed", "Ben")]
    assert isinstance(village.join("Ben", session), Joined)


def test_at_night_an_offer_waits_for_the_morning_and_its_time_runs_from_there(village: Village):
    session = full(village, "Ben")
    village.do(lambda work: work.people.set_zone(village.members["Ben"], "America/New_York"))
    village.clock.set(datetime(2027, 3, 2, 3, 0, tzinfo=UTC))  # 22:00 in New York
    village.leave("Ana", session)
    assert village.due() == []
    assert village.told_until(datetime(2027, 3, 2, 12, 59, tzinfo=UTC)) == []
    assert village.told_until(datetime(2027, 3, 2, 13, 0, tzinfo=UTC)) == [("oh.offer", "Ben")]
    until = village.card(session, "Ben").offered_until
    assert until == datetime(2027, 3, 3, 1, 0, tzinfo=UTC)


def test_at_night_before_the_session_it_is_told_at_once(village: Village):
    session = full(village, "Ben", starts="2027-03-09 08:00")
    village.clock.set(datetime(2027, 3, 8, 22, 0, tzinfo=UTC))
    village.leave("Ana", session)
    assert ("oh.offer", "Ben") in village.due()
    assert village.card(session, "Ben").offered_until == session.starts - 2 * HOUR


def test_two_give_back_and_two_are_offered(village: Village):
    session = village.host(seats=2)
    for name in ("Ana", "Ben", "Cem", "Dot", "Eve"):
        village.join(name, session)
    village.leave("Ana", session)
    village.leave("Ben", session)
    village.leave("Ana", session)
    assert states(village, session) == {
        "Cem": SeatState.OFFERED,
        "Dot": SeatState.OFFERED,
        "Eve": SeatState.WAITING,
    }
    assert sorted(village.due()) == [("oh.offer", "Cem"), ("oh.offer", "Dot")]
    assert village.session(session).taken == 2


def test_who_had_no_seat_last_time_comes_first_unless_the_host_turns_it_off(village: Village):
    for fair, first in ((True, "Cem"), (False, "Dot")):
        session = village.host(f"2027-0{5 - fair}-08 18:00", 1, Repeat.WEEKLY, fair=fair)
        before, after = village.series(session)[:2]
        for name in ("Ana", "Cem"):
            village.join(name, before)
        for name in ("Ben", "Dot", "Cem"):
            village.join(name, after)
        assert village.card(after, "Cem").position == 2, "a date that lies ahead is not missed yet"
        village.clock.set(before.ends)
        village.due()
        assert village.card(after, first).position == 1
        mine = village.see(views.mine, village.now, village.actor(first))
        assert isinstance(mine, views.Mine)
        village.leave("Ben", after)
        assert states(village, after)[first] is SeatState.OFFERED


def test_moving_offers_anew_and_tells_once(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.due()
    village.clock.move(3 * HOUR)
    village.move(session, "2027-03-12 19:00")
    assert sorted(village.due()) == [("oh.moved", "Cem"), ("oh.offer", "Ben")]
    assert village.card(session, "Ben").offered_until == village.now + 12 * HOUR
    village.call_off(session)
    assert sorted(village.due()) == [("oh.called_off", "Ben"), ("oh.called_off", "Cem")]
    assert village.told_until(session.ends + timedelta(days=9)) == []


def test_an_offer_that_cannot_be_delivered_is_no_silence(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    [row] = [one for one in village.claim() if one.kind == "oh.offer"]
    village.do(offers.not_reached, village.now, row)
    assert village.due() == [("oh.offer", "Cem")]
    assert states(village, session) == {"Cem": SeatState.OFFERED}
    assert isinstance(village.join("Ben", session), Waitlisted)


def test_an_answer_after_the_deadline_is_too_late_for_that_seat_only(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.due()
    village.clock.move(12 * HOUR)
    answer = village.join("Ben", session)
    assert isinstance(answer, Waitlisted)
    assert states(village, session) == {"Ben": SeatState.WAITING, "Cem": SeatState.OFFERED}


def test_a_link_that_must_not_leak_to_the_waitlist(village: Village):
    session = full(village, "Ben", "Cem")
    assert not village.card(session, "Ben").sees_where
    village.leave("Ana", session)
    village.due()
    assert not village.card(session, "Ben").sees_where, "offered is not taken"
    village.clock.move(12 * HOUR)
    village.due()
    assert not village.card(session, "Ben").sees_where
    village.join("Cem", session)
    assert [name for name in village.members if village.card(session, name).sees_where] == [
        "Host",
        "Cem",
    ]


def test_seats_a_week_are_limited_and_moderators_set_how_many(village: Village):
    days = ("2027-03-08", "2027-03-09", "2027-03-10", "2027-03-12")
    first, second, third, fourth = (village.host(f"{day} 18:00") for day in days)
    later = village.host("2027-03-15 18:00")
    for session in (first, second, third):
        assert isinstance(village.join("Ana", session), Joined)
    refused = village.join("Ana", fourth)
    assert isinstance(refused, Refused)
    assert refused.why is Why.WEEK_FULL
    assert isinstance(village.join("Ana", later), Joined), "another week"
    village.leave("Ana", second)
    assert isinstance(village.join("Ana", fourth), Joined)
    assert seats_a_week(village, None) == 3
    assert isinstance(village.join("Ana", second), Joined)


def test_a_week_over_new_year_is_one_week(village: Village):
    seats_a_week(village, 1)
    old = village.host("2027-12-30 18:00")
    new = village.host("2028-01-01 18:00")
    assert isinstance(village.join("Ana", old), Joined)
    refused = village.join("Ana", new)
    assert isinstance(refused, Refused)


def test_another_seat_at_the_same_time_is_pointed_out(village: Village):
    one = village.host("2027-03-11 18:00")
    other = village.host("2027-03-11 18:30")
    after = village.host("2027-03-11 19:15")
    village.join("Ana", one)
    both = village.join("Ana", other)
    assert isinstance(both, Joined)
    assert [each.id for each in both.clashes] == [one.id]
    third = village.join("Ana", after)
    assert isinstance(third, Joined)
    assert third.clashes == ()


def test_the_line_of_a_long_night_ends(village: Village):
    """Five in line, nobody answers: everybody was asked once, and the seat is free at the end."""
    session = full(village, "Ben", "Cem", "Dot", "Eve")
    village.leave("Ana", session)
    said: list[tuple[str, str]] = []
    while village.now < session.starts:
        said += village.told_until(village.now + HOUR)
    offered = [name for kind, name in said if kind == "oh.offer"]
    lapsed = [name for kind, name in said if kind == "oh.lapsed"]
    assert offered == lapsed == ["Ben", "Cem", "Dot", "Eve"]
    assert village.session(session).taken == 0


def seat_of(village: Village, session: Session, name: str) -> Seat:
    found = village.see(lambda work: work.office_hours.seat(session.id, village.members[name]))
    assert found is not None
    return found


def test_giving_back_late_is_noted_for_nobody_else(village: Village):
    session = village.host(seats=3)
    for name in ("Ana", "Ben"):
        village.join(name, session)
    village.clock.set(session.starts - 12 * HOUR)
    village.leave("Ana", session)
    village.clock.move(timedelta(seconds=1))
    village.leave("Ben", session)
    assert not seat_of(village, session, "Ana").late
    assert seat_of(village, session, "Ben").late


def test_who_waits_in_vain_hears_so_as_it_begins_once(village: Village):
    session = full(village, "Ben", "Cem", "Dot", "Eve")
    village.leave("Cem", session)
    village.leave("Dot", session)
    village.join("Dot", session)
    village.move(session, "2027-03-12 18:00")
    village.due()
    words = [each for each in village.told_until(session.starts) if each[0] == "oh.no_seat"]
    assert words == [], "it was put off"
    words = village.told_until(village.session(session).starts)
    assert sorted(name for kind, name in words if kind == "oh.no_seat") == ["Ben", "Dot", "Eve"]
    assert village.told_until(village.session(session).ends + timedelta(days=3)) == []


def test_who_waits_in_vain_is_not_woken_and_hears_nothing_of_what_was_called_off(village: Village):
    late = full(village, "Ben", starts="2027-03-11 23:00")
    off = full(village, "Cem", starts="2027-03-11 19:00")
    village.call_off(off)
    village.due()
    told = village.told_until(late.ends)
    assert not [each for each in told if each[0] == "oh.no_seat"]
    assert village.told_until(late.starts + 9 * HOUR) == [("oh.no_seat", "Ben")]
