"""The preview in a real Chromium, from the system: Playwright brings none everywhere."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FrameLocator,
    Page,
    sync_playwright,
)

from adapters.preview.people import account_of
from bot.domain.people import CommunityId
from bot.runtime.doors import ToPerson
from bot.runtime.screen import Screen, Voice
from bot.ui.parts import SettledPart
from tests.adapters.preview.gallery import Gallery
from tests.adapters.preview.opened import Opened, open_preview
from tests.browser.checker_page import Site, opened

T = TypeVar("T")
ARTIFACTS = Path(__file__).parents[2] / "artifacts"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}


class Running:
    """A preview that listens in a thread of its own while a test drives the browser."""

    anew = False
    """Whether an open page is turned away from now on, as it has to be."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.opened: Opened = self.wait(open_preview())

    def wait(self, doing: Coroutine[Any, Any, T]) -> T:
        future: Future[T] = asyncio.run_coroutine_threadsafe(doing, self._loop)
        return future.result(timeout=20)

    @property
    def address(self) -> str:
        return self.opened.door.address

    @property
    def gallery(self) -> Gallery:
        return self.opened.gallery

    def remind(self, persona: str, key: str, *parts: SettledPart) -> None:
        from zoneinfo import ZoneInfo

        screen = Screen(parts, Voice(CommunityId(1), "en", ZoneInfo("UTC")))
        self.wait(self.opened.door.send(ToPerson(account_of(persona)), screen, key))

    def stop(self) -> None:
        self.wait(self.opened.door.stop())

    def start_again(self, token: str | None = None) -> None:
        """Listen once more on the same port; with the same token it is a connection that came back,
        with another a preview that was started anew.
        """
        door = self.opened.door
        if token is not None:
            self.anew = True
            door._guard.token = token  # pyright: ignore[reportPrivateUsage]
        door._port = door._guard.port  # pyright: ignore[reportPrivateUsage]
        self.wait(door.start(self.opened.core))

    def close(self) -> None:
        self.wait(self.opened.close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()


FLAGS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]


def program() -> str:
    """Where Chromium lies."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is not installed; `bash .ci/run` installs it"
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(),
            headless=True,
            args=FLAGS,
        )
        yield browser
        browser.close()


@pytest.fixture
def running() -> Iterator[Running]:
    preview = Running()
    yield preview
    preview.close()


Checker = tuple[Site, Page, FrameLocator]


@pytest.fixture
def site() -> Iterator[Site]:
    """A server of the page for one test."""
    site = Site()
    yield site
    site.stop()


@pytest.fixture(scope="session")
def checker(chromium: Browser) -> Iterator[Checker]:
    """One page for all that do not spoil it: as people use it, one file after another."""
    yield from _checker(chromium, accept_downloads=True)


@pytest.fixture(scope="session")
def on_phone(chromium: Browser) -> Iterator[Checker]:
    """The same on a narrow dark screen that is touched."""
    yield from _checker(chromium, viewport=PHONE, color_scheme="dark", has_touch=True)


def _checker(chromium: Browser, **wanted: Any) -> Iterator[Checker]:
    site = Site()
    context = new_context(chromium, **wanted)
    page = context.new_page()
    yield site, page, opened(page, site)
    context.close()
    site.stop()


def new_context(chromium: Browser, **wanted: Any) -> BrowserContext:
    context = chromium.new_context(
        **{"viewport": DESK, "timezone_id": "Europe/Berlin", "locale": "en-GB", **wanted}
    )
    context.set_default_timeout(10_000)
    return context


@pytest.fixture
def page(chromium: Browser, running: Running) -> Iterator[Page]:
    context = new_context(chromium)
    page = context.new_page()
    yield from _watched(page, running)
    context.close()


@pytest.fixture
def phone(chromium: Browser, running: Running) -> Iterator[Page]:
    context = new_context(chromium, viewport=PHONE, has_touch=True)
    page = context.new_page()
    yield from _watched(page, running)
    context.close()


def _watched(page: Page, running: Running) -> Iterator[Page]:
    """Open the preview; whatever the page complains about fails the test."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            complaints.append(said.text)
            if said.type in ("error", "warning") and "ERR_" not in said.text
            else None
        ),
    )
    elsewhere: list[str] = []
    page.on(
        "request",
        lambda asked: (
            elsewhere.append(asked.url)
            if not asked.url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "blob:"))
            else None
        ),
    )
    page.goto(running.address)
    page.locator(".place").first.wait_for(state="attached")
    yield page
    expected = ("WebSocket", "(Forbidden)") if running.anew else ("WebSocket",)
    assert [text for text in complaints if not any(one in text for one in expected)] == []
    assert elsewhere == []


def shot(page: Page, name: str) -> None:
    ARTIFACTS.mkdir(exist_ok=True)
    page.wait_for_timeout(250)
    page.screenshot(path=ARTIFACTS / f"{name}.png")
