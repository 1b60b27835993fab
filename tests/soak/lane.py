"""One community under load: sessions are opened, fought for, looked at and called off, for as long
as it takes; whoever gets no answer asks again, as people do.

A round knows what has to be true at its end, whatever died meanwhile: each person has one place in
one session, the host's list says so, and each of them hears once that it was called off (twice only
if the second message says that it may be a repetition).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeVar

from bot.runtime.delivery import LEASE
from tests.discord_server.turn import NotOffered
from tests.soak.processes import Crew
from tests.walks.clients import Client, Shown
from tests.walks.people import code_in, typed

SEATS, PEOPLE = 3, 5
AGAIN = "You may have had this message already."
ONE_TRY = 8.0
"""Seconds after which somebody asks again."""
TRIES = 15
BOUND = LEASE.total_seconds() + 1.0
T = TypeVar("T")


class NoPatience(Exception):
    """Asked again and again, and never answered; what came of it last."""


@dataclass
class Tally:
    """What came of it all."""

    rounds: int = 0
    asked: int = 0
    again: int = 0
    heard: int = 0
    marked: int = 0
    late: list[float] = field(default_factory=list[float])
    wrong: list[str] = field(default_factory=list[str])


@dataclass
class Lane:
    """One community: its host, its people, which role hears them."""

    name: str
    role: str
    host: Client
    people: list[Client]
    crew: Crew
    tally: Tally
    number: int = 0

    async def keep_going(self, until: float) -> None:
        """Round after round."""
        while time.monotonic() < until:
            try:
                await self.round()
            except NoPatience as last:
                self._wrong(f"Round {self.number}", f"nobody answered for long: {last}")

    async def round(self) -> None:
        """One session, from its opening to the last who hears of its end."""
        self.number += 1
        title = f"Round {self.number} of {self.name}"
        code = await self.insist(lambda: self._open(title))
        self.crew.strike(self.role)
        told = await asyncio.gather(
            *(self.insist(lambda one=one: self._join(one, code, title)) for one in self.people)
        )
        waiting = sum("waitlist" in one.text or "already wait" in one.text for one in told)
        if waiting != PEOPLE - SEATS:
            self._wrong(title, f"{waiting} on the waitlist: " + " | ".join(o.text for o in told))
        roster = await self.insist(lambda: self.host.types("hours roster", title, session=code))
        for one in range(PEOPLE):
            if (count := roster.text.count(_about(one))) != 1:
                self._wrong(title, f"person {one} is {count} times in the list: {roster.text}")
        self.crew.strike("worker")
        await self.insist(lambda: self._call_off(code, title))
        await self._all_hear(title)
        self.tally.rounds += 1

    async def insist(self, act: Callable[[], Awaitable[T]]) -> T:
        """Until there is an answer; people lose patience after a while."""
        last = ""
        for _try in range(TRIES):
            self.tally.asked += 1
            try:
                async with asyncio.timeout(ONE_TRY):
                    return await act()
            except (AssertionError, NotOffered, TimeoutError, StopIteration) as trouble:
                self.tally.again += 1
                last = f"{type(trouble).__name__}: {trouble}"
                await asyncio.sleep(1.0)
        raise NoPatience(last)

    async def _open(self, title: str) -> str:
        starts = self.crew.town.in_days(3 + self.number % 20)
        plan = {"title": title, "topic": "career", "starts": typed(starts), "seats": SEATS}
        echo = await self.host.types("hours host", title, **plan, where="Room 12")
        says = f"{self._strong(title)} is open for sign-up"
        return code_in((await self.host.press(echo, "Confirm", says)).text)

    async def _join(self, one: Client, code: str, title: str) -> Shown:
        about = _about(self.people.index(one))
        return await one.types("hours join", title, session=code, about=about)

    async def _call_off(self, code: str, title: str) -> None:
        echo = await self.host.types("hours call-off", title, session=code)
        if "Confirm" in echo.labels:
            await self.host.press(echo, "Confirm", f"{self._strong(title)} is called off")

    def _strong(self, title: str) -> str:
        """As the platform writes it; on Slack, what was said in earlier rounds is still there."""
        return f"*{title}*" if self.role == "slack" else f"**{title}**"

    async def _all_hear(self, title: str) -> None:
        began = time.monotonic()

        async def hear(one: Client) -> float:
            while not _said(one, title):
                if time.monotonic() - began > 3 * BOUND * self.crew.patience:
                    self._wrong(title, f"{one.account} never heard that it was called off")
                    break
                await asyncio.sleep(0.05)
            died = self.crew.hit.get("worker", 0.0)
            now = time.monotonic()
            return now - max(began, died if died < now else 0.0)

        late = await asyncio.gather(*(hear(one) for one in self.people))
        self.tally.late += late
        for one in self.people:
            said = _said(one, title)
            self.tally.heard += len(said)
            self.tally.marked += sum(AGAIN in text for text in said)
            if len(said) > 1 and not any(AGAIN in text for text in said):
                self._wrong(title, f"{one.account} heard it {len(said)} times, none marked")
        if max(late) > BOUND - 1.0 + self.crew.patience:
            self._wrong(title, f"heard {max(late):.1f} s after it was due or its worker died")

    def _wrong(self, title: str, what: str) -> None:
        self.tally.wrong.append(f"{title}: {what}")


def _about(number: int) -> str:
    return f"question-{number}"


def _said(one: Client, title: str) -> list[str]:
    return [text for text in one.direct() if title in text and "was called off" in text]
