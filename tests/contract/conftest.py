"""Every test here runs on every platform."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator

import pytest
import pytest_asyncio

from bot.app import registry_of
from bot.clock import Clock
from bot.domain.zones import zone_of
from bot.runtime.hall import Doors
from bot.runtime.registry import Registry
from bot.runtime.scanning import Scanning
from bot.services.ports import Store
from tests.contract.fair import Fair
from tests.contract.on_discord import OnDiscord
from tests.contract.on_preview import OnPreview
from tests.contract.on_slack import OnSlack
from tests.contract.stage import Stage

STAGES: dict[str, Callable[[], Stage]] = {
    "discord": OnDiscord,
    "slack": OnSlack,
    "preview": OnPreview,
}


@pytest.fixture(scope="session", autouse=True)
def _warm() -> None:  # pyright: ignore[reportUnusedFunction]
    """As the program does at its start: the list of places takes a second or two to read."""
    zone_of("London")


@pytest.fixture(scope="session")
def scans() -> Iterator[Scanning]:
    """The search for identifiers; what it needs is loaded when it is first used."""
    made = Scanning()
    yield made
    asyncio.run(made.close())


@pytest.fixture(params=STAGES)
def empty(request: pytest.FixtureRequest) -> Stage:
    """A stage before it opens."""
    return STAGES[request.param]()


@pytest.fixture
def fair() -> Fair:
    """The feature with one of everything."""
    return Fair()


@pytest_asyncio.fixture
async def stage(empty: Stage, fair: Fair) -> AsyncIterator[Stage]:
    """A stage with the fair on it."""
    await empty.start(fair.makes)
    yield empty
    await empty.stop()


@pytest_asyncio.fixture
async def bot(empty: Stage, scans: Scanning) -> AsyncIterator[Stage]:
    """A stage with the real features on it."""

    def makes(store: Store, clock: Clock, doors: Doors) -> Registry:
        return registry_of(store, clock, scans, doors=doors)

    await empty.start(makes)
    yield empty
    await empty.stop()
