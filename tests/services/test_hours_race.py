"""Many people at once, on the engines where callers really meet."""

import asyncio
from collections import Counter
from datetime import timedelta

from bot.domain.office_hours import Scope, SeatState, Session
from bot.domain.people import Account, CommunityId, MemberId
from bot.domain.recurrence import Repeat
from bot.services.office_hours import changes, hosting, seats
from bot.services.office_hours.changes import Change
from bot.services.office_hours.results import (
    Actor,
    Already,
    Joined,
    Left,
    Opened,
    Refused,
    Waitlisted,
)
from bot.services.ports import Work
from bot.services.ports.drafts import Draft
from storage import OpenStore
from tests.services.village import FULL, HALL, NOW, london, plan

PEOPLE = 1000
SEATS = 5


def settle(work: Work, count: int) -> tuple[CommunityId, list[MemberId]]:
    """A community with that many members."""
    home = work.communities.add(HALL, "Radiology", NOW)
    members: list[MemberId] = []
    for number in range(count):
        profile = work.people.add(Account("discord", "", str(number)), f"P{number}", NOW)
        members.append(profile.member)
    return home.id, members


def confirmable(work: Work, actor: Actor, id: str) -> str:
    """A confirmation that waits."""
    work.drafts.save(Draft(id, actor.member, actor.community, {}, NOW + timedelta(hours=1)))
    return id


async def opened(store: OpenStore, actor: Actor, repeat: Repeat = Repeat.NONE) -> Session:
    """A session with five seats."""
    starts = london("2027-03-11 18:00")
    rule = hosting.rule_of(starts, repeat, None)
    request = await store.write(confirmable, actor, "first")
    result = await store.write(hosting.host, NOW, actor, plan(SEATS), starts, rule, request)
    assert isinstance(result, Opened)
    return result.card.session


async def test_a_thousand_people_for_five_seats(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, PEOPLE + 1)
    host, *guests = (Actor(member, home, FULL) for member in people)
    session = await opened(shared_store, host)

    answers = await asyncio.gather(
        *(shared_store.write(seats.join, NOW, guest, session.code) for guest in guests)
    )

    assert Counter(type(answer) for answer in answers) == {
        Joined: SEATS,
        Waitlisted: PEOPLE - SEATS,
    }
    places = [answer.card.position for answer in answers if isinstance(answer, Waitlisted)]
    assert sorted(place or 0 for place in places) == list(range(1, PEOPLE - SEATS + 1))
    kept = await shared_store.read(lambda work: work.office_hours.seats(session.id))
    assert len({seat.turn for seat in kept}) == PEOPLE
    assert {seat.state for seat in kept[:SEATS]} == {SeatState.HELD}
    assert {seat.state for seat in kept[SEATS:]} == {SeatState.WAITING}


async def test_everybody_presses_twice(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 41)
    host, *guests = (Actor(member, home, FULL) for member in people)
    session = await opened(shared_store, host)

    await asyncio.gather(
        *(shared_store.write(seats.join, NOW, guest, session.code) for guest in guests * 2)
    )

    kept = await shared_store.read(lambda work: work.office_hours.seats(session.id))
    assert len(kept) == 40
    assert Counter(seat.state for seat in kept) == {SeatState.HELD: 5, SeatState.WAITING: 35}


async def test_coming_going_and_moving_at_once(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 61)
    host, *guests = (Actor(member, home, FULL) for member in people)
    session = await opened(shared_store, host, Repeat.WEEKLY)
    for guest in guests[:20]:
        await shared_store.write(seats.join, NOW, guest, session.code)
    requests = [await shared_store.write(confirmable, host, f"move{n}") for n in range(4)]

    async def move(number: int) -> object:
        at = london(f"2027-03-{12 + number} 18:00").at
        change = Change(Scope.LATER, 0, requests[number])
        return await shared_store.write(changes.move, NOW, host, session.code, at, change)

    answers = await asyncio.gather(
        *(shared_store.write(seats.leave, NOW, guest, session.code) for guest in guests[:10]),
        *(move(number) for number in range(4)),
        *(shared_store.write(seats.join, NOW, guest, session.code) for guest in guests[20:]),
        *(shared_store.write(hosting.extend, NOW + timedelta(weeks=2)) for _ in range(3)),
    )

    assert all(isinstance(answer, Left) for answer in answers[:10])
    assert sum(isinstance(answer, Refused) for answer in answers[10:14]) == 3
    kept = await shared_store.read(lambda work: work.office_hours.seats(session.id))
    offered = [seat for seat in kept if seat.state is SeatState.OFFERED]
    assert len(kept) == 50
    # However many gave a seat back in the same second: as many offers as seats, each once.
    assert len(offered) == SEATS
    # Nobody who waits came before somebody who is offered a seat.
    assert max(seat.turn for seat in offered) < min(
        seat.turn for seat in kept if seat.state is SeatState.WAITING
    )
    now = await shared_store.read(lambda work: work.office_hours.session(session.id))
    assert now is not None
    assert now.taken == SEATS
    lucky = [guest for guest in guests if guest.member in {seat.member for seat in offered}]
    taken = await asyncio.gather(
        *(shared_store.write(seats.join, NOW, guest, session.code) for guest in lucky * 2)
    )
    assert Counter(type(answer) for answer in taken) == {Joined: SEATS, Already: SEATS}

    due = now.starts - timedelta(hours=1)
    rows = await shared_store.write(
        lambda work: work.deliveries.claim("all", due, timedelta(minutes=5), 10_000)
    )
    current = Counter(row.member for row in rows if row.kind == "oh.offer")
    assert current == {}, "what was answered is not said any more"
    reminded = Counter(row.member for row in rows if row.kind.startswith("oh.reminder"))
    assert reminded == {seat.member: 2 for seat in offered}


async def test_one_confirmation_pressed_by_many_fingers(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 1)
    host = Actor(people[0], home, FULL)
    request = await shared_store.write(confirmable, host, "once")
    starts = london("2027-03-11 18:00")
    rule = hosting.rule_of(starts, Repeat.WEEKLY, None)

    answers = await asyncio.gather(
        *(
            shared_store.write(hosting.host, NOW, host, plan(SEATS), starts, rule, request)
            for _ in range(10)
        )
    )

    made = [answer for answer in answers if isinstance(answer, Opened) and not answer.repeated]
    assert len(made) == 1
    series = made[0].card.session.series
    assert series is not None
    found = await shared_store.read(
        lambda work: work.office_hours.of_series(series, starts.wall.date())
    )
    assert len(found) == 8


async def test_one_person_for_many_sessions_of_a_week_at_once(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 2)
    host, guest = (Actor(member, home, FULL) for member in people)
    codes: list[str] = []
    for number in range(8):
        starts = london(f"2027-03-10 {9 + number:02}:00")
        request = await shared_store.write(confirmable, host, f"week{number}")
        rule = hosting.rule_of(starts, Repeat.NONE, None)
        made = await shared_store.write(hosting.host, NOW, host, plan(5), starts, rule, request)
        assert isinstance(made, Opened)
        codes.append(made.card.session.code)
    results = await asyncio.gather(
        *(shared_store.write(seats.join, NOW, guest, code, "") for code in codes)
    )
    assert Counter(type(one) for one in results) == {Joined: 3, Refused: 5}
