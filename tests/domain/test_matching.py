"""Matching: stability by an independent test, the assignment against every possibility."""

from __future__ import annotations

import itertools
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import explaining, matching
from bot.domain.explaining import Change
from bot.domain.matching import Offering, Round, Seeking, Traits
from bot.services.mentors import solving

TOPICS = st.frozensets(st.sampled_from(["oncology", "venous", "trauma", "research"]), max_size=4)
TRAITS = st.builds(
    Traits,
    topics=TOPICS,
    languages=st.frozensets(st.sampled_from(["en", "es"]), max_size=2),
    region=st.sampled_from(["", "uk", "west"]),
    evening=st.none() | st.integers(0, 23),
    backgrounds=st.frozensets(st.sampled_from(["img", "parent"]), max_size=2),
)


@st.composite
def rounds(draw: st.DrawFn, most: int = 6, *, all_rank: bool = False) -> Round:
    trainees = list(range(1, draw(st.integers(1, most)) + 1))
    mentors = list(range(101, 101 + draw(st.integers(1, most))))

    def lists(of: list[int]) -> tuple[tuple[int, ...], ...]:
        if not all_rank and draw(st.booleans()):
            return ()
        order = draw(st.permutations(of))
        order = order[: draw(st.integers(1 if all_rank else 0, len(of)))]
        groups: list[tuple[int, ...]] = []
        while order:
            size = draw(st.integers(1, min(3, len(order))))
            groups.append(tuple(order[:size]))
            order = order[size:]
        return tuple(groups)

    pairs = [(t, m) for t in trainees for m in mentors]
    return Round(
        tuple(Seeking(t, draw(TRAITS), lists(mentors), draw(st.integers(0, 6))) for t in trainees),
        tuple(Offering(m, draw(st.integers(0, 3)), draw(TRAITS), lists(trainees)) for m in mentors),
        frozenset(draw(st.lists(st.sampled_from(pairs), max_size=5))),
    )


def blocking_pairs(round_: Round, pairing: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs who would both rather have each other; written from the definition alone.

    With ties, both have to be strictly better off. Those count who are on a list and made one.
    """

    def rank(lists: tuple[tuple[int, ...], ...], id: int) -> int | None:
        return next((n for n, group in enumerate(lists) if id in group), None)

    found: list[tuple[int, int]] = []
    for t in round_.seeking:
        for m in round_.offering:
            if not t.ranked or not m.ranked or m.places == 0 or (t.id, m.id) in round_.apart:
                continue
            mine = rank(t.ranked, m.id)
            if mine is None:
                continue
            have = pairing.get(t.id)
            if have is not None:
                now = rank(t.ranked, have)
                if now is not None and now <= mine:
                    continue
            with_m = [one for one, mentor in pairing.items() if mentor == m.id]
            if len(with_m) < m.places:
                found.append((t.id, m.id))
                continue
            theirs = rank(m.ranked, t.id)
            if theirs is None:
                continue
            for other in with_m:
                place = rank(m.ranked, other)
                if place is None or place > theirs:
                    found.append((t.id, m.id))
                    break
    return found


def check(round_: Round, pairing: dict[int, int]) -> None:
    """Whatever the method: capacity, do-not-pair, and nobody who does not take part."""
    taken = Counter(pairing.values())
    places = {m.id: m.places for m in round_.offering}
    assert all(number <= places[mentor] for mentor, number in taken.items())
    assert not set(pairing.items()) & round_.apart
    assert set(pairing) <= {t.id for t in round_.seeking}


@settings(max_examples=400, deadline=None)
@given(rounds(all_rank=True))
def test_deferred_acceptance_leaves_no_blocking_pair(round_: Round) -> None:
    pairing = matching.deferred_acceptance(round_)
    check(round_, pairing)
    assert blocking_pairs(round_, pairing) == []


@settings(max_examples=200, deadline=None)
@given(rounds())
def test_the_whole_draft_is_stable_among_those_who_ranked(round_: Round) -> None:
    pairing = solving.draft(round_)
    check(round_, pairing)
    assert blocking_pairs(round_, pairing) == []


def test_the_blocking_pair_test_can_fail() -> None:
    round_ = Round(
        (Seeking(1, ranked=((101,), (102,))), Seeking(2, ranked=((101,), (102,)))),
        (Offering(101, 1, ranked=((1,), (2,))), Offering(102, 1, ranked=((1,), (2,)))),
    )
    assert matching.deferred_acceptance(round_) == {1: 101, 2: 102}
    assert blocking_pairs(round_, {1: 102, 2: 101}) == [(1, 101)]
    assert blocking_pairs(round_, {2: 102}) == [(1, 101), (1, 102), (2, 101)]


@settings(max_examples=100, deadline=None)
@given(rounds(most=4, all_rank=True))
def test_no_stable_pairing_is_better_for_a_trainee(round_: Round) -> None:
    """Best for the trainees: compared with every stable pairing, where nobody is tied."""
    plain = Round(
        tuple(
            Seeking(t.id, ranked=tuple((id,) for group in t.ranked for id in group))
            for t in round_.seeking
        ),
        tuple(
            Offering(m.id, m.places, ranked=tuple((id,) for group in m.ranked for id in group))
            for m in round_.offering
        ),
        round_.apart,
    )
    # Mentors rank everybody, so that their order is the one that is written down.
    everybody = [t.id for t in plain.seeking]
    plain = Round(
        plain.seeking,
        tuple(
            Offering(
                m.id,
                m.places,
                ranked=(*m.ranked, *((id,) for id in everybody if (id,) not in m.ranked)),
            )
            for m in plain.offering
        ),
        plain.apart,
    )
    best = matching.deferred_acceptance(plain)
    lists = {t.id: [group[0] for group in t.ranked] for t in plain.seeking}
    for choice in itertools.product(*([None, *lists[t.id]] for t in plain.seeking)):
        other = {t.id: m for t, m in zip(plain.seeking, choice, strict=True) if m is not None}
        taken = Counter(other.values())
        if any(taken[m.id] > m.places for m in plain.offering):
            continue
        if set(other.items()) & plain.apart or blocking_pairs(plain, other):
            continue
        for id, mentor in other.items():
            assert id in best
            assert lists[id].index(best[id]) <= lists[id].index(mentor)


@settings(max_examples=150, deadline=None)
@given(rounds(most=4))
def test_the_assignment_is_the_best_of_all(round_: Round) -> None:
    pairing = solving.assign(round_)
    check(round_, pairing)
    mentors = {m.id: m for m in round_.offering}

    def worth(chosen: dict[int, int]) -> tuple[int, int]:
        scores = [
            matching.score(t, mentors[chosen[t.id]]) for t in round_.seeking if t.id in chosen
        ]
        return len(scores), sum(scores)

    best = (0, 0)
    for choice in itertools.product([None, *mentors], repeat=len(round_.seeking)):
        chosen = {t.id: m for t, m in zip(round_.seeking, choice, strict=True) if m is not None}
        taken = Counter(chosen.values())
        if set(chosen.items()) & round_.apart:
            continue
        if all(taken[m.id] <= m.places for m in round_.offering):
            best = max(best, worth(chosen))
    assert worth(pairing) == best


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_the_table_says_of_every_pair_what_its_score_says(round_: Round) -> None:
    offering = list(round_.offering)
    table = solving.scores(round_, offering).tolist()
    assert table == [[matching.score(one, mentor) for mentor in offering] for one in round_.seeking]


@settings(max_examples=100, deadline=None)
@given(rounds())
def test_every_pair_has_its_reasons(round_: Round) -> None:
    pairing = solving.draft(round_)
    explained = explaining.explain(round_, pairing)
    assert [one.trainee for one in explained] == sorted(pairing)
    places = {one.id: one.places for one in round_.offering}
    left = Counter(places)
    left.subtract(pairing.values())
    for one in explained:
        assert one.mentor == pairing[one.trainee]
        assert one.other != one.mentor
        assert (one.trainee, one.other) not in round_.apart
        assert (one.other is None) == (one.change is Change.NOBODY)
        if one.other is not None:
            assert (left[one.other] > 0) == (one.change is not Change.ONE_PLACE_MORE)
    everybody = {one.id for one in round_.seeking}
    without = explaining.unpaired(round_, pairing, everybody)
    assert [one.trainee for one in without] == sorted(everybody - pairing.keys())
    for one in without:
        assert (one.trainee, one.other) not in round_.apart
        assert one.other is None or places[one.other] > 0
        assert not one.free, "nobody is without while a place is left that may be theirs"


async def test_a_large_round_in_seconds_off_the_loop() -> None:
    """2,000 trainees and 500 mentors with four places each, in a process of its own."""
    topics = ["oncology", "venous", "trauma", "research", "portal", "career"]
    round_ = Round(
        tuple(
            Seeking(
                n, Traits(frozenset({topics[n % 6], topics[n % 5]}), evening=n % 24), rises=n % 7
            )
            for n in range(2000)
        ),
        tuple(
            Offering(
                10_000 + n, 4, Traits(frozenset({topics[n % 6], topics[n % 4]}), evening=n % 24)
            )
            for n in range(500)
        ),
        frozenset((n, 10_000 + n % 500) for n in range(0, 2000, 3)),
    )
    pairing = await solving.drafted(round_)
    check(round_, pairing)
    assert len(pairing) == 2000
