"""Pictures on the checker page in a real Chromium: what is found, what is covered, what is handed
out, and that it is what `scan` finds. IDENTIFIER_FILES may name a folder of more pictures."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import zlib
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo
from playwright._impl._api_structures import FilePayload
from playwright.sync_api import Browser, Error, expect

from adapters.checker.build import SITE
from adapters.checker.serving import PREFIX
from bot.identifiers.findings import FileReport, Verdict
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.pictures.faint import (
    faint_places,
    grown_to_ink,
    hardly_stands_out,
    turned_up,
)
from bot.identifiers.pictures.ocr import _outlines
from bot.identifiers.scan import scan_file
from tests.browser.checker_page import BLOCKED, Site, choose, downloaded, reported, stored
from tests.browser.conftest import PHONE, Checker, new_context, shot
from tests.identifiers.pictures.drawing import HARMLESS, saved, scene
from tests.identifiers.pictures.test_faint import both, grainy, inked

LOOKED_AT = (".png", ".jpg", ".webp", ".gif", ".dcm")


def chunks(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(png):
        size = int.from_bytes(png[at : at + 4], "big")
        name, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert zlib.crc32(name + content) == int.from_bytes(
            png[at + 8 + size : at + 12 + size], "big"
        )
        found.append((name, content))
        at += size + 12
    return found


def pixels(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"), np.int16)


def printed(words: str) -> bytes:
    picture = scene(named=False)
    font = ImageFont.truetype("DejaVuSans.ttf", 26)
    ImageDraw.Draw(picture).text((20, 20), words, font=font, fill=(255, 255, 255))
    return saved(picture, "PNG")


def test_a_picture_is_covered_changed_by_hand_and_downloaded(checker) -> None:
    site, page, frame = checker
    before = len(site.asked)
    data = saved(scene(), "PNG")
    assert choose(frame, "KOWALCZYK_MARTINA.png", data) == BLOCKED
    shot(page, "checker-picture")
    boxes = frame.locator(".box")
    expect(boxes).to_have_count(3)
    # By keyboard: a box is dropped and ticked again, one of one's own is moved and resized.
    boxes.first.focus()
    page.keyboard.press("Delete")
    expect(frame.locator(".box:visible")).to_have_count(2)
    frame.get_by_label("Cover it").first.check()
    expect(frame.locator(".box:visible")).to_have_count(3)
    frame.get_by_role("button", name="Add a box").click()
    own = frame.locator(".box.own")
    expect(own).to_be_focused()
    start = own.bounding_box()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    end = own.bounding_box()
    assert start
    assert end
    assert end["x"] > start["x"]
    assert end["height"] > start["height"]
    # By mouse: another one is drawn, dragged, and goes again.
    place = frame.locator("#stage").bounding_box()
    assert place
    page.mouse.move(place["x"] + 300, place["y"] + 60)
    page.mouse.down()
    page.mouse.move(place["x"] + 360, place["y"] + 100)
    page.mouse.up()
    drawn = own.nth(1)
    assert abs(drawn.bounding_box()["width"] - 60) < 3
    page.mouse.move(place["x"] + 330, place["y"] + 80)
    page.mouse.down()
    page.mouse.move(place["x"] + 350, place["y"] + 90)
    page.mouse.up()
    assert abs(drawn.bounding_box()["x"] - place["x"] - 320) < 3
    page.keyboard.press("Delete")
    expect(own).to_have_count(1)
    frame.get_by_role("button", name="Show it covered").click()
    expect(boxes.first).to_have_css("background-color", "rgb(0, 0, 0)")
    shot(page, "checker-covered")
    name, copy = downloaded(page, frame)
    assert re.fullmatch(r"case-\d+\.png", name)
    assert [kind for kind, _ in chunks(copy) if kind != b"IDAT"] == [b"IHDR", b"tEXt", b"IEND"]
    # Lossless outside the boxes; nothing can be read inside; the mark is no finding and goes.
    old, new = pixels(data), pixels(copy)
    covered = (new == 0).all(axis=2) & (old != 0).any(axis=2)
    assert 0.01 < covered.mean() < 0.2
    assert (old == new).all(axis=2)[~covered].all()
    again = examine(copy, Wish(redact=True))
    assert again.findings == ()
    assert again.copy is not None
    assert b"Introducer" in copy
    assert b"Introducer" not in again.copy
    assert site.asked[before:] == []
    assert "KOWAL" not in stored(page).upper()


def test_what_a_box_was_dragged_away_from_is_covered_all_the_same(checker) -> None:
    _, page, frame = checker
    choose(frame, "a.png", saved(scene(), "PNG"))
    frame.locator(".box").first.focus()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    _, copy = downloaded(page, frame)
    assert examine(copy, Wish()).findings == ()
    # What a person leaves open on purpose stays.
    choose(frame, "a.png", saved(scene(), "PNG"))
    frame.get_by_label("Cover it").first.uncheck()
    _, copy = downloaded(page, frame)
    assert [found.text for found in examine(copy, Wish()).findings] == ["KOWALCZYK, MARTINA"]


@pytest.mark.parametrize("form", ["JPEG", "WEBP", "BMP"])
def test_other_kinds_of_picture(checker, form: str) -> None:
    _, _, frame = checker
    assert choose(frame, "a.jpg", saved(scene(), form)) == BLOCKED
    expect(frame.locator("#picture-list li")).to_have_count(3)


def test_nothing_found_is_said_as_no_more_than_that(checker) -> None:
    _, _, frame = checker
    assert choose(frame, "a.png", saved(scene(named=False), "PNG")) == "Nothing found"
    expect(frame.locator("#picture-meaning")).to_contain_text("only that")
    expect(frame.locator("#picture-unchecked li")).to_have_count(0)


def test_print_in_another_script_is_told_not_passed_over(checker) -> None:
    _, _, frame = checker
    verdict = choose(frame, "a.png", printed("Иванова Мария Петровна"))
    assert verdict == "Look at this before you post"
    expect(frame.locator("#picture-list")).to_contain_text("cannot read")
    expect(frame.locator(".box")).to_have_count(1)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%%EOF",
        saved(scene(), "PNG")[:400],
        b"\xff\xd8\xff\xe0 no picture",
        b"GIF89a\1\0\1\0",
        b"",
        b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR\0\1\0\0\0\1\0\0\x08\2\0\0\0" + b"\0" * 40,
    ],
    ids=["pdf", "half", "hostile", "gif", "empty", "bomb"],
)
def test_what_cannot_be_opened_is_never_nothing_found(checker, data: bytes) -> None:
    _, _, frame = checker
    assert choose(frame, "a.bin", data) == BLOCKED
    assert frame.locator("#picture-unchecked li").count() == 1
    expect(frame.locator("#canvas-part")).to_be_hidden()


def test_with_a_finger_on_a_phone_in_the_dark(on_phone: Checker) -> None:
    _, page, frame = on_phone
    choose(frame, "a.png", saved(scene(), "PNG"))
    one = frame.locator(".box").first
    one.scroll_into_view_if_needed()
    start = one.bounding_box()
    assert start
    finger = page.context.new_cdp_session(page)
    x, y = start["x"] + start["width"] / 2, start["y"] + start["height"] / 2
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        ("touchMove", [{"x": x + 20, "y": y + 30}]),
        ("touchEnd", []),
    ):
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    end = one.bounding_box()
    assert end
    assert abs(end["y"] - start["y"] - 30) < 3
    shot(page, "checker-picture-phone")
    assert frame.locator("html").evaluate("(page) => page.scrollWidth") <= PHONE["width"]


def test_the_keyboard_stays_where_it_was_and_hears_what_changed(checker) -> None:
    _, page, frame = checker
    choose(frame, "a.png", saved(scene(), "PNG"))
    tick = frame.get_by_label("Cover it: Box 1")
    tick.focus()
    page.keyboard.press("Space")
    expect(tick).not_to_be_checked()
    expect(tick).to_be_focused()
    page.keyboard.press("Space")
    expect(tick).to_be_checked()
    boxes = frame.locator(".box:visible")
    boxes.first.focus()
    page.keyboard.press("ArrowRight")
    expect(frame.locator("#downloaded")).to_contain_text("from the left")
    count = boxes.count()
    page.keyboard.press("Delete")
    expect(frame.locator("#downloaded")).to_contain_text("stays open")
    expect(boxes).to_have_count(count - 1)
    expect(boxes.first).to_be_focused()
    for _ in range(count - 1):
        page.keyboard.press("Delete")
    expect(frame.get_by_role("button", name="Add a box")).to_be_focused()


def test_a_text_that_brings_its_picture_is_pasted_as_text(checker) -> None:
    """Tables put a picture of themselves beside the words."""
    _, page, frame = checker
    frame.get_by_role("button", name="Empty the page").click()
    inside = next(one for one in page.frames if one is not page.main_frame)
    taken = inside.evaluate(
        "() => { const held = new DataTransfer(); held.setData('text/plain', 'words');"
        " held.items.add(new File(['x'], 'a.png', {type: 'image/png'}));"
        " return by('text').dispatchEvent(new ClipboardEvent('paste',"
        " {clipboardData: held, bubbles: true, cancelable: true})); }"
    )
    assert taken is True  # left to the browser, which writes the words
    expect(frame.locator("#picture-state")).to_have_text("")


def test_in_german_where_the_browser_is(chromium: Browser) -> None:
    site = Site()
    context = new_context(chromium, viewport=PHONE, locale="de-DE")
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{site.port}{PREFIX}")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#state")).to_contain_text("Flugmodus", timeout=120_000)
    expect(frame.locator("html")).to_have_attribute("lang", "de")
    expect(frame.get_by_label("Dein Bild oder Clip")).to_be_visible()
    given = FilePayload(name="a.png", mimeType="image/png", buffer=saved(scene(), "PNG"))
    frame.locator("#file").set_input_files(given)
    expect(frame.locator("#picture-state")).to_have_text("Durchgesehen.", timeout=60_000)
    why = frame.locator("#picture-list .why")  # in the words of the bot's own catalogue
    assert "Eine Aktennummer" in " ".join(why.all_inner_texts())
    shot(page, "checker-german")
    context.close()
    site.stop()


def test_it_finds_what_scan_finds(checker, tmp_path: Path) -> None:
    """The same lines, kinds and verdict; boxes to a few pixels."""
    _, page, frame = checker
    (tmp_path / "a.png").write_bytes(saved(scene((1400, 900)), "PNG"))
    (tmp_path / "b.jpg").write_bytes(saved(scene((500, 400)), "JPEG", quality=95, exif=_exif()))
    texts = PngInfo()
    texts.add_text("Comment", "Mrs Mary Ashcombe, MRN 48210937")
    (tmp_path / "c.png").write_bytes(saved(scene(named=False), "PNG", pnginfo=texts))
    (tmp_path / "d.webp").write_bytes(saved(scene(named=False), "WEBP", exif=_exif()))
    files = sorted(tmp_path.iterdir())
    if folder := os.environ.get("IDENTIFIER_FILES"):
        files += sorted(one for one in Path(folder).iterdir() if one.suffix in LOOKED_AT)
    for file in files:
        choose(frame, file.name, file.read_bytes())
        theirs = reported(page)
        ours = scan_file(file).to_json()
        (theirs_seen, theirs_places), (ours_seen, ours_places) = _seen(theirs), _seen(ours)
        assert theirs["verdict"] == ours["verdict"], file.name
        assert theirs_seen == ours_seen, file.name
        assert np.abs(np.array(theirs_places) - np.array(ours_places)).max(initial=0) <= 6


def test_faint_print_is_turned_up_read_and_covered(checker) -> None:
    """As `scan` does, and where it shows itself only when the plain name beside it is covered."""
    _, page, frame = checker
    for data, listed in ((saved(grainy(12, "KOWALCZYK^MARTINA"), "PNG"), 1), (both()[0], 2)):
        assert choose(frame, "a.png", data) == BLOCKED
        assert _seen(reported(page))[0] == _seen(_scanned(data))[0]
        _, copy = downloaded(page, frame)
        assert (pixels(copy)[inked("KOWALCZYK^MARTINA") > 128] == 0).all()
        assert examine(copy, Wish()).findings == ()
        expect(frame.locator("#picture-list li")).to_have_count(listed)
        expect(frame.locator(".box")).to_have_count(listed)
    expect(frame.locator("#downloaded")).to_contain_text("More was found")
    assert choose(frame, "a.png", saved(grainy(12, "SID 108 cm"), "PNG")) == "Nothing found"


def test_what_stands_out_is_what_the_program_sees(tmp_path: Path) -> None:
    """The page's own arithmetic beside OpenCV's, on a picture that has all of it."""
    picture = np.asarray(Image.open(io.BytesIO(both()[0])).convert("RGB"))
    picture.tofile(tmp_path / "rgb")
    quads = [
        [[60, 54], [190, 60], [189, 91], [59, 85]],
        [[16, 420], [150, 420], [150, 446], [16, 446]],
    ]
    words = [shutil.which("node") or "node", str(Path(__file__).with_name("faint.mjs"))]
    words += [str(SITE), str(tmp_path), "640", "480", json.dumps(quads)]
    told = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    shown, far = turned_up(picture)
    assert np.abs(np.fromfile(tmp_path / "far", np.float32).reshape(480, 640) - far).max() < 1e-3
    theirs = np.fromfile(tmp_path / "shown", np.uint8).reshape(480, 640).astype(int)
    assert np.abs(theirs - shown[:, :, 0]).max() <= 1
    seen = np.zeros((480, 640), np.bool_)
    assert told["places"] == int(faint_places(far, seen).sum())
    ours = [np.array(quad, np.float32) for quad in quads]
    assert told["hardly"] == [hardly_stands_out(picture, quad) for quad in ours] == [True, False]
    for quad, longer in zip(ours, told["longer"], strict=True):
        assert np.abs(grown_to_ink(quad, far) - np.array(longer)).max() <= 1.5


def _scanned(data: bytes) -> dict:
    return FileReport("a", Verdict.BLOCK, examine(data, Wish()).findings, ()).to_json()


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = "Otieno, MRN 70157993"
    exif[0x0132] = "2025:03:14 10:11:12"
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    return exif


def _seen(report: dict) -> tuple[list[tuple[str, str]], list[list[float]]]:
    """Blanks between words come and go with a pixel."""
    found = report["findings"]
    read = [(one["kind"], one.get("text", "").replace(" ", "")) for one in found]
    return read, [one["box"] for one in found if "box" in one]


def test_boxes_of_lines_are_those_of_the_program(tmp_path: Path) -> None:
    """The geometry of the page beside that of Python, on maps of ink that no model made."""
    drawn = np.random.default_rng(11)
    ink = np.zeros((480, 640), np.float32)
    for row in range(9):
        for column in range(3):
            middle = (110 + 210 * column, 30 + 52 * row)
            size = (float(drawn.uniform(20, 150)), float(drawn.uniform(6, 20)))
            angle = float(drawn.uniform(-18, 18)) if column else 0.0
            corners = cv2.boxPoints((middle, size, angle)).astype(np.int32)
            cv2.fillPoly(ink, [corners], float(drawn.uniform(0.35, 1)))
    ink.tofile(tmp_path / "ink")
    words = [shutil.which("node") or "node", str(Path(__file__).with_name("outlines.mjs"))]
    words += [str(SITE), str(tmp_path / "ink"), "640", "480"]
    theirs = json.loads(subprocess.run(words, capture_output=True, text=True, check=True).stdout)
    ours = [quad.tolist() for quad in _outlines(ink)]
    assert len(ours) > 15
    assert len(theirs) == len(ours)
    for one, two in zip(_placed(theirs), _placed(ours), strict=True):
        assert np.abs(np.array(one) - np.array(two)).max() < 1.5


def _placed(quads: list) -> list:
    return sorted(quads, key=lambda quad: (round(np.mean(quad, axis=0)[1] / 20), quad[0][0]))


def test_the_ways_out_are_shut_for_the_worker_that_reads(checker) -> None:
    site, page, _ = checker
    inside = next(one for one in page.frames if one is not page.main_frame)
    before = len(site.asked)
    away = f"http://127.0.0.1:{site.port}/way-out"
    code = (
        f"fetch('{away}'); importScripts('{away}'); new WebSocket('{away}'.replace('http', 'ws'))"
    )
    try:
        inside.evaluate("(code) => { new Worker(URL.createObjectURL(new Blob([code]))) }", code)
        page.wait_for_timeout(500)
    except Error:
        pass
    assert site.asked[before:] == []


def test_harmless_print_is_left_in_the_copy(checker) -> None:
    _, page, frame = checker
    choose(frame, "a.png", saved(scene(), "PNG"))
    _, copy = downloaded(page, frame)
    from bot.identifiers.pictures.looking import look
    from bot.identifiers.pictures.ocr import text_reader

    lines, _ = look(text_reader(), np.asarray(pixels(copy), np.uint8))
    assert {line.text for line in lines} >= set(HARMLESS)
