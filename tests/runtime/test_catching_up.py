"""What a closed direct message kept from somebody is read with their next answer, and only once."""

import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.delivery import Delivery
from bot.domain.people import Account, Place
from bot.runtime.catching_up import CatchingUp
from bot.runtime.doors import Sent, Target, ToPerson, Undeliverable
from bot.runtime.feature import Moot
from bot.runtime.screen import FormScreen, Screen
from bot.services import pairs
from bot.services.follow_ups import engine
from bot.services.ports import Work
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Can, Reply, Text
from tests.golden.walk import NOW, Platform, Walk, walk_on

HERE = Platform("discord", "9", frozenset({Can.LONG_FORM}), {"Ana": "1", "Ben": "2", "Mia": "3"})
DID_NOT = "This did not reach you before:"


@pytest.fixture
async def walk() -> AsyncIterator[Walk]:
    """Ana and Ben were matched a minute ago; nothing can be delivered to Ana."""
    async with walk_on(HERE) as made:
        start = await made.types("", "Mia", "setup start")
        await made.presses("", "Mia", start, "Use the defaults")
        for who in ("Ana", "Ben"):
            await made.types("", who, "checkin status")
        arrive = made.door.send

        async def send(target: Target, screen: Screen, key: str) -> Sent:
            if isinstance(target, ToPerson) and target.account.user == "1":
                return Undeliverable("closed")
            return await arrive(target, screen, key)

        made.door.send = send  # pyright: ignore[reportAttributeAccessIssue]

        def match(work: Work) -> None:
            home = work.communities.of(Place("discord", "9"))
            sides = [work.people.find(Account("discord", "", id)) for id in ("2", "1")]
            assert home is not None
            assert sides[0] is not None
            assert sides[1] is not None
            pairs.open_pair(work, NOW, home.id, sides[0].member, sides[1].member)

        await made.store.write(match)
        await made.dispatcher.ring()
        yield made


def read(shown: object) -> str:
    assert isinstance(shown, Screen), shown
    texts = [part.body for part in shown.parts if isinstance(part, Text)]
    return "\n".join(plainly(body, catalogue("en"), shown.voice.zone) for body in texts)


async def test_news_stand_below_the_next_answer_once(walk: Walk) -> None:
    shown = await walk.types("", "Ana", "checkin status")
    assert DID_NOT in read(shown)
    assert "are a pair now" in read(shown)
    assert "send the rest again" not in read(shown)
    assert isinstance(shown, Screen)
    controls = [part.does for part in shown.parts if isinstance(part, Button)]
    assert len(set(controls)) == len(controls), "what the answer offers is not offered twice"
    assert DID_NOT not in read(await walk.types("", "Ana", "checkin status"))
    walk.door.carried.clear()
    await walk.waits(NOW + timedelta(minutes=1))


async def test_a_form_does_not_swallow_them(walk: Walk) -> None:
    form = await walk.types("", "Ana", "my away")
    assert isinstance(form, FormScreen)
    answer = await walk.filled("Ana", form, {"from": "2027-03-11"})
    assert "are a pair now" in read(answer)
    assert "are a pair now" not in read(await walk.types("", "Ana", "help"))


async def test_a_question_that_was_read_counts_as_said_and_the_clock_runs(walk: Walk) -> None:
    await walk.types("", "Ana", "help")
    for day in range(1, 9):
        walk.clock.set(NOW + timedelta(days=day))
        await walk.store.write(engine.advance, walk.clock.now(), {})
        await walk.dispatcher.ring()

    def of_ana(work: Work) -> tuple[bool, bool]:
        ana = work.people.find(Account("discord", "", "1"))
        assert ana is not None
        (one,) = [each for each in work.follow_ups.of(ana.member) if each.owes == ana.member]
        return one.stopped, one.said is not None

    assert await walk.store.read(of_ana) == (True, False)
    shown = await walk.types("", "Ana", "my notify")
    assert "been in touch?" in read(shown)
    assert await walk.store.read(of_ana) == (False, True)
    assert "been in touch?" not in read(await walk.types("", "Ana", "my notify"))


async def test_what_does_not_fit_is_sent_again(walk: Walk) -> None:
    def more(work: Work) -> None:
        ana = work.people.find(Account("discord", "", "1"))
        ben = work.people.find(Account("discord", "", "2"))
        assert ana is not None
        assert ben is not None
        (pair,) = work.pairs.of(ana.member)
        for _note in range(4):
            pairs.send_note(work, NOW, ben.member, pair.id, "Read it")

    await walk.store.write(more)
    await walk.dispatcher.ring()
    shown = read(await walk.types("", "Ana", "my notify"))
    assert shown.count("Read it") == 2, "with the introduction, three"
    assert "I send the rest again" in shown
    rest = read(await walk.types("", "Ana", "my notify"))
    assert DID_NOT not in rest
    await walk.dispatcher.ring()
    assert read(await walk.types("", "Ana", "my notify")).count("Read it") == 2


async def test_a_missed_message_that_cannot_be_worded_costs_nobody_an_answer(
    walk: Walk, caplog: pytest.LogCaptureFixture
) -> None:
    async def fails(row: Delivery, late: bool) -> Reply | Moot:
        raise ValueError("a flaw")

    known = walk.core.registry.notices
    broken = replace(known[pairs.Kind.NEW], compose=fails)
    walk.core._catching_up = CatchingUp(  # pyright: ignore[reportPrivateUsage]
        walk.store, walk.clock, {**known, pairs.Kind.NEW: broken}
    )

    def more(work: Work) -> None:
        sides = [work.people.find(Account("discord", "", id)) for id in ("1", "2")]
        assert sides[0] is not None
        assert sides[1] is not None
        (pair,) = work.pairs.of(sides[0].member)
        pairs.send_note(work, NOW, sides[1].member, pair.id, "Read it")

    await walk.store.write(more)
    await walk.dispatcher.ring()
    with caplog.at_level(logging.ERROR):
        shown = read(await walk.types("", "Ana", "my notify"))
    assert "Read it" in shown, "the rest is shown"
    assert "went wrong" not in shown
    assert [one.message for one in caplog.records] == [
        "message of kind pair.new cannot be worded: ValueError"
    ]
    caplog.clear()
    assert DID_NOT not in read(await walk.types("", "Ana", "my notify"))
    assert not caplog.records, "the operator reads it once"
