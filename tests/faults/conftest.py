"""Every test here runs the whole bot on a platform."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import pytest_asyncio

from cogs.cases import looking
from tests.contract.test_cases import grey
from tests.faults.ward import Lent


@pytest.fixture(scope="session")
def scans() -> Iterator[Lent]:
    """The search for identifiers; what it needs is loaded when it is first used."""
    made = Lent()
    yield made
    asyncio.run(made.end())


@pytest_asyncio.fixture(autouse=True)
async def _warm(  # pyright: ignore[reportUnusedFunction]
    monkeypatch: pytest.MonkeyPatch, scans: Lent
) -> None:
    """No word of progress, which on a busy machine would come before what is tested here."""
    monkeypatch.setattr(looking, "PATIENCE", 60.0)
    await scans.picture(grey().content)
    await scans.text("Nothing to find.")
