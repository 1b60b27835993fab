"""Clips on the checker page: every frame and every field as `scan` has them, and a copy without
either; what the browser has no decoder for is told."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import expect

from adapters.checker.fields import filmed
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.scan import scan_file
from tests.browser.checker_page import BLOCKED, choose, downloaded, reported
from tests.browser.conftest import Checker, shot
from tests.identifiers.pictures.drawing import scene

SIZE = (320, 240)
FIELDS = {
    "title": "Mrs Mary Otieno",
    "comment": "MRN 70157993",
    "location": "+51.5000-000.1200/",
    "creation_time": "2025-03-14T10:11:12Z",
}


def clip(file: Path, codec: str) -> None:
    """Eight frames; a name comes in the fifth."""
    with av.open(str(file), "w") as container:
        container.metadata.update(FIELDS)
        stream: Any = container.add_stream(codec, rate=Fraction(10))
        stream.width, stream.height = SIZE
        stream.pix_fmt = "yuv420p"
        if codec == "libx264":
            stream.options = {"bf": "2", "g": "4"}  # frames that are stored out of order
        for at in range(8):
            picture = np.asarray(scene(SIZE, named=at >= 4))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def found(report: dict) -> set[tuple[str, str, str]]:
    """What is found, each once; blanks, and signs of one pixel, come and go with a decoder."""
    return {
        (one["where"], one["kind"], one.get("text", "").replace(" ", "").replace(",", ""))
        for one in report["findings"]
    }


@pytest.mark.parametrize("kind", ["mp4", "webm"])
def test_a_clip_is_looked_through_and_its_copy_holds_nothing(
    checker: Checker, tmp_path: Path, kind: str
) -> None:
    _, page, frame = checker
    file = tmp_path / f"a.{kind}"
    clip(file, "libx264" if kind == "mp4" else "libvpx")
    assert choose(frame, file.name, file.read_bytes()) == BLOCKED
    theirs = reported(page)
    ours = found(scan_file(file).to_json())
    if kind == "webm":  # `scan` takes a place in a tag of WebM for a telephone number
        ours = {("metadata", "gps", FIELDS["location"]) if "phone" in one else one for one in ours}
    assert found(theirs) == ours
    assert theirs["not_checked"] == []
    expect(frame.locator("#frame-said")).to_have_text("1 of 8")
    frame.locator("#frame").fill("7")
    expect(frame.locator("#frame-said")).to_have_text("7 of 8")
    for at in (2, 8, 3, 1, 6, 2):  # there and back, faster than frames are unpacked
        frame.locator("#frame").fill(str(at))
    inside = next(one for one in page.frames if one is not page.main_frame)
    # the name comes in the fifth frame: what is drawn last is the frame that was asked for last
    asked = "Promise.all([7, 1, 5, 2].map((at) => askReader({ do: 'frame', at })))"
    shown = f"{asked}.then((all) => all.map(({{ shown }}) => shown.width))"
    assert inside.evaluate(shown) == [SIZE[0]] * 4
    shot(page, f"checker-clip-{kind}")
    if kind == "webm":
        return
    name, copy = downloaded(page, frame)
    assert name.endswith(".gif")
    again = examine(copy, Wish())
    assert again.findings == ()
    assert again.frames == 8


def test_a_clip_that_is_damaged_or_of_a_kind_without_decoder_is_told(
    checker: Checker, tmp_path: Path
) -> None:
    _, page, frame = checker
    file = tmp_path / "a.mp4"
    clip(file, "libx264")
    assert choose(frame, "a.mp4", file.read_bytes()[:3000]) == BLOCKED
    expect(frame.locator("#picture-unchecked")).to_contain_text("damaged")
    clip(file, "mpeg4")
    assert choose(frame, "a.mp4", file.read_bytes()) == BLOCKED
    expect(frame.locator("#picture-unchecked")).to_contain_text("This browser cannot open")
    expect(frame.locator("#canvas-part")).to_be_hidden()
    kinds = {one["kind"] for one in reported(page)["findings"]}
    assert kinds >= {"unreadable", "gps", "date"}


@pytest.mark.parametrize("kind", ["mp4", "mkv"])
def test_fields_that_are_no_tags_are_read_and_damage_raises_nothing(
    tmp_path: Path, kind: str
) -> None:
    file = tmp_path / f"a.{kind}"
    clip(file, "libx264")
    data = file.read_bytes()
    wanted = (
        {"2025-03-14T10:11:12.000000Z", FIELDS["location"]}
        if kind == "mp4"
        else {"Mrs Mary Otieno"}
    )
    assert {one.text for one in filmed(data)} >= wanted
    drawn = np.random.default_rng(5)
    for _ in range(50):
        broken = np.frombuffer(data, np.uint8).copy()
        broken[drawn.integers(8, len(broken), 200)] = drawn.integers(0, 256, 200)
        filmed(broken.tobytes()[: int(drawn.integers(1, len(data)))])
