"""A block holds in both directions, everywhere, and is told to nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.recurrence import Repeat
from bot.domain.requests import RequestState
from bot.services import blocking, pairs, questions
from bot.services.office_hours import hosting, listing, views
from bot.services.office_hours import questions as hours_questions
from bot.services.office_hours.listing import Looked
from bot.services.office_hours.results import (
    Already,
    Asked,
    Joined,
    Opened,
    Refused,
    Waitlisted,
    Why,
)
from bot.services.ports import Work
from tests.services.school import School
from tests.services.village import LONDON, Village, in_zone, plan


@pytest.fixture
def school(village: Village) -> School:
    return School(village.store)


@pytest.mark.parametrize("blocker", ["Mara", "Ana"])
def test_what_is_open_between_two_ends_with_the_usual_words(school: School, blocker: str) -> None:
    school.offers("Mara")
    request = school.sent("Ana", "Mara")
    school.due()
    school.reads("Mara")
    mara, ana = school.members["Mara"], school.members["Ana"]
    other = ana if blocker == "Mara" else mara
    school.do(blocking.block, school.now, school.members[blocker], other)
    ended = RequestState.DECLINED if blocker == "Mara" else RequestState.WITHDRAWN
    assert school.request(request).state is ended
    heard = ("mn.declined", "Ana") if blocker == "Mara" else ("mn.withdrawn", "Mara")
    assert school.due() == [heard]
    assert school.finds("Ana") == []


@pytest.mark.parametrize("blocker", ["Host", "Ana"])
def test_a_pair_closes_and_is_not_opened_again(village: Village, blocker: str) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    pair = village.do(pairs.open_pair, village.now, village.community, host, ana)
    village.due()
    other = ana if blocker == "Host" else host
    village.do(blocking.block, village.now, village.members[blocker], other)
    closed = village.see(lambda work: work.pairs.get(pair.id))
    assert closed is not None
    assert not closed.open
    assert sorted(village.due()) == [("pair.closed", "Ana"), ("pair.closed", "Host")]
    for side in (host, ana):
        assert village.do(pairs.reopen, village.now, side, pair.id) is None
    village.do(blocking.unblock, village.members[blocker], other)
    assert village.do(pairs.reopen, village.now, ana, pair.id) is not None


@pytest.mark.parametrize("blocker", ["Host", "Ana"])
def test_office_hours_read_as_full_and_nobody_is_told(village: Village, blocker: str) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    session = village.host()
    village.do(blocking.block, village.now, *((host, ana) if blocker == "Host" else (ana, host)))
    # Others see it, so leaving it out would be noticed.
    listed = village.see(listing.listing, village.now, village.actor("Ana"), Looked(), 0, 10)
    assert [card.session.full for card in listed.cards] == [True]
    listed = village.see(listing.listing, village.now, village.actor("Ben"), Looked(), 0, 10)
    assert [card.session.full for card in listed.cards] == [False]
    # Whoever has the code reads what anybody reads where no seat is free, and waits for good.
    assert isinstance(village.join("Ana", session), Waitlisted)
    assert isinstance(village.join("Ben", session), Joined)
    village.leave("Ben", session)
    assert ("oh.offer", "Ana") not in village.due()
    roster = village.see(views.roster, village.now, village.actor("Host"), session.code)
    assert not isinstance(roster, Refused)
    assert roster.waiting == ()
    open_door = village.host("2027-03-20 18:00", seats=None)
    listed = village.see(listing.listing, village.now, village.actor("Ana"), Looked(), 0, 10)
    assert [card.joinable(village.now) for card in listed.cards] == [False, False]
    refused = village.join("Ana", open_door)
    assert isinstance(refused, Refused)
    assert refused.why is Why.CLOSED
    # Late as well, when a free seat is for whoever comes first.
    village.clock.set(session.starts - timedelta(hours=1))
    assert isinstance(village.join("Ana", session), Already)
    village.do(blocking.unblock, *((host, ana) if blocker == "Host" else (ana, host)))
    assert isinstance(village.join("Ana", session), Joined)


@pytest.mark.parametrize("blocker", ["Host", "Ana"])
def test_a_seat_held_ends_silently_and_goes_to_the_next(village: Village, blocker: str) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    session = village.host(seats=1)
    at = in_zone("2027-03-21 18:00", LONDON)
    given = (plan(2), at, hosting.rule_of(at, Repeat.NONE, None), village.draft("Cem"))
    opened = village.do(hosting.host, village.now, village.actor("Cem"), *given)
    assert isinstance(opened, Opened)
    beside = opened.card.session
    for where in (session, beside):
        assert isinstance(village.join("Ana", where), Joined)
    assert isinstance(village.join("Ben", session), Waitlisted)
    village.due()
    done = village.do(
        blocking.block, village.now, *((host, ana) if blocker == "Host" else (ana, host))
    )
    # Whoever blocks reads it in the answer; whoever is blocked one neutral sentence; the next in
    # line an offer; the host nothing.
    assert [one.code for one in done.left] == ([session.code] if blocker == "Ana" else [])
    told = [("oh.not_kept", "Ana")] if blocker == "Host" else []
    assert sorted(village.due()) == sorted([("oh.offer", "Ben"), *told])
    roster = village.see(views.roster, village.now, village.actor("Host"), session.code)
    assert not isinstance(roster, Refused)
    assert roster.held == ()
    assert roster.late == ()
    assert isinstance(village.join("Ana", session), Waitlisted)
    # A session that somebody else leads is no matter of theirs.
    mine = village.see(views.mine, village.now, village.actor("Ana"))
    assert [card.session.code for card in mine.seats] == [beside.code]


@pytest.mark.parametrize("blocker", ["Host", "Ana"])
def test_questions_without_a_name_do_not_reach_whom_a_block_separates(
    village: Village, blocker: str
) -> None:
    host, ana = village.members["Host"], village.members["Ana"]
    session = village.host()
    for name in ("Ana", "Ben"):
        asked = (village.now, village.actor(name), session.code, f"From {name}")
        assert isinstance(village.do(hours_questions.ask, *asked), Asked)
    village.do(blocking.block, village.now, *((host, ana) if blocker == "Host" else (ana, host)))
    again = (village.now, village.actor("Ana"), session.code, "Once more")
    assert isinstance(village.do(hours_questions.ask, *again), Asked), "it reads as ever"
    roster = village.see(views.roster, village.now, village.actor("Host"), session.code)
    assert not isinstance(roster, Refused)
    assert [one.text for one in roster.questions] == ["From Ben"]
    noted = village.see(lambda work: work.office_hours.questions(session.id))
    told = [village.see(views.questions_together, village.now, one.id, host) for one in noted]
    assert {one.text for found in told if found for one in found[0]} == {"From Ben"}


@pytest.mark.parametrize("blocker", ["Ana", "Ben"])
def test_a_question_is_not_shown_to_whom_it_separates(village: Village, blocker: str) -> None:
    ana, ben, cem = (village.members[name] for name in ("Ana", "Ben", "Cem"))
    home = village.community

    def prepare(work: Work) -> None:
        work.communities.set_channel(home, "questions", work.communities.places(home)[0], "c1")
        for helper in (ben, cem):
            work.manners.set_wishes(
                helper, replace(work.manners.wishes(helper), topics=("career",))
            )

    village.do(prepare)
    other = ben if blocker == "Ana" else ana
    village.do(blocking.block, village.now, village.members[blocker], other)
    village.do(questions.ask, village.now, home, ana, "career", "How?", anonymous=False)
    due = village.see(lambda work: work.follow_ups.of(ana, home))
    assert due
    kept = village.see(lambda work: work.own_data.export(ben))
    assert "deliveries" not in [one.table for one in kept]
    kept = village.see(lambda work: work.own_data.export(cem))
    assert "deliveries" in [one.table for one in kept]
