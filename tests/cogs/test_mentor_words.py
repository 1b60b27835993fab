"""What somebody wrote to a mentor is never lost, and goes only as they mean it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.requests import RequestId
from bot.domain.taxonomy import Format
from bot.runtime.screen import FormScreen
from bot.services.mentors import answering, requesting
from bot.services.mentors.requesting import Sent
from bot.services.ports import Work
from bot.ui.form import Raw
from cogs.mentors.request_actions import OpenAnswer, OpenQuestion, OpenRequest, ReleaseOthers
from tests.cogs.hall import OFFER, Village, labels, words
from tests.services.school import TEXT

WORDS: dict[str, Raw] = {
    "who": "I train in a small town.",
    "why": "You help with research.",
    "ask": "May we talk for 20 minutes?",
    "format": "talk",
}


def stands(form: object) -> dict[str, Raw | None]:
    assert isinstance(form, FormScreen), words(form)
    return {one.id: one.value for one in form.form.fields}


async def sent(hall: Village, who: str, mentor: str) -> int:
    text = replace(TEXT, form=Format.TALK)
    given = (hall.clock.now(), hall.home, hall.members[who], hall.members[mentor], text)
    found = await hall.store.write(lambda work: requesting.send(work, *given))
    assert isinstance(found, Sent)
    return found.request.id


async def asks(hall: Village, mentor: str) -> object:
    """The form was open when something changed."""
    return await hall.does("Ana", OpenRequest(hall.members[mentor]))


@pytest.mark.parametrize("full", ["week", "cooling"])
async def test_words_for_a_mentor_who_cannot_be_asked_go_to_another(full: str):
    hall = await Village.opened("Mara", "Noor", "Ana", "Ben")
    await hall.offers("Mara", replace(OFFER, intake=1))
    await hall.offers("Noor")
    form = await asks(hall, "Mara")
    if full == "week":
        await sent(hall, "Ben", "Mara")
    else:
        id = await sent(hall, "Ana", "Mara")
        decline = (hall.clock.now(), hall.members["Mara"], RequestId(id))
        await hall.store.write(lambda work: answering.decline(work, *decline))
    said = await hall.fills("Ana", form, WORDS)
    reason = "This week's requests are reached" if full == "week" else "is not long ago"
    assert reason in words(said)
    assert "What you wrote is kept for an hour." in words(said)
    again = await hall.press("Ana", said, "Ask Noor instead")
    assert stands(again)["who"] == WORDS["who"]
    preview = await hall.fills("Ana", again, WORDS)
    assert "This goes to Noor" in words(preview)
    assert "closes by itself on Sun, 15 Mar 2026" in words(preview)
    assert "A yes is for 6 weeks at first" in words(preview)
    mine = await hall.press("Ana", said, "What I wrote")
    assert stands(mine)["why"] == WORDS["why"]
    assert "mentor" in stands(mine), "somebody else can be chosen"
    await hall.store.close()


async def test_at_three_open_requests_one_is_taken_back_and_the_words_go_on():
    names = ("Mara", "Noor", "Omar", "Pia")
    hall = await Village.opened(*names, "Ana")
    for name in names:
        await hall.offers(name)
    form = await asks(hall, "Pia")
    for name in names[:3]:
        await sent(hall, "Ana", name)
    said = await hall.fills("Ana", form, WORDS)
    assert "3 requests may be open at a time" in words(said)
    back = await hall.press("Ana", said, "Take back the one to Noor")
    preview = await hall.press("Ana", back, "On with my request")
    assert "This goes to Pia" in words(preview)
    assert "is on its way" in words(await hall.press("Ana", preview, "Send"))
    await hall.store.close()


async def test_words_are_kept_when_the_place_goes_between_preview_and_send():
    hall = await Village.opened("Mara", "Noor", "Ana", "Ben")
    await hall.offers("Mara", replace(OFFER, intake=1))
    await hall.offers("Noor")
    preview = await hall.fills("Ana", await asks(hall, "Mara"), WORDS)
    await sent(hall, "Ben", "Mara")
    said = await hall.press("Ana", preview, "Send")
    assert "Ask Noor instead" in labels(said)
    assert stands(await hall.press("Ana", said, "What I wrote"))["ask"] == WORDS["ask"]
    await hall.store.close()


async def test_typed_words_are_not_lost_with_a_mentor_who_is_full():
    hall = await Village.opened("Mara", "Ana", "Ben")
    await hall.offers("Mara", replace(OFFER, intake=1))
    await sent(hall, "Ben", "Mara")
    typed = {"mentor": hall.picked("Mara"), "who": WORDS["who"]}
    said = await hall.types("Ana", "mentor request", typed)
    assert "This week's requests are reached" in words(said)
    assert stands(await hall.press("Ana", said, "Correct it"))["who"] == WORDS["who"]
    await hall.store.close()


async def test_an_address_in_a_question_is_pointed_out_before_it_goes():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    id = await sent(hall, "Ana", "Mara")

    def question(work: Work) -> str:
        found = work.requests.get(RequestId(id))
        return "" if found is None else found.question

    form = await hall.does("Mara", OpenQuestion(id))
    typed = "Which year? Write to mara@example.org"
    hint = await hall.fills("Mara", form, {"question": typed})
    assert "This has an address in it: mara@example.org. Nothing has gone yet." in words(hint)
    assert await hall.store.read(question) == ""
    again = await hall.press("Mara", hint, "Change it")
    assert stands(again) == {"question": typed}
    gone = await hall.fills("Mara", again, {"question": "Which year are you in?"})
    assert "Your question is on its way" in words(gone)
    form = await hall.does("Ana", OpenAnswer(id))
    hint = await hall.fills("Ana", form, {"answer": "The third; call +44 20 7946 0958."})
    gone = await hall.press("Ana", hint, "Send it as it is")
    assert "Your answer is on its way" in words(gone), "their own address is theirs to give"
    again = await hall.press("Ana", hint, "Send it as it is")
    assert "This was sent already" in words(again)
    await hall.store.close()


async def test_a_form_that_is_mended_opens_with_the_lines_it_began_with():
    hall = await Village.opened("Mara", "Ana")
    await hall.offers("Mara")
    id = await sent(hall, "Ana", "Mara")
    form = await hall.does("Mara", OpenQuestion(id))
    assert isinstance(form, FormScreen)
    assert form.form.intro is not None
    said = await hall.fills("Mara", form, {"question": "?"})
    mended = await hall.press("Mara", said, "Correct it")
    assert isinstance(mended, FormScreen)
    assert mended.form.intro == form.form.intro
    await hall.store.close()


async def test_who_says_yes_reads_everything_at_once_and_one_message_has_the_rest():
    hall = await Village.opened("Mara", "Noor", "Ana")
    for name in ("Mara", "Noor"):
        await hall.offers(name)
    for name in ("Mara", "Noor"):
        await sent(hall, "Ana", name)
    await hall.told("Mara")
    inbox = await hall.types("Mara", "mentor inbox")
    [opening] = [one for one in labels(inbox) if one.startswith("Open ")]
    done = await hall.press("Mara", await hall.press("Mara", inbox, opening), "Accept")
    assert "You and Ana are a pair now (" in words(done)
    assert "It is for: One talk of 15-20 min. On Sun, 12 Apr 2026 I ask both of you" in words(done)
    assert await hall.told("Mara") == {}, "nothing is said twice"
    told = await hall.told("Ana")
    assert set(told) == {"pair.new"}
    assert "On Sun, 12 Apr 2026 I ask both of you whether to go on." in told["pair.new"]
    assert "You have asked Noor as well." in told["pair.new"]
    await hall.store.close()


async def test_no_zero_is_read_aloud():
    hall = await Village.opened("Ana", "Mara", "Noor", "Ben")
    for name in ("Mara", "Noor", "Ben"):
        await hall.offers(name)
    said = ""
    for name in ("Mara", "Noor", "Ben"):
        form = await hall.does("Ana", OpenRequest(hall.members[name]))
        shown = await hall.fills("Ana", form, WORDS)
        said = words(await hall.press("Ana", shown, "Send"))
    assert "That is as many as may be open at the same time." in said
    assert " 0 " not in said
    await hall.store.close()


async def test_letting_go_of_others_that_are_gone_says_so():
    hall = await Village.opened("Ana", "Mara")
    await hall.offers("Mara")
    id = RequestId(await sent(hall, "Ana", "Mara"))
    given = (hall.clock.now(), hall.members["Mara"], id)
    taken = await hall.store.write(lambda work: answering.accept(work, *given))
    assert isinstance(taken, answering.Accepted)
    assert taken.pair is not None
    said = await hall.does("Ana", ReleaseOthers(int(taken.pair.id)))
    assert "None of the others is open any more" in words(said)
    await hall.store.close()


@pytest.mark.parametrize("last", ["Accept Ben", "Not now, Ben"])
async def test_the_last_choice_before_a_pause_begins_it_and_every_choice_is_confirmed(last: str):
    hall = await Village.opened("Mara", "Ana", "Ben")
    await hall.offers("Mara")
    for name in ("Ana", "Ben"):
        await sent(hall, name, "Mara")
    screen = await hall.types("Mara", "mentor pause")
    assert "2 requests are open" in words(screen)
    screen = await hall.press("Mara", screen, "Accept Ana")
    assert "You and Ana are a pair now (" in words(screen)
    assert "1 request is open. Before the pause, one tap each:" in words(screen)
    done = words(await hall.press("Mara", screen, last))
    assert ("You and Ben are a pair now (" if last[0] == "A" else "Answered kindly") in done
    assert "Your listing rests until" in done
    await hall.store.close()
