"""A round of matching as its moderator and those who take part read it."""

from __future__ import annotations

from bot.domain.listings import Offer
from bot.domain.taxonomy import Format
from bot.runtime.screen import FormScreen
from bot.ui.form import Raw
from cogs.mentors.round_actions import OpenApart, OpenJoin
from tests.cogs.hall import Village, labels, spoken, words

ONE_PLACE = Offer(("career",), ("oncology",), (Format.ONGOING,), places=1)


async def opened() -> tuple[Village, object]:
    hall = await Village.opened("Mod", "Mara", "Noor", "Ana", "Ben", moderator="Mod")
    for name in ("Mara", "Noor"):
        await hall.offers(name, ONE_PLACE)
    none = await hall.types("Mod", "setup match")
    return hall, await hall.press("Mod", none, "Open a round")


async def takes_part(
    hall: Village, name: str, *wishes: str, mentors: bool = False, id: int = 1
) -> object:
    form = await hall.does(name, OpenJoin(id, mentors))
    given: dict[str, Raw] = dict(
        zip(("first", "second", "third"), map(hall.picked, wishes), strict=False)
    )
    return await hall.fills(name, form, given)


async def test_the_receipt_repeats_the_wishes_and_the_form_has_them():
    hall, _opened = await opened()
    twice = await takes_part(hall, "Ana", "Mara", "Mara")
    assert "Mara stands there twice. Nothing was kept yet." in words(twice)
    assert "Correct it" in labels(twice)
    anybody = await takes_part(hall, "Ana", "Noor", "Ben")
    assert "Ben is no mentor here who takes people for longer." in words(anybody)
    receipt = await takes_part(hall, "Ana", "Noor", "Mara")
    assert "1. Noor 2. Mara" in words(receipt)
    again = await hall.press("Ana", receipt, "Change my wishes")
    assert isinstance(again, FormScreen)
    assert again.form.intro is not None
    assert "So far you would like Noor and Mara. What you send takes" in spoken(again.form.intro)
    await hall.store.close()


async def test_a_draft_says_what_would_change_it_and_who_hears_what():
    hall, screen = await opened()
    await takes_part(hall, "Mara", mentors=True)
    await takes_part(hall, "Ana", "Mara")
    await takes_part(hall, "Ben", "Mara")
    draft = await hall.press("Mod", screen, "Make a draft")
    assert "1 person has no pair in this draft" in words(draft)
    assert "There is no other place in this round that could be theirs." in words(draft)
    assert "All places that could be theirs are taken; one more with Mara" in words(draft)
    asked = await hall.press("Mod", draft, "Publish")
    assert "A message goes to 3 people: 2 are introduced to their pair, 1 hears that" in words(
        asked
    )
    assert "takes nobody in any more" in words(await hall.does("Noor", OpenJoin(1, mentors=True)))
    done = await hall.press("Mod", asked, "Publish now")
    assert "1 pair is introduced" in words(done)
    told = {name: await hall.told(name) for name in ("Mara", "Ana", "Ben")}
    assert "pair.new" in told["Mara"]
    [without] = [one for one in ("Ana", "Ben") if "pair.new" not in told[one]]
    assert "no place was left that could be yours" in told[without]["mn.unmatched"]
    await hall.store.close()


async def test_a_new_draft_says_first_that_changes_by_hand_are_gone():
    hall, screen = await opened()
    await takes_part(hall, "Mara", mentors=True)
    await takes_part(hall, "Ana", "Mara")
    draft = await hall.press("Mod", screen, "Make a draft")
    form = await hall.press("Mod", draft, "Change Ana")
    none = await hall.fills("Mod", form, {})
    assert "Ana has no pair" in words(none)
    asked = await hall.press("Mod", none, "Draft again")
    assert "Whatever was changed in it by hand is gone then" in words(asked)
    kept = await hall.press("Mod", asked, "Keep this draft")
    assert "Ana has no pair" in words(kept)
    stale = await hall.press("Mod", draft, "Draft again")
    assert "Somebody changed the round meanwhile." in words(stale)
    assert "Ana has no pair" in words(stale)
    again = await hall.press("Mod", asked, "Draft again")
    assert "Ana with Mara" in words(again)
    twice = await hall.press("Mod", asked, "Draft again")
    assert "Somebody changed the round meanwhile." in words(twice)
    await hall.store.close()


async def test_one_person_is_not_kept_apart_from_themself():
    hall, _opened = await opened()
    form = await hall.does("Mod", OpenApart())
    twice: dict[str, Raw] = {"one": hall.picked("Ana"), "other": hall.picked("Ana")}
    said = await hall.fills("Mod", form, twice)
    assert "That is one person twice." in words(said)
    assert "Correct it" in labels(said)
    await hall.store.close()


async def test_a_mentor_with_nobody_and_a_round_that_is_off_are_told():
    hall, screen = await opened()
    for name in ("Mara", "Noor"):
        await takes_part(hall, name, mentors=True)
    await takes_part(hall, "Ana", "Noor")
    draft = await hall.press("Mod", screen, "Make a draft")
    assert "Without this place it would be Mara." in words(draft)
    sure = await hall.press("Mod", draft, "Publish")
    await hall.press("Mod", sure, "Publish now")
    assert "Nobody came to your place this time" in (await hall.told("Mara"))["mn.unchosen"]
    again = await hall.press("Mod", await hall.types("Mod", "setup match"), "Open a round")
    await takes_part(hall, "Ben", "Mara", id=2)
    asked = await hall.press("Mod", again, "Call it off")
    assert "1 person takes part, and hears that nothing comes of this round." in words(asked)
    assert await hall.told("Ben") == {}
    off = await hall.press("Mod", asked, "Call it off")
    assert "The round is off; 1 person hears it." in words(off)
    assert "was called off" in (await hall.told("Ben"))["mn.round_off"]
    await hall.store.close()
