"""All that a browser says while a picture is looked at on the checker page, seen at a proxy."""

from __future__ import annotations

import re

from playwright.sync_api import Browser

from bot.identifiers.pictures.examine import Wish, examine
from tests.browser.checker_page import BLOCKED, Site, choose, downloaded, look, opened
from tests.browser.conftest import FLAGS, new_context, program
from tests.browser.recording import Recorder
from tests.identifiers.pictures.drawing import dicom, saved, scene


def test_a_proxy_sees_the_page_come_and_nothing_go(chromium: Browser, site: Site) -> None:
    recorder = Recorder(site.port)
    # What Chromium itself asks its maker about the fields of any page is no doing of this one.
    quiet = "--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter"
    browser = chromium.browser_type.launch(executable_path=program(), args=[*FLAGS, quiet])
    # Requests to this machine go past a proxy otherwise.
    way = {"server": f"http://127.0.0.1:{recorder.port}", "bypass": "<-loopback>"}
    context = new_context(browser, accept_downloads=True, proxy=way)
    page = context.new_page()
    frame = opened(page, site)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    came = list(recorder.asked)
    assert any("reader.onnx" in one for one in came)
    for name, data in (("KOWALCZYK.png", saved(scene(), "PNG")), ("KOWALCZYK.dcm", dicom(scene()))):
        assert choose(frame, name, data) == BLOCKED
        _, copy = downloaded(page, frame)
        assert examine(copy, Wish()).findings == ()
    assert look(frame, "Mrs Mary Kowalczyk, DOB 12/03/1951, MRN 48210937.") == BLOCKED
    assert recorder.asked == came
    away = f"http://127.0.0.1:{site.port}/way-out"
    inside = next(one for one in page.frames if one is not page.main_frame)
    inside.evaluate("(away) => fetch(away).catch(() => 0)", away)
    assert recorder.asked == came
    own = re.compile(rf"http://127\.0\.0\.1:{site.port}/checker/[\w.-]*")
    assert [one for one in came if not own.fullmatch(one.removesuffix("?"))] == []
    browser.close()
    recorder.stop()
