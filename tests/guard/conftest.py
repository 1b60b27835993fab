"""Processes that look, started once for all tests of the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest_asyncio

from bot.runtime.scanning import Scanning


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def scans() -> AsyncIterator[Scanning]:
    held = Scanning()
    yield held
    await held.close()
