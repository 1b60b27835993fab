"""Who acts: what an adapter knows (`Arrival`) and what the core makes of it (`Caller`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from bot.domain.people import Account, CommunityId, MemberId, Place, Role, Standing
from bot.runtime.screen import Screen
from bot.ui.parts import Can, Reply
from bot.ui.words import Msg


@dataclass(frozen=True)
class Arrival:
    """Whoever acted, as the adapter saw it.

    `place` is None where the platform does not say which is meant (a direct message on Discord).
    `standing` and `role_refs` hold for `place` only.
    `zone` and `language` are the platform's own word, used until the person says otherwise.
    `lacking`: what whoever runs the bot has to grant for something that is not possible here.
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
    lacking: Mapping[Can, Msg] = field(default_factory=dict[Can, Msg])
    meanwhile: Callable[[Screen], Awaitable[None]] | None = field(
        default=None, compare=False, repr=False
    )
    """Shows a private screen while the answer is being prepared; the answer takes its place."""


@dataclass(frozen=True, eq=False)
class Enclosed:
    """A file or picture of a message, not fetched yet.

    `id` is the same whenever the message is looked at again. `size` is in bytes, None if the
    platform does not say. `fetch(most)` brings the content into memory; raises FileLost, also for
    more than `most` bytes.
    """

    id: str
    name: str
    media_type: str
    size: int | None
    fetch: Callable[[int], Awaitable[bytes]]
    linked: bool = False
    """It belongs to the preview of a link."""

    def __repr__(self) -> str:
        return f"Enclosed({self.size} bytes)"


@dataclass(frozen=True)
class Message:
    """An ordinary message. What it says is looked at and never kept.

    `id` and `answers` (the message it replies to, if any) are unique in the place; `link` leads to
    it; `where` is the conversation it stands in, a thread for itself. `private`: a direct message
    to the bot. `author` wrote it; None: nobody with an account, such as a webhook. `ours`: this bot
    did. `forwarded` and `linked` are texts that its author did not type: messages passed on,
    previews of links. `again`: it was here before and has changed.
    """

    id: str
    text: str
    link: str = ""
    answers: str | None = None
    private: bool = False
    where: str = ""
    author: Account | None = None
    author_name: str = ""
    ours: bool = False
    forwarded: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    files: tuple[Enclosed, ...] = ()
    again: bool = False

    def __repr__(self) -> str:
        # What was written never reaches a log, not even through a traceback.
        return f"Message({self.id!r}, {len(self.text)} characters, {len(self.files)} files)"


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
    lacking: Mapping[Can, Msg] = field(default_factory=dict[Can, Msg])
    """What would have to be granted for what is not possible here."""
    missed: bool = False
    """Something did not reach them before this request."""
    off: frozenset[str] = frozenset()
    """Names of features that are switched off in the community."""
    zone_assumed: bool = False
    """Neither the person nor the platform said where they are: `zone` is the community's."""
    meanwhile: Callable[[Reply], Awaitable[None]] | None = field(
        default=None, compare=False, repr=False
    )
    """Shows a private reply while a long answer is being prepared, where the platform can."""
