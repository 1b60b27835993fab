"""The whole preview over real sockets: what personas do, what others see, what survives."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.preview.door import PreviewDoor
from adapters.preview.people import PLACE, account_of, known_language
from bot.clock import HandMovedClock, RehearsalClock
from bot.domain.people import Account, CommunityId, Place, Standing
from bot.errors import SettingsError
from bot.runtime.doors import Delivered, ToChannel, ToPerson, Undeliverable
from bot.runtime.inspecting import Right, Wanted
from bot.runtime.screen import Screen, Voice
from bot.ui.action import Upload
from bot.ui.parts import Button, Text
from bot.ui.words import _
from tests.adapters.preview.browser import Browser, open_browser
from tests.adapters.preview.gallery import Fill, PickTopic, Seat, Topic, picture
from tests.adapters.preview.opened import NOW, Opened, open_preview

VOICE = Voice(CommunityId(1), "en", ZoneInfo("UTC"))
REMINDER = Screen((Text(_("Tomorrow.")), Button(_("Leave"), PickTopic())), VOICE)


def texts(message: dict[str, Any]) -> str:
    return "".join(
        piece if isinstance(piece, str) else piece.get("text", piece.get("name", ""))
        for part in message["parts"]
        if part["part"] == "text"
        for piece in part["words"]
    )


def wire(message: dict[str, Any], label: str) -> str:
    for part in message["parts"]:
        for item in (*part.get("items", ()), part):
            if item.get("label") == label and "wire" in item:
                return item["wire"]
    raise AssertionError(label)


async def answer(browser: Browser, said: dict[str, Any], persona: str = "trainee") -> Any:
    assert "message" in said, said
    return next(one for one in await browser.shown(persona) if one["id"] == said["message"])


async def test_a_written_line_is_seen_by_everybody(browser: Browser) -> None:
    await browser.say("Good <b>morning</b>")
    for persona in ("trainee", "mentor", "guest"):
        (message,) = await browser.shown(persona)
        assert texts(message) == "Good <b>morning</b>"
        assert message["author"] == "trainee"


async def test_a_private_answer_is_seen_by_one(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery list"))
    assert message["private"]
    assert message["cause"] == {"who": "trainee", "command": "gallery list"}
    assert await browser.shown("mentor") == []


async def test_an_answer_to_the_channel_pings_whom_it_names(browser: Browser) -> None:
    async with browser.listen("trainee-2") as ear:
        said = await browser.say("/gallery shout to:@mentor words:hello")
        message = await ear.until(said["message"])
        assert not message["private"]
        assert ear.last["waiting"] == {"mentor": 1}
        assert ear.last["unread"]["office-hours"]["count"] == 1


async def test_a_channel_that_everybody_reads_is_none_for_moderators(opened: Opened) -> None:
    rights = frozenset({Right.SEE, Right.POST})
    wanted = (Wanted("general", rights, private=True), Wanted("moderators", rights, private=True))
    [lack] = await opened.door.inspect(PLACE, wanted)
    assert (lack.channel, lack.readable) == ("general", True)


async def test_in_direct_messages_nothing_needs_hiding(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery list", where="dm:trainee"))
    assert not message["private"]
    assert await browser.shown("mentor") == []


async def test_what_is_missing_is_asked_for(browser: Browser, opened: Opened) -> None:
    form = (await browser.say("/gallery join about:a first job"))["form"]
    assert {field["id"]: field["value"] for field in form["fields"]} == {
        "session": None,
        "about": "a first job",
    }
    wrong = await browser.act("submit", key=form["key"], values={"session": "", "about": "x" * 301})
    assert set(wrong["problems"]) == {"session", "about"}
    right = {"session": "k3f9", "about": "a first job"}
    message = await answer(browser, await browser.act("submit", key=form["key"], values=right))
    assert "You have a seat" in texts(message)
    assert opened.gallery.seen == [Seat("k3f9", "a first job")]


async def test_doubt_opens_the_form(browser: Browser) -> None:
    said = await browser.say("/gallery list of nothing")
    assert [field["id"] for field in said["form"]["fields"]] == ["topic"]


async def test_a_refusal_that_can_be_mended_opens_the_form_again(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery join nowhere"))
    asked = await browser.act("press", message=message["id"], wire=wire(message, "Correct it"))
    assert asked["form"]["fields"][0]["value"] == "nowhere"


async def test_every_kind_of_answer_arrives(browser: Browser, opened: Opened) -> None:
    form = (await browser.say("/gallery fill"))["form"]
    values = {
        "title": "A talk", "starts": "2027-03-11 18:00", "topic": "first job", "minutes": "30",
        "agenda": "one\ntwo", "session": "k3f9", "tags": ["research"], "until": "2027-04-01",
        "cohost": {"picked": ["mentor"]}, "guests": {"picked": ["trainee-2", "nobody"]},
        "channel": "cases", "role": "mentors", "quiet": True,
    }  # fmt: skip
    said = await browser.act(
        "submit", key=form["key"], values=values, files={"files": (picture(2, 2), b"text")}
    )
    assert "A talk is planned" in texts(await answer(browser, said))
    (seen,) = opened.gallery.seen
    assert isinstance(seen, Fill)
    assert seen.starts.at == datetime(2027, 3, 11, 17, tzinfo=UTC)
    assert (seen.topic, seen.minutes, seen.agenda) == (Topic.FIRST_JOB, 30, "one\ntwo")
    assert (seen.tags, len(seen.guests), seen.quiet) == ((Topic.RESEARCH,), 1, True)
    assert (seen.channel, seen.role, seen.session) == ("cases", "mentors", "k3f9")
    assert seen.until is not None
    assert seen.cohost is not None
    assert seen.files == (
        Upload("a b.png", picture(2, 2), "image/png"),
        Upload("a b.png", b"text", "image/png"),
    )


async def test_a_file_comes_with_a_command(browser: Browser) -> None:
    files = {"file": (picture(2, 2),)}
    form = (await browser.say("/gallery fill title:Something", files=files))["form"]
    kept = {field["id"]: field["kept"] for field in form["fields"]}
    assert kept["files"] == 1
    refused = await browser.say("/gallery list", files=files)
    assert refused["refused"] == "/gallery list takes no file."
    assert refused["words"] == "/{name} takes no file."


async def test_files_of_a_message(browser: Browser) -> None:
    await browser.say("Look", files={"file": (picture(2, 2), b"<script>alert(1)</script>")})
    (message,) = await browser.shown()
    assert [part["part"] for part in message["parts"]] == ["text", "image", "file"]
    root = browser.root / "file" / str(message["id"])
    async with browser.session.get((root / "0").with_query({"as": "mentor"})) as response:
        assert response.headers["Content-Type"] == "image/png"
        assert await response.read() == picture(2, 2)
    async with browser.session.get((root / "1").with_query({"as": "mentor"})) as response:
        assert response.headers["Content-Type"] == "application/octet-stream"
        assert response.headers["Content-Disposition"] == "attachment"
        assert "sandbox" in response.headers["Content-Security-Policy"]
    for path, persona in (("9", "mentor"), ("x", "mentor"), ("0", "nobody")):
        async with browser.session.get((root / path).with_query({"as": persona})) as response:
            assert response.status == 404


async def test_files_of_a_private_reply_are_private(browser: Browser) -> None:
    said = await browser.say("/gallery show")
    file = browser.root / "file" / str(said["message"]) / "0"
    for persona, status in (("trainee", 200), ("mentor", 404)):
        async with browser.session.get(file.with_query({"as": persona})) as response:
            assert response.status == status


async def test_buttons_and_lists(browser: Browser, opened: Opened) -> None:
    message = await answer(browser, await browser.say("/gallery show"))
    await browser.act("press", message=message["id"], wire=wire(message, "Plain"))
    await browser.act(
        "press", message=message["id"], wire=wire(message, "Topic"), chosen=["first job"]
    )
    await browser.act(
        "press", message=message["id"], wire=wire(message, "Topics"), chosen=["first job"]
    )
    assert opened.gallery.seen[1:] == [
        PickTopic(Topic.EMBOLISATION),
        PickTopic(Topic.FIRST_JOB),
        PickTopic(several=(Topic.FIRST_JOB,)),
    ]


async def test_a_message_is_replaced_in_place(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery join k3f9"))
    pressed = await browser.act("press", message=message["id"], wire=wire(message, "Leave"))
    assert pressed == {"message": message["id"], "replaced": True}
    after = await answer(browser, pressed)
    assert after["changed"]
    gone = await browser.act("press", message=message["id"], wire=wire(message, "Leave"))
    assert "changed in the meantime" in gone["refused"]


async def test_nobody_presses_what_they_cannot_see(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery show"))
    pressed = {"message": message["id"], "wire": wire(message, "Plain")}
    assert "refused" in await browser.act("press", "mentor", **pressed)
    assert "refused" in await browser.act("dismiss", "mentor", message=message["id"])
    assert "refused" in await browser.act("press", message=message["id"], wire="ga.rule.1[1]")


async def test_a_private_answer_can_be_put_away(browser: Browser) -> None:
    said = await browser.say("/gallery list")
    await browser.act("dismiss", message=said["message"])
    assert await browser.shown() == []


async def test_who_may_what(browser: Browser) -> None:
    moderator = await answer(browser, await browser.say("/gallery rule", "moderator"), "moderator")
    trainee = await answer(browser, await browser.say("/gallery rule"))
    guest = await answer(browser, await browser.say("/gallery show", "guest"), "guest")
    assert texts(moderator) == "You moderate here."
    assert "for moderators" in texts(trainee)
    assert "Guests can" in texts(guest)
    assert "refused" in await browser.say("hello", "guest", where="cases")
    assert "refused" in await browser.say("hello", "trainee", where="moderators")
    assert "refused" in await browser.say("hello", "trainee", where="dm:mentor")


async def test_it_speaks_the_language_of_the_browser(browser: Browser) -> None:
    said = await browser.say("/gallery show", "guest", language="de-AT")
    assert "Gäste können" in texts(await answer(browser, said, "guest"))
    said = await browser.say("/gallery show", "guest", language="xx")
    assert "Guests can" in texts(await answer(browser, said, "guest"))
    assert known_language("de-AT") == "de"
    assert known_language("../de") is None


async def test_failures_are_told_without_what_was_typed(browser: Browser) -> None:
    message = await answer(browser, await browser.say("/gallery fail"))
    assert "went wrong" in texts(message)
    assert "DOE" not in texts(message)


async def test_unknown_commands(browser: Browser) -> None:
    assert "Did you mean /gallery list" in (await browser.say("/galery list"))["refused"]
    assert "nothing to send" in (await browser.say("  "))["refused"]


async def test_completion(browser: Browser) -> None:
    found = await browser.act("complete", suggest="session", text="first job")
    assert found["options"] == [{"value": "m2x7", "label": "Finding a first job in IR"}]
    assert (await browser.act("complete", suggest="nothing", text=""))["options"] == []


async def test_the_panel_is_made_afresh(browser: Browser) -> None:
    await browser.act("home", where="home:trainee")
    said = await browser.act("home", where="home:trainee")
    (message,) = await browser.shown()
    assert message["id"] == said["message"]
    assert message["where"] == "home:trainee"


async def test_threads(browser: Browser) -> None:
    await browser.say("A question")
    (root,) = await browser.shown()
    await browser.say("An answer", "mentor", thread=root["id"])
    said = await browser.say("/gallery list", thread=root["id"])
    assert (await answer(browser, said))["thread"] == root["id"]
    assert len(await browser.shown("guest")) == 2
    assert "refused" in await browser.say("Late", thread=999)


# Unrequested messages ---------------------------------------------------------------------------


async def test_a_reminder_arrives_once(browser: Browser, opened: Opened) -> None:
    to = ToPerson(account_of("trainee"))
    async with browser.listen() as ear:
        first = await opened.door.send(to, REMINDER, "key-1")
        again = await opened.door.send(to, REMINDER, "key-1")
        assert isinstance(first, Delivered)
        assert again == first
        message = await ear.until(int(first.message))
        assert message["where"] == "dm:trainee"
        assert ear.last["unread"] == {"dm:trainee": {"count": 1, "after": 0}}
    assert len(await browser.shown()) == 1


async def test_whoever_closed_their_messages_is_not_reached(
    browser: Browser, opened: Opened
) -> None:
    to, other = (ToPerson(account_of(one)) for one in ("trainee", "mentor"))
    await browser.act("closed", on=True)
    async with browser.listen() as ear:
        assert ear.last["closed"] is True
        assert await opened.door.send(to, REMINDER, "a") == Undeliverable("messages_closed")
        assert isinstance(await opened.door.send(other, REMINDER, "b"), Delivered)
        await browser.act("closed", on=False)
        while ear.last["closed"]:
            await ear.hear()
    # The same message is tried again, and comes.
    assert isinstance(await opened.door.send(to, REMINDER, "a"), Delivered)


async def test_to_a_channel_or_to_nobody(browser: Browser, opened: Opened) -> None:
    send = opened.door.send
    assert isinstance(await send(ToChannel(PLACE, "general"), REMINDER, "a"), Delivered)
    for target in (
        ToChannel(PLACE, "nowhere"),
        ToChannel(Place("slack", "T1"), "general"),
        ToPerson(account_of("nobody")),
        ToPerson(Account("slack", "T1", "trainee")),
    ):
        assert await send(target, REMINDER, "b") == Undeliverable("nobody_there")
    assert len(await browser.shown("guest")) == 1


async def test_below_the_list_or_in_the_channel(opened: Opened) -> None:
    door = opened.door
    stands = await door.keep_posted(PLACE, "general", None, REMINDER)
    assert isinstance(stands, Delivered)
    for key, below in (("a", stands.message), ("b", "999")):
        sent = await door.send(ToChannel(PLACE, "general", "Reminders", below), REMINDER, key)
        assert isinstance(sent, Delivered)
        found = door.world.find(int(sent.message))
        assert found is not None
        assert found.thread == (int(stands.message) if key == "a" else None)


async def test_the_directory(opened: Opened) -> None:
    found = await opened.door.look_up(PLACE, account_of("moderator"))
    assert found is not None
    assert Standing.MANAGER in found.standing
    assert await opened.door.look_up(Place("slack", "T1"), account_of("moderator")) is None


# Losing and finding the connection --------------------------------------------------------------


async def test_after_a_loss_only_what_was_missed_is_told(browser: Browser) -> None:
    await browser.say("one")
    async with browser.listen() as ear:
        world, rev = ear.hello["world"], ear.last["rev"]
    await browser.say("two")
    async with browser.listen(world=world, after=rev) as ear:
        assert [texts(message) for message in ear.messages.values()] == ["two"]
    async with browser.listen(world="another start", after=rev) as ear:
        assert len(ear.messages) == 2


async def test_the_page_can_ask_whether_anybody_is_there(browser: Browser) -> None:
    async with browser.listen() as ear:
        await ear.socket.send_str("ping")
        assert (await ear.hear())["is"] == "pong"


async def test_stopping_says_goodbye(opened: Opened) -> None:
    async with open_browser(opened) as browser, browser.listen() as ear:
        async with asyncio.timeout(5):
            await opened.door.stop()
        assert (await ear.socket.receive()).type.name in ("CLOSE", "CLOSING", "CLOSED")


async def test_a_taken_port_is_an_error_at_the_start(opened: Opened) -> None:
    port = int(opened.door.address.split(":")[2].split("/")[0])
    with pytest.raises(SettingsError, match="address already in use"):
        await open_preview(port=port)


# The clock --------------------------------------------------------------------------------------


async def test_the_clock_moves_forward_only(browser: Browser, opened: Opened) -> None:
    moved = await browser.act("clock", seconds=3600)
    assert moved["clock"] == {"now": (NOW + timedelta(hours=1)).isoformat(), "moves": True}
    for wrong in (-1, 0, "x", 10**9, 1.5):
        assert "refused" in await browser.act("clock", seconds=wrong)
    assert "Nothing is due" in (await browser.act("clock", to="next"))["refused"]


async def test_to_the_next_thing_due() -> None:
    clock = HandMovedClock(NOW)
    due: list[datetime | None] = [NOW + timedelta(days=2)]
    looked: list[datetime] = []

    async def next_due() -> datetime | None:
        return due[0]

    async def moved() -> None:
        looked.append(clock.now())

    opened = await open_preview(clock, next_due=next_due, moved=moved)
    try:
        async with open_browser(opened) as browser:
            await browser.act("clock", to="next")
            assert looked == [NOW + timedelta(days=2, seconds=1)]
            # What is overdue needs no move, only another look.
            await browser.act("clock", to="next")
            assert looked == [looked[0]] * 2
            due[0] = None
            assert "refused" in await browser.act("clock", to="next")
    finally:
        await opened.close()


async def test_on_the_way_nothing_is_skipped() -> None:
    clock = HandMovedClock(NOW)
    due = [NOW + timedelta(hours=hours) for hours in (3, 5, 30)]
    looked: list[datetime] = []

    async def next_due() -> datetime | None:
        return due[0] if due else None

    async def moved() -> None:
        looked.append(clock.now())
        while due and due[0] <= clock.now():
            due.pop(0)

    opened = await open_preview(clock, next_due=next_due, moved=moved)
    try:
        await opened.door.move(timedelta(days=1))
        second = timedelta(seconds=1)
        hours = [timedelta(hours=3) + second, timedelta(hours=5) + second, timedelta(days=1)]
        assert [at - NOW for at in looked] == hours
        # What is overdue and does not go away does not hold the clock up.
        due.insert(0, NOW)
        await opened.door.move(timedelta(days=1))
        assert clock.now() == NOW + timedelta(days=2)
    finally:
        await opened.close()


async def test_real_time_cannot_be_moved(tmp_path: Any) -> None:
    class Still:
        def now(self) -> datetime:
            return NOW

    door = PreviewDoor(0, Still())
    assert door.state()["moves"] is False
    assert PreviewDoor(0, RehearsalClock(tmp_path / "offset")).state()["moves"] is True


async def test_too_much_at_once(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    from adapters.preview import server

    monkeypatch.setattr(server, "_MOST_FILE", 1024 * 1024)
    refused = await browser.say("x", files={"file": (b"x" * (1024 * 1024 + 1),)})
    assert refused["refused"] == "A file may have 1 MB at most."
    assert "20 files" in (await browser.say("x", files={"file": (b"x",) * 21}))["refused"]
    assert "too long" in (await browser.say("x" * 4001))["refused"]
    assert await browser.shown() == []


async def test_a_failing_request_leaves_no_text_in_the_log(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from adapters.preview.desk import Desk

    async def fail(*_given: object) -> None:
        raise RuntimeError("DOE, JANE")

    monkeypatch.setattr(Desk, "complete", fail)
    address = browser.root / "do" / "complete"
    asked = {"as": "trainee", "where": "general", "suggest": "session"}
    async with browser.session.post(
        address, json=asked, headers={"Origin": str(browser.root)}
    ) as response:
        assert response.status == 500
        assert "DOE" not in await response.text()
    assert "RuntimeError" in caplog.text
    assert "DOE" not in caplog.text
