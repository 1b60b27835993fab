"""`setup members` on cases: down with a reason, or moved to where nobody else reads."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.people import Account, Place
from bot.runtime.doors import Reach, Readers
from bot.runtime.scanning import Scanning
from bot.runtime.screen import Screen, Shown
from bot.ui.form import Picked, Raw
from tests.cases.clinic import CASES, Clinic, clinic, labels, plain_grey, words

ROOM = "C7"
ANA = (Picked(Account("discord", "", "Ana"), "Ana"),)


async def acts(here: Clinic, act: str, why: str = "The channel is for teaching", **raw: Raw) -> str:
    given = {"member": ANA, "act": act, "why": why, **raw}
    return words(await here.types("Mia", "setup members", **given))


def code_in(shown: Shown) -> str:
    return words(shown).split("case ")[1].split()[0]


async def heard(here: Clinic) -> str:
    return "\n".join(words(one) for who, one in await here.passes(timedelta(minutes=1))
                     if who == "Ana")  # fmt: skip


def standing(here: Clinic, channel: str) -> list[Screen]:
    return [one for where, one in here.board.standing.values() if where == channel]


async def test_a_case_comes_down_with_a_reason(scans: Scanning) -> None:
    async with clinic(scans) as here:
        code = code_in(await here.posts("Ana", plain_grey()))
        tells = await acts(here, "case.remove", "The MRN 48210937 is in it", case=code)
        assert "looks like an identifier" in tells
        assert "not theirs" in await here_for(here, "Ben", code)
        assert "Ana is told" in await acts(here, "case.remove", case=code)
        assert "A stent in a curve" not in words(here.cases[0])
        told = await heard(here)
        assert f"took your case {code} down" in told
        assert "The channel is for teaching" in told
        assert "ended already" in await acts(here, "case.remove", case=code)
        audit = words(await here.types("Mia", "setup audit"))
        assert "Took a case down" in audit


async def here_for(here: Clinic, who: str, code: str) -> str:
    other = (Picked(Account("discord", "", who), who),)
    given = {"member": other, "act": "case.remove", "why": "A reason", "case": code}
    return words(await here.types("Mia", "setup members", **given))


async def test_a_case_moves_only_to_whom_its_author_agreed_to(scans: Scanning) -> None:
    async with clinic(scans) as here:
        code = code_in(await here.posts("Ana", plain_grey()))
        more = {ROOM: Readers(Reach.BEYOND, 41, guests=True)}

        async def readers(place: Place, channel: str) -> Readers | None:
            return more.get(channel, Readers(Reach.PLACE, 41, guests=None))

        here.board.readers = readers
        move = {"case": code, "channel": ROOM}
        assert "Others could read it there" in await acts(here, "case.move", **move)
        more[ROOM] = Readers(Reach.SOME, 4, guests=True)
        assert "Others could read it there" in await acts(here, "case.move", **move)
        assert standing(here, ROOM) == []
        more[ROOM] = Readers(Reach.SOME, 4, guests=False)
        assert "Ana is told" in await acts(here, "case.move", **move)
        assert "A stent in a curve" in words(standing(here, ROOM)[0])
        assert "A stent in a curve" not in words(here.cases[0])
        told = await heard(here)
        assert f"moved your case {code} to" in told
        assert "Nobody can read it there" in told
        assert "already" in await acts(here, "case.move", **move)
        # It is the same case: its author withdraws it where it is now.
        assert "is withdrawn" in words(await here.types("Ana", "case withdraw", case=code))
        assert "A stent in a curve" not in words(standing(here, ROOM)[0])


async def test_a_case_that_waits_appears_in_the_other_channel(scans: Scanning) -> None:
    async with clinic(scans) as here:
        code = code_in(await here.posts("Ana", plain_grey(), time="later"))
        assert "Ana is told" in await acts(here, "case.move", case=code, channel=ROOM)
        await here.passes(timedelta(hours=25))
        assert standing(here, CASES) == []
        assert "A stent in a curve" in words(standing(here, ROOM)[0])
        gone = code_in(await here.posts("Ana", plain_grey(), time="later"))
        assert "Ana is told" in await acts(here, "case.remove", case=gone)
        assert not here.vault.held
        await here.passes(timedelta(hours=25))
        assert standing(here, CASES) == []


async def undoes(here: Clinic) -> str:
    audit = await here.types("Mia", "setup audit")
    question = await here.presses("Mia", audit, "Undo")
    return words(await here.presses("Mia", question, "Confirm"))


async def test_a_move_is_undone_and_a_case_taken_down_may_be_posted_again(scans: Scanning) -> None:
    async with clinic(scans) as here:
        code = code_in(await here.posts("Ana", plain_grey()))

        async def readers(place: Place, channel: str) -> Readers | None:
            return Readers(Reach.PLACE, 41, guests=False)

        here.board.readers = readers
        assert "Ana is told" in await acts(here, "case.move", case=code, channel=ROOM)
        audit = await here.types("Mia", "setup audit")
        question = await here.presses("Mia", audit, "Undo")
        assert "if nobody else can read it there" in words(question)
        assert "It is taken back." in words(await here.presses("Mia", question, "Confirm"))
        assert "taken back already" in words(await here.presses("Mia", question, "Confirm"))
        assert "A stent in a curve" not in words(standing(here, ROOM)[0])
        assert "A stent in a curve" in words(standing(here, CASES)[-1])
        assert "This takes back what a moderator did before." in await heard(here)
        await acts(here, "case.remove", case=code)
        assert "It is taken back." in await undoes(here)
        told = await heard(here)
        assert f"{code} down" in told, "that it is gone is told in any case"
        assert f"{code} may be posted again" in told
        assert "Nothing of it is kept" in told


async def test_a_report_about_a_case_is_about_whoever_posted_it(scans: Scanning) -> None:
    """The message is the bot's. Mia, who moderates, posted one case and sees no report of it; of
    another she is told which case it is, and not whose.
    """
    async with clinic(scans) as here:
        code = code_in(await here.posts("Ana", plain_grey(), anonymous=True))
        await here.posts("Mia", plain_grey())
        hers, mias = (one for one, (at, _shown) in here.board.standing.items() if at == CASES)
        for message in (mias, hers):
            link = f"https://chat.example/channels/1/{CASES}/{message}"
            given = {"what": link, "category": "other", "text": "Please look"}
            assert "is kept" in words(await here.types("Ben", "report", **given))
        listed = await here.types("Mia", "setup reports")
        assert "1 report waits" in words(listed)
        (label,) = [one for one in labels(listed) if one.startswith("Open")]
        shown = words(await here.presses("Mia", listed, label))
        assert f"About: Whoever posted case {code}" in shown
        assert "Ana" not in shown
