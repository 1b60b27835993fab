"""What could not be delivered is read with the answer to whatever the person does next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.domain.delivery import Delivery, DeliveryId
from bot.domain.people import CommunityId, MemberId
from bot.services.follow_ups import sending, telling
from bot.services.ports import Work

_NO_ROW = DeliveryId(0)
"""Nothing was claimed: it is read where the person is."""


def missed(
    work: Work, now: datetime, member: MemberId, community: CommunityId
) -> tuple[Delivery, ...]:
    """What did not reach a member about one community: news first, then what is theirs to do."""
    if work.manners.unreachable_since(member) is None:
        return ()
    news = [
        Delivery(
            *(_NO_ROW, item.kind, community, item.subject, item.key, now, member, None, item.ref),
            doubtful=item.doubtful,
        )
        for item in work.nudges.waiting(sending.missed_note(member))
        if item.community == community
    ]
    steps = [
        Delivery(
            _NO_ROW,
            telling.STEP_KIND[step[0]],
            community,
            telling.subject_of(one),
            f"shown:{one.id}:{one.turn}:{step[0]}",
            now,
            member,
            None,
            one.id,
            doubtful=telling.in_doubt(work, one, member),
        )
        for one in work.follow_ups.of(member, community)
        if one.owes == member and one.stopped and (step := one.next_step) is not None
    ]
    return (*news, *steps)


def shown(work: Work, now: datetime, member: MemberId, rows: Sequence[Delivery]) -> int:
    """The member read these. Everything else is sent once more; how much that is."""
    for row in rows:
        if row.kind in telling.KIND_STEP:
            # The try of another day is no longer needed.
            work.deliveries.cancel(row.subject, member=member)
            work.nudges.forget(row.subject, member)
            sending.heard(work, now, row)
        else:
            work.nudges.said(row.key)
    return sending.way_open(work, now, member)
