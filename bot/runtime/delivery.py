"""Carries what is due: claims a batch, looks at it again, words it, sends it, records it.

At least once, with a key that lets a platform recognise a repetition; a row is never marked before
it was sent. Knows no platform and no database; a bell says when to look.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.domain.delivery import Attempt, Delivery, DeliveryId, Outcome
from bot.domain.people import Account, CommunityId, Place
from bot.errors import PlatformUnavailable, StoreUnavailable
from bot.metrics import Metrics
from bot.runtime import calls, sentences
from bot.runtime.bell import Bell
from bot.runtime.doors import (
    Again,
    Delivered,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Undeliverable,
)
from bot.runtime.feature import Below, Course, Moot, Notice
from bot.runtime.groups import LEAST, Group
from bot.runtime.hall import Doors
from bot.runtime.pace import Pace
from bot.runtime.screen import Screen, Voice, screen_of
from bot.runtime.troubles import Troubles
from bot.services import delivery as use_cases
from bot.services.delivery import Channel, Reach
from bot.services.ports import Store, Work
from bot.ui.language import plainly
from bot.ui.parts import Reply, Text, settle

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
"""How long a batch is kept without a sign of life; renewed when a tenth of it has passed."""
POLL = 5.0
"""Seconds between looks when nothing rings; backs up every other way of waking."""
_GROUPS = 4
"""Groups that are claimed together where they have grown."""
_LONGEST_NAP = 3600.0
_MOST_FAILURES = 8
_SHORTEST_NAP, _LONGEST_WAIT = 5.0, 300.0
_SEEN_FOR = timedelta(minutes=10)
"""How long a platform's word that somebody is in a place is taken for true."""
_MOST_SEEN = 5000
_PATIENCE = timedelta(days=2)
"""How long a platform may be away before what is due there is given up."""


Left: TypeAlias = Callable[[Account, CommunityId], Awaitable[None]]
"""Told when an account turns out to have left a community."""


class Dispatcher:
    """Moves the delivery table. One pass at a time; `ring` asks for another."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        notices: Mapping[str, Notice],
        doors: Doors,
        bell: Bell,
        left: Left,
        *,
        pace: Mapping[str, Pace] | None = None,
        lease: timedelta = LEASE,
        batch: int = 100,
        at_once: int = LEAST,
        at_most: int | None = None,
        metrics: Metrics | None = None,
        troubles: Troubles | None = None,
    ) -> None:
        self._metrics = metrics or Metrics()
        self._troubles = troubles or Troubles(clock)
        self._store = store
        self._clock = clock
        self._notices = notices
        self._doors = doors
        self._bell = bell
        self._pace = pace or {}
        self._batch = batch
        self._lease = lease
        self._group = Group(at_once, at_once if at_most is None else at_most)
        self._left = left
        self._seen: dict[tuple[Place, Account], datetime] = {}
        self._token = secrets.token_hex(8)
        self._began = clock.now()
        self._lock = asyncio.Lock()
        self._wanted = False
        self._closing = False

    async def ring(self) -> None:
        """Look for what is due; calls during a pass lead to one more pass."""
        self._wanted = True
        if self._lock.locked():
            return
        async with self._lock:
            while self._wanted and not self._closing:
                self._wanted = False
                try:
                    while await self._pass() and not self._closing:
                        pass
                    await self._arm()
                    self._troubles.over("database")
                except StoreUnavailable as trouble:
                    self._troubles.met("database", str(trouble))
                    self._bell.once("delivery", POLL, self.ring)

    async def close(self) -> None:
        """Stop claiming; wait for the sends that are under way."""
        self._closing = True
        async with self._lock:
            pass

    async def _arm(self) -> None:
        due = await self._store.read(use_cases.next_due)
        if due is not None:
            wait = (due - self._clock.now()).total_seconds()
            self._bell.once("delivery", min(max(wait, 0.0), _LONGEST_NAP), self.ring)

    async def _pass(self) -> bool:
        """Whether there may be more that is due."""
        now = self._clock.now()
        kept = now + self._lease
        batch = max(self._batch, _GROUPS * self._group.size if self._group.grown else 0)
        rows = await self._store.write(use_cases.claim, self._token, now, self._lease, batch)
        attempts: list[Attempt] = []
        rest = rows
        while rest and not self._closing:
            chunk, rest = rest[: self._group.size], rest[self._group.size :]
            now = self._clock.now()
            renewed = now + self._lease if now + self._lease * 0.9 > kept else None
            # What became of the last ones, and a look at the next: right before the send, so what
            # was cancelled meanwhile stays unsaid. One commit for both.
            reached = await self._go_on(rows, attempts, now, chunk, renewed)
            kept = renewed or kept
            begun = [(row, reached[row.id]) for row in chunk if row.id in reached]
            attempts = await self._carried(begun)
        if attempts:
            now = self._clock.now()
            await self._go_on(rows, attempts, now, (), None)
        if self._closing:
            await self._store.write(use_cases.release, self._token)
        return len(rows) == batch

    async def _carried(
        self, begun: Sequence[tuple[Delivery, Reach | Channel | None]]
    ) -> list[Attempt]:
        loop = asyncio.get_running_loop()
        since = loop.time()
        decided = await self._decided([row for row, _to in begun])
        attempts = await asyncio.gather(
            *(self._carry(row, to, decided.get(row.id)) for row, to in begun)
        )
        self._group.took(len(begun), loop.time() - since)
        return attempts

    async def _go_on(
        self,
        known: Sequence[Delivery],
        attempts: Sequence[Attempt],
        now: datetime,
        rows: Sequence[Delivery],
        until: datetime | None,
    ) -> Mapping[DeliveryId, Reach | Channel | None]:
        outcomes = {attempt.delivery: attempt.outcome for attempt in attempts}
        heard = [
            hear
            for row in known
            if row.id in outcomes and (hear := self._hears(row, outcomes[row.id])) is not None
        ]
        if not heard:
            return await self._store.write(use_cases.go_on, self._token, attempts, now, rows, until)
        try:
            return await self._store.write(
                use_cases.go_on_hearing, heard, self._token, attempts, now, rows, until
            )
        except (StoreUnavailable, PlatformUnavailable):
            raise
        except Exception:
            # One of them failed, and nothing of it was committed. What was sent was sent: the
            # others are heard one by one, and the outcomes are written down without it.
            await self._hear_singly(heard, now)
        return await self._store.write(use_cases.go_on, self._token, attempts, now, rows, until)

    async def _decided(self, rows: Sequence[Delivery]) -> Mapping[DeliveryId, bool]:
        """Whether rows that are asked about at all may go out: one transaction for all of them.

        Empty if it came to nothing: then each is decided by itself, and its trouble is its own.
        """
        together: defaultdict[Course, list[Delivery]] = defaultdict(list)
        for row in rows:
            notice = self._notices.get(row.kind)
            if notice is not None and notice.course is not None and not self._stale(notice, row):
                together[notice.course].append(row)
        asked = [row for some in together.values() for row in some]
        if len(asked) < 2:
            return {}
        now = self._clock.now()
        deciding = [(_admit_all(course), some) for course, some in together.items()]
        try:
            out = await self._store.write(use_cases.admitted, now, deciding)
        except Exception:
            return {}
        return {row.id: row.id in out for row in asked}

    def _stale(self, notice: Notice, row: Delivery) -> bool:
        late = self._clock.now() - row.due
        return notice.stale_after is not None and late > notice.stale_after

    async def _hear_singly(self, heard: Sequence[use_cases.Heard], now: datetime) -> None:
        for hear, row in heard:
            try:
                await self._store.write(hear, now, row)
            except StoreUnavailable:
                raise
            except Exception as failure:
                _log.error(
                    "what follows delivery %s of kind %s failed: %s",
                    row.id,
                    row.kind,
                    type(failure).__name__,
                )

    def _hears(self, row: Delivery, outcome: Outcome) -> use_cases.Heard | None:
        notice = self._notices.get(row.kind)
        if notice is None or notice.course is None:
            return None
        if outcome is Outcome.SENT:
            return notice.course.sent, row
        return (notice.course.undelivered, row) if outcome is Outcome.UNDELIVERABLE else None

    async def _carry(self, row: Delivery, to: Reach | Channel | None, may: bool | None) -> Attempt:
        attempt = await self._attempt(row, to, may)
        self._metrics.tried(attempt.outcome.value)
        if attempt.outcome is Outcome.SENT:
            self._metrics.sent(row.kind, (self._clock.now() - row.due).total_seconds())
        return attempt

    async def _attempt(
        self, row: Delivery, to: Reach | Channel | None, may: bool | None
    ) -> Attempt:
        try:
            return await self._try(row, to, may)
        except (StoreUnavailable, PlatformUnavailable):
            return self._later(row, POLL)
        except Exception as failure:
            _log.error(
                "delivery %s of kind %s failed: %s", row.id, row.kind, type(failure).__name__
            )
            if row.attempts + 1 >= _MOST_FAILURES:
                # Our own flaw says nothing about the way to a person: nobody is told that they
                # could not be reached, and the operator has read why.
                _log.warning("delivery %s of kind %s given up", row.id, row.kind)
                return Attempt(row.id, Outcome.STALE)
            return Attempt(row.id, Outcome.AGAIN, self._at(30.0 * 2**row.attempts))

    async def _try(self, row: Delivery, to: Reach | Channel | None, may: bool | None) -> Attempt:
        notice = self._notices.get(row.kind)
        if notice is None:
            return Attempt(row.id, Outcome.MOOT)
        late = self._clock.now() - row.due
        if self._stale(notice, row):
            _log.info("delivery %s of kind %s is stale", row.id, row.kind)
            return Attempt(row.id, Outcome.STALE)
        is_late = notice.late_after is not None and late > notice.late_after
        if may is None and notice.course is not None:
            may = await self._store.write(notice.course.admit, self._clock.now(), row)
        if may is False:
            return Attempt(row.id, Outcome.MOOT)
        if isinstance(to, Reach) and notice.choice and notice.choice.name in to.without:
            return Attempt(row.id, Outcome.MOOT)
        ways = await self._ways(to, notice.below)
        if not ways:
            return Attempt(row.id, Outcome.UNDELIVERABLE)
        if notice.first is not None:
            await notice.first(row)
        said = await notice.compose(row, is_late)
        if isinstance(said, Moot):
            return Attempt(row.id, Outcome.MOOT)
        if row.doubtful:
            said = replace(said, parts=(*said.parts, Text(sentences.PERHAPS_AGAIN)))
        sent: Sent = Undeliverable("no open door")
        for target, voice in ways:
            sent = await self._send(target, _screen(said, voice), row.key)
            if isinstance(sent, Delivered) and isinstance(target, ToChannel) and notice.over:
                message = sent.trace.messages[0] if sent.trace else sent.message
                with suppress(StoreUnavailable):  # what was sent is not sent again for this
                    await self._store.write(calls.stands, row, target, message)
            if not isinstance(sent, Undeliverable):
                break
        match sent:
            case Delivered():
                return Attempt(row.id, Outcome.SENT)
            case Undeliverable(why):
                _log.info("delivery %s of kind %s undeliverable: %s", row.id, row.kind, why)
                return Attempt(row.id, Outcome.UNDELIVERABLE)
            case Again(seconds):
                return self._later(row, seconds)

    async def _send(self, target: Target, screen: Screen, key: str) -> Sent:
        where = target.account if isinstance(target, ToPerson) else target.place
        pace = self._pace.get(where.platform)
        if pace is not None:
            waited = await pace.wait()
            self._metrics.waited_for_rate(where.platform, waited)
        return await self._doors.send(target, screen, key)

    async def _ways(
        self, to: Reach | Channel | None, below: Below | None
    ) -> list[tuple[Target, Voice]]:
        match to:
            case None:
                return []
            case Channel(home, place, channel):
                voice = Voice(home.id, home.language, ZoneInfo(home.zone))
                at = ToChannel(place, channel)
                if below is not None:
                    name = plainly(below.name, voice.catalogue, voice.zone)
                    message = await self._store.read(use_cases.discussed, to, below.subject)
                    at = replace(at, thread=name if message else "", below=message)
                return [(at, voice)]
            case Reach():
                return await self._personal(to)

    async def _personal(self, reach: Reach) -> list[tuple[Target, Voice]]:
        voice = Voice(
            reach.community.id,
            reach.profile.language or reach.community.language,
            ZoneInfo(reach.profile.zone or reach.community.zone),
        )
        near = [account for account in reach.accounts if await self._is_there(reach, account)]
        return [(ToPerson(account), voice) for account in near]

    async def _is_there(self, reach: Reach, account: Account) -> bool:
        """Whether the account is still in the community; if not, what hangs on it is ended.

        Nobody may be told by a platform that a person left, so it is asked before they are
        written to: who left gets no message about a place they can no longer see.
        """
        for place in reach.places:
            if not place.holds(account):
                continue
            known = self._seen.get((place, account))
            if known is not None and known > self._clock.now():
                return True
            if await self._doors.look_up(place, account) is not None:
                if len(self._seen) > _MOST_SEEN:
                    self._seen.clear()
                self._seen[place, account] = self._clock.now() + _SEEN_FOR
                return True
        await self._left(account, reach.community.id)
        return False

    def _later(self, row: Delivery, seconds: float) -> Attempt:
        # Not counted in tries: an outage, or a line of people before this one, is no fault of the
        # message, which waits for as long as its notice makes sense.
        late = self._clock.now() - row.due
        if late > _PATIENCE:
            return self._given_up(row)
        # The longer it has been, the less a few minutes matter; but who has only just begun may be
        # waiting for no more than a door that opens in a moment.
        wait = min(late, self._clock.now() - self._began).total_seconds() / 4
        nap = min(max(wait, _SHORTEST_NAP), _LONGEST_WAIT)
        return Attempt(row.id, Outcome.LATER, self._at(max(seconds, nap)))

    def _given_up(self, row: Delivery) -> Attempt:
        _log.warning("delivery %s of kind %s given up", row.id, row.kind)
        return Attempt(row.id, Outcome.UNDELIVERABLE)

    def _at(self, seconds: float) -> datetime:
        return self._clock.now() + timedelta(seconds=min(seconds, 3600.0))


def _admit_all(course: Course) -> use_cases.Admit:
    def each(work: Work, now: datetime, rows: Sequence[Delivery]) -> frozenset[DeliveryId]:
        return frozenset(row.id for row in rows if course.admit(work, now, row))

    return course.admit_all or each


def _screen(reply: Reply, voice: Voice) -> Screen:
    # Unrequested messages rely on no capability: the author's other branch is taken.
    return screen_of(reply, settle(reply.parts, frozenset()), voice)
