"""Who leads a session beside its host is changed with everything else; and who hears of what."""

from datetime import timedelta

from bot.domain.office_hours import Came, Scope
from bot.domain.recurrence import Repeat
from bot.services.office_hours import after
from bot.ui.form import Form
from cogs.office_hours.actions import MySessions
from cogs.office_hours.editing import ChangeSession, OpenChange
from tests.cogs.stage import Stage, labels, text


async def test_cohosts_are_named_and_let_go_and_each_hears_it_once(stage: Stage):
    village = stage.village
    ben, cem = village.members["Ben"], village.members["Cem"]
    session = village.host(seats=1, cohosts=(ben,))
    village.join("Cem", session)
    village.join("Dot", session)
    village.due()
    form = await stage.answer(stage.caller("Host"), OpenChange(session.code))
    assert isinstance(form, Form)
    assert form.given["cohosts"] == (ben,)
    change = ChangeSession(session.code, title="Stents", cohosts=(cem,), shown=True)
    echo = await stage.ask("Host", change)
    assert "Co-hosts: Cem" in text(echo)
    assert "3 people will be told, once each." in text(echo)
    done = await stage.press("Host", echo, "Confirm")
    assert "3 people are being told." in text(done)
    heard = await stage.deliveries()
    assert [(kind, who) for kind, who, _reply in heard] == [
        ("oh.cohost", "Ben"),
        ("oh.cohost", "Cem"),
        ("oh.offer", "Dot"),
    ]
    told = {who: text(reply) for _kind, who, reply in heard}
    assert "You are no longer a co-host of Stents on Thu, 11 Mar 2027" in told["Ben"]
    assert "Host named you as co-host of Stents." in told["Cem"]
    assert "Stents" in told["Dot"]
    village.clock.set(session.starts - timedelta(hours=24))
    hosts = [one for one in village.due(hosts=True) if one[0].startswith("oh.host_")]
    assert sorted(hosts) == [("oh.host_day", "Cem"), ("oh.host_day", "Host")]
    nobody = await stage.ask("Host", ChangeSession(session.code, shown=True))
    assert "Co-hosts: nobody" in text(nobody)


async def test_a_whole_series_gets_a_cohost_who_is_told_once(stage: Stage):
    village = stage.village
    session = village.host(repeat=Repeat.WEEKLY)
    host, ben = village.members["Host"], village.members["Ben"]
    change = ChangeSession(session.code, cohosts=(host, ben), scope=Scope.LATER)
    echo = await stage.ask("Host", change)
    assert "1 person will be told, once." in text(echo)
    await stage.press("Host", echo, "Confirm")
    assert village.due() == [("oh.cohost", "Ben")]
    assert {one.plan.cohosts for one in village.series(session)} == {(ben,)}
    same = await stage.ask("Host", replace_order(session.code, host, ben))
    assert "is like that already. Nothing was changed." in text(same)
    assert labels(same)[0] == "Change"


def replace_order(code: str, *members: object) -> ChangeSession:
    """The same people again."""
    return ChangeSession(code, cohosts=members, shown=True)  # pyright: ignore


async def test_a_new_place_is_no_news_to_people_who_never_read_where_it_is(stage: Stage):
    village = stage.village
    session = village.host(seats=1)
    village.join("Ana", session)
    village.join("Ben", session)
    echo = await stage.ask("Host", ChangeSession(session.code, where="Room 7"))
    assert "1 person will be told, once." in text(echo)
    await stage.press("Host", echo, "Confirm")
    [(kind, who, reply)] = await stage.deliveries()
    assert (kind, who) == ("oh.changed", "Ana")
    assert "Where: Room 7" in text(reply)


async def test_the_attendee_says_whether_they_came_from_their_sessions(stage: Stage):
    village = stage.village
    session = village.host()
    village.join("Ana", session)
    village.clock.set(session.ends + timedelta(hours=1))
    village.due()
    mine = await stage.ask("Ana", MySessions())
    assert "You had a seat; it is over" in text(mine)
    assert "Nobody noted whether you were there." in text(mine)
    assert "example.org" not in text(mine)
    done = await stage.press("Ana", mine, "I could not come")
    assert "Noted for Tips for TIPS: you could not come." in text(done)
    host = village.actor("Host")
    village.do(after.mark, village.now, host, session.code, village.members["Ana"], Came.ABSENT)
    mine = await stage.press("Ana", done, "My sessions")
    assert "You said that you could not come." in text(mine)
    done = await stage.press("Ana", mine, "I was there")
    assert "you were there" in text(done)
    village.clock.move(timedelta(days=15))
    assert "Tips for TIPS" not in await stage.read("Ana", MySessions())
