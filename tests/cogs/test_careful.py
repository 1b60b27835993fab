"""What tells who a patient is goes out in nobody's words: said by kind, replaced with one tap."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.services import pairs
from bot.services.questions import Kind
from bot.ui.action import Action
from bot.ui.parts import Reply
from cogs.follow_ups.actions import (
    AskCommunity,
    ClosePair,
    PromiseStep,
    SendUpdate,
    WriteFirst,
)
from cogs.follow_ups.careful import CARRIES
from tests.cogs.stage import Stage, text
from tests.services.village import HALL

MARY = "Patient Mary Jones, MRN 87654321, DOB 03/04/1956, bled after PAE. What now?"


@pytest.fixture
def matched(stage: Stage) -> str:
    village = stage.village
    host, ana = village.members["Host"], village.members["Ana"]
    village.do(lambda work: work.communities.set_channel(village.community, "questions", HALL, "7"))
    return village.do(pairs.open_pair, village.now, village.community, host, ana).code


async def posted(stage: Stage) -> list[str]:
    """Questions that came to the channel since the last look."""
    rows = [row for row in stage.village.claim() if row.kind == Kind.POSTED]
    return [text(await stage.compose(row)) for row in rows]


async def test_a_question_is_posted_only_without_what_tells(stage: Stage, matched: str) -> None:
    refused = await stage.ask("Ana", AskCommunity(MARY, "embolisation", anonymous=True))
    said = text(refused)
    assert "a name, a record number and a date" in said
    for secret in ("Mary", "87654321", "1956"):
        assert secret not in said
    assert "bled after PAE" in said
    assert refused.correctable
    assert refused.memory_only
    assert await posted(stage) == []
    sent = await stage.press("Ana", refused, "Send it like this")
    assert sent.replaces
    (question,) = await posted(stage)
    assert "Mary" not in question
    assert "bled after PAE" in question
    again = await stage.press("Ana", refused, "Send it like this")
    assert "some time ago" in text(again)
    assert await posted(stage) == []


@pytest.mark.parametrize("kind", [SendUpdate, WriteFirst, PromiseStep, ClosePair])
async def test_nothing_of_it_reaches_the_other_side(
    stage: Stage, matched: str, kind: type[Action]
) -> None:
    day = (stage.village.now + timedelta(days=9)).date()
    asks: dict[type[Action], Action] = {
        SendUpdate: SendUpdate(matched, "It went well.", MARY),
        WriteFirst: WriteFirst(matched, MARY),
        PromiseStep: PromiseStep(matched, MARY, day),
        ClosePair: ClosePair(matched, MARY),
    }
    stage.village.claim()
    refused = await stage.ask("Ana", asks[kind])
    assert "This may say who a patient is" in text(refused)
    assert await stage.deliveries() == []
    await stage.press("Ana", refused, "Send it like this")
    told = [one for _kind, _who, one in await stage.deliveries() if isinstance(one, Reply)]
    assert not any("87654321" in text(one) or "Mary" in text(one) for one in told)


async def test_those_who_write_and_read_may_be_named(stage: Stage, matched: str) -> None:
    sent = await stage.ask("Ana", WriteFirst(matched, "I am Ana; Dr Weiss told me about Host."))
    assert "on their way" in text(sent)


def test_what_carries_words_is_kept_in_memory_alone() -> None:
    assert all(kind.memory_only for kind in CARRIES)
