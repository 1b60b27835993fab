"""What people do, of their own accord and when something reaches them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.delivery import Delivery
from bot.domain.follow_ups import FollowUpId, NewFollowUp
from bot.domain.hours import Span
from bot.domain.moment import Moment
from bot.domain.office_hours import ForWhom, Mode, Plan, Session, SessionId
from bot.domain.pairs import PairId, PairState, Said, StepId, StepState
from bot.domain.people import CommunityId, MemberId
from bot.domain.policies import Matter
from bot.domain.questions import AskedId
from bot.domain.recurrence import Repeat
from bot.domain.seasons import Season, SeasonId, SeasonKind
from bot.runtime.catching_up import MOST
from bot.services import hold, moderator_help, own_data, pairs, people, promises, questions
from bot.services.follow_ups import catching_up, engine, leaving, signs
from bot.services.follow_ups.telling import KIND_STEP
from bot.services.office_hours import hosting, seats
from bot.services.office_hours.results import Actor, Opened
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from tests.simulation.people import Person
from tests.simulation.world import FULL, SPAN, START, Letter, World, upkeep

EVERY = timedelta(hours=48)
"""About how often somebody does something of their own accord."""


@dataclass
class Acts:
    """Chooses who does what."""

    world: World
    requests: int = 0
    sessions: list[SessionId] = None  # pyright: ignore[reportAssignmentType]

    def __post_init__(self) -> None:
        self.sessions = []
        self.world.received = self.received
        self._plan_next()

    # Of their own accord ------------------------------------------------------------------------

    def _plan_next(self) -> None:
        world = self.world
        at = world.now + EVERY * (0.2 + 1.6 * world.random.random())
        if at < START + SPAN - timedelta(days=60):
            name, act = self._choose()
            world.later(at, name, self._then(act))

    def _then(self, act: Callable[[], Any]) -> Callable[[], Any]:
        async def run() -> None:
            self._plan_next()
            await act()

        return run

    def _choose(self) -> tuple[str, Callable[[], Any]]:
        acts: tuple[tuple[int, Any], ...] = (
            (14, self.request),
            (3, self.withdraw),
            (4, self.match),
            (8, self.note),
            (6, self.promise),
            (2, self.rest),
            (1, self.close),
            (3, self.not_heard),
            (3, self.in_touch),
            (3, self.call_moderators),
            (2, self.end_call),
            (7, self.go_away),
            (2, self.come_back),
            (2, self.pause),
            (3, self.shut),
            (6, self.unlock),
            (1, self.leave),
            (5, self.ask),
            (4, self.host),
            (14, self.join),
            (5, self.give_back),
            (6, self.visit),
            (3, self.speak),
            (1, self.season),
            (int(self.world.holds), self.hold),
        )
        act = self.world.random.choices(
            [act for _weight, act in acts], [weight for weight, _act in acts]
        )[0]
        return act.__name__, act

    def _anyone(self, *, mentor: bool | None = None) -> Person | None:
        found = [one for one in self.world.here if mentor is None or one.mentor is mentor]
        return self.world.random.choice(found) if found else None

    async def _do(self, who: Person, use_case: Callable[..., Any], *args: Any) -> Any:
        """An act with the bot: it opens a closed way as well, as every request does."""
        if who.gone:
            return None
        # Pressed twice now and then.
        for _time in range(2 if self.world.random.random() < 0.05 else 1):
            result = await self.world.store.write(use_case, *args)
        await self._catches_up(who)
        return result  # pyright: ignore[reportPossiblyUnboundVariable]

    async def _catches_up(self, who: Person) -> None:
        """What could not be delivered is read with the answer, as far as it fits.

        A process that ends between the two loses the answer to the act as well, so that is one
        step here.
        """
        world = self.world
        rows = await world.store.inner.write(_reads, world.now, who, world.community)
        for row in rows:
            marked = frozenset((row.ref,) if row.doubtful else ())
            letter = Letter(world.now, who, row, ((row.kind, row.ref),), True, marked, asked=True)
            world.letters.append(letter)
            world.note(f"{who.name} reads {row.key}")

    async def request(self) -> None:
        trainee, mentor = self._anyone(mentor=False), self._anyone(mentor=True)
        if trainee is None or mentor is None:
            return
        self.requests += 1
        dated = self.world.random.random() < 0.2
        new = NewFollowUp(
            self.world.community,
            Matter.DATED_REQUEST if dated else Matter.REQUEST,
            f"request:{self.requests}",
            self.requests,
            mentor.member,
            trainee.member,
        )
        await self._do(trainee, _once, self.world.now, new)

    async def withdraw(self) -> None:
        who = self._anyone(mentor=False)
        if who is not None:
            await self._do(who, _withdraw_one, self.world.now, who.member)

    async def match(self) -> None:
        trainee, mentor = self._anyone(mentor=False), self._anyone(mentor=True)
        if trainee is None or mentor is None:
            return
        await self._do(
            mentor, _match, self.world.now, self.world.community, mentor.member, trainee.member
        )

    async def _pair(self) -> tuple[Person, PairId, bool] | None:
        who = self._anyone()
        if who is None:
            return None
        mine = await self.world.store.inner.read(lambda work: work.pairs.of(who.member))
        if not mine:
            return None
        pair = self.world.random.choice(mine)
        return who, pair.id, pair.state is PairState.CLOSED

    async def note(self) -> None:
        if (found := await self._pair()) is not None:
            await self._do(
                found[0], pairs.send_note, self.world.now, found[0].member, found[1], "done"
            )

    async def promise(self) -> None:
        if (found := await self._pair()) is not None:
            due = self.world.now + timedelta(days=self.world.random.randint(1, 40))
            await self._do(
                found[0], promises.promise, self.world.now, found[0].member, found[1], "read", due
            )

    async def rest(self) -> None:
        if (found := await self._pair()) is not None:
            until = self.world.now + timedelta(days=self.world.random.randint(5, 60))
            await self._do(found[0], pairs.rest, self.world.now, found[0].member, found[1], until)

    async def close(self) -> None:
        if (found := await self._pair()) is not None:
            use_case = pairs.reopen if found[2] else pairs.close
            await self._do(found[0], use_case, self.world.now, found[0].member, found[1])

    async def not_heard(self) -> None:
        if (found := await self._pair()) is not None:
            await self._do(
                found[0],
                pairs.answer,
                self.world.now,
                found[0].member,
                found[1],
                Said.NOT_HEARD,
            )

    async def call_moderators(self) -> None:
        if (found := await self._pair()) is not None:
            who, pair, _closed = found
            await self._do(who, moderator_help.call, self.world.now, who.member, pair)

    async def end_call(self) -> None:
        """Whoever called for help takes it back, or somebody who moderates takes it up."""
        who, moderator = self._anyone(), self._anyone(mentor=True)
        if who is not None and moderator is not None:
            back = self.world.random.random() < 0.3
            by = who if back else moderator
            await self._do(by, _end_call, self.world.now, who.member, by.member)

    async def in_touch(self) -> None:
        one, other = self._anyone(), self._anyone()
        if one is not None and other is not None and one is not other:
            await self._do(one, pairs.alive, self.world.now, one.member, other.member)

    async def go_away(self) -> None:
        who = self._anyone()
        if who is None:
            return
        first = who.day(self.world.now) + timedelta(days=self.world.random.randint(0, 12))
        last = first + timedelta(days=self.world.random.choice((0, 1, 6, 13, 20)))
        await self._do(who, lambda work: work.manners.add_off(who.member, Span(first, last)))
        who.away.append((first, last))
        days = (last - first).days + 1
        ahead = (first - who.day(self.world.now)).days
        who.trouble += [self.world.now + timedelta(days=ahead + day) for day in range(days)]

    async def come_back(self) -> None:
        who = self._anyone()
        if who is None:
            return
        day = who.day(self.world.now)
        await self._do(who, lambda work: work.manners.clear_off(who.member, day))
        who.away = [span for span in who.away if span[1] < day]

    async def pause(self) -> None:
        who = self._anyone()
        if who is None:
            return
        until = self.world.now + timedelta(days=self.world.random.randint(1, 28))

        def remember(work: Work) -> None:
            from dataclasses import replace

            wishes = work.manners.wishes(who.member)
            work.manners.set_wishes(who.member, replace(wishes, paused_until=until))

        await self._do(who, remember)
        # A later pause takes the place of the one before.
        who.paused = [(self.world.now, until)]
        who.trouble += [
            self.world.now + timedelta(days=day) for day in range((until - self.world.now).days + 1)
        ]

    async def shut(self) -> None:
        who = self._anyone()
        if who is not None:
            who.shut = True

    async def unlock(self) -> None:
        shut = [person for person in self.world.here if person.shut]
        if shut:
            who = self.world.random.choice(shut)
            who.shut = False
            if self.world.random.random() < 0.6:
                await self._do(who, lambda work: None)

    async def leave(self) -> None:
        if len(self.world.here) < 5:
            return
        who = self._anyone()
        if who is None:
            return
        forget = self.world.random.random() < 0.5
        try:
            if forget:
                who.erased = True
                await self.world.store.write(
                    own_data.erase, self.world.now, who.member, (leaving.gone,)
                )
            # Some platforms say nothing: the bot finds out when it next tries to reach them.
            elif self.world.random.random() < 0.5:
                await self.world.store.write(
                    people.leave,
                    self.world.now,
                    who.account,
                    self.world.community,
                    (leaving.gone,),
                )
        finally:
            # They are gone, whether or not the bot was there to hear it.
            who.gone = True
        await self.world.add_person(len(self.world.people))

    async def ask(self) -> None:
        who = self._anyone(mentor=False)
        if who is not None:
            await self._do(who, _ask, self.world.now, self.world.community, who.member)

    async def visit(self) -> None:
        who = self._anyone()
        if who is not None:
            await self._do(who, lambda work: None)

    async def speak(self) -> None:
        who = self._anyone()
        if who is not None:
            await self._do(who, signs.spoke, self.world.now, who.member)

    async def season(self) -> None:
        first = self.world.now.date()
        season = Season(
            SeasonId(0),
            self.world.community,
            None,
            SeasonKind.INTERVIEWS,
            first,
            first + timedelta(days=30),
            self.world.random.randint(1, 4),
            self.world.random.random() < 0.5,
        )
        await self.world.store.write(lambda work: work.manners.add_season(season))

    async def hold(self) -> None:
        """Moderators stop every message, and let them go on some days later."""
        world, who = self.world, self._anyone()
        if who is None or world.held is not None:
            return
        world.held = world.now
        await world.store.inner.write(hold.hold, world.now, world.community, who.member, "")

        since = world.now

        async def resume() -> None:
            world.held = None
            world.held_before.append((since, world.now))
            await world.store.inner.write(hold.resume, world.now, world.community, who.member)
            # A date that could not move is over, and so is what depended on it.
            await world.store.inner.write(upkeep, world.now)

        days = world.random.choice((0.02, 1, 4, 15))
        world.later(world.now + timedelta(days=days), "messages go on", resume)

    # Office hours -------------------------------------------------------------------------------

    def _actor(self, who: Person) -> Actor:
        return Actor(who.member, self.world.community, FULL)

    async def host(self) -> None:
        who = self._anyone(mentor=True)
        if who is None:
            return
        starts = self.world.now + timedelta(days=self.world.random.randint(2, 9))
        key = f"host-{self.world.steps}"
        opened = await self._do(who, _host, self.world.now, self._actor(who), starts, key, who.zone)
        if isinstance(opened, Opened):
            self.sessions.append(opened.card.session.id)

    async def join(self) -> None:
        """Two people at the same time, as often as not."""
        session = await self._session()
        if session is None:
            return
        for _rush in range(self.world.random.randint(1, 3)):
            who = self._anyone()
            if who is not None:
                await self._do(who, join_seat, self.world.now, self._actor(who), session)

    async def give_back(self) -> None:
        session, who = await self._session(), self._anyone()
        if session is not None and who is not None:
            await self._do(who, seats.leave, self.world.now, self._actor(who), session.code)

    async def _session(self) -> Session | None:
        if not self.sessions:
            return None
        id = self.world.random.choice(self.sessions[-3:])
        return await self.world.store.inner.read(lambda work: work.office_hours.session(id))

    # When something reaches them ------------------------------------------------------------------

    def received(self, letter: Letter) -> None:
        """Plan an answer, or none."""
        if not letter.arrived:
            return
        chance, hours = letter.person.temper.value
        for kind, ref in letter.items:
            if kind in KIND_STEP and self.world.random.random() < chance:
                at = letter.at + timedelta(hours=hours) * self.world.random.random()
                who = letter.person
                if not any(first <= who.day(at) <= last for first, last in who.away):
                    self.world.later(at, f"{who.name} answers {ref}", self._answers(who, ref))

    def _answers(self, who: Person, ref: int) -> Callable[[], Any]:
        async def act() -> None:
            said = self.world.random.choice(list(Said))
            again = self.world.random.random() < 0.2
            await self._do(who, answer, self.world.now, who.member, FollowUpId(ref), said, again)

        return act


def _reads(work: Work, now: datetime, who: Person, community: CommunityId) -> tuple[Delivery, ...]:
    """What somebody reads beside the answer; an act of theirs opens the way as well."""
    rows = catching_up.missed(work, now, who.member, community)[:MOST]
    if rows or not who.shut:
        catching_up.shown(work, now, who.member, rows)
    return rows


def join_seat(work: Work, now: datetime, actor: Actor, session: Session) -> object:
    return seats.join(work, now, actor, session.code)


def answer(
    work: Work, now: datetime, member: MemberId, id: FollowUpId, said: Said, again: bool
) -> None:
    """One tap on whatever was asked; `again`: in a way that keeps the matter open."""
    found = work.follow_ups.get(id)
    if found is None:
        return
    match found.matter:
        case Matter.FIRST_MEETING | Matter.CHECK_IN | Matter.NOT_HEARD:
            pairs.answer(work, now, member, PairId(found.ref), said)
        case Matter.NEXT_STEP if again:
            promises.postpone_step(work, now, member, StepId(found.ref), now + timedelta(days=6))
        case Matter.NEXT_STEP:
            promises.settle_step(work, now, member, StepId(found.ref), StepState.DONE)
        case Matter.QUESTION:
            questions.answered(work, now, member, AskedId(found.ref))
            asked = work.questions.get(AskedId(found.ref))
            if asked is not None and not again:
                questions.helped(work, now, asked.asker, asked.id)
        case _ if not found.open or found.owes != member:
            return
        case _ if again:
            engine.hand_over(work, now, found)
        case _:
            engine.settle(work, now, found.subject, member)


def _once(work: Work, now: datetime, new: NewFollowUp) -> None:
    if not work.follow_ups.about(new.subject):
        engine.start(work, now, new)


def _end_call(work: Work, now: datetime, member: MemberId, by: MemberId) -> None:
    for one in work.follow_ups.of(member):
        if one.waits == member and one.matter is Matter.HELP:
            if by == member:
                moderator_help.take_back(work, now, member, one.id)
            else:
                moderator_help.take_up(work, now, by, one.community, one.id)


def _withdraw_one(work: Work, now: datetime, member: MemberId) -> None:
    for one in work.follow_ups.of(member):
        if one.waits == member and one.matter in (Matter.REQUEST, Matter.DATED_REQUEST):
            engine.withdraw(work, now, one.subject)
            return


def _match(
    work: Work, now: datetime, community: CommunityId, mentor: MemberId, trainee: MemberId
) -> None:
    """Nobody gets more than four pairs here."""
    both = [[pair for pair in work.pairs.of(side) if pair.open] for side in (mentor, trainee)]
    if max(len(each) for each in both) < 4 and not {*both[0]} & {*both[1]}:
        pairs.open_pair(work, now, community, mentor, trainee)


def _ask(work: Work, now: datetime, community: CommunityId, member: MemberId) -> None:
    questions.ask(work, now, community, member, "career", "How", anonymous=True)


def _host(work: Work, now: datetime, actor: Actor, starts: datetime, key: str, zone: Any) -> object:
    wall = starts.astimezone(zone).replace(tzinfo=None)
    moment = Moment(starts, zone, wall)
    plan = Plan("Talk", "career", 45, Mode.SEATS, 2, "here", ForWhom.EVERYONE)
    if work.office_hours.by_request(key) is None:
        work.drafts.save(Draft(key, actor.member, actor.community, {}, now + timedelta(hours=1)))
    rule = hosting.rule_of(moment, Repeat.NONE, None)
    return hosting.host(work, now, actor, plan, moment, rule, key)
