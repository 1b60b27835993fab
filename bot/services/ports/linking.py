"""What members' own choices need from storage: linked accounts, conduct, kinds of messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Account, CommunityId, MemberId


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code that is still worth something. `other`: who typed it, if anybody did."""

    member: MemberId
    community: CommunityId
    other: MemberId | None


class Links(Protocol):
    """Codes to link accounts, and the linking itself."""

    def give(
        self, member: MemberId, community: CommunityId, digest: str, expires: datetime
    ) -> None:
        """A member's only code at present."""
        ...

    def whose(self, digest: str, now: datetime) -> LinkCode | None:
        """A code that nobody typed and confirmed yet."""
        ...

    def of(self, member: MemberId, now: datetime) -> LinkCode | None:
        """A member's own code, typed or not."""
        ...

    def typed(self, member: MemberId, other: MemberId, expires: datetime) -> bool:
        """`other` typed a member's code and says yes; False if somebody was faster."""
        ...

    def drop(self, member: MemberId) -> None:
        """No code any more."""
        ...

    def merge(self, gone: MemberId, stays: MemberId) -> None:
        """Everything of `gone` is of `stays` from now on. What clashes has been ended before."""
        ...

    def split(self, member: MemberId, account: Account, now: datetime) -> MemberId | None:
        """The account is a new member, with the manners and the blocks of the old one; None if it
        is not the member's, or their only one."""
        ...


class Conduct(Protocol):
    """Who agreed to the conduct of a community, and when."""

    def agreed(self, community: CommunityId, member: MemberId) -> datetime | None:
        """When; None if they never did."""
        ...

    def agree(self, community: CommunityId, member: MemberId, now: datetime) -> None:
        """From now on; the first time counts."""
        ...


class Without(Protocol):
    """Kinds of messages that members do without."""

    def of(self, member: MemberId) -> frozenset[str]:
        """One member's."""
        ...

    def several(self, members: Iterable[MemberId]) -> dict[MemberId, frozenset[str]]:
        """Those of several; members who take everything are left out."""
        ...

    def set(self, member: MemberId, kinds: Iterable[str]) -> None:
        """All of them."""
        ...
