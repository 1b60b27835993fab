"""Every test here runs on every platform."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable

import pytest
import pytest_asyncio

from bot.app import registry_of
from bot.domain.zones import zone_of
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
async def bot(empty: Stage) -> AsyncIterator[Stage]:
    """A stage with the real features on it."""
    await empty.start(registry_of)
    yield empty
    await empty.stop()
