"""What the author of several messages reads: nothing twice, and every text given back."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.identifiers.talk import Weight
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from cogs.guard.telling import Case, note


def case(number: int, *, removed: bool = True, instead: str = "") -> Case:
    link = f"https://chat.example/{number}"
    places = (_("In file {number}", number=1),)
    return Case("C1", link, Weight.TELLS, removed, places, instead, bool(instead), 1)


def read(cases: Sequence[Case], more: int = 0) -> str:
    reply: Reply = note(cases, more)
    texts = [part for part in reply.parts if isinstance(part, Text)]
    return "\n".join(plainly(one.body, catalogue("en"), ZoneInfo("UTC")) for one in texts)


def test_a_burst_of_pictures_reads_as_one() -> None:
    said = read([case(number) for number in range(5)], 9)
    assert said.count("was taken down") == 1
    assert "It was the same with 13 messages more." in said


def test_texts_and_what_still_stands_are_told_one_by_one() -> None:
    said = read([case(1, instead="one"), case(2, instead="two"), case(3), case(4)])
    assert "one" in said
    assert "two" in said
    assert said.count("was taken down") == 3
    assert "1 message more" in said
    assert read([case(1, removed=False), case(2, removed=False)]).count("A private word") == 2
