"""Seasons and promised steps from the panel to the last message, on a clock moved by hand."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.people import Account, Place
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.services import pairs, questions
from bot.services.follow_ups import engine
from bot.services.ports import Work
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Can, Text
from tests.golden.walk import NOW, Platform, Walk, walk_on

HERE = Platform(
    "preview", "preview", frozenset({Can.LONG_FORM}), {"Ana": "1", "Ben": "2", "Mia": "3"}
)
HALL = Place("preview", "preview")
CLOSERS = {**pairs.CLOSERS, **questions.CLOSERS}


def read(shown: Shown) -> str:
    assert isinstance(shown, Screen), shown
    texts = [part.body for part in shown.parts if isinstance(part, Text)]
    return "\n".join(plainly(body, catalogue("en"), shown.voice.zone) for body in texts)


def labels(shown: Shown) -> list[str]:
    assert isinstance(shown, Screen), shown
    found = [part.label for part in shown.parts if isinstance(part, Button)]
    return [plainly(label, catalogue("en"), shown.voice.zone) for label in found]


async def until(walk: Walk, at: datetime) -> list[tuple[datetime, str, str, Screen]]:
    """Time passes in steps of two hours; what reached whom, and when."""
    told: list[tuple[datetime, str, str, Screen]] = []
    while walk.clock.now() < at:
        walk.clock.set(min(walk.clock.now() + timedelta(hours=2), at))
        await walk.store.write(
            engine.advance, walk.clock.now(), {**pairs.CLOSERS, **questions.CLOSERS}
        )
        await walk.dispatcher.ring()
        told += [(walk.clock.now(), who, read(screen), screen) for who, screen in walk.door.carried]
        walk.door.carried.clear()
    return told


@pytest.fixture
async def walk() -> AsyncIterator[Walk]:
    """Ana and her mentor Ben, in a community that Mia looks after."""
    async with walk_on(HERE) as made:
        start = await made.types("", "Mia", "setup start")
        await made.presses("", "Mia", start, "Use the defaults")
        for who in ("Ana", "Ben"):
            await made.types("", who, "checkin status")

        def match(work: Work) -> None:
            home = work.communities.of(HALL)
            found = [work.people.find(Account("preview", "preview", id)) for id in ("2", "1")]
            ben, ana = (one.member for one in found if one is not None)
            assert home is not None
            work.communities.set_channel(home.id, "questions", HALL, "c1")
            pairs.open_pair(work, NOW, home.id, ben, ana)

        await made.store.write(match)
        await made.dispatcher.ring()
        made.door.carried.clear()
        yield made


async def test_a_season_makes_a_question_stay_open_for_longer(walk: Walk) -> None:
    before = read(await walk.types("", "Ana", "ask", question="Which loupes?", topic="career"))
    assert "8 March" in before or "Mar 8" in before or "8 Mar" in before, before
    panel = await walk.types("", "Mia", "setup seasons")
    form = await walk.presses("", "Mia", panel, "Mark a season")
    assert isinstance(form, FormScreen)
    marked = await walk.filled(
        "Mia", form,
        {"kind": "interviews", "from": "2027-03-01", "until": "2027-03-31", "patience": 3},
    )  # fmt: skip
    if "Confirm" in labels(marked):
        marked = await walk.presses("", "Mia", marked, "Confirm")
    after = read(await walk.types("", "Ana", "ask", question="Which lead apron?", topic="career"))
    assert "22 March" in after or "Mar 22" in after or "22 Mar" in after, after
    told = await until(walk, NOW + timedelta(days=23))
    ends = [at for at, who, said, _screen in told if who == "Ana" and "has been open" in said]
    assert [round((at - NOW) / timedelta(days=1)) for at in ends] == [7, 21]


async def test_a_mentors_own_busy_period(walk: Walk) -> None:
    panel = await walk.types("", "Ben", "my notify")
    panel = await walk.presses("", "Ben", panel, "Busy periods")
    form = await walk.presses("", "Ben", panel, "Mark a busy period")
    marked = await walk.filled("Ben", form, {"from": "2027-03-01", "until": "2027-03-20"})
    assert "Remove" in labels(marked)

    def asked(work: Work) -> timedelta:
        ana, ben = (work.people.find(Account("preview", "preview", id)) for id in ("1", "2"))
        assert ana is not None
        assert ben is not None
        (pair,) = work.pairs.of(ana.member)
        pairs.ask_other(work, NOW, pair, ana.member)
        (one,) = work.follow_ups.about(f"heard:{pair.id}")
        return one.deadline - NOW

    assert await walk.store.write(asked) == timedelta(days=28), "twice as long as usual"
    theirs = await walk.presses("", "Ana", await walk.types("", "Ana", "my notify"), "Busy periods")
    assert "Remove" not in labels(theirs), "a busy period is its owner's"
    gone = await walk.presses("", "Ben", marked, "Remove")
    assert "Remove" not in labels(gone)


async def test_a_step_from_promise_to_end(walk: Walk) -> None:
    status = await walk.types("", "Ana", "checkin status")
    form = await walk.presses("", "Ana", status, "Next step")
    noted = await walk.filled("Ana", form, {"text": "Read the guideline", "due": "2027-03-11"})
    assert "the day before" in read(noted)
    told = await until(walk, datetime(2027, 3, 19, 12, tzinfo=UTC))
    found = [one for one in told if "guideline" in one[2]]
    mine = [(at.date().day, said) for at, who, said, _s in found if who == "Ana"]
    assert [day for day, _said in mine] == [10, 11, 18], mine
    assert "I stop asking" in mine[-1][1]
    assert len(found) == len(mine), "nobody else hears of it"
    last = next(s for _at, who, said, s in reversed(told) if "guideline" in said and who == "Ana")
    form = await walk.presses("", "Ana", last, "New date")
    await walk.filled("Ana", form, {"due": "2027-03-25"})
    told = await until(walk, datetime(2027, 3, 24, 20, tzinfo=UTC))
    again = [s for _at, who, said, s in told if "guideline" in said and who == "Ana"]
    done = await walk.presses("", "Ana", again[0], "Done")
    assert "off your list" in read(done)
    told = await until(walk, datetime(2027, 4, 5, tzinfo=UTC))
    assert not [said for _at, _who, said, _s in told if "guideline" in said]
