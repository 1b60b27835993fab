"""Who acts: what an adapter knows (`Arrival`) and what the core makes of it (`Caller`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.domain.people import Account, CommunityId, MemberId, Place, Role, Standing
from bot.ui.parts import Can


@dataclass(frozen=True)
class Arrival:
    """Whoever acted, as the adapter saw it.

    `place` is None where the platform does not say which is meant (a direct message on Discord).
    `standing` and `role_refs` hold for `place` only.
    `zone` and `language` are the platform's own word, used until the person says otherwise.
    """

    account: Account
    name: str
    place: Place | None
    channel: str | None
    standing: Standing
    role_refs: frozenset[str] = frozenset()
    can: frozenset[Can] = frozenset()
    zone: str | None = None
    language: str | None = None
    place_name: str = ""


@dataclass(frozen=True)
class Message:
    """An ordinary message. What it says is looked at and never kept.

    `id` and `answers` (the message it replies to, if any) are unique in the place; `link` leads to
    it. `private`: a direct message to the bot.
    """

    id: str
    text: str
    link: str = ""
    answers: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Caller:
    """A member asking something of one community, with the rights they hold there now."""

    member: MemberId
    account: Account
    name: str
    community: CommunityId
    place: Place | None
    channel: str | None
    zone: ZoneInfo
    language: str
    roles: frozenset[Role]
    set_up: bool = True
    can: frozenset[Can] = field(default_factory=frozenset[Can])
    missed: int = 0
    """How many messages did not reach them before this request; they go out again now."""
    zone_assumed: bool = False
    """Neither the person nor the platform said where they are: `zone` is the community's."""
