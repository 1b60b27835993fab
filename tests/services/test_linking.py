"""Two accounts of one person: a yes from both sides, everything once, and apart again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain import budget
from bot.domain.listings import State
from bot.domain.office_hours import SeatState
from bot.domain.people import Account, MemberId, Place
from bot.services import linking, own_data, pairs
from bot.services.follow_ups import engine
from bot.services.linking import NotLinked
from bot.services.mentors import listing
from bot.services.mentors.requesting import Sent
from bot.services.office_hours import seats
from bot.services.office_hours.results import Joined, Refused, Why
from bot.services.ports import Work
from tests.services.school import School
from tests.services.village import Village

SLACK = Account("slack", "T1", "U1")
TEAM = Place("slack", "T1")


@pytest.fixture
def twice(village: Village) -> MemberId:
    """Ana, with a Slack account that nobody knows to be hers."""

    def arrive(work: Work) -> MemberId:
        team = work.communities.add(TEAM, "Team", village.now)
        work.joins.merge(team.id, village.community, village.now)
        profile = work.people.add(SLACK, "Ana S", village.now)
        work.people.join(profile.member, village.community, village.now)
        village.members["Ana S"] = profile.member
        return profile.member

    return village.do(arrive)


def linked(village: Village, one: str = "Ana", other: str = "Ana S") -> object:
    """Both say yes."""
    first, second = village.members[one], village.members[other]
    code = village.do(linking.offer, village.now, village.community, first)
    agreed = village.do(linking.agree, village.now, village.community, second, code.upper())
    if isinstance(agreed, NotLinked):
        return agreed
    return village.do(linking.link, village.now, first, second)


def test_nothing_is_linked_without_a_yes_from_both(village: Village, twice: MemberId) -> None:
    ana, ben = village.members["Ana"], village.members["Ben"]
    home, now = village.community, village.now
    assert village.do(linking.link, now, ana, twice) is NotLinked.NO_CODE
    code = village.do(linking.offer, now, home, ana)
    assert village.see(linking.look, now, home, ana, code) is NotLinked.SAME
    assert village.do(linking.link, now, ana, twice) is NotLinked.NO_CODE
    assert not isinstance(village.do(linking.agree, now, home, twice, code), NotLinked)
    assert village.due() == [("my.link", "Ana")]
    # The code was used: nobody else comes in with it, and nobody but its owner says the second yes.
    assert village.do(linking.agree, now, home, ben, code) is NotLinked.NO_CODE
    assert village.do(linking.link, now, ana, ben) is NotLinked.NO_CODE
    assert village.do(linking.link, now, twice, ana) is NotLinked.NO_CODE
    village.do(linking.refuse, ana)
    assert village.do(linking.link, now, ana, twice) is NotLinked.NO_CODE


def test_a_code_is_worth_ten_minutes_one_use_and_one_community(
    village: Village, twice: MemberId
) -> None:
    ana, home = village.members["Ana"], village.community
    old = village.do(linking.offer, village.now, home, ana)
    code = village.do(linking.offer, village.now, home, ana)
    assert village.see(linking.look, village.now, home, twice, old) is NotLinked.NO_CODE
    late = village.now + timedelta(minutes=10)
    assert village.see(linking.look, late, home, twice, code) is NotLinked.NO_CODE
    other = village.do(
        lambda work: work.communities.add(Place("discord", "77"), "Elsewhere", village.now)
    )
    found = village.see(linking.look, village.now, other.id, twice, code)
    assert found is NotLinked.ELSEWHERE


def test_seats_count_once_and_the_better_one_is_kept(village: Village, twice: MemberId) -> None:
    first = village.host()
    for name in ("Ben", "Ana"):
        assert isinstance(village.join(name, first), Joined)
    village.join("Ana S", first)  # waits in line
    second = village.host("2027-03-18 18:00")
    for name in ("Ana S", "Ana"):
        assert isinstance(village.join(name, second), Joined)
    village.join("Cem", second)  # waits
    assert not isinstance(linked(village), NotLinked)
    ana = village.members["Ana"]

    for session in (first, second):
        kept = village.see(lambda work, id=session.id: work.office_hours.seats(id))
        assert [one.state for one in kept if one.member == ana] == [SeatState.HELD]
        assert village.session(session).taken == 2
    assert ("oh.offer", "Cem") in village.due()
    assert village.see(lambda work: work.people.accounts(twice)) == ()
    shown = {one.table: one.rows for one in village.see(own_data.export, ana)}
    assert len(shown["accounts"]) == 2
    assert len(shown["seats"]) == 2
    assert len(shown["memberships"]) == 1
    village.do(own_data.erase, village.now, ana, (seats.leave_everything,))
    assert village.see(lambda work: work.people.find(SLACK)) is None


def test_one_person_has_no_more_seats_a_week_than_others(village: Village, twice: MemberId) -> None:
    week = [village.host(f"2027-03-{day:02} 18:00", seats=1) for day in (8, 9, 10, 11, 12)]
    far = village.host("2027-03-18 18:00")
    for name, sessions in (("Ana", week[:2]), ("Ana S", [*week[2:], far])):
        for session in sessions:
            village.clock.move(timedelta(minutes=1))
            assert isinstance(village.join(name, session), Joined)
    village.join("Ben", week[4])
    village.due()
    assert not isinstance(linked(village), NotLinked)
    holds = [village.card(one, "Ana").holds for one in (*week, far)]
    assert holds == [True, True, True, False, False, True]
    told = village.due()
    assert told.count(("oh.over_week", "Ana")) == 2
    assert ("oh.offer", "Ben") in told
    late = village.see(lambda work: work.office_hours.given_back_late(week[3].id))
    assert [one.member for one in late] == []


def test_what_both_have_with_one_person_goes_on_once(village: Village, twice: MemberId) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    home = village.community
    for side in (ana, twice):
        village.do(pairs.open_pair, village.now, home, host, side)
    own = village.do(pairs.open_pair, village.now, home, ana, twice)
    village.do(lambda work: work.blocks.block(twice, village.members["Eve"], village.now))
    village.due()
    linked(village)
    open_ = [pair for pair in village.see(lambda work: work.pairs.of(ana, home)) if pair.open]
    assert len(open_) == 1
    assert own.id not in [pair.id for pair in open_]
    assert village.see(lambda work: work.blocks.by(ana)) == (village.members["Eve"],)


def test_apart_again_everything_stays_with_the_account_that_is_kept(
    village: Village, twice: MemberId
) -> None:
    village.join("Ana S", village.host())
    village.do(lambda work: work.blocks.block(village.members["Ben"], twice, village.now))
    linked(village)
    ana = village.members["Ana"]
    assert village.do(linking.unlink, village.now, ana, Account("slack", "T1", "no"), ()) is None
    done = village.do(linking.unlink, village.now, ana, SLACK, ())
    assert done == linking.Unlinked(0)
    new = village.see(lambda work: work.people.find(SLACK))
    assert new is not None
    assert new.member not in (ana, twice)
    tables = [one.table for one in village.see(own_data.export, new.member)]
    assert sorted(tables) == ["accounts", "members", "memberships"]
    shown = {one.table: one.rows for one in village.see(own_data.export, ana)}
    assert len(shown["seats"]) == len(shown["accounts"]) == 1
    assert village.members["Ben"] in village.see(lambda work: work.blocks.around(new.member))
    assert village.members["Ben"] in village.see(lambda work: work.blocks.around(ana))
    # The only account of somebody is not taken from them.
    assert village.do(linking.unlink, village.now, new.member, SLACK, ()) is None


def test_requests_of_both_to_one_mentor_count_once(store_school: School) -> None:
    school = store_school
    school.offers("Mara")
    school.offers("Noor")
    kept = school.sent("Ana", "Mara")
    gone = school.sent("Ben", "Mara")
    other = school.sent("Ben", "Noor")
    ana, ben = school.members["Ana"], school.members["Ben"]
    code = school.do(linking.offer, school.now, school.community, ana)
    school.do(linking.agree, school.now, school.community, ben, code)
    school.do(linking.link, school.now, ana, ben)
    pending = school.see(lambda work: work.requests.pending_by(ana, school.community))
    assert {one.id for one in pending} == {kept.id, other.id}
    assert not school.request(gone).state.pending


def test_seats_of_a_week_count_together(village: Village, twice: MemberId) -> None:
    days = ("2027-03-09", "2027-03-10", "2027-03-11", "2027-03-12")
    first, second, third, fourth = (village.host(f"{day} 18:00") for day in days)
    for who, session in (("Ana", first), ("Ana", second), ("Ana S", third)):
        assert isinstance(village.join(who, session), Joined)
    linked(village)
    refused = village.join("Ana", fourth)
    assert isinstance(refused, Refused)
    assert refused.why is Why.WEEK_FULL
    # Apart again the seats are one account's, and so is what is left of the week.
    village.do(linking.unlink, village.now, village.members["Ana"], SLACK, ())
    assert isinstance(village.join("Ana", fourth), Refused)


def test_pending_requests_count_together(store_school: School) -> None:
    school = store_school
    for mentor in ("Mara", "Noor", "Omar", "Pia"):
        school.offers(mentor)
    for who, mentor in (("Ana", "Mara"), ("Ana", "Noor"), ("Ben", "Omar")):
        school.sent(who, mentor)
    ana, ben = school.members["Ana"], school.members["Ben"]
    code = school.do(linking.offer, school.now, school.community, ana)
    school.do(linking.agree, school.now, school.community, ben, code)
    school.do(linking.link, school.now, ana, ben)
    assert not isinstance(school.asks("Ana", "Pia"), Sent)
    assert len(school.see(lambda work: work.requests.pending_by(ana, school.community))) == 3


def test_the_budget_of_messages_counts_together(village: Village, twice: MemberId) -> None:
    ana, home = village.members["Ana"], village.community
    for number, who in enumerate((ana, twice, twice)):
        at = village.now - timedelta(days=number + 1)
        village.do(lambda work, who=who, at=at, n=number: work.nudges.count(who, f"k{n}", at))
    since = village.now - budget.LOOK_BACK

    def room(work: Work) -> bool:
        hours = engine.hours_of(work, ana, home)
        return budget.allows(hours, village.now, work.nudges.used(ana, since, "")[0])

    assert village.see(room)
    linked(village)
    assert len(village.see(lambda work: work.nudges.used(ana, since, "")[0])) == 3
    assert not village.see(room)


def test_two_listings_cannot_become_one(store_school: School) -> None:
    school = store_school
    school.offers("Mara")
    school.offers("Noor")
    mara, noor = school.members["Mara"], school.members["Noor"]
    code = school.do(linking.offer, school.now, school.community, mara)
    found = school.do(linking.agree, school.now, school.community, noor, code)
    assert found is NotLinked.TWO_LISTINGS
    school.do(listing.withdraw, school.now, school.community, noor)
    school.do(linking.agree, school.now, school.community, noor, code)
    assert not isinstance(school.do(linking.link, school.now, mara, noor), NotLinked)
    assert school.listing("Mara").state is State.PUBLISHED


@pytest.fixture
def store_school(village: Village) -> School:
    return School(village.store)
