"""The kinds of settings there are: how each is read and kept, as text, and within which bounds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from bot.domain.audit import Setting
from bot.domain.people import CommunityId, Role, RoleGrant
from bot.domain.policies import LEAST_PATIENCE, MOST_PATIENCE, Matter
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.services.audit import Kind
from bot.services.ports import Work

ON, OFF = "on", "off"


def only(kind: str) -> Callable[[Work, CommunityId], tuple[Setting, ...]]:
    """For kinds of which a community has exactly one."""
    return lambda _work, _community: (Setting(kind),)


def choice(name: str) -> Kind:
    """A kind that is kept as plain text, by name; empty for the default."""

    def read(work: Work, community: CommunityId, setting: Setting) -> str:
        return work.chosen.get(community, name, setting.name)

    def write(
        work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
    ) -> None:
        work.chosen.set(community, name, setting.name, value)

    return Kind(name, read, write)


# The zone ---------------------------------------------------------------------------------------


def _zone(work: Work, community: CommunityId, _setting: Setting) -> str:
    home = work.communities.get(community)
    return "UTC" if home is None else home.zone


def _set_zone(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    work.communities.set_zone(community, value)


ZONE = Kind("zone", _zone, _set_zone)


# The language ------------------------------------------------------------------------------------


def _language(work: Work, community: CommunityId, _setting: Setting) -> str:
    home = work.communities.get(community)
    return "en" if home is None else home.language


def _set_language(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    work.communities.set_language(community, value)


LANGUAGE = Kind("language", _language, _set_language)


# Whether it is open -----------------------------------------------------------------------------


def _open(work: Work, community: CommunityId, _setting: Setting) -> str:
    home = work.communities.get(community)
    return OFF if home is None or home.set_up_at is None else ON


def _set_open(
    work: Work, now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    if value == ON:
        work.communities.mark_set_up(community, _zone(work, community, setting), now)
    elif not work.joins.in_use(community):
        work.communities.mark_closed(community)


OPEN = Kind("open", _open, _set_open)
"""There is a way back until something was begun: from then on it belongs to those who began it."""


# Patience ---------------------------------------------------------------------------------------


def _patience(work: Work, community: CommunityId, setting: Setting) -> str:
    return str(work.manners.patience(community).get(Matter(setting.name), LEAST_PATIENCE))


def _set_patience(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    factor = min(max(int(value), LEAST_PATIENCE), MOST_PATIENCE)
    work.manners.set_patience(community, Matter(setting.name), factor)


PATIENCE = Kind("patience", _patience, _set_patience)


# Channels ---------------------------------------------------------------------------------------


def _channel(work: Work, community: CommunityId, setting: Setting) -> str:
    if setting.place is None:
        return ""
    return work.communities.channel(community, setting.name, setting.place) or ""


def _set_channel(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    if setting.place is not None:
        work.communities.set_channel(community, setting.name, setting.place, value or None)


CHANNEL = Kind("channel", _channel, _set_channel)


# Seasons: all of a community's together, so that adding and removing are one kind of change -----


def seasons_text(seasons: Iterable[Season]) -> str:
    """Seasons as the value of a setting."""
    rows = sorted(
        [str(one.kind), one.first.isoformat(), one.last.isoformat(), one.patience, one.early]
        for one in seasons
    )
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def seasons_in(community: CommunityId, value: str) -> tuple[Season, ...]:
    """The seasons that such a value stands for; their ids say nothing."""
    rows = cast(list[tuple[str, str, str, int, bool]], json.loads(value)) if value else []
    return tuple(
        Season(
            SeasonId(0),
            community,
            None,
            SeasonKind(kind),
            date.fromisoformat(first),
            date.fromisoformat(last),
            patience,
            early,
        )
        for kind, first, last, patience, early in rows
    )


def _seasons(work: Work, community: CommunityId, _setting: Setting) -> str:
    return seasons_text(work.manners.seasons(community, None))


def _set_seasons(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    wanted = list(seasons_in(community, value))
    for season in work.manners.seasons(community, None):
        same = replace(season, id=SeasonId(0))
        if same in wanted:
            wanted.remove(same)  # it stays, with its id
        else:
            work.manners.drop_season(community, season.id)
    for season in wanted:
        work.manners.add_season(season)


SEASONS = Kind("seasons", _seasons, _set_seasons)


# Roles ------------------------------------------------------------------------------------------


def grants_text(grants: Iterable[RoleGrant]) -> str:
    """Grants of one role as the value of a setting."""
    rows = sorted([one.platform, one.workspace, one.ref, one.is_person] for one in grants)
    return json.dumps(rows, separators=(",", ":")) if rows else ""


def grants_in(role: Role, value: str) -> tuple[RoleGrant, ...]:
    """The grants that such a value stands for."""
    rows = cast(list[tuple[str, str, str, bool]], json.loads(value)) if value else []
    return tuple(RoleGrant(role, *row) for row in rows)


def _roles(work: Work, community: CommunityId, setting: Setting) -> str:
    role = Role(setting.name)
    return grants_text(one for one in work.communities.grants(community) if one.role is role)


def _set_roles(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    role = Role(setting.name)
    work.communities.grant(community, grants_in(role, value), role)


ROLES = Kind("roles", _roles, _set_roles)


# What is on -------------------------------------------------------------------------------------


def _switch(work: Work, community: CommunityId, setting: Setting) -> str:
    home = work.communities.get(community)
    return OFF if home is not None and setting.name in home.off else ON


def _set_switch(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    home = work.communities.get(community)
    off = frozenset[str]() if home is None else home.off
    name = frozenset((setting.name,))
    work.communities.set_off(community, off - name if value == ON else off | name)


SWITCH = Kind("feature", _switch, _set_switch)


# Rules of single features -----------------------------------------------------------------------


def _verified(work: Work, community: CommunityId, _setting: Setting) -> str:
    return ON if work.listings.verified_only(community) else OFF


def _set_verified(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    work.listings.set_verified_only(community, on=value == ON)


VERIFIED_ONLY = Kind("verified_only", _verified, _set_verified)


def _seats(work: Work, community: CommunityId, _setting: Setting) -> str:
    return str(work.office_hours.rules(community).seats_a_week or 0)


def _set_seats(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    rules = work.office_hours.rules(community)
    work.office_hours.set_rules(community, replace(rules, seats_a_week=int(value) or None))


SEATS_A_WEEK = Kind("seats_a_week", _seats, _set_seats)


def _board(work: Work, community: CommunityId, _setting: Setting) -> str:
    return ON if work.office_hours.rules(community).board else OFF


def _set_board(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    rules = work.office_hours.rules(community)
    work.office_hours.set_rules(community, replace(rules, board=value == ON))


HOURS_BOARD = Kind("hours_board", _board, _set_board)


def _events(work: Work, community: CommunityId, _setting: Setting) -> str:
    return ON if work.office_hours.rules(community).events else OFF


def _set_events(
    work: Work, _now: datetime, community: CommunityId, _setting: Setting, value: str
) -> None:
    rules = work.office_hours.rules(community)
    work.office_hours.set_rules(community, replace(rules, events=value == ON))


HOURS_EVENTS = Kind("hours_events", _events, _set_events)
