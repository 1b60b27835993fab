"""What somebody said yes to is what they saw; what was shown in passing goes."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.doors import Delivered, Sent, Target, ToChannel
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen
from tests.cases.clinic import Clinic, clinic, plain_grey, words


async def _notice(here: Clinic) -> Screen:
    await here.passes(timedelta(minutes=1))
    return here.staff[-1]


async def test_a_second_reader_approves_only_what_they_read(scans: Scanning) -> None:
    async with clinic(scans) as here:
        await here.posts("Ana", plain_grey(), reader=True)
        notice = await _notice(here)
        old = await here.presses("Rob", notice, "Look at it")
        form = await here.presses(
            "Ria", await here.presses("Ria", notice, "Look at it"), "Ask for a change"
        )
        await here.sends("Ria", form, word="Say less about the history.")
        mail = await here.passes(timedelta(minutes=1))
        changed = await here.presses("Ana", mail[0][1], "Change the words")
        form = await here.presses("Ana", changed, "Write it differently")
        again = await here.sends("Ana", form, title="A stent", teaching="Measure three times.")
        look = await here.last_look("Ana", again, reader=True)
        await here.presses("Ana", look, "Send to a second reader")
        refused = await here.presses("Rob", old, "Approve")
        assert "changed since you looked" in words(refused)
        form = await here.presses("Rob", old, "Decline")
        declined = await here.sends("Rob", form, word="The first words were not good.")
        assert "changed since you looked" in words(declined)
        assert here.cases == []
        read = await here.presses("Rob", refused, "Look at it")
        assert "Measure three times." in words(read)
        assert "It stands in" in words(await here.presses("Rob", read, "Approve"))


async def test_an_old_screen_does_not_post_under_a_name_it_did_not_show(scans: Scanning) -> None:
    async with clinic(scans) as here:
        unnamed = await here.last_look(
            "Ana", await here.writes("Ana", plain_grey()), anonymous=True
        )
        form = await here.presses("Ana", unnamed, "Change")
        named = await here.sends(
            "Ana", form, alt="A grey area", permission="consent", time="now", anonymous=False
        )
        again = await here.last_look("Ana", await here.writes("Ana", plain_grey()))
        assert "By Ana" in words(again)
        assert "By Ana" in words(named)
        stale = await here.presses("Ana", unnamed, "Post")
        assert "Something changed since you looked" in words(stale)
        assert here.cases == []


async def test_a_case_on_its_way_is_withdrawn_and_does_not_stay(scans: Scanning) -> None:
    async with clinic(scans) as here:
        waits = await here.posts("Ana", plain_grey(), time="later")
        send = here.board.send
        said: list[str] = []

        async def slowly(target: Target, screen: Screen, key: str) -> Sent:
            sent = await send(target, screen, key)
            if isinstance(target, ToChannel) and isinstance(sent, Delivered) and not said:
                said.append(words(await here.presses("Ana", waits, "Withdraw")))
            return sent

        here.board.send = slowly
        await here.passes(timedelta(hours=25))
        assert "on its way" in said[0]
        (case,) = here.cases
        assert "stent" not in words(case)


async def test_previews_go_with_drafts_that_make_room_and_with_a_decision(scans: Scanning) -> None:
    async with clinic(scans) as here:
        for _number in range(4):
            await here.writes("Ana", plain_grey())
        await here.passes(timedelta(minutes=1))
        assert [one for one in here.board.forgotten if one.startswith("case ")] != []
        await here.posts("Cem", plain_grey(), reader=True)
        notice = await _notice(here)
        read = await here.presses("Ria", notice, "Look at it")
        await here.presses("Rob", notice, "Look at it")
        await here.passes(timedelta(minutes=1))
        assert [one for one in here.board.forgotten if one.startswith("review ")] == []
        await here.presses("Ria", read, "Approve")
        await here.passes(timedelta(minutes=1))
        assert len([one for one in here.board.forgotten if one.startswith("review ")]) == 2
