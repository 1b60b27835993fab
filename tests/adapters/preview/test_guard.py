"""Nobody but the one browser that was given the address gets in."""

from __future__ import annotations

import aiohttp
import pytest
from yarl import URL

from tests.adapters.preview.browser import Browser
from tests.adapters.preview.opened import Opened, open_preview


async def status(
    session: aiohttp.ClientSession, address: URL, method: str = "GET", **headers: str
) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with session.request(method, address, headers=named) as response:
        return response.status


@pytest.fixture
def root(opened: Opened) -> URL:
    return URL(opened.door.address).origin()


async def test_listens_on_loopback_alone(opened: Opened) -> None:
    runner = opened.door._runner  # pyright: ignore[reportPrivateUsage]
    assert runner is not None
    assert {address[0] for address in runner.addresses} == {"127.0.0.1"}


async def test_without_the_token_nothing_is_shown(opened: Opened, root: URL) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("", "page/app.js", "file/1/0?as=trainee", "live?as=trainee"):
            assert await status(session, URL(f"{root}/{path}")) == 403
        assert await status(session, root.with_query(token="")) == 403
        assert await status(session, root.with_query(token="x" * 32)) == 403
        assert await status(session, root.with_query(token="ключ")) == 403
        assert await status(session, root / "do" / "say", "POST", Origin=str(root)) == 403


async def test_the_token_counts_on_the_first_page_only(opened: Opened) -> None:
    address = URL(opened.door.address)
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        assert await status(session, address) == 200
        assert await status(session, address.with_path("/page/app.js", keep_query=True)) == 403
        assert await status(session, address.with_path("/do/say", keep_query=True), "POST") == 403


async def test_the_cookie_is_out_of_reach(opened: Opened) -> None:
    async with aiohttp.ClientSession() as session, session.get(opened.door.address) as response:
        cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "Domain" not in cookie


async def test_a_name_that_somebody_pointed_here_is_refused(browser: Browser) -> None:
    port = browser.root.port
    session, page = browser.session, browser.root / ""
    assert await status(session, page, Host=f"rebound.example:{port}") == 403
    assert await status(session, page, Host="127.0.0.1") == 403
    assert await status(session, page, Host=f"127.0.0.1:{port}.example") == 403
    assert await status(session, page, Host=f"[::1]:{port}") == 403
    assert await status(session, page, Host=f"127.0.0.1:{port}") == 200


async def test_another_page_may_not_act(browser: Browser) -> None:
    say, session = browser.root / "do" / "say", browser.session
    port = browser.root.port
    assert await status(session, say, "POST") == 403
    for origin in ("https://example.org", "null", "http://127.0.0.1", f"http://127.0.0.1:{port}1"):
        assert await status(session, say, "POST", Origin=origin) == 403
    # Our own name under another spelling is another page, too.
    assert await status(session, say, "POST", Origin=f"http://localhost:{port}") == 403
    own = str(browser.root)
    assert await status(session, say, "POST", Origin=own, Sec_Fetch_Site="same-site") == 403
    assert await status(session, say, "POST", Origin=own, Sec_Fetch_Site="same-origin") == 400


async def test_another_page_may_not_look(browser: Browser) -> None:
    session, app = browser.session, browser.root / "page" / "app.js"
    assert await status(session, app, Sec_Fetch_Site="cross-site") == 403
    assert await status(session, app, Sec_Fetch_Site="same-site", Sec_Fetch_Mode="navigate") == 403
    assert await status(session, app, Sec_Fetch_Site="same-origin") == 200
    # A link to the printed address works, wherever it stands.
    headers = {"Sec_Fetch_Site": "cross-site", "Sec_Fetch_Mode": "navigate"}
    assert await status(session, browser.address, **headers) == 200


async def test_another_page_may_not_listen(browser: Browser) -> None:
    live = (browser.root / "live").with_query({"as": "trainee"})
    for headers in ({}, {"Origin": "https://example.org"}, {"Origin": "null"}):
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await browser.session.ws_connect(live, headers=headers)
        assert refused.value.status == 403


async def test_every_answer_says_what_the_browser_may_do(browser: Browser) -> None:
    for path in ("", "page/app.js", "nowhere", "page/..%2Fdoor.py"):
        async with browser.session.get(URL(f"{browser.root}/{path}", encoded=True)) as response:
            policy = response.headers["Content-Security-Policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy
            assert "frame-ancestors 'none'" in policy
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Frame-Options"] == "DENY"
            assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    async with browser.session.get(browser.root / "nowhere") as response:
        assert response.status == 404


async def test_only_the_page_itself_is_served(browser: Browser) -> None:
    for path in ("page/..%2Fdoor.py", "page/%2e%2e/door.py", "page/app.py", "page/.."):
        async with browser.session.get(URL(f"{browser.root}/{path}", encoded=True)) as response:
            assert response.status == 404


async def test_two_previews_do_not_share_a_token(browser: Browser) -> None:
    other = await open_preview()
    try:
        assert await status(browser.session, URL(other.door.address).origin()) == 403
        assert await status(browser.session, browser.root) == 200
    finally:
        await other.close()


async def test_nothing_on_the_page_comes_from_elsewhere_or_makes_markup() -> None:
    from adapters.preview.server import PAGE

    for path in PAGE.iterdir():
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/", "")
        assert "//cdn" not in text
        assert "https://" not in text
        for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert way not in text, path.name
        if path.suffix == ".html":
            assert "style=" not in text
            assert "onclick" not in text
