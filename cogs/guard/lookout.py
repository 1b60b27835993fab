"""Watches the channels: looks at what is new in a message and sees to it that its author is told.

Few messages are looked at at once and a bounded number waits, as records without content: files are
fetched one after another when their turn comes. So a burst neither fills the memory nor keeps
commands waiting, which go through a lane of their own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.guard import Guarded, Watch
from bot.domain.people import Account, Place
from bot.identifiers.talk import Weight
from bot.runtime.caller import Arrival, Message
from bot.runtime.doors import Again, Delivered, Messenger, Sent, Target, ToChannel, ToPerson
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Voice, screen_of
from bot.runtime.warden import Wardens
from bot.services import guard
from bot.services.ports import Store
from bot.tasks import TaskOwner
from bot.ui.parts import Can, Reply, settle
from cogs.guard.gathering import Gathering
from cogs.guard.looking import Looked, Looking, Parts
from cogs.guard.memory import KEPT, Note, Notes, Reminded, Seen, new_code
from cogs.guard.telling import Case, Word, alert, case_of, mention, note, unread

AT_ONCE: Final = 3
"""Messages that are looked at at the same time."""
MOST_WAITING: Final = 500
PAUSE = 30.0
"""Seconds between two notes to one person, or two alerts about one channel."""
_TRIES: Final = 3
_LONGEST_WAIT: Final = 60.0


class Lookout:
    """One for all places of this process."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        scans: Scanning,
        messenger: Messenger,
        wardens: Wardens,
        *,
        pause: float | None = None,
    ) -> None:
        pause = PAUSE if pause is None else pause
        self._store = store
        self._clock = clock
        self._looking = Looking(scans)
        self._messenger = messenger
        self._wardens = wardens
        self._tasks = TaskOwner("guard")
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._waiting = 0
        self._closed = False
        self._seen = Seen()
        self._reminded = Reminded()
        self.notes = Notes()
        self._to_authors = Gathering(self._tasks, self._note, pause=pause, most=5)
        self._to_moderators = Gathering(self._tasks, self._alert, pause=pause, most=5)
        self._to_look_at = Gathering(self._tasks, self._unread, pause=pause, most=50)

    async def watch(self, arrival: Arrival, message: Message) -> None:
        """Look at a message, if its channel is watched and its author not let pass."""
        if arrival.place is None or arrival.channel is None or message.author is None:
            return
        rules = await self._store.read(
            guard.watching,
            arrival.place,
            arrival.channel,
            arrival.account,
            arrival.standing,
            arrival.role_refs,
        )
        if rules is None:
            return
        parts = self._seen.fresh(arrival.place, message)
        if parts.none:
            return
        # Words first: they are not kept waiting by the pictures of others, and what they tell is
        # reason enough. Files that are not opened then are looked at if the words are changed.
        looked = await self._looking.read(message, parts)
        if looked.weight is Weight.TELLS:
            self._seen.forget(arrival.place, message, parts.files)
        elif parts.files:
            await self._open(looked, parts)
        if not self._closed:
            await self._act(arrival, rules, message, looked)
            await self.sweep()

    async def _open(self, looked: Looked, parts: Parts) -> None:
        """Files, when it is their turn."""
        if self._waiting >= MOST_WAITING:
            looked.unread += len(parts.files)
            return
        self._waiting += 1
        try:
            async with self._turns:
                if not self._closed:
                    await self._looking.open(looked, parts)
        finally:
            self._waiting -= 1

    async def close(self) -> None:
        """Leave what would have been told later."""
        self._closed = True
        await self._tasks.close()

    # What follows from it -----------------------------------------------------------------------

    async def _act(
        self, arrival: Arrival, rules: Guarded, message: Message, looked: Looked
    ) -> None:
        channel = arrival.channel or ""
        if looked.unread:
            await self._not_looked_at(rules, channel, looked.unread)
        if looked.weight is Weight.NOTHING:
            return
        if looked.weight is Weight.DOUBT and not self._reminded.may(
            arrival.account, self._clock.now()
        ):
            return
        removed = (
            looked.weight is Weight.TELLS
            and rules.of(channel) is Watch.HOLD
            and Can.REMOVE_OTHERS_MESSAGES in arrival.can
            and await self._wardens.remove(rules.place, message.where, message.id)
        )
        await self._looking.typed(looked, message)
        case = case_of(channel, message, looked, removed=removed)
        told = _Told(arrival, rules, message.where, case)
        await self._to_authors.add((rules.place, arrival.account), told)

    async def _not_looked_at(self, rules: Guarded, channel: str, count: int) -> None:
        if count:
            await self._to_look_at.add((rules.place, channel), (rules, count))

    async def _note(self, key: tuple[Place, Account], told: Sequence[_Told], more: int) -> None:
        """To the author; else, a mention without content, and the note waits behind its button."""
        place, account = key
        last = told[-1]
        voice = _voice(last.rules, last.arrival.language)
        reply = note([one.case for one in told], more)
        reached = await self._send(ToPerson(account), reply, voice)
        if not reached:
            code = new_code()
            said = mention(
                account, last.arrival.name, code, removed=any(one.case.removed for one in told)
            )
            until = self._clock.now() + KEPT
            # Before it is posted: the button may be pressed at once.
            self.notes.keep(code, Note(account, reply, until, place, last.where))
            posted = await self._sent(ToChannel(place, last.where), said, voice)
            if isinstance(posted, Delivered):
                kept = Note(account, reply, until, place, last.where, posted.message)
                self.notes.keep(code, kept)
                reached = True
            else:
                self.notes.drop(code)
        for one in told:
            if one.case.weight is Weight.TELLS and not (one.case.removed and reached):
                word = Word(account, one.arrival.name, one.case, reached)
                await self._to_moderators.add((place, one.case.channel), (one.rules, word))

    async def _alert(
        self, key: tuple[Place, str], words: Sequence[tuple[Guarded, Word]], more: int
    ) -> None:
        rules = words[-1][0]
        if rules.staff is not None:
            said = alert([word for _rules, word in words], more)
            await self._send(ToChannel(rules.place, rules.staff), said, _voice(rules, None))

    async def _unread(
        self, key: tuple[Place, str], counts: Sequence[tuple[Guarded, int]], more: int
    ) -> None:
        rules = counts[-1][0]
        if rules.staff is not None:
            said = unread(key[1], sum(count for _rules, count in counts) + more)
            await self._send(ToChannel(rules.place, rules.staff), said, _voice(rules, None))

    async def _send(self, target: Target, reply: Reply, voice: Voice) -> bool:
        return isinstance(await self._sent(target, reply, voice), Delivered)

    async def _sent(self, target: Target, reply: Reply, voice: Voice) -> Sent:
        """Sent from memory, because what it says may be written nowhere."""
        screen = screen_of(reply, settle(reply.parts, frozenset()), voice)
        key = f"guard:{new_code()}"
        sent: Sent = Again(0.0)
        for _number in range(_TRIES):
            sent = await self._messenger.send(target, screen, key)
            if not isinstance(sent, Again):
                break
            await asyncio.sleep(min(sent.seconds, _LONGEST_WAIT))
        return sent

    async def sweep(self) -> None:
        """Mentions whose note is gone have nothing behind them any more."""
        for late in self.notes.over(self._clock.now()):
            if late.message:
                await self._wardens.remove(late.place, late.where, late.message)


@dataclass(frozen=True)
class _Told:
    """Something to tell an author."""

    arrival: Arrival
    rules: Guarded
    where: str
    case: Case


def _voice(rules: Guarded, language: str | None) -> Voice:
    return Voice(rules.community, language or rules.language, ZoneInfo(rules.zone))
