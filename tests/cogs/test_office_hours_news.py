"""What people read when somebody else leads a session or a series from now on."""

from datetime import timedelta

from bot.domain.recurrence import Repeat
from bot.services import people
from bot.services.office_hours import called_away
from bot.services.office_hours.called_away import host_gone
from bot.ui.parts import Reply
from tests.cogs.stage import Stage, fits, text


async def test_handed_over(stage: Stage):
    village = stage.village
    session = village.host(cohosts=(village.members["Cem"],))
    village.join("Ana", session)
    await stage.deliveries()
    to, actor = village.members["Cem"], village.actor("Host")
    village.do(called_away.hand_over, village.now, actor, session.code, to, 0)
    told = {who: text(reply) for _kind, who, reply in await stage.deliveries()}
    assert "You lead Tips for TIPS now" in told["Cem"]
    assert "Cem leads Tips for TIPS" in told["Ana"]


async def test_a_host_who_leaves_is_followed_for_the_whole_series_in_one_note(stage: Stage):
    village = stage.village
    session = village.host(repeat=Repeat.WEEKLY, cohosts=(village.members["Cem"],))
    second = village.series(session)[1]
    village.join("Ana", session)
    village.join("Ana", second)
    village.join("Ben", second)
    await stage.deliveries()
    [account] = village.see(lambda work: work.people.accounts(village.members["Host"]))
    village.do(people.leave, village.now, account, village.community, (host_gone,))
    sent = await stage.deliveries()
    assert [who for _kind, who, _reply in sent] == ["Ana", "Ben", "Cem"]
    told = {who: text(reply) for _kind, who, reply in sent if isinstance(reply, Reply)}
    assert "You lead Tips for TIPS now, from Thu, 11 Mar 2027, 18:00 GMT on." in told["Cem"]
    assert "Cem leads Tips for TIPS from Thu, 11 Mar 2027, 18:00 GMT on." in told["Ana"]
    assert "from Thu, 18 Mar 2027, 18:00 GMT on." in told["Ben"]
    village.clock.move(timedelta(days=1))
    assert fits(sent[0][2])  # pyright: ignore[reportArgumentType]
