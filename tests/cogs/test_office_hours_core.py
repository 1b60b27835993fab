"""Office hours through the dispatcher: typed words, forms, wires, a restart in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from bot.domain.people import Account, Role, RoleGrant, Standing
from bot.runtime.caller import Arrival
from bot.runtime.core import Core
from bot.runtime.doors import Presence
from bot.runtime.registry import Registry
from bot.runtime.screen import FormScreen, Screen, Shown
from bot.services.ports import Work
from bot.ui.parts import Button, Can, Reply
from cogs.office_hours import OfficeHours
from cogs.setup import Setup
from storage import memory_store
from tests.cogs.stage import fits, plain, text
from tests.services.village import HALL, NOW, Village

FORM = {
    "title": "Tips for TIPS",
    "topic": "Portal hypertension and TIPS",
    "starts": "Thu 11 Mar 2027 6pm",
    "where": "https://example.org/room",
}


@dataclass
class Nobody:
    """A directory that knows nobody."""

    asked: list[Account] = field(default_factory=list[Account])

    async def look_up(self, place: object, account: Account) -> Presence | None:
        self.asked.append(account)
        return None


@pytest.fixture
def village() -> Iterator[Village]:
    store = memory_store()
    village = Village(store)

    def ready(work: Work) -> None:
        work.communities.mark_set_up(village.community, "Europe/London", NOW)

    village.do(ready)
    yield village
    store.close_now()


def core_of(village: Village) -> Core:
    feature = OfficeHours(village.store, village.clock).feature()
    return Core(
        Registry([feature, Setup(village.store, village.clock).feature()]),
        village.store,
        village.clock,
        Nobody(),
    )


def who(number: int, **more: object) -> Arrival:
    """Host is 0, Ana 1, Ben 2."""
    account = Account("discord", "", str(100 + number))
    base = Arrival(account, f"P{number}", HALL, "general", Standing.NONE, zone="Europe/London")
    return replace(base, **more)


def read(shown: Shown) -> str:
    assert isinstance(shown, Screen), shown
    return text(fits(Reply(shown.parts)))


def wire(shown: Shown, label: str) -> str:
    assert isinstance(shown, Screen), shown
    found = [
        part for part in shown.parts if isinstance(part, Button) and plain(part.label) == label
    ]
    assert found, (label, read(shown))
    return shown.voice.wire(found[0])


async def test_from_a_typed_command_to_a_seat(village: Village):
    core = core_of(village)
    asked = await core.command(who(0), "hours host", {**FORM, "repeat": "every two weeks"})
    assert "When: Thu, 11 Mar 2027, 18:00 GMT, 45 min" in read(asked)
    assert "Repeats: every two weeks, without an end" in read(asked)
    # Whoever confirms after a restart finds everything as it was.
    core = core_of(village)
    opened = await core.press(who(0), wire(asked, "Confirm"))
    assert "is open for sign-up" in read(opened)
    listed = await core.command(who(1), "hours list", {"from": "2027-03-20"})
    assert "Thu, 25 Mar 2027, 18:00 GMT" in read(listed)
    assert "Thu, 11 Mar 2027" not in read(listed)
    joined = await core.press(who(1), wire(listed, "Join"))
    assert "You have a seat in Tips for TIPS." in read(joined)
    left = await core.press(who(1), wire(joined, "Leave"))
    assert "Join again" in read(left)


async def test_a_form_on_three_pages(village: Village):
    core = core_of(village)
    shown = await core.command(who(0), "hours host", {"title": "Tips for TIPS"})
    assert isinstance(shown, FormScreen)
    assert [one.id for one in shown.form.fields] == [
        "title",
        "topic",
        "starts",
        "minutes",
        "seats",
    ]
    answers = {**FORM, "starts": "2027-02-01 18:00"}
    refused = await core.submit(who(0), shown.form.key, answers)
    assert "Starts:" in read(refused)
    again = await core.press(who(0), wire(refused, "Correct it"))
    assert isinstance(again, FormScreen)
    between = await core.submit(who(0), again.form.key, FORM)
    second = await core.press(who(0), wire(between, "Continue"))
    assert isinstance(second, FormScreen)
    assert [one.id for one in second.form.fields] == [
        "mode",
        "repeat",
        "until",
        "where",
        "agenda",
    ]
    between = await core.submit(
        who(0), second.form.key, {"until": "2027-05-01", "where": FORM["where"]}
    )
    third = await core.press(who(0), wire(between, "Continue"))
    assert isinstance(third, FormScreen)
    echo = await core.submit(who(0), third.form.key, {"closes": 2})
    assert "A last day needs a repetition." in read(echo)
    mended = await core.press(who(0), wire(echo, "Correct it"))
    assert isinstance(mended, FormScreen)


async def test_the_echo_can_be_corrected(village: Village):
    core = core_of(village)
    long = who(0, can=frozenset({Can.LONG_FORM}))
    asked = await core.command(long, "hours host", FORM)
    again = await core.press(long, wire(asked, "Correct it"))
    assert isinstance(again, FormScreen)
    values = {one.id: one.value for one in again.form.fields}
    assert values["title"] == "Tips for TIPS"
    assert values["starts"] == FORM["starts"]
    first, starts = asked, ("2027-03-12 19:00", "2027-03-13 19:00")
    asked = await core.submit(long, again.form.key, {**FORM, "starts": starts[0]})
    assert "Fri, 12 Mar 2027, 19:00 GMT" in read(asked)
    # What it corrects is not waiting any more: one session comes of it, however often it is mended.
    assert "has expired" in read(await core.press(long, wire(first, "Confirm")))
    again = await core.press(long, wire(asked, "Correct it"))
    assert isinstance(again, FormScreen)
    second, asked = asked, await core.submit(long, again.form.key, {**FORM, "starts": starts[1]})
    assert "has expired" in read(await core.press(long, wire(second, "Confirm")))
    await core.press(long, wire(asked, "Confirm"))
    listed = read(await core.command(who(1), "hours list", {}))
    assert "Sat, 13 Mar 2027" in listed
    assert listed.count("Tips for TIPS") == 1


async def test_roles_are_asked_for_at_every_use(village: Village):
    core = core_of(village)
    asked = await core.command(who(0), "hours host", FORM)

    def named(work: Work) -> None:
        grants = (RoleGrant(Role.HOST, "discord", "9", "105", is_person=True),)
        work.communities.grant(village.community, grants, Role.HOST)

    village.do(named)
    assert "Sessions are opened by hosts." in read(await core.press(who(0), wire(asked, "Confirm")))
    assert "This is for hosts." in read(await core.command(who(0), "hours host", FORM))
    guest = who(1, standing=Standing.GUEST)
    assert "No office hours are planned yet." in read(await core.command(guest, "hours list", {}))
    for name in ("hours mine", "hours host"):
        assert "Guests can look" in read(await core.command(guest, name, {})), name


async def test_suggestions_and_the_panel(village: Village):
    core = core_of(village)
    asked = await core.command(who(0), "hours host", FORM)
    await core.press(who(0), wire(asked, "Confirm"))
    [option] = await core.complete(who(1), "session", "tips")
    joined = await core.command(who(1), "hours join", {"session": option.value, "about": "coils"})
    assert "You want to talk about: coils" in read(joined)
    assert "You have a seat." in read(await core.home(who(1)))


async def test_moving_through_buttons(village: Village):
    core = core_of(village)
    asked = await core.command(who(0), "hours host", FORM)
    opened = await core.press(who(0), wire(asked, "Confirm"))
    move = wire(opened, "Move")
    assert core.foresee_press(move).opens
    shown = await core.press(who(0), move)
    assert isinstance(shown, FormScreen)
    same = await core.submit(who(0), shown.form.key, {"starts": "2027-03-11 18:00"})
    assert "Nothing was changed." in read(same)
    assert "Correct it" in read(same)
    asked = await core.submit(who(0), shown.form.key, {"starts": "2027-03-18 18:00"})
    assert "Move Tips for TIPS from" in read(asked)
    done = await core.press(who(0), wire(asked, "Confirm"))
    assert "is at Thu, 18 Mar 2027, 18:00 GMT now." in read(done)
