"""Drop-in hours as people read them: a place in line, and the way to the queue."""

from datetime import timedelta

from bot.domain.live_queue import QueueState
from bot.domain.office_hours import Session
from bot.ui.form import Form
from bot.ui.parts import Reply
from cogs.office_hours.actions import (
    JoinSession,
    LeaveSession,
    ListSessions,
    MySessions,
    ShowRoster,
)
from cogs.office_hours.dropping_in import OpenQueue
from cogs.office_hours.queue_desk import JoinQueue, LeaveQueue, LookQueue, SetQueue
from tests.cogs.stage import Stage, button, labels, plain, text


def drop_in(stage: Stage) -> Session:
    return stage.village.host(seats=None)


async def line_up(stage: Stage, name: str, reply: Reply, question: str = "") -> Reply:
    """What the button leads to, filled in."""
    form = await stage.answer(stage.caller(name), button(reply, "Line up").does)
    assert isinstance(form, Form)
    assert form.action is JoinQueue
    assert form.asks == ("question",)
    return await stage.ask(name, JoinQueue(str(form.given["session"]), question or None))


async def test_no_drop_in_text_speaks_of_a_seat(stage: Stage):
    session = drop_in(stage)
    joined = await stage.ask("Ana", JoinSession(session.code))
    assert "You are expected at Tips for TIPS. Come when you like until it ends." in text(joined)
    assert "It opens at Thu, 11 Mar 2027, 17:45 GMT." in text(joined)
    said = [
        text(joined),
        await stage.read("Ana", JoinSession(session.code)),
        await stage.read("Ana", MySessions()),
        await stage.read("Ana", ListSessions()),
        await stage.read("Host", ShowRoster(session.code)),
    ]
    for at in (session.starts - timedelta(days=1), session.starts - timedelta(hours=1)):
        stage.village.clock.set(at)
        said += [text(reply) for _kind, _who, reply in await stage.deliveries()]
    left = await stage.ask("Ana", LeaveSession(session.code))
    assert "You are not expected at Tips for TIPS on" in text(left)
    again = await stage.read("Ana", LeaveSession(session.code))
    assert "so there is nothing to leave" in again
    assert not any("seat" in one.casefold() for one in [*said, text(left), again])


async def test_the_way_to_the_queue_stands_wherever_people_look(stage: Stage):
    session = drop_in(stage)
    stage.village.join("Ana", session)
    assert "Line up" not in await stage.read("Ben", ListSessions())
    early = await stage.read("Ana", OpenQueue(session.code))
    assert "opens at Thu, 11 Mar 2027, 17:45 GMT, a quarter of an hour before" in early
    stage.village.clock.set(session.starts - timedelta(hours=1))
    told = {who: reply for _kind, who, reply in await stage.deliveries()}
    reminder = told["Ana"]
    stage.village.clock.set(session.starts)
    assert isinstance(reminder, Reply)
    home = stage.cog.feature().home
    assert home is not None
    for reply in (
        reminder,
        await stage.ask("Ana", ListSessions()),
        await stage.ask("Ana", MySessions()),
        await home(stage.caller("Ana")),
        await stage.ask("Ana", JoinSession(session.code)),
    ):
        assert "Line up" in labels(reply)
    assert labels(await stage.ask("Ben", ListSessions()))[0] == "Line up"
    for reply in (
        await stage.ask("Host", MySessions()),
        await stage.ask("Host", ListSessions()),
        await stage.ask("Host", ShowRoster(session.code)),
    ):
        assert "Nobody is in line" in text(await stage.press("Host", reply, "Queue"))


async def test_who_is_in_line_is_not_asked_to_line_up(stage: Stage):
    session = drop_in(stage)
    stage.village.clock.set(session.starts)
    await stage.ask("Ana", JoinQueue(session.code))
    home = stage.cog.feature().home
    assert home is not None
    for reply in (
        await stage.ask("Ana", ListSessions()),
        await stage.ask("Ana", MySessions()),
        await home(stage.caller("Ana")),
    ):
        assert "Line up" not in labels(reply)
        assert "You are first in line" in text(await stage.press("Ana", reply, "Where am I"))
    await stage.ask("Ana", LeaveQueue(session.code))
    assert "Line up" in labels(await stage.ask("Ana", ListSessions()))


async def test_whose_turn_is_over_is_thanked(stage: Stage):
    session = drop_in(stage)
    stage.village.clock.set(session.starts)
    await stage.ask("Ana", JoinQueue(session.code))
    await stage.press("Host", await stage.ask("Host", JoinQueue(session.code)), "Next")
    mine = await stage.ask("Ana", JoinQueue(session.code))
    assert "Your turn is over." in text(await stage.press("Ana", mine, "I am done"))


async def test_the_reminder_of_who_leads_it_has_the_queue(stage: Stage):
    session = drop_in(stage)
    stage.village.clock.set(session.starts - timedelta(hours=1))
    reminders = {who: reply for _kind, who, reply in await stage.deliveries(hosts=True)}
    reply = reminders["Host"]
    assert isinstance(reply, Reply)
    stage.village.clock.set(session.starts)
    assert "Nobody is in line" in text(await stage.press("Host", reply, "Queue"))


async def test_lining_up_with_a_question_and_leaving_again(stage: Stage):
    session = drop_in(stage)
    stage.village.join("Ana", session)
    stage.village.clock.set(session.starts)
    listed = await stage.ask("Ben", ListSessions())
    inside = await line_up(stage, "Ben", listed, "Which wire?")
    assert "You are in the queue of Tips for TIPS." in text(inside)
    assert "Which wire?" in await stage.read("Host", LookQueue(session.code))
    # Pressed again it shows the place, and no second form.
    assert "You are in the queue" in await stage.read("Ben", OpenQueue(session.code))
    left = await stage.ask("Ben", LeaveQueue(session.code))
    assert "You take part in no office hour" in await stage.read("Ben", MySessions())
    again = await stage.answer(stage.caller("Ben"), button(left, "Line up again").does)
    assert isinstance(again, Form)
    assert again.given["question"] == "Which wire?"
    # Who had said before that they come is still expected.
    await stage.ask("Ana", JoinQueue(session.code))
    await stage.ask("Ana", LeaveQueue(session.code))
    assert "You are expected" in await stage.read("Ana", MySessions())
    await stage.ask("Host", SetQueue(session.code, QueueState.CLOSED))
    assert "takes nobody new" in await stage.read("Ben", OpenQueue(session.code))
    assert plain(again.title) == "Line up"
