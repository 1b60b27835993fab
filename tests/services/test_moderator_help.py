"""Calls for a moderator's help with a pair: told, told again, taken up, taken back, explained."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.follow_ups import Ending, FollowUp
from bot.domain.pairs import Pair
from bot.domain.people import CommunityId
from bot.domain.policies import Matter
from bot.services import moderator_help, pairs
from bot.services.follow_ups import engine, telling
from bot.services.moderator_help import Called, Kind, Taken
from tests.services.test_reports import moderates, staffed
from tests.services.village import Village

Told = tuple[int, str, str]


@pytest.fixture
def pair(village: Village) -> Pair:
    host, ana = village.members["Host"], village.members["Ana"]
    return village.do(pairs.open_pair, village.now, village.community, host, ana)


def calls(village: Village, pair: Pair, by: str = "Ana") -> tuple[Called, FollowUp | None]:
    found = village.do(moderator_help.call, village.now, village.members[by], pair.id)
    assert found is not None
    return found


def called(village: Village, pair: Pair, by: str = "Ana") -> FollowUp:
    what, one = calls(village, pair, by)
    assert what is Called.NOW
    assert one is not None
    return one


def told(village: Village, days: int) -> list[Told]:
    """What is said about calls within so many days: after how many hours, what, to whom."""
    names = {id: name for name, id in village.members.items()}
    said: list[Told] = []
    for hour in range(days * 24):
        village.do(engine.advance, village.now, {})
        for row in village.claim():
            if row.kind in (*Kind, telling.Kind.CLOSED):
                to = row.channel or names.get(row.member or village.members["Host"], "")
                said.append((hour, row.kind, to))
        village.clock.move(timedelta(hours=1))
    return said


def how(village: Village, one: FollowUp) -> Ending | None:
    found = village.see(lambda work: work.follow_ups.get(one.id))
    assert found is not None
    return found.ending


def takes_up(village: Village, name: str, one: FollowUp) -> Taken:
    return village.do(
        moderator_help.take_up, village.now, village.members[name], village.community, one.id
    )


def test_moderators_are_told_until_the_asker_hears_that_nobody_took_it_up(
    village: Village, pair: Pair
) -> None:
    staffed(village)
    one = called(village, pair)
    assert told(village, 5) == [
        (0, Kind.CALL, "staff"),
        (24, Kind.CALL, "staff"),
        (48, Kind.CALL, "staff"),
        (72, telling.Kind.CLOSED, "Ana"),
    ]
    assert how(village, one) is Ending.CLOSED
    again = called(village, pair)
    assert again.id != one.id


def test_whoever_takes_it_up_ends_it_once_and_the_asker_hears(village: Village, pair: Pair) -> None:
    staffed(village)
    one = called(village, pair)
    assert takes_up(village, "Mod", one) is Taken.NOW
    assert takes_up(village, "Eve", one) is Taken.SETTLED
    assert told(village, 5) == [(0, Kind.TAKEN, "Ana")]
    assert how(village, one) is Ending.DONE
    assert village.see(moderator_help.taken, one.id) == pair


def test_only_whoever_called_takes_it_back(village: Village, pair: Pair) -> None:
    staffed(village)
    one = called(village, pair)
    host, ana = village.members["Host"], village.members["Ana"]
    assert not village.do(moderator_help.take_back, village.now, host, one.id)
    assert village.do(moderator_help.take_back, village.now, ana, one.id)
    assert not village.do(moderator_help.take_back, village.now, ana, one.id)
    assert takes_up(village, "Mod", one) is Taken.SETTLED
    assert told(village, 5) == []


def test_called_twice_is_one_call_and_either_side_has_its_own(village: Village, pair: Pair) -> None:
    staffed(village)
    one = called(village, pair)
    what, same = calls(village, pair)
    assert (what, same) == (Called.BEFORE, one)
    assert called(village, pair, "Host").id != one.id


def test_where_nobody_can_be_told_nothing_is_promised(village: Village, pair: Pair) -> None:
    assert calls(village, pair) == (Called.NOBODY, None)
    stranger = village.members["Ben"]
    assert village.do(moderator_help.call, village.now, stranger, pair.id) is None
    open_ones = village.see(lambda work: work.follow_ups.of(village.members["Ana"]))
    assert Matter.HELP not in [one.matter for one in open_ones]


def test_a_moderator_who_is_the_other_side_reads_nothing_of_it(
    village: Village, pair: Pair
) -> None:
    staffed(village)
    moderates(village, "Host")
    assert calls(village, pair) == (Called.INVOLVED, None)
    moderates(village, "Mod")
    one = called(village, pair)
    assert takes_up(village, "Host", one) is Taken.INVOLVED
    assert told(village, 2) == [(0, Kind.CALL, "Mod"), (24, Kind.CALL, "Mod")]


def test_a_moderator_of_another_community_ends_nothing(village: Village, pair: Pair) -> None:
    staffed(village)
    one = called(village, pair)
    mod, elsewhere = village.members["Mod"], CommunityId(99)
    answer = village.do(moderator_help.take_up, village.now, mod, elsewhere, one.id)
    assert answer is Taken.SETTLED
    assert how(village, one) is None
