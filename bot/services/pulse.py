"""Use cases of the pulse: counts of the last weeks, and the weekly note to moderators."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NewDelivery
from bot.domain.people import CommunityId
from bot.domain.pulse import Pulse, Week, monday, ranges, weeks_until
from bot.services.ports import Work

DIGEST = "pl.week"
STAFF = "staff"
_HOUR = 9
"""On Mondays from this hour on, where the community is."""


def look(work: Work, now: datetime, community: CommunityId) -> Pulse:
    """How the community is doing. Weeks begin on Mondays where it is."""
    home = work.communities.get(community)
    zone = ZoneInfo(home.zone if home is not None else "UTC")
    firsts = weeks_until(now.astimezone(zone).date())

    def begins(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    since, until = begins(firsts[0]), begins(firsts[-1] + timedelta(weeks=1))
    weeks = {first: Week(first) for first in firsts}
    for starts, offered, filled in work.figures.seats(community, since, until):
        first = monday(starts.astimezone(zone).date())
        week = weeks[first]
        weeks[first] = Week(first, week.offered + offered, week.filled + filled)
    room, full, paused = work.figures.mentors(community, now)
    return Pulse(
        weeks=tuple(weeks.values()),
        waits=work.figures.waits(community, now),
        answers=ranges(work.figures.answers(community, since)),
        overdue=work.follow_ups.overdue(community, now),
        mentors_open=room,
        mentors_full=full,
        mentors_paused=paused,
        unmatched=work.figures.unmatched(community, since),
        undeliverable=work.figures.undeliverable(community, now - timedelta(weeks=1)),
    )


def begin_week(work: Work, now: datetime) -> int:
    """On Mondays, one note to the channel of moderators of each community; how many."""
    rows: list[NewDelivery] = []
    for community in work.communities.open():
        home = work.communities.get(community)
        if home is None:
            continue
        here = now.astimezone(ZoneInfo(home.zone))
        places = work.communities.places(community)
        has_staff = any(work.communities.channel(community, STAFF, place) for place in places)
        if has_staff and here.weekday() == 0 and here.hour >= _HOUR:
            subject = f"{DIGEST}:{community}"
            key = f"{subject}:{here.date().isoformat()}"
            rows.append(NewDelivery(DIGEST, community, subject, key, now, channel=STAFF))
    work.deliveries.schedule(rows)
    return len(rows)
