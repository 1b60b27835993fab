from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.adapters.preview.browser import Browser, open_browser
from tests.adapters.preview.opened import Opened, open_preview


@pytest.fixture
async def opened() -> AsyncIterator[Opened]:
    running = await open_preview()
    yield running
    await running.close()


@pytest.fixture
async def browser(opened: Opened) -> AsyncIterator[Browser]:
    async with open_browser(opened) as browser:
        yield browser
