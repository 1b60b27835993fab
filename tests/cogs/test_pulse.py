"""Moderators read the pulse: counts by week, small ones hidden, nobody named; weekly unasked."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import Place
from bot.runtime.screen import Screen
from bot.ui.parts import Button, Facts, Image, Reply
from tests.cogs.house import House, press
from tests.golden.walk import SESSION
from tests.messages_read import plain, said


async def test_the_pulse_counts_seats_and_hides_small_counts(house: House):
    for number, seats in enumerate((6, 6)):
        plan = {**SESSION, "title": f"Hour {number}", "seats": seats}
        await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")
    for who in ("Ana", "Zoe", "Mia"):
        await house.types("", who, "hours join", session="Hour 0")
    shown = await house.types("", "Mia", "setup pulse")
    assert isinstance(shown, Screen)
    [picture] = [one for one in shown.parts if isinstance(one, Image)]
    assert "1 Mar: 12 and under 5" in plain(picture.alt)
    assert picture.content.startswith(b"\x89PNG")
    assert "On waitlists now: 0" in said(shown)
    assert "1 Mar: 12 / under 5" in said(shown)
    for label in ("Answers", "Looking for mentors", "Left open"):
        drawn = await press(house, "Mia", shown, f"By week: {label}")
        assert f"{label} by week: nothing to count" in said(drawn)
        assert isinstance(drawn, Screen)
        assert not [one for one in drawn.parts if isinstance(one, Image)], "an empty picture"
    dark = await press(house, "Mia", shown, "Dark picture")
    assert isinstance(dark, Screen)
    [other] = [one for one in dark.parts if isinstance(one, Image)]
    assert other.content != picture.content
    for name in ("Ana", "Zoe", "Ben"):
        assert name not in said(shown)


async def test_seats_of_next_week_are_in_the_chart(house: House):
    """On the last day of a week, what can still be filled is all that lies ahead."""
    plan = {**SESSION, "starts": "2027-03-09 18:00", "seats": 6}
    await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")
    house.clock.move(timedelta(days=5))
    shown = await house.types("", "Mia", "setup pulse")
    assert isinstance(shown, Screen)
    [picture] = [one for one in shown.parts if isinstance(one, Image)]
    assert "1 Mar: 0 and 0 and 8 Mar: 6 and 0" in plain(picture.alt)
    assert "8 Mar: 6 / 0" in said(shown)


async def test_the_note_of_the_week_comes_once_on_monday(house: House):
    house.store.write_now(
        lambda work: work.communities.set_channel(
            work.communities.open()[0], "staff", Place("discord", "100"), "77"
        )
    )
    for number, seats in enumerate((6, 6)):
        plan = {**SESSION, "title": f"Hour {number}", "seats": seats}
        await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")
    await house.types("", "Ana", "hours join", session="Hour 0")
    house.clock.move(timedelta(days=7))
    tick = house.core.registry.ticks["pulse"]
    for _turn in range(3):
        await tick.run()
    lease = timedelta(minutes=1)
    rows = house.store.write_now(
        lambda work: work.deliveries.claim("t", house.clock.now(), lease, 99)
    )
    [row] = [row for row in rows if row.kind == "pl.week"]
    note = await house.core.registry.notices["pl.week"].compose(row, False)
    assert isinstance(note, Reply)
    facts = {
        plain(k): plain(v) for one in note.parts if isinstance(one, Facts) for k, v in one.rows
    }
    offered = facts.pop("Seats offered / Seats filled")
    assert offered == "12 / under 5, the week before 0 / 0"
    # Beside the weeks, everything that stands at present; weeks without anything are left out.
    assert not [one for one in facts if "/" in one]
    assert {"On waitlists now", "Mentors who are full", "Mentors who pause"} < facts.keys()
    [picture] = [one for one in note.parts if isinstance(one, Image)]
    assert "1 Mar: 12 and under 5" in plain(picture.alt)
    assert [plain(one.label) for one in note.parts if isinstance(one, Button)] == ["Week by week"]
    assert not [one for one in ("Ana", "Ben", "Hour 0") if one in repr(note)]
