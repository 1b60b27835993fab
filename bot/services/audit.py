"""The one way in which a moderator changes a setting: compared, written down, able to be undone.

A change names the value that was seen; if another one holds by now, nothing happens and the caller
learns which. The record is written in the same transaction as the change.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias, cast

from bot.domain.audit import Change, ChangeId, Setting
from bot.domain.people import CommunityId, MemberId, Place, Someone
from bot.services.ports import Work
from bot.services.ports.drafts import Draft


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of setting: how its value is read and kept, as text.

    `write` keeps within the bounds whatever it is given; what stands afterwards is read again.
    """

    name: str
    read: Callable[[Work, CommunityId, Setting], str]
    write: Callable[[Work, datetime, CommunityId, Setting, str], None]


Kinds: TypeAlias = Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class Changed:
    """It was done, and is on record."""

    change: Change


@dataclass(frozen=True, slots=True)
class Stands:
    """Another value holds than the one that was seen, so nothing was done."""

    value: str
    by: Someone | None = None
    """Who chose it, if that is on record."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A change that was shown and waits for `Confirm`."""

    setting: Setting
    old: str
    new: str
    why: str = ""
    undoes: ChangeId | None = None


def change(
    work: Work,
    now: datetime,
    by: MemberId,
    community: CommunityId,
    kind: Kind,
    proposal: Proposal,
) -> Changed | Stands:
    """Change a setting if it is still as it was seen."""
    setting = proposal.setting
    stands = kind.read(work, community, setting)
    if stands != proposal.old:
        return Stands(stands, _who(work, community, setting, stands))
    kind.write(work, now, community, setting, proposal.new)
    new = kind.read(work, community, setting)
    if new == stands and proposal.new != stands:
        return Stands(stands)  # it cannot be so any more
    given = (community, by, now, setting, stands, new)
    return Changed(work.audit.add(*given, why=proposal.why, undoes=proposal.undoes))


def keep(work: Work, draft: str, expires: datetime, by: MemberId, proposal: Proposal,
         community: CommunityId) -> None:  # fmt: skip
    """Write a proposal down, to be confirmed by whoever made it."""
    at = proposal.setting.place
    state: Mapping[str, object] = {
        "tag": "",
        "changes": proposal.setting.kind,
        "name": proposal.setting.name,
        "place": None if at is None else [at.platform, at.workspace],
        "old": proposal.old,
        "new": proposal.new,
        "why": proposal.why,
        "undoes": proposal.undoes,
    }
    work.drafts.save(Draft(draft, by, community, state, expires))


def found(
    work: Work, now: datetime, draft: str, by: MemberId, community: CommunityId
) -> Proposal | None:
    """A proposal that this moderator made here; None if it expired or was carried out."""
    row = work.drafts.get(draft, now)
    if row is None or (row.member, row.community) != (by, community) or "changes" not in row.state:
        return None
    kept = cast(Mapping[str, str], row.state)
    at = cast(list[str] | None, row.state["place"])
    place = None if at is None else Place(at[0], at[1])
    setting = Setting(kept["changes"], kept["name"], place)
    undoes = cast(ChangeId | None, row.state["undoes"])
    return Proposal(setting, kept["old"], kept["new"], kept["why"], undoes)


def confirm(
    work: Work, now: datetime, draft: str, by: MemberId, community: CommunityId, kinds: Kinds
) -> tuple[Proposal, Changed | Stands] | None:
    """Carry out a proposal, once. None if there is none any more."""
    proposal = found(work, now, draft, by, community)
    kind = kinds.get(proposal.setting.kind) if proposal is not None else None
    if proposal is None or kind is None or not work.drafts.discard(draft):
        return None
    return proposal, change(work, now, by, community, kind, proposal)


def drop(work: Work, now: datetime, draft: str, by: MemberId, community: CommunityId) -> bool:
    """`Cancel`: whether there was anything to cancel."""
    known = found(work, now, draft, by, community)
    return known is not None and work.drafts.discard(draft)


@dataclass(frozen=True, slots=True)
class Entry:
    """A record as it is shown."""

    change: Change
    by: Someone | None
    about: Someone | None


def recorded(work: Work, community: CommunityId, id: ChangeId) -> Change | None:
    """One record."""
    return work.audit.get(community, id)


def history(
    work: Work, community: CommunityId, limit: int, before: ChangeId | None = None
) -> tuple[Entry, ...]:
    """What was changed, the newest first."""
    changes = work.audit.latest(community, limit, before)
    named = [one for each in changes for one in (each.by, each.about) if one is not None]
    people = work.people.several(named)

    def someone(member: MemberId | None) -> Someone | None:
        return None if member is None else people[member]

    return tuple(Entry(one, someone(one.by), someone(one.about)) for one in changes)


def _who(work: Work, community: CommunityId, setting: Setting, value: str) -> Someone | None:
    for each in work.audit.latest(community, 20):
        if each.setting == setting:
            known = each.new == value and each.by is not None
            return work.people.someone(each.by) if known and each.by is not None else None
    return None
