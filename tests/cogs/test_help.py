"""Help tells each person what they themselves may do here, and nothing else."""

from __future__ import annotations

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen
from bot.ui.language import catalogue, plainly
from bot.ui.parts import Button, Text
from storage import memory_store
from tests.services.village import LONDON
from tests.storage.sample import NOON

HALL = Place("discord", "100")


async def told(standing: Standing, topic: str = "") -> str:
    store, clock = memory_store(), HandMovedClock(NOON)
    core = Core(registry_of(store, clock, Scanning()), store, clock, Doors(), set_up=True)
    account = Account("discord", "", "1")
    shown = await core.command(
        Arrival(account, "Gus", HALL, "general", standing), "help", {"topic": topic}
    )
    await store.close()
    assert isinstance(shown, Screen)
    english = catalogue("en")
    said = [
        plainly(part.body, english, LONDON)
        if isinstance(part, Text)
        else f"[{plainly(part.label, english, LONDON)}]"
        for part in shown.parts
        if isinstance(part, Text | Button)
    ]
    return "\n".join(said)


async def test_a_guest_is_told_of_what_guests_may_do_alone():
    said = await told(Standing.GUEST)
    commands = [line.partition(" – ")[0] for line in said.splitlines() if " – " in line]
    assert commands == ["/hours list", "/help"]
    assert "my zone" not in said  # nor told of a command they may not use
    assert "own zone" in said


async def test_members_and_moderators_are_told_of_theirs_by_topic():
    member, moderator = await told(Standing.NONE), await told(Standing.MANAGER)
    assert "/ask" in member
    assert "/report" in member
    assert "/hours join" not in member
    assert "[Office hours with mentors]" in member
    assert "/hours join" in await told(Standing.NONE, "hours")
    assert "/hours join" in await told(Standing.NONE, "/hours join")
    assert "/my zone" in await told(Standing.NONE, "my")
    assert "/mentor find" in await told(Standing.NONE, "mentors")
    assert "[For moderators of this community]" not in member
    assert "no topic of that name" in await told(Standing.NONE, "setup")
    assert "[For moderators of this community]" in moderator
    assert "/setup start" in await told(Standing.MANAGER, "setup")


async def test_the_first_page_is_short_and_every_topic_leads_back():
    first = await told(Standing.MANAGER)
    assert len(first.splitlines()) <= 20
    assert len(first) < 900
    for topic in ("hours", "mentor", "checkin", "case", "my", "setup", "order", "times"):
        assert "[All topics]" in await told(Standing.MANAGER, topic)


async def test_the_rule_of_order_can_be_read():
    member, guest = await told(Standing.NONE, "order"), await told(Standing.GUEST, "order")
    for rule in (
        "carries the least of what they offered stands first",
        "for more than 5 people a week",
        "people rise who have no IR programme at home, who have looked longest",
    ):
        assert rule in member
        assert rule not in guest
