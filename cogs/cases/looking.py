"""Looks through files and texts for somebody who waits: with word of progress, and stopped by them.

Everything is in memory, for the length of the request.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.errors import StaleControl
from bot.identifiers.findings import Finding
from bot.identifiers.pictures.order import Mark, Outcome, Wish
from bot.runtime.caller import Caller
from bot.runtime.scanning import Scanning, Unread
from bot.tasks import TaskOwner
from bot.ui.action import Action, Upload
from bot.ui.parts import Button, Can, Reply, Style, Text
from bot.ui.words import _

PATIENCE = 1.0
"""Seconds after which a word of progress is shown."""
EVERY = 10.0
"""Seconds after which it says how long one file has taken so far."""


@dataclass(frozen=True)
class StopLooking(Action, tag="ca.stop.1"):
    """Nobody waits for the search any more."""

    job: str


@dataclass(frozen=True)
class Looked:
    """What was found in one file. `first`: the number of its first finding in the whole list.

    `covered`: the numbers of what is covered; `drawn`: places covered by hand.
    """

    number: int
    upload: Upload = field(repr=False)
    outcome: Outcome = field(default_factory=Outcome)
    unread: str | None = None
    name: tuple[Finding, ...] = ()
    first: int = 1
    shown: frozenset[int] = frozenset()
    drawn: tuple[Mark, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        """In the file, then in its name, in the order of their numbers."""
        return (*self.outcome.findings, *self.name)

    @property
    def numbered(self) -> tuple[tuple[int, Finding], ...]:
        """Every finding with its number."""
        return tuple(enumerate(self.findings, self.first))

    @property
    def boxed(self) -> tuple[tuple[int, Finding], ...]:
        """Those that can be covered or shown."""
        return tuple(
            (number, one)
            for number, one in self.numbered
            if one.box is not None and one in self.outcome.findings
        )

    def wish(self, first: int, *, at_home: bool) -> Wish:
        """The copy as its author wants it; `first`: the number of the first finding in it."""
        keep = tuple(
            Mark(one.box, one.page)
            for number, one in self.boxed
            if number in self.shown and one.box is not None
        )
        return Wish(True, True, self.drawn, keep, first, marked=at_home)


class Stopped(Exception):
    """The person did not want to wait."""


class Looking:
    """The search, and what is being searched at present."""

    def __init__(self, scans: Scanning) -> None:
        self._scans = scans
        self._tasks = TaskOwner("cases")
        self._jobs: dict[str, tuple[Caller, asyncio.Task[tuple[Looked, ...]]]] = {}

    async def close(self) -> None:
        """Whoever waits is told that it was stopped."""
        await self._tasks.close()

    async def files(self, caller: Caller, uploads: Sequence[Upload]) -> tuple[Looked, ...]:
        """Look through files, one after another. Raises Stopped."""
        waiting = [Looked(number, upload) for number, upload in enumerate(uploads, 1)]
        return await self.again(caller, waiting, replaces=False)

    async def again(
        self, caller: Caller, looked: Sequence[Looked], *, replaces: bool
    ) -> tuple[Looked, ...]:
        """Look at files once more, as their author wishes now. Raises Stopped."""
        job, began = secrets.token_urlsafe(9), asyncio.Event()

        at, since, count = 1, 0, len(looked)

        async def tell(number: int, so_far: int = 0) -> None:
            nonlocal at, since
            at, since = number, so_far
            if caller.meanwhile is not None and began.is_set():
                await caller.meanwhile(
                    _progress(number, count, job, (so_far, self._scans.seconds), replaces=replaces)
                )

        at_home = Can.AT_HOME in caller.can
        task = self._tasks.start("looking", self._all(looked, tell, at_home=at_home))
        self._jobs[job] = caller, task
        try:
            done, _waiting = await asyncio.wait({task}, timeout=PATIENCE)
            if not done:
                began.set()
                await tell(at, since)
            while not done:
                done, _waiting = await asyncio.wait({task}, timeout=EVERY)
                if not done:
                    await tell(at, since + round(EVERY))
            if task.cancelled():
                raise Stopped
            return task.result()
        finally:
            task.cancel()
            del self._jobs[job]

    def stop(self, caller: Caller, ask: StopLooking) -> None:
        """End a search. Raises StaleControl if it ended before, or is somebody else's."""
        found = self._jobs.get(ask.job)
        if found is None or found[0].member != caller.member:
            raise StaleControl("nothing is being looked through")
        found[1].cancel()

    async def texts(self, texts: Mapping[str, str]) -> dict[str, tuple[Finding, ...]] | Unread:
        """Findings in texts, by their name."""
        found: dict[str, tuple[Finding, ...]] = {}
        for name, text in texts.items():
            answer = await self._scans.text(text)
            if isinstance(answer, Unread):
                return answer
            found[name] = answer
        return found

    async def _all(
        self, looked: Sequence[Looked], tell: Callable[[int], Awaitable[None]], *, at_home: bool
    ) -> tuple[Looked, ...]:
        done: list[Looked] = []
        first = looked[0].first if looked else 1
        for number, one in enumerate(looked, 1):
            await tell(number)
            seen = await self._one(one, first, at_home=at_home)
            done.append(seen)
            first += len(seen.findings)
        return tuple(done)

    async def _one(self, one: Looked, first: int, *, at_home: bool) -> Looked:
        upload = one.upload
        names = await self._scans.text(upload.name, name=True)
        answer = await self._scans.picture(upload.content, one.wish(first, at_home=at_home))
        name = () if isinstance(names, Unread) else names
        unread = answer.why if isinstance(answer, Unread) else None
        outcome = Outcome() if isinstance(answer, Unread) else answer
        return Looked(one.number, upload, outcome, unread, name, first, one.shown, one.drawn)


def _progress(
    number: int, count: int, job: str, took: tuple[int, float], *, replaces: bool
) -> Reply:
    said = [Text(_("Looking through file {number} of {count}.", number=number, count=count))]
    seconds, most = took
    if seconds:
        said.append(
            Text(
                _(
                    "{seconds} seconds so far for this one; {most} are the most.",
                    seconds=seconds,
                    most=round(most),
                ),
                Style.QUIET,
            )
        )
    return Reply(
        (
            *said,
            Button(_("Stop"), StopLooking(job)),
        ),
        replaces=replaces,
    )
