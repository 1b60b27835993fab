"""Two places become one community: who is told, and what comes along."""

from __future__ import annotations

from bot.domain.guard import Watch
from bot.domain.people import Account, Place
from bot.services import joining
from bot.services.joining import TOLD, Joined, NotJoined
from bot.services.ports import Work
from tests.services.village import HALL, Village

TEAM = Place("slack", "T1")


def test_whoever_gave_the_code_and_their_channel_hear_of_it(village: Village) -> None:
    host = village.members["Host"]
    village.do(lambda work: work.communities.set_channel(village.community, "staff", HALL, "c9"))

    def arrive(work: Work) -> tuple[int, int]:
        team = work.communities.add(TEAM, "Team", village.now)
        boss = work.people.add(Account("slack", "T1", "U1"), "Boss", village.now).member
        work.people.join(boss, team.id, village.now)
        work.guards.watch(team.id, TEAM, "C5", Watch.HOLD)
        return team.id, boss

    team, boss = village.do(arrive)
    code = village.do(joining.offer, village.now, village.community, host)
    given = (village.now, type(village.community)(team), type(host)(boss), code)
    assert isinstance(village.do(joining.join, *given), Joined)
    assert village.do(joining.join, *given) in (NotJoined.NO_CODE, NotJoined.SAME)
    rows = [(row.member, row.channel) for row in village.claim() if row.kind == TOLD]
    assert sorted(rows, key=str) == sorted([(host, None), (None, "staff")], key=str)
    watched = village.see(lambda work: work.guards.channels(village.community, TEAM))
    assert watched == {"C5": Watch.HOLD}
