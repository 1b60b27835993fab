"""Whatever people do in whatever order: capacity, pending cap, intake, pause and blocks hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.finding import Wanted
from bot.domain.listings import Room, State, room
from bot.domain.pairs import Pair
from bot.domain.people import MemberId
from bot.domain.requests import Request
from bot.domain.taxonomy import Format
from bot.services import pairs
from bot.services.mentors import answering, finding, listing, requesting
from bot.services.mentors.answering import Accepted
from bot.services.mentors.requesting import Refused, Sent
from bot.services.ports import Work
from storage import memory_store
from tests.services.school import OFFER, TEXT, School

MENTORS = st.sampled_from(["Mara", "Noor"])
TRAINEES = st.sampled_from(["Ana", "Ben", "Cem", "Dot", "Eve"])
NUMBER = st.integers(0, 99)
FORM = st.sampled_from([Format.TALK, Format.ONGOING])


class AnyOrder(RuleBasedStateMachine):
    """Two mentors with little room, five trainees, and a model of what was promised."""

    def __init__(self) -> None:
        super().__init__()
        self.school = School(memory_store())
        self.requests: list[Request] = []
        self.pairs: list[Pair] = []
        self.blocked: set[tuple[str, str]] = set()
        self.week: dict[tuple[str, object], int] = {}
        for name in ("Mara", "Noor"):
            self.school.offers(name, replace(OFFER, talks=1))

    @initialize(forms=st.tuples(FORM, FORM, FORM), yes=st.booleans())
    def a_beginning(self, forms: tuple[Format, Format, Format], yes: bool) -> None:
        """Something is open at first, so that every step meets something."""
        for name, mentor, form in zip(("Ana", "Ben", "Ana"), ("Mara", "Mara", "Noor"), forms,
                                      strict=True):  # fmt: skip
            self.ask(name, mentor, form)
        if yes:
            self.accept(0)

    def pick(self, number: int) -> Request:
        return self.requests[number % len(self.requests)]

    @rule(name=TRAINEES, mentor=MENTORS, form=FORM)
    def ask(self, name: str, mentor: str, form: Format) -> None:
        school = self.school
        before = school.listing(mentor)
        found = school.asks(name, mentor, replace(TEXT, form=form))
        if isinstance(found, Sent):
            self.requests.append(found.request)
            assert (mentor, name) not in self.blocked
            assert before.state is State.PUBLISHED or room(before, school.now) is Room.OPEN
            week = (mentor, before.load.at(school.now).week)
            self.week[week] = self.week.get(week, 0) + 1
            assert self.week[week] <= 3

    @rule(number=NUMBER)
    def accept(self, number: int) -> None:
        request = self.pick(number)
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
        self.school.declines(request)

    @rule(number=NUMBER)
    def ask_back(self, number: int) -> None:
        request = self.pick(number)
        school = self.school
        school.do(answering.ask, school.now, request.mentor, request.id, "Which year?")

    @rule(number=NUMBER)
    def answer(self, number: int) -> None:
        request = self.pick(number)
        school = self.school
        school.do(answering.answer, school.now, request.trainee, request.id, "Third.")

    @rule(number=NUMBER)
    def take_back(self, number: int) -> None:
        request = self.pick(number)
        school = self.school
        mentor = school.names[request.mentor]
        week = (mentor, school.listing(mentor).load.at(request.opened).week)
        found = school.do(requesting.withdraw, school.now, request.trainee, request.id)
        if not isinstance(found, Refused):
            self.week[week] -= 1

    @precondition(lambda self: self.pairs)
    @rule(number=NUMBER)
    def close(self, number: int) -> None:
        pair = self.pairs[number % len(self.pairs)]
        self.school.do(pairs.close, self.school.now, pair.trainee, pair.id)

    @precondition(lambda self: self.pairs)
    @rule(number=NUMBER)
    def reopen(self, number: int) -> None:
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

    @rule(mentor=MENTORS)
    def accept_everything(self, mentor: str) -> None:
        """Accepting whatever is open never leads above what the mentor offers at that moment."""
        school = self.school
        before = school.listing(mentor).load.ongoing
        member = school.members[mentor]
        waiting = school.see(lambda work: work.requests.pending_to(member, school.community))
        for one in waiting:
            self.accept([each.id for each in self.requests].index(one.id))
        shown = school.listing(mentor)
        assert shown.load.ongoing <= max(before, shown.offer.places)

    @invariant()
    def everything_promised_holds(self) -> None:
        # One snapshot for all of it: opening one takes longer than what is looked at.
        self.school.see(self.look)

    def look(self, work: Work) -> None:
        school, home, now = self.school, self.school.community, self.school.now
        pending = Counter[MemberId]()
        viewer = school.members["Fay"]
        found = finding.find(work, now, school.lists, home, viewer, Wanted())
        listed = {card.who.name for card in found.cards}
        for name in ("Mara", "Noor"):
            shown = work.listings.of(home, school.members[name])
            assert shown is not None
            held = [one for one in work.requests.bonds_to(shown.id) if one.holds]
            for one in held:
                pair = work.pairs.get(one.pair)
                assert pair is not None
                assert pair.open, "a closed pair holds no place"
            assert shown.load.ongoing == len(held)
            assert shown.load.at(now).talks <= 1
            assert (name in listed) == (room(shown, now) is Room.OPEN), "the index says the same"
            waiting = [one.trainee for one in work.requests.pending_to(shown.member, home)]
            assert len(set(waiting)) == len(waiting), "one open request to the same mentor"
            pending.update(waiting)
            accepted = work.requests.accepted_by(school.members[name], home)
            pairs_ = [one for one in self.pairs if one.mentor == school.members[name]]
            assert len(accepted) == len(pairs_)
        assert max(pending.values(), default=0) <= 3

    def teardown(self) -> None:
        self.school.store.close_now()


AnyOrder.TestCase.settings = settings(
    max_examples=10,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestAnyOrder = AnyOrder.TestCase
