"""From the checklist to a post and back: nothing before a yes, and exactly what was shown."""

from __future__ import annotations

from datetime import timedelta

from bot.runtime.caller import Message
from bot.runtime.scanning import Scanning
from bot.runtime.screen import FormScreen, Screen
from bot.ui.action import Upload
from bot.ui.parts import Can, Image
from tests.cases import planted
from tests.cases.clinic import (
    CASES,
    clinic,
    labels,
    ordinary,
    pictures,
    plain_grey,
    select,
    telling,
    words,
)


def faint() -> Upload:
    return Upload("faint.png", planted.faint(), "image/png")


PLANTED = ("KOWALCZYK", "Martina", "48210937", "14.03.1961", "MRN_")


async def test_the_checklist_comes_first_and_takes_no_file(scans: Scanning) -> None:
    async with clinic(scans) as here:
        start = await here.types("Ana", "case post")
        assert isinstance(start, Screen)
        for says in ("age band", "No dates", "No place", "rare disease", "not a trophy", "scan"):
            assert says in words(start)
        form = await here.presses("Ana", start, "Continue")
        assert isinstance(form, FormScreen)
        assert form.form.memory_only
        assert [one.id for one in form.form.fields] == [
            *("pictures", "title", "teaching", "question", "history")
        ]


async def test_a_report_says_once_where_files_go(scans: Scanning) -> None:
    servers = "the platform's servers"
    async with clinic(scans) as here:
        form = await here.types("Ana", "case check")
        assert isinstance(form, FormScreen)
        assert servers in repr(form.form.intro)
        assert servers not in words(await here.sends("Ana", form, files=(plain_grey(),)))
        at_once = await here.types("Ana", "case check", files=(plain_grey(),))
        assert words(at_once).count(servers) == 1


async def test_findings_are_listed_without_their_values_and_covered(scans: Scanning) -> None:
    async with clinic(scans) as here:
        found = await here.writes("Ana", telling())
        said = words(found)
        assert "1. name, in the picture, at A1-C1" in said
        assert "record number, in the name of the file" in said
        assert "four corners" in said
        for planted in PLANTED:
            assert planted not in said
        (preview,) = pictures(found)
        assert preview.getpixel((60, 50)) == (0, 0, 0)
        assert here.meanwhile
        assert "Looking through file 1 of 1" in words(here.meanwhile[0])
        # One of them is shown again, by its author's wish, and then covered again.
        covered = select(found, "Covered")
        assert covered.chosen == ("1", "2", "3")
        fewer = await here.chooses("Ana", found, "Covered", "1", "2")
        (preview,) = pictures(fewer)
        assert select(fewer, "Covered").chosen == ("1", "2")
        assert preview.getpixel((120, 105)) != (0, 0, 0)
        more = await here.chooses("Ana", fewer, "Cover a place yourself", "tl")
        (preview,) = pictures(more)
        assert preview.getpixel((150, 80)) == (0, 0, 0)
        form = await here.presses("Ana", more, "Cover by letter and number")
        wrong = await here.sends("Ana", form, cells="the corner")
        assert "letters and numbers" in words(wrong)
        form = await here.presses("Ana", more, "Cover by letter and number")
        cell = await here.sends("Ana", form, cells="F6")
        (preview,) = pictures(cell)
        assert preview.getpixel((650, 490)) == (0, 0, 0)
        look = await here.last_look("Ana", cell)
        assert "You keep what I would have covered: date" in words(look)


async def test_an_ordinary_case_is_posted_as_it_was_shown_and_withdrawn(scans: Scanning) -> None:
    async with clinic(scans) as here:
        found = await here.writes("Ana", ordinary(), history="A man in his 60s.")
        assert "I found nothing in this file." in words(found)
        assert select(found, "Cover a place yourself")
        assert not any(line.startswith("1.") for line in words(found).splitlines())
        look = await here.last_look("Ana", found)
        said = words(look)
        assert "everybody here can see" in said
        assert "Guests are among them." in said
        posted = await here.presses("Ana", look, "Post")
        assert "is posted" in words(posted)
        (case,) = here.cases
        said = words(case)
        for says in ("A stent in a curve", "By Ana", "Measure twice.", "For education, not advice"):
            assert says in said
        assert here.board.threads == ["A stent in a curve"]
        pixels = [[one.tobytes() for one in pictures(each)] for each in (case, look)]
        assert pixels[0] == pixels[1]
        again = await here.presses("Ana", look, "Post")
        assert "gone" in words(again)
        assert len(here.cases) == 1
        no = await here.presses("Ben", case, "Withdraw")
        assert "Only its author" in words(no)
        down = await here.presses("Ana", case, "Withdraw")
        assert "What I cannot reach" in words(down)
        (left,) = here.cases
        assert "was taken down" in words(left)
        assert pictures(left) == []


async def test_words_are_looked_through_and_replaced(scans: Scanning) -> None:
    async with clinic(scans) as here:
        history = "A 63-year-old man, MRN 48210937, seen on 2026-03-02 and again on 2026-03-12."
        found = await here.writes("Ana", plain_grey(), history=history)
        shown = await here.presses("Ana", found, "Go on to the words")
        said = words(shown)
        assert "48210937" not in said
        assert "2026-03-02" not in said
        assert "man in their 60s" in said
        assert "[day 10]" in said
        look = await here.last_look("Ana", shown)
        assert "48210937" not in words(look)
        form = await here.presses("Ana", shown, "Go on")
        wrong = await here.sends(
            "Ana", form, alt="Mrs Jane Kowalczyk, MRN 48210937", permission="consent", time="now"
        )
        assert "leave it out" in words(wrong)


async def test_a_changed_draft_is_not_posted_by_an_old_button(scans: Scanning) -> None:
    async with clinic(scans) as here:
        found = await here.writes("Ana", telling())
        look = await here.last_look("Ana", found)
        await here.chooses("Ana", found, "Covered", "1", "2")
        stale = await here.presses("Ana", look, "Post")
        assert "Something changed" in words(stale)
        assert here.cases == []


async def test_a_platform_that_refuses_leaves_the_draft(scans: Scanning) -> None:
    async with clinic(scans) as here:
        here.board.refuses = True
        answer = await here.posts("Ana", plain_grey())
        assert "I could not post" in words(answer)
        here.board.refuses = False
        answer = await here.presses("Ana", answer, "Try again")
        assert "is posted" in words(answer)
        assert len(here.cases) == 1


async def test_later_is_a_night_and_a_restart_is_told(scans: Scanning) -> None:
    async with clinic(scans) as here:
        waits = await here.posts("Ana", plain_grey(), time="later")
        assert "unless you withdraw it" in words(waits)
        assert here.cases == []
        mail = await here.passes(timedelta(hours=25))
        assert [who for who, _screen in mail] == ["Ana"]
        assert "is posted" in words(mail[0][1])
        assert len(here.cases) == 1
        await here.posts("Ana", plain_grey(), time="later")
        async with clinic(scans, here.store) as after:
            after.clock.set(here.clock.now())
            mail = await after.passes(timedelta(minutes=1))
            assert "is gone" in words(mail[0][1])
            mail = await after.passes(timedelta(days=2))
            assert mail == []
            assert after.cases == []


async def test_a_flag_hides_until_a_moderator_looked(scans: Scanning) -> None:
    async with clinic(scans) as here:
        await here.posts("Ana", plain_grey(), anonymous=True)
        (case,) = here.cases
        assert "stays unnamed" in words(case)
        flagged = await here.presses("Ben", case, "Ask for a second look")
        assert "is hidden" in words(flagged)
        assert pictures(here.cases[0]) == []
        mail = await here.passes(timedelta(minutes=1))
        assert [who for who, _screen in mail] == ["Ana"]
        staff = [screen for channel, screen in here.board.standing.values() if channel == "C8"]
        assert "stent" not in words(staff[0])
        look = await here.presses("Mia", staff[0], "Look at it")
        assert "By Ana" in words(look)
        back = await here.presses("Mia", look, "Show it again")
        assert "shown again" in words(back)
        assert len(pictures(here.cases[0])) == 1
        again = await here.presses("Ben", case, "Ask for a second look")
        assert "write to a moderator" in words(again)
        late = await here.presses("Mia", look, "Take it down")
        assert "faster" in words(late)


async def test_a_draft_that_is_forgotten_or_thrown_away_leaves_nothing(scans: Scanning) -> None:
    async with clinic(scans) as here:
        found = await here.writes("Ana", telling())
        assert isinstance(found, Screen)
        gone = await here.presses("Ana", found, "Throw away")
        assert isinstance(gone, Screen)
        assert gone.passing == found.passing
        assert "Nothing was posted" in words(gone)
        found = await here.writes("Ana", telling())
        await here.passes(timedelta(hours=2))
        assert isinstance(found, Screen)
        assert here.board.forgotten == [found.passing]
        late = await here.presses("Ana", found, "Go on to the words" if "Go on to the words" in
                                  labels(found) else "Throw away")  # fmt: skip
        assert "gone" in words(late)


async def test_why_a_second_look_is_asked_for_reaches_moderators_alone(scans: Scanning) -> None:
    async with clinic(scans) as here:
        posted = await here.posts("Ana", plain_grey())
        code = words(posted).split("case ")[1].split(" ")[0].strip("`")
        await here.types("Ben", "case flag", case=code, reason="tells")
        for case in here.cases:
            assert "may tell who" not in words(case)
        await here.passes(timedelta(minutes=1))
        notice = here.staff[-1]
        assert "something may tell who the patient is" in words(notice)
        look = await here.presses("Mia", notice, "Look at it")
        assert "something may tell who the patient is" in words(look)
        await here.presses("Mia", look, "Show it again")
        await here.types("Cem", "case flag", case=code)
        await here.passes(timedelta(minutes=1))
        look = await here.presses("Mia", here.staff[-1], "Look at it")
        assert "Why a second look" not in words(look), "said once"


async def test_why_is_asked_after_hiding_and_known_after_a_restart(scans: Scanning) -> None:
    async with clinic(scans) as here:
        await here.posts("Ana", plain_grey())
        flagged = await here.presses("Ben", here.cases[0], "Ask for a second look")
        assert "is hidden until" in words(here.cases[0])
        wrong = await here.chooses("Cem", flagged, "Say why", "wrong")
        assert "looked at it already" in words(wrong), "somebody else's to say"
        assert "Choose one" in words(await here.chooses("Ben", flagged, "Say why", "MRN 4"))
        said = await here.chooses("Ben", flagged, "Say why", "not_allowed")
        assert "Moderators see the reason" in words(said)
        async with clinic(scans, here.store) as after:
            await after.passes(timedelta(minutes=1))
            look = await after.presses("Mia", after.staff[-1], "Look at it")
            assert "doubt that it may be shown" in words(look)
            await after.presses("Mia", look, "Take it down")
            late = await after.chooses("Ben", flagged, "Say why", "tells")
            assert "looked at it already" in words(late)


async def test_places_are_drawn_on_the_original_at_home_alone(scans: Scanning) -> None:
    async with clinic(scans) as here:
        away = await here.writes("Ana", telling())
        assert len(pictures(away)) == 1
        here.can = frozenset({Can.AT_HOME})
        found = await here.writes("Ana", telling())
        original, preview = pictures(found)
        assert preview.getpixel((60, 50)) == (0, 0, 0)
        assert original.getpixel((60, 50)) != (0, 0, 0)
        assert isinstance(found, Screen)
        drawing = next(part.draws for part in found.parts if isinstance(part, Image) and part.draws)
        wire = found.voice.wire(drawing)
        edges = ("500", "500", "600", "600", "700", "100", "800", "200")
        drawn = await here.core.press(here.arrival("Ana"), wire, edges)
        _original, preview = pictures(drawn)
        assert preview.getpixel((26 + 352, 26 + 264)) == (0, 0, 0)
        assert preview.getpixel((26 + 480, 26 + 72)) == (0, 0, 0)
        for nonsense in (("1", "2"), ("x", "1", "2", "3"), ("9", "9", "1", "1")):
            same = await here.core.press(here.arrival("Ana"), wire, nonsense)
            assert len(pictures(same)) == 2


async def test_a_single_finding_is_kept_and_covered_again(scans: Scanning) -> None:
    async with clinic(scans) as here:
        found = await here.writes("Ana", faint(), history="Seen on 14.03.2026 for a stent.")
        shown = await here.presses("Ana", found, "Show what I covered")
        again = await here.presses("Ana", shown, "Cover it again")
        pixels = [pictures(one)[-1].tobytes() for one in (found, shown, again)]
        assert pixels[0] == pixels[2] != pixels[1]
        said = await here.presses("Ana", again, "Go on to the words")
        assert "History: Seen" in words(said)
        kept = await here.presses("Ana", said, "Keep it as I wrote it")
        look = await here.last_look("Ana", kept)
        assert "14.03.2026" in words(look)
        assert "You keep what I would have covered: date" in words(look)


async def test_flag_case_in_the_menu_of_its_message(scans: Scanning) -> None:
    async with clinic(scans) as here:
        await here.posts("Ana", plain_grey())
        (number,) = [key for key, (where, _) in here.board.standing.items() if where == CASES]
        flagged = await here.core.point(here.arrival("Ben"), "flag", Message(number, "", ours=True))
        assert "is hidden" in words(flagged)
        assert "stent" not in words(here.cases[0])
        other = await here.core.point(here.arrival("Ben"), "flag", Message("77", "Hello"))
        assert "not a case that I posted" in words(other)


async def test_moderators_word_the_checklist(scans: Scanning) -> None:
    async with clinic(scans) as here:
        panel = await here.types("Mia", "setup texts")
        text = await here.chooses("Mia", panel, "Look at", "case_checklist")
        form = await here.presses("Mia", text, "Change")
        echo = await here.sends("Mia", form, text="Ask Priya first.")
        await here.presses("Mia", echo, "Confirm")
        start = await here.types("Ana", "case post")
        assert "Ask Priya first." in words(start)
        assert "age band" not in words(start)
        assert "scan FILE" in words(start), "what a platform keeps is said in any case"
