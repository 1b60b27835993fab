"""Whatever people do in whatever order: seats, the line and promises hold."""

from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from bot.domain.delivery import Delivery
from bot.domain.office_hours import Scope, SeatState, Session
from bot.domain.recurrence import Repeat
from bot.services.office_hours import hosting
from bot.services.office_hours.results import Changed, Joined, Left, Waitlisted
from storage import memory_store
from tests.services.village import Village

NAMES = st.sampled_from(["Ana", "Ben", "Cem", "Dot", "Eve"])
REMINDERS = ("oh.reminder_day", "oh.reminder_hour")


class AnyOrder(RuleBasedStateMachine):
    """A weekly series with two seats, and a model of who should have one."""

    sessions = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.village = Village(memory_store())
        self.held: dict[int, list[str]] = {}
        self.line: dict[int, list[str]] = {}
        self.off: set[int] = set()

    @initialize(target=sessions)
    def begin(self):
        first = self.village.host(seats=2, repeat=Repeat.WEEKLY)
        self.village.due()
        found = self.village.series(first)[:3]
        for one in found:
            self.held[one.id], self.line[one.id] = [], []
        return multiple(*found)

    @rule(session=sessions, name=NAMES)
    def join(self, session: Session, name: str) -> None:
        result = self.village.join(name, session)
        if isinstance(result, Joined):
            self.held[session.id].append(name)
        elif isinstance(result, Waitlisted):
            self.line[session.id].append(name)
            assert result.card.position == len(self.line[session.id])

    @rule(session=sessions, name=NAMES)
    def leave(self, session: Session, name: str) -> None:
        result = self.village.leave(name, session)
        held, line = self.held[session.id], self.line[session.id]
        assert isinstance(result, Left) == (name in held + line and session.id not in self.off)
        if not isinstance(result, Left):
            return
        if name in line:
            line.remove(name)
            return
        held.remove(name)
        if line:
            held.append(line.pop(0))

    @rule(session=sessions, days=st.integers(0, 9), scope=st.sampled_from(Scope))
    def move(self, session: Session, days: int, scope: Scope) -> None:
        before = self.village.session(session)
        to = before.starts + timedelta(days=days, hours=2)
        self.village.due()
        result = self.village.move(session, f"{to:%Y-%m-%d %H:%M}", scope)
        self.check_told(result)

    @rule(session=consumes(sessions), reason=st.sampled_from(["", "case"]))
    def call_off(self, session: Session, reason: str) -> None:
        self.village.due()
        result = self.village.call_off(session, reason)
        self.check_told(result)
        self.off.add(session.id)

    @rule()
    def extend(self) -> None:
        self.village.do(hosting.extend, self.village.now)
        assert self.village.do(hosting.extend, self.village.now) == 0

    def check_told(self, result: object) -> None:
        assert isinstance(result, Changed), result
        told = self.village.due()
        assert len(told) == len({name for _kind, name in told}) == result.told

    @invariant()
    def seats_and_line_are_as_they_should_be(self) -> None:
        for id, held in self.held.items():
            seats = self.village.see(lambda work, id=id: work.office_hours.seats(id))
            names = {member: name for name, member in self.village.members.items()}
            really = [names[seat.member] for seat in seats if seat.state is SeatState.HELD]
            waiting = [names[seat.member] for seat in seats if seat.state is SeatState.WAITING]
            assert sorted(really) == sorted(held)
            assert len(set(really)) == len(really) <= 2
            assert waiting == self.line[id]
            assert not waiting or len(really) == 2
            session = self.village.see(lambda work, id=id: work.office_hours.session(id))
            assert session is not None
            assert session.taken == len(really)

    def teardown(self) -> None:
        """To the end: exactly the promised reminders come."""
        if self.held:
            names = {member: name for name, member in self.village.members.items()}
            self.village.clock.move(timedelta(weeks=60))
            rows = [row for row in self.village.claim() if row.kind in REMINDERS]
            for id, held in self.held.items():
                expected = [] if id in self.off else sorted(held * 2)
                mine = [row for row in rows if row.ref == id]
                assert sorted(names[row.member] for row in mine if row.member) == expected
                assert all(self.on_time(row, id) for row in mine)
        self.village.store.close_now()

    def on_time(self, row: Delivery, id: int) -> bool:
        session = self.village.see(lambda work: work.office_hours.session(id))  # pyright: ignore
        assert session is not None
        hours = 24 if row.kind == "oh.reminder_day" else 1
        return row.due == session.starts - timedelta(hours=hours)


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
