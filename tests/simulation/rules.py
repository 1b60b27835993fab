"""What must hold after every step, whatever happened, judged from what really reached people."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import bindparam, func, or_, select

from bot.domain.delivery import DeliveryState
from bot.domain.follow_ups import Ending, FollowUp, FollowUpId, Step
from bot.domain.office_hours import SeatState
from bot.domain.people import MemberId
from bot.domain.policies import APART, POLICIES, Tells
from bot.services import pairs
from bot.services.follow_ups.telling import KIND_STEP, Kind
from bot.services.ports import Work
from storage.models_delivery import deliveries
from storage.models_follow_ups import follow_ups, waiting
from storage.models_office_hours import seats, sessions
from storage.models_people import memberships
from storage.repositories.follow_ups import SHOWN, follow_up
from tests.simulation.acts import Acts
from tests.simulation.world import START, Letter, World

CLOSINGS = (Kind.CLOSED, pairs.Kind.CLOSED, pairs.Kind.QUIET)
"""How something ended: outside of the budget, within the reader's hours."""
SLACK = timedelta(hours=3)
"""How late the engine may be: a crash and the time until the next process."""
_ENDED = select(*SHOWN).where(follow_ups.c.ended_at >= bindparam("since"))
_LEFT_OPEN = (
    select(follow_ups.c.id, memberships.c.member_id)
    .join(
        memberships,
        (memberships.c.community_id == follow_ups.c.community_id)
        & or_(
            memberships.c.member_id == follow_ups.c.owes_id,
            memberships.c.member_id == follow_ups.c.waits_id,
        ),
    )
    .where(follow_ups.c.ending.is_(None), memberships.c.left_at.is_not(None))
)
_TOO_FULL = (
    select(sessions.c.id, func.count())
    .join(seats, (seats.c.session_id == sessions.c.id) & (seats.c.state == SeatState.HELD))
    .group_by(sessions.c.id)
    .having(func.count() > sessions.c.capacity)
)
COUNTED = {"fu.ask", "fu.remind", "fu.last", "fu.digest"}


class Broken(AssertionError):
    """A rule does not hold."""


@dataclass
class Rules:
    """Looks at every letter when it is sent, and at the store after every step."""

    world: World
    acts: Acts
    days: dict[tuple[MemberId, date], set[str]] = field(
        default_factory=lambda: defaultdict(set[str])
    )
    said: dict[tuple[int, int, Step, MemberId], str] = field(
        default_factory=dict[tuple[int, int, Step, MemberId], str]
    )
    last_said: dict[tuple[int, int, MemberId], datetime] = field(
        default_factory=dict[tuple[int, int, MemberId], datetime]
    )
    tried: set[str] = field(default_factory=set[str])
    not_told: dict[tuple[int, int], datetime] = field(
        default_factory=dict[tuple[int, int], datetime]
    )
    _looked: int = 0
    _next_look: int = 0
    _ended_since: datetime = START

    async def check(self, send_at: datetime | None, upkeep_at: datetime | None) -> None:
        """After every step; with the times at which something is due next."""
        early = self.world.now - SLACK
        if upkeep_at is not None and upkeep_at < early:
            raise Broken(f"something should have ended or begun on {upkeep_at}")
        if send_at is not None and send_at < early:
            raise Broken(f"something should have been sent on {send_at}")
        letters = self.world.letters[self._looked :]
        self._looked = len(self.world.letters)
        now: dict[int, tuple[FollowUp, int]] = {}
        if any(kind in KIND_STEP for letter in letters for kind, _ref in letter.items):
            now = await self.world.store.inner.read(_matters, letters)
        for letter in letters:
            self._letter(letter, now)
        if self.world.steps >= self._next_look:
            self._next_look = self.world.steps + 10
            await self.world.store.inner.read(self._state)

    def _letter(self, letter: Letter, matters: dict[int, tuple[FollowUp, int]]) -> None:
        person, row, at = letter.person, letter.row, letter.at
        self.tried.add(row.key)
        if person.gone:
            raise Broken(f"{row.key}: a letter to {person.name}, who left")
        if self.world.held is not None and at > self.world.held and not letter.asked:
            raise Broken(f"{row.key}: sent while every message is on hold")
        if row.kind in CLOSINGS and not letter.asked and not person.may_hear(at):
            raise Broken(f"{row.key}: a closing outside the hours of {person.name}")
        if row.kind not in COUNTED:
            return
        duty = any(
            POLICIES[matters[ref][0].matter].duty for kind, ref in letter.items if ref in matters
        )
        if not letter.asked and not person.may_hear(at):
            raise Broken(f"{row.key}: outside the hours of {person.name}")
        expected = row.kind == "fu.ask" and all(
            POLICIES[matters[ref][0].matter].expected
            for _kind, ref in letter.items
            if ref in matters
        )
        if letter.arrived and not duty and not expected and not letter.asked:
            self._budget(letter)
        for kind, ref in letter.items:
            if kind in KIND_STEP and letter.arrived:
                self._step(letter, matters[ref][0], KIND_STEP[Kind(kind)])

    def _budget(self, letter: Letter) -> None:
        person, today = letter.person, letter.person.day(letter.at)
        self.days[person.member, today].add(letter.row.key)
        if len(self.days[person.member, today]) > 1:
            raise Broken(f"{letter.row.key}: a second message to {person.name} on {today}")
        week = [today - timedelta(days=number) for number in range(7)]
        if sum(len(self.days.get((person.member, day), ())) for day in week) > 3:
            raise Broken(f"{letter.row.key}: a fourth message to {person.name} in a week")

    def _step(self, letter: Letter, one: FollowUp, step: Step) -> None:
        # The state is the one after the step; what ended in it ended after the letter.
        turn = int(letter.row.key.split(":")[2]) if letter.row.kind != "fu.digest" else one.turn
        member = letter.person.member
        before = self.last_said.get((one.id, turn, member))
        heard = (one.id, turn, step, member) in self.said
        known = self.said.setdefault((one.id, turn, step, member), letter.row.key)
        # What went out in the moment a process ended may be said again, and then says so.
        in_flight = before in self.world.died and one.id in letter.marked
        if known != letter.row.key and not in_flight:
            raise Broken(f"{letter.row.key}: said before, as {known}")
        if heard and not in_flight:
            raise Broken(f"{letter.row.key}: said on {before}, and does not say so")
        if one.ended_at is not None and one.ended_at < letter.at:
            raise Broken(f"{letter.row.key}: about a matter that ended on {one.ended_at}")
        policy = POLICIES[one.matter]
        early = before is not None and not policy.own_clock and letter.at - before < APART
        if early and not in_flight:
            raise Broken(f"{letter.row.key}: said on {before} as well")
        self.last_said[one.id, turn, member] = letter.at

    def _state(self, work: Work) -> None:
        self._seats_hold(work)
        self._nobody_left(work)
        self._ended(work)

    def _seats_hold(self, work: Work) -> None:
        """No session ever has more people than seats."""
        connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
        for id, held in connection.execute(_TOO_FULL):
            raise Broken(f"session {id}: {held} seats held")

    def _nobody_left(self, work: Work) -> None:
        """Nothing stays open with somebody of whom the bot knows that they left."""
        connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
        for id, member in connection.execute(_LEFT_OPEN):
            raise Broken(f"follow-up {id} is open, and {member} left")

    def _ended(self, work: Work) -> None:
        """Everything that ended since the last look."""
        connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
        for row in connection.execute(_ENDED, {"since": self._ended_since}):
            self._one_ended(follow_up(row))
        self._ended_since = self.world.now

    def _one_ended(self, one: FollowUp) -> None:
        if one.ended_at is None:
            return
        # What may not move ends when messages go on, so that somebody can be told.
        held = any(
            since <= one.bound and one.ended_at <= until + SLACK
            for since, until in self.world.held_before
        )
        if one.ended_at > one.bound + SLACK and not held:
            raise Broken(f"follow-up {one.id} ended on {one.ended_at}, after {one.bound}")
        owes = None if one.owes is None else self.world.people[one.owes]
        if one.ending is Ending.CLOSED and owes is not None:
            steps = (
                (Step.ASK, one.since if POLICIES[one.matter].asks else None),
                (Step.REMIND, one.remind_at),
                (Step.LAST, one.last_at),
            )
            first = next((step for step, at in steps if at), None)
            for step, at in steps:
                # What comes late is followed by less, once the bound has come.
                late = step is not first or step is Step.LAST
                squeezed = late and one.ended_at >= one.bound
                if at and not squeezed and not self._heard(one, step, owes.member):
                    raise Broken(f"follow-up {one.id} closed, and {step} never arrived")
        unreached = owes if one.ending is Ending.UNREACHED else None
        if unreached is not None and not unreached.excused(one.since, one.ended_at):
            raise Broken(f"follow-up {one.id}: {unreached.name} could be reached, and was not")

    def _heard(self, one: FollowUp, step: Step, member: MemberId) -> bool:
        """Whether a step arrived; what was asked to be sent is not said again in a new turn."""
        once = step is Step.ASK and POLICIES[one.matter].expected
        turns = range(one.turn + 1) if once else (one.turn,)
        return any((one.id, turn, step, member) in self.said for turn in turns)

    async def at_the_end(self) -> None:
        """When nobody did anything for two months."""
        await self.world.store.inner.read(self._nothing_lost)

    def _nothing_lost(self, work: Work) -> None:
        connection = work.connection  # pyright: ignore[reportAttributeAccessIssue]
        here = {person.member for person in self.world.here}
        rows = connection.execute(
            select(deliveries.c.key, deliveries.c.state, deliveries.c.member_id, deliveries.c.due)
        ).all()
        known = {row.key for row in rows}
        for row in rows:
            if row.state is DeliveryState.SENT and row.member_id and row.key not in self.tried:
                raise Broken(f"{row.key}: marked as sent, and nobody saw it")
        left = connection.execute(select(waiting.c.digest, waiting.c.member_id, waiting.c.key))
        for digest, member, key in left:
            if (
                member in here
                and not digest.startswith("missed:")
                and digest not in {row.key for row in rows if row.state is DeliveryState.PENDING}
            ):
                raise Broken(f"{key}: waits for a note that nobody will send")
        for row in connection.execute(select(*SHOWN)):
            self._explained(follow_up(row), known)

    def _explained(self, one: FollowUp, known: set[str]) -> None:
        """Every loop is closed with a sentence, and undelivered was never silent."""
        if one.ending in (Ending.CLOSED, Ending.UNREACHED):
            hear = {
                Tells.BOTH: (one.owes, one.waits),
                Tells.OWNER: (one.owes,),
                Tells.FEATURE: (),
            }[POLICIES[one.matter].tells]
            for member in hear:
                if member is None or self.world.people[member].gone:
                    continue
                if f"fu.closed:{one.id}:{member}" not in known:
                    raise Broken(f"follow-up {one.id} ended, and {member} was not told")
        if one.owes is None or one.waits is None or self.world.people[one.waits].gone:
            return
        failed = any(
            not letter.arrived
            and any(kind in KIND_STEP and ref == one.id for kind, ref in letter.items)
            and letter.at >= one.since
            for letter in self.world.letters
        )
        if failed and one.open and f"fu.not_delivered:{one.id}:{one.turn}" not in known:
            raise Broken(f"follow-up {one.id}: not delivered, and the sender was not told")


def _matters(work: Work, letters: list[Letter]) -> dict[int, tuple[FollowUp, int]]:
    found: dict[int, tuple[FollowUp, int]] = {}
    for letter in letters:
        for kind, ref in letter.items:
            one = work.follow_ups.get(FollowUpId(ref)) if kind in KIND_STEP else None
            if one is not None:
                found[ref] = (one, one.turn)
    return found
