"""A mentor's year: hours, sessions and thanks, without names."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.services.mentors import inbox
from bot.services.office_hours import after
from tests.services.village import Village


def test_hours_and_thanks_stand_in_the_record(village: Village) -> None:
    session = village.host("2027-03-11 18:00")
    for name in ("Ana", "Ben"):
        village.join(name, session)
    over = session.starts + timedelta(hours=2)
    village.clock.set(over)
    village.do(after.thank, over, village.actor("Ana"), session.id, "It helped me choose.")
    village.do(after.thank, over, village.actor("Ben"), session.id, "")

    def record(name: str, year: int) -> inbox.Record:
        now: datetime = village.now
        return village.see(inbox.record, now, village.community, village.members[name], year)

    found = record("Host", 2027)
    assert (found.sessions, found.session_minutes, found.attended) == (1, 45, 2)
    assert (found.thanks, found.lines) == (2, ("It helped me choose.",))
    assert record("Host", 2026).thanks == 0
    assert record("Ana", 2027).thanks == 0, "thanks are told to whom they were meant for"
