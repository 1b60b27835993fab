"""The list of sessions: the next one of a series stands for all, until the rest is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.codes import tidy
from bot.domain.office_hours import SeriesId, Session, SessionId, admitted
from bot.domain.recurrence import Repeat
from bot.services.office_hours.apart import as_seen
from bot.services.office_hours.results import Actor, Card
from bot.services.office_hours.views import cards_of
from bot.services.ports import Work


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the first session of a series: how often it comes back, and how many more
    are planned."""

    repeat: Repeat
    more: int


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of sessions, and whether there is another. `behind`: by session, where it is the
    first of a series of which the rest is left out."""

    cards: tuple[Card, ...]
    more: bool
    behind: Mapping[SessionId, Behind]


@dataclass(frozen=True, slots=True)
class Looked:
    """What is looked for. `series`: only those of the series that the session with this code is
    in; otherwise of each series the next one alone."""

    topic: str | None = None
    starts_from: datetime | None = None
    series: str | None = None


def listing(
    work: Work, now: datetime, actor: Actor, looked: Looked, page: int, size: int
) -> Listing:
    """Sessions that the actor may see and that are not over. `page` counts from 0."""
    one: SeriesId | None = None
    if looked.series is not None:
        known = work.office_hours.by_code(actor.community, tidy(looked.series))
        if known is None or known.series is None:
            return Listing((), more=False, behind={})
        one = known.series
    for_whom = admitted(actor.roles)
    found = work.office_hours.upcoming(
        actor.community,
        now,
        for_whom,
        starts_from=looked.starts_from,
        topic=looked.topic,
        series=one,
        once=one is None,
        offset=page * size,
        limit=size + 1,
    )
    shown = as_seen(work, found[:size], actor.member)
    behind = {} if one is not None else _behind(work, now, actor, looked, shown)
    return Listing(cards_of(work, now, shown, actor.member), len(found) > size, behind)


def _behind(
    work: Work, now: datetime, actor: Actor, looked: Looked, shown: tuple[Session, ...]
) -> dict[SessionId, Behind]:
    firsts = {each.series: each.id for each in shown if each.series is not None}
    if not firsts:
        return {}
    counts = work.office_hours.in_series(
        actor.community,
        now,
        admitted(actor.roles),
        firsts,
        starts_from=looked.starts_from,
        topic=looked.topic,
    )
    behind: dict[SessionId, Behind] = {}
    for id, first in firsts.items():
        series = work.office_hours.series(id)
        if series is not None and counts.get(id, 0) > 1:
            behind[first] = Behind(series.rule.repeat, counts[id] - 1)
    return behind


def every(work: Work, now: datetime, actor: Actor, most: int) -> tuple[Card, ...]:
    """Every session that the actor may see, one by one."""
    found = work.office_hours.upcoming(actor.community, now, admitted(actor.roles), limit=most)
    return cards_of(work, now, as_seen(work, found, actor.member), actor.member)
