"""Moderators act for somebody else, and join two places; what can be undone is, once."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from bot.domain.people import Account, Place, Standing
from bot.runtime.caller import Arrival
from bot.ui.form import Picked
from tests.cogs.house import House, press
from tests.golden.walk import NOW, OFFER, SESSION
from tests.messages_read import said, wire


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
    record = said(await house.types("", "Mia", "setup audit"))
    assert "Joined two places" in record
    assert "This cannot be undone: members, roles and lists of both places are one" in record
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
