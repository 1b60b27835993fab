"""Moderators through the dispatcher: the record and undo, roles, texts, what is on."""

from __future__ import annotations

from bot.domain.people import Account
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.ui.form import Picked
from bot.ui.parts import Link
from tests.cogs.house import House, choose, press
from tests.golden.walk import SAME, SESSION
from tests.messages_read import said, wire


async def test_a_change_is_on_record_and_can_be_undone(house: House):
    proposal = await house.types("", "Mia", "setup hours", seats_a_week=1)
    assert "Now: 3 seats\nThen: 1 seat" in said(proposal)
    audit = await house.types("", "Mia", "setup audit")
    assert "Seats" not in said(audit), "nothing is saved before Confirm"
    await press(house, "Mia", proposal, "Confirm")
    audit = await house.types("", "Zoe", "setup audit")
    assert "Mia: Seats for one person" in said(audit)
    assert "3 seats → 1 seat" in said(audit)
    back = await press(house, "Zoe", audit, "Undo")
    assert "Now: 1 seat\nThen: 3 seats" in said(back)
    await press(house, "Zoe", back, "Confirm")
    audit = said(await house.types("", "Mia", "setup audit"))
    assert "1 seat → 3 seats" in audit
    assert "Taken back." in audit


async def test_what_was_changed_again_is_not_undone(house: House):
    for seats in (1, 2):
        proposal = await house.types("", "Mia", "setup hours", seats_a_week=seats)
        await press(house, "Mia", proposal, "Confirm")
    audit = await house.types("", "Zoe", "setup audit")
    assert isinstance(audit, Screen)
    older = wire(audit, "Undo", 1)
    refused = said(await house.core.press(house.arrival("Zoe"), older))
    assert "nothing was changed now" in refused
    assert "It is: 2 seats" in refused


async def test_of_two_moderators_the_second_sees_the_conflict_and_by_whom(house: House):
    first = await house.types("", "Mia", "setup hours", seats_a_week=1)
    second = await house.types("", "Zoe", "setup hours", seats_a_week=5)
    await press(house, "Mia", first, "Confirm")
    late = said(await press(house, "Zoe", second, "Confirm"))
    assert "Mia has changed this in the meantime" in late
    assert "It is: 1 seat" in late
    assert "You wanted: 5 seats" in late


async def test_nobody_confirms_what_another_proposed(house: House):
    proposal = await house.types("", "Mia", "setup hours", seats_a_week=1)
    assert "has expired" in said(await press(house, "Zoe", proposal, "Confirm"))
    assert "for moderators" in said(await press(house, "Ana", proposal, "Confirm"))


async def test_named_hosts_are_the_only_ones(house: House):
    panel = await house.types("", "Mia", "setup roles")
    form = await choose(house, "Mia", panel, "Name somebody", "host")
    assert isinstance(form, FormScreen)
    ben = Picked(Account("discord", "", "2"), "Ben")
    proposal = await house.filled("Mia", form, {"people": (ben,)})
    assert "Once somebody is named, nobody else can host." in said(proposal)
    await press(house, "Mia", proposal, "Confirm")
    assert "Is this right?" in said(await house.types("", "Ben", "hours host", **SESSION))
    assert "This is for hosts" in said(await house.types("", "Ana", "hours host", **SESSION))
    panel = await house.types("", "Mia", "setup roles")
    clear = await press(house, "Mia", panel, "Name nobody: Who may host")
    await press(house, "Mia", clear, "Confirm")
    assert "Is this right?" in said(await house.types("", "Ana", "hours host", **SESSION))


async def test_a_named_moderator_moderates_and_a_guest_never_does(house: House):
    panel = await house.types("", "Mia", "setup roles")
    form = await choose(house, "Mia", panel, "Name somebody", "moderator")
    people = tuple(
        Picked(Account("discord", "", id), name) for name, id in (("Ana", "3"), ("Gus", "4"))
    )
    await press(house, "Mia", await house.filled("Mia", form, {"people": people}), "Confirm")
    assert "Who may what" in said(await house.types("", "Ana", "setup roles"))
    assert "Guests" in said(await house.types("", "Gus", "setup roles"))
    assert "for moderators" in said(await house.types("", "Ben", "setup roles"))


async def test_a_text_of_ones_own_and_back(house: House):
    panel = await house.types("", "Mia", "setup texts")
    text = await choose(house, "Mia", panel, "Look at", "welcome")
    form = await press(house, "Mia", text, "Change")
    own = "Be kind.\n@everyone <b>"
    await press(house, "Mia", await house.filled("Mia", form, {"text": own}), "Confirm")
    assert own in said(await house.types("", "Ana", "help"))
    text = await choose(house, "Mia", panel, "Look at", "welcome")
    back = await press(house, "Mia", text, "Back to the default")
    await press(house, "Mia", back, "Confirm")
    assert "Be kind" not in said(await house.types("", "Ana", "help"))
    form = await press(house, "Mia", text, "Change")
    assert "1 to 600" in said(await house.filled("Mia", form, {"text": "x" * 700}))


async def test_the_checker_page_is_linked_where_a_moderator_named_it(house: House):
    def linked(shown: Shown) -> list[str]:
        assert isinstance(shown, Screen)
        return [one.url for one in shown.parts if isinstance(one, Link)]

    page = "https://check.example.org/checker/"
    panel = await house.types("", "Mia", "setup texts")
    for bad in (
        "http://check.example.org/", "check.example.org", "https://", "https://a:b@check.example/",
        "javascript:alert(1)", "https://check.example/ https://other.example/", "https://[::1",
    ):  # fmt: skip
        text = await choose(house, "Mia", panel, "Look at", "checker_page")
        form = await press(house, "Mia", text, "Change")
        assert "begins with https://" in said(await house.filled("Mia", form, {"text": bad})), bad
    for command in ("help", "case post"):
        assert linked(await house.types("", "Ana", command)) == []
    form = await press(house, "Mia", text, "Change")
    proposed = await house.filled("Mia", form, {"text": page})
    assert "No page is linked." in said(proposed)
    await press(house, "Mia", proposed, "Confirm")
    for command in ("help", "case post"):
        assert linked(await house.types("", "Ana", command)) == [page]
    audit = await house.types("", "Mia", "setup audit")
    assert f"No page is linked. → {page}" in said(audit)
    back = await press(house, "Mia", audit, "Undo")
    await press(house, "Mia", back, "Confirm")
    assert linked(await house.types("", "Ana", "help")) == []


async def test_what_is_switched_off_begins_nothing_and_ends_nothing(house: House):
    opened = await house.types("", "Ben", "hours host", **SESSION)
    await press(house, "Ben", opened, "Confirm")
    await house.types("", "Ana", "hours join", **SAME)
    start = await house.types("", "Mia", "setup start")
    panel = await press(house, "Mia", start, "What is on")
    proposal = await press(house, "Mia", panel, "Switch off: Office hours")
    assert "Nothing new begins" in said(proposal)
    await press(house, "Mia", proposal, "Confirm")
    assert "switched off" in said(await house.types("", "Zoe", "hours join", **SAME))
    assert "hours join" not in said(await house.types("", "Ana", "help"))
    assert "free for somebody else" in said(await house.types("", "Ana", "hours leave", **SAME))
