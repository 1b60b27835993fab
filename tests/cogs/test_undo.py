"""`Undo` in the record, below what moderators did for somebody else, the hold, and opening."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import Account
from bot.runtime.screen import Screen, Shown
from bot.services.ports import Work
from bot.ui.form import Picked
from tests.cogs.house import House, press
from tests.golden.walk import NOW, OFFER, SESSION
from tests.messages_read import said, wire

ANA = (Picked(Account("discord", "", "3"), "Ana"),)
SOON = timedelta(minutes=1)


async def hosted(house: House, title: str, seats: int = 3) -> None:
    plan = {**SESSION, "title": title, "seats": seats}
    await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")


async def acts(house: House, act: str, **more: str) -> str:
    await house.types("", "Ana", "help")
    given = {"member": ANA, "act": act, "why": "She asked me to", **more}
    return said(await house.types("", "Mia", "setup members", **given))


async def asks_back(house: House, who: str, which: int = 0) -> Shown:
    """The question below the newest act of the record, or an older one."""
    audit = await house.types("", who, "setup audit")
    assert isinstance(audit, Screen)
    return await house.core.press(house.arrival(who), wire(audit, "Undo", which))


async def takes_back(house: House, who: str, which: int = 0) -> str:
    return said(await press(house, who, await asks_back(house, who, which), "Confirm"))


async def seats_of(house: House, who: str) -> str:
    return said(await house.types("", who, "hours mine"))


async def told(house: House) -> str:
    sent = await house.carried(house.clock.now() + SOON)
    return "\n".join(said(screen) for who, screen in sent if who == "Ana")


async def test_a_seat_that_was_given_is_taken_back_and_told(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    assert "signed you up for Hour A" in await told(house)
    question = await asks_back(house, "Zoe")
    assert "Undo takes this seat back" in said(question)
    assert "They are told" in said(question)
    assert "Hour A" in await seats_of(house, "Ana"), "nothing before Confirm"
    assert "It is taken back." in said(await press(house, "Zoe", question, "Confirm"))
    assert "Hour A" not in await seats_of(house, "Ana")
    heard = await told(house)
    assert "took back your seat in Hour A" in heard
    assert "This takes back what a moderator did before." in heard
    audit = said(await house.types("", "Mia", "setup audit"))
    assert "nothing → Hour A (" in audit
    assert "Zoe: Took a seat back" in audit
    assert "Taken back." in audit


async def test_two_moderators_press_undo_at_once(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    mias, zoes = await asks_back(house, "Mia"), await asks_back(house, "Zoe")
    assert "It is taken back." in said(await press(house, "Mia", mias, "Confirm"))
    for who, shown in (("Zoe", zoes), ("Mia", mias)):
        assert "taken back already" in said(await press(house, who, shown, "Confirm"))
    changes = house.store.read_now(lambda work: work.audit.latest(work.communities.open()[0], 9))
    assert [one.setting.kind for one in changes if one.about] == ["seat.remove", "seat.add"]


async def test_whoever_had_not_heard_of_it_hears_nothing(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    await takes_back(house, "Mia")
    assert "seat" not in await told(house)


async def test_cancel_leaves_it(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    question = await asks_back(house, "Mia")
    assert "Nothing was changed." in said(await press(house, "Mia", question, "Cancel"))
    assert "Hour A" in await seats_of(house, "Ana")


async def test_a_seat_moved_and_one_taken_back_come_again_if_there_is_room(house: House):
    await hosted(house, "Hour A", 1)
    await hosted(house, "Hour B")
    await house.types("", "Ana", "hours join", session="Hour A")
    await acts(house, "seat.move", session="Hour A", to="Hour B")
    assert "taken back" in await takes_back(house, "Zoe")
    assert "Hour A" in await seats_of(house, "Ana")
    assert "Hour B" not in await seats_of(house, "Ana")
    await acts(house, "seat.remove", session="Hour A")
    await house.types("", "Gus", "help")
    await house.types("", "Zoe", "hours join", session="Hour A")
    assert "full" in await takes_back(house, "Mia")
    assert "Hour A" not in await seats_of(house, "Ana")
    await house.types("", "Zoe", "hours leave", session="Hour A")
    assert "It is taken back." in await takes_back(house, "Mia"), "what failed can be tried again"
    assert "Hour A" in await seats_of(house, "Ana")


async def test_a_place_in_line_that_was_taken_back_is_given_again(house: House):
    await hosted(house, "Hour A", 1)
    for who in ("Zoe", "Ana"):
        await house.types("", who, "hours join", session="Hour A")
    await acts(house, "seat.remove", session="Hour A")
    assert "took back your place in line for Hour A" in await told(house)
    await takes_back(house, "Mia")
    assert "gave you a place in line for Hour A" in await told(house)
    assert "Hour A" in await seats_of(house, "Ana")


async def test_what_a_person_took_again_of_their_own_will_is_theirs(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    house.clock.move(SOON)
    await house.types("", "Ana", "hours leave", session="Hour A")
    await house.types("", "Ana", "hours join", session="Hour A")
    assert "does not stand as it did" in await takes_back(house, "Mia")
    assert "Hour A" in await seats_of(house, "Ana")


async def listed(house: House) -> None:
    form = await house.types("", "Ana", "mentor offer")
    await press(house, "Ana", await house.filled("Ana", form, OFFER), "Publish")


async def test_a_listing_rests_no_more_unless_its_mentor_said_otherwise_since(house: House):
    await listed(house)
    await acts(house, "listing.pause")
    await told(house)
    assert "taken back" in await takes_back(house, "Zoe")
    assert "rests no more" in await told(house)
    assert "Ana" in said(await house.types("", "Ben", "mentor find"))
    await acts(house, "listing.pause")
    await house.types("", "Ana", "mentor pause", until="in 6 weeks")
    assert "does not stand as it did" in await takes_back(house, "Zoe")
    assert "Ana" not in said(await house.types("", "Ben", "mentor find"))


async def test_a_listing_taken_down_is_put_up_again_and_its_mentor_told(house: House):
    await listed(house)
    before = consents(house)
    await acts(house, "listing.remove")
    assert "Ana" not in said(await house.types("", "Ben", "mentor find"))
    house.clock.move(SOON)
    assert "puts the listing up again" in said(await asks_back(house, "Zoe"))
    assert "It is taken back." in await takes_back(house, "Zoe")
    heard = await told(house)
    assert "put your listing as a mentor up again" in heard
    assert "/mentor withdraw" in heard
    assert "Ana" in said(await house.types("", "Ben", "mentor find"))
    assert consents(house) == before
    assert "To take it down again is a new act" in said(await house.types("", "Mia", "setup audit"))


async def test_a_listing_that_rested_rests_again_when_it_is_put_up(house: House):
    await listed(house)
    await house.types("", "Ana", "mentor pause", until="in 6 weeks")
    before = consents(house)
    await acts(house, "listing.remove")
    assert "It is taken back." in await takes_back(house, "Zoe")
    assert "Ana" not in said(await house.types("", "Ben", "mentor find"))
    assert consents(house) == before


async def test_a_listing_is_not_put_up_against_what_its_mentor_did_since(house: House):
    """Published anew and withdrawn by herself: it stays down."""
    await listed(house)
    await acts(house, "listing.remove")
    house.clock.move(SOON)
    await listed(house)
    assert "have a listing already" in await takes_back(house, "Zoe")
    house.clock.move(SOON)
    await press(house, "Ana", await house.types("", "Ana", "mentor withdraw"), "Withdraw")
    before = consents(house)
    assert "does not stand as it did" in await takes_back(house, "Zoe")
    assert "Ana" not in said(await house.types("", "Ben", "mentor find"))
    assert consents(house) == before


def consents(house: House) -> object:
    """What stands of Ana's listing."""

    def look(work: Work) -> object:
        ana = work.people.find(Account("discord", "", "3"))
        assert ana is not None
        listing = work.listings.of(work.communities.open()[0], ana.member)
        assert listing is not None
        return listing.state, listing.paused_until, listing.offer, dict(listing.consents)

    return house.store.read_now(look)


async def test_an_invitation_is_taken_back_only_unread(house: House):
    await acts(house, "listing.invite")
    assert "taken back" in await takes_back(house, "Zoe")
    assert await told(house) == ""
    await acts(house, "listing.invite")
    assert "others could learn from you" in await told(house)
    assert "sent already" in await takes_back(house, "Zoe")


async def test_a_verification_and_its_end_are_taken_back_from_the_record(house: House):
    await listed(house)
    given = {"member": ANA, "how": "met at work"}
    await house.types("", "Mia", "setup verify", **given)
    assert "taken back" in await takes_back(house, "Zoe")
    shown = said(await house.types("", "Mia", "setup verify", member=ANA))
    assert "Nobody has vouched" in shown
    assert "taken back" in await takes_back(house, "Mia")
    shown = said(await house.types("", "Zoe", "setup verify", member=ANA))
    assert "verified by Mia" in shown
    assert "met at work" in shown


async def test_a_hold_and_its_end_are_undone(house: House):
    await hosted(house, "Hour A")
    await house.types("", "Ana", "hours join", session="Hour A")
    panel = await house.types("", "Mia", "setup hold")
    await house.filled("Mia", await press(house, "Mia", panel, "Hold every direct message"), {})
    question = await asks_back(house, "Zoe")
    assert "lets messages go on" in said(question)
    assert "told" not in said(question), "it concerns nobody by name"
    await press(house, "Zoe", question, "Confirm")
    assert "as usual" in said(await house.types("", "Mia", "setup hold"))
    assert "taken back already" in said(await press(house, "Mia", question, "Confirm"))
    await takes_back(house, "Mia")
    assert "on hold" in said(await house.types("", "Mia", "setup hold"))


async def test_opening_is_undone_until_somebody_began_something(house: House):
    audit = await house.types("", "Mia", "setup audit")
    proposal = await press(house, "Mia", audit, "Undo")
    assert "Now: yes\nThen: no" in said(proposal)
    await press(house, "Mia", proposal, "Confirm")
    assert "not set up" in said(await house.types("", "Ana", "hours list"))
    start = await house.types("", "Zoe", "setup start")
    assert "Nothing is active yet" in said(start)
    await press(house, "Zoe", start, "Use the defaults")
    audit = await house.types("", "Mia", "setup audit")
    proposal = await press(house, "Mia", audit, "Undo")
    await hosted(house, "Hour A")
    assert "Members have begun something here" in said(await press(house, "Zoe", audit, "Undo"))
    assert "nothing was changed now" in said(await press(house, "Mia", proposal, "Confirm"))
    assert "Hour A" in said(await house.types("", "Ana", "hours list"))


async def test_an_old_undo_of_a_setting_says_that_it_was_done(house: House):
    proposal = await house.types("", "Mia", "setup hours", seats_a_week=1)
    await press(house, "Mia", proposal, "Confirm")
    old = await house.types("", "Zoe", "setup audit")
    mias = await press(house, "Mia", old, "Undo")
    zoes = await press(house, "Zoe", old, "Undo")
    await press(house, "Mia", mias, "Confirm")
    assert "Mia has changed this in the meantime" in said(
        await press(house, "Zoe", zoes, "Confirm")
    )
    assert "taken back already" in said(await press(house, "Zoe", old, "Undo"))


async def test_members_and_old_buttons_undo_nothing(house: House):
    await hosted(house, "Hour A")
    await acts(house, "seat.add", session="Hour A")
    question = await asks_back(house, "Mia")
    assert "for moderators" in said(await press(house, "Ben", question, "Confirm"))
    assert "Hour A" in await seats_of(house, "Ana")
    house.clock.set(NOW + timedelta(days=300))
    # The session is over by then: what was, stays.
    assert "Nothing was changed." in said(await press(house, "Mia", question, "Confirm"))
