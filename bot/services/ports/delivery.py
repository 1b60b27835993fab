"""What delivery needs from storage: one table of rows to be sent."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.delivery import Attempt, Delivery, DeliveryState, NewDelivery
from bot.domain.people import CommunityId, MemberId


class Deliveries(Protocol):
    """The delivery table."""

    def schedule(self, rows: Iterable[NewDelivery]) -> None:
        """Write rows; a row whose key exists already is left as it is."""
        ...

    def cancel(self, subject: str, *, member: MemberId | None = None) -> int:
        """Cancel what is not sent about a subject (for one member); how many were cancelled."""
        ...

    def take_back(
        self, subject: str, kinds: Collection[str], members: Collection[MemberId]
    ) -> tuple[tuple[MemberId, str], ...]:
        """Cancel what of these kinds is not sent to these about a subject: whom and what."""
        ...

    def in_doubt(self, subject: str, member: MemberId) -> bool:
        """Whether something about a subject is on its way to a member, or may have arrived."""
        ...

    def reached(self, members: Collection[MemberId]) -> frozenset[MemberId]:
        """Who of these was sent anything, as far as it is still on record."""
        ...

    def states(
        self, kind: str, subject: str, members: Collection[MemberId]
    ) -> Mapping[MemberId, DeliveryState]:
        """How far what is told each of these about a subject is; of several, the last."""
        ...

    def known(self, key: str) -> bool:
        """Whether a row with this key was written."""
        ...

    def others_due(self, row: Delivery, kinds: Sequence[str], now: datetime) -> bool:
        """Whether more of these kinds is due to the receiver of `row`, or under way to them."""
        ...

    def cancel_to(self, member: MemberId) -> int:
        """Cancel everything that is not sent to a member; how many were cancelled."""
        ...

    def claim(
        self, token: str, now: datetime, lease: timedelta, limit: int
    ) -> tuple[Delivery, ...]:
        """Take due rows under a lease, in turn between communities; expired leases come back."""
        ...

    def begin(self, token: str, ids: Sequence[int]) -> frozenset[int]:
        """Mark claimed rows as being sent; the ones that are still ours and not cancelled."""
        ...

    def renew(self, token: str, until: datetime) -> None:
        """Keep everything claimed under `token` until then."""
        ...

    def release(self, token: str) -> None:
        """Give back what was claimed and not begun: due at once for whoever comes next."""
        ...

    def record(self, token: str, attempts: Iterable[Attempt], now: datetime) -> None:
        """Write outcomes of rows claimed under `token`."""
        ...

    def park(self, token: str, ids: Sequence[int]) -> None:
        """Claimed rows wait until `unpark`."""
        ...

    def parked(self, community: CommunityId) -> dict[str, tuple[int, datetime]]:
        """What was parked, by kind: how many, and when the first of them was due."""
        ...

    def unpark(self, community: CommunityId, now: datetime, apart: timedelta) -> int:
        """What was parked goes out again, the oldest first and so far `apart`; how many."""
        ...

    def next_due(self) -> datetime | None:
        """When the next row (or expired lease) wants attention."""
        ...

    def backlog(self, now: datetime) -> tuple[int, datetime | None]:
        """How many rows wait although their time has come, and since when the first of them."""
        ...
