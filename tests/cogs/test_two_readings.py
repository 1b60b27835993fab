"""A session on the night when clocks change: both readings are a tap away."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.moment import Moment, other_reading
from bot.domain.recurrence import Repeat
from bot.ui.action import fields_of
from bot.ui.reading import Reading, read_field
from bot.ui.wire import decode_value, encode_value
from cogs.office_hours.actions import HostSession, ListSessions, MoveSession
from tests.cogs.stage import Stage, labels, text
from tests.services.village import LONDON, NOW

STARTS = fields_of(HostSession)["starts"]
MISSING, DOUBLED = "2027-03-28 01:30", "2027-10-31 01:30"


def typed(text: str) -> Moment:
    """What is read, also after it has travelled through a form."""
    found = read_field(STARTS, text, Reading(NOW, LONDON, "en", {}))
    assert isinstance(found, Moment), found
    assert decode_value(STARTS, encode_value(STARTS, found)) == found
    return found


def hosted(text: str) -> HostSession:
    return HostSession("Tips for TIPS", "portal", typed(text), where="Room 1")


def at(*parts: int) -> datetime:
    return datetime(2027, *parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "taken", "other"),
    [
        (MISSING, at(3, 28, 1), at(3, 28, 1, 30)),
        (DOUBLED, at(10, 31, 0, 30), at(10, 31, 1, 30)),
        ("2027-03-28 01:00", at(3, 28, 1), None),
        ("2027-03-28 02:30", at(3, 28, 1, 30), None),
    ],
)
def test_one_reading_is_taken_and_the_other_is_known(
    text: str, taken: datetime, other: datetime | None
) -> None:
    found = typed(text)
    assert found.at == taken
    also = other_reading(found)
    assert (also.at if also else None) == other


async def test_an_hour_that_comes_twice(stage: Stage):
    asked = await stage.ask("Host", hosted(DOUBLED))
    assert "show 01:30 twice that night. This is the first time: Sun, 31 Oct" in text(asked)
    assert "31 Oct 2027, 01:30 BST" in text(asked)
    other = await stage.press("Host", asked, "The second time")
    assert "This is the second time: Sun, 31 Oct 2027, 01:30 GMT" in text(other)
    assert other.replaces
    back = await stage.press("Host", other, "The first time")
    assert "This is the first time" in text(back)
    # What was shown before waits no more.
    assert "done already" in text(await stage.press("Host", asked, "The second time"))
    second = await stage.press("Host", back, "The second time")
    assert "is open for sign-up" in text(await stage.press("Host", second, "Confirm"))
    assert "31 Oct 2027, 01:30 GMT" in await stage.read("Ana", ListSessions())


async def test_an_hour_that_is_missing(stage: Stage):
    asked = await stage.ask("Host", hosted(MISSING))
    said = text(asked)
    assert "jump over 01:30 that night. This is when they go on: Sun, 28 Mar" in said
    assert "Read as: Sun, 28 Mar 2027, 02:00 in Europe/London" in said
    other = await stage.press("Host", asked, "02:30 instead")
    assert "Read as: Sun, 28 Mar 2027, 02:30 in Europe/London" in text(other)
    assert "jump over" not in text(other)
    assert "is open" in text(await stage.press("Host", other, "Confirm"))
    sharp = await stage.ask("Host", hosted("2027-03-28 01:00"))
    assert "jump over 01:00 that night." in text(sharp)
    assert not any("instead" in one for one in labels(sharp))


async def test_a_series_keeps_to_the_wall_that_was_typed(stage: Stage):
    asked = await stage.ask("Host", replace(hosted(MISSING), repeat=Repeat.WEEKLY))
    assert "instead" not in " ".join(labels(asked))
    assert "It stays at 01:30 in Europe/London when clocks change." in text(asked)
    opened = text(await stage.press("Host", asked, "Confirm"))
    assert "28 Mar 2027, 02:00 BST" in opened
    assert "4 Apr 2027, 01:30 BST" in opened


async def test_moving_there(stage: Stage):
    session = stage.village.host()
    asked = await stage.ask("Host", MoveSession(session.code, typed(DOUBLED)))
    other = await stage.press("Host", asked, "The second time")
    assert "to Sun, 31 Oct 2027, 01:30 GMT?" in text(other)
    moved = await stage.press("Host", other, "Confirm")
    assert "is at Sun, 31 Oct 2027, 01:30 GMT now." in text(moved)
