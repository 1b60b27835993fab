"""A case in the browser: everything that a picture can tell is shown covered, and posted so."""

from __future__ import annotations

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import shot
from tests.browser.test_page import become, go, log, send
from tests.browser.test_whole import page, process  # noqa: F401  (fixtures)
from tests.cases import planted

SLOW = 90_000
"""Milliseconds; what the search needs is loaded by the first file."""


PIXELS = """async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    let sum = 7;
    for (const value of pen.getImageData(0, 0, canvas.width, canvas.height).data)
        sum = (sum * 31 + value) % 2147483647;
    return `${canvas.width} ${canvas.height} ${sum}`;
}"""


DARK = """async (image) => {
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.naturalWidth; canvas.height = image.naturalHeight;
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const edge = 26, wide = canvas.width - 2 * edge, high = canvas.height - 2 * edge;
    const dark = (x, y) => pen.getImageData(edge + x * wide, edge + y * high, 1, 1).data[0] === 0;
    return [dark(0.6, 0.5), dark(0.2, 0.5)];
}"""
"""Whether the covered copy is black in two places: what lies around it are letters and numbers."""


def payloads() -> list[FilePayload]:
    files = {**planted.files(), "run7.png": planted.ordinary()}
    return [
        FilePayload(name=name, mimeType="application/octet-stream", buffer=content)
        for name, content in files.items()
    ]


def draw(picture: Locator) -> None:
    """A box over the middle of a picture, with the mouse."""
    mouse = picture.page.mouse
    picture.scroll_into_view_if_needed()
    edge = picture.bounding_box()
    assert edge is not None

    def go_to(x: float, y: float) -> None:
        mouse.move(edge["x"] + x * edge["width"], edge["y"] + y * edge["height"], steps=4)

    go_to(0.5, 0.4)
    mouse.down()
    go_to(0.75, 0.65)
    mouse.up()


def test_a_case_with_everything_that_tells(page: Page) -> None:  # noqa: F811
    become(page, "trainee")
    send(page, "/case post")
    shot(page, "case-checklist")
    log(page).get_by_role("button", name="Continue").last.click()
    form = page.get_by_role("dialog")
    form.locator("input[type=file]").set_input_files(payloads())
    form.get_by_label("Title").fill("A stent in a curve")
    form.get_by_label("Teaching point").fill("Measure twice.")
    form.get_by_label("History").fill("Born 14.03.1961, seen for a stent.")
    shot(page, "case-form")
    form.get_by_role("button", name="Look through it").click()
    seen: list[str] = []
    pixels: list[str] = []
    for number in range(1, 9):
        report = log(page).get_by_role("article").last
        expect(report).to_contain_text(f"File {number} of 8", timeout=SLOW)
        seen.append(report.inner_text())
        pixels.append(str(report.locator("img").last.evaluate(PIXELS)))
        shot(page, f"case-file-{number}")
        if number < 8:
            report.get_by_role("button", name="Next file").click()
    # What is looked at is the picture of this file, not of one that stood here before.
    assert len(set(pixels)) == 8, pixels
    faint, name, gps, dicom, face, band, gif, ordinary = seen
    assert "date, in the picture" in faint
    assert "record number, in the name of the file" in name
    assert "place where it was taken" in gps
    assert "record number, in the hidden part of the file" in dicom
    assert "face, in the picture" in face
    assert "barcode, in the picture" in band
    assert "in 1 frame, first in number 3" in gif
    assert "I found nothing in this file." in ordinary
    for said in seen:
        for value in ("48210937", "14.03.1961", "KOWALCZYK", "Kowalczyk"):
            assert value not in said
    report = log(page).get_by_role("article").last
    original = report.get_by_role("img", name="Your picture as it is")
    draw(original)
    shot(page, "case-drawn")
    report.get_by_role("button", name="Cover what I drew").click()
    report = log(page).get_by_role("article").last
    expect(report.get_by_role("button", name="Undo what I covered")).to_be_visible(timeout=SLOW)
    assert report.locator("img").last.evaluate(DARK) == [True, False]
    shot(page, "case-drawn-covered")
    log(page).get_by_role("button", name="Go on to the words").last.click()
    words = log(page).get_by_role("article").last
    expect(words).to_contain_text("Your words")
    assert "14.03.1961" not in words.inner_text()
    shot(page, "case-words")
    words.get_by_role("button", name="Go on").click()
    form = page.get_by_role("dialog")
    form.get_by_label("In words").fill("Grey fields with covered corners")
    form.get_by_role("combobox", name="Permission").select_option("no_patient")
    form.get_by_role("combobox", name="When").select_option("now")
    shot(page, "case-how")
    form.get_by_role("button", name="Send").click()
    look = log(page).get_by_role("article").last
    expect(look).to_contain_text("This is what will appear")
    shot(page, "case-last-look")
    look.get_by_role("button", name="Post", exact=True).click()
    expect(log(page)).to_contain_text("is posted in")
    shot(page, "case-posted")
    become(page, "mentor")
    go(page, "cases")
    expect(log(page)).to_contain_text("A stent in a curve")
    shot(page, "case-in-channel")
    assert "14.03.1961" not in log(page).inner_text()
