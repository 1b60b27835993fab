"""Delivery rows about cases: their kinds, subjects and keys. Knows no sentence and no content."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import datetime

from bot.domain.cases import Case
from bot.domain.delivery import NewDelivery
from bot.domain.people import MemberId
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel where moderators and second readers are told, without content."""


class Kind(enum.StrEnum):
    """The kinds of deliveries about cases; `ref` is the case."""

    DUE = "case.due"
    """The cool-off is over: it is posted, and its author told."""
    LOST = "case.lost"
    WAITS = "case.waits"
    """To second readers."""
    ANSWERED = "case.answered"
    """What the second reader said, to the author."""
    UNREAD = "case.unread"
    """Nobody read it in time, to the author."""
    FLAGGED = "case.flagged"
    HIDDEN = "case.hidden"
    """To the author: somebody asked for a second look."""
    JUDGED = "case.judged"
    """To the author: what a moderator decided."""


def subject_of(case: Case) -> str:
    """What is cancelled when the case ends."""
    return f"case:{case.id}"


def to_author(work: Work, case: Case, kind: Kind, at: datetime, turn: str = "") -> None:
    """A message to the author. `turn` tells repetitions of one kind apart."""
    work.deliveries.schedule([_row(case, kind, at, turn, member=case.author)])


def to_readers(work: Work, case: Case, kind: Kind, times: Iterable[datetime], turn: str) -> bool:
    """Second readers are told: in the staff channel, and those who want it directly. False if
    there is nobody to tell."""
    people = [one for one in work.cases.readers(case.community) if one != case.author]
    place = any(
        work.communities.channel(case.community, STAFF, each) is not None
        for each in work.communities.places(case.community)
    )
    rows: list[NewDelivery] = []
    for number, at in enumerate(times):
        rows += [_row(case, kind, at, f"{turn}:{number}", member=one) for one in people]
        if place:
            rows.append(_row(case, kind, at, f"{turn}:{number}"))
    work.deliveries.schedule(rows)
    return bool(rows)


def _row(
    case: Case, kind: Kind, at: datetime, turn: str, member: MemberId | None = None
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        community=case.community,
        subject=subject_of(case),
        key=f"{kind}:{case.id}:{turn}:{member or STAFF}",
        due=at,
        member=member,
        channel=STAFF if member is None else None,
        ref=case.id,
    )
