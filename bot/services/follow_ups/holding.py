"""While moderators hold a community's messages, no clock of its follow-ups runs.

Nobody can be asked then, nor told how something ended, so nothing counts as silence. What a request
with a hard date may not do is go on beyond that date.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.follow_ups import stretched
from bot.domain.people import CommunityId
from bot.domain.policies import Matter
from bot.services.follow_ups import telling
from bot.services.ports import Work

APART = timedelta(seconds=3)
"""Between two messages about new dates."""


def let_go_on(
    work: Work, now: datetime, community: CommunityId, since: datetime, tell_from: datetime
) -> int:
    """The hold since `since` is over: its time is added to whatever was open; how much that was.

    Who has to hear of a new date is told from `tell_from` on, one message after another.
    """
    found = work.follow_ups.open_in(community)
    tell_at = tell_from
    for one in found:
        stood = now - max(since, one.since)
        later = one if one.matter is Matter.DATED_REQUEST else replace(one, bound=one.bound + stood)
        if not one.stopped:
            # A clock that stood already is given its time when it runs again.
            later = stretched(later, one.deadline + stood)
        work.follow_ups.put(later)
        if telling.moved(work, tell_at, one, later):
            tell_at += APART
    return len(found)
