"""After a session the host is asked who was there, and finds the way for two weeks."""

from datetime import timedelta

from bot.domain.office_hours import Session
from bot.domain.people import Account, CommunityId, MemberId
from bot.runtime.feature import Moot
from bot.services.ports import Work
from bot.ui.parts import Reply
from cogs.office_hours.actions import MySessions, ShowRoster
from cogs.office_hours.attendance import ShowNames
from cogs.office_hours.called_away import PulledAway
from tests.cogs.stage import Stage, labels, text
from tests.cogs.test_flagging import chosen
from tests.services.village import NOW

MINUTE = timedelta(minutes=1)


def newcomers(work: Work, community: CommunityId, names: list[str]) -> dict[str, MemberId]:
    """More people than the village has."""
    found: dict[str, MemberId] = {}
    for number, name in enumerate(names):
        profile = work.people.add(Account("discord", "", str(900 + number)), name, NOW)
        work.people.join(profile.member, community, NOW)
        found[name] = profile.member
    return found


def held(stage: Stage, *names: str, **other: object) -> Session:
    session = stage.village.host(**other)  # pyright: ignore[reportArgumentType]
    for name in names:
        stage.village.join(name, session)
    return session


async def question(stage: Stage) -> dict[str, Reply | Moot]:
    """What those who lead a session are asked by now."""
    found = await stage.deliveries(hosts=True)
    return {who: reply for kind, who, reply in found if kind == "oh.host_over"}


async def test_the_host_is_asked_once_by_name_and_marks_from_there(stage: Stage):
    cem = stage.village.members["Cem"]
    session = held(stage, "Ana", "Ben", cohosts=(cem,))
    stage.village.clock.set(session.ends)
    asked = await question(stage)
    assert list(asked) == ["Host"]
    reply = asked["Host"]
    assert isinstance(reply, Reply)
    said = text(reply)
    assert "Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT is over" in said
    assert "note who was there: Ana and Ben" in said
    assert "Without a mark nothing is held against anybody." in said
    done = await stage.press("Host", reply, "Everybody was there")
    assert "Noted for Tips for TIPS, was there: Ana and Ben" in text(done)
    assert done.replaces
    stage.village.clock.move(timedelta(days=1))
    assert await question(stage) == {}


async def test_the_way_there_stays_in_my_sessions(stage: Stage):
    session = held(stage, "Ana")
    stage.village.clock.set(session.ends)
    home = stage.cog.feature().home
    assert home is not None
    for reply in (await stage.ask("Host", MySessions()), await home(stage.caller("Host"))):
        assert "Who was there" in labels(reply)
    mine = await stage.ask("Host", MySessions())
    assert "It is over; who was there?" in text(mine)
    roster = await stage.press("Host", mine, "Who was there")
    await stage.press("Host", roster, "Everybody was there")
    assert "who was there" not in await stage.read("Host", MySessions())
    other = held(stage, "Ana", starts="2027-03-15 18:00")
    stage.village.clock.set(other.ends + timedelta(days=15))
    assert "who was there" not in await stage.read("Host", MySessions())


async def test_nobody_is_asked_about_nobody_or_about_what_was_not_held(stage: Stage):
    alone = held(stage)
    off = held(stage, "Ana", starts="2027-03-11 12:00")
    stage.village.call_off(off)
    stage.village.clock.set(alone.ends + timedelta(days=1))
    assert await question(stage) == {}


async def test_a_delay_moves_the_question_and_whoever_took_over_is_asked(stage: Stage):
    cem = stage.village.members["Cem"]
    session = held(stage, "Ana", cohosts=(cem,))
    away = await stage.ask("Host", PulledAway(session.code))
    later = await stage.press("Host", away, "15 min later")
    await stage.press("Host", later, "Cem leads it")
    stage.village.clock.set(session.ends)
    assert await question(stage) == {}
    stage.village.clock.set(session.ends + 15 * MINUTE)
    assert list(await question(stage)) == ["Cem"]


async def test_every_name_can_be_marked_however_many_came(stage: Stage):
    village = stage.village
    session = held(stage, seats=60)
    names = [f"Guest {number:02}" for number in range(1, 32)]
    village.members.update(village.do(newcomers, village.community, names))
    for name in names:
        village.join(name, session)
    village.clock.set(session.ends)
    roster = await stage.ask("Host", ShowRoster(session.code))
    assert "Earlier names" not in labels(roster)
    more = await stage.press("Host", roster, "More names")
    assert more.replaces
    assert "More names" not in labels(more)
    done = await stage.ask("Host", chosen(more, "Did not come", "Guest 31"))
    assert "did not come: Guest 31" in text(done)
    assert "Earlier names" in labels(done), "it stays where one was"
    back = await stage.press("Host", done, "Earlier names")
    assert "was there: Guest 01" in text(
        await stage.ask("Host", chosen(back, "Was there", "Guest 01"))
    )
    assert "This is for the host" in await stage.read("Ana", ShowNames(session.code, 1))
