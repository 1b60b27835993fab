"""What the use cases about people need from storage."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from bot.domain.people import (
    Account,
    Community,
    CommunityId,
    MemberId,
    Place,
    Profile,
    Role,
    RoleGrant,
    Someone,
)


class People(Protocol):
    """Members and their accounts."""

    def find(self, account: Account) -> Profile | None:
        """The member behind an account."""
        ...

    def add(self, account: Account, name: str, now: datetime) -> Profile:
        """A new member with this account; if another request was faster, theirs."""
        ...

    def rename(self, account: Account, name: str) -> None:
        """Keep the name others see up to date."""
        ...

    def profile(self, member: MemberId) -> Profile | None:
        """A member's own settings."""
        ...

    def profiles(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, Profile]:
        """Settings of those of the members who belong to the community at present."""
        ...

    def reached(
        self, community: CommunityId, members: Iterable[MemberId]
    ) -> dict[MemberId, tuple[Profile, tuple[Account, ...], frozenset[str]]]:
        """The same, each with the accounts, most recently used first, and what they do without."""
        ...

    def set_zone(self, member: MemberId, zone: str) -> None:
        """The member's own zone (IANA key)."""
        ...

    def set_language(self, member: MemberId, language: str | None) -> None:
        """The member's own language; None: their platform's."""
        ...

    def someone(self, member: MemberId) -> Someone:
        """A member as others may see them; a neutral name if they are gone."""
        ...

    def several(self, members: Iterable[MemberId]) -> dict[MemberId, Someone]:
        """The same for many at once."""
        ...

    def by_name(
        self, community: CommunityId, text: str, limit: int
    ) -> tuple[tuple[MemberId, str], ...]:
        """Members of the community whose name begins with a text, whatever its case."""
        ...

    def accounts(self, member: MemberId) -> tuple[Account, ...]:
        """Every account of a member, most recently used first."""
        ...

    def join(self, member: MemberId, community: CommunityId, now: datetime) -> None:
        """Note that the member was seen in the community; no effect if known and unchanged."""
        ...

    def leave(self, member: MemberId, community: CommunityId, now: datetime) -> None:
        """Note that the member left the community."""
        ...

    def joined(self, member: MemberId, community: CommunityId) -> datetime | None:
        """Since when the member belongs there; after coming back, since then. None: not there."""
        ...

    def ever_in(self, community: CommunityId, members: Iterable[MemberId]) -> frozenset[MemberId]:
        """Those of the members who belong to the community, or once did."""
        ...

    def communities(self, member: MemberId) -> tuple[CommunityId, ...]:
        """Where the member belongs at present."""
        ...


class Communities(Protocol):
    """Communities, their places and what their moderators configured."""

    def of(self, place: Place) -> Community | None:
        """The community that meets in this place."""
        ...

    def get(self, community: CommunityId) -> Community | None:
        """By id."""
        ...

    def home(self, community: CommunityId) -> tuple[Community, tuple[Place, ...]] | None:
        """By id, with the places where it meets, oldest place first."""
        ...

    def add(self, place: Place, name: str, now: datetime) -> Community:
        """A new community of its own for a new place; the existing one if another was faster."""
        ...

    def places(self, community: CommunityId) -> tuple[Place, ...]:
        """Where the community meets."""
        ...

    def grants(self, community: CommunityId) -> tuple[RoleGrant, ...]:
        """Who holds which role."""
        ...

    def grant(self, community: CommunityId, grants: tuple[RoleGrant, ...], role: Role) -> None:
        """Replace everything granted for `role`."""
        ...

    def mark_set_up(self, community: CommunityId, zone: str, now: datetime) -> None:
        """The community is ready to be used."""
        ...

    def mark_closed(self, community: CommunityId) -> None:
        """It is as before it was set up."""
        ...

    def set_zone(self, community: CommunityId, zone: str) -> None:
        """The community's zone (IANA key)."""
        ...

    def set_language(self, community: CommunityId, language: str) -> None:
        """The language of what is said to all, and to whoever has none of their own."""
        ...

    def set_off(self, community: CommunityId, off: frozenset[str]) -> None:
        """Which features are switched off."""
        ...

    def set_held(self, community: CommunityId, since: datetime | None) -> None:
        """Nothing unrequested goes out to anybody from then on; None: it does again."""
        ...

    def channel(self, community: CommunityId, purpose: str, place: Place) -> str | None:
        """The channel chosen for a purpose (`hours`, `staff`, `cases`, ...) in one place."""
        ...

    def channels(self, community: CommunityId, place: Place) -> dict[str, str]:
        """Every chosen channel of one place, by purpose."""
        ...

    def open(self) -> tuple[CommunityId, ...]:
        """Every community that is set up."""
        ...

    def set_channel(
        self, community: CommunityId, purpose: str, place: Place, channel: str | None
    ) -> None:
        """Choose a channel for a purpose, or none."""
        ...
