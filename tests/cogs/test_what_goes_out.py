"""Moderators decide what goes out: the hold, a test to themselves, one alert, a log refused."""

from __future__ import annotations

from datetime import timedelta

from bot.app import registry_of
from bot.clock import HandMovedClock
from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.hall import Doors
from bot.runtime.inspecting import Lack, Wanted
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen
from bot.ui.parts import Reply, Text
from bot.ui.words import _
from storage import memory_store
from tests.cogs.house import House, press
from tests.golden.walk import NOW, SAME, SESSION
from tests.messages_read import plain, said, wire


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
