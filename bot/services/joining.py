"""One community over two places: a code from the one, typed in the other, once, within minutes.

A place that has a life of its own is not joined: what its members agreed there would be torn from
its codes and lists.
"""

from __future__ import annotations

import enum
import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.audit import Setting
from bot.domain.delivery import NewDelivery
from bot.domain.people import Community, CommunityId, MemberId
from bot.services.ports import Work

JOIN = "join"
TOLD = "su.joined"
"""The kind of delivery that tells moderators of a place that came."""
STAFF = "staff"
VALID = timedelta(minutes=10)
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_LENGTH = 10


class NotJoined(enum.Enum):
    """Why two places stay two communities."""

    NO_CODE = enum.auto()
    """It is wrong, used, or older than ten minutes."""
    SAME = enum.auto()
    IN_USE = enum.auto()


@dataclass(frozen=True, slots=True)
class Joined:
    """They are one. `members`: how many came along."""

    community: Community
    members: int


def offer(work: Work, now: datetime, community: CommunityId, by: MemberId) -> str:
    """A new code; an earlier one is worth nothing from then on."""
    code = "".join(secrets.choice(_SIGNS) for _sign in range(_LENGTH))
    work.joins.give(community, _digest(code), by, now + VALID)
    return code


def look(work: Work, now: datetime, community: CommunityId, code: str) -> Community | NotJoined:
    """Which community a code leads to, for this one."""
    target = work.joins.whose(_digest(code), now)
    home = None if target is None else work.communities.get(target)
    if home is None:
        return NotJoined.NO_CODE
    if home.id == community:
        return NotJoined.SAME
    return NotJoined.IN_USE if work.joins.in_use(community) else home


def join(
    work: Work, now: datetime, community: CommunityId, by: MemberId, code: str
) -> Joined | NotJoined:
    """Everybody and every place of `community` belongs to the one that gave the code."""
    home = look(work, now, community, code)
    if isinstance(home, NotJoined):
        return home
    giver = work.joins.use(_digest(code))
    if giver is None:
        return NotJoined.NO_CODE
    count = work.joins.merge(community, home.id, now)
    work.audit.add(home.id, by, now, Setting(JOIN), "", "")
    _tell(work, now, home.id, giver, community)
    return Joined(home, count)


def _tell(work: Work, now: datetime, home: CommunityId, giver: MemberId, gone: CommunityId) -> None:
    """Whoever gave the code, and their channel: a place came, with moderators of its own."""
    subject = f"{TOLD}:{gone}"
    rows = [NewDelivery(TOLD, home, subject, f"{subject}:giver", now, giver)]
    places = work.communities.places(home)
    if any(work.communities.channel(home, STAFF, place) for place in places):
        rows.append(NewDelivery(TOLD, home, subject, f"{subject}:{STAFF}", now, channel=STAFF))
    work.deliveries.schedule(rows)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().lower().encode()).hexdigest()
