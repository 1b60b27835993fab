"""What stands between somebody and a mentor: a pair, an open request, one of not long ago."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime

from bot.domain.people import CommunityId, MemberId
from bot.domain.requests import Request, RequestState, cooled, rested
from bot.services.ports import Work

_LOOKED_AT = 200
"""So many of the newest requests of one person; with three open at a time it is years."""


class Knot(enum.Enum):
    """Why a request would make no sense at present."""

    PAIR = enum.auto()
    OPEN = enum.auto()
    RECENT = enum.auto()


@dataclass(frozen=True, slots=True)
class Tie:
    """One of them. `request`: the one that is open; `until`: from when a new one is possible."""

    knot: Knot
    request: Request | None = None
    until: datetime | None = None


def ties(
    work: Work, now: datetime, community: CommunityId, trainee: MemberId
) -> dict[MemberId, Tie]:
    """Every mentor whom somebody may not ask at present, for a reason they know themself."""
    found: dict[MemberId, Tie] = {}
    last: dict[MemberId, Request] = {}
    back: dict[MemberId, list[datetime]] = {}
    for one in work.requests.of(trainee, community, _LOOKED_AT):
        if one.trainee == trainee:
            last.setdefault(one.mentor, one)
            if one.state is RequestState.WITHDRAWN and one.decided is not None:
                back.setdefault(one.mentor, []).append(one.decided)
    for mentor, request in last.items():
        if request.state.pending:
            found[mentor] = Tie(Knot.OPEN, request)
            continue
        again = cooled(request, now) or rested(back.get(mentor, ()), now)
        if again is not None:
            found[mentor] = Tie(Knot.RECENT, until=again)
    for pair in work.pairs.of(trainee, community):
        tie = found.get(pair.mentor)
        if pair.open and pair.trainee == trainee and (tie is None or tie.knot is Knot.RECENT):
            found[pair.mentor] = Tie(Knot.PAIR)
    return found
