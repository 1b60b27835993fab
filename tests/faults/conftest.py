"""Every test here runs the whole bot on a platform."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
import pytest_asyncio

from adapters.slack import routing
from bot.runtime import hearing
from cogs.cases import looking
from cogs.guard import lookout
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
    """No word of progress, which on a busy machine would come before what is tested here; and what
    waits a minute for a platform waits a second.
    """
    monkeypatch.setattr(looking, "PATIENCE", 60.0)
    monkeypatch.setattr(lookout, "_LONGEST_WAIT", 1.0)
    for patient in (hearing, routing):
        monkeypatch.setattr(patient, "_AGAIN", (0.5, 1.0, 2.0, 4.0))
    await scans.picture(grey().content)
    await scans.text("Nothing to find.")
