"""One row per message that has to go out on time: who, about what, when, and how far it is.

A row holds ids, never sentences; the message is made from the state at the moment of sending.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from bot.domain.people import CommunityId, MemberId

DeliveryId = NewType("DeliveryId", int)


class DeliveryState(enum.Enum):
    """How far a delivery is."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENT = "sent"
    CANCELLED = "cancelled"
    MOOT = "moot"
    """Nothing was left to say when its time came."""
    STALE = "stale"
    """Its time was missed by so much that it would only confuse."""
    UNDELIVERABLE = "undeliverable"
    HELD = "held"
    """Its time came while moderators held everything back; it goes on when they let it."""


@dataclass(frozen=True, slots=True)
class NewDelivery:
    """A message to be sent at `due`, written in the transaction that causes it.

    `subject` (such as `session:12`) is what cancels it; `key` is unique, so the same cause twice
    gives one message. `ref` is the id that the composer needs beside the subject. Exactly one of
    `member` and `channel` is set; `channel` is a purpose of the community, such as `hours`.
    `doubtful`: the same may have been said before, by a process that ended meanwhile.
    """

    kind: str
    community: CommunityId
    subject: str
    key: str
    due: datetime
    member: MemberId | None = None
    channel: str | None = None
    ref: int = 0
    doubtful: bool = False

    def __post_init__(self) -> None:
        if (self.member is None) == (self.channel is None):
            raise ValueError("a delivery goes to a member or to a channel")


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery as it was claimed for sending.

    `attempts` counts earlier tries that failed in passing. `doubtful`: an earlier claim ended
    without an outcome (its process died), so the message may have gone out already.
    """

    id: DeliveryId
    kind: str
    community: CommunityId
    subject: str
    key: str
    due: datetime
    member: MemberId | None
    channel: str | None
    ref: int
    attempts: int = 0
    doubtful: bool = False


class Outcome(enum.Enum):
    """What became of one try to send."""

    SENT = "sent"
    MOOT = "moot"
    STALE = "stale"
    UNDELIVERABLE = "undeliverable"
    AGAIN = "again"
    """It failed on our side: try again at `retry_at`, a few times."""
    LATER = "later"
    """The platform is away or asks to wait: look again at `retry_at`, as long as it is useful."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """The outcome of one try. `retry_at` is set for `AGAIN` and `LATER`."""

    delivery: DeliveryId
    outcome: Outcome
    retry_at: datetime | None = None
