"""Moderators through the dispatcher: the record and undo, roles, texts, what is on, the hold."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.ui.form import Picked
from bot.ui.parts import Button, Facts, Image, Link, Reply, Text
from bot.ui.words import _
from storage import memory_store
from tests.golden.walk import NOW, OFFER, SAME, SESSION, Platform, Walk, walk_on
from tests.messages_read import plain, said, wire

PLATFORM = Platform(
    "discord", "100", frozenset(), {"Mia": "1", "Ben": "2", "Ana": "3", "Gus": "4", "Zoe": "5"}
)


class House(Walk):
    """A walk in which more than one person manages the place."""

    managers = frozenset({"Mia", "Zoe"})

    def arrival(self, who: str) -> Arrival:
        found = super().arrival(who)
        standing = Standing.MANAGER if who in self.managers else found.standing
        return replace(found, standing=standing)

    async def carried(self, until: datetime) -> list[tuple[str, Screen]]:
        """What goes out by then, to whom."""
        self.door.carried.clear()
        self.clock.set(until)
        await self.dispatcher.ring()
        return list(self.door.carried)


@pytest.fixture
async def house() -> AsyncIterator[House]:
    async with walk_on(PLATFORM) as walk:
        made = House(**vars(walk))
        start = await made.types("", "Mia", "setup start")
        await made.presses("", "Mia", start, "Use the defaults")
        yield made


async def press(house: House, who: str, shown: Shown, label: str) -> Shown:
    return await house.core.press(house.arrival(who), wire(shown, label))


async def choose(house: House, who: str, shown: Shown, label: str, value: str) -> Shown:
    return await house.core.press(house.arrival(who), wire(shown, label), (value,))


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


async def test_a_hold_stops_the_next_message_and_resume_does_not_flood(house: House):
    opened = await house.types("", "Ben", "hours host", **{**SESSION, "seats": 3})
    await press(house, "Ben", opened, "Confirm")
    for who in ("Ana", "Zoe"):
        await house.types("", who, "hours join", **SAME)
    await house.carried(NOW + timedelta(minutes=1))
    panel = await house.types("", "Mia", "setup hold")
    form = await press(house, "Mia", panel, "Hold every direct message")
    await house.filled("Mia", form, {"why": "Something is wrong"})
    assert await house.carried(NOW + timedelta(days=2, hours=7)) == []
    waits = said(await house.types("", "Zoe", "setup hold"))
    assert "3 messages wait." in waits
    assert "Office hours: 3" in waits
    await house.types("", "Ana", "hours leave", **SAME)
    panel = await house.types("", "Zoe", "setup hold")
    assert "2 messages wait." in said(panel), "what was cancelled meanwhile waits no more"
    resumed = await press(house, "Zoe", panel, "Let them go on")
    assert "2 that waited" in said(resumed)
    now = NOW + timedelta(days=2, hours=7)
    assert len(await house.carried(now)) == 1, "one at a time"
    assert len(await house.carried(now + timedelta(seconds=4))) == 1
    audit = said(await house.types("", "Mia", "setup audit"))
    assert "Zoe: Let messages go on" in audit
    assert "Reason: Something is wrong" in audit


async def test_a_test_reaches_whoever_asks_and_nobody_else(house: House):
    """From every panel, with what holds there at present."""
    holds = {
        "channels": "nothing was chosen so far",
        "roles": "every full member",
        "policies": "Requests to a mentor",
        "texts": "Welcome",
        "seasons": "none",
        "guard": "nothing was chosen so far",
    }
    for minute, (name, what) in enumerate(holds.items(), 1):
        panel = await house.types("", "Mia", f"setup {name}")
        assert "on its way" in said(await press(house, "Mia", panel, "Send me a test"))
        carried = await house.carried(NOW + timedelta(minutes=minute))
        assert [who for who, _screen in carried] == ["Mia"]
        assert what in said(carried[0][1]), name


class Missing:
    """A platform that finds what it is told to find."""

    def __init__(self) -> None:
        self.lacks: tuple[Lack, ...] = ()

    async def inspect(self, place: Place, wanted: tuple[Wanted, ...]) -> tuple[Lack, ...]:
        private = {one.channel for one in wanted if one.private}
        return tuple(one for one in self.lacks if not one.readable or one.channel in private)


async def test_one_alert_when_something_goes_missing_and_a_log_that_members_read_is_refused():
    missing, store, clock = Missing(), memory_store(), HandMovedClock(NOW)
    registry = registry_of(store, clock, Scanning(), inspect=missing.inspect)
    core = Core(registry, store, clock, Doors())
    hall = Place("discord", "100")
    who = Arrival(Account("discord", "", "1"), "Mia", hall, "c", Standing.MANAGER)
    await core.press(who, wire(await core.command(who, "setup start", {}), "Use the defaults"))
    open_log = Lack("55", _("Members can read it."), _("Make it private."), readable=True)
    missing.lacks = (open_log,)
    panel = await core.command(who, "setup channels", {})
    form = await core.press(who, wire(panel, "Choose a channel"))
    assert isinstance(form, FormScreen)
    refused = said(await core.submit(who, form.form.key, {"use": "staff", "channel": "55"}))
    assert "as long as members can read it" in refused
    assert "Make it private." in refused
    missing.lacks = ()
    assert "no channel for moderators" in said(await core.command(who, "setup check", {})).lower()
    missing.lacks = (Lack("9", _("It lacks a permission."), _("Grant it there.")),)
    for _turn in range(3):
        await core.place_changed(hall)
        clock.set(clock.now() + timedelta(minutes=5))
    lease = timedelta(minutes=1)
    alerts = store.write_now(lambda work: work.deliveries.claim("t", clock.now(), lease, 9))
    assert [(row.kind, row.member) for row in alerts] == [("ck.alert_one", 1)]
    alert = await registry.notices["ck.alert"].compose(alerts[0], False)
    assert isinstance(alert, Reply)
    assert any("Grant it there." in plain(one.body) for one in alert.parts if isinstance(one, Text))
    shown = said(await core.command(who, "setup check", {}))
    assert "It lacks a permission." in shown
    await store.close()


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


async def test_a_seat_given_moved_and_taken_back_is_told_with_the_reason(house: House):
    for title in ("Hour A", "Hour B"):
        plan = {**SESSION, "title": title, "seats": 3}
        await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")
    await house.types("", "Ana", "help")
    ana = (Picked(Account("discord", "", "3"), "Ana"),)
    about = {"member": ana, "session": "Hour A", "why": "She asked me to"}
    done = await house.types("", "Mia", "setup members", act="seat.add", **about)
    assert "Ana is told" in said(done)
    assert "Hour A" in said(await house.types("", "Ana", "hours mine"))
    await house.types("", "Mia", "setup members", act="seat.move", to="Hour B", **about)
    assert "Hour B" in said(await house.types("", "Ana", "hours mine"))
    assert "Hour A" not in said(await house.types("", "Ana", "hours mine"))
    refused = await house.types("", "Mia", "setup members", act="seat.remove", **about)
    assert "Nothing was changed" in said(refused)
    told = [said(screen) for who, screen in await house.carried(NOW + timedelta(minutes=1))]
    assert any("A moderator moved you from" in one and "She asked me to" in one for one in told)
    audit = said(await house.types("", "Zoe", "setup audit"))
    assert "Mia: Moved a seat" in audit
    assert "About Ana" in audit
    assert "for moderators" in said(
        await house.types("", "Ben", "setup members", act="seat.add", **about)
    )


async def test_nobody_is_listed_but_by_themselves(house: House):
    await house.types("", "Ana", "help")
    about = {"member": (Picked(Account("discord", "", "3"), "Ana"),), "why": "She explains well"}
    assert "no listing" in said(
        await house.types("", "Mia", "setup members", act="listing.pause", **about)
    )
    done = await house.types("", "Mia", "setup members", act="listing.invite", **about)
    assert "Ana is told" in said(done)
    again = await house.types("", "Zoe", "setup members", act="listing.invite", **about)
    assert "once is enough" in said(again)
    [(_who, told)] = await house.carried(NOW + timedelta(minutes=1))
    assert "others could learn from you" in said(told)
    assert "nobody asks why" in said(told)
    assert "Ana" not in said(await house.types("", "Ben", "mentor find"))
    form = await house.types("", "Ana", "mentor offer")
    asked = await house.filled("Ana", form, OFFER)
    await press(house, "Ana", asked, "Publish")
    assert "already" in said(
        await house.types("", "Mia", "setup members", act="listing.invite", **about)
    )
    done = await house.types("", "Mia", "setup members", act="listing.pause", **about)
    assert "Ana is told" in said(done)
    told = [said(one) for _who, one in await house.carried(NOW + timedelta(minutes=3))]
    assert any("rest for four weeks" in one and "She explains well" in one for one in told)
    assert "Invited somebody to be a mentor" in said(await house.types("", "Zoe", "setup audit"))


async def test_two_places_become_one_by_a_code_that_works_once(house: House):
    made = await house.types("", "Mia", "setup join")
    [code] = re.findall(r"[a-z0-9]{10}$", said(made).splitlines()[1])
    slack = Arrival(
        *(Account("slack", "T9", "U1"), "Sue", Place("slack", "T9"), "C", Standing.MANAGER)
    )
    wrong = await house.core.command(slack, "setup join", {"code": "aaaaaaaaaa"})
    assert "older than ten minutes" in said(wrong)
    assert "itself" in said(await house.types("", "Mia", "setup join", code=code))
    proposal = await house.core.command(slack, "setup join", {"code": code})
    assert "cannot be taken back" in said(proposal)
    assert "belongs to" in said(await house.core.press(slack, wire(proposal, "Confirm")))
    assert "not set up" not in said(await house.core.command(slack, "hours list", {}))
    places = house.store.read_now(lambda work: work.communities.places(work.communities.open()[0]))
    assert len(places) == 2
    other = replace(slack, account=Account("slack", "T8", "U2"), place=Place("slack", "T8"))
    assert "was used" in said(await house.core.command(other, "setup join", {"code": code}))


async def test_a_place_with_a_life_of_its_own_is_not_joined(house: House):
    await press(house, "Ben", await house.types("", "Ben", "hours host", **SESSION), "Confirm")
    slack = Arrival(
        *(Account("slack", "T9", "U1"), "Sue", Place("slack", "T9"), "C", Standing.MANAGER)
    )
    made = await house.core.command(slack, "setup join", {})
    [code] = re.findall(r"[a-z0-9]{10}$", said(made).splitlines()[1])
    assert "was begun here" in said(await house.types("", "Mia", "setup join", code=code))
    house.clock.set(NOW + timedelta(minutes=11))
    assert "older than" in said(await house.types("", "Mia", "setup join", code=code))
