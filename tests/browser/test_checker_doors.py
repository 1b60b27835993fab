"""More ways out of the locked frame, each tried in a frame of its own with the policies of the
built page, in Chromium and Firefox. What listens here notes every word that any of them sends,
also below the requests that a server would log."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import zstandard
from playwright.sync_api import Browser, Error

from tests.browser.checker_page import BUILT
from tests.browser.conftest import new_context
from tests.browser.firefox import Firefox

LOCKED = """const frame = document.createElement("iframe");
frame.setAttribute("sandbox", "allow-scripts allow-downloads");
frame.setAttribute("allow", "clipboard-write");
frame.srcdoc = %s;
document.body.append(frame);"""
FIRST = "delete globalThis.RTCPeerConnection; delete globalThis.webkitRTCPeerConnection;"


def _made(tag: str, fields: str, then: str = "") -> str:
    make = f"Object.assign(document.createElement('{tag}'), {{{fields}}})"
    return f"(() => {{const e = {make}; document.body.append(e); {then}}})()"


def _nested(page: str) -> str:
    return (
        "new Promise((y) => {const f = document.createElement('iframe');"
        f" f.srcdoc = `{page}`; document.body.append(f); setTimeout(y, 900)}})"
    )


CALL = (
    "const p = new RTCPeerConnection("
    "{iceServers: [{urls: `stun:127.0.0.1:${new URL(away).port}`}]});"
    " p.createDataChannel('x'); p.createOffer().then((o) => p.setLocalDescription(o));"
)
WAYS = {
    "download": _made("a", "href: away, download: 'x'", "e.click()"),
    "new tab": _made("a", "href: away, target: '_blank'", "e.click()"),
    "new tab by key": _made(
        "a", "href: away", "e.dispatchEvent(new MouseEvent('click', {ctrlKey: true}))"
    ),
    "preload": _made("link", "rel: 'preload', as: 'fetch', href: away"),
    "module preload": _made("link", "rel: 'modulepreload', href: away"),
    "prerender": _made("link", "rel: 'prerender', href: away"),
    "icon": _made("link", "rel: 'icon', href: away"),
    "manifest": _made("link", "rel: 'manifest', href: away"),
    "preconnect": _made("link", "rel: 'preconnect', href: away"),
    "speculation": _made(
        "script",
        "type: 'speculationrules', textContent: JSON.stringify("
        "{prefetch: [{source: 'list', urls: [away]}],"
        " prerender: [{source: 'list', urls: [away]}]})",
    ),
    "import": "import(away)",
    "embed": _made("embed", "src: away"),
    "sound": _made("audio", "src: away, autoplay: true"),
    "poster": _made("video", "poster: away"),
    "choice of pictures": _made("img", "srcset: `${away} 1x`"),
    "attribution": _made("img", "", "e.setAttribute('attributionsrc', away)"),
    "drawing": _made(
        "div", "innerHTML: `<svg><image href='${away}'/><use href='${away}#x'/></svg>`"
    ),
    "sheet": "(() => {const s = new CSSStyleSheet(); s.replaceSync("
    "`body {cursor: url(${away}), auto; list-style-image: url(${away})}`);"
    " document.adoptedStyleSheets = [s]})()",
    "refresh": _made("meta", "httpEquiv: 'refresh', content: `0;url=${away}`"),
    "report": _made(
        "meta",
        "httpEquiv: 'Content-Security-Policy', content: `img-src 'none'; report-uri ${away}`",
        "new Image().src = 'x:y'",
    ),
    "base": _made("base", "href: away", "new Image().src = 'x'"),
    "transport": "new WebTransport(away.replace('http:', 'https:')).ready",
    "request that outlives": "fetch(away,"
    " {keepalive: true, mode: 'no-cors', method: 'POST', body: 'x'})",
    "later request": "fetchLater(away, {activateAfter: 0})",
    "shared worker": "new SharedWorker(URL.createObjectURL(new Blob([`fetch('${away}')`])))",
    "worker from there": "new Worker(away)",
    "module worker": "new Worker(URL.createObjectURL(new Blob([`import '${away}'`],"
    " {type: 'text/javascript'})), {type: 'module'})",
    "worker of a worker": "new Worker(URL.createObjectURL(new Blob(["
    "`new Worker(URL.createObjectURL("
    'new Blob([\'fetch("${away}"); new EventSource("${away}")\'])))`])))',
    "call from a worker": "new Worker(URL.createObjectURL(new Blob([`const away = '${away}'; "
    + CALL.replace("`", "'").replace("${new URL(away).port}", "' + new URL(away).port + '")
    + "`])))",
    "service worker": "navigator.serviceWorker.register(away)",
    "form": _made("form", "action: away, target: '_blank', method: 'post'", "e.requestSubmit()"),
    "navigation": "navigation.navigate(away)",
    "page around": "parent.location.href = away",
    "history": "history.pushState(0, '', away)",
    "call from a new frame": "new Promise((y) => {const f = document.createElement('iframe');"
    " document.body.append(f); const RTCPeerConnection = f.contentWindow.RTCPeerConnection;"
    f" {CALL} setTimeout(y, 900)}})",
    "call from a frame with a script": "(() => {const code = `const away = '${away}'; "
    + CALL.replace("`", "'").replace("${new URL(away).port}", "' + new URL(away).port + '")
    + "`; const from = URL.createObjectURL(new Blob([code], {type: 'text/javascript'})); return "
    + _nested("<script src='${from}'></scr` + `ipt>")
    + "})()",
    "frame that goes on": _nested(
        "<meta http-equiv=refresh content='0;url=${away}'><img src='${away}'>"
    ),
    "frame of its own making": "new Promise((y) => {const f = document.createElement('iframe');"
    " f.src = URL.createObjectURL(new Blob([`<img src='${away}'>`], {type: 'text/html'}));"
    " document.body.append(f); setTimeout(y, 900)})",
    "itself as another page": "location = URL.createObjectURL(new Blob([`<img src='${away}'>`],"
    " {type: 'text/html'}))",
    "itself": "location = away",
}


class Listener:
    """Notes what arrives on one port, by TCP and UDP, whatever it is."""

    def __init__(self) -> None:
        self.said: list[bytes] = []
        self._streams = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._streams.getsockname()[1]
        self._packets = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._packets.bind(("127.0.0.1", self.port))
        for listens in (self._stream, self._packet):
            threading.Thread(target=listens, daemon=True).start()

    def _stream(self) -> None:
        with suppress(OSError):
            while True:
                taken, _ = self._streams.accept()
                with taken:
                    taken.settimeout(0.5)
                    with suppress(TimeoutError, ConnectionError):
                        if words := taken.recv(300):
                            self.said.append(words)

    def _packet(self) -> None:
        with suppress(OSError):
            while True:
                self.said.append(self._packets.recv(300))

    def close(self) -> None:
        self._streams.close()
        self._packets.close()


def _policy(page: str) -> str:
    found = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert found
    return f'<!doctype html><meta http-equiv="Content-Security-Policy" content="{found[1]}">'


@pytest.fixture(scope="module")
def locked() -> Iterator[str]:
    """The address of a page with the policies of the built one, and nothing else in it."""
    packed = (BUILT / "frame.html.zst").read_bytes()
    inside = _policy(zstandard.ZstdDecompressor().decompress(packed).decode())
    around = _policy((BUILT / "index.html").read_text(encoding="utf-8"))
    words = {
        "/": ("text/html", f'{around}<body><script src="/lock.js"></script>'),
        "/lock.js": ("text/javascript", LOCKED % json.dumps(f"{inside}<body><p>Here</p>")),
    }

    class Serves(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, content = words.get(self.path, ("text/plain", ""))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(content.encode())

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Serves)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    yield listener
    listener.close()


def tried(go: str, away: str) -> str:
    """JavaScript that tries a way and waits a moment for it."""
    moment = "new Promise((y) => setTimeout(y, 300))"
    return (
        f"(async (away) => {{ {FIRST} try {{ await Promise.race([{go}, {moment}]); }}"
        f" catch {{}} }})({json.dumps(away)})"
    )


def test_the_listener_hears_what_is_sent(
    chromium: Browser, locked: str, listener: Listener
) -> None:
    """The page around the frame may ask its own server; that is a way, and it is heard."""
    page = new_context(chromium).new_page()
    page.goto(locked)
    call = f"(away) => {{ {CALL} }}"
    page.evaluate(call, f"http://127.0.0.1:{listener.port}/")
    page.wait_for_timeout(1500)
    assert listener.said, "a call is not heard"
    page.evaluate("(to) => { location = to; }", f"http://127.0.0.1:{listener.port}/word")
    page.wait_for_timeout(800)
    assert any(b"/word" in one for one in listener.said)
    page.context.close()


def test_no_other_way_leads_out_of_chromium(
    chromium: Browser, locked: str, listener: Listener
) -> None:
    for way, go in WAYS.items():
        context = new_context(chromium)
        page = context.new_page()
        page.goto(locked)
        page.wait_for_function("frames.length === 1")
        page.frames[1].get_by_text("Here").wait_for()
        with suppress(Error):  # some end the frame in which they are tried
            page.frames[1].evaluate(tried(go, f"http://127.0.0.1:{listener.port}/word"))
        page.wait_for_timeout(400)
        assert page.url == locked, way
        assert len(context.pages) == 1, way
        context.close()  # what waits for the end of a page goes out now
        assert listener.said == [], way
    time.sleep(1)
    assert listener.said == []


def test_no_other_way_leads_out_of_firefox(locked: str, listener: Listener) -> None:
    browser = Firefox()
    try:
        for way, go in WAYS.items():
            browser.open(locked)
            browser.until("document.body?.innerText ?? ''", "Here", 20)
            with suppress(AssertionError):
                browser.inside(tried(go, f"http://127.0.0.1:{listener.port}/word"))
            time.sleep(0.3)
            assert browser.run("location.href") == locked, way
            assert listener.said == [], way
        time.sleep(1)
        assert listener.said == []
    finally:
        browser.close()
