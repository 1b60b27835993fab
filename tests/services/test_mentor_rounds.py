"""A matching round from opening to published pairs; capacity, do-not-pair and conflicts hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.people import MemberId
from bot.domain.rounds import MatchRound, RoundState, TakesPart
from bot.services.mentors import inbox, rounds, solving
from storage import memory_store
from tests.services.school import OFFER, School


@pytest.fixture
def school() -> Iterator[School]:
    store = memory_store()
    yield School(store)
    store.close_now()


def begun(school: School) -> MatchRound:
    return school.do(rounds.start, school.now, school.community, school.members["Mod"])


def joins(
    school: School, round_: MatchRound, name: str, *wishes: str, mentors: bool = False
) -> object:
    member = school.members[name]
    ranked = tuple(school.members[one] for one in wishes)
    person = TakesPart(member, mentors, ranked)
    return school.do(rounds.join, school.now, member, round_.id, person)


def drafted(school: School) -> MatchRound:
    found = school.see(rounds.ground, school.now, school.community)
    assert found is not None
    pairing = solving.draft(found.people)
    draft = {MemberId(one): MemberId(to) for one, to in pairing.items()}
    kept = school.do(rounds.save, found.round.id, found.round.revision, draft)
    assert kept is not None
    return kept


def introduced(school: School, round_: MatchRound) -> rounds.Published:
    """One person at a time, as if the program had stopped after each."""
    done = rounds.Published()
    while some := school.do(rounds.introduce, school.now, round_.id, 1):
        assert school.see(lambda work: work.rounds.unfinished()) == (round_.id,)
        done += some
    return done


def names(school: School, round_: MatchRound) -> dict[str, str]:
    return {school.names[one]: school.names[to] for one, to in round_.draft.items()}


def test_a_round_from_beginning_to_end(school: School) -> None:
    round_ = begun(school)
    assert begun(school).id == round_.id
    for name in ("Mara", "Noor"):
        assert joins(school, round_, name, mentors=True) is None, "without a listing"
        school.offers(name, replace(OFFER, places=1))
        assert joins(school, round_, name, mentors=True) is not None
    joins(school, round_, "Ana", "Noor")
    joins(school, round_, "Ben", "Noor", "Mara")
    joins(school, round_, "Cem")
    school.says("Ben", home_programme=False)
    kept = drafted(school)
    assert len(kept.draft) == 2
    assert school.do(rounds.save, round_.id, 0, {}) is None, "somebody was faster"
    assert school.do(rounds.publish, round_.id, kept.revision)
    assert introduced(school, round_) == rounds.Published(2, 0, 1)
    assert not school.do(rounds.publish, round_.id, kept.revision)
    assert school.see(lambda work: work.rounds.unfinished()) == ()
    told = school.due()
    assert sum(kind == "pair.new" for kind, _who in told) == 4
    (left,) = [who for kind, who in told if kind == "mn.unmatched"]
    seeker = school.see(inbox.profile, school.community, school.members[left])
    assert seeker is not None
    assert seeker.unmatched == 1
    assert school.listing("Mara").load.ongoing == 1
    assert joins(school, round_, "Dot") is None


def test_apart_means_apart_and_no_list_is_shown(school: School) -> None:
    round_ = begun(school)
    school.offers("Mara", replace(OFFER, interviews_for=("Elsewhere",)))
    school.offers("Noor")
    for name in ("Mara", "Noor"):
        joins(school, round_, name, mentors=True)
    for name in ("Ana", "Ben", "Cem"):
        joins(school, round_, name, "Mara")
    school.says("Ana", programmes=("elsewhere",))
    mara, ben, cem = (school.members[one] for one in ("Mara", "Ben", "Cem"))
    school.do(lambda work: work.rounds.keep_apart(school.community, ben, mara, school.now))
    school.do(lambda work: work.blocks.block(mara, cem, school.now))
    kept = drafted(school)
    assert "Mara" not in names(school, kept).values()
    for who in ("Ana", "Ben", "Cem"):
        member = school.members[who]
        found = school.do(rounds.move, school.now, round_.id, kept.revision, member, mara)
        assert found == "apart"
    school.do(lambda work: work.rounds.let_meet(school.community, mara, ben))
    moved = school.do(rounds.move, school.now, round_.id, kept.revision, ben, mara)
    assert isinstance(moved, MatchRound)
    assert names(school, moved)["Ben"] == "Mara"


def test_publishing_never_exceeds_what_a_mentor_offers_now(school: School) -> None:
    round_ = begun(school)
    school.offers("Mara", replace(OFFER, places=2))
    joins(school, round_, "Mara", mentors=True)
    for name in ("Ana", "Ben"):
        joins(school, round_, name)
    kept = drafted(school)
    assert len(kept.draft) == 2
    full = school.do(rounds.move, school.now, round_.id, kept.revision, school.members["Cem"], None)
    assert isinstance(full, MatchRound)
    school.accepts(school.sent("Dot", "Mara"))
    assert school.do(rounds.publish, round_.id, full.revision)
    assert introduced(school, round_) == rounds.Published(1, 1, 1)
    assert school.listing("Mara").load.ongoing == 2


def test_a_draft_keeps_capacity_when_changed_by_hand(school: School) -> None:
    round_ = begun(school)
    for name in ("Mara", "Noor"):
        school.offers(name, replace(OFFER, places=1))
        joins(school, round_, name, mentors=True)
    for name in ("Ana", "Ben"):
        joins(school, round_, name)
    kept = drafted(school)
    by_name = names(school, kept)
    other = school.members[by_name["Ben"]]
    found = school.do(
        rounds.move, school.now, round_.id, kept.revision, school.members["Ana"], other
    )
    assert found == "full"
    assert school.do(rounds.cancel, round_.id)
    last = school.see(lambda work: work.rounds.last(school.community))
    assert last is not None
    assert last.state is RoundState.CANCELLED
    assert begun(school).id != round_.id
