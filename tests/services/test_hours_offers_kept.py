"""An offer is kept for whom it was made to: through a move, an outage, a week that is full."""

from datetime import UTC, datetime, timedelta

from bot.domain.office_hours import Scope, SeatState
from bot.domain.recurrence import Repeat
from bot.services.office_hours import called_away, editing
from bot.services.office_hours.changes import Change
from bot.services.office_hours.editing import Edits
from bot.services.office_hours.results import CalledAway, Changed, Joined, Refused, Why
from tests.services.test_hours_offers import full, seats_a_week, states
from tests.services.village import Village

HOUR = timedelta(hours=1)


def test_a_move_keeps_the_offer_for_the_same_person(village: Village):
    session = village.host(seats=1, repeat=Repeat.WEEKLY)
    first, second = village.series(session)[:2]
    for name in ("Ana", "Cem"):
        village.join(name, first)
    for name in ("Dot", "Ben", "Cem"):
        village.join(name, second)
    village.clock.set(first.starts - HOUR)
    village.due()
    village.leave("Dot", second)
    village.due()
    assert states(village, second)["Ben"] is SeatState.OFFERED
    village.clock.set(first.ends)
    village.due()
    # Now Cem would come first.
    village.move(second, "2027-03-19 18:00")
    assert states(village, second) == {"Ben": SeatState.OFFERED, "Cem": SeatState.WAITING}


def test_an_offer_whose_session_moves_into_the_last_hours_does_not_vanish(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.due()
    village.clock.move(HOUR)
    moved = village.move_at(session, village.now + HOUR)
    assert isinstance(moved, Changed)
    assert moved.told == 2
    assert sorted(village.due()) == [("oh.moved", "Ben"), ("oh.moved", "Cem")]
    assert village.session(session).free == 1
    assert isinstance(village.join("Ben", session), Joined)


def test_put_off_by_a_day_tells_whoever_is_offered_a_seat_once(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.due()
    put_off = village.do(
        called_away.postpone, village.now, village.actor("Host"), session.code, session.revision
    )
    assert isinstance(put_off, CalledAway)
    assert sorted(village.due()) == [("oh.moved", "Cem"), ("oh.offer", "Ben")]


def test_more_seats_in_the_last_two_hours_are_told_to_all_in_line(village: Village):
    session = full(village, "Ben", "Cem", "Dot")
    village.clock.set(session.starts - HOUR)
    village.due()
    change = Change(Scope.ONE, 0, village.draft("Host"))
    edited = village.do(
        editing.edit, village.now, village.actor("Host"), session.code, Edits(seats=2), change
    )
    assert isinstance(edited, Changed)
    assert sorted(village.due()) == [("oh.free", name) for name in ("Ben", "Cem", "Dot")]
    assert isinstance(village.join("Dot", session), Joined)


def test_time_that_passes_before_an_offer_is_told_does_not_count(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    # Nothing goes out for fourteen hours, while people come and go.
    village.clock.move(14 * HOUR)
    village.join("Dot", session)
    assert states(village, session)["Ben"] is SeatState.OFFERED
    village.clock.set(datetime(2027, 3, 2, 9, 0, tzinfo=UTC))
    assert village.due() == [("oh.offer", "Ben")]
    assert village.card(session, "Ben").offered_until == village.now + 12 * HOUR
    village.clock.move(11 * HOUR)
    assert village.due() == []
    assert isinstance(village.join("Ben", session), Joined)


def test_an_offer_that_comes_some_hours_late_has_its_hours_from_then(village: Village):
    session = full(village, "Ben", "Cem")
    village.leave("Ana", session)
    village.clock.move(5 * HOUR)
    assert village.due() == [("oh.offer", "Ben")]
    assert village.card(session, "Ben").offered_until == village.now + 12 * HOUR
    village.clock.move(7 * HOUR)
    assert village.due() == [], "its first deadline"
    village.clock.move(5 * HOUR)
    assert village.due() == []
    assert states(village, session) == {"Cem": SeatState.OFFERED}


def test_an_offer_that_is_not_told_before_the_last_hours_is_for_all_in_line(village: Village):
    session = full(village, "Ben", "Cem")
    village.clock.set(session.starts - 6 * HOUR)
    village.due()
    village.leave("Ana", session)
    village.clock.set(session.starts - HOUR)
    assert sorted(village.due()) == [("oh.free", "Ben"), ("oh.free", "Cem")]


def test_whose_week_is_full_is_passed_over_and_keeps_their_place(village: Village):
    before = seats_a_week(village, 1)
    assert before == 3
    session = full(village, "Ben", "Cem")
    other = village.host("2027-03-10 18:00")
    village.join("Ben", other)
    village.leave("Ana", session)
    assert village.due() == [("oh.offer", "Cem")]
    assert village.card(session, "Ben").position == 1
    village.decline("Cem", session)
    assert village.due() == []
    assert village.session(session).free == 1
    refused = village.join("Ben", session)
    assert isinstance(refused, Refused)
    assert refused.why is Why.WEEK_FULL
    village.leave("Ben", other)
    assert village.due() == [("oh.offer", "Ben")]


def test_only_what_could_have_been_earlier_is_late(village: Village):
    session = full(village, "Ben", "Cem", starts="2027-03-11 18:00")
    village.clock.set(session.starts - 5 * HOUR)
    village.due()
    village.leave("Ana", session)
    village.due()
    village.join("Ben", session)
    village.leave("Ben", session)
    assert late(village, session) == {"Ana"}, "Ben has had it for a moment only"


def test_a_move_in_the_last_hours_makes_nobody_late(village: Village):
    session = village.host(seats=2)
    village.join("Ana", session)
    village.clock.set(session.starts - 5 * HOUR)
    village.move_at(session, session.starts + 2 * HOUR)
    village.leave("Ana", session)
    assert late(village, session) == set()


def test_coming_back_and_leaving_again_does_not_wash_it_away(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.clock.set(session.starts - 5 * HOUR)
    village.leave("Ana", session)
    village.join("Ana", session)
    village.leave("Ana", session)
    assert late(village, session) == {"Ana"}
    village.join("Ben", session)
    village.join("Ana", session)
    village.leave("Ana", session)
    assert late(village, session) == {"Ana"}, "from the waitlist"


def test_a_new_time_far_ahead_begins_anew(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.clock.set(session.starts - 5 * HOUR)
    village.leave("Ana", session)
    village.join("Ana", session)
    village.move(session, "2027-03-18 18:00")
    village.leave("Ana", session)
    assert late(village, session) == set()


def late(village: Village, session: object) -> set[str]:
    names = {id: name for name, id in village.members.items()}
    found = village.see(lambda work: work.office_hours.given_back_late(session.id))  # pyright: ignore
    return {names[seat.member] for seat in found}
