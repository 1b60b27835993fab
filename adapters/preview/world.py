"""The chat itself: channels, threads, direct messages and who sees what, in memory and bounded.

Every change has a number (`rev`), so that a page that lost its connection asks for what came after
the last one it saw. Knows neither the core nor the web.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from adapters.preview.people import People, Persona
from bot.domain.people import Standing

BOT = "introducer"
DM = "dm:"
HOME = "home:"
JSON: TypeAlias = dict[str, object]
_MOST_MESSAGES = 1500
_MOST_BYTES = 96 * 1024 * 1024


def owner_of(where: str) -> str | None:
    """Whose direct messages or panel this is; None for a channel."""
    kind, colon, owner = where.partition(":")
    return owner if colon and kind + colon in (DM, HOME) else None


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel. `staff` channels are for those who run the place, `full` ones not for guests."""

    id: str
    about: str
    staff: bool = False
    full: bool = False

    def open_to(self, persona: Persona) -> bool:
        """Whether the persona can read here."""
        if self.staff:
            return Standing.MANAGER in persona.standing
        return not (self.full and Standing.GUEST in persona.standing)


CHANNELS = (
    Channel("office-hours", "Sessions with mentors: what is coming up, and who has a seat free"),
    Channel("cases", "Teaching cases, with nothing in them that names a patient", full=True),
    Channel("ask-ir", "Questions, however small they seem", full=True),
    Channel("general", "Everything else"),
    Channel("moderators", "For those who look after this community", staff=True),
)


@dataclass(frozen=True, slots=True)
class Blob:
    """A file or picture of a message, served while the message is there."""

    name: str
    content: bytes
    media_type: str

    def __repr__(self) -> str:
        return f"Blob({len(self.content)} bytes)"


@dataclass(frozen=True, slots=True)
class Body:
    """What a message says: rendered parts, the files they refer to by number, its controls."""

    parts: Sequence[JSON]
    blobs: tuple[Blob, ...] = ()
    wires: frozenset[str] = frozenset()
    typed: str = ""
    """What a persona wrote, as text."""
    passing: str | None = None


@dataclass(slots=True)
class Message:
    """One message. `only` names the one persona who sees it; `thread` the message it is under."""

    id: int
    rev: int
    where: str
    author: str
    at: datetime
    body: Body
    only: str | None = None
    thread: int | None = None
    cause: JSON | None = None
    changed: bool = False
    gone: bool = False
    pings: frozenset[str] = frozenset()
    pinned: bool = False

    def json(self) -> JSON:
        """As the page gets it."""
        if self.gone:
            return {"id": self.id, "rev": self.rev, "where": self.where, "gone": True}
        return {
            "id": self.id,
            "rev": self.rev,
            "where": self.where,
            "author": self.author,
            "at": self.at.isoformat(),
            "parts": list(self.body.parts),
            "private": self.only is not None,
            "thread": self.thread,
            "cause": self.cause,
            "changed": self.changed,
            "pinned": self.pinned,
        }


@dataclass(slots=True)
class _Marks:
    read: dict[str, int] = field(default_factory=dict[str, int])


class World:
    """Every message, and what each persona has read."""

    def __init__(self, people: People, channels: Sequence[Channel] = CHANNELS) -> None:
        self.people = people
        self.channels: Mapping[str, Channel] = {one.id: one for one in channels}
        self.name = secrets.token_hex(8)
        """Differs at each start, so that a page notices that everything it shows is gone."""
        self.rev = 0
        self.closed: set[str] = set()
        """Personas who take no direct messages, as anybody may on a platform."""
        self._messages: dict[int, Message] = {}
        self._marks: dict[str, _Marks] = {}
        self._listeners: list[Callable[[], None]] = []
        self._next = 1

    # Who is told --------------------------------------------------------------------------------

    def listen(self, changed: Callable[[], None]) -> Callable[[], None]:
        """Call `changed` after every change; returns what ends that."""
        self._listeners.append(changed)
        return lambda: self._listeners.remove(changed)

    def touch(self) -> None:
        """Tell everybody who listens."""
        for listener in tuple(self._listeners):
            listener()

    # Writing ------------------------------------------------------------------------------------

    def post(
        self,
        where: str,
        author: str,
        body: Body,
        at: datetime,
        *,
        only: str | None = None,
        thread: int | None = None,
        cause: JSON | None = None,
        pings: frozenset[str] = frozenset(),
        pinned: bool = False,
    ) -> Message:
        """A new message. KeyError if there is no such channel, thread or persona."""
        self._check(where, thread)
        self.rev += 1
        message = Message(
            self._next,
            self.rev,
            where,
            author,
            at,
            body,
            only,
            thread,
            cause,
            pings=pings,
            pinned=pinned,
        )
        self._next += 1
        self._messages[message.id] = message
        if author != BOT:
            self.mark_read(author, where, message.id)
        self._trim()
        self.touch()
        return message

    def replace(self, message: Message, body: Body) -> None:
        """Other content in the same place."""
        self.rev += 1
        message.rev, message.body, message.changed = self.rev, body, True
        self._trim()
        self.touch()

    def remove(self, message: Message) -> None:
        """Take a message down; its content is gone at once."""
        self.rev += 1
        message.rev, message.gone, message.body = self.rev, True, Body(())
        self.touch()

    def forget(self, persona: str, passing: str, but: Message | None = None) -> None:
        """Take down what a persona was shown in passing."""
        for message in tuple(self._messages.values()):
            theirs = message.only == persona or message.where == DM + persona
            passes = message.body.passing == passing and message is not but
            if theirs and passes and not message.gone:
                self.remove(message)

    def clear(self, where: str) -> None:
        """Take down everything in a personal place."""
        for message in tuple(self._messages.values()):
            if message.where == where and not message.gone:
                self.remove(message)

    def mark_read(self, persona: str, where: str, id: int) -> bool:
        """Everything up to `id` was seen; whether that changed anything."""
        read = self._marks.setdefault(persona, _Marks()).read
        if read.get(where, 0) >= id:
            return False
        read[where] = id
        return True

    def mark_all_read(self) -> None:
        """Nothing that is here already counts as new."""
        for one in self.people:
            for where in self.places(one):
                self.mark_read(one.id, where, self._next - 1)

    # Reading ------------------------------------------------------------------------------------

    def places(self, persona: Persona) -> tuple[str, ...]:
        """Where a persona can read: their channels and their direct messages."""
        channels = (one.id for one in self.channels.values() if one.open_to(persona))
        return (*channels, DM + persona.id)

    def sees(self, persona: Persona, message: Message) -> bool:
        """Whether a persona sees a message."""
        if (owner := owner_of(message.where)) is not None:
            return owner == persona.id
        channel = self.channels.get(message.where)
        if channel is None or not channel.open_to(persona):
            return False
        return message.only is None or message.only == persona.id

    def get(self, persona: Persona, id: int) -> Message | None:
        """A message that is there and that the persona sees."""
        message = self._messages.get(id)
        if message is None or message.gone or not self.sees(persona, message):
            return None
        return message

    def posted(self, where: str, id: int) -> Message | None:
        """A message of a channel that is there, whoever sees it."""
        message = self._messages.get(id)
        return message if message and message.where == where and not message.gone else None

    def find(self, id: int) -> Message | None:
        """A message that is there, whoever sees it."""
        message = self._messages.get(id)
        return None if message is None or message.gone else message

    def since(self, persona: Persona, rev: int) -> Iterator[Message]:
        """What changed for a persona after `rev`, oldest message first."""
        for message in self._messages.values():
            if (
                message.rev > rev
                and self.sees(persona, message)
                and not (message.gone and rev == 0)
            ):
                yield message

    def unread(self, persona: Persona) -> dict[str, tuple[int, int]]:
        """By place: how many messages are new, and after which id."""
        read = self._marks.get(persona.id, _Marks()).read
        counts: dict[str, tuple[int, int]] = {}
        for message in self._messages.values():
            mark = read.get(message.where, 0)
            seen = message.id <= mark or message.gone or message.author == persona.id
            if seen or message.where.startswith(HOME):
                continue
            if self.sees(persona, message):
                count, _mark = counts.get(message.where, (0, mark))
                counts[message.where] = (count + 1, mark)
        return counts

    def waiting(self, persona: Persona) -> int:
        """How many new messages are meant for this persona alone, or name them."""
        read = self._marks.get(persona.id, _Marks()).read
        return sum(
            message.id > read.get(message.where, 0)
            and not message.gone
            and message.author != persona.id
            and (message.where == DM + persona.id or persona.id in message.pings)
            for message in self._messages.values()
            if self.sees(persona, message)
        )

    # Inside -------------------------------------------------------------------------------------

    def _check(self, where: str, thread: int | None) -> None:
        if (owner := owner_of(where)) is not None:
            known = self.people.get(owner) is not None
        else:
            known = where in self.channels
        if not known:
            raise KeyError("no such place")
        if thread is not None:
            root = self._messages[thread]
            if root.where != where or root.thread is not None:
                raise KeyError("no such thread")

    def _trim(self) -> None:
        held = sum(len(blob.content) for one in self._messages.values() for blob in one.body.blobs)
        while len(self._messages) > 1 and (
            len(self._messages) > _MOST_MESSAGES or held > _MOST_BYTES
        ):
            oldest = self._messages.pop(next(iter(self._messages)))
            held -= sum(len(blob.content) for blob in oldest.body.blobs)
