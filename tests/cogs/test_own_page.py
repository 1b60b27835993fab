"""`my export` as a page: words for fields and keys; nothing of a report for whom it is about."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.domain.people import Account
from bot.runtime.screen import Screen
from bot.ui.form import Picked
from bot.ui.parts import File
from tests.cogs.house import House, press
from tests.golden.walk import NOW, OFFER, SESSION
from tests.messages_read import said, wire

ANA = (Picked(Account("discord", "", "3"), "Ana"),)


async def export(house: House, who: str) -> dict[str, str]:
    shown = await house.types("", who, "my export")
    assert isinstance(shown, Screen)
    return {one.name: one.content.decode() for one in shown.parts if isinstance(one, File)}


async def test_a_page_has_words_where_the_other_file_has_keys(house: House):
    plan = {**SESSION, "title": "Hour A", "seats": 3}
    await press(house, "Ben", await house.types("", "Ben", "hours host", **plan), "Confirm")
    form = await house.types("", "Ana", "mentor offer")
    await press(house, "Ana", await house.filled("Ana", form, OFFER), "Publish")
    act = {"member": ANA, "act": "seat.add", "session": "Hour A", "why": "She <asked>"}
    await house.types("", "Mia", "setup members", **act)
    proposal = await house.types("", "Mia", "setup hours", seats_a_week=1)
    await press(house, "Mia", proposal, "Confirm")
    ben = (Picked(Account("discord", "", "2"), "Ben"),)
    await house.types("", "Ben", "help")
    await house.types("", "Ana", "my block", member=ben)
    files = await export(house, "Ana")
    page, data = files["my-data.html"], json.loads(files["my-data.json"])
    for words in ("What you offer", "Gave a seat", "She &lt;asked&gt;", "Whom you block", "Ben"):
        assert words in page, words
    for key in ("created at", "member", "wake at", "seat.add", "oh.", "st.told", "published_at"):
        assert f">{key}" not in page, key
    assert data["tables"]["changes"][0]["kind"] == "seat.add"
    assert data["tables"]["blocks"][0]["blocked"] == "Ben"
    mias = (await export(house, "Mia"))["my-data.html"]
    assert "Seats for one person" in mias
    assert "<dt>Before</dt><dd>3 seats</dd>" in mias
    assert "blocked" not in (await export(house, "Ben"))["my-data.json"]


async def test_an_unfinished_form_is_read_by_its_title_and_labels(house: House):
    """One that was refused and can be corrected."""
    await house.types("", "Ana", "hours host", **{**SESSION, "starts": "2020-03-04 18:00"})
    files = await export(house, "Ana")
    [draft] = json.loads(files["my-data.json"])["tables"]["drafts"]
    assert draft["state"]["typed"]["title"] == SESSION["title"]
    page = files["my-data.html"]
    assert f"Title: {SESSION['title']}" in page
    for key in ("tag:", "asks:", "send:", "oh."):
        assert f"{key} " not in page, key


async def test_whom_one_blocks_is_found_on_the_panel_and_let_go(house: House):
    await house.types("", "Ben", "help")
    assert "Whom I block" not in said(await house.types("", "Ana", "my panel"))
    ben = (Picked(Account("discord", "", "2"), "Ben"),)
    await house.types("", "Ana", "my block", member=ben)
    blocks = await press(house, "Ana", await house.types("", "Ana", "my panel"), "Whom I block")
    assert "Blocked: Ben" in said(blocks)
    assert "The block is over" in said(await press(house, "Ana", blocks, "End the block of Ben"))
    assert "Whom I block" not in said(await house.types("", "Ana", "my panel"))
    assert "Whom I block" not in said(await house.types("", "Ben", "my panel"))


async def test_a_moderator_who_is_reported_finds_nothing_of_it(house: House):
    for who in ("Mia", "Zoe"):
        await house.types("", who, "setup audit")
    await house.types("", "Zoe", "hours list")
    before = json.loads((await export(house, "Zoe"))["my-data.json"])["tables"]
    given = {"what": "Zoe", "category": "pressure", "text": "Said twice, after a no."}
    assert "is kept" in said(await house.types("", "Ana", "report", **given))
    after = json.loads((await export(house, "Zoe"))["my-data.json"])["tables"]
    assert after == before
    assert "no report" in said(await house.types("", "Zoe", "setup reports")).casefold()
    # Held messages are counted by feature: a hold tells no more.
    panel = await house.types("", "Zoe", "setup hold")
    await house.filled("Zoe", await press(house, "Zoe", panel, "Hold every direct message"), {})
    await house.carried(NOW + timedelta(minutes=1))
    assert "None waits so far." in said(await house.types("", "Zoe", "setup hold"))
    # Erasing oneself neither shows it nor ends it.
    question = await house.types("", "Zoe", "my erase")
    assert "report" not in said(question).casefold()
    await house.core.press(house.arrival("Zoe"), wire(question, "Erase everything"))
    listed = await house.types("", "Mia", "setup reports")
    assert "1 report waits" in said(listed)
