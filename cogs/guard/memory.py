"""What the guard remembers, in the memory of this process alone: which parts of a message were
looked at (as keyed digests), who was told of something doubtful lately, and for a quarter of an
hour the notes that could not be delivered.
"""

from __future__ import annotations

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.people import Account, Place
from bot.runtime.caller import Enclosed, Message
from bot.ui.parts import Reply
from cogs.guard.looking import Parts

KEPT = timedelta(minutes=15)
"""How long a note waits that could not be delivered."""
_QUIET = timedelta(hours=1)
_MOST_MESSAGES = 5_000
_MOST_NOTES = 200
_MOST_PEOPLE = 2_000


class Seen:
    """Which parts of which messages were looked at."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[tuple[Place, str], set[bytes]] = OrderedDict()

    def fresh(self, place: Place, message: Message) -> Parts:
        """What of a message was not looked at; from now on it was."""
        known = self._known.setdefault((place, message.id), set())
        self._known.move_to_end((place, message.id))
        while len(self._known) > _MOST_MESSAGES:
            self._known.popitem(last=False)

        def new(kind: str, said: str) -> bool:
            digest = self._digest(kind, said)
            first = digest not in known
            known.add(digest)
            return first

        return Parts(
            bool(message.text.strip()) and new("text", message.text),
            tuple(text for text in message.forwarded if new("forwarded", text)),
            tuple(text for text in message.linked if new("linked", text)),
            tuple(
                (number, file)
                for number, file in enumerate(message.files, start=1)
                if new("file", file.id)
            ),
        )

    def forget(self, place: Place, message: Message, files: Sequence[tuple[int, Enclosed]]) -> None:
        """Those files were not opened after all: at the next change they are new."""
        known = self._known.get((place, message.id), set())
        known -= {self._digest("file", file.id) for _number, file in files}

    def _digest(self, kind: str, said: str) -> bytes:
        whole = f"{kind}\0{said}".encode()
        return hashlib.blake2b(whole, key=self._key, digest_size=16).digest()


class Reminded:
    """Who was told of something doubtful within the hour."""

    def __init__(self) -> None:
        self._last: OrderedDict[Account, datetime] = OrderedDict()

    def may(self, account: Account, now: datetime) -> bool:
        """Whether to tell them again; if so, they were."""
        last = self._last.get(account)
        if last is not None and timedelta() <= now - last < _QUIET:
            return False
        self._last[account] = now
        self._last.move_to_end(account)
        while len(self._last) > _MOST_PEOPLE:
            self._last.popitem(last=False)
        return True


@dataclass(frozen=True)
class Note:
    """A note that waits for its author. `where`, `message`: what stands in the channel for it."""

    author: Account
    reply: Reply
    until: datetime
    place: Place
    where: str
    message: str = ""

    def __repr__(self) -> str:
        return "Note()"


class Notes:
    """Notes that could not be delivered, by code."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Note] = OrderedDict()

    def keep(self, code: str, note: Note) -> None:
        """Keep one; of too many the oldest goes."""
        self._held[code] = note
        while len(self._held) > _MOST_NOTES:
            self._held.popitem(last=False)

    def find(self, code: str, now: datetime) -> Note | None:
        """The note, unless its time is over."""
        note = self._held.get(code)
        return note if note is not None and now < note.until else None

    def drop(self, code: str) -> None:
        """It was read."""
        self._held.pop(code, None)

    def over(self, now: datetime) -> tuple[Note, ...]:
        """Those whose time is over; they are forgotten."""
        late = [code for code, note in self._held.items() if now >= note.until]
        return tuple(self._held.pop(code) for code in late)


def new_code() -> str:
    """Nobody can guess it."""
    return secrets.token_urlsafe(9)
