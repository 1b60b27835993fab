"""Mentors, through the whole bot as a process, once on each platform's client."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from tests.walks.clients import CLIENTS, Client, Shown
from tests.walks.conftest import Town

pytestmark = pytest.mark.timeout(300)

OFFER = {
    "help_with": ("Career choices",),
    "topics": ("Research",),
    "formats": ("Ongoing", "One question"),
}
ASK = {
    "who": "I am in my third year and there is no IR where I train.",
    "why": "You help with first steps into research.",
    "format": "Ongoing",
}


def morning() -> datetime:
    """Nine in the morning of a working day to come, UTC: nobody is asleep."""
    day = datetime.now(UTC) + timedelta(days=1)
    while day.weekday() > 1:
        day += timedelta(days=1)
    return day.replace(hour=9, minute=0, second=0, microsecond=0)


async def offers(mentor: Client, **numbers: int) -> None:
    form = await mentor.opens("mentor offer")
    values = {**OFFER, **{name: str(number) for name, number in numbers.items()}}
    shown = await mentor.fills(form, values, "This is what others will see")
    await mentor.press(shown, "Publish", "You are in the list of mentors")


async def asks(trainee: Client, mentor: str, about: str = "a first project", **more: str) -> Shown:
    """Finds the mentor and sends a request."""
    found = await trainee.types("mentor find", "has room", topic="Research")
    form = await trainee.press_for_form(found, f"Ask {mentor}")
    text = {**ASK, "ask": f"Could we talk for 20 minutes about {about}?", **more}
    preview = await trainee.fills(form, text, "This goes to")
    return await trainee.press(preview, "Send", "is on its way")


async def on_turn(who: Client, says: str) -> Shown:
    """Opens, from the inbox, the one request whose turn it is."""
    inbox = await who.types("mentor inbox", "Your turn")
    opening = next(label for label in inbox.labels if label.startswith("Open "))
    return await who.press(inbox, opening, says)


async def finds(who: Client, command: str, says: str) -> Shown:
    """What could not be delivered stands at the next command, once it was tried."""
    for _again in range(20):
        try:
            return await who.types(command, says)
        except AssertionError:
            await asyncio.sleep(0.5)
    return await who.types(command, says)


@pytest.mark.parametrize("platform", CLIENTS)
async def test_offer_find_request_accept_decline(town: Town, platform: str) -> None:
    """Capacity two, three accepts, each from two devices at once; the third is declined kindly."""
    town.move_clock_to(morning())
    bot = await town.run()
    at = CLIENTS[platform]
    mara, noa, ann, bob, cem = (at(town, name) for name in ("mara", "noa", "ann", "bob", "cem"))
    none = await ann.types("mentor find", "Nobody is listed yet")
    assert "has room" not in none.text
    await offers(mara, places=2)
    requests: list[Shown] = []
    for trainee, about in ((ann, "papers"), (bob, "statistics"), (cem, "grants")):
        await asks(trainee, "mara", about)
        requests.append(await mara.gets(f"20 minutes about {about}"))
    await offers(noa)
    # Phone and laptop: the same message, pressed twice at the same moment.
    for request in requests[:2]:
        await asyncio.gather(
            *(mara.press(request, "Accept", "") for _device in ("phone", "laptop"))
        )
    await ann.gets("are a pair now")
    await bob.gets("are a pair now")
    full = await mara.press(requests[2], "Accept", "places for this are taken")
    assert "nobody was told" in full.text
    await mara.press(requests[2], "Not now", "Answered kindly")
    told = await cem.gets("kind not now")
    assert "These have room" in told.text
    assert "Ask noa" in told.labels
    inbox = await cem.types("mentor inbox", "not now")
    assert "pair" not in inbox.text
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_a_pause_with_everything_on_one_screen(town: Town, platform: str) -> None:
    town.move_clock_to(morning())
    bot = await town.run()
    at = CLIENTS[platform]
    mara, ann, bob, cem = (at(town, name) for name in ("mara", "ann", "bob", "cem"))
    await offers(mara, places=3)
    for trainee in (ann, bob, cem):
        await asks(trainee, "mara")
    screen = await mara.types("mentor pause", "3 requests are open")
    for name in ("ann", "bob", "cem"):
        assert {f"Accept {name}", f"Not now, {name}"} <= set(screen.labels)
    screen = await mara.press(screen, "Accept ann", "2 requests are open")
    screen = await mara.press(screen, "Not now, bob", "1 request is open")
    await mara.press(screen, "Pause now", "1 open request got a kind answer")
    await ann.gets("are a pair now")
    for trainee in (bob, cem):
        await trainee.gets("kind not now")
    await ann.types("mentor find", "Nobody in the list has room")
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said


@pytest.mark.parametrize("platform", CLIENTS)
async def test_closed_messages_at_each_step(
    town: Town, platform: str, requests_unchecked: None
) -> None:
    """Whoever takes no messages finds the same at their next command; it is no silence."""
    town.move_clock_to(morning())
    bot = await town.run()
    at = CLIENTS[platform]
    mara, ann, bob = (at(town, name) for name in ("mara", "ann", "bob"))
    await offers(mara)
    mara.close_messages(closed=True)
    await asks(ann, "mara", "papers")
    await ann.gets("The clock stands until I can")
    await ann.types("mentor inbox", "Not delivered yet")
    request = await mara.types("mentor inbox", "This did not reach you before")
    assert "20 minutes about papers" in request.text
    ann.close_messages(closed=True)
    form = await mara.press_for_form(request, "Ask a question")
    await mara.fills(form, {"question": "Which year are you in?"}, "Your question is on")
    question = await on_turn(ann, "Which year are you in?")
    form = await ann.press_for_form(question, "Answer")
    await ann.fills(form, {"answer": "The third."}, "Your answer is on")
    answered = await on_turn(mara, "The third.")
    await mara.press(answered, "Accept", "are a pair now")
    await finds(ann, "checkin status", "are a pair now")
    mara.close_messages(closed=False)
    bob.close_messages(closed=True)
    await asks(bob, "mara", "grants")
    request = await mara.gets("20 minutes about grants")
    await mara.press(request, "Not now", "Answered kindly")
    await finds(bob, "mentor inbox", "not now")
    assert await bot.stop() == 0
    assert "Traceback" not in bot.said, bot.said
