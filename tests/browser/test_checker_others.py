"""The checker page in Firefox and WebKit: the answers of `scan`, copies that hold nothing, no way
out, and work without a server."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.checker import glue
from adapters.checker.serving import PREFIX
from bot.identifiers.pictures.examine import Wish, examine
from bot.identifiers.scan import scan_file
from tests.browser.checker_page import Site
from tests.browser.firefox import Firefox
from tests.browser.test_checker import AWAY, MARK, TEXT, WAYS
from tests.browser.test_checker_clips import clip
from tests.browser.webkit import WebKit
from tests.identifiers.pictures.drawing import dicom, saved, scene

STATE = "document.getElementById('state')?.textContent ?? ''"
NEWEST = {"itself", "top", "link"}
"""Ways that end the page where they are tried; Chromium's test has them."""


Browser = Firefox | WebKit


@pytest.fixture(scope="module", params=[Firefox, WebKit])
def other(request: pytest.FixtureRequest) -> Iterator[tuple[Site, Browser]]:
    if request.param is WebKit and not WebKit.is_here():
        pytest.skip("webkit2gtk-driver and xvfb are not installed")
    site, browser = Site(), request.param()
    browser.open(f"http://127.0.0.1:{site.port}{PREFIX}")
    browser.until(STATE, "Nothing more is loaded")
    yield site, browser
    browser.close()
    site.stop()


def looked(browser: Browser, name: str, data: bytes) -> dict:
    """The report on a file that is given to the page."""
    code = base64.b64encode(data).decode()
    browser.inside(
        f"takeFile(new File([Uint8Array.from(atob('{code}'), (c) => c.charCodeAt(0))], '{name}'))"
    )
    said = browser.inside("document.getElementById('picture-state').textContent")
    assert said == "Looked through."
    return browser.inside("shownReport")


def copied(browser: Browser) -> bytes:
    """The copy that `Download the copy` hands out."""
    code = browser.inside(
        "copy().then(({ bytes }) => Array.from(bytes, (c) => String.fromCharCode(c)).join(''))"
        ".then(btoa)"
    )
    return base64.b64decode(code)


def found(report: dict) -> list[tuple[str, str, str]]:
    """Blanks between words come and go with a pixel."""
    return sorted(
        (one["where"], one["kind"], one.get("text", "").replace(" ", ""))
        for one in report["findings"]
    )


def test_it_finds_what_scan_finds_and_its_copies_hold_nothing(
    other: tuple[Site, Browser], tmp_path: Path
) -> None:
    site, browser = other
    before = len(site.asked)
    several = [scene((320, 240), named=False).convert("L"), scene((320, 240)).convert("L")]
    files = {
        "a.png": saved(scene((400, 300)), "PNG"),
        "a.dcm": dicom(scene((400, 300))),
        "a.gif": saved(several[0], "GIF", save_all=True, append_images=several[1:]),
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
        theirs, ours = looked(browser, name, data), scan_file(tmp_path / name).to_json()
        assert theirs["verdict"] == ours["verdict"] == "block"
        if isinstance(browser, WebKit) and name == "a.gif":  # 2.50 has no decoder for frames
            assert any("This browser cannot open" in one for one in theirs["not_checked"])
            continue
        assert found(theirs) == found(ours), name
        assert examine(copied(browser), Wish()).findings == (), name
    assert [one for one in site.asked[before:] if "favicon" not in one] == []


def test_a_clip_is_looked_through_or_told(other: tuple[Site, Browser], tmp_path: Path) -> None:
    """Firefox has decoders of its own for WebM, those for MP4 only from the system."""
    _, browser = other
    for kind, codec in (("webm", "libvpx"), ("mp4", "libx264")):
        file = tmp_path / f"a.{kind}"
        clip(file, codec)
        theirs = looked(browser, file.name, file.read_bytes())
        assert theirs["verdict"] == "block"
        if any("This browser cannot open" in one for one in theirs["not_checked"]):
            assert "unreadable" in {one["kind"] for one in theirs["findings"]}
        else:
            kinds = {one["kind"] for one in theirs["findings"] if one["where"] == "pixels"}
            assert kinds >= {"name", "mrn"}


def test_a_text_is_judged_and_no_way_leads_out(other: tuple[Site, Browser]) -> None:
    site, browser = other
    browser.inside(f"(by('text').value = {json.dumps(TEXT)}, look())")
    assert browser.inside("looked.findings") == json.loads(glue.look(TEXT))["findings"]
    before = len(site.asked)
    away = AWAY.format(port=site.port, mark=MARK)
    for way, go in WAYS.items():
        if way not in NEWEST:
            browser.inside(
                f"(async (away) => {{try {{await Promise.race([{go},"
                f" new Promise((y) => setTimeout(y, 300))])}} catch {{}}}})({json.dumps(away)})"
            )
            assert [one for one in site.asked[before:] if MARK in one] == [], way


def test_without_a_server_it_opens_and_works(other: tuple[Site, Browser]) -> None:
    site, browser = other
    browser.run("navigator.serviceWorker.ready.then(() => true)")
    site.stop()
    browser.open(f"http://127.0.0.1:{site.port}{PREFIX}")
    browser.until(STATE, "Nothing more is loaded")
    report = looked(browser, "a.png", saved(scene(), "PNG"))
    assert {"name", "mrn"} <= {one["kind"] for one in report["findings"]}
