"""The checker page as it was built, served on this machine, and what people do on it."""

from __future__ import annotations

import asyncio
import json
import threading
from pathlib import Path
from typing import Any

from aiohttp import web
from playwright._impl._api_structures import FilePayload
from playwright.sync_api import FrameLocator, Page, expect

from adapters.checker.serving import PREFIX, routes
from bot.runtime.web import Route, WebAsk

BUILT = Path(__file__).parents[2] / "artifacts" / "page"
BLOCKED = "Do not post this as it is"


class Site:
    """Serves the built folder and notes every request, as a sceptic at the server would."""

    def __init__(self, folder: Path = BUILT, *, bare: bool = False) -> None:
        self._folder = folder
        self._bare = bare  # as a static host that sets no headers of its own
        self.asked: list[str] = []
        self.port = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._runner = self._wait(self._begin())

    def stop(self) -> None:
        """No server any more."""
        self._wait(self._runner.cleanup())

    def _wait(self, doing):
        return asyncio.run_coroutine_threadsafe(doing, self._loop).result(30)

    async def _begin(self) -> web.AppRunner:
        app = web.Application(middlewares=[self._noted])
        for route in routes(self._folder):
            app.router.add_get(route.path, self._handler(route))
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()
        self.port = int(runner.addresses[0][1])
        return runner

    def _handler(self, route: Route):
        async def handle(request: web.Request) -> web.Response:
            said = {name.lower(): value for name, value in request.headers.items()}
            answer = await route.answer(WebAsk(dict(request.match_info), headers=said))
            headers = {**({} if self._bare else answer.headers), "Content-Type": answer.kind}
            return web.Response(body=answer.body, status=answer.status, headers=headers)

        return handle

    @web.middleware
    async def _noted(self, request: web.Request, handler) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        return await handler(request)


def opened(page: Page, site: Site) -> FrameLocator:
    """The page, ready."""
    page.goto(f"http://127.0.0.1:{site.port}{PREFIX}")
    frame = page.frame_locator("iframe")
    expect(frame.locator("#state")).to_contain_text("Nothing more is loaded", timeout=120_000)
    return frame


def look(frame: FrameLocator, text: str) -> str:
    """The words of the verdict on a text."""
    frame.get_by_label("Your text", exact=True).fill(text)
    frame.get_by_role("button", name="Look through it").click()
    expect(frame.locator("#state")).to_have_text("Looked through.", timeout=30_000)
    return frame.locator("#verdict").inner_text()


def choose(frame: FrameLocator, name: str, data: bytes, seconds: float = 60) -> str:
    """The words of the verdict on a picture."""
    given = FilePayload(name=name, mimeType="application/octet-stream", buffer=data)
    frame.locator("#file").set_input_files(given)
    expect(frame.locator("#picture-state")).to_have_text("Looked through.", timeout=seconds * 1000)
    return frame.locator("#picture-verdict").inner_text()


def downloaded(page: Page, frame: FrameLocator, seconds: float = 60) -> tuple[str, bytes]:
    with page.expect_download(timeout=seconds * 1000) as coming:
        frame.get_by_role("button", name="Download the copy").click()
    return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()


def reported(page: Page) -> dict[str, Any]:
    """The report on the picture that is looked at, as `scan --json` has it."""
    inside = next(one for one in page.frames if one is not page.main_frame)
    return json.loads(inside.evaluate("JSON.stringify(shownReport)"))


def stored(page: Page) -> str:
    """All that the page keeps in the browser."""
    return page.evaluate(
        "async () => JSON.stringify([localStorage, sessionStorage, document.cookie,"
        " (await indexedDB.databases()).length, await caches.keys()])"
    )
