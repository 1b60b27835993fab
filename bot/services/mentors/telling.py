"""The directory's own messages: their kinds, subjects and keys. Knows no sentence."""

from __future__ import annotations

import enum
from datetime import datetime

from bot.domain.delivery import NewDelivery
from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Request
from bot.services.ports import Work

STAFF = "staff"


class Kind(enum.StrEnum):
    """News of the directory; `ref` is the request, the listing, the round or the member."""

    DECLINED = "mn.declined"
    WITHDRAWN = "mn.withdrawn"
    RELEASED = "mn.released"
    SPOKEN = "mn.spoken"
    RESTS = "mn.rests"
    """Two requests in a row closed unanswered: the listing rests."""
    BACK = "mn.back"
    ASLEEP = "mn.asleep"
    CAP = "mn.cap"
    THIRD = "mn.third"
    ROUND = "mn.round"
    UNMATCHED = "mn.unmatched"
    UNCHOSEN = "mn.unchosen"
    """A mentor whom nobody was paired with."""
    ROUND_OVER = "mn.round_over"
    """The pair of the draft was one already."""
    ROUND_OFF = "mn.round_off"
    VERIFIED = "mn.verified"
    UNVERIFIED = "mn.unverified"


def subject_of(request: Request) -> str:
    """What follow-ups of a request are about."""
    return f"request:{request.id}"


def about_request(
    work: Work, now: datetime, kind: Kind, request: Request, member: MemberId
) -> None:
    """News of a request, at once."""
    tell(work, now, kind, request.community, member, request.id, f"request.news:{request.id}")


def tell(
    work: Work,
    now: datetime,
    kind: Kind,
    community: CommunityId,
    member: MemberId,
    ref: int,
    subject: str,
    *,
    once: bool = False,
) -> None:
    """News to a member who is still here. `once`: this kind comes once for each `ref`."""
    if community not in work.people.communities(member):
        return
    key = f"{kind}:{ref}:{member}" + ("" if once else f":{int(now.timestamp())}")
    work.deliveries.schedule([NewDelivery(kind, community, subject, key, now, member, ref=ref)])


def tell_staff(
    work: Work, now: datetime, kind: Kind, community: CommunityId, member: MemberId
) -> None:
    """Something for moderators, about a member."""
    key = f"{kind}:{member}:{int(now.timestamp())}"
    work.deliveries.schedule(
        [NewDelivery(kind, community, f"{kind}:{member}", key, now, channel=STAFF, ref=member)]
    )
