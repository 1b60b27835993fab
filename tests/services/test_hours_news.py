"""Several changes before the first was read: all of them are told, where possible in one note."""

from datetime import timedelta

import pytest

from bot.domain.office_hours import Scope, Session
from bot.domain.recurrence import Repeat
from bot.services.office_hours import called_away, changes, editing
from bot.services.office_hours.changes import Change
from bot.services.office_hours.editing import Edits
from bot.services.office_hours.results import CalledAway, Changed
from tests.services.village import Village


def edit(village: Village, session: Session, edits: Edits) -> None:
    revision = village.session(session).revision
    change = Change(Scope.ONE, revision, village.draft("Host"))
    host = village.actor("Host")
    done = village.do(editing.edit, village.now, host, session.code, edits, change)
    assert isinstance(done, Changed), done


@pytest.fixture
def session(village: Village) -> Session:
    """The first of a series, with Ana in a seat and Ben in line."""
    first = village.host(seats=1, repeat=Repeat.WEEKLY, cohosts=(village.members["Cem"],))
    for name in ("Ana", "Ben"):
        village.join(name, first)
    village.due()
    return first


def test_two_different_changes_are_told_in_one_note(village: Village, session: Session):
    village.move(session, "2027-03-12 18:00")
    edit(village, session, Edits(title="Other tips"))
    assert sorted(village.due()) == [("oh.several", name) for name in ("Ana", "Ben", "Cem")]


def test_what_concerns_only_some_takes_nothing_from_the_others(village: Village, session: Session):
    village.move(session, "2027-03-12 18:00")
    edit(village, session, Edits(where="Room 9"))
    assert sorted(village.due()) == [
        ("oh.moved", "Ben"),
        ("oh.several", "Ana"),
        ("oh.several", "Cem"),
    ]


def test_a_change_of_one_date_does_not_swallow_that_the_series_moved(
    village: Village, session: Session
):
    village.move(session, "2027-03-12 18:00", Scope.LATER)
    village.move(session, "2027-03-13 18:00")
    assert sorted(village.due()) == [
        (kind, name) for kind in ("oh.moved", "oh.series_moved") for name in ("Ana", "Ben", "Cem")
    ]


def test_what_is_no_more_is_not_told(village: Village, session: Session):
    village.clock.set(session.starts - timedelta(hours=1))
    village.due(hosts=True)
    host = village.actor("Host")
    village.do(changes.late, village.now, host, session.code, 15)
    village.move(session, "2027-03-12 18:00")
    assert sorted(village.due()) == [("oh.moved", name) for name in ("Ana", "Ben", "Cem")]
    village.move(session, "2027-03-13 18:00")
    village.call_off(session)
    assert sorted(village.due()) == [("oh.called_off", name) for name in ("Ana", "Ben", "Cem")]


def test_moved_and_handed_over(village: Village, session: Session):
    village.move(session, "2027-03-12 18:00")
    handed = village.do(
        called_away.hand_over,
        village.now,
        village.actor("Host"),
        session.code,
        village.members["Cem"],
        1,
    )
    assert isinstance(handed, CalledAway)
    assert sorted(village.due()) == [("oh.several", name) for name in ("Ana", "Ben", "Cem")]
