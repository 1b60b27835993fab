"""Seats, the line, reminders of one session."""

from datetime import timedelta

import pytest

from bot.domain.office_hours import ForWhom, SeatState
from bot.domain.people import Role
from bot.services.office_hours import questions, seats, views
from bot.services.office_hours.listing import Looked, listing
from bot.services.office_hours.results import (
    Already,
    Asked,
    Card,
    Joined,
    Left,
    Refused,
    Roster,
    Waitlisted,
    Why,
)
from tests.services.village import Village

DAY, HOUR = "oh.reminder_day", "oh.reminder_hour"


def why(result: object) -> Why:
    assert isinstance(result, Refused), result
    return result.why


def test_a_seat_then_the_line(village: Village):
    session = village.host(seats=1)
    first = village.join("Ana", session, "stents")
    assert isinstance(first, Joined)
    assert first.card.seat is not None
    assert first.card.seat.about == "stents"
    assert first.reminders == (
        session.starts - timedelta(hours=24),
        session.starts - timedelta(hours=1),
    )
    second, third = village.join("Ben", session), village.join("Cem", session)
    assert isinstance(second, Waitlisted)
    assert isinstance(third, Waitlisted)
    assert (second.card.position, third.card.position) == (1, 2)
    assert village.session(session).taken == 1


def test_joining_twice_is_no_second_seat_but_may_note_a_topic(village: Village):
    session = village.host(seats=2)
    village.join("Ana", session)
    again = village.join("Ana", session)
    assert isinstance(again, Already)
    assert not again.noted
    noted = village.join("Ana", session, "coils")
    assert isinstance(noted, Already)
    assert noted.noted
    assert noted.card.seat is not None
    assert noted.card.seat.about == "coils"
    assert village.session(session).taken == 1


def test_a_freed_seat_is_offered_to_the_first_in_line(village: Village):
    session = village.host(seats=1)
    for name in ("Ana", "Ben", "Cem"):
        village.join(name, session)
    left = village.leave("Ana", session)
    assert isinstance(left, Left)
    assert left.held
    assert village.due() == [("oh.offer", "Ben")]
    assert village.card(session, "Ben").offered_until == village.now + timedelta(hours=12)
    assert village.card(session, "Cem").position == 1
    assert village.session(session).taken == 1
    taken = village.join("Ben", session)
    assert isinstance(taken, Joined)
    told = sorted(village.told_until(session.starts - timedelta(seconds=1)))
    assert told == [(DAY, "Ben"), (HOUR, "Ben")]


def test_leaving_the_line_moves_the_others_up(village: Village):
    session = village.host(seats=1)
    for name in ("Ana", "Ben", "Cem"):
        village.join(name, session)
    left = village.leave("Ben", session)
    assert isinstance(left, Left)
    assert not left.held
    assert village.card(session, "Cem").position == 1
    assert village.due() == []


def test_who_comes_back_stands_at_the_end_and_is_reminded(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.leave("Ana", session)
    assert isinstance(village.join("Ana", session), Joined)
    village.join("Ben", session)
    village.join("Cem", session)
    village.leave("Ben", session)
    again = village.join("Ben", session)
    assert isinstance(again, Waitlisted)
    assert again.card.position == 2
    assert village.told_until(session.starts - timedelta(hours=24)) == [(DAY, "Ana")]


def test_reminders_come_twice_and_not_to_the_line(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    assert village.due() == []
    assert village.told_until(session.starts - timedelta(hours=24)) == [(DAY, "Ana")]
    assert village.told_until(session.starts - timedelta(hours=1)) == [(HOUR, "Ana")]
    assert village.told_until(session.ends) == [("oh.no_seat", "Ben")]


def test_late_joiners_get_the_reminders_that_are_left(village: Village):
    session = village.host()
    village.clock.set(session.starts - timedelta(hours=2))
    result = village.join("Ana", session)
    assert isinstance(result, Joined)
    assert result.reminders == (session.starts - timedelta(hours=1),)


def test_leaving_cancels_reminders(village: Village):
    session = village.host()
    village.join("Ana", session)
    village.leave("Ana", session)
    assert village.told_until(session.ends) == []
    assert village.session(session).taken == 0


def test_refusals(village: Village):
    session = village.host(closes=2)
    assert why(village.join("Host", session)) is Why.OWN
    assert why(village.leave("Ana", session)) is Why.NOT_IN
    village.clock.set(session.starts - timedelta(hours=1))
    assert why(village.join("Ana", session)) is Why.CLOSED
    village.clock.set(session.ends)
    assert why(village.join("Ana", session)) is Why.OVER
    other = village.host("2027-03-20 18:00")
    village.call_off(other)
    assert why(village.join("Ana", other)) is Why.CALLED_OFF


def test_cohosts_need_no_seat_and_are_told_that_they_are(village: Village):
    session = village.host(cohosts=(village.members["Ben"], village.members["Host"]))
    assert session.plan.cohosts == (village.members["Ben"],)
    assert village.due() == [("oh.cohost", "Ben")]
    assert why(village.join("Ben", session)) is Why.OWN
    assert village.card(session, "Ben").sees_where


def test_a_seat_can_be_given_back_after_sign_up_closed(village: Village):
    session = village.host(seats=1, closes=2)
    village.join("Ana", session)
    village.join("Ben", session)
    village.clock.set(session.starts - timedelta(hours=1))
    village.due()
    assert isinstance(village.leave("Ana", session), Left)
    assert isinstance(village.join("Ben", session), Joined)


def test_nobody_gets_a_seat_in_a_session_that_has_begun(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    village.clock.set(session.starts + timedelta(minutes=1))
    village.due()
    village.leave("Ana", session)
    assert village.card(session, "Ben").waits
    assert village.due() == []


def test_drop_in_has_no_line_and_is_open_to_its_end(village: Village):
    session = village.host(seats=None)
    for name in ("Ana", "Ben", "Cem"):
        assert isinstance(village.join(name, session), Joined)
    village.clock.set(session.starts + timedelta(minutes=10))
    assert isinstance(village.join("Dot", session), Joined)


def test_a_session_for_moderators_is_theirs(village: Village):
    session = village.host(for_whom=ForWhom.MODERATORS)
    assert why(village.join("Ana", session)) is Why.UNKNOWN
    assert isinstance(village.join("Mod", session, "", Role.MODERATOR), Joined)
    listed = village.see(listing, village.now, village.actor("Ana"), Looked(), 0, 8)
    assert listed.cards == ()


@pytest.mark.parametrize("typed", ["{code}", " #{upper} ", "Tips for TIPS", "tips FOR tips"])
def test_what_people_type_for_a_session(village: Village, typed: str):
    session = village.host()
    text = typed.format(code=session.code, upper=session.code.upper())
    found = village.see(views.find, village.now, village.actor("Ana"), text)
    assert found is not None
    assert found.id == session.id
    assert village.see(views.find, village.now, village.actor("Ana"), "zzzz") is None


def test_codes_stop_at_the_border_of_the_community(village: Village):
    from dataclasses import replace

    from bot.domain.people import CommunityId

    session = village.host()
    stranger = replace(village.actor("Ana"), community=CommunityId(99))
    assert village.see(views.find, village.now, stranger, session.code) is None


def test_questions_reach_the_host_without_their_author(village: Village):
    session = village.host()
    asked = village.do(
        questions.ask, village.now, village.actor("Ana"), session.code, "Is it hard?"
    )
    assert isinstance(asked, Asked)
    assert village.due() == [("oh.questions", "Host")]
    roster = village.see(views.roster, village.now, village.actor("Host"), session.code)
    assert isinstance(roster, Roster)
    assert [one.text for one in roster.questions] == ["Is it hard?"]
    assert roster.held == ()
    stored = village.see(lambda work: work.office_hours.questions(session.id))
    assert stored[0].author == village.members["Ana"]


def test_the_roster_is_for_those_who_lead_and_for_moderators(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session, "pressures")
    village.join("Ben", session)
    refused = village.see(views.roster, village.now, village.actor("Ana"), session.code)
    assert why(refused) is Why.NOT_YOURS
    mod = village.actor("Mod", Role.MODERATOR)
    roster = village.see(views.roster, village.now, mod, session.code)
    assert isinstance(roster, Roster)
    assert [(seat.about, who.name) for seat, who in roster.held] == [("pressures", "Ana")]
    assert [(seat.state, who.name) for seat, who in roster.waiting] == [(SeatState.WAITING, "Ben")]


def test_where_it_is_is_for_those_who_hold_a_seat_or_lead(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    assert village.card(session, "Ana").sees_where
    assert village.card(session, "Host").sees_where
    assert not village.card(session, "Ben").sees_where
    assert not village.card(session, "Mod").sees_where
    village.leave("Ana", session)
    assert not village.card(session, "Ana").sees_where
    assert not village.card(session, "Ben").sees_where
    village.join("Ben", session)
    assert village.card(session, "Ben").sees_where


def test_a_title_means_those_one_has_to_do_with(village: Village):
    first = village.host("2027-03-10 18:00")
    second = village.host("2027-03-11 18:00")
    ana = village.actor("Ana")
    with pytest.raises(views.SeveralFit) as several:
        village.do(seats.join, village.now, ana, "tips for tips")
    assert [one.id for one in several.value.sessions] == [first.id, second.id]
    village.join("Ana", second)
    left = village.do(seats.leave, village.now, ana, "Tips for TIPS")
    assert isinstance(left, Left)
    assert left.card.session.id == second.id
    assert why(village.do(seats.leave, village.now, ana, "Tips for TIPS")) is Why.NOT_IN
    assert why(village.see(views.roster, village.now, ana, "Tips for TIPS")) is Why.NOT_YOURS


def test_a_hidden_session_is_hidden_by_its_code_too(village: Village):
    session = village.host(for_whom=ForWhom.MODERATORS)
    ana, mod = village.actor("Ana"), village.actor("Mod", Role.MODERATOR)
    assert why(village.see(views.look, village.now, ana, session.code)) is Why.UNKNOWN
    village.join("Mod", session, "", Role.MODERATOR)
    for actor in (mod, village.actor("Mod"), village.actor("Host")):
        assert isinstance(village.see(views.look, village.now, actor, session.code), Card)
    asked = village.do(questions.ask, village.now, ana, session.code, "Who comes?")
    assert why(asked) is Why.UNKNOWN
