"""Signs of life that name no matter: a line written to the bot in a direct message."""

from __future__ import annotations

from datetime import datetime

from bot.domain.pairs import PairId
from bot.domain.people import MemberId
from bot.domain.policies import POLICIES, Matter
from bot.services import pairs
from bot.services.follow_ups import telling
from bot.services.follow_ups.engine import restart
from bot.services.follow_ups.sending import way_open
from bot.services.ports import Work

_OF_PAIRS = (Matter.FIRST_MEETING, Matter.CHECK_IN, Matter.NOT_HEARD)


def spoke(work: Work, now: datetime, member: MemberId) -> int:
    """A member wrote to the bot: whatever it asked them about has been seen; how much that is.

    Questions about pairs rest until the next round. The clock of anything else starts anew, and
    whoever waits learns the new date. What has a date of its own keeps it.
    """
    way_open(work, now, member)
    heard = 0
    for one in work.follow_ups.of(member):
        rule = POLICIES[one.matter]
        if one.owes != member or one.said is None or rule.dated or one.matter is Matter.SEAT_OFFER:
            continue
        heard += 1
        if one.matter in _OF_PAIRS:
            pair = work.pairs.get(PairId(one.ref))
            if pair is not None:
                pairs.alive(work, now, member, pair.other(member))
            continue
        begun = restart(work, now, one)
        telling.moved(work, now, one, begun)
    return heard
