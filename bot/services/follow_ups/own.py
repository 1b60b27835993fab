"""Use cases of a member's own manners (hours, absence, pause) and of seasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.hours import Span
from bot.domain.people import CommunityId, MemberId, Place
from bot.domain.policies import Matter
from bot.domain.seasons import Season, SeasonId
from bot.services.follow_ups.engine import days_changed
from bot.services.ports import Work
from bot.services.ports.follow_ups import Wishes


@dataclass(frozen=True, slots=True)
class Manners:
    """What a member wished for, with the days off that are not over."""

    wishes: Wishes
    off: tuple[Span, ...]


def look(work: Work, member: MemberId, today: date) -> Manners:
    """How a member wants to be addressed."""
    off = tuple(span for span in work.manners.off(member) if span.last >= today)
    return Manners(work.manners.wishes(member), off)


def go_away(work: Work, now: datetime, member: MemberId, span: Span, today: date) -> Manners:
    """Days on which nothing is said unasked; a planned step is brought to mind before them."""
    if span not in work.manners.off(member):
        work.manners.add_off(member, span)
        days_changed(work, now, member)
    return look(work, member, today)


def not_away(work: Work, now: datetime, member: MemberId, span: Span, today: date) -> Manners:
    """Takes back one period; what else was noted stays."""
    work.manners.drop_off(member, span)
    days_changed(work, now, member)
    return look(work, member, today)


def come_back(work: Work, now: datetime, member: MemberId, today: date) -> int:
    """Takes back what is not over; how many periods that were."""
    count = work.manners.clear_off(member, today)
    days_changed(work, now, member)
    return count


def set_hours(work: Work, now: datetime, member: MemberId, wishes: Wishes) -> None:
    """New hours; a pause stays."""
    before = work.manners.wishes(member)
    work.manners.set_wishes(member, replace(wishes, paused_until=before.paused_until))
    days_changed(work, now, member)


def pause(work: Work, now: datetime, member: MemberId, until: datetime | None) -> None:
    """Nothing unasked until then; None ends a pause."""
    before = work.manners.wishes(member)
    work.manners.set_wishes(member, replace(before, paused_until=until))
    days_changed(work, now, member)


def seasons(work: Work, community: CommunityId) -> tuple[Season, ...]:
    """The community's seasons."""
    return work.manners.seasons(community, None)


def mark_my_season(work: Work, new: Season) -> None:
    """Marks one of a member's own; said twice it is one."""
    known = work.manners.seasons(new.community, new.member)
    if new not in (replace(one, id=new.id) for one in known):
        work.manners.add_season(new)


def my_seasons(
    work: Work, member: MemberId, community: CommunityId, today: date
) -> tuple[Season, ...]:
    """A member's own that are not over."""
    found = work.manners.seasons(community, member)
    return tuple(one for one in found if one.member == member and one.last >= today)


def drop_my_season(work: Work, member: MemberId, community: CommunityId, id: SeasonId) -> None:
    """Takes one of one's own back."""
    if any(one.id == id for one in my_seasons(work, member, community, date.min)):
        work.manners.drop_season(community, id)


@dataclass(frozen=True, slots=True)
class Row:
    """A policy as it stands in a community. `overdue`: how many had their last word."""

    matter: Matter
    patience: int
    overdue: int


def policies(work: Work, now: datetime, community: CommunityId) -> tuple[Row, ...]:
    """Every matter, with the factor moderators set and what is overdue at present."""
    patience = work.manners.patience(community)
    overdue = work.follow_ups.overdue(community, now)
    return tuple(Row(one, patience.get(one, 1), overdue.get(one, 0)) for one in Matter)


def channels(
    work: Work, community: CommunityId, place: Place, purposes: Iterable[str]
) -> tuple[tuple[str, str], ...]:
    """Purposes that have a channel in one place, with it."""
    found = ((one, work.communities.channel(community, one, place)) for one in purposes)
    return tuple((purpose, channel) for purpose, channel in found if channel is not None)
