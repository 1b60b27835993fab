"""Whatever people do in whatever order: capacity, pending cap, intake, pause and blocks hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.domain.listings import State, room
from bot.domain.pairs import Pair
from bot.domain.requests import Request, RequestState
from bot.domain.taxonomy import Format
from bot.services import pairs
from bot.services.mentors import answering, listing, requesting
from bot.services.mentors.answering import Accepted
from bot.services.mentors.requesting import Refused, Sent
from storage import memory_store
from tests.services.school import OFFER, TEXT, School

MENTORS = st.sampled_from(["Mara", "Noor"])
TRAINEES = st.sampled_from(["Ana", "Ben", "Cem", "Dot", "Eve"])
NUMBER = st.integers(0, 99)


class AnyOrder(RuleBasedStateMachine):
    """Two mentors with little room, five trainees, and a model of what was promised."""

    def __init__(self) -> None:
        super().__init__()
        self.school = School(memory_store())
        self.requests: list[Request] = []
        self.pairs: list[Pair] = []
        self.blocked: set[tuple[str, str]] = set()
        self.week: dict[tuple[str, object], int] = {}
        self.intake = {"Mara": 3, "Noor": 3}
        for name in ("Mara", "Noor"):
            self.school.offers(name, replace(OFFER, talks=1))

    def pick(self, number: int) -> Request | None:
        return self.requests[number % len(self.requests)] if self.requests else None

    @rule(name=TRAINEES, mentor=MENTORS, form=st.sampled_from([Format.TALK, Format.ONGOING]))
    def ask(self, name: str, mentor: str, form: Format) -> None:
        school = self.school
        before = school.listing(mentor)
        found = school.asks(name, mentor, replace(TEXT, form=form))
        if isinstance(found, Sent):
            self.requests.append(found.request)
            assert (mentor, name) not in self.blocked
            assert before.state is State.PUBLISHED or room(before, school.now).name == "OPEN"
            week = (mentor, before.load.at(school.now).week)
            self.week[week] = self.week.get(week, 0) + 1
            assert self.week[week] <= 3

    @rule(number=NUMBER)
    def accept(self, number: int) -> None:
        request = self.pick(number)
        if request is None:
            return
        before = self.school.request(request).state
        found = self.school.accepts(request)
        if isinstance(found, Accepted) and not found.again:
            assert before.pending
            assert found.pair is not None
            self.pairs.append(found.pair)
        elif isinstance(found, Refused):
            assert self.school.request(request).state is before

    @rule(number=NUMBER)
    def decline(self, number: int) -> None:
        request = self.pick(number)
        if request is not None:
            self.school.declines(request)

    @rule(number=NUMBER)
    def ask_back(self, number: int) -> None:
        request = self.pick(number)
        if request is not None:
            school = self.school
            school.do(answering.ask, school.now, request.mentor, request.id, "Which year?")

    @rule(number=NUMBER)
    def answer(self, number: int) -> None:
        request = self.pick(number)
        if request is not None:
            school = self.school
            school.do(answering.answer, school.now, request.trainee, request.id, "Third.")

    @rule(number=NUMBER)
    def take_back(self, number: int) -> None:
        request = self.pick(number)
        if request is not None:
            school = self.school
            school.do(requesting.withdraw, school.now, request.trainee, request.id)

    @rule(number=NUMBER)
    def close(self, number: int) -> None:
        if self.pairs:
            pair = self.pairs[number % len(self.pairs)]
            self.school.do(pairs.close, self.school.now, pair.trainee, pair.id)

    @rule(number=NUMBER)
    def reopen(self, number: int) -> None:
        if self.pairs:
            pair = self.pairs[number % len(self.pairs)]
            self.school.do(pairs.reopen, self.school.now, pair.mentor, pair.id)

    @rule(mentor=MENTORS, days=st.integers(1, 20))
    def pause(self, mentor: str, days: int) -> None:
        school = self.school
        member = school.members[mentor]
        until = school.now + timedelta(days=days)
        school.do(listing.pause, school.now, school.community, member, until)
        assert school.see(lambda work: work.requests.pending_to(member, school.community)) == ()

    @rule(mentor=MENTORS)
    def resume(self, mentor: str) -> None:
        school = self.school
        school.do(listing.resume, school.now, school.community, school.members[mentor])

    @rule(mentor=MENTORS, places=st.integers(0, 3))
    def edit(self, mentor: str, places: int) -> None:
        self.school.offers(mentor, replace(OFFER, talks=1, places=places))

    @rule(name=TRAINEES, mentor=MENTORS)
    def block(self, name: str, mentor: str) -> None:
        school = self.school
        one, other = school.members[mentor], school.members[name]
        school.do(lambda work: work.blocks.block(one, other, school.now))
        self.blocked.add((mentor, name))

    @rule(days=st.integers(1, 9))
    def wait(self, days: int) -> None:
        self.school.clock.move(timedelta(days=days))
        self.school.do(listing.upkeep, self.school.now)

    @invariant()
    def nobody_has_more_than_they_may(self) -> None:
        school = self.school
        for name in ("Ana", "Ben", "Cem", "Dot", "Eve"):
            member = school.members[name]
            mine = school.see(lambda w, m=member: w.requests.pending_by(m, school.community))
            assert len(mine) <= 3
            assert len({one.mentor for one in mine}) == len(mine)
        for name in ("Mara", "Noor"):
            shown = school.listing(name)
            bonds = school.see(lambda work, id=shown.id: work.requests.bonds_to(id))
            held = [one for one in bonds if one.holds]
            still = [
                one
                for one in held
                if (pair := school.see(lambda w, id=one.pair: w.pairs.get(id))) and pair.open
            ]
            assert held == still, "a closed pair holds no place"
            assert shown.load.ongoing == len(held)
            month = shown.load.at(school.now)
            assert month.talks <= 1
            kept = [
                one
                for one in map(school.request, self.requests)
                if one.state is RequestState.ACCEPTED
            ]
            assert len(kept) == len(self.pairs)

    @invariant()
    def the_index_says_what_the_rules_say(self) -> None:
        school = self.school
        found = set(school.finds("Fay"))
        for name in ("Mara", "Noor"):
            assert (name in found) == (room(school.listing(name), school.now).name == "OPEN")

    @rule(name=TRAINEES, mentor=MENTORS)
    def accept_never_over_capacity(self, name: str, mentor: str) -> None:
        """An accept never leads above what the mentor offers at that moment."""
        school = self.school
        offer = school.listing(mentor).offer
        before = school.listing(mentor).load.ongoing
        for one in school.see(
            lambda w: w.requests.pending_to(school.members[mentor], school.community)
        ):
            self.accept(self.requests.index(next(r for r in self.requests if r.id == one.id)))
        assert school.listing(mentor).load.ongoing <= max(before, offer.places)

    def teardown(self) -> None:
        self.school.store.close_now()


AnyOrder.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyOrder = AnyOrder.TestCase
