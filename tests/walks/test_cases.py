"""Cases through the whole bot as a process: what a picture can tell is shown covered and posted so;
and whatever happens, nothing planted is left anywhere.
"""

from __future__ import annotations

import asyncio
import io
from pathlib import Path

import aiohttp
import numpy as np
import pytest
from PIL import Image

from bot.identifiers.pictures.film import write_video
from bot.identifiers.pictures.gif import write_gif
from bot.identifiers.pictures.pdf import write_pdf
from tests.cases import planted
from tests.identifiers.pictures.drawing import saved, scene
from tests.identifiers.pictures.test_hostile import bomb
from tests.walks.clients import CLIENTS, Client
from tests.walks.conftest import Town
from tests.walks.process import Process
from tests.walks.test_offers import free_port

pytestmark = pytest.mark.timeout(300)

MARKS = ("48210937", "14.03.1961", "KOWALCZYK", "Kowalczyk", "Martina")
WORDS = {
    "title": "A stent in a curve",
    "teaching": "Measure twice.",
    "history": "Born 14.03.1961, MRN 48210937, seen for a stent.",
}
HOW = {
    "alt": "Grey fields with covered corners",
    "permission": "no patient: a phantom, a drawing, a device",
    "time": "now",
}
SAID = {
    "faint.png": "date, in the picture",
    "MRN_48210937.png": "record number, in the name of the file",
    "holiday.jpg": "place where it was taken",
    "series.png": "record number, in the hidden part of the file",
    "portrait.jpg": "face, in the picture",
    "band.png": "barcode, in the picture",
    "run.gif": "in 1 frame, first in number 3",
    "run7.png": "I found nothing in this file.",
}


ENDINGS = ("png", "png", "jpg", "png", "jpg", "png", "gif", "png")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files of the bot and of the processes that it starts."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP"):
        monkeypatch.setenv(name, str(folder))
    return folder


async def begun(town: Town, **changes: str) -> tuple[Process, str]:
    """A bot that logs everything it can, and the address of its metrics."""
    port = free_port()
    settings = {"HTTP__PORT": str(port), "LOG__LEVEL": "debug", **changes}
    return await town.run(**settings), f"http://127.0.0.1:{port}/metrics"


async def hands_over(who: Client, *files: tuple[str, bytes]) -> None:
    """From the checklist to the search."""
    start = await who.types("case post", "An age band instead of the age")
    form = await who.press_for_form(start, "Continue")
    pictures = tuple(who.file(name, content) for name, content in files)
    await who.sends(form, {**WORDS, "pictures": pictures})


async def nothing_is_left(town: Town, bot: Process, metrics: str = "") -> None:
    """In files, logs, metrics, and in what the bot sent to either platform."""
    held = [file for file in town.folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".sqlite3" for file in held)
    for file in held:
        content = file.read_bytes()
        for mark in MARKS:
            assert mark.encode() not in content, f"{mark} is in {file.name}"
    if metrics:
        async with aiohttp.ClientSession() as client, client.get(metrics) as answer:
            counted = await answer.text()
        assert "introducer" in counted
        assert not any(mark in counted for mark in MARKS)
    assert not any(mark in bot.said for mark in MARKS), bot.said
    sent: list[str] = []
    for place in town.discord.world.channels.values():
        for one in place.messages.values():
            if one.author.bot:
                names = " ".join(file.filename for file in one.attachments)
                sent.append(f"{one.text} {one.components} {one.embeds} {names}")
    for channel in town.slack.workspace.channels.values():
        sent += [f"{one.text} {one.blocks}" for one in channel.messages if one.bot]
    own = town.slack.workspace.bot.id
    sent += [file.name for file in town.slack.workspace.files.values() if file.user == own]
    for mark in MARKS:
        assert not any(mark in text for text in sent), mark


def covered(files: dict[str, bytes]) -> None:
    """The places where something was planted hold one colour, and nothing is carried beside it."""
    assert sorted(files) == [f"case-{n}.{ending}" for n, ending in enumerate(ENDINGS, 1)]
    pictures = [Image.open(io.BytesIO(files[name])) for name in sorted(files)]
    faint, _named, place, _dicom, face, band, gif, _ordinary = pictures
    for content in files.values():
        assert not any(mark.encode() in content for mark in MARKS)
    for one in pictures:
        assert not one.getexif()
    assert flat(faint, (486, 442, 598, 464)), "the date; that it is one may be read"
    assert place.getexif().get_ifd(0x8825) == {}
    assert flat(face, (54, 30, 112, 104))
    assert flat(band, (256, 136, 399, 279))
    gif.seek(2)
    assert flat(gif, (14, 16, 229, 33))


def flat(picture: Image.Image, box: tuple[int, int, int, int]) -> bool:
    """Whether nothing stands out there. A little noise is left to whatever packed the picture."""
    pixels = np.asarray(picture.convert("L").crop(box), int)
    return int(pixels.max() - pixels.min()) <= 12


@pytest.mark.parametrize("platform", CLIENTS)
async def test_everything_that_tells_is_covered_and_posted_so(
    town: Town, platform: str, temporary: Path
) -> None:
    bot, metrics = await begun(town)
    ana, ben = (CLIENTS[platform](town, name) for name in ("ana", "ben"))
    files = {**planted.files(), "run7.png": planted.ordinary()}
    assert list(files) == list(SAID)
    await hands_over(ana, *files.items())
    shown = await ana.sees("File 1 of 8")
    for number, says in enumerate(SAID.values(), 1):
        if number > 1:
            shown = await ana.press(shown, "Next file", f"File {number} of 8")
        assert says in shown.text
        assert "four corners" in shown.text
        (preview,) = (await ana.files(shown, 1)).values()
        assert preview.startswith(b"\x89PNG")
    shown = await ana.press(shown, "Go on to the words", "Your words")
    form = await ana.press_for_form(shown, "Go on")
    await ana.sends(form, HOW)
    look = await ana.sees("This is what will appear")
    agreed = await ana.files(look, 8)
    covered(agreed)
    posted = await ana.press(look, "Post", "is posted in")
    case = await ben.sees("Discuss it in the thread")
    assert "A stent in a curve" in case.text
    assert await ben.files(case, 8) == agreed, "what was shown is what is posted"
    await nothing_is_left(town, bot, metrics)
    if platform == "slack":
        previews_are_gone(town)
    await ana.press(posted, "Withdraw", "What I cannot reach")
    assert await ben.files(await ben.sees("was taken down"), 0) == {}
    assert await bot.stop() == 0
    await nothing_is_left(town, bot)
    empty(temporary)
    assert "Traceback" not in bot.said, bot.said


def previews_are_gone(town: Town) -> None:
    """On Slack a file outlives its message: those shown for the moment only were deleted."""
    workspace = town.slack.workspace
    own = [file for file in workspace.files.values() if file.user == workspace.bot.id]
    assert not [file.name for file in own if not file.deleted and file.name.startswith("preview")]


async def test_stopped_and_killed_in_the_middle_of_a_search(town: Town, temporary: Path) -> None:
    bot, metrics = await begun(town)
    ana = CLIENTS["discord"](town, "ana")
    files = [(f"MRN_48210937_{n}.png", saved(scene(), "PNG")) for n in range(10)]
    await hands_over(ana, *files)
    waits = await ana.sees("Looking through file")
    before = at_work(bot)
    assert before
    await ana.press(waits, "Stop", "")
    await ana.sees("Stopped. Nothing was kept or posted.")
    async with asyncio.timeout(10):
        while before <= at_work(bot):  # noqa: ASYNC110 - a process that ends rings no bell here
            await asyncio.sleep(0.05)
    await nothing_is_left(town, bot, metrics)
    await hands_over(ana, *files)
    await ana.sees("Looking through file 2 of 10")
    searching = at_work(bot)
    await bot.kill()
    async with asyncio.timeout(10):
        while any(alive(one) for one in searching):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    await nothing_is_left(town, bot)
    empty(temporary)


@pytest.mark.parametrize("platform", CLIENTS)
async def test_hostile_files_end_in_a_sentence_while_others_are_answered(
    town: Town, platform: str, temporary: Path
) -> None:
    files = hostile()  # before the bot is there, whom a server that draws pictures would not hear
    bot, metrics = await begun(town)
    ana, ben = (CLIENTS[platform](town, name) for name in ("ana", "ben"))
    await hands_over(ana, *files.items())
    for _time in range(5):
        # Discord's client fails once an answer is later than Discord waits for it.
        await ben.types("hours list", "No office hours are planned")
    assert not ben.late
    shown = await ana.sees(f"File 1 of {len(files)}")
    said: list[str] = []
    for number in range(1, len(files) + 1):
        if number > 1:
            shown = await ana.press(shown, "Next file", f"File {number} of {len(files)}")
        said.append(shown.text)
    for text in said[:5]:
        assert "This file was not looked through." in text
        assert "Traceback" not in text
    assert "more than 60 pages" in said[4]
    assert "made smaller first" in said[5], "the 4K clip was looked through"
    assert "Behind the picture" in said[6]
    assert b"<script>" not in b"".join((await ana.files(shown, 1)).values())
    await nothing_is_left(town, bot, metrics)
    assert await bot.stop() == 0
    empty(temporary)
    assert "Traceback" not in bot.said, bot.said


def hostile() -> dict[str, bytes]:
    """Files that nobody can look through, and one that is two things at once."""
    jpeg = saved(scene(named=False), "JPEG")
    page, large = np.full((48, 36, 3), 120, np.uint8), np.full((2160, 3840, 3), 120, np.uint8)
    frame = write_gif([np.zeros((8, 8, 3), np.uint8)], [10])
    body = frame[frame.index(b"\x21\xf9") : -1]
    return {
        "bomb.png": bomb(30_000),
        "torn.jpg": jpeg[: len(jpeg) // 3],
        "endless.gif": frame[:-1] + body * 5000 + b";",
        "broken.dcm": b"\0" * 128 + b"DICM" + b"\x08\0\x05\0SQ\0\0\xff\xff\xff\xff" * 3000,
        "hundred.pdf": write_pdf([(page, (36.0, 48.0))] * 100),
        "clip.mp4": write_video([large] * 3, 30),
        "two.png": saved(planted.plain(), "PNG") + b"<script>alert(1)</script>" * 40,
    }


def empty(folder: Path) -> None:
    assert [*folder.iterdir()] == []


def at_work(bot: Process) -> set[int]:
    """The processes that a bot has started."""
    found: set[int] = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == bot.id and fields[0] != "Z":
            found.add(int(status.parent.name))
    return found


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
