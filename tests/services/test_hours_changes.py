"""Series, moving, calling off, running late."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.domain.office_hours import Scope
from bot.domain.people import Role
from bot.domain.recurrence import Repeat
from bot.services.office_hours import changes, hosting
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import Changed, Foreseen, Opened, Refused, Why
from tests.services.test_hours_seats import DAY, HOUR, why
from tests.services.village import LONDON, Village, clock_of, london, plan

NEW_YORK = ZoneInfo("America/New_York")


def test_moving_keeps_seats_tells_everybody_once_and_moves_reminders(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    moved = village.move(session, "2027-03-12 19:00")
    assert isinstance(moved, Changed)
    assert (moved.sessions, moved.told) == (1, 2)
    assert sorted(village.due()) == [("oh.moved", "Ana"), ("oh.moved", "Ben")]
    assert village.told_until(session.starts) == []
    fresh = village.session(session)
    assert village.told_until(fresh.starts - timedelta(hours=24)) == [(DAY, "Ana")]
    assert village.told_until(fresh.starts - timedelta(hours=1)) == [(HOUR, "Ana")]


def test_there_and_back_again_still_reminds(village: Village):
    session = village.host()
    village.join("Ana", session)
    village.move(session, "2027-03-12 19:00")
    village.move(session, "2027-03-11 18:00")
    # The first news were not sent yet; the second say it all.
    assert village.due() == [("oh.moved", "Ana")]
    assert sorted(village.told_until(session.ends)) == [(DAY, "Ana"), (HOUR, "Ana")]


def test_calling_off_ends_reminders(village: Village):
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    off = village.call_off(session, "pulled into a case")
    assert isinstance(off, Changed)
    assert off.told == 2
    assert village.session(session).reason == "pulled into a case"
    assert sorted(village.told_until(session.ends)) == [
        ("oh.called_off", "Ana"),
        ("oh.called_off", "Ben"),
    ]


def test_who_does_it_is_not_told_but_the_host_is(village: Village):
    session = village.host()
    village.join("Ana", session)
    at = london("2027-03-12 18:00").at
    mod = village.actor("Mod", Role.MODERATOR)
    change = Change(Scope.ONE, 0, village.draft("Mod"))
    moved = village.do(changes.move, village.now, mod, session.code, at, change)
    assert isinstance(moved, Changed)
    assert sorted(village.due()) == [("oh.moved", "Ana"), ("oh.moved", "Host")]


def test_refused_changes(village: Village):
    session = village.host()
    assert why(village.move(session, "2027-03-12 18:00", by="Ana")) is Why.NOT_YOURS
    assert why(village.move(session, "2027-02-01 18:00")) is Why.PAST
    assert why(village.move(session, "2027-03-11 18:00")) is Why.SAME_TIME
    gone = Change(Scope.ONE, 0, "nothing")
    at = london("2027-03-12 18:00").at
    host = village.actor("Host")
    result = village.do(changes.move, village.now, host, session.code, at, gone)
    assert why(result) is Why.GONE
    stale = Change(Scope.ONE, 7, village.draft("Host"))
    result = village.do(changes.move, village.now, host, session.code, at, stale)
    assert why(result) is Why.CHANGED
    village.call_off(session)
    assert why(village.call_off(session)) is Why.CALLED_OFF


def test_a_refusal_keeps_the_question_open(village: Village):
    session = village.host()
    request = village.draft("Host")
    village.do(
        changes.move,
        village.now,
        village.actor("Host"),
        session.code,
        session.starts,
        Change(Scope.ONE, 0, request),
    )
    assert village.see(lambda work: work.drafts.get(request, village.now)) is not None


def test_what_a_change_would_do(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    later = village.series(session)[1]
    village.join("Ana", session)
    village.join("Ana", later)
    village.join("Ben", later)
    at = london("2027-03-12 18:00").at
    host = village.actor("Host")
    one = village.see(changes.foresee_move, village.now, host, session.code, at, Scope.ONE)
    assert isinstance(one, Foreseen)
    assert (one.sessions, one.told, one.rule) == (1, 1, None)
    all_of_them = village.see(
        changes.foresee_move, village.now, host, session.code, at, Scope.LATER
    )
    assert isinstance(all_of_them, Foreseen)
    assert all_of_them.told == 2
    assert all_of_them.sessions == len(village.series(session))
    assert all_of_them.rule is not None
    off = village.see(changes.foresee_call_off, village.now, host, session.code, Scope.LATER)
    assert isinstance(off, Foreseen)
    assert (off.sessions, off.told) == (all_of_them.sessions, 2)


def test_running_late(village: Village):
    session = village.host(cohosts=(village.members["Cem"],))
    village.join("Ana", session)
    village.due()
    host = village.actor("Host")
    assert why(village.do(changes.late, village.now, host, session.code, 15)) is Why.NOT_NOW
    village.clock.set(session.starts - timedelta(minutes=5))
    village.due()
    told = village.do(changes.late, village.now, host, session.code, 15)
    assert isinstance(told, Changed)
    assert sorted(village.due()) == [("oh.late", "Ana"), ("oh.late", "Cem")]
    village.do(changes.late, village.now, host, session.code, 25)
    assert sorted(village.due()) == [("oh.late", "Ana"), ("oh.late", "Cem")]
    assert village.session(session).delay == 25


def test_a_confirmation_counts_once(village: Village):
    starts = london("2027-03-11 18:00")
    rule = hosting.rule_of(starts, Repeat.NONE, None)
    request = village.draft("Host")
    host = village.actor("Host")
    first = village.do(hosting.host, village.now, host, plan(), starts, rule, request)
    second = village.do(hosting.host, village.now, host, plan(), starts, rule, request)
    assert isinstance(first, Opened)
    assert isinstance(second, Opened)
    assert second.repeated
    assert first.card.session.id == second.card.session.id
    other = village.do(
        hosting.host, village.now, village.actor("Ana"), plan(), starts, rule, request
    )
    assert why(other) is Why.GONE


def test_what_cannot_be_hosted(village: Village):
    def tried(starts: str, repeat: Repeat = Repeat.NONE, until: date | None = None, **more: object):
        moment = london(starts)
        rule = hosting.rule_of(moment, repeat, until)
        return hosting.problem(village.now, plan(**more), moment, rule)  # pyright: ignore

    assert tried("2027-03-11 18:00") is None
    assert tried("2027-02-11 18:00") is Why.PAST
    assert tried("2027-03-11 18:00", until=date(2027, 5, 1)) is Why.UNTIL_WITHOUT_REPEAT
    assert tried("2027-03-11 18:00", Repeat.WEEKLY, date(2027, 3, 1)) is Why.UNTIL_TOO_EARLY
    assert tried("2027-03-01 18:00", closes=24) is Why.NEVER_OPEN


def test_a_series_stays_on_the_clock_of_its_host(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    found = village.series(session)
    assert [clock_of(one) for one in found[:4]] == [
        "03-11 18:00",
        "03-18 18:00",
        "03-25 18:00",
        "04-01 18:00",
    ]
    assert [clock_of(one, NEW_YORK) for one in found[:4]] == [
        "03-11 13:00",
        "03-18 14:00",
        "03-25 14:00",
        "04-01 13:00",
    ]
    assert len({one.code for one in found}) == len(found)


def test_the_missing_hour_is_held_when_clocks_have_moved(village: Village):
    session = village.host("2027-03-14 01:30", repeat=Repeat.WEEKLY)
    assert [clock_of(one) for one in village.series(session)[:4]] == [
        "03-14 01:30",
        "03-21 01:30",
        "03-28 02:00",
        "04-04 01:30",
    ]


def test_series_are_made_ahead_and_only_once(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    first = village.series(session)
    assert village.do(hosting.extend, village.now) == 0
    village.clock.move(timedelta(weeks=3))
    made = village.do(hosting.extend, village.now)
    assert made == village.do(hosting.extend, village.now) + made
    assert len(village.series(session)) == len(first) + made
    assert max(one.starts for one in village.series(session)) > village.now + timedelta(weeks=7)
    village.clock.move(timedelta(weeks=40))
    village.do(hosting.extend, village.now)
    # What passed while nobody extended is not made up for.
    assert all(one.starts > village.now for one in village.series(session)[len(first) + made :])


def test_a_series_ends_when_it_should(village: Village):
    session = village.host(repeat=Repeat.TWO_WEEKLY, until=date(2027, 4, 8))
    assert [clock_of(one) for one in village.series(session)] == [
        "03-11 18:00",
        "03-25 18:00",
        "04-08 18:00",
    ]
    village.clock.move(timedelta(weeks=20))
    assert village.do(hosting.extend, village.now) == 0


def test_a_series_far_ahead_can_be_joined_at_once(village: Village):
    session = village.host("2027-11-04 18:00", repeat=Repeat.MONTHLY)
    assert [clock_of(one) for one in village.series(session)] == ["11-04 18:00", "12-02 18:00"]


def test_one_of_a_series_can_be_moved_or_called_off(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    second, third = village.series(session)[1:3]
    village.move(second, "2027-03-19 17:00")
    village.call_off(third)
    village.clock.move(timedelta(weeks=2))
    village.do(hosting.extend, village.now)
    found = village.series(session)
    assert [clock_of(one) for one in found[:3]] == ["03-11 18:00", "03-19 17:00", "03-25 18:00"]
    assert found[2].called_off
    assert not found[3].called_off


def test_moving_this_and_later_ones(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    before = village.series(session)
    second, third, fourth = before[1:4]
    village.call_off(third)
    for name in ("Ana", "Ben"):
        village.join(name, second)
    village.join("Ana", fourth)
    village.due()
    moved = village.move(second, "2027-03-19 09:00", Scope.LATER)
    assert isinstance(moved, Changed)
    assert moved.told == 2
    assert sorted(village.due()) == [("oh.series_moved", "Ana"), ("oh.series_moved", "Ben")]
    assert [clock_of(one) for one in village.series(session)] == ["03-11 18:00"]
    later = village.series(second)
    assert [clock_of(one) for one in later[:3]] == ["03-19 09:00", "03-25 18:00", "04-02 09:00"]
    assert later[1].called_off
    assert village.card(fourth, "Ana").holds
    count = len(later)
    village.clock.move(timedelta(weeks=4))
    village.do(hosting.extend, village.now)
    grown = village.series(second)
    assert len(grown) == count + 3
    assert clock_of(grown[-1]) == "05-21 09:00"
    assert {f"{one.starts.astimezone(LONDON):%a %H:%M}" for one in grown if not one.called_off} == {
        "Fri 09:00"
    }
    assert len(village.series(session)) == 1


def test_moving_a_monthly_series_keeps_the_place_in_the_month(village: Village):
    session = village.host(repeat=Repeat.MONTHLY)
    village.clock.set(session.starts - timedelta(days=5))
    village.do(hosting.extend, village.now)
    village.move(session, "2027-03-12 18:00", Scope.LATER)
    village.clock.move(timedelta(days=60))
    village.do(hosting.extend, village.now)
    assert [clock_of(one) for one in village.series(session)[:4]] == [
        "03-12 18:00",
        "04-09 18:00",
        "05-14 18:00",
        "06-11 18:00",
    ]


def test_calling_off_this_and_later_ones(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    second, third = village.series(session)[1:3]
    village.join("Ana", session)
    village.join("Ana", third)
    off = village.call_off(second, "leave", Scope.LATER)
    assert isinstance(off, Changed)
    assert village.due() == [("oh.series_off", "Ana")]
    assert not village.session(session).called_off
    assert all(one.called_off for one in village.series(session)[1:])
    village.clock.move(timedelta(weeks=8))
    assert village.do(hosting.extend, village.now) == 0


def test_leaving_in_time_before_a_move_is_told_to_nobody_else(village: Village):
    session = village.host()
    village.join("Ana", session)
    village.leave("Ana", session)
    moved = village.move(session, "2027-03-12 19:00")
    assert isinstance(moved, Changed)
    assert moved.told == 0
    assert village.due() == []


def test_unknown_sessions(village: Village):
    assert isinstance(
        village.see(
            changes.foresee_call_off, village.now, village.actor("Host"), "zzzz", Scope.ONE
        ),
        Refused,
    )


def test_who_leads_is_reminded_at_the_new_time_and_not_of_what_is_off(village: Village):
    session = village.host(cohosts=(village.members["Cem"],))
    village.move(session, "2027-03-12 18:00")
    off = village.host("2027-03-12 18:00")
    village.call_off(off)
    village.due()
    before = session.starts - timedelta(hours=1)
    assert village.told_until(before, hosts=True) == []
    moved = village.session(session)
    told = village.told_until(moved.starts - timedelta(minutes=30), hosts=True)
    assert sorted(told) == [
        (kind, who) for kind in ("oh.host_day", "oh.host_hour") for who in ("Cem", "Host")
    ]


def test_every_session_of_a_series_is_brought_to_mind(village: Village):
    session = village.host(repeat=Repeat.WEEKLY)
    made = village.do(hosting.extend, village.now)
    assert made == 0
    village.clock.move(timedelta(weeks=7))
    assert village.do(hosting.extend, village.now) > 0
    last = village.series(session)[-1]
    village.clock.set(last.starts - timedelta(minutes=30))
    told = village.due(hosts=True)
    assert len(told) == 2 * len(village.series(session))
