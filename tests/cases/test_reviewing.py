"""The second reader: one word holds, the author hears it, and a draft may outlive a restart."""

from __future__ import annotations

from datetime import timedelta

from cryptography.fernet import Fernet

from bot.domain.cases import CaseState
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen
from bot.runtime.vault import Vault
from tests.cases.clinic import CASES, Clinic, clinic, pictures, plain_grey, words


async def waiting(here: Clinic, **how: str | bool) -> Screen:
    """A case that waits; what the moderators' channel says of it."""
    await here.posts("Ana", plain_grey(), reader=True, **how)
    await here.passes(timedelta(minutes=1))
    staff = [screen for channel, screen in here.board.standing.values() if channel == "C8"]
    return staff[-1]


async def test_readers_are_told_without_content_and_the_first_word_holds(scans: Scanning) -> None:
    async with clinic(scans) as here:
        notice = await waiting(here, anonymous=True)
        assert "stent" not in words(notice)
        own = await here.presses("Ana", notice, "Look at it")
        assert "for reviewers" in words(own)
        first = await here.presses("Ria", notice, "Look at it")
        second = await here.presses("Rob", notice, "Look at it")
        assert "By Ana" in words(first)
        assert "without a name" in words(first)
        assert "It stands in" in words(await here.presses("Ria", first, "Approve"))
        late = await here.presses("Rob", second, "Approve")
        assert "was faster" in words(late)
        (case,) = here.cases
        assert "stays unnamed" in words(case)
        assert "Ana" not in words(case)
        mail = await here.passes(timedelta(minutes=1))
        assert [who for who, _screen in mail] == ["Ana"]
        assert "approved" in words(mail[0][1])


async def test_a_change_is_asked_for_and_made(scans: Scanning) -> None:
    async with clinic(scans) as here:
        notice = await waiting(here)
        read = await here.presses("Ria", notice, "Look at it")
        form = await here.presses("Ria", read, "Ask for a change")
        refused = await here.sends("Ria", form, word="The MRN 48210937 is in the corner.")
        assert "not what" in words(refused)
        form = await here.presses("Ria", read, "Ask for a change")
        await here.sends("Ria", form, word="Say less about the history.")
        mail = await here.passes(timedelta(minutes=1))
        assert "Say less about the history." in words(mail[0][1])
        changed = await here.presses("Ana", mail[0][1], "Change the words")
        form = await here.presses("Ana", changed, "Write it differently")
        again = await here.sends("Ana", form, title="A stent", teaching="Measure three times.")
        look = await here.last_look("Ana", again)
        assert len(pictures(look)) == 1
        waits = await here.presses("Ana", look, "Post" if "[Post]" in words(look)
                                   else "Send to a second reader")  # fmt: skip
        assert "waits for a second reader" in words(waits)
        await here.passes(timedelta(minutes=1))
        staff = [screen for channel, screen in here.board.standing.values() if channel == "C8"]
        read = await here.presses("Ria", staff[-1], "Look at it")
        assert "Measure three times." in words(read)
        form = await here.presses("Ria", read, "Decline")
        await here.sends("Ria", form, word="Too rare a disease.")
        mail = await here.passes(timedelta(minutes=1))
        assert "Too rare a disease." in words(mail[0][1])
        assert here.cases == []


async def test_nobody_reads_and_the_author_may_keep_waiting(scans: Scanning) -> None:
    async with clinic(scans) as here:
        await waiting(here)
        staff = [screen for channel, screen in here.board.standing.values() if channel == "C8"]
        assert len(staff) == 1
        await here.passes(timedelta(hours=24))
        await here.passes(timedelta(hours=24))
        staff = [screen for channel, screen in here.board.standing.values() if channel == "C8"]
        assert len(staff) == 3
        mail = await here.passes(timedelta(hours=25))
        assert "Nobody has reviewed your case yet" in words(mail[0][1])
        on = await here.presses("Ana", mail[0][1], "Keep waiting")
        assert "stays open" in words(on)
        gone = await here.presses("Ana", mail[0][1], "Withdraw")
        assert "never appeared" in words(gone)


async def test_an_encrypted_draft_outlives_a_restart_and_goes_when_posted(scans: Scanning) -> None:
    key = Fernet.generate_key().decode()
    async with clinic(scans, vault=Vault([key])) as here:
        form = await here.presses("Mia", await here.types("Mia", "setup review"),
                                  "Where drafts wait")  # fmt: skip
        proposed = await here.sends("Mia", form, drafts="sealed")
        await here.presses("Mia", proposed, "Confirm")
        kept = await here.posts("Ana", plain_grey(), time="later")
        assert "kept encrypted" in words(kept)
        assert "a restart" not in words(kept)
        newer = Vault([Fernet.generate_key().decode(), key])
        async with clinic(scans, here.store, newer) as after:
            after.clock.set(here.clock.now())
            assert await after.passes(timedelta(hours=1)) == []
            mail = await after.passes(timedelta(hours=24))
            assert "is posted" in words(mail[0][1])
            assert len(after.cases) == 1
            (case,) = await after.store.read(lambda work: work.cases.in_state(CaseState))
            assert await after.store.read(lambda work: work.cases.sealed(case.id)) is None


async def test_several_processes_do_not_promise_what_they_cannot_keep(scans: Scanning) -> None:
    async with clinic(scans, vault=Vault(alone=False)) as here:
        panel = await here.types("Mia", "setup review")
        assert "Several processes" in words(panel)
        found = await here.writes("Ana", plain_grey())
        refused = await here.last_look("Ana", found, time="later")
        assert "durable drafts" in words(refused)
        posted = await here.posts("Ana", plain_grey(), time="now")
        assert "is posted" in words(posted)


async def test_a_channel_has_a_rule_of_its_own(scans: Scanning) -> None:
    async with clinic(scans) as here:
        panel = await here.types("Mia", "setup review")
        form = await here.presses("Mia", panel, "For one channel")
        proposed = await here.sends("Mia", form, channel=CASES, reading="always")
        assert "as in other channels" in words(proposed)
        await here.presses("Mia", proposed, "Confirm")
        assert "always" in words(await here.types("Mia", "setup review"))
        waits = await here.posts("Ana", plain_grey(), reader=False)
        assert "waits for a second reader" in words(waits)
        form = await here.presses("Mia", await here.types("Mia", "setup review"),
                                  "For one channel")  # fmt: skip
        back = await here.sends("Mia", form, channel=CASES, reading="same")
        await here.presses("Mia", back, "Confirm")
        posted = await here.posts("Ana", plain_grey(), reader=False)
        assert "is posted" in words(posted)


async def test_what_waiting_cases_are_missing_is_told_by_the_check(scans: Scanning) -> None:
    async with clinic(scans, vault=Vault(alone=False)) as here:
        said = words(await here.types("Mia", "setup check"))
        assert "cases that wait need encrypted drafts" in said
        assert "setup review" in said
    async with clinic(scans) as here:
        assert "encrypted drafts" not in words(await here.types("Mia", "setup check"))
