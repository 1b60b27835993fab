"""The search for patient identifiers as features use it: a bounded pool of processes behind one
object that waits without blocking, can be cancelled, and answers with values.

Text has a process of its own, so that a message is not kept waiting by a clip. Whoever waits for an
answer comes before whatever is looked through unasked; of several processes one is kept for them.
Cancelling the task that awaits a search ends the process that does it. Nothing is kept.
"""

from __future__ import annotations

import asyncio
import enum
import heapq
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Final, Literal, TypeAlias, TypeVar

from bot.identifiers.findings import Finding, Kind, Where
from bot.identifiers.pictures.order import Outcome, Unreadable, Wish
from bot.identifiers.pictures.workers import Stop, Workers

T = TypeVar("T")

SECONDS: Final = 90.0
"""The most that one file may take."""
TEXT_SECONDS: Final = 15.0
MOST_WAITING: Final = 200
"""Searches that may wait; later ones are refused, so that a flood grows no memory."""


class Lane(enum.IntEnum):
    """Who waits for the answer."""

    PERSON = 0
    WATCH = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """Not looked at; `why` is an English sentence for a person."""

    why: str

    @property
    def findings(self) -> tuple[Finding, ...]:
        """As a finding, for whoever only lists them."""
        return (Finding(Kind.UNREADABLE, Where.METADATA, self.why, 1.0),)


BUSY: Final = Unread("Too many files wait to be looked through. Try again in a few minutes.")
TOO_LONG: Final = Unread("The text is too long to be looked through.")
Content: TypeAlias = bytes | Callable[[], Awaitable[bytes]]
"""The bytes, or how to get them once it is their turn: what waits then holds no memory."""
What: TypeAlias = Literal["text", "picture"]
Took: TypeAlias = Callable[[What, float], None]
MOST_LETTERS: Final = 100_000


class Scanning:
    """One for all features. `processes` for pictures, each with `seconds` for one file; `took` is
    told how many seconds each search took, its turn in the line not included."""

    def __init__(
        self, processes: int = 1, seconds: float = SECONDS, took: Took = lambda _what, _took: None
    ) -> None:
        self.seconds: Final = seconds
        self._took = took
        self._pictures = Workers(processes, seconds)
        self._texts = Workers(1, TEXT_SECONDS)
        self._picture_turns = _Turns(processes)
        self._text_turns = _Turns(1)
        self._threads = ThreadPoolExecutor(processes + 1, "scan")
        self._running: set[Stop] = set()

    async def picture(
        self,
        content: Content,
        wish: Wish | None = None,
        lane: Lane = Lane.PERSON,
        began: Callable[[], Awaitable[None]] | None = None,
    ) -> Outcome | Unread:
        """Look through one file. `began` is called when its turn comes.

        Raises what `content` raises when it is asked for the bytes.
        """
        held = await self._picture_turns.take(lane)
        if held is None:
            return BUSY
        try:
            if began is not None:
                await began()
            data = content if isinstance(content, bytes) else await content()
            return await self._run(
                "picture", held, lambda stop: self._pictures.examine(data, wish, stop)
            )
        finally:
            held.leave()

    async def text(
        self, text: str, lane: Lane = Lane.PERSON, *, name: bool = False
    ) -> tuple[Finding, ...] | Unread:
        """Look through a text; `name`: it is the name of a file."""
        if not text.strip():
            return ()
        if len(text) > MOST_LETTERS:
            return TOO_LONG
        held = await self._text_turns.take(lane)
        if held is None:
            return BUSY
        try:
            return await self._run(
                "text", held, lambda stop: self._texts.read(text, stop, name=name)
            )
        finally:
            held.leave()

    async def close(self) -> None:
        """End every process; whoever still waits is told that nothing was looked at."""
        for turns in (self._picture_turns, self._text_turns):
            turns.close()
        for stop in tuple(self._running):
            stop.now()
        await asyncio.to_thread(self._end)

    def _end(self) -> None:
        self._threads.shutdown(wait=True)
        self._pictures.close()
        self._texts.close()

    async def _run(self, what: What, held: _Held, work: Callable[[Stop], T]) -> T | Unread:
        stop, loop = Stop(), asyncio.get_running_loop()
        began = loop.time()

        def go() -> T | Unread:
            try:
                return work(stop)
            except Unreadable as reason:
                return Unread(str(reason))

        self._running.add(stop)
        doing = loop.run_in_executor(self._threads, go)

        def ended(_done: object) -> None:
            self._running.discard(stop)
            self._took(what, loop.time() - began)

        doing.add_done_callback(ended)
        held.until(doing)
        try:
            return await asyncio.shield(doing)
        except asyncio.CancelledError:
            stop.now()
            raise


class _Turns:
    """Who may use one of so many processes, and who is next."""

    def __init__(self, most: int) -> None:
        self._most = {Lane.PERSON: most, Lane.WATCH: max(1, most - 1)}
        self._busy = 0
        self._line: list[tuple[Lane, int, asyncio.Future[bool]]] = []
        self._numbers = count()
        self._closed = False

    async def take(self, lane: Lane) -> _Held | None:
        """Wait for a turn; None if too many wait, or there will be none."""
        if self._closed or len(self._line) >= MOST_WAITING:
            return None
        mine: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._line, (lane, next(self._numbers), mine))
        self._next()
        try:
            return _Held(self._leave) if await mine else None
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._leave()
            mine.cancel()
            raise

    def close(self) -> None:
        """Nobody gets a turn any more."""
        self._closed = True
        for _lane, _number, waiting in self._line:
            if not waiting.done():
                waiting.set_result(False)
        self._line.clear()

    def _next(self) -> None:
        while self._line and self._busy < self._most[self._line[0][0]]:
            _lane, _number, waiting = heapq.heappop(self._line)
            if not waiting.done():
                self._busy += 1
                waiting.set_result(True)

    def _leave(self) -> None:
        self._busy -= 1
        self._next()


class _Held:
    """A turn, until it is left and what was begun in it has ended."""

    def __init__(self, leave: Callable[[], None]) -> None:
        self._leave = leave
        self._open = 1

    def until(self, doing: asyncio.Future[T]) -> None:
        """The process is busy until then, even if nobody waits any more."""
        self._open += 1
        doing.add_done_callback(lambda _done: self.leave())

    def leave(self) -> None:
        """One of those who held it does no longer."""
        self._open -= 1
        if self._open == 0:
            self._leave()
