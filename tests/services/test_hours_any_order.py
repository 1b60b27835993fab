"""Whatever people do in whatever order, and whatever is delivered twice: seats, the line, offers
and promised reminders hold."""

from collections import Counter
from datetime import datetime, timedelta

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
from bot.domain.office_hours import KEPT, Scope, Seat, SeatState, Session, reminders
from bot.domain.recurrence import Repeat
from bot.domain.seats import LAST_HOURS
from bot.services.office_hours import editing, hosting, offers
from bot.services.office_hours.beside import week_is_full
from bot.services.office_hours.changes import Change
from bot.services.office_hours.editing import Edits
from bot.services.office_hours.results import Changed, Joined, Left
from bot.services.office_hours.seats import leave_everything
from storage import memory_store
from tests.services.test_hours_offers import seats_a_week
from tests.services.village import Village

NAMES = st.sampled_from(["Ana", "Ben", "Cem", "Dot", "Eve"])
REMINDERS = ("oh.reminder_day", "oh.reminder_hour")
SEATS = 2
HOUR = timedelta(hours=1)


class AnyOrder(RuleBasedStateMachine):
    """A weekly series with two seats, and what was promised to whom."""

    sessions = Bundle("sessions")

    def __init__(self) -> None:
        super().__init__()
        self.village = Village(memory_store())
        self.known: dict[int, Session] = {}
        self.promised: Counter[tuple[int, str, datetime]] = Counter()
        self.ran_out: list[Delivery] = []
        self.revisions: dict[int, int] = {}
        self.held = False

    @initialize(target=sessions, fair=st.booleans(), most=st.sampled_from([1, 3, None]))
    def begin(self, fair: bool, most: int | None):
        seats_a_week(self.village, most)
        first = self.village.host(seats=SEATS, repeat=Repeat.WEEKLY, fair=fair)
        self.village.due()
        found = self.village.series(first)[:3]
        self.known = {one.id: one for one in found}
        self.revisions = {one.id: one.revision for one in found}
        return multiple(*found)

    @rule(session=sessions, name=NAMES)
    def join(self, session: Session, name: str) -> None:
        result = self.village.join(name, session)
        if isinstance(result, Joined):
            assert result.card.holds
            for at in result.reminders:
                self.promised[session.id, name, at] += 1

    @rule(session=sessions, name=NAMES)
    def leave(self, session: Session, name: str) -> None:
        before = self.seats(session.id).get(name)
        result = self.village.leave(name, session)
        current = self.village.session(session)
        over = self.village.now >= current.ends or current.called_off
        assert isinstance(result, Left) == (before is not None and not over)
        if isinstance(result, Left):
            self.forget(session.id, name)

    @rule(session=sessions, name=NAMES)
    def not_now(self, session: Session, name: str) -> None:
        self.village.decline(name, session)

    @rule(session=sessions, days=st.integers(0, 9), scope=st.sampled_from(Scope))
    def move(self, session: Session, days: int, scope: Scope) -> None:
        before = self.village.session(session)
        if before.starts <= self.village.now or before.called_off:
            return
        to = before.starts + timedelta(days=days, hours=2)
        result = self.village.move(session, f"{to:%Y-%m-%d %H:%M}", scope)
        assert isinstance(result, Changed), result
        self.promise_anew()
        self.hear(told=result.told)

    @rule(
        session=consumes(sessions),
        reason=st.sampled_from(["", "case"]),
        scope=st.sampled_from([Scope.ONE, Scope.ONE, Scope.LATER]),
    )
    def call_off(self, session: Session, reason: str, scope: Scope) -> None:
        before = self.village.session(session)
        if before.ends <= self.village.now or before.called_off:
            return
        over = {
            id: one
            for id in self.known
            if (one := self.village.session(self.known[id])).ends <= self.village.now
        }
        result = self.village.call_off(session, reason, scope)
        assert isinstance(result, Changed), result
        assert all(self.village.session(one) == one for one in over.values())
        self.promise_anew()
        self.hear(told=result.told)

    @rule(session=sessions, seats=st.integers(1, 4))
    def other_seats(self, session: Session, seats: int) -> None:
        current = self.village.session(session)
        if current.ends <= self.village.now or current.called_off:
            return
        kept = sum(one.state in KEPT for one in self.seats(session.id).values())
        change = Change(Scope.ONE, current.revision, self.village.draft("Host"))
        host = self.village.actor("Host")
        result = self.village.do(
            editing.edit, self.village.now, host, session.code, Edits(seats=seats), change
        )
        same = seats == current.plan.capacity
        assert isinstance(result, Changed) == (seats >= kept and not same), result
        self.revisions[session.id] = self.village.session(session).revision

    @rule(name=NAMES)
    def leaves_the_community(self, name: str) -> None:
        who = self.village.members[name]
        self.village.do(leave_everything, self.village.now, who, self.village.community)
        for id in self.known:
            if name not in self.seats(id):
                self.forget(id, name)

    @rule()
    def nothing_goes_out(self) -> None:
        """The platform is away, or moderators hold everything back."""
        self.held = True

    @rule()
    def everything_goes_out_again(self) -> None:
        self.held = False
        self.hear()

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        for _hour in range(hours):
            self.village.clock.move(HOUR)
            self.hear()

    @rule()
    def a_crash_repeats_what_ran_out(self) -> None:
        """The process died after an offer was passed on and before that was written down."""
        for row in self.ran_out:
            before = self.everybody()
            self.village.do(offers.run_out, self.village.now, row)
            assert self.everybody() == before

    @rule()
    def extend(self) -> None:
        self.village.do(hosting.extend, self.village.now)
        assert self.village.do(hosting.extend, self.village.now) == 0

    def hear(self, told: int | None = None) -> None:
        """What is due arrives: promised reminders at their time, nothing that was cancelled."""
        if self.held:
            return
        rows = self.village.claim()
        names = {id: name for name, id in self.village.members.items()}
        news: list[str] = []
        for row in rows:
            name = names[row.member] if row.member else ""
            if row.kind in REMINDERS:
                key = (row.ref, name, row.due)
                assert self.promised[key] == 1, (row, self.promised)
                del self.promised[key]
            elif row.kind == "oh.offer":
                if told is None:
                    mine = self.seats(row.ref).get(name)
                    assert mine is not None, row
                    assert mine.state is SeatState.OFFERED
                news.append(name)
            elif row.kind == "oh.lapsed":
                assert name not in self.seats(row.ref)
                self.ran_out.append(row)
            elif row.kind == "oh.no_seat":
                mine = self.seats(row.ref).get(name)
                assert mine is not None, row
                assert mine.state is SeatState.WAITING
                assert self.village.session(self.known[row.ref]).starts <= self.village.now
            elif row.kind.startswith(("oh.moved", "oh.series", "oh.called")):
                news.append(name)
        kinds = Counter((row.kind, row.member, row.ref) for row in rows)
        assert max(kinds.values(), default=1) == 1, kinds
        assert not [key for key in self.promised if key[2] <= self.village.now], self.promised
        if told is not None:
            assert len(set(news)) <= told

    def promise_anew(self) -> None:
        """After a change: what is promised follows from who has a seat."""
        now = self.village.now
        for id in self.known:
            session = self.village.session(self.known[id])
            if session.revision == self.revisions[id]:
                continue
            self.revisions[id] = session.revision
            for key in [key for key in self.promised if key[0] == id]:
                del self.promised[key]
            if session.called_off:
                continue
            for name, seat in self.seats(id).items():
                if seat.state is SeatState.HELD:
                    for _ahead, at in reminders(session.starts, now):
                        self.promised[id, name, at] = 1

    def forget(self, id: int, name: str) -> None:
        for key in [key for key in self.promised if key[:2] == (id, name)]:
            del self.promised[key]

    def seats(self, id: int) -> dict[str, Seat]:
        names = {member: name for name, member in self.village.members.items()}
        found = self.village.see(lambda work: work.office_hours.seats(id))  # pyright: ignore
        return {names[seat.member]: seat for seat in found}

    def everybody(self) -> dict[int, dict[str, Seat]]:
        return {id: self.seats(id) for id in self.known}

    @invariant()
    def seats_are_never_exceeded_and_every_freed_one_is_offered_or_open(self) -> None:
        for id, known in self.known.items():
            session, seats = self.village.session(known), self.seats(id)
            state = Counter(seat.state for seat in seats.values())
            kept = state[SeatState.HELD] + state[SeatState.OFFERED]
            assert session.taken == kept <= (session.plan.capacity or 0)
            if session.called_off:
                continue
            end = session.starts - LAST_HOURS
            for seat in seats.values():
                assert (seat.state is SeatState.OFFERED) == (seat.until is not None)
                assert seat.until is None or seat.until <= end
            if kept == session.plan.capacity or self.village.now >= end:
                continue
            # What is open although people wait is open to those whose week is not full.
            for name, seat in seats.items():
                assert seat.state is not SeatState.WAITING or self.full_week(session, name)

    def full_week(self, session: Session, name: str) -> bool:
        who = self.village.members[name]
        return self.village.see(week_is_full, self.village.now, session, who, hold=False)

    def teardown(self) -> None:
        """To the end: exactly the promised reminders come, and every offer ends."""
        if self.known:
            self.everything_goes_out_again()
            while self.village.now < max(
                self.village.session(one).ends for one in self.known.values()
            ):
                self.time_passes(24)
            assert not self.promised
            for id, known in self.known.items():
                if not self.village.session(known).called_off:
                    seats = self.seats(id).values()
                    assert all(seat.state is not SeatState.OFFERED for seat in seats)
        self.village.store.close_now()


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
