from __future__ import annotations

import asyncio
from collections.abc import Generator

import pytest

from bot.runtime.scanning import Scanning
from cogs.cases import looking


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:  # pyright: ignore[reportUnusedFunction]
    """A word of progress is shown however fast the machine is."""
    monkeypatch.setattr(looking, "PATIENCE", 0.0)


@pytest.fixture(scope="session")
def scans() -> Generator[Scanning]:
    """One for all tests of this folder, because loading what it needs takes seconds."""
    made = Scanning()
    yield made
    asyncio.run(made.close())
