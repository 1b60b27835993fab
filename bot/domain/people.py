"""Members, the accounts they are reached by, communities and places, and what each person may do.

Knows no platform: an account is three opaque strings.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

MemberId = NewType("MemberId", int)
CommunityId = NewType("CommunityId", int)


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """How a member is reached. Ids only; a display name is not identity.

    `workspace` is empty where a platform's user ids are the same everywhere.
    """

    platform: str
    workspace: str
    user: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A server, a workspace or the preview: where a community meets."""

    platform: str
    workspace: str

    def holds(self, account: Account) -> bool:
        """Whether an account of this kind can be in this place at all."""
        return self.platform == account.platform and account.workspace in ("", self.workspace)


@dataclass(frozen=True, slots=True)
class Someone:
    """A member as others may see them: a name to print and the accounts to mention."""

    member: MemberId
    name: str
    accounts: tuple[Account, ...] = ()

    def at(self, other: Account) -> Account | None:
        """Their account where this one is; None if they have none there."""
        here = (other.platform, other.workspace)
        return next((one for one in self.accounts if (one.platform, one.workspace) == here), None)


class Standing(enum.Flag):
    """What the platform itself says about an account in a place."""

    NONE = 0
    GUEST = enum.auto()
    """Belongs only in part (a Slack guest): may look, not act."""
    MANAGER = enum.auto()
    """Runs the place: Manage Server, workspace admin or owner."""


class Role(enum.Enum):
    """What a person may do in one community; resolved anew at each request."""

    GUEST = "guest"
    MEMBER = "member"
    HOST = "host"
    REVIEWER = "reviewer"
    MODERATOR = "moderator"
    DIRECTORY = "directory"
    """May look for mentors and ask them: everybody, unless a community limits it."""


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """A role of the community bound to a role (`ref` = its id) or a person (`ref` = user id)."""

    role: Role
    platform: str
    workspace: str
    ref: str
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Community:
    """One community; ids, caps and lists never cross its border."""

    id: CommunityId
    name: str
    zone: str
    language: str
    set_up_at: datetime | None
    off: frozenset[str] = frozenset()
    """Names of features that moderators switched off."""
    held_at: datetime | None = None
    """Since when nothing unrequested goes out to anybody; None: nothing is held."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A member's own settings, as far as every request needs them."""

    member: MemberId
    zone: str | None
    language: str | None


def resolve_roles(
    account: Account,
    standing: Standing,
    role_refs: frozenset[str],
    grants: tuple[RoleGrant, ...],
) -> frozenset[Role]:
    """The roles an account holds, from the platform's word and the community's grants.

    Rules of the interface ("Who may"): managers moderate; a guest may only look; with no host role
    named, every full member may host; likewise for whoever may look for mentors.
    """
    if Standing.GUEST in standing:
        return frozenset({Role.GUEST})
    held = {Role.GUEST, Role.MEMBER}
    if Standing.MANAGER in standing:
        held.add(Role.MODERATOR)
    for grant in grants:
        if grant.is_person:
            named = (grant.platform, grant.ref) == (account.platform, account.user) and (
                grant.workspace == account.workspace or not account.workspace
            )
        else:
            named = grant.platform == account.platform and grant.ref in role_refs
        if named:
            held.add(grant.role)
    if not any(grant.role is Role.HOST for grant in grants):
        held.add(Role.HOST)
    limited = any(grant.role is Role.DIRECTORY for grant in grants)
    if not limited or Role.MODERATOR in held:
        held.add(Role.DIRECTORY)
    return frozenset(held)
