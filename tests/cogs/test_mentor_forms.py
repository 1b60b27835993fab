"""The form of a request lists what its mentor offers; a group hour is proposed and filled in."""

from __future__ import annotations

from bot.domain.requests import Introduction
from bot.domain.taxonomy import Format
from bot.runtime.forms import RUNTIME_ACTIONS, Page, Reopen
from bot.runtime.screen import FormScreen
from bot.services.mentors import requesting
from bot.ui.form import Picked, Raw
from bot.ui.wire import from_wire, to_wire
from cogs.mentors.request_actions import OpenRequest
from tests.cogs.hall import OFFER, Village, buttons, labels, spoken, words


def formats(shown: object) -> tuple[str, ...]:
    assert isinstance(shown, FormScreen)
    [field] = [one for one in shown.form.fields if one.id == "format"]
    return tuple(option.value for option in field.options)


async def test_only_what_this_mentor_offers_is_listed():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    ana = hall.arrivals["Ana"]
    form = await hall.core.press(ana, to_wire(OpenRequest(hall.members["Mara"]), hall.home))
    assert formats(form) == ("talk", "ongoing")
    assert isinstance(form, FormScreen)
    page = from_wire(form.form.key, RUNTIME_ACTIONS).action
    assert isinstance(page, Page)
    again = await hall.core.press(ana, to_wire(Reopen(page.draft, 1), hall.home))
    assert formats(again) == ("talk", "ongoing")
    await hall.store.close()


def mara_picked(hall: Village) -> tuple[Picked, ...]:
    return (Picked(hall.arrivals["Mara"].account, "Mara"),)


async def test_a_typed_request_lists_what_the_picked_mentor_offers():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    ana, picked = hall.arrivals["Ana"], mara_picked(hall)
    nobody_yet = await hall.core.command(ana, "mentor request", {})
    assert len(formats(nobody_yet)) == 6
    known = await hall.core.command(ana, "mentor request", {"mentor": picked})
    assert formats(known) == ("talk", "ongoing")
    assert isinstance(known, FormScreen)
    assert known.form.intro is not None
    assert "closes by itself on Sun, 15 Mar 2026" in spoken(known.form.intro)
    await hall.store.close()


async def test_a_form_that_could_not_know_the_mentor_is_corrected_by_what_they_offer():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    ana = hall.arrivals["Ana"]
    form = await hall.core.command(ana, "mentor request", {})
    assert isinstance(form, FormScreen)
    text = {"who": "I train in a small town.", "why": "You help with research.",
            "ask": "May we talk for 20 minutes?"}  # fmt: skip
    filled: dict[str, Raw] = {**text, "mentor": mara_picked(hall), "format": "visit"}
    said = await hall.core.submit(ana, form.form.key, filled)
    if said_next := buttons(said, "Continue"):
        again = await hall.core.press(ana, to_wire(said_next[0].does, hall.home))
        assert isinstance(again, FormScreen)
        said = await hall.core.submit(ana, again.form.key, {})
    assert "They do: One talk of 15-20 min and Ongoing." in words(said)
    [correct] = buttons(said, "Correct it")
    mended = await hall.core.press(ana, to_wire(correct.does, hall.home))
    assert formats(mended) == ("talk", "ongoing")
    assert isinstance(mended, FormScreen)
    stands = {one.id: one.value for one in mended.form.fields}
    assert stands["who"] == text["who"]
    assert stands["format"] is None, "what they do not offer is not chosen any more"
    assert mended.form.intro is not None
    assert "Without an answer it closes by itself" in spoken(mended.form.intro)
    await hall.store.close()


async def test_a_typed_request_to_somebody_who_is_not_listed_needs_no_form_first():
    hall = await Village.opened("Mara", "Ana")
    given: dict[str, Raw] = {"mentor": mara_picked(hall), "who": "I train in a small town."}
    said = await hall.core.command(hall.arrivals["Ana"], "mentor request", given)
    assert "not in the list of mentors" in words(said)
    [correct] = buttons(said, "Correct it")
    form = await hall.core.press(hall.arrivals["Ana"], to_wire(correct.does, hall.home))
    assert isinstance(form, FormScreen)
    assert {one.id: one.value for one in form.form.fields}["who"] == given["who"]
    await hall.store.close()


async def test_a_group_hour_is_proposed_in_the_inbox_and_filled_in():
    hall = await Village.opened("Mara", "Ana", "Ben", "Cem")
    await hall.offers("Mara")
    for name in ("Ana", "Ben", "Cem"):
        text = Introduction("I train here.", "You know.", "May we talk?", Format.TALK, "", None,
                            "oncology")  # fmt: skip
        given = (hall.clock.now(), hall.home, hall.members[name], hall.members["Mara"], text)
        await hall.store.write(lambda work, given=given: requesting.send(work, *given))
    inbox = await hall.core.command(hall.arrivals["Mara"], "mentor inbox", {})
    assert "3 people ask about Interventional oncology at the moment. One group hour may help" in (
        words(inbox)
    )
    [button] = buttons(inbox, "group")
    form = await hall.core.press(hall.arrivals["Mara"], to_wire(button.does, hall.home))
    assert isinstance(form, FormScreen)
    stands = {one.id: one.value for one in form.form.fields}
    assert stands["title"] == "Group hour: Interventional oncology"
    assert stands["topic"] == "Interventional oncology"
    await hall.store.close()


async def test_whoever_is_in_the_list_is_not_offered_an_empty_form():
    hall = await Village.opened("Mara", "Ana")
    empty = await hall.types("Ana", "mentor offer")
    assert isinstance(empty, FormScreen)
    await hall.offers("Mara")
    stands = await hall.types("Mara", "mentor offer")
    assert "You are in the list already. This is how your listing stands." in words(stands)
    edited = await hall.press("Mara", stands, "Edit")
    assert isinstance(edited, FormScreen)
    assert {one.id: one.value for one in edited.form.fields}["topics"] == OFFER.topics
    await hall.store.close()


async def test_suggestions_can_be_the_first_thing_somebody_asks_for():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    first = await hall.types("Ana", "mentor suggest")
    assert "These may suit you" in words(first)
    assert "A few questions" in labels(first)
    assert "What I said about myself" not in labels(first)
    later = await hall.types("Ana", "mentor suggest")
    assert "What I said about myself" in labels(later)
    await hall.store.close()
