"""Many at once: a group hour that many asked for, and reminders for people nobody wrote to."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.golden.walk import (
    ASKING,
    NOW,
    SAME,
    SESSION,
    Walk,
    confirmed,
    offers,
    picked,
    set_up,
    wire_of,
)


async def meets_here(walk: Walk) -> None:
    """The community has a channel for office hours."""
    place = walk.arrival("Mia").place
    assert place is not None
    home = walk.store.read_now(lambda work: work.communities.of(place))
    assert home is not None
    walk.store.write_now(lambda work: work.communities.set_channel(home.id, "hours", place, "C1"))


async def group_hour(walk: Walk) -> None:
    await set_up(walk)
    await meets_here(walk)
    await offers(walk, "Ben")
    request = {**ASKING, "mentor": picked(walk, "Ben"), "topic": "oncology"}
    shown = await walk.core.command(walk.arrival("Ana"), "mentor request", request)
    await walk.core.press(walk.arrival("Ana"), wire_of(shown, "Send"))
    question = {"question": "How do I begin?", "topic": "oncology", "anonymous": "yes"}
    for who in ("Ana", "Mia"):
        await walk.core.command(walk.arrival(who), "ask", question)
    await walk.dispatcher.ring()
    walk.door.carried.clear()
    inbox = await walk.types("Ben looks at his requests", "Ben", "mentor inbox")
    form = await walk.presses("Ben opens a group hour", "Ben", inbox, "Open a group hour")
    topic = "Interventional oncology"
    filled_in = {"title": f"Group hour: {topic}", "topic": topic, "minutes": 45, "seats": 6}
    rest = {"starts": "2027-03-04 18:00", "where": "Room 7"}
    echo = await walk.sends("Ben says when and where", "Ben", form, **filled_in, **rest)
    await walk.presses("Ben confirms", "Ben", echo, "Confirm")
    await walk.waits(NOW + timedelta(minutes=1))
    await walk.waits(datetime(2027, 3, 2, 8, 0, tzinfo=NOW.tzinfo))


async def wave(walk: Walk) -> None:
    await set_up(walk)
    await meets_here(walk)
    await confirmed(walk, "hours host", **{**SESSION, "seats": 3})
    for who in ("Ana", "Mia"):
        await walk.core.command(walk.arrival(who), "hours join", SAME)
    walk.clock.set(datetime(2027, 3, 3, 18, 0, tzinfo=NOW.tzinfo))
    await walk.dispatcher.ring()
    walk.door.carried.clear()
    named = await walk.waits(datetime(2027, 3, 3, 18, 1, tzinfo=NOW.tzinfo))
    await walk.presses("Ana would like to be written to", "Ana", named, "Write to me directly")
    await walk.waits(datetime(2027, 3, 3, 18, 2, tzinfo=NOW.tzinfo))
