"""A matching round from opening to published pairs; capacity, do-not-pair and conflicts hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain.people import MemberId
from bot.domain.rounds import MatchRound, RoundState, TakesPart
from bot.domain.taxonomy import Format
from bot.services import pairs
from bot.services.mentors import inbox, listing, publishing, rounds, solving
from bot.services.mentors.rounds import Wont
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


def introduced(school: School, round_: MatchRound) -> publishing.Published:
    """One person at a time, as if the program had stopped after each."""
    done = publishing.Published()
    while some := school.do(publishing.introduce, school.now, round_.id, 1):
        assert school.see(lambda work: work.rounds.unfinished()) == (round_.id,)
        done += some
    return done


def names(school: School, round_: MatchRound) -> dict[str, str]:
    return {school.names[one]: school.names[to] for one, to in round_.draft.items()}


def test_a_round_from_beginning_to_end(school: School) -> None:
    round_ = begun(school)
    assert begun(school).id == round_.id
    for name in ("Mara", "Noor"):
        none = joins(school, round_, name, mentors=True)
        assert none == rounds.NotJoined(Wont.NO_PLACE), "without a listing"
        school.offers(name, replace(OFFER, places=1))
        assert joins(school, round_, name, mentors=True) == ()
    joins(school, round_, "Ana", "Noor")
    joins(school, round_, "Ben", "Noor", "Mara")
    joins(school, round_, "Cem")
    school.says("Ben", home_programme=False)
    kept = drafted(school)
    assert len(kept.draft) == 2
    assert school.do(rounds.save, round_.id, 0, {}) is None, "somebody was faster"
    assert school.do(publishing.publish, round_.id, kept.revision)
    assert introduced(school, round_) == publishing.Published(pairs=2, unmatched=1)
    assert not school.do(publishing.publish, round_.id, kept.revision)
    assert school.see(lambda work: work.rounds.unfinished()) == ()
    told = school.due()
    assert sum(kind == "pair.new" for kind, _who in told) == 4
    (left,) = [who for kind, who in told if kind == "mn.unmatched"]
    seeker = school.see(inbox.profile, school.community, school.members[left])
    assert seeker is not None
    assert seeker.unmatched == 1
    assert school.listing("Mara").load.ongoing == 1
    assert joins(school, round_, "Dot") == rounds.NotJoined(Wont.CLOSED)


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
    assert school.do(publishing.publish, round_.id, full.revision)
    assert introduced(school, round_) == publishing.Published(pairs=1, left_out=1, unmatched=1)
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
    assert school.do(publishing.cancel, school.now, round_.id) is not None
    last = school.see(lambda work: work.rounds.last(school.community))
    assert last is not None
    assert last.state is RoundState.CANCELLED
    assert begun(school).id != round_.id


def test_who_is_a_pair_is_not_drafted_again_and_nobody_is_told_otherwise(school: School) -> None:
    for name in ("Mara", "Noor"):
        school.offers(name)
    school.accepts(school.sent("Ana", "Mara"))
    round_ = begun(school)
    for name in ("Mara", "Noor"):
        joins(school, round_, name, mentors=True)
    joins(school, round_, "Ana", "Mara")
    joins(school, round_, "Ben", "Mara")
    school.due()
    kept = drafted(school)
    assert names(school, kept) == {"Ana": "Noor", "Ben": "Mara"}
    ana, mara = school.members["Ana"], school.members["Mara"]
    found = school.do(rounds.move, school.now, round_.id, kept.revision, ana, mara)
    assert found == "paired"
    # Between draft and publishing another pair of the draft finds itself.
    school.accepts(school.sent("Ben", "Mara"))
    school.due()
    school.do(publishing.publish, round_.id, kept.revision)
    assert introduced(school, round_) == publishing.Published(pairs=1, already=1)
    told = [one for one in school.due() if one[0].startswith("mn.")]
    assert told == [("mn.round_over", "Ben")], "no word of a place that was lacking"
    ben = school.see(inbox.profile, school.community, school.members["Ben"])
    assert ben is not None
    assert ben.unmatched == 0
    mine = school.see(lambda work: work.pairs.of(school.members["Ben"], school.community))
    assert len(mine) == 1
    school.do(pairs.close, school.now, school.members["Ben"], mine[0].id)
    open_ones = school.see(lambda work: work.pairs.open_in(school.community))
    assert (school.members["Ben"], mara) not in open_ones
    assert (ana, mara) in open_ones


def test_a_mentor_with_nobody_hears_it_too_and_once(school: School) -> None:
    round_ = begun(school)
    for name in ("Mara", "Noor", "Omar"):
        school.offers(name)
        joins(school, round_, name, mentors=True)
    joins(school, round_, "Ana", "Noor")
    kept = drafted(school)
    school.due()
    school.do(publishing.publish, round_.id, kept.revision)
    assert introduced(school, round_) == publishing.Published(pairs=1, free=2)
    told = school.due()
    assert sorted(who for kind, who in told if kind == "mn.unchosen") == ["Mara", "Omar"]
    assert school.see(lambda work: work.rounds.people(round_.id)) == ()


def test_a_round_that_is_called_off_is_no_silence(school: School) -> None:
    round_ = begun(school)
    school.offers("Mara")
    joins(school, round_, "Mara", mentors=True)
    joins(school, round_, "Mara")
    joins(school, round_, "Ana")
    school.due()
    assert school.do(publishing.cancel, school.now, round_.id) == 2
    assert school.do(publishing.cancel, school.now, round_.id) is None
    assert sorted(school.due()) == [("mn.round_off", "Ana"), ("mn.round_off", "Mara")]


def test_wishes_are_for_mentors_and_each_once(school: School) -> None:
    round_ = begun(school)
    school.offers("Mara")
    school.offers("Noor", replace(OFFER, formats=(Format.TALK,)))
    school.offers("Omar", replace(OFFER, places=1))
    school.accepts(school.sent("Dot", "Omar"))
    school.offers("Pia")
    school.do(listing.withdraw, school.now, school.community, school.members["Pia"])
    for wishes, why, who in (
        (("Mara", "Mara"), Wont.TWICE, "Mara"),
        (("Ana",), Wont.ONESELF, None),
        (("Ben",), Wont.NOT_LISTED, "Ben"),
        (("Mara", "Noor"), Wont.NOT_LISTED, "Noor"),
        (("Pia",), Wont.NOT_LISTED, "Pia"),
    ):
        found = joins(school, round_, "Ana", *wishes)
        assert isinstance(found, rounds.NotJoined)
        assert found.why is why
        assert (None if found.who is None else found.who.name) == who
    assert school.see(lambda work: work.rounds.people(round_.id)) == ()
    kept = joins(school, round_, "Ana", "Omar", "Mara")
    assert isinstance(kept, tuple)
    assert [one.name for one in kept] == ["Omar", "Mara"], "a place may be free by then"
    (ana,) = school.see(lambda work: work.rounds.people(round_.id))
    assert ana.ranked == (school.members["Omar"], school.members["Mara"])
    assert joins(school, round_, "Mara", "Ana", mentors=True)
