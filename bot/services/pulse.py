"""Use cases of the pulse: counts of the last weeks, and the weekly note to moderators."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.delivery import NewDelivery
from bot.domain.people import CommunityId, MemberId
from bot.domain.pulse import SOON, Pulse, Trend, Week, monday, ranges, weeks_until
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
    # What is still free next week can be filled; of everything else only the past is known.
    coming = (*firsts, firsts[-1] + timedelta(weeks=1))

    def begins(day: date) -> datetime:
        return datetime.combine(day, time(), zone)

    since, until = begins(firsts[0]), begins(coming[-1] + timedelta(weeks=1))

    def by_week(
        counts: Iterable[tuple[datetime, int, int]], mondays: Iterable[date] = firsts
    ) -> tuple[Week, ...]:
        weeks = {first: Week(first) for first in mondays}
        for at, one, other in counts:
            first = monday(at.astimezone(zone).date())
            if (week := weeks.get(first)) is not None:
                weeks[first] = Week(first, week.one + one, week.other + other)
        return tuple(weeks.values())

    answers = tuple(work.figures.answers(community, since))
    late = work.figures.last_words(community, since)
    lost = work.figures.lost(community, since)
    room, full, paused = work.figures.mentors(community, now)
    return Pulse(
        trends={
            Trend.SEATS: by_week(work.figures.seats(community, since, until), coming),
            Trend.ANSWERS: by_week(
                (given, int(given - asked <= SOON), int(given - asked > SOON))
                for asked, given in answers
            ),
            Trend.MATCHES: by_week(_seekers(work.figures.asked(community, since), zone)),
            Trend.LEFT: by_week([*((at, 1, 0) for at in late), *((at, 0, 1) for at in lost)]),
        },
        this_week=firsts[-1],
        waits=work.figures.waits(community, now),
        answers=ranges(answers),
        overdue=work.follow_ups.overdue(community, now),
        mentors_open=room,
        mentors_full=full,
        mentors_paused=paused,
        unmatched=work.figures.unmatched(community, since),
        undeliverable=work.figures.undeliverable(community, now - timedelta(weeks=1)),
    )


def _seekers(
    asked: Iterable[tuple[datetime, MemberId, bool]], zone: ZoneInfo
) -> list[tuple[datetime, int, int]]:
    """Each person once a week, however many they asked."""
    seen: dict[tuple[date, MemberId], tuple[datetime, int, int]] = {}
    for at, who, has_one in asked:
        week = monday(at.astimezone(zone).date())
        seen.setdefault((week, who), (at, 1, int(not has_one)))
    return list(seen.values())


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
