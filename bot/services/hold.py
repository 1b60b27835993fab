"""The emergency hold: nothing unrequested reaches anybody of a community until it is lifted.

What falls due meanwhile is parked right before it would be sent (bot/services/delivery.py), so a
hold takes effect with the next message. Answers to what people ask themselves go on, and so do
messages to the channel of moderators. The clocks of follow-ups stand as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import ChangeId, Setting
from bot.domain.people import CommunityId, MemberId
from bot.services import reports
from bot.services.follow_ups.holding import let_go_on
from bot.services.ports import Work

HOLD, RESUME = "hold", "resume"
"""What stands in the record of changes."""
APART = timedelta(seconds=3)
"""Between two messages after a hold."""
LONGEST = timedelta(hours=1)
"""Within this, everything has gone out again, with less between if need be."""


@dataclass(frozen=True, slots=True)
class Held:
    """How things stand. `waits`: kind of message to how many; `oldest`: since when the first."""

    since: datetime | None
    waits: dict[str, int]
    oldest: datetime | None

    @property
    def count(self) -> int:
        """How many messages wait."""
        return sum(self.waits.values())


def look(work: Work, community: CommunityId) -> Held:
    """Whether there is a hold, and what waits."""
    home = work.communities.get(community)
    parked = work.deliveries.parked(community)
    # Whoever looks may be whom a report is about: not even that one waits is told.
    parked.pop(reports.Kind.NEW, None)
    return Held(
        None if home is None else home.held_at,
        {kind: count for kind, (count, _first) in parked.items()},
        min((first for _count, first in parked.values()), default=None),
    )


def hold(
    work: Work,
    now: datetime,
    community: CommunityId,
    by: MemberId,
    why: str,
    undoes: ChangeId | None = None,
) -> Held:
    """Stop. Twice is once."""
    home = work.communities.get(community)
    if home is not None and home.held_at is None:
        work.communities.set_held(community, now)
        work.audit.add(community, by, now, Setting(HOLD), "", "", why=why, undoes=undoes)
    return look(work, community)


def resume(
    work: Work,
    now: datetime,
    community: CommunityId,
    by: MemberId,
    undoes: ChangeId | None = None,
) -> tuple[int, datetime]:
    """Go on, one after another; how many, and when the last one goes out."""
    home = work.communities.get(community)
    waits = look(work, community).count
    apart = min(APART, LONGEST / max(waits, 1))
    count = work.deliveries.unpark(community, now, apart)
    last = now + apart * max(count - 1, 0)
    if home is not None and home.held_at is not None:
        work.communities.set_held(community, None)
        work.audit.add(community, by, now, Setting(RESUME), "", "", undoes=undoes)
        let_go_on(work, now, community, home.held_at, last + apart)
    return waits, last
