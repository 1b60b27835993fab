"""180 people with seats, 150 of them never written to: nobody is lost, and nobody is flooded."""

from __future__ import annotations

from datetime import timedelta

import pytest

from adapters.scheduler import SchedulerBell
from bot.domain.delivery import NewDelivery
from bot.domain.office_hours import ForWhom, SessionId
from bot.domain.people import Account, CommunityId, MemberId, Place, Standing
from bot.domain.showing import Shown, Spot
from bot.runtime.delivery import Dispatcher
from bot.runtime.doors import (
    Delivered,
    Presence,
    Sent,
    Target,
    ToChannel,
    ToPerson,
    Undeliverable,
)
from bot.runtime.feature import Choice
from bot.runtime.hall import Doors
from bot.runtime.screen import Screen
from bot.services.office_hours import seats, views, wave
from bot.services.office_hours.results import Actor, Joined
from bot.services.office_hours.telling import Kind
from bot.services.ports import Work
from bot.ui.parts import Reply, Text
from bot.ui.words import Listing, Msg, Person
from cogs.office_hours import OfficeHours
from cogs.office_hours.choices import SESSION_DAY
from cogs.office_hours.wave import WriteToMe
from tests.cogs.stage import Stage, fits, text
from tests.services.village import FULL, HALL, Village, due


class Server:
    """A platform that keeps what it was sent."""

    platform = "discord"
    connected = True

    def __init__(self) -> None:
        self.direct: list[str] = []
        self.posted: list[Screen] = []
        self.targets: list[ToChannel] = []
        self.silent = False

    async def start(self, core: object) -> None: ...

    async def stop(self) -> None: ...

    async def send(self, target: Target, screen: Screen, key: str) -> Sent:
        if isinstance(target, ToPerson):
            self.direct.append(target.account.user)
        elif self.silent:
            return Undeliverable("no permission to write there")
        else:
            self.posted.append(screen)
            self.targets.append(target)
        return Delivered(key)

    async def change(self, at: ToChannel, trace: object, screen: Screen) -> Sent:
        raise NotImplementedError

    async def forget(self, account: Account, passing: str) -> None: ...

    async def readers(self, place: Place, channel: str) -> None: ...

    async def look_up(self, place: Place, account: Account) -> Presence | None:
        return Presence(Standing.NONE, frozenset(), "somebody")

    def named(self) -> list[str]:
        """Whom messages in channels call."""
        return [
            person.who.accounts[0].user
            for screen in self.posted
            for part in screen.parts
            if isinstance(part, Text) and isinstance(part.body, Msg)
            for _name, value in part.body.arguments
            if isinstance(value, Listing)
            for person in value.items
            if isinstance(person, Person) and person.ping
        ]


class Crowd:
    """A village with a session that many come to."""

    def __init__(
        self, village: Village, people: int, written_to: int, for_whom: ForWhom = ForWhom.EVERYONE
    ) -> None:
        self.village = village
        self.server = Server()
        doors = Doors()
        doors.add(self.server)
        self.feature = OfficeHours(village.store, village.clock).feature()
        self.dispatcher = Dispatcher(
            village.store, village.clock, {one.kind: one for one in self.feature.notices}, doors,
            SchedulerBell(), _left,
        )  # fmt: skip
        village.do(
            lambda work: work.communities.set_channel(village.community, "hours", HALL, "door")
        )
        self.session = village.host(seats=None, for_whom=for_whom)
        self.users = [str(1000 + number) for number in range(people)]
        village.do(self._join, written_to)

    def _join(self, work: Work, written_to: int) -> None:
        now = self.village.now
        for number, user in enumerate(self.users):
            member = work.people.add(Account("discord", "", user), f"P{user}", now).member
            work.people.join(member, self.village.community, now)
            joined = seats.join(
                work, now, Actor(member, self.village.community, FULL), self.session.code, "", True
            )
            assert isinstance(joined, Joined)
            if number < written_to:
                work.deliveries.schedule(
                    [NewDelivery("old", self.village.community, "old", user, now, member)]
                )
        due(work, now)

    def members(self, work: Work) -> list[MemberId]:
        found = [work.people.find(Account("discord", "", user)) for user in self.users]
        return [one.member for one in found if one is not None]

    def do_without(self, users: list[str], choice: Choice) -> None:
        def choose(work: Work) -> None:
            for user in users:
                found = work.people.find(Account("discord", "", user))
                assert found is not None
                work.without.set(found.member, [choice.name])

        self.village.do(choose)

    async def day_before(self) -> None:
        self.village.clock.set(self.session.starts - timedelta(hours=24))
        await self.dispatcher.ring()


async def _left(account: Account, community: CommunityId) -> None: ...


@pytest.mark.parametrize("most", [0, 20, 30, 60])
async def test_deciding_for_many_is_deciding_for_each(stage: Stage, most: int) -> None:
    crowd = Crowd(stage.village, 40, 10)
    village = stage.village
    village.clock.set(crowd.session.starts - timedelta(hours=24))
    claimed = timedelta(minutes=5)
    rows = village.do(lambda work: work.deliveries.claim("mine", village.now, claimed, 1000))
    reminders = [row for row in rows if row.kind == Kind.REMINDER_DAY]
    assert len(reminders) == 40
    together = village.do(lambda work: wave.admit_all(work, village.now, reminders, most))
    each = {row.id for row in reminders if village.do(wave.admit, village.now, row, most)}
    assert together == each
    assert len(each) == (10 if most < 30 else 40)


async def test_cards_for_many_are_those_for_each(stage: Stage) -> None:
    crowd = Crowd(stage.village, 5, 0)
    village, gone = stage.village, SessionId(10**6)
    people = village.do(crowd.members)
    who = Actor(people[0], village.community, FULL)
    village.do(seats.leave, village.now, who, crowd.session.code)
    asked = [(crowd.session.id, one) for one in (*people, crowd.session.host)]
    found = village.do(views.cards_at, village.now, [*asked, (gone, people[1])])
    assert found == {one: village.do(views.card, village.now, *one) for one in asked}


async def test_everybody_is_either_written_to_or_named_once(stage: Stage):
    crowd = Crowd(stage.village, 180, 30)
    quiet = [crowd.users.pop(20), crowd.users.pop(-1)]  # a known one, and a stranger
    crowd.do_without(quiet, SESSION_DAY)
    await crowd.day_before()
    server = crowd.server
    ours = [user for user in server.direct if user in crowd.users]
    assert ours == crowd.users[:29]
    assert sorted(server.named()) == crowd.users[29:]
    assert not set(quiet) & {*server.named(), *server.direct}
    assert len(server.posted) == 1
    said = text(fits(Reply(server.posted[0].parts[:1])))
    assert "A reminder for those who come: Tips for TIPS" in said
    assert "example.org" not in repr(server.posted[0])


async def test_a_post_that_fails_loses_nobody(stage: Stage):
    crowd = Crowd(stage.village, 180, 30)
    quiet = crowd.users.pop(-1)
    crowd.do_without([quiet], SESSION_DAY)
    crowd.server.silent = True
    await crowd.day_before()
    await crowd.dispatcher.ring()
    assert crowd.server.posted == []
    assert sorted(user for user in crowd.server.direct if user in crowd.users) == crowd.users
    assert quiet not in crowd.server.direct
    # The hour before is another reminder; by now nobody is a stranger any more.
    stage.village.clock.set(crowd.session.starts - timedelta(hours=1))
    await crowd.dispatcher.ring()
    assert {crowd.server.direct.count(user) for user in crowd.users} == {2}


async def test_whoever_asks_is_written_to_from_then_on(stage: Stage):
    crowd = Crowd(stage.village, 40, 0)
    await crowd.day_before()
    assert [user for user in crowd.server.direct if user in crowd.users] == []
    asker = crowd.users[7]
    village = stage.village
    found = village.see(lambda work: work.people.find(Account("discord", "", asker)))
    assert found is not None
    who = Actor(found.member, village.community, FULL)
    for _twice in range(2):
        village.do(wave.write_to, village.now, who, crowd.session.code)
    await crowd.dispatcher.ring()
    assert crowd.server.direct.count(asker) == 1
    village.clock.set(crowd.session.starts - timedelta(hours=1))
    await crowd.dispatcher.ring()
    assert crowd.server.direct.count(asker) == 2
    assert asker not in crowd.server.named()[40:], "and is not named in the second message"


@pytest.mark.parametrize(
    ("people", "for_whom"),
    [(30, ForWhom.EVERYONE), (40, ForWhom.HOSTS)],
    ids=["few", "not for all"],
)
async def test_few_strangers_and_closed_sessions_are_told_directly(
    stage: Stage, people: int, for_whom: ForWhom
):
    crowd = Crowd(stage.village, people, 0, for_whom)
    await crowd.day_before()
    assert [user for user in crowd.server.direct if user in crowd.users] == crowd.users
    assert crowd.server.posted == []


async def test_without_a_seat_there_is_nothing_to_remind_of(stage: Stage):
    session = stage.village.host()
    reply = await stage.ask("Ana", WriteToMe(session.code))
    assert "[My sessions]" in text(reply) or "[Office hours]" in text(reply)
    assert [kind for kind, _who, _said in await stage.deliveries()] == []


async def test_where_the_list_stands_people_are_named_below_it(stage: Stage):
    crowd = Crowd(stage.village, 31, 0)
    spot = Spot(stage.village.community, HALL, "hours")
    stage.village.do(lambda work: work.showings.put(Shown(spot, "door", "77", "")))
    await crowd.day_before()
    await crowd.dispatcher.ring()  # as the bell does for what has become due meanwhile
    other = Shown(spot, "another channel", "78", "")
    stage.village.do(lambda work: work.showings.put(other))
    stage.village.clock.set(crowd.session.starts - timedelta(hours=1))
    for _twice in range(2):
        await crowd.dispatcher.ring()
    assert crowd.server.targets == [
        ToChannel(HALL, "door", "Reminders of office hours", "77"),
        ToChannel(HALL, "door"),
    ]
    assert sorted(crowd.server.named()) == sorted(2 * crowd.users)
