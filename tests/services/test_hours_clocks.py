"""Clocks that shift, a host who is called away or gone, and changes of what a session is."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.office_hours import Scope, SeatState, Session
from bot.domain.recurrence import Repeat
from bot.services import people
from bot.services.office_hours import called_away, editing, hosting
from bot.services.office_hours.changes import Change
from bot.services.office_hours.editing import Edits
from bot.services.office_hours.results import CalledAway, Changed, Foreseen, Joined, Refused, Why
from bot.services.office_hours.seats import leave_everything
from tests.services.village import Village, clock_of

NEW_YORK = ZoneInfo("America/New_York")
SHIFT = "oh.shift"


def lives(village: Village, name: str, zone: str) -> None:
    village.do(lambda work: work.people.set_zone(village.members[name], zone))


def test_a_london_mentor_and_a_trainee_in_new_york_in_march_2027(village: Village):
    lives(village, "Ana", "America/New_York")
    lives(village, "Ben", "Europe/London")
    first = village.host("2027-03-11 18:00", repeat=Repeat.WEEKLY)
    found = village.series(first)[:4]
    assert [clock_of(one, NEW_YORK) for one in found] == [
        "03-11 13:00",
        "03-18 14:00",
        "03-25 14:00",
        "04-01 13:00",
    ]
    for one in found:
        village.join("Ana", one)
        village.join("Ben", one)
    said: list[tuple[str, str, str]] = []
    while village.now < found[-1].ends:
        village.clock.move(timedelta(hours=6))
        said += [(f"{village.now:%m-%d}", *each) for each in village.due() if each[0] == SHIFT]
    assert said == [("03-15", SHIFT, "Ana"), ("03-29", SHIFT, "Ana")]


def test_who_joins_that_week_reads_it_at_once_and_gets_no_notice(village: Village):
    lives(village, "Ana", "America/New_York")
    session = village.series(village.host("2027-03-11 18:00", repeat=Repeat.WEEKLY))[1]
    village.clock.set(session.starts - timedelta(days=2))
    village.due()
    joined = village.join("Ana", session)
    assert isinstance(joined, Joined)
    assert joined.shift == timedelta(hours=1)
    assert SHIFT not in {kind for kind, _who in village.told_until(session.ends)}


def test_who_says_after_joining_where_they_live_hears_of_the_shift(village: Village):
    lives(village, "Ana", "Europe/London")
    found = village.series(village.host("2027-03-11 18:00", repeat=Repeat.WEEKLY))[:4]
    for one in found:
        village.join("Ana", one)
    ana = village.members["Ana"]
    village.do(people.set_zone, village.now, ana, "America/New_York")
    village.do(people.set_zone, village.now, ana, "America/New_York")
    shifted = found[1]
    village.clock.set(shifted.starts - timedelta(days=3))
    assert [each for each in village.due() if each[0] == SHIFT] == [(SHIFT, "Ana")]
    # Two days before the second one, where no notice would come any more.
    lives(village, "Ben", "Europe/London")
    village.join("Ben", found[3])
    village.clock.set(found[3].starts - timedelta(days=2))
    village.due()
    village.do(people.set_zone, village.now, village.members["Ben"], "America/New_York")
    assert [each for each in village.due() if each[0] == SHIFT] == [(SHIFT, "Ben")]


def test_a_cancelled_shift_is_never_told(village: Village):
    lives(village, "Ana", "America/New_York")
    session = village.series(village.host("2027-03-11 18:00", repeat=Repeat.WEEKLY))[1]
    village.join("Ana", session)
    village.leave("Ana", session)
    village.join("Ana", session)
    assert village.told_until(session.starts - timedelta(days=2)) == [(SHIFT, "Ana")]
    other = village.series(session)[3]
    village.join("Ana", other)
    village.leave("Ana", other)
    assert SHIFT not in {kind for kind, _who in village.told_until(other.ends)}


def test_phoenix_whose_clock_never_changes(village: Village):
    phoenix = ZoneInfo("America/Phoenix")
    lives(village, "Ana", "America/Phoenix")
    lives(village, "Ben", "America/New_York")
    found = village.series(village.host("2027-03-11 18:00", repeat=Repeat.WEEKLY))[:4]
    assert [clock_of(one, phoenix) for one in found] == [
        "03-11 11:00",
        "03-18 11:00",
        "03-25 11:00",
        "04-01 10:00",
    ]
    at_home = village.series(
        village.host("2027-03-10 09:00", repeat=Repeat.WEEKLY, zone=phoenix, title="Desert")
    )[:3]
    assert {clock_of(one, phoenix)[6:] for one in at_home} == {"09:00"}
    for one in found:
        village.join("Ana", one)
    for one in at_home:
        village.join("Ben", one)
    said: list[tuple[str, str]] = []
    while village.now < found[-1].ends:
        village.clock.move(timedelta(hours=6))
        said += [(f"{village.now:%m-%d}", who) for kind, who in village.due() if kind == SHIFT]
    # For Ana one hour earlier once London has moved; for Ben when New York has.
    assert said == [("03-14", "Ben"), ("03-29", "Ana")]


def test_a_session_at_half_past_one_on_the_night_that_hour_is_doubled(village: Village):
    session = village.host("2027-10-24 01:30", repeat=Repeat.WEEKLY)
    found = village.series(session)[:3]
    assert [one.starts for one in found] == [
        datetime(2027, 10, 24, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 11, 7, 1, 30, tzinfo=UTC),
    ]
    twice = found[1]
    village.join("Ana", twice)
    village.clock.set(twice.starts - timedelta(hours=26))
    village.due()
    told = [village.told_until(twice.starts - timedelta(minutes=left)) for left in (1440, 60, 1)]
    assert told == [[("oh.reminder_day", "Ana")], [("oh.reminder_hour", "Ana")], []]


def test_a_session_at_half_past_one_on_the_night_that_hour_is_missing(village: Village):
    session = village.host("2027-03-21 01:30", repeat=Repeat.WEEKLY)
    missing = village.series(session)[1]
    assert missing.starts == datetime(2027, 3, 28, 1, 0, tzinfo=UTC)
    village.join("Ana", missing)
    village.clock.set(missing.starts - timedelta(hours=26))
    village.due()
    told = [village.told_until(missing.starts - timedelta(minutes=left)) for left in (1440, 60, 1)]
    assert told == [[("oh.reminder_day", "Ana")], [("oh.reminder_hour", "Ana")], []]


def test_a_series_over_new_year(village: Village):
    session = village.host("2027-12-16 18:00", repeat=Repeat.WEEKLY)
    village.clock.set(session.starts - timedelta(days=1))
    village.do(hosting.extend, village.now)
    days = [one.slot for one in village.series(session)[:4]]
    assert days == [date(2027, 12, 16), date(2027, 12, 23), date(2027, 12, 30), date(2028, 1, 6)]


def led(village: Village, *cohosts: str, **more: object) -> Session:
    members = tuple(village.members[name] for name in cohosts)
    session = village.host(cohosts=members, **more)  # pyright: ignore[reportArgumentType]
    for name in ("Ana", "Ben", "Dot"):
        village.join(name, session)
    village.due()
    return session


def test_a_quarter_of_an_hour_with_one_tap_and_a_second_tap_tells_nobody(village: Village):
    session = led(village, "Cem")
    tap = (village.actor("Host"), session.code, session.revision)
    done = village.do(called_away.delay, village.now, *tap)
    assert isinstance(done, CalledAway)
    assert done.told == 4
    again = village.do(called_away.delay, village.now, *tap)
    assert isinstance(again, CalledAway)
    assert again.told is None
    assert sorted(village.due()) == [("oh.late", name) for name in ("Ana", "Ben", "Cem", "Dot")]
    assert village.session(session).delay == 15


def test_tomorrow_at_the_same_time_of_the_host_also_when_clocks_change(village: Village):
    session = led(village, starts="2027-03-27 18:00")
    tap = (village.actor("Host"), session.code, session.revision)
    done = village.do(called_away.postpone, village.now, *tap)
    assert isinstance(done, CalledAway)
    assert clock_of(village.session(session)) == "03-28 18:00"
    assert sorted(village.due()) == [("oh.moved", name) for name in ("Ana", "Ben", "Dot")]
    again = village.do(called_away.postpone, village.now, *tap)
    assert isinstance(again, Refused)
    assert again.why is Why.CHANGED
    assert village.due() == []


def test_handing_over_to_a_cohost(village: Village):
    session = led(village, "Cem", "Eve")
    host, cem = village.actor("Host"), village.members["Cem"]
    stranger = village.do(
        called_away.hand_over, village.now, host, session.code, village.members["Ana"], 0
    )
    assert isinstance(stranger, Refused)
    assert stranger.why is Why.NO_COHOST
    for told in (5, None):
        done = village.do(called_away.hand_over, village.now, host, session.code, cem, 0)
        assert isinstance(done, CalledAway)
        assert done.told == told
    assert len(village.due()) == 5
    now = village.session(session)
    assert now.host == cem
    assert now.plan.cohosts == (village.members["Host"], village.members["Eve"])


def test_open_it_without_me(village: Village):
    session = led(village)
    tap = (village.actor("Host"), session.code, session.revision)
    for told in (3, None):
        done = village.do(called_away.without_host, village.now, *tap)
        assert isinstance(done, CalledAway)
        assert done.told == told
    assert {kind for kind, _who in village.due()} == {"oh.without_host"}
    assert village.session(session).without_host
    village.move(session, "2027-03-12 19:00")
    assert not village.session(session).without_host


def test_only_who_leads_it_may(village: Village):
    session = led(village)
    refused = village.do(
        called_away.delay, village.now, village.actor("Ana"), session.code, session.revision
    )
    assert isinstance(refused, Refused)
    assert refused.why is Why.NOT_YOURS


def leaves(village: Village, name: str) -> None:
    member = village.members[name]
    [account] = village.see(lambda work: work.people.accounts(member))
    endings = (leave_everything, called_away.host_gone)
    village.do(people.leave, village.now, account, village.community, endings)


def test_a_host_who_leaves_the_community_is_followed_by_a_cohost(village: Village):
    session = led(village, "Cem", "Eve", repeat=Repeat.WEEKLY)
    leaves(village, "Host")
    assert village.session(session).host == village.members["Cem"]
    assert village.session(session).plan.cohosts == (village.members["Eve"],)
    people = ("Ana", "Ben", "Cem", "Dot", "Eve")
    assert sorted(village.due()) == [("oh.series_handed_over", name) for name in people], "once"
    village.clock.move(timedelta(weeks=6))
    village.do(hosting.extend, village.now)
    assert village.series(session)[-1].host == village.members["Cem"]


def test_a_host_who_leaves_alone_ends_the_series_and_everybody_is_told_once(village: Village):
    session = led(village, repeat=Repeat.WEEKLY, seats=5)
    later = village.series(session)[1]
    village.join("Ana", later)
    leaves(village, "Host")
    assert all(one.called_off for one in village.series(session))
    assert sorted(village.due()) == [("oh.series_off", name) for name in ("Ana", "Ben", "Dot")]
    village.clock.move(timedelta(weeks=6))
    assert village.do(hosting.extend, village.now) == 0
    assert village.due() == []


def test_a_cohost_who_leaves_is_cohost_no_more(village: Village):
    session = led(village, "Cem")
    leaves(village, "Cem")
    assert village.session(session).plan.cohosts == ()
    assert village.due() == []


def edit(
    village: Village, session: Session, scope: Scope = Scope.ONE, **edits: object
) -> Changed | Refused:
    change = Change(scope, village.session(session).revision, village.draft("Host"))
    return village.do(
        editing.edit,
        village.now,
        village.actor("Host"),
        session.code,
        Edits(**edits),  # pyright: ignore[reportArgumentType]
        change,
    )


def test_changing_one_or_the_rest_tells_only_what_concerns_people(village: Village):
    session = led(village, repeat=Repeat.WEEKLY, seats=3)
    quiet = edit(village, session, closes=4, seats=6)
    assert isinstance(quiet, Changed)
    assert quiet.told == 0
    loud = edit(village, session, title="Embolisation")
    assert isinstance(loud, Changed)
    assert loud.told == 3
    assert {kind for kind, _who in village.due()} == {"oh.changed"}
    assert village.series(session)[1].plan.title == "Tips for TIPS"
    foreseen = village.see(
        editing.foresee_edit,
        village.now,
        village.actor("Host"),
        session.code,
        Edits(where="Room 7"),
        Scope.LATER,
    )
    assert isinstance(foreseen, Foreseen)
    assert foreseen.told == 3
    rest = edit(village, session, Scope.LATER, where="Room 7")
    assert isinstance(rest, Changed)
    assert {one.plan.where for one in village.series(session)} == {"Room 7"}
    assert len(village.due()) == 3
    village.clock.move(timedelta(weeks=6))
    village.do(hosting.extend, village.now)
    assert village.series(session)[-1].plan.where == "Room 7"


def test_more_seats_are_offered_to_the_line_and_fewer_than_taken_are_refused(village: Village):
    session = led(village, seats=1)
    more = edit(village, session, seats=2)
    assert isinstance(more, Changed)
    seats = village.see(lambda work: work.office_hours.seats(session.id))
    assert [seat.state for seat in seats] == [
        SeatState.HELD,
        SeatState.OFFERED,
        SeatState.WAITING,
    ]
    assert village.due() == [("oh.offer", "Ben")]
    fewer = edit(village, session, seats=1)
    assert isinstance(fewer, Refused)
    assert fewer.why is Why.TOO_FEW
    same = edit(village, session, seats=2)
    assert isinstance(same, Refused)
    assert same.why is Why.NOTHING_NEW
