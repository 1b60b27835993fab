"""What is offered three days after a session, in words."""

from datetime import timedelta

from bot.domain.delivery import Delivery
from bot.domain.office_hours import Came
from bot.runtime.feature import Moot
from bot.ui.form import Form
from bot.ui.parts import Reply
from cogs.follow_ups.after_actions import NoteStep, OwnWord, SayThanks
from tests.cogs.stage import Stage, button, labels, text

DAY = timedelta(days=1)


async def steps(stage: Stage) -> list[tuple[str, Reply]]:
    """What the engine says now, and to whom."""
    names = {id: name for name, id in stage.village.members.items()}
    found: list[tuple[str, Reply]] = []
    rows: tuple[Delivery, ...] = stage.village.claim()
    for row in rows:
        if row.kind.startswith("fu.") or row.kind in ("oh.thanks", "oh.absent"):
            said = await stage.registry.notices[row.kind].compose(row, False)
            if not isinstance(said, Moot) and row.member is not None:
                found.append((names[row.member], said))
    return found


async def test_thanks_and_a_next_step(stage: Stage):
    village = stage.village
    session = village.host()
    village.join("Ana", session)
    village.clock.set(session.ends)
    village.claim()
    village.clock.set(session.ends + 4 * DAY)
    [(who, offered)] = await steps(stage)
    assert who == "Ana"
    assert "You were at Tips for TIPS with Host on Thu, 11 Mar 2027, 18:00 GMT." in text(offered)
    assert labels(offered) == [
        "Say thanks",
        "Thanks with a line",
        "Note a next step",
        "I was not there",
        "Nothing now",
    ]
    form = await stage.answer(stage.caller("Ana"), button(offered, "Thanks with a line").does)
    assert isinstance(form, Form)
    said = await stage.read("Ana", SayThanks(session.id, "The drawing helped."))
    assert "Your thanks for Tips for TIPS are on their way." in said
    step = await stage.read("Ana", NoteStep(session.id, "Send the abstract"))
    assert "Nobody else sees it" in step
    assert "The day before is none of those on which I write to you" in step
    village.clock.move(DAY)
    [(who, thanked)] = await steps(stage)
    assert who == "Host"
    assert "Ana thanks you for Tips for TIPS on Thu, 11 Mar 2027, 18:00 GMT." in text(thanked)
    assert "“The drawing helped.”" in text(thanked)
    village.clock.move(13 * DAY)
    [(who, reminded)] = await steps(stage)
    assert who == "Ana"
    assert "Send the abstract" in text(reminded)
    assert labels(reminded) == ["Done", "New date", "Drop it"]
    assert "off your list" in text(await stage.press("Ana", reminded, "Done"))


async def test_nothing_now_is_an_answer(stage: Stage):
    village = stage.village
    session = village.host()
    for name in ("Ana", "Ben"):
        village.join(name, session)
    village.clock.set(session.ends)
    village.claim()
    village.clock.set(session.ends + 4 * DAY)
    offered = dict(await steps(stage))
    assert "Nothing is left to do" in text(await stage.press("Ana", offered["Ana"], "Nothing now"))
    own = await stage.press("Ben", offered["Ben"], "I was not there")
    assert "Your own word counts; only the host sees it." in text(own)
    village.clock.move(30 * DAY)
    assert await steps(stage) == []
    late = await stage.read("Ben", OwnWord(session.id, Came.HERE))
    assert "not open for you any more" in late
