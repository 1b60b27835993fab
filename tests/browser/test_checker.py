"""The checker page as `make page` built it, in a real Chromium: the same answers as the program's
own, nothing that leaves once the door is shut, and work without a network."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from contextlib import nullcontext, suppress
from pathlib import Path

import zstandard
from playwright.sync_api import Browser, Error, expect

from adapters.checker import glue
from adapters.checker.engine import engine_hash
from adapters.checker.serving import PREFIX
from benchmarks.identifiers.corpus import make
from bot.identifiers.pictures.examine import Wish, examine
from tests.browser.checker_page import (
    BLOCKED,
    BUILT,
    Site,
    choose,
    downloaded,
    look,
    opened,
    stored,
)
from tests.browser.conftest import PHONE, Checker, new_context, shot
from tests.identifiers.pictures.drawing import saved, scene

ROOT = Path(__file__).parents[2]
MARK = "Zyxwhelm"
TEXT = f"Mrs Mary {MARK}, DOB 12/03/1951, MRN 48210937. 67M with HCC, Y90 by the right artery."
AWAY = "http://127.0.0.1:{port}/way-out?{mark}"
WAYS = {
    "fetch": "fetch(away)",
    "xhr": "new Promise((y, n) => {const x = new XMLHttpRequest(); x.onload = y; x.onerror = n;"
    " x.open('GET', away); x.send()})",
    "beacon": "navigator.sendBeacon(away, 'x')",
    "websocket": "new WebSocket(away.replace('http', 'ws'))",
    "event source": "new EventSource(away)",
    "image": "Object.assign(new Image(), {src: away})",
    "style image": "document.body.style.backgroundImage = `url(${away})`",
    "font": "new FontFace('x', `url(${away})`).load()",
    "script": "document.head.append(Object.assign(document.createElement('script'), {src: away}))",
    "style": "document.head.append(Object.assign(document.createElement('link'),"
    " {rel: 'stylesheet', href: away}))",
    "prefetch": "document.head.append(Object.assign(document.createElement('link'),"
    " {rel: 'prefetch', href: away}))",
    "preconnect": "document.head.append(Object.assign(document.createElement('link'),"
    " {rel: 'preconnect', href: away}))",
    "frame": "document.body.append(Object.assign(document.createElement('iframe'), {src: away}))",
    "object": "document.body.append(Object.assign(document.createElement('object'), {data: away}))",
    "video": "Object.assign(document.createElement('video'), {src: away}).load()",
    "form": "(() => {const f = Object.assign(document.createElement('form'), {action: away});"
    " document.body.append(f); f.submit()})()",
    "window": "open(away)",
    "top": "top.location = away",
    "link": "Object.assign(document.createElement('a'), {href: away, target: '_top'}).click()",
    "ping": "Object.assign(document.createElement('a'),"
    " {href: 'about:srcdoc#x', ping: away}).click()",
    "worker": "new Worker(URL.createObjectURL(new Blob([`fetch('${away}');"
    " importScripts('${away}'); new WebSocket('${away}'.replace('http', 'ws'))`])))",
    "call": "new RTCPeerConnection({iceServers: [{urls: 'stun:127.0.0.1:9'}]})"
    ".createDataChannel('x')",
    "itself": "location = away",
}
TEXTS = (
    "Pt Wójcik seen 3 Feb 2026, call 0151 23456789, NHS 943 476 5919.",
    "Frau Grün, geb. 04.05.1948, kam aus Göttingen. Versichertennr. A123456780.",
    "Mme Lefèvre-Dupont, née le 2/3/1960 à Lyon, NIR 2 60 03 69 123 456 78.",
    "El paciente Iñaki Etxeberria, DNI 12345678Z, vive en Bilbao.",
    "ı İ ﬃ Ⅷ 𝐌𝐫𝐬 𝐒𝐦𝐢𝐭𝐡 １２３４５６７８ MRN: ４８２１０９３７",
    "Y90 via the right hepatic artery, 5F Cobra, Child-Pugh B7, SIR 2026 in Toronto.",
    "ann.lee@example.org from 10.0.0.7 and https://example.org/p?id=7",
    "👩🏽‍⚕️ Dr Lee wrote: 'Mr. O’Brien, 93M, room 4, accession A1234567.'",
)


def test_a_text_is_looked_through_replaced_and_nothing_leaves(checker: Checker) -> None:
    site, page, frame = checker
    before = len(site.asked)
    assert look(frame, TEXT) == "Do not post this as it is"
    shot(page, "checker-found")
    replaced = frame.locator("#replaced")
    assert MARK not in replaced.input_value()
    assert "48210937" not in replaced.input_value()
    frame.get_by_label("Write “[record number]” instead").uncheck()
    expect(replaced).to_have_value(re.compile("48210937"))
    assert MARK not in replaced.input_value()
    frame.get_by_role("button", name="Copy text").click()
    expect(frame.locator("#copied")).not_to_be_empty()
    frame.get_by_label("Your text", exact=True).fill("Another text.")
    expect(frame.locator("#result")).to_be_hidden()
    assert look(frame, "Y90 by the right hepatic artery, Child-Pugh B7.") == "Nothing found"
    expect(frame.locator("#meaning")).to_contain_text("only that")
    frame.get_by_text("How can I tell").click()
    frame.get_by_role("button", name="Try the ways out").click()
    expect(frame.locator("#ways li")).to_have_count(7)
    assert all(line.endswith("refused") for line in frame.locator("#ways li").all_inner_texts())
    shot(page, "checker-ways")
    assert site.asked[before:] == []
    assert MARK not in stored(page)


def test_every_way_out_is_refused_at_the_server(chromium: Browser, site: Site) -> None:
    context = new_context(chromium)
    page = context.new_page()
    frame = opened(page, site)
    look(frame, TEXT)
    before = len(site.asked)
    inside = next(one for one in page.frames if one is not page.main_frame)
    away = AWAY.format(port=site.port, mark=MARK)
    for way, go in WAYS.items():
        # So far all was tried where the text is. Moving the frame itself ends in the browser's own
        # page for what it refused.
        expect(frame.locator("#verdict")).to_have_text("Do not post this as it is")
        with suppress(Error) if way == "itself" else nullcontext():
            inside.evaluate(
                f"async (away) => {{try {{await Promise.race([{go},"
                " new Promise((y) => setTimeout(y, 300))])} catch {}}",
                away,
            )
        assert [one for one in site.asked[before:] if MARK in one] == [], way
    page.wait_for_timeout(500)
    assert [one for one in site.asked[before:] if MARK in one] == []
    assert page.url.endswith(PREFIX)
    context.close()


def test_without_a_server_and_a_network_it_opens_and_works(chromium: Browser, site: Site) -> None:
    """As an installed page in airplane mode: a text, a picture, and its copy."""
    context = new_context(chromium, accept_downloads=True)
    page = context.new_page()
    opened(page, site)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.close()
    site.stop()
    context.set_offline(True)
    again = context.new_page()
    frame = opened(again, site)
    assert look(frame, TEXT) == BLOCKED
    assert choose(frame, "a.png", saved(scene(), "PNG")) == BLOCKED
    _, copy = downloaded(again, frame)
    assert examine(copy, Wish()).findings == ()
    context.close()


def test_a_newer_version_waits_until_somebody_asks_for_it(
    chromium: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "page"
    shutil.copytree(BUILT, folder)
    site = Site(folder)
    context = new_context(chromium)
    page = context.new_page()
    version = page.frame_locator("iframe").locator("#version")
    address = f"http://127.0.0.1:{site.port}{PREFIX}"
    page.goto(address)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    expect(version).to_contain_text("Version", timeout=60_000)
    old = version.text_content() or ""
    expect(page.locator("#newer")).to_be_hidden()
    listed = json.loads((folder / "files.json").read_text(encoding="utf-8"))
    newer = json.dumps({**listed, "version": "9.9.9"})
    (folder / "files.json").write_text(newer, encoding="utf-8")
    worker = (folder / "sw.js").read_text(encoding="utf-8")
    (folder / "sw.js").write_text(worker.replace('"checker-', '"checker-9', 1), encoding="utf-8")
    for _ in range(2):  # it is offered, and however often the page is opened, the old one opens
        page.goto(address)
        expect(version).to_have_text(old, timeout=60_000)
        expect(page.locator("#newer")).to_be_visible(timeout=60_000)
    page.locator("#renew").click()
    expect(version).to_contain_text("9.9.9", timeout=60_000)
    expect(page.locator("#newer")).to_be_hidden()
    context.close()
    site.stop()


def test_on_a_phone_in_the_dark_by_keyboard(on_phone: Checker) -> None:
    _, page, frame = on_phone
    frame.get_by_label("Your text", exact=True).focus()
    page.keyboard.type("Mr Tan, MRN 48210937")
    page.keyboard.press("Control+Enter")
    expect(frame.locator("#verdict")).to_be_focused()
    shot(page, "checker-phone")
    wide = frame.locator("html").evaluate("(page) => page.scrollWidth")
    assert wide <= PHONE["width"]


def test_the_interpreter_in_the_page_answers_as_this_one_byte_for_byte(tmp_path: Path) -> None:
    node = shutil.which("node")
    assert node is not None
    unpacked = zstandard.ZstdDecompressor().decompress
    for packed in BUILT.glob("*.zst"):
        (tmp_path / packed.stem).write_bytes(unpacked(packed.read_bytes()))
    texts = [*TEXTS, *_drawn(100), *(post.text for post in make(3, "test", 150))]
    if more := os.environ.get("IDENTIFIER_TEXTS"):  # a file of JSON lines with `text`
        lines = Path(more).read_text(encoding="utf-8").splitlines()
        texts += [json.loads(line)["text"] for line in lines]
    (tmp_path / "texts.json").write_text(json.dumps(texts), encoding="utf-8")
    words = [node, str(Path(__file__).with_name("parity.mjs")), str(tmp_path)]
    done = subprocess.run(
        [*words, str(tmp_path / "texts.json")], capture_output=True, text=True, check=True
    )
    for text, theirs in zip(texts, json.loads(done.stdout), strict=True):
        assert theirs == [glue.look(text), glue.replaced(text, [0])], text


def test_the_same_sources_make_the_same_bytes() -> None:
    listed = json.loads((BUILT / "files.json").read_text(encoding="utf-8"))
    assert engine_hash() == listed["files"]["engine.zip"]["sha256"]
    words = [sys.executable, "-m", "bot", "scan", "--version"]
    said = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said == f"{listed['version']}\nengine.zip {engine_hash()}\n"


def _drawn(count: int) -> list[str]:
    """Odd texts, always the same ones: letters of many scripts, signs and digits in between."""
    import random

    drawn = random.Random(7)
    pieces = [
        "Mr",
        "Mrs",
        "Tan",
        "O'Neil",
        "MRN:",
        "NHS",
        "geb.",
        "née",
        "tel",
        "0151",
        "98",
        "3/4/1960",
        "4821-0937",
        "ß",
        "Ø",
        "Č",
        "İ",
        "ǅ",
        "名",
        "ﬁ",
        "½",
        "٣",
        "\t",
    ]
    return [
        " ".join(drawn.choice(pieces) for _ in range(drawn.randint(3, 40))) for _ in range(count)
    ]
