"""Whatever many people do at the same moment: what was promised holds, on both engines.

The steps of a burst run at once, in real transactions; the promises are looked at between bursts.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.listings import State
from bot.domain.pairs import PairId
from bot.domain.people import Account, CommunityId, MemberId, Place
from bot.domain.requests import Request, RequestId
from bot.domain.taxonomy import Format, taxonomy
from bot.services import pairs
from bot.services.mentors import answering, listing, requesting
from bot.services.mentors.requesting import Sent
from bot.services.ports import Work
from storage import OpenStore
from tests.services.school import MONDAY, OFFER, TEXT

MENTORS, TRAINEES = 2, 5
PLACES, TALKS, INTAKE, CAP = 1, 2, 4, 3
_towns = count()
STEP = st.one_of(
    st.tuples(st.just("ask"), st.integers(0, TRAINEES - 1), st.integers(0, MENTORS - 1),
              st.sampled_from([Format.TALK, Format.ONGOING])),
    st.tuples(st.sampled_from(["accept", "decline", "take back", "close"]), st.integers(0, 99)),
    st.tuples(st.sampled_from(["pause", "resume"]), st.integers(0, MENTORS - 1)),
)  # fmt: skip
BURSTS = st.lists(st.lists(STEP, min_size=6, max_size=9), min_size=3, max_size=3)


def settle(work: Work, town: int) -> tuple[CommunityId, list[MemberId]]:
    home = work.communities.add(Place("discord", f"hall{town}"), "Radiology", MONDAY).id
    people: list[MemberId] = []
    for number in range(MENTORS + TRAINEES):
        account = Account("discord", "", f"{town}.{number}")
        people.append(work.people.add(account, f"P{number}", MONDAY).member)
        work.people.join(people[-1], home, MONDAY)
    offer = replace(OFFER, places=PLACES, talks=TALKS, intake=INTAKE)
    for mentor in people[:MENTORS]:
        listing.publish(work, MONDAY, taxonomy(), home, mentor, offer, background=False)
    return home, people


def promised(
    work: Work, home: CommunityId, people: list[MemberId], sent: Counter[MemberId]
) -> None:
    pending = Counter[MemberId]()
    for mentor in people[:MENTORS]:
        shown = work.listings.of(home, mentor)
        assert shown is not None
        held = [one for one in work.requests.bonds_to(shown.id) if one.holds]
        assert all((pair := work.pairs.get(one.pair)) and pair.open for one in held)
        assert shown.load.ongoing == len(held) <= PLACES
        assert shown.load.talks <= TALKS
        assert shown.load.requests == sent[mentor] <= INTAKE
        waiting = [one.trainee for one in work.requests.pending_to(mentor, home)]
        assert len(set(waiting)) == len(waiting), "one open request to the same mentor"
        assert shown.state is State.PUBLISHED or not waiting, "a pause leaves nothing open"
        pending.update(waiting)
        accepted = work.requests.accepted_by(mentor, home)
        made = [one for one in work.pairs.of(mentor, home) if one.mentor == mentor]
        # A second yes to the same trainee goes on with the pair that is there.
        assert {one.trainee for one in made} == {one.trainee for one in accepted}
    assert max(pending.values(), default=0) <= CAP


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(bursts=BURSTS)
async def test_any_interleaving(
    shared_store: OpenStore, bursts: list[list[tuple[object, ...]]]
) -> None:
    store = shared_store
    home, people = await store.write(settle, next(_towns))
    requests: list[RequestId] = []
    sent = Counter[MemberId]()

    async def ask(who: MemberId, mentor: MemberId, form: Format) -> None:
        text = replace(TEXT, form=form)
        found = await store.write(requesting.send, MONDAY, home, who, mentor, text)
        if isinstance(found, Sent):
            requests.append(found.request.id)
            sent[mentor] += 1

    async def answer(what: object, id: RequestId) -> None:
        request = await store.read(lambda work: work.requests.get(id))
        assert request is not None
        if what == "accept":
            await store.write(answering.accept, MONDAY, request.mentor, id)
        elif what == "decline":
            await store.write(answering.decline, MONDAY, request.mentor, id)
        elif what == "take back":
            found = await store.write(requesting.withdraw, MONDAY, request.trainee, id)
            if isinstance(found, Request):
                sent[request.mentor] -= 1
        else:
            mine = await store.read(lambda work: work.pairs.of(request.trainee, home))
            for pair in mine:
                await store.write(pairs.close, MONDAY, pair.trainee, PairId(pair.id))

    async def step(one: tuple[object, ...]) -> None:
        match one:
            case ("ask", int(who), int(mentor), Format() as form):
                await ask(people[MENTORS + who], people[mentor], form)
            case ("pause", int(mentor)):
                await store.write(listing.pause, MONDAY, home, people[mentor])
            case ("resume", int(mentor)):
                await store.write(listing.resume, MONDAY, home, people[mentor])
            case (what, int(number)) if requests:
                await answer(what, requests[number % len(requests)])
            case _:
                pass

    first = [("ask", who, who % MENTORS, Format.ONGOING) for who in range(TRAINEES)]
    for burst in (first, *bursts):
        await asyncio.gather(*(step(one) for one in burst))
        await store.read(promised, home, people, sent)
