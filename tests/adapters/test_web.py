"""The HTTP endpoint over real sockets: routes of features, what it never says, health in words."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from adapters.checker import serving
from adapters.web import WebServer
from bot.errors import SettingsError, StoreUnavailable
from bot.runtime.health import Health
from bot.runtime.web import NOT_FOUND, Route, WebAnswer, WebAsk


async def calendar(ask: WebAsk) -> WebAnswer:
    match ask.path["token"]:
        case "right":
            return WebAnswer(
                f"BEGIN {ask.query.get('as', '')}",
                "text/calendar; charset=utf-8",
                headers={"Cache-Control": "private, max-age=60"},
            )
        case "away":
            raise StoreUnavailable
        case "broken":
            raise RuntimeError("DOE, JANE")
        case _:
            return NOT_FOUND


@pytest_asyncio.fixture
async def address() -> AsyncIterator[str]:
    health = Health()
    server = WebServer("127.0.0.1", 0, (*health.routes, Route("/calendar/{token}.ics", calendar)))
    await server.start()
    yield f"http://127.0.0.1:{server.port}"
    await server.stop()


async def get(url: str, method: str = "GET") -> tuple[int, str, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.request(method, url) as answer:
        return answer.status, await answer.text(), dict(answer.headers)


async def test_a_feature_brings_a_page(address: str) -> None:
    status, body, headers = await get(f"{address}/calendar/right.ics?as=me&as=you")
    assert (status, body) == (200, "BEGIN me")
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"] == "private, max-age=60"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/calendar/wrong.ics", "GET", 404),
        ("/elsewhere", "GET", 404),
        ("/healthz", "POST", 405),
        ("/calendar/away.ics", "GET", 503),
        ("/calendar/broken.ics", "GET", 500),
    ],
)
async def test_trouble_is_one_plain_line_and_no_secret_reaches_a_log(
    address: str, path: str, method: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answered, body, headers = await get(address + path, method)
    assert answered == status
    assert body.count("\n") == 1
    assert "DOE" not in body
    assert headers["Cache-Control"] == "no-store"
    assert "DOE" not in caplog.text
    for secret in ("right.ics", "wrong.ics", "away.ics", "broken.ics"):
        assert secret not in caplog.text


async def test_a_failure_has_the_same_reference_in_answer_and_log(
    address: str, caplog: pytest.LogCaptureFixture
) -> None:
    _status, body, _headers = await get(f"{address}/calendar/broken.ics")
    assert body.rsplit(" ", 1)[1].strip() in caplog.text


async def test_a_taken_port_is_one_readable_line(address: str) -> None:
    port = int(address.rsplit(":", 1)[1])
    with pytest.raises(SettingsError, match=r"http\.port: cannot listen on 127\.0\.0\.1"):
        await WebServer("127.0.0.1", port, ()).start()


async def test_readiness_says_in_words_what_is_missing() -> None:
    health = Health()
    away = StoreUnavailable("The database cannot be used: the disk is full.")

    async def fine() -> None: ...

    async def broken() -> str | None:
        raise away

    health.add("discord", fine)
    server = WebServer("127.0.0.1", 0, health.routes)
    await server.start()
    try:
        address = f"http://127.0.0.1:{server.port}"
        assert (await get(f"{address}/readyz"))[:2] == (200, "discord: ok\n")
        health.add("database", broken)
        assert (await get(f"{address}/readyz"))[:2] == (503, f"discord: ok\ndatabase: {away}\n")
        assert (await get(f"{address}/healthz"))[:2] == (200, "ok\n")
    finally:
        await server.stop()


async def test_the_checker_page_is_served_where_it_was_built(tmp_path: Path) -> None:
    assert serving.routes(tmp_path) == ()
    for name in ("files.json", "index.html", "engine.zip.zst", "notes.txt"):
        (tmp_path / name).write_text(name)
    server = WebServer("127.0.0.1", 0, serving.routes(tmp_path))
    await server.start()
    at = f"http://127.0.0.1:{server.port}{serving.PREFIX}"
    status, body, headers = await get(at)
    assert (status, body, headers["Content-Type"]) == (
        200,
        "index.html",
        "text/html; charset=utf-8",
    )
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert (await get(at + "engine.zip.zst"))[2]["Content-Type"] == "application/zstd"
    for none in ("notes.txt", "other.js", "..%2ffiles.json", "%2e%2e/files.json"):
        assert (await get(at + none))[0] == 404
    await server.stop()
