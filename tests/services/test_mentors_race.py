"""Many fingers at once, on the engines where callers really meet."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

from bot.domain.people import Account, CommunityId, MemberId
from bot.domain.requests import RequestId, RequestState
from bot.domain.rounds import TakesPart
from bot.domain.taxonomy import taxonomy
from bot.services.mentors import answering, finding, listing, publishing, requesting, rounds
from bot.services.mentors.answering import Accepted
from bot.services.mentors.requesting import Refused, Sent, Why
from bot.services.ports import Work
from storage import OpenStore
from tests.services.school import HALL, MONDAY, OFFER, TEXT


def settle(work: Work, count: int) -> tuple[CommunityId, list[MemberId]]:
    home = work.communities.add(HALL, "Radiology", MONDAY)
    members: list[MemberId] = []
    for number in range(count):
        profile = work.people.add(Account("discord", "", f"{number}"), f"P{number}", MONDAY)
        work.people.join(profile.member, home.id, MONDAY)
        members.append(profile.member)
    return home.id, members


async def offered(store: OpenStore, home: CommunityId, member: MemberId, **changes: int) -> None:
    offer = replace(OFFER, **changes)  # pyright: ignore[reportArgumentType]
    await store.write(listing.publish, MONDAY, taxonomy(), home, member, offer, background=False)


async def sent(store: OpenStore, home: CommunityId, who: MemberId, to: MemberId) -> object:
    return await store.write(requesting.send, MONDAY, home, who, to, TEXT)


async def test_capacity_two_from_phone_and_laptop(shared_store: OpenStore) -> None:
    """Thirty requests, each accepted from two devices at once: two pairs, none taken back."""
    home, people = await shared_store.write(settle, 31)
    mentor, *trainees = people
    await offered(shared_store, home, mentor, places=2, intake=99)
    requests: list[RequestId] = []
    for one in trainees:
        found = await sent(shared_store, home, one, mentor)
        assert isinstance(found, Sent)
        requests.append(found.request.id)
    answers = await asyncio.gather(
        *(shared_store.write(answering.accept, MONDAY, mentor, id) for id in requests * 2)
    )
    new = [one for one in answers if isinstance(one, Accepted) and not one.again]
    assert len(new) == 2
    assert all(one.why is Why.FULL for one in answers if isinstance(one, Refused))
    kept = [await shared_store.read(lambda w, id=id: w.requests.get(id)) for id in requests]
    states = Counter(one.state for one in kept if one is not None)
    assert states == {RequestState.ACCEPTED: 2, RequestState.OPEN: 28}
    found = await shared_store.read(listing.mine, home, mentor)
    assert found is not None
    assert found.load.ongoing == 2
    pairs = await shared_store.read(lambda work: work.pairs.of(mentor, home))
    assert len(pairs) == 2


async def test_three_pending_whoever_presses_how_often(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 12)
    trainee, *mentors = people
    for one in mentors:
        await offered(shared_store, home, one)
    answers = await asyncio.gather(*(sent(shared_store, home, trainee, one) for one in mentors * 2))
    assert sum(isinstance(one, Sent) for one in answers) == 3
    pending = await shared_store.read(lambda work: work.requests.pending_by(trainee, home))
    assert len({one.mentor for one in pending}) == 3


async def test_a_weeks_intake_under_a_crowd(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 41)
    mentor, *trainees = people
    await offered(shared_store, home, mentor, intake=3)
    answers = await asyncio.gather(*(sent(shared_store, home, one, mentor) for one in trainees))
    assert sum(isinstance(one, Sent) for one in answers) == 3
    assert {one.why for one in answers if isinstance(one, Refused)} == {Why.NEXT_WEEK}


async def test_a_pause_among_requests_leaves_nothing_open(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 21)
    mentor, *trainees = people
    await offered(shared_store, home, mentor, intake=99)
    await asyncio.gather(
        *(sent(shared_store, home, one, mentor) for one in trainees[:10]),
        shared_store.write(listing.pause, MONDAY, home, mentor),
        *(sent(shared_store, home, one, mentor) for one in trainees[10:]),
    )
    assert await shared_store.read(lambda work: work.requests.pending_to(mentor, home)) == ()


async def test_five_firsts_under_a_crowd(shared_store: OpenStore) -> None:
    home, people = await shared_store.write(settle, 28)
    mentors, viewers = people[:4], people[4:]
    for one in mentors:
        await offered(shared_store, home, one)

    async def look(viewer: MemberId) -> object:
        found = await shared_store.read(
            finding.find, MONDAY, taxonomy(), home, viewer, finding.Wanted()
        )
        first, _enough = await shared_store.write(finding.noted, MONDAY, home, viewer, found.order)
        return first

    firsts = Counter(await asyncio.gather(*(look(one) for one in viewers[:20])))
    assert set(firsts.values()) == {5}
    # When all four were first five times, it goes around evenly.
    more = Counter(await asyncio.gather(*(look(one) for one in viewers[20:])))
    assert set(more.values()) == {1}


async def test_two_who_are_kept_apart_are_not_paired_whoever_publishes(
    shared_store: OpenStore,
) -> None:
    """Drafted first, kept apart then; three moderators publish while three others edit."""
    home, people = await shared_store.write(settle, 4)
    boss, mentor, one, other = people
    await offered(shared_store, home, mentor, places=2)
    found = await shared_store.write(rounds.start, MONDAY, home, boss)
    for member, mentors in ((mentor, True), (one, False), (other, False)):
        await shared_store.write(rounds.join, MONDAY, member, found.id, TakesPart(member, mentors))
    drafted = await shared_store.write(rounds.save, found.id, 0, {one: mentor, other: mentor})
    assert drafted is not None
    await shared_store.write(lambda work: work.rounds.keep_apart(home, one, mentor, MONDAY))
    made = await asyncio.gather(
        *(
            shared_store.write(publishing.publish, found.id, revision)
            for revision in (drafted.revision, drafted.revision + 1) * 2
        ),
        *(
            shared_store.write(rounds.move, MONDAY, found.id, drafted.revision, one, mentor)
            for _ in range(3)
        ),
    )
    assert sum(one is True for one in made) == 1
    # The one who published and the next process after a crash, at the same time.
    await asyncio.gather(
        *(shared_store.write(publishing.introduce, MONDAY, found.id, 1) for _ in range(5))
    )
    assert await shared_store.read(lambda work: work.rounds.unfinished()) == ()
    pairs = await shared_store.read(lambda work: work.pairs.of(mentor, home))
    assert [pair.trainee for pair in pairs] == [other]
