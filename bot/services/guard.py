"""Use cases of the guard's settings. What it finds is known to nobody here."""

from __future__ import annotations

from datetime import datetime

from bot.domain.audit import Setting
from bot.domain.guard import ELSEWHERE, Guarded, Pass, Watch
from bot.domain.people import Account, CommunityId, Place, Role, Standing, resolve_roles
from bot.services.audit import Kind
from bot.services.kinds import OFF, ON
from bot.services.ports import Work

STAFF = "staff"
"""The purpose of the channel in which moderators are told."""


def rules(work: Work, place: Place) -> Guarded | None:
    """The rules of a place; None if nobody knows the place."""
    home = work.communities.of(place)
    if home is None:
        return None
    passes = work.guards.passes(home.id, place)
    roles = {one.role for one in passes}
    granted = {
        grant.ref
        for grant in (work.communities.grants(home.id) if passes else ())
        if grant.role in roles and not grant.is_person and grant.platform == place.platform
        and grant.workspace in ("", place.workspace)
    }  # fmt: skip
    return Guarded(
        home.id,
        place,
        work.guards.channels(home.id, place),
        passes,
        frozenset(granted | {one.ref for one in passes if one.ref}),
        work.communities.channel(home.id, STAFF, place),
        home.zone,
        home.language,
    )


def watching(
    work: Work,
    place: Place,
    channel: str,
    account: Account,
    standing: Standing,
    refs: frozenset[str],
) -> Guarded | None:
    """The rules of a place, if somebody's message in this channel is to be looked at."""
    found = rules(work, place)
    if found is None or found.of(channel) is Watch.OFF:
        return None
    if found.passes:
        roles = resolve_roles(account, standing, refs, work.communities.grants(found.community))
        if found.lets_pass(roles, refs):
            return None
    return found


# Settings -----------------------------------------------------------------------------------------


def _watch(work: Work, community: CommunityId, setting: Setting) -> str:
    if setting.place is None:
        return Watch.OFF.value
    own = work.guards.channels(community, setting.place)
    return own.get(setting.name, own.get(ELSEWHERE, Watch.OFF)).value


def _set_watch(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    if setting.place is None:
        return
    new, channel = Watch(value), setting.name
    elsewhere = work.guards.channels(community, setting.place).get(ELSEWHERE, Watch.OFF)
    if new is Watch.OFF and (channel == ELSEWHERE or elsewhere is Watch.OFF):
        work.guards.unwatch(community, setting.place, channel)
    else:
        work.guards.watch(community, setting.place, channel, new)


def every_watch(work: Work, community: CommunityId) -> tuple[Setting, ...]:
    """Every channel with a rule of its own, and the rule of all others."""
    return tuple(
        Setting(WATCH.name, channel, place)
        for place in work.communities.places(community)
        for channel in work.guards.channels(community, place)
    )


WATCH = Kind("guard", _watch, _set_watch)
"""What happens in one channel of a place; its name is the channel."""


def _pass_of(setting: Setting) -> Pass:
    if setting.kind == ROLE_PASS.name:
        return Pass(Role(setting.name))
    return Pass(ref=setting.name)


def _passes(work: Work, community: CommunityId, setting: Setting) -> str:
    if setting.place is None:
        return OFF
    return ON if _pass_of(setting) in work.guards.passes(community, setting.place) else OFF


def _set_pass(
    work: Work, _now: datetime, community: CommunityId, setting: Setting, value: str
) -> None:
    if setting.place is not None:
        who = _pass_of(setting)
        work.guards.let_pass(community, setting.place, who, wanted=value == ON)


ROLE_PASS = Kind("guard_role", _passes, _set_pass)
"""Whether messages of a role of the community pass; its name is the role."""
REF_PASS = Kind("guard_ref", _passes, _set_pass)
"""The same for one of the place's own roles; its name is that role's id."""


def every_pass(work: Work, community: CommunityId, *, own: bool) -> tuple[Setting, ...]:
    """Settings of whose messages pass; `own`: of the places' own roles."""
    return tuple(
        Setting(REF_PASS.name, one.ref, place)
        if one.role is None
        else Setting(ROLE_PASS.name, one.role.value, place)
        for place in work.communities.places(community)
        for one in work.guards.passes(community, place)
        if (one.role is None) is own
    )
